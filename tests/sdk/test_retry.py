"""RetryPipelineExecution: the same execution goes on; what succeeded stays."""

import json

from support.definitions import callback, fail, function, get, parameter, training
from support.runs import (create, execution, fail_callback, launch, refused, retry, row, start, status, statuses, stop,
                          succeed, token_of)


def test_a_failed_execution(sagemaker):
    """[U] the same ARN; succeeded steps stay as they are, failed ones start again with the next attempt."""
    arn = launch(sagemaker, function("First"), callback("Wait", depends_on=["First"]), function("After", depends_on=["Wait"]))
    first, token = row(sagemaker, arn, "First"), token_of(sagemaker, arn, "Wait")
    fail_callback(sagemaker, arn, "Wait")
    assert execution(sagemaker, arn)["FailureReason"] == "Step failure: One or multiple steps failed."
    assert retry(sagemaker, arn)["PipelineExecutionArn"] == arn
    found = execution(sagemaker, arn)
    assert found["PipelineExecutionStatus"] == "Executing" and "FailureReason" not in found
    assert row(sagemaker, arn, "First") == first
    assert row(sagemaker, arn, "Wait")["AttemptCount"] == 2
    assert token_of(sagemaker, arn, "Wait") != token
    with refused("ValidationException", token):
        sagemaker.send_pipeline_execution_step_success(CallbackToken=token, OutputParameters=[])
    succeed(sagemaker, arn, "Wait")
    assert status(sagemaker, arn) == "Succeeded"
    assert row(sagemaker, arn, "After")["AttemptCount"] == 1


def test_a_stopped_execution_is_resumed(start_server, account, tmp_path):
    """[D] Resume continues a stopped one, under another limit; kill -9 behind the retry loses nothing of it."""
    flags = ("--db", tmp_path / "data.db", "--clock", "manual", "--step-duration", 60)
    one = start_server(*flags)
    client = one.client(account)
    arn = launch(client, training("A"), training("B"), training("C", depends_on=["A", "B"]), name="p")
    job = row(client, arn, "A")["Metadata"]["TrainingJob"]["Arn"]
    stop(client, arn)
    retry(client, arn, ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    assert statuses(client, arn) == {"A": "Executing"}
    one.kill()
    two = start_server(*flags)
    client = two.client(account)
    assert statuses(client, arn) == {"A": "Executing"}
    assert execution(client, arn)["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 1}
    assert row(client, arn, "A")["AttemptCount"] == 2
    assert row(client, arn, "A")["Metadata"]["TrainingJob"]["Arn"] != job
    two.advance(To="idle")
    assert (status(client, arn), statuses(client, arn)) == ("Succeeded", dict.fromkeys("ABC", "Succeeded"))


def test_only_failed_or_stopped(sagemaker):
    """Executing, Stopping and Succeeded are refused with their names."""
    arn = launch(sagemaker, callback("Wait"))
    with refused("ValidationException", "Executing"):
        retry(sagemaker, arn)
    stop(sagemaker, arn)
    with refused("ValidationException", "Stopping"):
        retry(sagemaker, arn)
    with refused("ValidationException", "Succeeded"):
        retry(sagemaker, launch(sagemaker, function("A")))


def test_not_after_a_fail_step(sagemaker):
    """[D] an execution that a Fail step ended cannot be retried."""
    with refused("ValidationException", "Fail step", "'End'"):
        retry(sagemaker, launch(sagemaker, fail("End", "no")))


def test_same_parameters_and_definition(sagemaker):
    """The request carries neither: those of the start count, whatever the pipeline became."""
    name = create(sagemaker, callback("Wait", arguments={"p": get("Parameters.P")}), parameters=[parameter("P", default="x")])
    arn = start(sagemaker, name, {"P": "y"})
    fail_callback(sagemaker, arn, "Wait")
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=json.dumps(
        {"Version": "2020-12-01", "Steps": [function("Other")]}))
    retry(sagemaker, arn)
    assert statuses(sagemaker, arn) == {"Wait": "Executing"}
    assert sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=arn)["PipelineParameters"] == [
        {"Name": "P", "Value": "y"}]


def test_scripted_attempts_count_on(start_server, account, tmp_path):
    """A scenario that fails the first attempt of a run lets the one of its retry succeed."""
    path = tmp_path / "scenarios.json"
    path.write_text(json.dumps({"Pipelines": {"p": {"Default": "C", "TestCases": {"C": {"T": {
        "0": {"Throw": {"Error": "ClientError", "Cause": "no"}}, "1-": {"Return": {}}}}}}}}))
    client = start_server("--ephemeral", "--scenarios", path).client(account)
    arn = launch(client, training("T"), name="p")
    assert statuses(client, arn) == {"T": "Failed"}
    retry(client, arn)
    assert (status(client, arn), row(client, arn, "T")["AttemptCount"]) == ("Succeeded", 2)
