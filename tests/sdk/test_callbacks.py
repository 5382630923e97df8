"""Callback steps: the token, the answer, typed outputs."""

import json
import re

import pytest

from support.definitions import ALWAYS, callback, compare, condition, fail, function, get, join, parameter
from support.runs import execution, launch, names, refused, row, status, statuses, succeed, token_of

ALL = {"text": "String", "whole": "Integer", "real": "Float", "flag": "Boolean"}


def test_token_and_queue_stand_in_the_metadata(sagemaker):
    """[M] the token has exactly 10 characters of [a-zA-Z0-9]; the step is Executing until it is answered."""
    arn = launch(sagemaker, callback("Wait", queue=get("Parameters.Queue")),
                 parameters=[parameter("Queue", default="https://sqs.us-east-1.amazonaws.com/123456789012/approvals")])
    found = row(sagemaker, arn, "Wait")
    assert found["StepStatus"] == "Executing"
    shown = found["Metadata"]["Callback"]
    assert re.fullmatch(r"[a-zA-Z0-9]{10}", shown["CallbackToken"])
    assert shown["SqsQueueUrl"] == "https://sqs.us-east-1.amazonaws.com/123456789012/approvals"
    assert status(sagemaker, arn) == "Executing"


def test_every_wait_has_its_own_token(sagemaker):
    """Two callbacks of a run, and two runs, are told apart by the token alone."""
    first, second = (launch(sagemaker, callback("A"), callback("B")) for _ in range(2))
    assert len({token_of(sagemaker, arn, name) for arn in (first, second) for name in "AB"}) == 4


def test_success(sagemaker):
    """SendPipelineExecutionStepSuccess ends the step, answers the execution's ARN, and the run goes on at once."""
    arn = launch(sagemaker, callback("Wait", {"text": "String"}), function("After", depends_on=["Wait"]))
    answer = succeed(sagemaker, arn, "Wait", text="yes")
    assert answer["PipelineExecutionArn"] == arn
    found = row(sagemaker, arn, "Wait")
    assert found["StepStatus"] == "Succeeded"
    assert found["EndTime"] >= found["StartTime"]
    assert found["Metadata"]["Callback"]["OutputParameters"] == [{"Name": "text", "Value": "yes"}]
    assert statuses(sagemaker, arn) == {"Wait": "Succeeded", "After": "Succeeded"}
    assert status(sagemaker, arn) == "Succeeded"


def test_an_answer_comes_before_its_scenario(start_server, tmp_path, account):
    """A token is good for as long as its step waits: one whose scenario would answer it in a minute is answered now."""
    scenarios = tmp_path / "scenarios.json"
    scenarios.write_text(json.dumps({"Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": {
        "Wait": {"0-": {"Return": {"text": "scripted"}, "Duration": 60}}}}}}, "MockedResponses": {}}))
    server = start_server("--clock", "manual", "--scenarios", scenarios)
    client = server.client(account)
    arn = launch(client, callback("Wait", {"text": "String"}), name="p")
    succeed(client, arn, "Wait", text="mine")
    assert row(client, arn, "Wait")["Metadata"]["Callback"]["OutputParameters"] == [{"Name": "text", "Value": "mine"}]
    assert status(client, arn) == "Succeeded"


def test_outputs_have_their_declared_types(sagemaker):
    """Outputs are text on the wire; references read them as the type that the step declares."""
    checks = [compare("Equals", get("Steps.Wait.OutputParameters['text']"), "5"),
              compare("GreaterThan", get("Steps.Wait.OutputParameters['whole']"), 9),
              compare("LessThan", get("Steps.Wait.OutputParameters['real']"), 0.5),
              compare("Equals", get("Steps.Wait.OutputParameters['flag']"), True)]
    arn = launch(sagemaker, callback("Wait", ALL), condition("Check", checks))
    succeed(sagemaker, arn, "Wait", text="5", whole="10", real="0.25", flag="true")
    assert row(sagemaker, arn, "Check")["Metadata"]["Condition"]["Outcome"] == "True"


def test_outputs_in_a_join(sagemaker):
    """How each type reads in a Join."""
    expression = join("|", *[get(f"Steps.Wait.OutputParameters['{name}']") for name in ALL])
    arn = launch(sagemaker, callback("Wait", ALL), fail("Show", expression))
    succeed(sagemaker, arn, "Wait", text="x", whole="10", real="3", flag="True")
    assert row(sagemaker, arn, "Show")["FailureReason"] == "x|10|3.0|true"


@pytest.mark.parametrize("outputs", [{"whole": "many"}, {"flag": "perhaps"}, {"real": "x"}])
def test_outputs_that_do_not_fit(sagemaker, outputs):
    """A value of the wrong type is refused by its name; the step waits on."""
    arn = launch(sagemaker, callback("Wait", ALL))
    with refused("ValidationException", next(iter(outputs))):
        succeed(sagemaker, arn, "Wait", **outputs)
    assert statuses(sagemaker, arn) == {"Wait": "Executing"}


def test_an_output_that_was_not_sent(sagemaker):
    """A declared output that is missing is refused by name, and the step waits on for a better answer."""
    arn = launch(sagemaker, callback("Wait", {"text": "String"}))
    with refused("ValidationException", "text"):
        succeed(sagemaker, arn, "Wait")
    assert statuses(sagemaker, arn) == {"Wait": "Executing"}
    succeed(sagemaker, arn, "Wait", text="x")
    assert status(sagemaker, arn) == "Succeeded"


def test_failure(sagemaker):
    """SendPipelineExecutionStepFailure fails the step with the reason given, and the execution with it."""
    arn = launch(sagemaker, callback("Wait"), function("After", depends_on=["Wait"]))
    answer = sagemaker.send_pipeline_execution_step_failure(
        CallbackToken=token_of(sagemaker, arn, "Wait"), FailureReason="nobody approved")
    assert answer["PipelineExecutionArn"] == arn
    found = row(sagemaker, arn, "Wait")
    assert found["StepStatus"] == "Failed"
    assert "nobody approved" in found["FailureReason"]
    assert statuses(sagemaker, arn) == {"Wait": "Failed"}
    assert execution(sagemaker, arn)["FailureReason"] == "Step failure: One or multiple steps failed."


def test_failure_without_a_reason(sagemaker):
    """FailureReason is optional."""
    arn = launch(sagemaker, callback("Wait"))
    sagemaker.send_pipeline_execution_step_failure(CallbackToken=token_of(sagemaker, arn, "Wait"))
    assert statuses(sagemaker, arn) == {"Wait": "Failed"}


def test_unknown_token(sagemaker):
    """A decision: ValidationException that names the token."""
    for call in (sagemaker.send_pipeline_execution_step_success, sagemaker.send_pipeline_execution_step_failure):
        with refused("ValidationException", "AAAAAAAAAA"):
            call(CallbackToken="AAAAAAAAAA")


def test_used_token(sagemaker):
    """A step ends once: a second answer is refused whatever it says, and changes nothing."""
    arn = launch(sagemaker, callback("Wait", {"text": "String"}))
    token = token_of(sagemaker, arn, "Wait")
    succeed(sagemaker, arn, "Wait", text="first")
    with refused("ValidationException", token):
        sagemaker.send_pipeline_execution_step_success(CallbackToken=token)
    with refused("ValidationException", token):
        sagemaker.send_pipeline_execution_step_failure(CallbackToken=token)
    assert row(sagemaker, arn, "Wait")["Metadata"]["Callback"]["OutputParameters"] == [{"Name": "text", "Value": "first"}]
    assert status(sagemaker, arn) == "Succeeded"


def test_token_of_another_namespace(server, sagemaker, account):
    """A token is known in its own account and region only."""
    arn = launch(sagemaker, callback("Wait"))
    with refused("ValidationException"):
        server.client(account, region="eu-west-1").send_pipeline_execution_step_success(
            CallbackToken=token_of(sagemaker, arn, "Wait"))
    assert statuses(sagemaker, arn) == {"Wait": "Executing"}


def test_callbacks_fill_the_slots(sagemaker):
    """MaxParallelExecutionSteps counts waiting callbacks; each answer lets the next one start."""
    arn = launch(sagemaker, *[callback(name) for name in "ABC"], ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    assert names(sagemaker, arn) == ["A", "B"]
    succeed(sagemaker, arn, "B")
    assert statuses(sagemaker, arn) == {"A": "Executing", "B": "Succeeded", "C": "Executing"}


def test_callback_in_a_branch(sagemaker):
    """A callback of a branch waits like any other, and the rest of the branch behind it."""
    arn = launch(sagemaker, condition("Check", [ALWAYS], [callback("Wait"), function("After", depends_on=["Wait"])]))
    assert names(sagemaker, arn) == ["Check", "Wait"]
    succeed(sagemaker, arn, "Wait")
    assert names(sagemaker, arn) == ["Check", "Wait", "After"]
