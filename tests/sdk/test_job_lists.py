"""Lists of the jobs behind the steps: order, filters, pages. What is said of defaults stands in the API model."""

import datetime
import json

import pytest

from support.definitions import function, model, processing, register_model, training
from support.runs import create, launch, refused, row, start
from test_jobs import AUTOML, COMPONENT, ENDPOINT, ENDPOINT_CONFIG, JOB, KINDS, TUNING, arn_of, name_of

# client method, list of the answer, ARN of its items, further input
LISTS = [
    (training("S"), "list_training_jobs", "TrainingJobSummaries", "TrainingJobArn", {}),
    (processing("S"), "list_processing_jobs", "ProcessingJobSummaries", "ProcessingJobArn", {}),
    (KINDS[2][0], "list_transform_jobs", "TransformJobSummaries", "TransformJobArn", {}),
    (TUNING, "list_hyper_parameter_tuning_jobs", "HyperParameterTuningJobSummaries", "HyperParameterTuningJobArn", {}),
    (AUTOML, "list_auto_ml_jobs", "AutoMLJobSummaries", "AutoMLJobArn", {}),
    (model("S"), "list_models", "Models", "ModelArn", {}),
    (register_model("S", group="g"), "list_model_packages", "ModelPackageSummaryList", "ModelPackageArn", {"ModelPackageGroupName": "g"}),
    (ENDPOINT_CONFIG, "list_endpoint_configs", "EndpointConfigs", "EndpointConfigArn", {}),
    (ENDPOINT, "list_endpoints", "Endpoints", "EndpointArn", {}),
    (COMPONENT, "list_inference_components", "InferenceComponents", "InferenceComponentArn", {}),
    (JOB, "list_jobs", "JobSummaries", "JobArn", {"JobCategory": "AgentRFTEvaluation"}),
]


@pytest.mark.parametrize("made, method, member, arn_member, further", LISTS, ids=[case[1] for case in LISTS])
def test_lists(sagemaker, made, method, member, arn_member, further):
    """Each kind is listed: all of them, in the order of their creation, page by page, and nothing of other kinds."""
    pipeline = create(sagemaker, made, training("Other") if made["Type"] != "Training" else processing("Other"))
    arns = [arn_of(sagemaker, start(sagemaker, pipeline), made["Name"]) for _ in range(3)]
    call = getattr(sagemaker, method)
    whole = call(SortBy="CreationTime", SortOrder="Ascending", **further)
    assert [one[arn_member] for one in whole[member]] == arns
    pages, token = [], {}
    while not pages or token:
        page = call(SortBy="CreationTime", SortOrder="Descending", MaxResults=2, **further, **token)
        pages.append([one[arn_member] for one in page[member]])
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else {}
    assert pages == [[arns[2], arns[1]], [arns[0]]]
    by_name = [one[arn_member].lower() for one in call(SortBy="Name", SortOrder="Descending", **further)[member]]
    assert len(by_name) == 3
    if method != "list_model_packages":
        assert by_name == sorted((arn.lower() for arn in arns), reverse=True)
    late = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=300_000)
    assert len(call(CreationTimeBefore=late, **further)[member]) == 3
    assert call(CreationTimeAfter=late, **further)[member] == []
    assert call(NameContains="no-such-name", **further)[member] == []


def test_defaults_of_order(sagemaker):
    """Without SortOrder: processing jobs oldest first, models newest first; of training jobs the model says both."""
    pipeline = create(sagemaker, training("Train"), processing("Process"), model("Model"))
    arns = [start(sagemaker, pipeline) for _ in range(2)]
    names = {name: [name_of(sagemaker, arn, name) for arn in arns] for name in ("Train", "Process", "Model")}
    listed = lambda answer, name: [one[name].lower() for one in answer]  # a model's ARN is in lower case
    assert listed(sagemaker.list_processing_jobs()["ProcessingJobSummaries"], "ProcessingJobName") == [
        name.lower() for name in names["Process"]]
    assert listed(sagemaker.list_models()["Models"], "ModelName") == [name.lower() for name in reversed(names["Model"])]
    assert listed(sagemaker.list_training_jobs()["TrainingJobSummaries"], "TrainingJobName") == [
        name.lower() for name in reversed(names["Train"])]


def test_default_page_of_transform_jobs(sagemaker):
    """ListTransformJobs answers ten, ListProcessingJobs a hundred, unless MaxResults says otherwise."""
    launch(sagemaker, *[KINDS[2][0] | {"Name": f"T{i}"} for i in range(11)], *[processing(f"P{i}") for i in range(11)])
    page = sagemaker.list_transform_jobs()
    assert len(page["TransformJobSummaries"]) == 10
    assert len(sagemaker.list_transform_jobs(NextToken=page["NextToken"])["TransformJobSummaries"]) == 1
    assert len(sagemaker.list_processing_jobs()["ProcessingJobSummaries"]) == 11


@pytest.fixture
def failed_and_not(scripted):
    """Three training jobs: Completed, Failed, Completed."""
    _, client = scripted({"B": "Fails"}, responses={"Fails": {"0": {"Throw": {"Error": "SageMaker.JOB_INTERNAL_ERROR"}}}})
    launch(client, training("A"), training("B", ["A"]), name="p")
    launch(client, training("C"), name="q")
    return client


def statuses(client, **request):
    return [one["TrainingJobStatus"] for one in client.list_training_jobs(**request)["TrainingJobSummaries"]]


def test_status_of_training_jobs(failed_and_not):
    """StatusEquals selects; with MaxResults as well the page is read first and filtered afterwards (API model: the
    documentation of ListTrainingJobs)."""
    assert statuses(failed_and_not, StatusEquals="Failed") == ["Failed"]
    assert statuses(failed_and_not, StatusEquals="Completed", SortOrder="Ascending") == ["Completed", "Completed"]
    page = failed_and_not.list_training_jobs(StatusEquals="Failed", MaxResults=1)
    assert page["TrainingJobSummaries"] == []
    page = failed_and_not.list_training_jobs(StatusEquals="Failed", MaxResults=1, NextToken=page["NextToken"])
    assert [one["TrainingJobStatus"] for one in page["TrainingJobSummaries"]] == ["Failed"]


def test_sorted_by_status(failed_and_not):
    """SortBy=Status is the order of the statuses' names (inferred)."""
    assert statuses(failed_and_not, SortBy="Status", SortOrder="Ascending") == ["Completed", "Completed", "Failed"]
    assert statuses(failed_and_not, SortBy="Status", SortOrder="Descending") == ["Failed", "Completed", "Completed"]
    first = failed_and_not.list_training_jobs(SortBy="Status", SortOrder="Descending", MaxResults=1)
    assert statuses(failed_and_not, SortBy="Status", SortOrder="Descending", NextToken=first["NextToken"]) == ["Completed"] * 2


def test_packages_by_type_group_and_approval(sagemaker):
    """Without a group only packages without one are listed (API model: Unversioned is the default)."""
    alone = register_model("Alone")
    del alone["Arguments"]["ModelPackageGroupName"]
    approved = register_model("B", group="h", depends_on=["A"])
    approved["Arguments"]["ModelApprovalStatus"] = "Approved"
    launch(sagemaker, register_model("A", group="h"), approved, register_model("C", group="i"), alone)
    listed = lambda **request: [one["ModelPackageArn"].split("model-package/")[1]
                                for one in sagemaker.list_model_packages(**request)["ModelPackageSummaryList"]]
    assert [one for one in listed() if "/" in one] == [] and len(listed()) == 1
    assert sorted(listed(ModelPackageType="Versioned")) == ["h/1", "h/2", "i/1"]
    assert len(listed(ModelPackageType="Both")) == 4
    assert listed(ModelPackageGroupName="H") == ["h/1", "h/2"]
    assert listed(ModelPackageGroupName="h", ModelApprovalStatus="Approved") == ["h/2"]
    assert listed(ModelPackageGroupName="h", SortBy="CreationTime", SortOrder="Descending", MaxResults=1) == ["h/2"]


def test_a_version_shows_no_name(sagemaker):
    """In lists a version has group and number, but no ModelPackageName (a report of the SDK's users)."""
    launch(sagemaker, register_model("A", group="j"))
    [shown] = sagemaker.list_model_packages(ModelPackageGroupName="j")["ModelPackageSummaryList"]
    assert "ModelPackageName" not in shown
    assert (shown["ModelPackageGroupName"], shown["ModelPackageVersion"], shown["ModelPackageStatus"]) == ("j", 1, "Completed")


def test_groups(sagemaker):
    """A group is listed once, whatever was registered into it; nothing is shared from other accounts."""
    launch(sagemaker, register_model("A", group="one"), register_model("B", group="two"), register_model("C", group="one"))
    listed = lambda **request: [one["ModelPackageGroupName"]
                                for one in sagemaker.list_model_package_groups(**request)["ModelPackageGroupSummaryList"]]
    assert sorted(listed()) == ["one", "two"]
    assert listed(SortBy="Name", SortOrder="Descending") == ["two", "one"]
    assert listed(NameContains="wo") == ["two"]
    assert listed(SortBy="Name", MaxResults=1) == ["one"]
    assert listed(CrossAccountFilterOption="CrossAccount") == []


def test_components_of_an_endpoint(sagemaker):
    """EndpointNameEquals and VariantNameEquals select what stands in the component's description."""
    launch(sagemaker, COMPONENT)
    listed = lambda **request: len(sagemaker.list_inference_components(**request)["InferenceComponents"])
    assert (listed(EndpointNameEquals="serve"), listed(EndpointNameEquals="other")) == (1, 0)
    assert (listed(VariantNameEquals="A"), listed(VariantNameEquals="B")) == (1, 0)


def test_trainings_of_a_warm_pool(scripted):
    """WarmPoolStatusEquals selects what stands in the job's description; only a script gives a simulated job a warm pool."""
    _, client = scripted({"A": "Kept"}, responses={"Kept": {"0": {"Return": {"WarmPoolStatus": {"Status": "Available"}}}}})
    arn = launch(client, training("A"), training("B"), name="p")
    listed = lambda **request: [one["TrainingJobArn"] for one in client.list_training_jobs(**request)["TrainingJobSummaries"]]
    assert len(listed()) == 2
    assert listed(WarmPoolStatusEquals="Available") == [arn_of(client, arn, "A")]
    assert listed(WarmPoolStatusEquals="InUse") == []


def test_trainings_of_a_training_plan(sagemaker):
    """A training job has its plan in its ResourceConfig, a list shows it beside the name (API model), and
    TrainingPlanArnEquals selects by it."""
    plan = "arn:aws:sagemaker:us-east-1:123456789012:training-plan/{}".format
    resources = {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30, "TrainingPlanArn": plan("mine")}
    arn = launch(sagemaker, training("A", arguments={"ResourceConfig": resources}), training("B"))
    listed = lambda **request: sagemaker.list_training_jobs(**request)["TrainingJobSummaries"]
    assert len(listed()) == 2
    [found] = listed(TrainingPlanArnEquals=plan("mine"))
    assert (found["TrainingJobArn"], found["TrainingPlanArn"]) == (arn_of(sagemaker, arn, "A"), plan("mine"))
    assert listed(TrainingPlanArnEquals=plan("other")) == []


def test_tokens_are_of_their_request(sagemaker):
    """A NextToken with another filter, or of another list, is refused."""
    launch(sagemaker, training("A"), training("B"))
    token = sagemaker.list_training_jobs(MaxResults=1)["NextToken"]
    with refused("ValidationException", "NextToken"):
        sagemaker.list_training_jobs(NameContains="A", NextToken=token)
    with refused("ValidationException", "NextToken"):
        sagemaker.list_processing_jobs(NextToken=token)


def test_what_was_not_made_is_not_there(scripted):
    """A model whose creation failed does not exist: it has no status that could say so."""
    throttled = {"Never": {"0-9": {"Throw": {"Error": "Step.THROTTLING"}}}}
    _, client = scripted({"M": "Never"}, responses=throttled)
    arn = launch(client, model("M", RetryPolicies=[{"ExceptionType": ["Step.THROTTLING"], "MaxAttempts": 1}]), name="p")
    assert row(client, arn, "M")["StepStatus"] == "Failed"
    assert client.list_models()["Models"] == []


@pytest.mark.parametrize("operation, further", [
    ("ListModelPackageGroups", {"StatusEquals": "Failed"}), ("ListModels", {"StatusEquals": 5}),
    ("ListTrainingJobs", {"EndpointNameEquals": ["x"]}), ("ListModelPackages", {"JobCategory": {}})])
def test_members_of_other_lists_are_ignored(server, sagemaker, account, operation, further):
    """A member that the operation lacks is ignored, whatever it holds, as everywhere in the API."""
    launch(sagemaker, function("A"))  # so that there is a namespace to look into
    status, _, answer = server.call(operation, json.dumps(further), account)
    assert (status, list(answer.values())) == (200, [[]])
