"""Executions: Describe, list, update, the definition they ran, names and ARNs."""

import datetime
import json
import re

import pytest

from support.definitions import callback, definition, fail, function, get, join, parameter
from support.runs import create, execution, launch, message, refused, rendered, row, start, status, succeed


def listed(client, name, **request):
    answer = client.list_pipeline_executions(PipelineName=name, **request)
    return [found["PipelineExecutionArn"] for found in answer["PipelineExecutionSummaries"]]


def test_arn_of_an_execution(sagemaker, account):
    """[O] the pipeline's ARN, /execution/, and 12 characters of [a-z0-9]."""
    arn = launch(sagemaker, function("A"), name="My-Pipeline")
    assert re.fullmatch(rf"arn:aws:sagemaker:us-east-1:{account}:pipeline/My-Pipeline/execution/[a-z0-9]{{12}}", arn)


def test_start_answers_only_the_arn(sagemaker):
    """[M] the answer of StartPipelineExecution has one member."""
    name = create(sagemaker, function("A"))
    answer = sagemaker.start_pipeline_execution(PipelineName=name)
    assert set(answer) == {"PipelineExecutionArn", "ResponseMetadata"}


def test_start_by_arn(sagemaker):
    """PipelineName of Start is a name or an ARN."""
    name = create(sagemaker, function("A"))
    arn = sagemaker.describe_pipeline(PipelineName=name)["PipelineArn"]
    assert start(sagemaker, arn).startswith(f"{arn}/execution/")


def test_describe_members(sagemaker, account):
    """[O] the members of a recorded DescribePipelineExecution; what is unset is absent."""
    arn = launch(sagemaker, function("A"), name="p")
    found = execution(sagemaker, arn)
    found.pop("ResponseMetadata")
    created = found.pop("CreationTime")
    assert found.pop("LastModifiedTime") >= created
    assert isinstance(found.pop("CreatedBy"), dict)
    assert isinstance(found.pop("LastModifiedBy"), dict)
    assert re.fullmatch(r"execution-\d{13}", found.pop("PipelineExecutionDisplayName"))
    assert found == {
        "PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p", "PipelineExecutionArn": arn,
        "PipelineExecutionStatus": "Succeeded", "PipelineVersionId": 1,
    }


def test_default_display_name_is_the_epoch_in_milliseconds(sagemaker):
    """[O] `execution-<epoch ms>`, at or shortly after CreationTime."""
    found = execution(sagemaker, launch(sagemaker, function("A")))
    shown = int(found["PipelineExecutionDisplayName"].removeprefix("execution-"))
    assert 0 <= shown - found["CreationTime"].timestamp() * 1000 < 1000


def test_describe_shows_what_start_was_given(sagemaker):
    """Display name, description and parallelism are those of the request."""
    name = create(sagemaker, function("A"), ParallelismConfiguration={"MaxParallelExecutionSteps": 9})
    found = execution(sagemaker, start(
        sagemaker, name, PipelineExecutionDisplayName="mine", PipelineExecutionDescription="why",
        ParallelismConfiguration={"MaxParallelExecutionSteps": 3}))
    assert found["PipelineExecutionDisplayName"] == "mine"
    assert found["PipelineExecutionDescription"] == "why"
    assert found["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 3}


def test_instant_clock_shows_the_end_in_the_first_describe(sagemaker):
    """The run settles inside the Start request: a test needs no polling loop."""
    assert status(sagemaker, launch(sagemaker, function("A"), function("B", depends_on=["A"]))) == "Succeeded"


def test_an_empty_pipeline_succeeds(sagemaker):
    """Nothing to do is done."""
    assert status(sagemaker, launch(sagemaker)) == "Succeeded"


def test_missing_execution_everywhere(sagemaker, account):
    """ACK tests for the ending "does not exist" (no period) and the code ResourceNotFound."""
    create(sagemaker, function("A"), name="p")
    arn = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p/execution/abcdefghijkl"
    for call in (sagemaker.describe_pipeline_execution, sagemaker.list_pipeline_execution_steps,
                 sagemaker.list_pipeline_parameters_for_execution, sagemaker.describe_pipeline_definition_for_execution,
                 sagemaker.update_pipeline_execution):
        with refused("ResourceNotFound") as caught:
            call(PipelineExecutionArn=arn)
        assert message(caught) == f"Pipeline execution '{arn}' does not exist"


def test_execution_of_another_pipeline_name_is_not_found(sagemaker):
    """The whole ARN is the identity, not only its last part."""
    arn = launch(sagemaker, function("A"), name="p")
    with refused("ResourceNotFound"):
        execution(sagemaker, arn.replace("pipeline/p/", "pipeline/q/"))


def test_execution_arn_without_regard_to_case(sagemaker):
    """Lower-case ARNs of before 2023 still find their execution."""
    arn = launch(sagemaker, function("A"), name="MyPipeline")
    assert status(sagemaker, arn.replace("MyPipeline", "mypipeline")) == "Succeeded"


def test_definition_of_an_execution_is_the_one_it_ran(sagemaker):
    """An update after the start changes nothing for the execution."""
    name = create(sagemaker, function("Old"))
    arn = start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(function("New")))
    found = sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=arn)
    assert json.loads(found["PipelineDefinition"])["Steps"][0]["Name"] == "Old"
    assert isinstance(found["CreationTime"], datetime.datetime)


def test_update_execution_while_it_runs(sagemaker):
    """[T/O] UpdatePipelineExecution works while Executing and changes LastModifiedTime; its answer is the ARN."""
    arn = launch(sagemaker, callback("Wait"))
    before = execution(sagemaker, arn)["LastModifiedTime"]
    answer = sagemaker.update_pipeline_execution(
        PipelineExecutionArn=arn, PipelineExecutionDisplayName="renamed", PipelineExecutionDescription="better",
        ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    assert answer["PipelineExecutionArn"] == arn
    found = execution(sagemaker, arn)
    assert found["PipelineExecutionStatus"] == "Executing"
    assert found["PipelineExecutionDisplayName"] == "renamed"
    assert found["PipelineExecutionDescription"] == "better"
    assert found["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 2}
    assert found["LastModifiedTime"] >= before


def test_update_execution_leaves_what_it_does_not_name(sagemaker):
    """A member that is not sent stays."""
    arn = launch(sagemaker, function("A"), name="p")
    sagemaker.update_pipeline_execution(PipelineExecutionArn=arn, PipelineExecutionDisplayName="renamed")
    sagemaker.update_pipeline_execution(PipelineExecutionArn=arn, PipelineExecutionDescription="better")
    found = execution(sagemaker, arn)
    assert (found["PipelineExecutionDisplayName"], found["PipelineExecutionDescription"]) == ("renamed", "better")


# Lists ---------------------------------------------------------------------------------------------------------

def test_summary_members(sagemaker):
    """PipelineExecutionSummary as the model has it; a success has no failure reason."""
    name = create(sagemaker, function("A"))
    arn = start(sagemaker, name, PipelineExecutionDisplayName="mine", PipelineExecutionDescription="why")
    [summary] = sagemaker.list_pipeline_executions(PipelineName=name)["PipelineExecutionSummaries"]
    assert summary.pop("StartTime") == execution(sagemaker, arn)["CreationTime"]
    assert summary == {"PipelineExecutionArn": arn, "PipelineExecutionStatus": "Succeeded",
                       "PipelineExecutionDisplayName": "mine", "PipelineExecutionDescription": "why"}


def test_newest_first(sagemaker):
    """[O] index 0 is the newest: the SDK takes it as the latest execution."""
    name = create(sagemaker, function("A"))
    started = [start(sagemaker, name) for _ in range(3)]
    assert listed(sagemaker, name) == started[::-1]
    latest = listed(sagemaker, name, SortBy="CreationTime", SortOrder="Descending", MaxResults=1)
    assert latest == [started[-1]]
    assert listed(sagemaker, name, SortOrder="Ascending") == started
    assert listed(sagemaker, name, SortBy="PipelineExecutionArn", SortOrder="Ascending") == sorted(started)
    assert listed(sagemaker, name, SortBy="PipelineExecutionArn", SortOrder="Descending") == sorted(started, reverse=True)


@pytest.mark.parametrize("by", ["CreationTime", "PipelineExecutionArn"])
@pytest.mark.parametrize("order", ["Ascending", "Descending"])
def test_pages_of_executions(sagemaker, by, order):
    """Pages of two give the list, each execution once."""
    name = create(sagemaker, function("A"))
    for _ in range(5):
        start(sagemaker, name)
    pages = sagemaker.get_paginator("list_pipeline_executions").paginate(
        PipelineName=name, SortBy=by, SortOrder=order, PaginationConfig={"PageSize": 2})
    paged = [found["PipelineExecutionArn"] for page in pages for found in page["PipelineExecutionSummaries"]]
    assert paged == listed(sagemaker, name, SortBy=by, SortOrder=order)
    assert len(paged) == 5


def test_created_before_and_after(sagemaker):
    """The window of creation times."""
    name = create(sagemaker, function("A"))
    arn = start(sagemaker, name)
    now, day = datetime.datetime.now(datetime.timezone.utc), datetime.timedelta(days=1)
    assert listed(sagemaker, name, CreatedAfter=now - day, CreatedBefore=now + day) == [arn]
    assert listed(sagemaker, name, CreatedAfter=now + day) == []
    assert listed(sagemaker, name, CreatedBefore=now - day) == []


def test_lists_hold_only_their_own_pipeline(sagemaker):
    """The executions of a neighbour are not ours."""
    one, two = create(sagemaker, function("A")), create(sagemaker, function("A"))
    first, second = start(sagemaker, one), start(sagemaker, two)
    assert (listed(sagemaker, one), listed(sagemaker, two)) == ([first], [second])


# Execution variables and the experiment ------------------------------------------------------------------------

DEFAULT_EXPERIMENT = {"ExperimentName": get("Execution.PipelineName"), "TrialName": get("Execution.PipelineExecutionId")}


def test_experiment_config_is_shown_resolved(sagemaker):
    """[O] 2024-10: with the SDK's default config ExperimentName is the pipeline's name in lower case, TrialName the execution's id."""
    arn = launch(sagemaker, function("A"), name="MyPipeline", members={"PipelineExperimentConfig": DEFAULT_EXPERIMENT})
    assert execution(sagemaker, arn)["PipelineExperimentConfig"] == {
        "ExperimentName": "mypipeline", "TrialName": arn.rsplit("/", 1)[1]}


def test_experiment_config_null_is_none(sagemaker):
    """The SDK writes null where experiments do not apply, and v3 writes MlflowConfig null."""
    arn = launch(sagemaker, function("A"), members={"PipelineExperimentConfig": None, "MlflowConfig": None})
    assert "PipelineExperimentConfig" not in execution(sagemaker, arn)


def test_mlflow_settings_are_resolved(sagemaker):
    """Both members of MlflowConfig may hold expressions, of parameters and of execution variables."""
    arn = launch(sagemaker, function("A"), parameters=[parameter("E", default="e")], members={"MlflowConfig": {
        "MlflowResourceArn": join("/", "arn:aws:sagemaker:us-east-1:123456789012:mlflow-app", get("Execution.PipelineName")),
        "MlflowExperimentName": get("Parameters.E")}})
    assert execution(sagemaker, arn)["MLflowConfig"] == {
        "MlflowResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:mlflow-app/" + arn.split("/")[1],
        "MlflowExperimentName": "e"}


def test_experiment_config_may_hold_a_join(sagemaker):
    """[RUN] Values of the experiment config may be literal, Get or Join; a literal keeps its case ([O] 2022)."""
    arn = launch(sagemaker, function("A"), members={"PipelineExperimentConfig": {
        "ExperimentName": "Fixed", "TrialName": join("-", "trial", get("Execution.PipelineExecutionId"))}})
    assert execution(sagemaker, arn)["PipelineExperimentConfig"] == {
        "ExperimentName": "Fixed", "TrialName": "trial-" + arn.rsplit("/", 1)[1]}


def test_execution_variables(sagemaker, account):
    """Each variable as the SDK names it."""
    expression = join("|", get("Execution.PipelineName"), get("Execution.PipelineArn"), get("Execution.PipelineExecutionId"),
                      get("Execution.PipelineExecutionArn"), get("PipelineExperimentConfig.ExperimentName"),
                      get("PipelineExperimentConfig.TrialName"))
    arn = launch(sagemaker, fail("F", expression), name="Vars", members={"PipelineExperimentConfig": DEFAULT_EXPERIMENT})
    pipeline, identity = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/Vars", arn.rsplit("/", 1)[1]
    assert row(sagemaker, arn, "F")["FailureReason"] == "|".join(["Vars", pipeline, identity, arn, "vars", identity])


@pytest.mark.parametrize("variable", ["StartDateTime", "CurrentDateTime"])
def test_date_variables_are_iso_utc_with_milliseconds(sagemaker, variable):
    """AWS's format is unknown; ours sorts as text."""
    text = rendered(sagemaker, join("", "", get(f"Execution.{variable}")))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text)


def test_start_date_is_the_creation_time(sagemaker):
    """StartDateTime is when the execution began, whenever the step that asks runs."""
    arn = launch(sagemaker, callback("Wait"), fail("F", get("Execution.StartDateTime"), depends_on=["Wait"]))
    succeed(sagemaker, arn, "Wait")
    created = execution(sagemaker, arn)["CreationTime"].astimezone(datetime.timezone.utc)
    expected = created.strftime("%Y-%m-%dT%H:%M:%S.") + f"{created.microsecond // 1000:03}Z"
    assert row(sagemaker, arn, "F")["FailureReason"] == expected


def test_an_mlflow_resource_that_cannot_be_known(sagemaker):
    """Describe resolves MlflowConfig without files: what stands in one is left out, it was an InternalFailure."""
    resource = {"Std:JsonGet": {"S3Uri": "s3://b/k.json", "Path": "arn"}}
    config = {"MlflowResourceArn": resource, "MlflowExperimentName": "e"}
    arn = start(sagemaker, create(sagemaker, function("A"), members={"MlflowConfig": config}))
    assert execution(sagemaker, arn)["MLflowConfig"] == {"MlflowExperimentName": "e"}
