"""What steps leave behind: metadata of each type, property references between steps, Lambda outputs."""

import re

import pytest

from support.definitions import (BUCKET, ROLE, callback, compare, condition, fail, function, get, join, model, parameter,
                                 processing, register_model, step, training, transform)
from support.runs import launch, names, rendered, row, statuses

ACCOUNT_ARN = r"arn:aws:sagemaker:us-east-1:\d{12}:"


def show(path):
    """An expression that renders one property as text."""
    return join("", "", get(path))


@pytest.mark.parametrize("made, member, pattern", [
    (training("S"), "TrainingJob", "training-job/pipelines-{id}-S-[A-Za-z0-9]{{10}}"),
    (processing("S"), "ProcessingJob", "processing-job/pipelines-{id}-S-[A-Za-z0-9]{{10}}"),
    (transform("S"), "TransformJob", "transform-job/pipelines-{id}-S-[A-Za-z0-9]{{10}}"),
    (model("S"), "Model", "model/pipelines-{id}-[sS]-[A-Za-z0-9]{{10}}"),
    (register_model("S", "my-group"), "RegisterModel", "model-package/my-group/1"),
    (step("Tuning", "S", {
        "HyperParameterTuningJobConfig": {
            "Strategy": "Random", "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 1}},
        "TrainingJobDefinition": {
            "AlgorithmSpecification": {"TrainingImage": "img:1", "TrainingInputMode": "File"},
            "OutputDataConfig": {"S3OutputPath": BUCKET}, "RoleArn": ROLE, "StoppingCondition": {"MaxRuntimeInSeconds": 60},
            "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 1}}}),
     "TuningJob", "hyper-parameter-tuning-job/{id}-S-[A-Za-z0-9]{{10}}"),
])
def test_metadata_carries_the_arn(sagemaker, account, made, member, pattern):
    """[O] metadata of a job step is {<member>: {"Arn"}}; jobs are named after execution and step."""
    arn = launch(sagemaker, made)
    metadata = row(sagemaker, arn, "S")["Metadata"]
    assert list(metadata) == [member]
    expected = f"arn:aws:sagemaker:us-east-1:{account}:" + pattern.format(id=arn.rsplit("/", 1)[1])
    assert re.fullmatch(expected, metadata[member]["Arn"]), metadata


@pytest.mark.parametrize("path, expected", [
    ("Steps.Train.TrainingJobStatus", "Completed"),
    ("Steps.Train.TrainingJobName", r"pipelines-[a-z0-9]{12}-Train-[A-Za-z0-9]{10}"),
    ("Steps.Train.TrainingJobArn", ACCOUNT_ARN + r"training-job/pipelines-[a-z0-9]{12}-Train-[A-Za-z0-9]{10}"),
    ("Steps.Train.OutputDataConfig.S3OutputPath", r"s3://example-bucket/models"),
    ("Steps.Train.AlgorithmSpecification.TrainingImage", "img:1"),
    ("Steps.Train.ResourceConfig.InstanceCount", "1"),
    ("Steps.Train.HyperParameters['rate']", "0.1"),
    ("Steps.Train.RoleArn", re.escape(ROLE)),
    ("Steps.Train.InputDataConfig[0].ChannelName", "train"),
])
def test_properties_of_a_training_job(sagemaker, path, expected):
    """References read the shape of DescribeTrainingJob: what was asked for, and what AWS adds."""
    train = training("Train", arguments={
        "HyperParameters": {"rate": "0.1"},
        "InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": {
            "S3DataType": "S3Prefix", "S3Uri": f"{BUCKET}/train"}}}]})
    assert re.fullmatch(expected, rendered(sagemaker, show(path), train))


def test_model_artifacts_lie_under_the_steps_own_output_path(sagemaker):
    """AWS: <S3OutputPath>/<job name>/output/model.tar.gz."""
    text = rendered(sagemaker, join("|", get("Steps.Train.ModelArtifacts.S3ModelArtifacts"), get("Steps.Train.TrainingJobName")),
                    training("Train"))
    artifacts, job = text.split("|")
    assert artifacts == f"{BUCKET}/models/{job}/output/model.tar.gz"


@pytest.mark.parametrize("path, expected", [
    ("Steps.Prepare.ProcessingJobStatus", "Completed"),  # [T] test_selective_execution.py
    ("Steps.Prepare.ProcessingJobName", r"pipelines-[a-z0-9]{12}-Prepare-[A-Za-z0-9]{10}"),
    ("Steps.Prepare.ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri", "s3://example-bucket/Prepare/test"),
    ("Steps.Prepare.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri", "s3://example-bucket/Prepare/train"),
    ("Steps.Prepare.ProcessingInputs['in'].S3Input.S3Uri", "s3://example-bucket/in"),
    ("Steps.Prepare.AppSpecification.ContainerEntrypoint[1]", "run.py"),
])
def test_properties_of_a_processing_job(sagemaker, path, expected):
    """Outputs and Inputs are lists in the API, but the SDK names their elements by OutputName and InputName."""
    assert re.fullmatch(expected, rendered(sagemaker, show(path), processing("Prepare", ["train", "test"])))


@pytest.mark.parametrize("made, path, expected", [
    (model("M"), "Steps.M.ModelName", r"pipelines-[a-z0-9]{12}-[mM]-[A-Za-z0-9]{10}"),
    (model("M"), "Steps.M.PrimaryContainer.ModelDataUrl", "s3://example-bucket/model.tar.gz"),
    (register_model("R", "grp"), "Steps.R.ModelPackageArn", ACCOUNT_ARN + "model-package/grp/1"),
    (register_model("R", "grp"), "Steps.R.ModelApprovalStatus", "PendingManualApproval"),
    (transform("T"), "Steps.T.TransformOutput.S3OutputPath", "s3://example-bucket/transformed"),
    (transform("T"), "Steps.T.TransformJobStatus", "Completed"),
])
def test_properties_of_other_types(sagemaker, made, path, expected):
    """Model, RegisterModel and Transform read the shapes of their Describe calls."""
    assert re.fullmatch(expected, rendered(sagemaker, show(path), made))


def test_resolved_arguments_are_what_properties_show(sagemaker):
    """Arguments are resolved before the job is made: a chain of references arrives as plain values."""
    arn = launch(
        sagemaker,
        processing("Prepare", ["train"], arguments={"ProcessingOutputConfig": {"Outputs": [
            {"OutputName": "train", "S3Output": {
                "S3Uri": join("/", BUCKET, get("Execution.PipelineExecutionId"), "train"),
                "LocalPath": "/opt/ml/processing/train", "S3UploadMode": "EndOfJob"}}]}}),
        training("Train", arguments={"InputDataConfig": [{"ChannelName": "train", "DataSource": {"S3DataSource": {
            "S3DataType": "S3Prefix", "S3Uri": get("Steps.Prepare.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri")}}}]}),
        model("Create", get("Steps.Train.ModelArtifacts.S3ModelArtifacts")),
        transform("Batch", get("Steps.Create.ModelName")),
        fail("Show", join("|", get("Steps.Train.InputDataConfig[0].DataSource.S3DataSource.S3Uri"),
                          get("Steps.Create.PrimaryContainer.ModelDataUrl"), get("Steps.Train.ModelArtifacts.S3ModelArtifacts"),
                          get("Steps.Batch.ModelName"), get("Steps.Create.ModelName"))))
    assert names(sagemaker, arn) == ["Prepare", "Train", "Create", "Batch", "Show"]
    train_uri, data, artifacts, used, created = row(sagemaker, arn, "Show")["FailureReason"].split("|")
    assert train_uri == f"{BUCKET}/{arn.rsplit('/', 1)[1]}/train"
    assert data == artifacts
    assert used == created


def test_a_get_keeps_its_json_type(sagemaker):
    """[T] an instance count taken from a reference is an integer in the job, so it compares as one."""
    arn = launch(
        sagemaker,
        training("Train", arguments={"ResourceConfig": {
            "InstanceCount": get("Parameters.Count"), "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}}),
        condition("Check", [compare("Equals", get("Steps.Train.ResourceConfig.InstanceCount"), 2)]),
        parameters=[parameter("Count", "Integer", 2)])
    assert row(sagemaker, arn, "Check")["Metadata"]["Condition"]["Outcome"] == "True"


def test_job_name_variables_mean_the_steps_own_job(sagemaker):
    """Execution.TrainingJobName and ProcessingJobName are the name of the job whose Arguments ask."""
    text = rendered(
        sagemaker,
        join("|", get("Steps.Train.OutputDataConfig.S3OutputPath"), get("Steps.Train.TrainingJobName"),
             get("Steps.Prepare.Environment['JOB']"), get("Steps.Prepare.ProcessingJobName")),
        training("Train", arguments={"OutputDataConfig": {"S3OutputPath": join("/", BUCKET, get("Execution.TrainingJobName"))}}),
        processing("Prepare", arguments={"Environment": {"JOB": get("Execution.ProcessingJobName")}}))
    path, train, seen, prepare = text.split("|")
    assert path == f"{BUCKET}/{train}"
    assert seen == prepare


@pytest.mark.parametrize("value, expected", [
    ("text", "text"), (3, "3"), (3.0, "3.0"), (2.5, "2.5"), (1e21, "1e+21"), (0.1, "0.1"), (True, "true"), (False, "false"),
])
def test_how_values_read_in_a_join(sagemaker, value, expected):
    """[RUN] Join values hold ints, floats, bools; floats read back the same, `.0` when whole."""
    assert rendered(sagemaker, join("", "", value)) == expected


def test_joins_nest(sagemaker):
    """Join in Join, with and without a separator; On defaults to the empty string."""
    expression = {"Std:Join": {"Values": ["a", join("-", "x", 1, 2.5, True), join("", "no", "sep")]}}
    assert rendered(sagemaker, expression) == "ax-1-2.5-truenosep"


@pytest.mark.parametrize("kind, expected", [("String", "simulated"), ("Integer", "0"), ("Float", "0.0"), ("Boolean", "true")])
def test_simulated_lambda_outputs(sagemaker, kind, expected):
    """A decision: without a script a Lambda's outputs are fixed values of their types."""
    assert rendered(sagemaker, show("Steps.L.OutputParameters['o']"), function("L", {"o": kind})) == expected


def test_lambda_metadata(sagemaker):
    """[M] Metadata.Lambda{Arn, OutputParameters}: names and values, as text."""
    arn = launch(sagemaker, function("L", {"a": "String", "b": "Integer"}))
    found = row(sagemaker, arn, "L")["Metadata"]["Lambda"]
    assert found["Arn"] == "arn:aws:lambda:us-east-1:123456789012:function:f"
    assert sorted((one["Name"], one["Value"]) for one in found["OutputParameters"]) == [("a", "simulated"), ("b", "0")]


def test_model_packages_count_up_in_their_group(sagemaker):
    """[O] `.../model-package/<group>/<n>`, n counting up over steps and executions."""
    made = [register_model("One", "grp"), register_model("Two", "grp", depends_on=["One"]), register_model("Other", "else")]
    numbers = []
    for _ in range(2):
        arn = launch(sagemaker, *made)
        numbers += [row(sagemaker, arn, name)["Metadata"]["RegisterModel"]["Arn"].rsplit(":model-package/", 1)[1]
                    for name in ("One", "Two", "Other")]
    assert numbers == ["grp/1", "grp/2", "else/1", "grp/3", "grp/4", "else/2"]


def test_callback_arguments_are_resolved_when_it_starts(sagemaker):
    """A callback that reads a step waits for it."""
    arn = launch(sagemaker, callback("Wait", arguments={"job": get("Steps.Train.TrainingJobName")}), training("Train"))
    assert statuses(sagemaker, arn) == {"Train": "Succeeded", "Wait": "Executing"}


def test_a_custom_name_may_be_an_expression(sagemaker):
    """A job name that Arguments give is kept as the prefix, whatever expression it stands in."""
    arn = launch(sagemaker,
                 training("Train", arguments={"TrainingJobName": join("-", "mine", get("Parameters.P"))}),
                 fail("Show", get("Steps.Train.TrainingJobName"), depends_on=["Train"]),
                 parameters=[parameter("P", default="x")])
    assert row(sagemaker, arn, "Show")["FailureReason"].startswith("mine-x-")


def test_a_whole_float_is_an_integer(sagemaker):
    """JSON writers without integers write 30.0 where the API has an integer: accepted at create, so kept in the document."""
    assert rendered(sagemaker, get("Steps.Train.ResourceConfig.VolumeSizeInGB"), training("Train", arguments={
        "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30.0}})) == "30"
