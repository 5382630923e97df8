"""What the SageMaker Python SDK must be able to do with the server; the same for v2 and v3, whose Pipeline classes agree.

A test directory imports all of this module and gives the fixtures `sdk` (the SDK's own classes: see its conftest),
`session` (a PipelineSession in a namespace of its own) and `abalone` (builds the abalone pipeline).
"""

import json

import pytest
from botocore.exceptions import ClientError, WaiterError

from support.definitions import ROLE

DEFAULT_THRESHOLD = 6.0  # of the pipeline's parameter; the scripted mean squared error is 3.1


def statuses(execution):
    return {row["StepName"]: row["StepStatus"] for row in execution.list_steps()}


def version_ids(pipeline):
    return [found["PipelineVersionId"] for found in pipeline.list_pipeline_versions()["PipelineVersionSummaries"]]


def test_upsert_creates(abalone):
    """The server keeps the definition that the SDK built, as it was built."""
    pipeline = abalone()
    answer = pipeline.upsert(role_arn=ROLE, description="predicts the age of abalone")
    assert answer["PipelineArn"].endswith(":pipeline/abalone")
    found = pipeline.describe()
    assert json.loads(found["PipelineDefinition"]) == json.loads(pipeline.definition())
    assert found["PipelineDescription"] == "predicts the age of abalone"


def test_upsert_with_a_change_makes_version_two_and_without_none(abalone):
    """upsert relies on ValidationException and "already exists"; a new version only for a changed definition."""
    abalone().upsert(role_arn=ROLE)
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    assert version_ids(pipeline) == [1]
    pipeline = abalone(threshold=7.0)
    pipeline.upsert(role_arn=ROLE)
    assert version_ids(pipeline) == [2, 1]  # newest first
    pipeline.upsert(role_arn=ROLE)
    assert version_ids(pipeline) == [2, 1]
    assert pipeline.latest_pipeline_version_id == 2
    assert '"DefaultValue": 6.0' in pipeline.describe(pipeline_version_id=1)["PipelineDefinition"]
    assert '"DefaultValue": 7.0' in pipeline.describe()["PipelineDefinition"]


def test_upsert_with_tags(abalone, session):
    """An upsert of an existing pipeline reads its tags by the ARN of the update's answer and adds to them."""
    abalone().upsert(role_arn=ROLE, tags=[{"Key": "team", "Value": "ml"}])
    answer = abalone().upsert(role_arn=ROLE, tags=[{"Key": "stage", "Value": "test"}])
    tags = session.sagemaker_client.list_tags(ResourceArn=answer["PipelineArn"])["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"team": "ml", "stage": "test"}


def test_run_of_the_abalone_pipeline(abalone, sdk):
    """Start, wait, describe, list: the branch of a good model."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    execution = pipeline.start()
    execution.wait()  # its first poll must see the end: the next would come after 30 seconds
    assert execution.describe()["PipelineExecutionStatus"] == "Succeeded"
    assert statuses(execution) == dict.fromkeys(sdk.GOOD_STEPS, "Succeeded")
    rows = execution.list_steps()
    assert rows[-1]["StepName"] == "AbaloneProcess"  # newest first, so the first step is last
    by_name = {row["StepName"]: row for row in rows}
    assert by_name["AbaloneMSECond"]["Metadata"]["Condition"]["Outcome"] == "True"
    assert ":training-job/pipelines-" in by_name["AbaloneTrain"]["Metadata"]["TrainingJob"]["Arn"]
    [summary] = pipeline.list_executions()["PipelineExecutionSummaries"]
    assert summary["PipelineExecutionArn"] == execution.arn


def test_parameters_and_the_other_branch(abalone):
    """start(parameters=...) sends strings; a threshold below the error leads to the Fail step, and wait() says so."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    execution = pipeline.start(parameters={"MseThreshold": 3.0, "ProcessingInstanceCount": 2})
    with pytest.raises(WaiterError) as caught:
        execution.wait()
    assert 'Waiter encountered a terminal failure state: For expression "PipelineExecutionStatus" we matched expected path: "Failed"' in str(caught.value)
    parameters = {one["Name"]: one["Value"] for one in execution.list_parameters()["PipelineParameters"]}
    assert parameters["MseThreshold"] == "3.0"
    assert parameters["ProcessingInstanceCount"] == "2"
    assert parameters["ModelApprovalStatus"] == "PendingManualApproval"  # defaults are listed too
    last = execution.list_steps()[0]
    assert (last["StepName"], last["StepStatus"]) == ("AbaloneMSEFail", "Failed")
    assert last["FailureReason"] == "Execution failed due to MSE > 3.0"
    assert execution.describe()["FailureReason"] == "Step failure: One or multiple steps failed."


def test_parameters_from_an_execution(abalone):
    """build_parameters_from_execution reads the listed strings; start sends them back."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    first = pipeline.start(parameters={"MseThreshold": 5.0})
    parameters = pipeline.build_parameters_from_execution(
        pipeline_execution_arn=first.arn, parameter_value_overrides={"ProcessingInstanceCount": 3})
    assert parameters["MseThreshold"] == "5.0"
    second = pipeline.start(parameters=parameters)
    listed = {one["Name"]: one["Value"] for one in second.list_parameters()["PipelineParameters"]}
    assert (listed["MseThreshold"], listed["ProcessingInstanceCount"]) == ("5.0", "3")
    executions = pipeline.list_executions(sort_by="CreationTime", sort_order="Descending", max_results=1)
    assert executions["PipelineExecutionSummaries"][0]["PipelineExecutionArn"] == second.arn


def test_an_old_version_can_be_started(abalone):
    """start(pipeline_version_id=...) runs that version."""
    abalone().upsert(role_arn=ROLE)
    pipeline = abalone(threshold=1.0)  # below the error: version 2 fails
    pipeline.upsert(role_arn=ROLE)
    assert pipeline.start(pipeline_version_id=1).describe()["PipelineExecutionStatus"] == "Succeeded"
    assert pipeline.start().describe()["PipelineExecutionStatus"] == "Failed"


def test_selective_execution(abalone, sdk):
    """[S] SelectiveExecutionConfig: from an execution by its ARN, from the latest, which the SDK looks up, and from none."""
    def run(*steps, **source):
        return pipeline.start(selective_execution_config=sdk.SelectiveExecutionConfig(selected_steps=list(steps), **source))

    def sources(execution):
        return {row["StepName"]: row.get("SelectiveExecutionResult", {}).get("SourcePipelineExecutionArn")
                for row in execution.list_steps()}

    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    first, second = pipeline.start(), pipeline.start()
    by_arn = run("AbaloneTrain", source_pipeline_execution_arn=first.arn)
    assert by_arn.describe()["SelectiveExecutionConfig"] == {
        "SourcePipelineExecutionArn": first.arn, "SelectedSteps": [{"StepName": "AbaloneTrain"}]}
    assert statuses(by_arn) == {"AbaloneTrain": "Succeeded", "AbaloneProcess": "Succeeded"}
    assert sources(by_arn) == {"AbaloneTrain": None, "AbaloneProcess": first.arn}
    latest = run("AbaloneEval", "AbaloneMSECond", source_pipeline_execution_arn=second.arn)
    upstream = dict.fromkeys(["AbaloneProcess", "AbaloneTrain", "AbaloneEval"], latest.arn)
    assert sources(run("AbaloneMSECond")) == {"AbaloneMSECond": None, **upstream}
    alone = run("AbaloneProcess", reference_latest_execution=False)
    assert alone.describe()["SelectiveExecutionConfig"] == {"SelectedSteps": [{"StepName": "AbaloneProcess"}]}
    assert sources(alone) == {"AbaloneProcess": None}


@pytest.mark.parametrize("form", ["dict", "object"])
def test_parallelism(abalone, sdk, form):
    """A dict, as AWS's own tests pass it, and the SDK's class, repaired in 2.257.7 and 3.24."""
    def limit(number):
        return sdk.ParallelismConfiguration(number) if form == "object" else {"MaxParallelExecutionSteps": number}

    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE, parallelism_config=limit(50))
    assert pipeline.describe()["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 50}
    pipeline.upsert(role_arn=ROLE, parallelism_config=limit(55))
    assert pipeline.describe()["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 55}
    execution = pipeline.start(parallelism_config=limit(1))
    assert execution.describe()["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 1}


def test_callback(sdk, session):
    """A callback waits for its answer; its outputs decide the condition behind it."""
    pipeline = sdk.callback_pipeline(session)
    pipeline.upsert(role_arn=ROLE)
    execution = pipeline.start()
    [row] = execution.list_steps()
    assert (row["StepName"], row["StepStatus"]) == ("Approve", "Executing")
    session.sagemaker_client.send_pipeline_execution_step_success(
        CallbackToken=row["Metadata"]["Callback"]["CallbackToken"], OutputParameters=[{"Name": "score", "Value": "7"}])
    execution.wait()
    assert statuses(execution) == {"Approve": "Succeeded", "Check": "Succeeded", "Notify": "Succeeded"}


def test_a_definition_that_is_uploaded(sdk, session, s3_directory):
    """From 102,400 bytes on the SDK uploads the definition: without the object the refusal says how, with it it works."""
    pipeline = sdk.large_pipeline(session)
    assert len(pipeline.definition()) >= 102_400
    with pytest.raises(ClientError) as caught:
        pipeline.upsert(role_arn=ROLE)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert "--s3-dir" in caught.value.response["Error"]["Message"]

    bucket = session.default_bucket()
    [key] = [found["Key"] for found in session.boto_session.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
             if found["Key"].endswith("large")]
    (s3_directory / bucket / key).parent.mkdir(parents=True, exist_ok=True)
    (s3_directory / bucket / key).write_text(pipeline.definition())
    pipeline.upsert(role_arn=ROLE)
    assert json.loads(pipeline.describe()["PipelineDefinition"]) == json.loads(pipeline.definition())


def test_delete(abalone):
    """After delete the pipeline is gone, in the words that clients look for."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    pipeline.start()
    pipeline.delete()
    with pytest.raises(ClientError) as caught:
        pipeline.describe()
    assert caught.value.response["Error"]["Code"] == "ResourceNotFound"
    assert caught.value.response["Error"]["Message"].endswith("does not exist.")
