"""Answers of the pipeline operations as they stand on the wire: exactly the members that the service fills in, and nothing
that the API model does not have. boto3's parser would drop the one and not miss the other."""

import json

import pytest

from support.definitions import ROLE, callback, definition, fail, get, parameter, training
from support.shapes import answer_faults

TEXT = definition(training("A"), training("B", ["A"]), parameters=[parameter("P", default="p")],
                  PipelineExperimentConfig={"ExperimentName": get("Execution.PipelineName"),
                                            "TrialName": get("Execution.PipelineExecutionId")},
                  MlflowConfig={"MlflowResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:mlflow-app/app-ABCDEFGHIJKL",
                                "MlflowExperimentName": "experiment"})
LIMIT = {"ParallelismConfiguration": {"MaxParallelExecutionSteps": 2}}
USERS = {"CreatedBy", "LastModifiedBy"}
TIMES = {"CreationTime", "LastModifiedTime"}
PIPELINE = {"PipelineArn", "PipelineName", "PipelineDisplayName", "PipelineDefinition", "RoleArn", "PipelineStatus"} | USERS | TIMES
EXECUTION = {"PipelineArn", "PipelineExecutionArn", "PipelineExecutionDisplayName", "PipelineExecutionStatus",
             "PipelineVersionId"} | USERS | TIMES
STEP = {"StepName", "StepStatus", "StartTime", "EndTime", "Metadata", "AttemptCount"}


@pytest.fixture
def ask(server, account):
    """ask(operation, **request): the decoded answer, which must fit the operation's output shape."""
    def call(operation, **request):
        status, _, answer = server.call(operation, request, account)
        assert status == 200, answer
        assert answer_faults(operation, answer) == []
        return answer
    return call


def create(ask, text=TEXT, name="p", **request):
    return ask("CreatePipeline", PipelineName=name, RoleArn=ROLE, PipelineDefinition=text, ClientRequestToken="t" * 32, **request)


def start(ask, name="p", **request):
    return ask("StartPipelineExecution", PipelineName=name, ClientRequestToken=f"{name}-{len(request)}".ljust(32, "t"),
               **request)["PipelineExecutionArn"]


def test_a_plain_pipeline(ask):
    """[O] What was not set is absent: description, limit, last run, version texts, aliases."""
    assert create(ask).keys() == {"PipelineArn"}
    assert ask("DescribePipeline", PipelineName="p").keys() == PIPELINE
    [summary] = ask("ListPipelines")["PipelineSummaries"]
    assert summary.keys() == {"PipelineArn", "PipelineName", "PipelineDisplayName", "RoleArn"} | TIMES
    [version] = ask("ListPipelineVersions", PipelineName="p")["PipelineVersionSummaries"]
    assert version.keys() == {"PipelineArn", "PipelineVersionId", "CreationTime"}


def test_a_pipeline_with_everything(ask):
    """[M] Every member there is, once all was set and something ran."""
    create(ask, PipelineDisplayName="d", PipelineDescription="text", PipelineVersionAliases=["live"], **LIMIT)
    arn = ask("DescribePipeline", PipelineName="p")["PipelineArn"]
    assert ask("UpdatePipelineVersion", PipelineArn=arn, PipelineVersionId=1, PipelineVersionDisplayName="v",
               PipelineVersionDescription="text").keys() == {"PipelineArn", "PipelineVersionId"}
    start(ask)
    assert ask("DescribePipeline", PipelineName="p").keys() == PIPELINE | {
        "PipelineDescription", "ParallelismConfiguration", "LastRunTime", "PipelineVersionDisplayName",
        "PipelineVersionDescription", "PipelineVersionAliases"}
    [summary] = ask("ListPipelines")["PipelineSummaries"]
    assert {"PipelineDescription", "LastExecutionTime"} <= summary.keys()
    [version] = ask("ListPipelineVersions", PipelineName="p")["PipelineVersionSummaries"]
    assert version.keys() == {"PipelineArn", "PipelineVersionId", "CreationTime", "PipelineVersionDisplayName",
                              "PipelineVersionDescription", "LastExecutionPipelineExecutionArn", "PipelineVersionAliases"}
    assert ask("UpdatePipeline", PipelineName="p", PipelineDescription="other").keys() == {"PipelineArn", "PipelineVersionId"}
    assert ask("DeletePipeline", PipelineName="p", ClientRequestToken="d" * 32).keys() == {"PipelineArn"}


def test_a_plain_execution(ask):
    """[O] No description, limit, selection, experiment or failure: none of their members."""
    create(ask, definition(training("A")))
    arn = start(ask)
    assert ask("DescribePipelineExecution", PipelineExecutionArn=arn).keys() == EXECUTION
    [summary] = ask("ListPipelineExecutions", PipelineName="p")["PipelineExecutionSummaries"]
    assert summary.keys() == {"PipelineExecutionArn", "StartTime", "PipelineExecutionStatus", "PipelineExecutionDisplayName"}
    [step] = ask("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert step.keys() == STEP
    assert ask("ListPipelineParametersForExecution", PipelineExecutionArn=arn) == {"PipelineParameters": []}
    assert ask("DescribePipelineDefinitionForExecution", PipelineExecutionArn=arn).keys() == {"PipelineDefinition", "CreationTime"}


def test_an_execution_with_everything(ask):
    """[M] Every member but RoleArn, which only executions of managed pipelines have."""
    create(ask, PipelineVersionAliases=["live"])
    source = start(ask)
    arn = start(ask, PipelineExecutionDisplayName="d", PipelineExecutionDescription="text", MlflowExperimentName="m",
                PipelineVersionAlias="live", PipelineParameters=[{"Name": "P", "Value": "q"}],
                SelectiveExecutionConfig={"SourcePipelineExecutionArn": source, "SelectedSteps": [{"StepName": "B"}]}, **LIMIT)
    assert ask("DescribePipelineExecution", PipelineExecutionArn=arn).keys() == EXECUTION | {
        "PipelineExecutionDescription", "PipelineExperimentConfig", "MLflowConfig", "ParallelismConfiguration",
        "SelectiveExecutionConfig", "PipelineVersionAliases"}
    newest = ask("ListPipelineExecutions", PipelineName="p")["PipelineExecutionSummaries"][0]
    assert newest.keys() == {"PipelineExecutionArn", "StartTime", "PipelineExecutionStatus", "PipelineExecutionDisplayName",
                             "PipelineExecutionDescription", "PipelineVersionAliases"}
    rows = ask("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert [row.keys() - STEP for row in rows] == [set(), {"SelectiveExecutionResult"}]
    assert ask("ListPipelineParametersForExecution", PipelineExecutionArn=arn)["PipelineParameters"] == [{"Name": "P", "Value": "q"}]
    assert ask("UpdatePipelineExecution", PipelineExecutionArn=arn, PipelineExecutionDescription="other").keys() == {
        "PipelineExecutionArn"}
    found = ask("Search", Resource="PipelineExecution")["Results"]
    assert {"PipelineParameters", "SelectiveExecutionConfig"} <= found[0]["PipelineExecution"].keys()


def test_a_failed_execution(ask):
    """[T] FailureReason of the execution and of its summary, and of the step; a step's texts where it has them."""
    create(ask, definition(fail("F", "no", DisplayName="shown", Description="text")))
    arn = start(ask)
    assert ask("DescribePipelineExecution", PipelineExecutionArn=arn).keys() == EXECUTION | {"FailureReason"}
    [summary] = ask("ListPipelineExecutions", PipelineName="p")["PipelineExecutionSummaries"]
    assert summary["PipelineExecutionFailureReason"] == "Step failure: One or multiple steps failed."
    [step] = ask("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert step.keys() == STEP | {"FailureReason", "StepDisplayName", "StepDescription"}


@pytest.mark.parametrize("operation, members", [
    ("SendPipelineExecutionStepSuccess", {"OutputParameters": []}), ("SendPipelineExecutionStepFailure", {"FailureReason": "no"})])
def test_answers_about_a_callback(ask, operation, members):
    """[M] Both answer the execution's ARN; so do Stop and Retry."""
    create(ask, definition(callback("Ask")))
    arn = start(ask)
    [step] = ask("ListPipelineExecutionSteps", PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    token = step["Metadata"]["Callback"]["CallbackToken"]
    assert step.keys() == STEP - {"EndTime"}
    stop = ask("StopPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken="s" * 32)
    answered = ask(operation, CallbackToken=token, **members)
    retry = ask("RetryPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken="r" * 32)
    assert stop == answered == retry == {"PipelineExecutionArn": arn}


def test_tags(ask):
    """[M] AddTags answers all tags of the resource, DeleteTags an empty object."""
    arn = create(ask, Tags=[{"Key": "a", "Value": "1"}])["PipelineArn"]
    assert ask("AddTags", ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}]).keys() == {"Tags"}
    assert ask("ListTags", ResourceArn=arn).keys() == {"Tags"}
    assert ask("DeleteTags", ResourceArn=arn, TagKeys=["a"]) == {}


@pytest.mark.parametrize("resource", ["Pipeline", "PipelineVersion", "PipelineExecution"])
def test_records_of_search(ask, resource):
    """[M] Each result has one member, the record of what was asked for, in its own shape."""
    create(ask, Tags=[{"Key": "a", "Value": "1"}], PipelineVersionAliases=["live"], **LIMIT)
    start(ask)
    answer = ask("Search", Resource=resource)
    assert answer.keys() == {"Results", "TotalHits"}
    assert [found.keys() for found in answer["Results"]] == [{resource}]
    assert json.dumps(answer["Results"]).count('"Tags"') == (resource == "Pipeline")
