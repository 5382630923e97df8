"""/_local/wait: an answer instead of a polling loop."""

import concurrent.futures
import http.client
import json
import time

import pytest

from support.definitions import callback, condition, fail, training
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


@pytest.mark.parametrize("step", ["NotTaken", "Body-2"])
def test_a_step_that_never_starts(server, sagemaker, step):
    """Of a branch that is not taken, or an iteration that there is not: told while the execution goes on."""
    loop = {"Name": "Loop", "Type": "ForEach",
            "Arguments": {"IterableItems": [1, 2], "MaxConcurrency": 1, "ForEachBody": [callback("Body", {})]}}
    arn = launch(sagemaker, condition("Choice", then=[training("Taken")], otherwise=[training("NotTaken")]), loop)
    assert wait(server, arn, StepName=step, TimeoutSeconds=3600) == (200, {
        "Reached": False, "PipelineExecutionArn": arn, "PipelineExecutionStatus": "Executing",
        "StepName": step, "StepStatus": None})


def test_a_step_behind_a_stop(server, sagemaker):
    """Nothing starts any more in an execution that is Stopping, however long that takes."""
    arn = launch(sagemaker, callback("Ask", {}), training("After", depends_on=["Ask"]))
    sagemaker.stop_pipeline_execution(PipelineExecutionArn=arn)
    answer = wait(server, arn, StepName="After", TimeoutSeconds=3600)[1]
    assert (answer["Reached"], answer["PipelineExecutionStatus"], answer["StepStatus"]) == (False, "Stopping", None)


def test_a_step_that_the_pipeline_lacks(server, sagemaker):
    """A misspelt name is told at once, with the right ones: it would be waited for in vain."""
    arn = launch(sagemaker, callback("Ask", {}))
    code, answer = wait(server, arn, StepName="Aks", TimeoutSeconds=3600)
    assert code == 404
    assert answer["message"].endswith(" has no step 'Aks'. Its steps: Ask.")


@pytest.mark.parametrize("wanted", ["Failed", "Executing"])
def test_a_step_that_ended_otherwise(server, sagemaker, wanted):
    """A step that is over comes to no other status: it is said at once what it is, though the execution goes on."""
    arn = launch(sagemaker, training("A"), callback("Ask", {}))
    assert wait(server, arn, StepName="A", StepStatus=wanted, TimeoutSeconds=3600) == (200, {
        "Reached": False, "PipelineExecutionArn": arn, "PipelineExecutionStatus": "Executing",
        "StepName": "A", "StepStatus": "Succeeded"})


def test_a_step_that_ends_otherwise(server, sagemaker):
    """The same for who waits already."""
    arn = launch(sagemaker, callback("Ask", {}), callback("Other", {}))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(wait, server, arn, StepName="Ask", StepStatus="Failed", TimeoutSeconds=3600)
        succeed(sagemaker, arn, "Ask")
        answer = waiting.result(60)[1]
    assert (answer["Reached"], answer["StepStatus"], answer["PipelineExecutionStatus"]) == (False, "Succeeded", "Executing")


@pytest.mark.parametrize("what, code, text", [
    ({"Status": "Done"}, 400, "Status is no status: \"Done\". It may be: Executing, "),
    ({"StepName": "A", "StepStatus": "CompletedWithFailures"}, 400, "It may be: Starting, "),
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


def begin_to_wait(server, arn):
    """A connection on which the request to wait for an hour was sent."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    connection.request("POST", "/_local/wait", json.dumps({"PipelineExecutionArn": arn, "TimeoutSeconds": 3600}),
                       {"Content-Type": "application/json"})
    return connection


def test_a_stop_of_the_server_ends_it(start_server, account):
    """SIGTERM does not wait for those who wait: they are told, and the process ends at once."""
    server = start_server()
    arn = launch(server.client(account), callback("Ask", {}))
    waiting = [begin_to_wait(server, arn) for _ in range(3)]
    assert wait(server, arn, TimeoutSeconds=0)[0] == 200  # the others were read before
    before = time.monotonic()
    assert server.terminate() == 0
    assert time.monotonic() - before < 3  # it has 4 s for what has to be finished
    for connection in waiting:
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Connection")) == (503, "close")
        assert "is being stopped" in json.loads(answer.read())["message"]
