"""Search over what steps make, and GetSearchSuggestions."""

import pytest

from support.definitions import BUCKET, ROLE, get, model, register_model, step, training, transform
from support.runs import create, refused, start, steps


def found(client, resource, *filters, **request):
    """The records; a filter is (name, operator, value) or (name, operator)."""
    if filters:
        request["SearchExpression"] = {"Filters": [
            dict(zip(("Name", "Operator", "Value"), one, strict=False)) for one in filters]}
    return [record[resource] for record in client.search(Resource=resource, **request)["Results"]]


def names(client, *filters, **request):
    return [record["TrainingJobName"].split("-")[2] for record in found(client, "TrainingJob", *filters, **request)]


def arguments(eta, **more):
    return {"HyperParameters": {"eta": eta, "objective": "reg"}, **more}


@pytest.fixture
def trained(sagemaker):
    """Three training jobs: A, then B, then C."""
    create(sagemaker, training("A", arguments=arguments("0.1", Tags=[{"Key": "team", "Value": "ml"}])),
           training("B", ["A"], arguments=arguments("0.7")),
           training("C", ["B"], arguments=arguments("many", EnableManagedSpotTraining=True)), name="train")
    start(sagemaker, "train")
    return sagemaker


def test_a_training_job_as_it_is_recorded(trained):
    """The record TrainingJob is the Describe document, with the tags of the request [M] and that of the execution [S]."""
    [record] = found(trained, "TrainingJob", ("Tags.team", "Equals", "ml"))
    described = trained.describe_training_job(TrainingJobName=record["TrainingJobName"])
    tags = {tag["Key"]: tag["Value"] for tag in record.pop("Tags")}
    assert tags.pop("sagemaker:pipeline-execution-arn").split("/")[1] == "train"
    assert tags == {"team": "ml"}
    assert record == {member: described[member] for member in record}
    assert {"TrainingJobArn", "ModelArtifacts", "TrainingJobStatus", "HyperParameters", "CreationTime"} <= record.keys()


def test_what_an_execution_made(trained):
    """The tag that Pipelines put on what they make finds all of one execution."""
    again = start(trained, "train")
    records = found(trained, "TrainingJob", ("Tags.sagemaker:pipeline-execution-arn", "Equals", again))
    assert len(records) == 3
    assert all(again.rsplit("/", 1)[1] in record["TrainingJobName"] for record in records)


@pytest.mark.parametrize("filters, expected", [
    ([], ["C", "B", "A"]),
    ([("TrainingJobStatus", "Equals", "Completed")], ["C", "B", "A"]),
    ([("TrainingJobStatus", "NotEquals", "Completed")], []),
    ([("HyperParameters.eta", "LessThan", "0.5")], ["A"]),
    ([("HyperParameters.eta", "GreaterThanOrEqualTo", "0.1")], ["B", "A"]),
    ([("HyperParameters.eta", "Equals", "many")], ["C"]),
    ([("ResourceConfig.InstanceType", "Equals", "ml.m5.xlarge"), ("EnableManagedSpotTraining", "Equals", "true")], ["C"]),
    ([("Tags.team", "NotExists")], ["C", "B"]),
    ([("OutputDataConfig.S3OutputPath", "Contains", "models"), ("TrainingJobName", "NotExists")], []),
])
def test_filters_on_training_jobs(trained, filters, expected):
    """Columns and members of the document are filtered alike; a hyperparameter compares as a number [M]."""
    assert names(trained, *filters) == expected


@pytest.mark.parametrize("by", ["LastModifiedTime", "TrainingJobName", "HyperParameters.eta", "TrainingJobStatus"])
@pytest.mark.parametrize("order", ["Ascending", "Descending"])
def test_pages_of_one_give_the_same_list(trained, by, order):
    """Sorted by a column or by a member of the document, each record once."""
    pages = trained.get_paginator("search").paginate(
        Resource="TrainingJob", SortBy=by, SortOrder=order, PaginationConfig={"PageSize": 1})
    paged = [record["TrainingJob"]["TrainingJobName"].split("-")[2] for page in pages for record in page["Results"]]
    assert paged == names(trained, SortBy=by, SortOrder=order)
    assert sorted(paged) == ["A", "B", "C"]
    if by == "HyperParameters.eta":
        assert paged == (["A", "B", "C"] if order == "Ascending" else ["C", "B", "A"])


def test_tags_are_those_of_list_tags(sagemaker):
    """A tag whose value is a parameter: the record and ListTags show the same, and it is found by it."""
    tags = [{"Key": "round", "Value": get("Parameters.Round")}]
    create(sagemaker, training("A", arguments={"Tags": tags}), name="tagged",
           parameters=[{"Name": "Round", "Type": "String", "DefaultValue": "5"}])
    start(sagemaker, "tagged")
    [record] = found(sagemaker, "TrainingJob", ("Tags.round", "Equals", "5"))
    assert record["Tags"] == sagemaker.list_tags(ResourceArn=record["TrainingJobArn"])["Tags"]
    assert record["Tags"][0] == {"Key": "round", "Value": "5"}


def test_the_status_that_a_scenario_gives_is_the_one_that_is_found(scripted):
    """A result may say another status than the row: filters, order and hits go by what the record shows."""
    _, client = scripted({"T": {"0-": {"Return": {"TrainingJobStatus": "Stopped"}}}})
    create(client, training("T"), training("U"), name="p")
    start(client, "p")
    for status, step_name in (("Stopped", "T"), ("Completed", "U")):
        answer = client.search(Resource="TrainingJob", SearchExpression={"Filters": [
            {"Name": "TrainingJobStatus", "Operator": "Equals", "Value": status}]})
        [record] = answer["Results"]
        assert record["TrainingJob"]["TrainingJobName"].split("-")[2] == step_name
        assert answer["TotalHits"] == {"Value": 1, "Relation": "EqualTo"}
    assert names(client, SortBy="TrainingJobStatus", SortOrder="Ascending") == ["U", "T"]


def test_total_hits_of_documents(trained):
    """Also where SQL alone does not decide, the hits of all pages are counted."""
    answer = trained.search(Resource="TrainingJob", MaxResults=1, SearchExpression={"Filters": [
        {"Name": "HyperParameters.objective", "Value": "reg"}]})
    assert (len(answer["Results"]), answer["TotalHits"]) == (1, {"Value": 3, "Relation": "EqualTo"})


def test_a_job_by_its_name(trained):
    """Equals and In compare the whole name, and nothing is found where no execution made such a name."""
    name = found(trained, "TrainingJob")[0]["TrainingJobName"]
    assert names(trained, ("TrainingJobName", "Equals", name)) == ["C"]
    assert names(trained, ("TrainingJobName", "In", f"other,{name}")) == ["C"]
    for other in ("other", name[:-1], name.upper()):
        assert names(trained, ("TrainingJobName", "Equals", other)) == []
    assert names(trained, ("TrainingJobName", "NotEquals", name)) == ["B", "A"]


def test_more_records_than_are_read_at_once(sagemaker):
    """A search and an order over documents alone read all records, however many: each is found once, and counted."""
    create(sagemaker, *(training(f"T{number}", arguments=arguments(str(number))) for number in range(50)), name="many")
    for _ in range(6):
        start(sagemaker, "many")
    expression = {"Filters": [{"Name": "HyperParameters.eta", "Operator": "GreaterThanOrEqualTo", "Value": "10"}]}
    pages = list(sagemaker.get_paginator("search").paginate(
        Resource="TrainingJob", SearchExpression=expression, SortBy="HyperParameters.eta", SortOrder="Ascending"))
    assert [page["TotalHits"] for page in pages] == [{"Value": 240, "Relation": "EqualTo"}] * 3
    values = [int(one["TrainingJob"]["HyperParameters"]["eta"]) for page in pages for one in page["Results"]]
    assert values == sorted(number for number in range(10, 50) for _ in range(6))


def test_a_status_that_is_none(scripted):
    """A scenario without validation may state anything: what is no text is found as if it were not there."""
    _, client = scripted({"T": {"Validation": "NONE", "0-": {"Return": {"TrainingJobStatus": 5}}}})
    create(client, training("T"), training("U"), name="p")
    start(client, "p")
    assert names(client, ("TrainingJobStatus", "NotExists")) == ["T"]
    assert names(client, ("TrainingJobStatus", "Contains", "5")) == []
    assert names(client, SortBy="TrainingJobStatus", SortOrder="Ascending") == ["U", "T"]


def test_packages_and_their_group(sagemaker):
    """The registry: packages by approval, the group once [M]."""
    name = create(sagemaker, register_model("R", group="Group"))
    start(sagemaker, name), start(sagemaker, name)
    packages = found(sagemaker, "ModelPackage", ("ModelApprovalStatus", "Equals", "PendingManualApproval"),
                     SortBy="ModelPackageVersion")
    assert [package["ModelPackageVersion"] for package in packages] == [2, 1]
    assert found(sagemaker, "ModelPackage", ("ModelPackageVersion", "GreaterThan", "1"))[0]["ModelPackageArn"].endswith("/2")
    [group] = found(sagemaker, "ModelPackageGroup", ("ModelPackageGroupName", "Contains", "roup"))
    assert group["ModelPackageGroupName"] == "Group"
    assert group["ModelPackageGroupArn"].endswith(":model-package-group/group")
    assert found(sagemaker, "ModelPackageGroup", ("ModelPackageGroupName", "Equals", "other")) == []


def test_a_model_with_what_uses_it(sagemaker):
    """A Model is shown as ModelDashboardModel: the model, its endpoints, its last transform job [M]."""
    model_name = get("Steps.M.ModelName")
    create(
        sagemaker, model("M"), transform("T", model_name),
        step("EndpointConfig", "Config", {"EndpointConfigName": "config", "ProductionVariants": [
            {"VariantName": "v", "ModelName": model_name, "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}]}),
        step("Endpoint", "Serve", {"EndpointName": "serve", "EndpointConfigName": get("Steps.Config.EndpointConfigName")}),
        name="serve")
    arn = start(sagemaker, "serve")
    assert {row["StepStatus"] for row in steps(sagemaker, arn)} == {"Succeeded"}
    [record] = found(sagemaker, "Model")
    assert record["Model"]["PrimaryContainer"]["ModelDataUrl"] == f"{BUCKET}/model.tar.gz"
    assert record["Model"]["ExecutionRoleArn"] == ROLE
    assert record["LastBatchTransformJob"]["ModelName"] == record["Model"]["ModelName"]
    [endpoint] = record["Endpoints"]
    assert endpoint["EndpointStatus"] == "InService"
    for name in ("ModelName", "Model.ModelName"):
        assert found(sagemaker, "Model", (name, "Equals", record["Model"]["ModelName"])) == [record]
    assert found(sagemaker, "Model", ("Endpoints.EndpointName", "Equals", endpoint["EndpointName"])) == [record]
    assert [one["EndpointName"] for one in found(sagemaker, "Endpoint")] == [endpoint["EndpointName"]]


def test_an_endpoint_shows_what_its_configuration_makes_it_serve(sagemaker):
    """ProductionVariants and DataCaptureConfig of DescribeEndpoint and of the record: current is what was asked for; a
    weight is 1.0 unless given [M], and null is nothing given."""
    create(sagemaker,
           step("EndpointConfig", "Config", {
               "EndpointConfigName": "config", "DataCaptureConfig": {
                   "InitialSamplingPercentage": 50, "DestinationS3Uri": f"{BUCKET}/captured",
                   "CaptureOptions": [{"CaptureMode": "Input"}]},
               "ProductionVariants": [
                   {"VariantName": "a", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 2,
                    "InitialVariantWeight": None, "ServerlessConfig": None},
                   {"VariantName": "b", "ModelName": "m", "InitialVariantWeight": 0.5,
                    "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}]}),
           step("Endpoint", "Serve", {"EndpointName": "serve", "EndpointConfigName": get("Steps.Config.EndpointConfigName")}),
           name="serve")
    start(sagemaker, "serve")
    serverless = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}
    variants = [
        {"VariantName": "a", "CurrentWeight": 1.0, "DesiredWeight": 1.0, "CurrentInstanceCount": 2, "DesiredInstanceCount": 2},
        {"VariantName": "b", "CurrentWeight": 0.5, "DesiredWeight": 0.5, "CurrentServerlessConfig": serverless,
         "DesiredServerlessConfig": serverless}]
    [record] = found(sagemaker, "Endpoint", ("ProductionVariants.VariantName", "Equals", "b"))
    described = sagemaker.describe_endpoint(EndpointName=record["EndpointName"])
    for shown in (record, described):
        assert shown["ProductionVariants"] == variants
        assert shown["DataCaptureConfig"] == {
            "EnableCapture": True, "CaptureStatus": "Started", "CurrentSamplingPercentage": 50,
            "DestinationS3Uri": f"{BUCKET}/captured", "KmsKeyId": ""}
    assert found(sagemaker, "Endpoint", ("ProductionVariants.VariantName", "Equals", "c")) == []


def test_what_failed_is_found_by_its_status(scripted):
    """A failed training job is there; a model that was not made is not."""
    failure = {"0-": {"Throw": {"Error": "ClientError", "Cause": "no"}}}
    _, client = scripted({"T": failure, "M": failure})
    create(client, training("T"), model("M"), name="p")
    start(client, "p")
    [record] = found(client, "TrainingJob", ("TrainingJobStatus", "Equals", "Failed"))
    assert "no" in record["FailureReason"]
    answer = client.search(Resource="Model")
    assert (answer["Results"], answer["TotalHits"]["Value"]) == ([], 0)


def test_wrong_properties_are_named(trained):
    """A property of another resource, or an operator that its kind does not know."""
    with refused("ValidationException", "TrainingJob has no member 'PipelineName'"):
        found(trained, "TrainingJob", ("PipelineName", "Exists"))
    with refused("ValidationException", "'Contains'", "which is a Boolean"):
        found(trained, "TrainingJob", ("EnableManagedSpotTraining", "Contains", "t"))


def suggestions(client, resource, hint=None):
    query = {} if hint is None else {"SuggestionQuery": {"PropertyNameQuery": {"PropertyNameHint": hint}}}
    answer = client.get_search_suggestions(Resource=resource, **query)
    return [one["PropertyName"] for one in answer["PropertyNameSuggestions"]]


def test_suggestions(trained):
    """"Provides suggestions for HyperParameters, Tags, and Metrics" that begin with the hint [M]."""
    all_of_them = suggestions(trained, "TrainingJob")
    assert {"HyperParameters.eta", "HyperParameters.objective", "Tags.team"} <= set(all_of_them)
    assert suggestions(trained, "TrainingJob", "HyperParameters.e") == ["HyperParameters.eta"]
    assert suggestions(trained, "TrainingJob", "Tags.") == ["Tags.sagemaker:pipeline-execution-arn", "Tags.team"]
    assert suggestions(trained, "TrainingJob", "Nothing") == []
    assert suggestions(trained, "Pipeline") == []
    assert suggestions(trained, "FeatureGroup") == []
