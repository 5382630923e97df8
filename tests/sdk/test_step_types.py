"""Every step type: what its row shows while it runs and however it ends, held against the API model's own shapes, and every
property that a later step can refer to."""

import pytest

from support.definitions import get, join
from support.runs import create, launch, message, refused, rendered
from support.shapes import answer_faults, leaves, service
from support.step_types import STEPS, with_before

ARN = {"Arn"}
COUNTS = {"InputItemCount", "TotalStepCount", "SucceededStepCount", "FailedStepCount", "StoppedStepCount"}
DRIFT = {"CheckType", "CheckJobArn", "ModelPackageGroupName", "SkipCheck", "RegisterNewBaseline",
         "CalculatedBaselineConstraints", "BaselineUsedForDriftCheckConstraints"}

# The member of Metadata that a type has, and what is in it when the step of the table has succeeded. (API model;
# recorded: Training, Processing, Transform, Model, RegisterModel, Condition, Fail, Callback, Lambda, QualityCheck, Lineage)
METADATA = {
    "Training": ("TrainingJob", ARN), "Processing": ("ProcessingJob", ARN), "Transform": ("TransformJob", ARN),
    "Tuning": ("TuningJob", ARN), "AutoML": ("AutoMLJob", ARN), "Model": ("Model", ARN), "RegisterModel": ("RegisterModel", ARN),
    "Condition": ("Condition", {"Outcome"}), "Fail": ("Fail", {"ErrorMessage"}),
    "Callback": ("Callback", {"CallbackToken", "SqsQueueUrl", "OutputParameters"}),
    "Lambda": ("Lambda", {"Arn", "OutputParameters"}),
    "QualityCheck": ("QualityCheck", DRIFT | {"CalculatedBaselineStatistics", "BaselineUsedForDriftCheckStatistics"}),
    "ClarifyCheck": ("ClarifyCheck", DRIFT),
    "EMR": ("EMR", {"ClusterId", "StepId", "StepName", "LogFilePath"}),
    "EMRServerless": ("EMRServerless", {"ApplicationId", "JobRunId", "JobRunName", "LogFilePath"}),
    "EndpointConfig": ("EndpointConfig", ARN), "Endpoint": ("Endpoint", ARN), "InferenceComponent": ("InferenceComponent", ARN),
    "BedrockCustomModel": ("BedrockCustomModel", ARN), "BedrockCustomModelDeployment": ("BedrockCustomModelDeployment", ARN),
    "BedrockModelImport": ("BedrockModelImport", ARN),
    "BedrockProvisionedModelThroughput": ("BedrockProvisionedModelThroughput", ARN),
    "Lineage": ("Lineage", {"ActionArns", "ArtifactArns", "ContextArns", "Associations"}),
    "Job": ("Job", ARN), "Pass": None, "Athena": ("Athena", {"QueryExecutionId", "S3OutputLocation"}),
    "HubContent": ("HubContent", {"HubArn", "HubContentArn"}),
    "Cleanup": ("Cleanup", {"CleanedSteps", "FailedSteps", "SkippedSteps"}),
    "ForEach": ("ForEach", COUNTS | {"Status", "Selector"}),
}

# Types whose steps wait and are ended by hand: not decided at once, and not ended by their iterations.
HELD = sorted(STEPS.keys() - {"Condition", "Fail", "ForEach"})

# The shape whose every scalar a type's properties have, and what pipelines add to it (SDK: properties.py and the step classes).
PROPERTIES = {
    "Training": ("sagemaker", "DescribeTrainingJobResponse", []),
    "Processing": ("sagemaker", "DescribeProcessingJobResponse", [
        "ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri", "ProcessingInputs['in'].S3Input.S3Uri"]),
    "Transform": ("sagemaker", "DescribeTransformJobResponse", []),
    "Tuning": ("sagemaker", "DescribeHyperParameterTuningJobResponse", [
        *(f"TrainingJobSummaries[{index}].TrainingJobName" for index in range(3)),
        "TrainingJobSummaries[0].FinalHyperParameterTuningJobObjectiveMetric.Value"]),
    "AutoML": ("sagemaker", "DescribeAutoMLJobResponse", [
        "BestCandidateProperties.ModelInsightsJsonReportPath", "BestCandidateProperties.ExplainabilityJsonReportPath",
        "BestCandidate.InferenceContainers[0].Environment['MODEL_NAME']"]),
    "Model": ("sagemaker", "DescribeModelOutput", []),
    "RegisterModel": ("sagemaker", "DescribeModelPackageOutput", []),
    "Condition": (None, None, ["Outcome"]),
    "Lambda": (None, None, ["OutputParameters['o']"]),
    "QualityCheck": (None, None, ["CalculatedBaselineStatistics", "CalculatedBaselineConstraints",
                                  "BaselineUsedForDriftCheckStatistics", "BaselineUsedForDriftCheckConstraints"]),
    "ClarifyCheck": (None, None, ["CalculatedBaselineConstraints", "BaselineUsedForDriftCheckConstraints"]),
    "EMR": ("emr", "Step", ["ClusterId", "Config.Args[0]", "Config.Properties['k']"]),
    "EMRServerless": ("emr-serverless", "GetJobRunResponse", []),
    "EndpointConfig": ("sagemaker", "DescribeEndpointConfigOutput", []),
    "Endpoint": ("sagemaker", "DescribeEndpointOutput", []),
    "InferenceComponent": ("sagemaker", "DescribeInferenceComponentOutput", []),
    "BedrockCustomModel": (None, None, ["ModelArn", "ModelName", "JobArn", "BaseModelArn", "ModelStatus", "CreationTime"]),
    "BedrockCustomModelDeployment": (None, None, [
        "ModelDeploymentArn", "ModelDeploymentName", "ModelArn", "Status", "CreatedAt", "Description"]),
    "BedrockModelImport": (None, None, [
        "JobArn", "JobName", "ImportedModelName", "ImportedModelArn", "RoleArn", "Status", "ModelDataSource.S3DataSource.S3Uri"]),
    "BedrockProvisionedModelThroughput": (None, None, [
        "ProvisionedModelArn", "ProvisionedModelName", "ModelArn", "DesiredModelArn", "FoundationModelArn", "ModelUnits", "Status"]),
    "Lineage": (None, None, ["ActionArns['act']", "ArtifactArns['art']", "ContextArns['ctx']", "Associations[0].SourceArn"]),
    "Job": ("sagemaker", "DescribeJobResponse", [
        f"JobConfigDocument.ServiceOutput.MlflowDetails.{member}" for member in ("RunId", "ExperimentId", "RunName")]
        + ["JobConfigDocument.given"]),
    "Athena": ("athena", "QueryExecution", []),
    "HubContent": ("sagemaker", "DescribeHubContentResponse", []),
    "ForEach": (None, None, ["IterationOutputs[1].Body.OutputParameters['o']", "Selected.OutputParameters['o']", "Status",
                             *sorted(COUNTS)]),
}

DESCRIBE = {
    "Training": ("DescribeTrainingJob", "TrainingJobName"), "Processing": ("DescribeProcessingJob", "ProcessingJobName"),
    "Transform": ("DescribeTransformJob", "TransformJobName"),
    "Tuning": ("DescribeHyperParameterTuningJob", "HyperParameterTuningJobName"),
    "AutoML": ("DescribeAutoMLJob", "AutoMLJobName"), "RegisterModel": ("DescribeModelPackage", "ModelPackageName"),
    "Model": ("DescribeModel", "ModelName"), "EndpointConfig": ("DescribeEndpointConfig", "EndpointConfigName"),
    "Endpoint": ("DescribeEndpoint", "EndpointName"),
    "InferenceComponent": ("DescribeInferenceComponent", "InferenceComponentName"), "Job": ("DescribeJob", "JobName"),
}
LISTS = {
    "Training": "ListTrainingJobs", "Processing": "ListProcessingJobs", "Transform": "ListTransformJobs",
    "Tuning": "ListHyperParameterTuningJobs", "AutoML": "ListAutoMLJobs", "RegisterModel": "ListModelPackages",
    "Model": "ListModels", "EndpointConfig": "ListEndpointConfigs", "Endpoint": "ListEndpoints",
    "InferenceComponent": "ListInferenceComponents", "Job": "ListJobs",
}
WITHOUT_STATUS = {"Model", "EndpointConfig"}  # do not exist unless their step succeeded


def fitting(server, account, operation, **request):
    """The answer as it stands on the wire; it must be what the operation's output shape says."""
    code, _, answer = server.call(operation, request, account)
    assert code == 200, answer
    assert answer_faults(operation, answer) == []
    return answer


def shown(server, account, arn):
    """The row of S, in an answer that fits its shape."""
    answer = fitting(server, account, "ListPipelineExecutionSteps", PipelineExecutionArn=arn)
    return next(found for found in answer["PipelineExecutionSteps"] if found["StepName"] == "S")


def by_hand(server, arn, how, **more):
    assert server.local("POST", f"steps/{how}", {"PipelineExecutionArn": arn, "StepName": "S", **more})[0] == 200


def job_fits(server, account, kind, metadata):
    """Describe and List of the job that the metadata names fit their shapes; the description."""
    if kind not in DESCRIBE:
        return None
    operation, member = DESCRIBE[kind]
    arn = metadata[METADATA[kind][0]]["Arn"]
    category = {"JobCategory": "AgentRFT"} if kind == "Job" else {}
    fitting(server, account, LISTS[kind], **category)
    name = arn if kind == "RegisterModel" else arn.rsplit("/", 1)[1]
    return fitting(server, account, operation, **{member: name}, **category)


@pytest.fixture
def held(scripted):
    """A server on which S of the pipeline `p` is held."""
    return scripted({"S": {"0-": {"Hold": True}}})


def test_the_tables_are_complete(sagemaker):
    """Every type that the server knows stands in the tables; the server itself names those it knows."""
    with refused("ValidationException", "Unknown Step type") as caught:
        create(sagemaker, {"Name": "S", "Type": "?", "Arguments": {}})
    known = set(message(caught).split("Known: ")[1].split(".")[0].split(", "))
    assert known == STEPS.keys() == METADATA.keys()
    without = {"Fail", "Cleanup", "Pass", "Callback"}  # no properties (SDK); a Callback's are those of a Lambda
    assert known - without == PROPERTIES.keys()


@pytest.mark.parametrize("kind", STEPS)
def test_metadata_of_a_step_that_ended(server, sagemaker, account, kind):
    """One member named after the type, with what the API model says of it; Describe and List of its job fit as well."""
    arn = launch(sagemaker, *with_before(kind))
    if kind == "Callback":
        by_hand(server, arn, "succeed", Return={"o": "x"})
    found = shown(server, account, arn)
    assert found["StepStatus"] == ("Failed" if kind == "Fail" else "Succeeded"), found
    if METADATA[kind] is None:
        assert found["Metadata"] == {}
    else:
        member, inner = METADATA[kind]
        assert found["Metadata"].keys() == {member}
        assert found["Metadata"][member].keys() == inner
        job_fits(server, account, kind, found["Metadata"])


@pytest.mark.parametrize("kind", HELD)
def test_metadata_while_a_step_runs(held, account, kind):
    """The member is there from the start, so that a client finds the job; what only an end tells is not."""
    server, client = held
    arn = launch(client, *with_before(kind), name="p")
    found = shown(server, account, arn)
    assert found["StepStatus"] == "Executing"
    assert "EndTime" not in found
    if kind in ("Pass", "Lineage", "Cleanup"):
        assert found["Metadata"] == {}
        return
    member, inner = METADATA[kind]
    assert found["Metadata"].keys() == {member}
    assert found["Metadata"][member].keys() <= inner
    if kind not in WITHOUT_STATUS:
        job_fits(server, account, kind, found["Metadata"])


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("how, status", [("fail", "Failed"), ("stop", "Stopped")])
def test_a_step_that_ends_badly(held, account, kind, how, status):
    """Row, description and list of what failed, or was stopped, still fit their shapes, and show the reason."""
    server, client = held
    arn = launch(client, *with_before(kind), name="p")
    by_hand(server, arn, how, **({"Error": "ClientError", "Cause": "no"} if how == "fail" else {}))
    found = shown(server, account, arn)
    assert (found["StepStatus"], found.get("FailureReason")) == (status, "ClientError: no" if how == "fail" else None)
    if kind not in WITHOUT_STATUS:
        described = job_fits(server, account, kind, found["Metadata"])
        if described and how == "fail" and "FailureReason" in service().operation_model(DESCRIBE[kind][0]).output_shape.members:
            assert described["FailureReason"] == "ClientError: no"


@pytest.mark.parametrize("kind", PROPERTIES)
def test_every_property_has_a_value(sagemaker, kind):
    """What the SDK's step classes let a later step refer to is there when that step runs: the shape of the Describe call,
    whole, and what pipelines add."""
    origin, shape, added = PROPERTIES[kind]
    paths = [*(leaves(service(origin).shape_for(shape)) if shape else ()), *added]
    text = rendered(sagemaker, join("\n", *(get(f"Steps.S.{path}") for path in paths)), *with_before(kind))
    values = dict(zip(paths, text.split("\n"), strict=True))
    empty = {path for path, value in values.items() if value in ("", "null")}
    assert empty <= {"OutputDataConfig.KmsKeyId", "TransformOutput.KmsKeyId"}  # known: without a key they show ""
