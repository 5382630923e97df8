"""/_local/wait: an answer instead of a polling loop."""

import concurrent.futures

import pytest

from support.definitions import callback, fail, training
from support.runs import launch, succeed


def wait(server, arn, **what):
    return server.local("POST", "wait", {"PipelineExecutionArn": arn, **what})


def test_what_is_so_already(server, sagemaker):
    """Nothing to wait for: the answer comes at once, with the statuses that were found."""
    arn = launch(sagemaker, training("A"))
    assert wait(server, arn) == (200, {
        "Reached": True, "PipelineExecutionArn": arn, "PipelineExecutionStatus": "Succeeded"})
    assert wait(server, arn, StepName="A", StepStatus="Succeeded")[1]["Reached"] is True


@pytest.mark.parametrize("what", [{}, {"Status": "Succeeded"}, {"StepName": "After"}, {"StepName": "Ask", "StepStatus": "Succeeded"}])
def test_the_answer_comes_with_the_change(server, sagemaker, what):
    """Whoever waits is answered behind the call that brought what was waited for."""
    arn = launch(sagemaker, callback("Ask", {}), training("After", depends_on=["Ask"]))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(wait, server, arn, **what)
        succeed(sagemaker, arn, "Ask")
        code, answer = waiting.result(60)
    assert (code, answer["Reached"], answer["PipelineExecutionStatus"]) == (200, True, "Succeeded")


def test_the_time_out(server, sagemaker):
    """At the end of its patience it says what there is instead; a step that has not started has no status."""
    arn = launch(sagemaker, callback("Ask", {}), training("After", depends_on=["Ask"]))
    assert wait(server, arn, StepName="After", TimeoutSeconds=0.05) == (200, {
        "Reached": False, "PipelineExecutionArn": arn, "PipelineExecutionStatus": "Executing",
        "StepName": "After", "StepStatus": None})


def test_what_can_come_no_more(server, sagemaker):
    """An execution that ended otherwise is told at once: nobody waits for a minute to see a test fail."""
    arn = launch(sagemaker, fail("End", "no"))
    answer = wait(server, arn, Status="Succeeded", TimeoutSeconds=3600)[1]
    assert (answer["Reached"], answer["PipelineExecutionStatus"]) == (False, "Failed")


@pytest.mark.parametrize("what, code, text", [
    ({"Status": "Done"}, 400, "Status is no status"),
    ({"StepStatus": "Failed"}, 400, "without StepName"),
    ({"StepName": "A", "Status": "Failed"}, 400, "StepStatus instead"),
    ({"TimeoutSeconds": -1}, 400, "from 0 to 3600"),
    ({"Step": "A"}, 400, "unknown member 'Step'"),
    ({}, 404, "does not exist"),
])
def test_mistakes_are_named(server, what, code, text):
    """A wrong question is answered at once."""
    answered, body = wait(server, "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/000000000000", **what)
    assert (answered, text in body["message"]) == (code, True), body
