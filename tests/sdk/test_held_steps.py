"""/_local/steps: a test ends a step that waits, when it wants and as it wants."""

import datetime
import json

import pytest

from support.definitions import callback, compare, condition, fail, get, json_get, processing, step, training
from support.runs import execution, launch, row, start, status, statuses, stop

HOLD = {"0-": {"Hold": True}}


def end(server, how, arn, step, **more):
    """POST /_local/steps/<how>: (status, answer)."""
    return server.local("POST", f"steps/{how}", {"PipelineExecutionArn": arn, "StepName": step, **more})


def test_a_held_step_waits_until_it_is_released(scripted):
    """Hold freezes a run where a test wants to look at it; release ends the step as its scenario says: succeeded."""
    server, client = scripted({"A": HOLD})
    arn = launch(client, training("A"), training("B", depends_on=["A"]), name="p")
    assert statuses(client, arn) == {"A": "Executing"}
    assert end(server, "release", arn, "A") == (200, {
        "StepName": "A", "StepStatus": "Succeeded", "PipelineExecutionArn": arn, "PipelineExecutionStatus": "Succeeded"})
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Succeeded"}


def test_succeed_says_what_the_step_returned(scripted):
    """Return and PropertyFiles mean what they mean in a scenario: later steps read them."""
    server, client = scripted({"Evaluate": HOLD})
    arn = launch(client, processing("Evaluate", ["evaluation"], {"Report": ("evaluation", "evaluation.json")}),
                 condition("Check", [compare("LessThan", json_get("Evaluate", "Report", "mse"), 6.0)]),
                 fail("Show", get("Steps.Evaluate.ExitMessage"), depends_on=["Check"]), name="p")
    code, _ = end(server, "succeed", arn, "Evaluate", Return={"ExitMessage": "by hand"}, PropertyFiles={"Report": {"mse": 3.1}})
    assert code == 200
    assert row(client, arn, "Check")["Metadata"]["Condition"]["Outcome"] == "True"
    assert row(client, arn, "Show")["FailureReason"] == "by hand"


def test_a_callback_is_succeeded_without_its_token(server, sagemaker):
    """A waiting Callback takes its output parameters by hand as well, typed as declared."""
    arn = launch(sagemaker, callback("Ask", {"score": "Integer"}), fail("Show", get("Steps.Ask.OutputParameters['score']")))
    code, answer = end(server, "succeed", arn, "Ask", Return={"score": "many"})
    assert code == 400 and "'score'" in answer["message"] and "Integer" in answer["message"]
    assert end(server, "succeed", arn, "Ask", Return={"score": "12"})[0] == 200
    assert row(sagemaker, arn, "Show")["FailureReason"] == "12"


def test_a_held_callback_is_released(scripted):
    """A Callback that a scenario holds ends when it is released, as any held step does, and may still be answered instead."""
    server, client = scripted({"Ask": HOLD})
    arn = launch(client, callback("Ask", {}), name="p")
    assert row(client, arn, "Ask")["Metadata"]["Callback"]["CallbackToken"]
    assert end(server, "release", arn, "Ask")[0] == 200
    assert statuses(client, arn) == {"Ask": "Succeeded"}


def test_fail_takes_error_and_cause(scripted):
    """As Throw: the error decides about retries, the cause is the reason that is shown."""
    server, client = scripted({"A": HOLD})
    retried = training("A", RetryPolicies=[{"ExceptionType": ["SageMaker.CAPACITY_ERROR"], "MaxAttempts": 1}])
    arn = launch(client, retried, name="p")
    assert end(server, "fail", arn, "A", Error="SageMaker.CAPACITY_ERROR", Cause="none left")[0] == 200
    assert row(client, arn, "A")["AttemptCount"] == 2
    assert row(client, arn, "A")["StepStatus"] == "Executing"
    assert end(server, "fail", arn, "A", Error="ClientError", Cause="no")[1]["StepStatus"] == "Failed"
    assert row(client, arn, "A")["FailureReason"] == "ClientError: no"


def test_stop_is_a_job_that_somebody_stopped(scripted):
    """The step ends Stopped, which a run condition answers, though nobody stopped the execution."""
    server, client = scripted({"A": HOLD})
    arn = launch(client, training("A"), training("Answer", depends_on=[{"Step": "A", "Trigger": "Stopped"}]), name="p")
    assert end(server, "stop", arn, "A")[1]["StepStatus"] == "Stopped"
    assert statuses(client, arn) == {"A": "Stopped", "Answer": "Succeeded"}


def test_a_simulated_step_ends_early(start_server, account):
    """On a clock that has not come to its end, a step is ended by hand all the same, at the time it is now."""
    server = start_server("--clock", "manual", "--step-duration", "1h")
    client = server.client(account)
    arn = launch(client, training("A"), training("B", depends_on=["A"]))
    server.advance(Seconds=60)
    assert end(server, "release", arn, "A")[1]["StepStatus"] == "Succeeded"
    found = row(client, arn, "A")
    assert found["EndTime"] - found["StartTime"] == datetime.timedelta(seconds=60)
    server.advance(Seconds=3599)
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Executing"}


def test_a_stopping_callback_is_stopped(server, sagemaker):
    """A Callback that a stop waits for is let go by hand: the execution is Stopped, with the reason that was given."""
    arn = launch(sagemaker, callback("Ask", {}))
    stop(sagemaker, arn)
    assert status(sagemaker, arn) == "Stopping"
    assert end(server, "fail", arn, "Ask", Error="ClientError", Cause="enough")[0] == 200
    assert status(sagemaker, arn) == "Stopped"
    assert row(sagemaker, arn, "Ask")["StepStatus"] == "Stopped"


def test_what_cannot_be_ended(scripted):
    """Each mistake is named: unknown execution or step, not started, over, nothing to release."""
    server, client = scripted({"A": HOLD})
    arn = launch(client, callback("Ask", {}), training("A"), training("Done"), training("Later", depends_on=["A"]), name="p")
    other = arn[:-12] + "000000000000"
    for how, where, step, code, text in (
            ("stop", "nonsense", "A", 400, "no ARN of an execution"),
            ("stop", other, "A", 404, f"'{other}' does not exist"),
            ("stop", arn, "Odd", 404, "has no step 'Odd'. Its steps: Ask, A, Done, Later."),
            ("stop", arn, "Later", 409, "has not started"),
            ("stop", arn, "Done", 409, "is over: its status is Succeeded"),
            ("release", arn, "Ask", 409, "succeed or fail it")):
        answered, body = end(server, how, where, step)
        assert (answered, text in body["message"]) == (code, True), body
    end(server, "stop", arn, "A")
    end(server, "stop", arn, "Ask")
    assert execution(client, arn)["PipelineExecutionStatus"] == "Failed"
    assert end(server, "stop", arn, "A") == (409, {"message": "The execution is over: its status is Failed."})


def test_a_step_whose_request_will_fail_has_no_job_to_end(start_server, tmp_path, account):
    """The Step. errors mean that the job was never made, from the start of their Duration on: nothing can succeed or be
    stopped there; the step fails, at once if it is released."""
    scenarios = tmp_path / "scenarios.json"
    scenarios.write_text(json.dumps({"Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": {
        "A": {"0-": {"Throw": {"Error": "SageMaker.RESOURCE_LIMIT"}, "Duration": 60}}}}}}, "MockedResponses": {}}))
    server = start_server("--clock", "manual", "--scenarios", scenarios)
    client = server.client(account)
    made = training("A"), fail("Show", get("Steps.A.ModelArtifacts.S3ModelArtifacts"), depends_on=["A"])
    arn = launch(client, *made, name="p")
    assert not row(client, arn, "A").get("Metadata")
    for how in ("succeed", "stop"):
        code, answer = end(server, how, arn, "A")
        assert code == 409 and "'A' has no job" in answer["message"], answer
    assert statuses(client, arn) == {"A": "Executing"}
    assert end(server, "release", arn, "A")[1]["StepStatus"] == "Failed"
    assert "RESOURCE_LIMIT" in row(client, arn, "A")["FailureReason"]
    arn = start(client, "p")
    assert end(server, "fail", arn, "A", Error="ClientError", Cause="no")[1]["StepStatus"] == "Failed"
    assert row(client, arn, "A")["FailureReason"] == "ClientError: no"


def test_an_iteration_is_ended_by_the_name_of_its_row(server, sagemaker):
    """Children of a ForEach are rows like any other; the ForEach itself ends with them and not by hand."""
    arn = launch(sagemaker, step("ForEach", "Loop", {
        "IterableItems": ["a", "b"], "MaxConcurrency": 2, "ForEachBody": [callback("Ask", {})]}))
    assert end(server, "stop", arn, "Loop")[0] == 409
    assert end(server, "succeed", arn, "Ask-1")[0] == 200
    assert statuses(sagemaker, arn) == {"Loop": "Executing", "Ask-0": "Executing", "Ask-1": "Succeeded"}
    assert end(server, "fail", arn, "Ask-0", Error="ClientError", Cause="no")[1]["PipelineExecutionStatus"] == "Failed"
    assert end(server, "stop", launch(sagemaker, callback("Ask", {})), "Ask-0")[0] == 404


@pytest.mark.parametrize("how, more, text", [
    ("fail", {}, "'Error' is missing. Allowed: Step.SERVICE_FAULT"),
    ("fail", {"Error": "Odd.ERROR"}, "/Error: \"Odd.ERROR\" is no error"),
    ("succeed", {"Return": []}, "/Return: has to be an object"),
    ("succeed", {"Return": {"ModelArtefacts": {}}}, "Did you mean 'ModelArtifacts'?"),
    ("succeed", {"PropertyFiles": {"Report": {}}}, "unknown property file 'Report'"),
    ("release", {"Return": {}}, "unknown member 'Return'"),
])
def test_what_is_given_is_checked(scripted, how, more, text):
    """As in a scenario, before anything happens: the step goes on waiting."""
    server, client = scripted({"A": HOLD})
    arn = launch(client, training("A"), name="p")
    code, answer = end(server, how, arn, "A", **more)
    assert code == 400
    assert text in answer["message"]
    assert statuses(client, arn) == {"A": "Executing"}
