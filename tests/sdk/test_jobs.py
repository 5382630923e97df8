"""The jobs behind the steps can be asked: Describe of each kind, by the name that its step's metadata leads to."""

import json

import pytest

from support.definitions import BUCKET, ROLE, get, model, processing, register_model, step, training, transform
from support.runs import create, launch, refused, row, start

TUNING = step("Tuning", "Tune", {
    "HyperParameterTuningJobConfig": {
        "Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 1},
        "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "rmse"},
        "ParameterRanges": {"IntegerParameterRanges": [{"Name": "depth", "MinValue": "2", "MaxValue": "9"}]}},
    "TrainingJobDefinition": {
        "AlgorithmSpecification": {"TrainingImage": "img:1", "TrainingInputMode": "File"}, "RoleArn": ROLE,
        "StaticHyperParameters": {"epochs": "3"}, "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/tuned"},
        "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60}}})
AUTOML = step("AutoML", "Auto", {
    "AutoMLJobConfig": {"Mode": "ENSEMBLING", "SecurityConfig": {"EnableInterContainerTrafficEncryption": True}},
    "AutoMLJobObjective": {"MetricName": "F1"}, "ProblemType": "BinaryClassification", "RoleArn": ROLE,
    "InputDataConfig": [{"ChannelType": "training", "TargetAttributeName": "y", "DataSource": {
        "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"{BUCKET}/in"}}}],
    "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/automl"}})
ENDPOINT_CONFIG = step("EndpointConfig", "Config", {"EndpointConfigName": "cfg", "ProductionVariants": [
    {"VariantName": "A", "ModelName": "m", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 1}]})
ENDPOINT = step("Endpoint", "Serve", {"EndpointName": "serve", "EndpointConfigName": "cfg"})
COMPONENT = step("InferenceComponent", "Component", {
    "InferenceComponentName": "ic", "EndpointName": "serve", "VariantName": "A",
    "Specification": {"ModelName": "m", "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024}},
    "RuntimeConfig": {"CopyCount": 1}})
JOB = step("Job", "Evaluate", {
    "RoleArn": ROLE, "JobCategory": "AgentRFTEvaluation", "JobConfigSchemaVersion": "1.0.0",
    "JobConfigDocument": json.dumps({"a": 1})})

# step, metadata member, client method, name member, a member of the answer and its value
KINDS = [
    (training("Train"), "TrainingJob", "describe_training_job", "TrainingJobName", "TrainingJobStatus", "Completed"),
    (processing("Process"), "ProcessingJob", "describe_processing_job", "ProcessingJobName", "ProcessingJobStatus", "Completed"),
    (transform("Transform"), "TransformJob", "describe_transform_job", "TransformJobName", "ModelName", "model"),
    (TUNING, "TuningJob", "describe_hyper_parameter_tuning_job", "HyperParameterTuningJobName", "HyperParameterTuningJobStatus", "Completed"),
    (AUTOML, "AutoMLJob", "describe_auto_ml_job", "AutoMLJobName", "ProblemType", "BinaryClassification"),
    (AUTOML, "AutoMLJob", "describe_auto_ml_job_v2", "AutoMLJobName", "AutoMLProblemTypeConfigName", "Tabular"),
    (model("Create"), "Model", "describe_model", "ModelName", "ExecutionRoleArn", ROLE),
    (ENDPOINT_CONFIG, "EndpointConfig", "describe_endpoint_config", "EndpointConfigName", "ExecutionRoleArn", None),
    (ENDPOINT, "Endpoint", "describe_endpoint", "EndpointName", "EndpointStatus", "InService"),
    (COMPONENT, "InferenceComponent", "describe_inference_component", "InferenceComponentName", "InferenceComponentStatus", "InService"),
]


def arn_of(client, execution, name):
    return next(iter(row(client, execution, name)["Metadata"].values()))["Arn"]


def name_of(client, execution, name):
    return arn_of(client, execution, name).rsplit("/", 1)[1]


@pytest.mark.parametrize("made, metadata, method, member, shown, value", KINDS, ids=[kind[2] for kind in KINDS])
def test_describe(sagemaker, made, metadata, method, member, shown, value):
    """Every kind of job that a step's metadata names is described by the last part of its ARN, as the SDK does."""
    arn = row(sagemaker, launch(sagemaker, made), made["Name"])["Metadata"][metadata]["Arn"]
    answer = getattr(sagemaker, method)(**{member: arn.rsplit("/", 1)[1]})
    assert arn in answer.values()
    assert answer.get(shown) == value
    assert answer[member].lower() == arn.rsplit("/", 1)[1].lower()


def test_what_was_resolved_is_shown(sagemaker):
    """The description holds the request with every expression resolved, not the definition's text."""
    execution = launch(sagemaker, training("Train", arguments={"HyperParameters": {"id": get("Execution.PipelineExecutionId")}}))
    answer = sagemaker.describe_training_job(TrainingJobName=name_of(sagemaker, execution, "Train"))
    assert answer["HyperParameters"] == {"id": execution.rsplit("/", 1)[1]}
    assert answer["ModelArtifacts"]["S3ModelArtifacts"].startswith(f"{BUCKET}/models/{answer['TrainingJobName']}/")


def test_automl_in_the_form_of_v2(sagemaker):
    """DescribeAutoMLJobV2 also describes jobs made by CreateAutoMLJob (API model), as a tabular problem."""
    execution = launch(sagemaker, AUTOML)
    answer = sagemaker.describe_auto_ml_job_v2(AutoMLJobName=name_of(sagemaker, execution, "Auto"))
    tabular = answer["AutoMLProblemTypeConfig"]["TabularJobConfig"]
    assert (tabular["TargetAttributeName"], tabular["Mode"], tabular["ProblemType"]) == ("y", "ENSEMBLING", "BinaryClassification")
    assert answer["AutoMLJobInputDataConfig"][0]["ChannelType"] == "training"
    assert answer["SecurityConfig"] == {"EnableInterContainerTrafficEncryption": True}


def test_an_endpoint_of_another_executions_configuration(sagemaker):
    """The configuration is found by its name, whichever execution made it."""
    config = name_of(sagemaker, launch(sagemaker, ENDPOINT_CONFIG), "Config")
    execution = launch(sagemaker, step("Endpoint", "Serve", {"EndpointName": "serve", "EndpointConfigName": config}))
    found = sagemaker.describe_endpoint(EndpointName=name_of(sagemaker, execution, "Serve"))
    assert [variant["VariantName"] for variant in found["ProductionVariants"]] == ["A"]


def test_an_endpoint_of_an_unknown_configuration_has_no_variants(sagemaker):
    """Nothing is made up of a configuration that no pipeline made."""
    execution = launch(sagemaker, ENDPOINT)
    assert "ProductionVariants" not in sagemaker.describe_endpoint(EndpointName=name_of(sagemaker, execution, "Serve"))


def test_an_endpoint_is_created_once_and_updated_after(start_server, account):
    """[S] "the pipeline chooses create-vs-update based on endpoint existence": a second step for the same endpoint leaves it
    one endpoint, created when the first made it, with the second's configuration."""
    server = start_server("--clock", "manual", "--step-duration", 60)
    client = server.client(account)
    again = step("Endpoint", "Again", {"EndpointName": "serve", "EndpointConfigName": "other"}, ["Serve"])
    execution = launch(client, ENDPOINT, again)
    name = name_of(client, execution, "Serve")
    assert client.describe_endpoint(EndpointName=name)["EndpointStatus"] == "Creating"
    server.advance(Seconds=60)
    assert client.describe_endpoint(EndpointName=name)["EndpointStatus"] == "Updating"
    server.advance(Seconds=60)
    second = client.describe_endpoint(EndpointName=name)
    assert name_of(client, execution, "Again") == name
    assert second["CreationTime"] == row(client, execution, "Serve")["StartTime"]
    assert second["LastModifiedTime"] == row(client, execution, "Again")["EndTime"]
    assert (second["EndpointStatus"], second["EndpointConfigName"]) == ("InService", "other")
    assert [one["CreationTime"] for one in client.list_endpoints()["Endpoints"]] == [second["CreationTime"]]


@pytest.mark.parametrize("made, metadata", [
    (step("EndpointConfig", "S", {**ENDPOINT_CONFIG["Arguments"], "EndpointConfigName": "My-Config"}), "EndpointConfig"),
    (step("Endpoint", "S", {"EndpointName": "My-Endpoint", "EndpointConfigName": "cfg"}), "Endpoint"), (model("S"), "Model")])
def test_arns_in_lower_case(sagemaker, made, metadata):
    """[O] 2021 to 2023: ARNs of models, endpoints and their configurations are in lower case, their names are not."""
    arn = row(sagemaker, launch(sagemaker, made), "S")["Metadata"][metadata]["Arn"]
    assert arn == arn.lower()
    named = {"EndpointConfig": sagemaker.describe_endpoint_config, "Endpoint": sagemaker.describe_endpoint,
             "Model": sagemaker.describe_model}[metadata](**{f"{metadata}Name": arn.rsplit("/", 1)[1]})[f"{metadata}Name"]
    assert (named != named.lower()) and named.lower() == arn.rsplit("/", 1)[1]


def test_the_arn_of_a_job_names_its_category(sagemaker, account):
    """[M] JobArn: job/<category>/<name>; the SDK describes a job by the last part."""
    execution = launch(sagemaker, JOB)
    arn = arn_of(sagemaker, execution, "Evaluate")
    name = arn.rsplit("/", 1)[1]
    assert arn == f"arn:aws:sagemaker:us-east-1:{account}:job/AgentRFTEvaluation/{name}"
    assert sagemaker.describe_job(JobName=name, JobCategory="AgentRFTEvaluation")["JobArn"] == arn
    assert [one["JobArn"] for one in sagemaker.list_jobs(JobCategory="AgentRFTEvaluation")["JobSummaries"]] == [arn]
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"][0]["Value"] == execution


def test_packages_and_their_group(sagemaker):
    """A group appears with the first package registered into it; a package is described by its ARN or as group/version."""
    name = create(sagemaker, register_model("Register", group="Abalone"))
    first, second = (arn_of(sagemaker, start(sagemaker, name), "Register") for _ in range(2))
    assert second.endswith(":model-package/abalone/2")
    answer = sagemaker.describe_model_package(ModelPackageName=second)
    assert (answer["ModelPackageGroupName"], answer["ModelPackageVersion"], answer["ModelPackageArn"]) == ("Abalone", 2, second)
    assert answer["ModelApprovalStatus"] == "PendingManualApproval"
    assert sagemaker.describe_model_package(ModelPackageName="Abalone/1")["ModelPackageArn"] == first
    group = sagemaker.describe_model_package_group(ModelPackageGroupName="Abalone")
    assert (group["ModelPackageGroupStatus"], group["ModelPackageGroupArn"].rsplit("/", 1)[1]) == ("Completed", "abalone")
    by_arn = sagemaker.describe_model_package_group(ModelPackageGroupName=group["ModelPackageGroupArn"])
    assert by_arn["CreationTime"] == group["CreationTime"] == sagemaker.describe_model_package(ModelPackageName=first)["CreationTime"]


def test_groups_that_differ_in_case_are_one(sagemaker):
    """Their ARN would be the same, which is in lower case (recorded)."""
    execution = launch(sagemaker, register_model("A", group="Gr"), register_model("B", group="gR"))
    assert [arn_of(sagemaker, execution, name).rsplit("/", 1)[1] for name in "AB"] == ["1", "2"]


def test_a_group_given_by_its_arn(sagemaker, account):
    """ModelPackageGroupName of CreateModelPackage takes an ARN as well (API model)."""
    arn = f"arn:aws:sagemaker:us-east-1:{account}:model-package-group/by-arn"
    execution = launch(sagemaker, register_model("A", group=arn))
    assert arn_of(sagemaker, execution, "A").endswith(":model-package/by-arn/1")


def test_an_unversioned_package(sagemaker):
    """A package without a group is described by its name."""
    made = register_model("Register")
    del made["Arguments"]["ModelPackageGroupName"]
    arn = arn_of(sagemaker, launch(sagemaker, made), "Register")
    assert sagemaker.describe_model_package(ModelPackageName=arn)["ModelPackageArn"] == arn
    name = sagemaker.describe_model_package(ModelPackageName=arn)["ModelPackageName"]
    assert sagemaker.describe_model_package(ModelPackageName=name)["ModelPackageArn"] == arn


def test_metadata_only(sagemaker):
    """IncludedData=MetadataOnly hides what a model card says, and nothing else (API model)."""
    made = register_model("Register", group="cards")
    made["Arguments"]["ModelCard"] = {"ModelCardContent": '{"secret": 1}', "ModelCardStatus": "Draft"}
    arn = arn_of(sagemaker, launch(sagemaker, made), "Register")
    whole = sagemaker.describe_model_package(ModelPackageName=arn, IncludedData="AllData")
    assert whole["ModelCard"]["ModelCardContent"] == '{"secret": 1}'
    sanitized = sagemaker.describe_model_package(ModelPackageName=arn, IncludedData="MetadataOnly")
    assert "secret" not in sanitized["ModelCard"]["ModelCardContent"]
    assert sanitized["InferenceSpecification"] == whole["InferenceSpecification"]


def test_trainings_of_a_tuning_job(sagemaker):
    """A tuning job's trainings are listed, the best is one of them, and each can be described like any training job."""
    name = name_of(sagemaker, launch(sagemaker, TUNING), "Tune")
    listed = sagemaker.list_training_jobs_for_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)["TrainingJobSummaries"]
    assert len(listed) == 3
    best = sagemaker.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)["BestTrainingJob"]
    by_objective = sagemaker.list_training_jobs_for_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=name, SortBy="FinalObjectiveMetricValue", SortOrder="Ascending")["TrainingJobSummaries"]
    assert by_objective[0]["TrainingJobName"] == best["TrainingJobName"], "the objective is to be minimized"
    answer = sagemaker.describe_training_job(TrainingJobName=best["TrainingJobName"])
    assert answer["HyperParameters"] == {"epochs": "3", "depth": "2"}
    assert answer["TuningJobArn"].endswith("/" + name)
    assert answer["FinalMetricDataList"][0]["Value"] == best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"]
    assert answer["ModelArtifacts"]["S3ModelArtifacts"] == f"{BUCKET}/tuned/{best['TrainingJobName']}/output/model.tar.gz"
    with refused("ValidationException", "Requested resource not found."):
        sagemaker.describe_training_job(TrainingJobName=best["TrainingJobName"][:-8] + "00000000")


def test_trainings_of_a_tuning_job_are_training_jobs(sagemaker):
    """ListTrainingJobs and Search find them among the others, with the tags of the tuning job, which "are also added to all
    training jobs that the tuning job launches" (API model)."""
    tagged = {**TUNING, "Arguments": {**TUNING["Arguments"], "Tags": [{"Key": "team", "Value": "ml"}]}}
    execution = launch(sagemaker, tagged, training("Alone"))
    name = name_of(sagemaker, execution, "Tune")
    summaries = sagemaker.list_training_jobs_for_hyper_parameter_tuning_job(HyperParameterTuningJobName=name)["TrainingJobSummaries"]
    started = [one["TrainingJobName"] for one in summaries]
    listed = sagemaker.list_training_jobs(SortBy="Name", SortOrder="Ascending")["TrainingJobSummaries"]
    assert sorted(one["TrainingJobName"] for one in listed) == sorted([*started, name_of(sagemaker, execution, "Alone")])
    found = sagemaker.search(Resource="TrainingJob", SortBy="TrainingJobName", SortOrder="Ascending", SearchExpression={
        "Filters": [{"Name": "Tags.team", "Value": "ml"}]})
    assert [one["TrainingJob"]["TrainingJobName"] for one in found["Results"]] == started
    assert found["TotalHits"] == {"Value": 3, "Relation": "EqualTo"}
    [record] = sagemaker.search(Resource="TrainingJob", SearchExpression={"Filters": [
        {"Name": "TrainingJobName", "Value": started[1]}]})["Results"]
    assert record["TrainingJob"]["TuningJobArn"].endswith("/" + name)
    tags = sagemaker.list_tags(ResourceArn=record["TrainingJob"]["TrainingJobArn"])["Tags"]
    assert tags == [{"Key": "team", "Value": "ml"}, {"Key": "sagemaker:pipeline-execution-arn", "Value": execution}]


def test_scripted_trainings_of_a_tuning_job(start_server, tmp_path, account):
    """The trainings that a scenario lists are those that can be asked: what Steps.Tune.TrainingJobSummaries[0] names exists."""
    scenarios = tmp_path / "scenarios.json"
    summary = {"TrainingJobStatus": "Failed", "TunedHyperParameters": {"depth": "7"},
               "FinalHyperParameterTuningJobObjectiveMetric": {"MetricName": "loss", "Value": 0.25}}
    scenarios.write_text(json.dumps({
        "Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": {"Tune": "Two"}}}},
        "MockedResponses": {"Two": {"0-": {"Return": {"TrainingJobSummaries": [{"TrainingJobStatus": "Completed"}, summary]}}}}}))
    client = start_server("--scenarios", scenarios).client(account)
    execution = launch(client, TUNING, training("Alone"), name="p")
    alone = name_of(client, execution, "Alone")
    jobs = [one for one in client.list_training_jobs()["TrainingJobSummaries"] if one["TrainingJobName"] != alone]
    assert sorted(one["TrainingJobStatus"] for one in jobs) == ["Completed", "Failed"]
    [name] = [one["TrainingJobName"] for one in jobs if one["TrainingJobStatus"] == "Failed"]
    answer = client.describe_training_job(TrainingJobName=name)
    assert answer["HyperParameters"]["depth"] == "7"
    assert answer["FinalMetricDataList"][0]["Value"] == 0.25


@pytest.mark.parametrize("name", ["mine", "my-experiment01-x"])
def test_a_training_that_its_scenario_names(start_server, tmp_path, account, name):
    """Search finds it by that name, though other names tell the execution (a part of the second looks as if it did)."""
    scenarios = tmp_path / "scenarios.json"
    scenarios.write_text(json.dumps({
        "Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": {"Tune": "One"}}}},
        "MockedResponses": {"One": {"0-": {"Return": {"TrainingJobSummaries": [
            {"TrainingJobName": name, "TrainingJobStatus": "Completed"}]}}}}}))
    client = start_server("--scenarios", scenarios).client(account)
    execution = launch(client, TUNING, training("Alone"), name="p")
    alone = name_of(client, execution, "Alone")
    for operator, value, found in (("Equals", name, [name]), ("In", f"{name},{alone}", [name, alone]), ("Equals", "other", [])):
        results = client.search(Resource="TrainingJob", SearchExpression={"Filters": [
            {"Name": "TrainingJobName", "Operator": operator, "Value": value}]})["Results"]
        assert sorted(one["TrainingJob"]["TrainingJobName"] for one in results) == sorted(found)


def test_pages_of_trainings(sagemaker):
    """The trainings of a tuning job are paged, ten unless asked otherwise (API model)."""
    name = name_of(sagemaker, launch(sagemaker, TUNING), "Tune")
    pages = sagemaker.get_paginator("list_training_jobs_for_hyper_parameter_tuning_job").paginate(
        HyperParameterTuningJobName=name, SortOrder="Descending", PaginationConfig={"PageSize": 2})
    sizes = [[one["TrainingJobName"] for one in page["TrainingJobSummaries"]] for page in pages]
    assert [len(page) for page in sizes] == [2, 1]
    assert sorted(sum(sizes, []), reverse=True) == sum(sizes, [])
    none = sagemaker.list_training_jobs_for_hyper_parameter_tuning_job(HyperParameterTuningJobName=name, StatusEquals="Failed")
    assert none["TrainingJobSummaries"] == []


def test_a_job_of_a_category(sagemaker):
    """DescribeJob asks for the category too; the same name in another one is not there."""
    name = name_of(sagemaker, launch(sagemaker, JOB), "Evaluate")
    assert sagemaker.describe_job(JobName=name, JobCategory="AgentRFTEvaluation")["JobStatus"] == "Completed"
    with refused("ResourceNotFound"):
        sagemaker.describe_job(JobName=name, JobCategory="AgentRFT")


MISSING = [
    ("describe_training_job", {"TrainingJobName": "x"}, "ValidationException", "Requested resource not found."),
    ("describe_processing_job", {"ProcessingJobName": "x"}, "ValidationException", "Could not find requested job with name: x"),
    ("describe_transform_job", {"TransformJobName": "x"}, "ValidationException", "Could not find requested job with name: x"),
    ("describe_hyper_parameter_tuning_job", {"HyperParameterTuningJobName": "x"}, "ResourceNotFound",
     "Amazon SageMaker can't find a tuning job called x. Type another name."),
    ("list_training_jobs_for_hyper_parameter_tuning_job", {"HyperParameterTuningJobName": "x"}, "ResourceNotFound", "called x."),
    ("describe_auto_ml_job", {"AutoMLJobName": "x"}, "ResourceNotFound", "Amazon SageMaker can't find an AutoML job called x."),
    ("describe_auto_ml_job_v2", {"AutoMLJobName": "x"}, "ResourceNotFound", "Amazon SageMaker can't find an AutoML job called x."),
    ("describe_model", {"ModelName": "x"}, "ValidationException",
     'Could not find model "arn:aws:sagemaker:us-east-1:ACCOUNT:model/x".'),
    ("describe_endpoint", {"EndpointName": "x"}, "ValidationException",
     'Could not find endpoint "arn:aws:sagemaker:us-east-1:ACCOUNT:endpoint/x".'),
    ("describe_endpoint_config", {"EndpointConfigName": "x"}, "ValidationException",
     'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:ACCOUNT:endpoint-config/x".'),
    ("describe_inference_component", {"InferenceComponentName": "x"}, "ValidationException", "Could not find inference component"),
    ("describe_model_package", {"ModelPackageName": "g/7"}, "ValidationException",
     "ModelPackage arn:aws:sagemaker:us-east-1:ACCOUNT:model-package/g/7 does not exist."),
    ("describe_model_package_group", {"ModelPackageGroupName": "g-none"}, "ValidationException",
     "ModelPackageGroup arn:aws:sagemaker:us-east-1:ACCOUNT:model-package-group/g-none does not exist."),
    ("describe_job", {"JobName": "x", "JobCategory": "AgentRFT"}, "ResourceNotFound", "not found"),
]


@pytest.mark.parametrize("method, request_, code, text", MISSING, ids=[case[0] for case in MISSING])
def test_missing(sagemaker, account, method, request_, code, text):
    """Error and beginning or end of the sentence are what AWS's Kubernetes controller, Terraform and users' reports have."""
    with refused(code, text.replace("ACCOUNT", account)):
        getattr(sagemaker, method)(**request_)


def test_a_job_whose_name_is_nearly_right(sagemaker):
    """The execution's id in the name finds the execution, not any job of it."""
    name = name_of(sagemaker, launch(sagemaker, training("Train"), processing("Process")), "Train")
    for other in (name[:-1] + ("0" if name[-1] != "0" else "1"), name + "x", name.split("-")[1]):
        with refused("ValidationException", "Requested resource not found."):
            sagemaker.describe_training_job(TrainingJobName=other)
    with refused("ValidationException", "Could not find requested job"):
        sagemaker.describe_processing_job(ProcessingJobName=name)


def test_jobs_go_with_their_pipeline(sagemaker):
    """Deleting a pipeline deletes its executions and what they made (AWS keeps the jobs: a difference)."""
    pipeline = create(sagemaker, training("Train"))
    name = name_of(sagemaker, start(sagemaker, pipeline), "Train")
    sagemaker.delete_pipeline(PipelineName=pipeline)
    with refused("ValidationException", "Requested resource not found."):
        sagemaker.describe_training_job(TrainingJobName=name)


def test_nothing_is_visible_across_regions(server, sagemaker, account):
    """A job is one of its account and region."""
    name = name_of(sagemaker, launch(sagemaker, training("Train")), "Train")
    elsewhere = server.client(account, region="eu-west-1")
    with refused("ValidationException", "Requested resource not found."):
        elsewhere.describe_training_job(TrainingJobName=name)


def test_tags_of_a_job(sagemaker):
    """[S] Pipelines tag what they make with the execution's ARN, which the SDK's lineage reads from training jobs and package
    groups; before it stand the tags of the step's Arguments, for which SDK v2's Estimator.attach asks."""
    arguments = {"Tags": [{"Key": "team", "Value": "ml"}]}
    execution = launch(sagemaker, training("Tagged", arguments=arguments), training("Plain"), register_model("Register"), TUNING)
    made = [{"Key": "sagemaker:pipeline-execution-arn", "Value": execution}]
    package = arn_of(sagemaker, execution, "Register")
    group = sagemaker.describe_model_package_group(ModelPackageGroupName="group")["ModelPackageGroupArn"]
    assert sagemaker.list_tags(ResourceArn=arn_of(sagemaker, execution, "Tagged"))["Tags"] == arguments["Tags"] + made
    for arn in (arn_of(sagemaker, execution, "Plain"), arn_of(sagemaker, execution, "Tune"), package, group):
        assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == made
    with refused("ValidationException", "not emulated"):
        sagemaker.add_tags(ResourceArn=arn_of(sagemaker, execution, "Tagged"), Tags=[{"Key": "a", "Value": "b"}])


def test_a_job_is_described_with_its_tags(sagemaker):
    """DescribeJob is the one description that has Tags (API model): those that ListTags shows."""
    tagged = {**JOB, "Arguments": {**JOB["Arguments"], "Tags": [{"Key": "team", "Value": "ml"}]}}
    arn = arn_of(sagemaker, launch(sagemaker, tagged), JOB["Name"])
    described = sagemaker.describe_job(JobName=arn.rsplit("/", 1)[1], JobCategory="AgentRFTEvaluation")
    assert described["Tags"] == sagemaker.list_tags(ResourceArn=arn)["Tags"]
    assert described["Tags"][0] == {"Key": "team", "Value": "ml"}


def test_what_the_service_fills_in(sagemaker):
    """Members that the service sets where the request does not (AWS's Kubernetes controller expects them; SDK v2's
    Estimator.attach reads KmsKeyId)."""
    execution = launch(sagemaker, training("Train"), transform("Transform"), model("Create"), processing("Process"))
    answer = sagemaker.describe_training_job(TrainingJobName=name_of(sagemaker, execution, "Train"))
    assert answer["OutputDataConfig"]["KmsKeyId"] == ""
    assert (answer["EnableNetworkIsolation"], answer["EnableManagedSpotTraining"]) == (False, False)
    answer = sagemaker.describe_transform_job(TransformJobName=name_of(sagemaker, execution, "Transform"))
    assert (answer["TransformInput"]["SplitType"], answer["TransformOutput"]["AssembleWith"]) == ("None", "None")
    answer = sagemaker.describe_processing_job(ProcessingJobName=name_of(sagemaker, execution, "Process"))
    assert answer["StoppingCondition"] == {"MaxRuntimeInSeconds": 86400}
    assert sagemaker.describe_model(ModelName=name_of(sagemaker, execution, "Create"))["EnableNetworkIsolation"] is False
