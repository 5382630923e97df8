"""Search over pipelines, executions and versions: records, filters, order, pages."""

import datetime

import pytest

from support.definitions import definition, fail, function, parameter
from support.runs import create, execution, message, refused, start

PARAMETERS = [parameter("Epochs", "Integer", 3), parameter("Bucket", default="data"), parameter("Fast", "Boolean", True)]


def search(client, resource, *filters, **request):
    """The records; a filter is (name, operator, value) or (name, operator)."""
    if filters:
        request["SearchExpression"] = {"Filters": [
            dict(zip(("Name", "Operator", "Value"), one, strict=False)) for one in filters]}
    return [record[resource] for record in client.search(Resource=resource, **request)["Results"]]


def names(client, *filters, **request):
    return [found["PipelineName"] for found in search(client, "Pipeline", *filters, **request)]


@pytest.fixture
def three(sagemaker):
    """Three pipelines, made in the order b, a, c."""
    for name, tags in (("train-b", {"team": "ml"}), ("train-a", {"team": "web", "stage": "x"}), ("other-c", {})):
        create(sagemaker, function("A"), name=name, Tags=[{"Key": key, "Value": value} for key, value in tags.items()])
    return sagemaker


# Records -------------------------------------------------------------------------------------------------------

def test_a_pipeline_as_it_is_recorded(sagemaker, account):
    """The record Pipeline differs from DescribePipeline: no definition, LastRunTime, Tags [M]."""
    name = create(sagemaker, function("A"), PipelineDescription="what", Tags=[{"Key": "team", "Value": "ml"}],
                  ParallelismConfiguration={"MaxParallelExecutionSteps": 4})
    [record] = search(sagemaker, "Pipeline")
    assert "LastRunTime" not in record
    start(sagemaker, name)
    [record] = search(sagemaker, "Pipeline")
    described = sagemaker.describe_pipeline(PipelineName=name)
    assert record == {
        "PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/{name}", "PipelineName": name,
        "PipelineDisplayName": name, "PipelineDescription": "what", "RoleArn": described["RoleArn"],
        "PipelineStatus": "Active", "CreationTime": described["CreationTime"],
        "LastModifiedTime": described["LastModifiedTime"], "LastRunTime": described["LastRunTime"],
        "CreatedBy": described["CreatedBy"], "LastModifiedBy": described["LastModifiedBy"],
        "ParallelismConfiguration": {"MaxParallelExecutionSteps": 4}, "Tags": [{"Key": "team", "Value": "ml"}]}


def test_an_execution_as_it_is_recorded(sagemaker):
    """The record PipelineExecution carries its parameters, defaults too, and the display name of its version [M]."""
    name = create(sagemaker, fail("Broken", "it broke"), parameters=PARAMETERS)
    sagemaker.update_pipeline_version(
        PipelineArn=sagemaker.describe_pipeline(PipelineName=name)["PipelineArn"], PipelineVersionId=1,
        PipelineVersionDisplayName="first")
    arn = start(sagemaker, name, {"Bucket": "other"}, PipelineExecutionDisplayName="run",
                PipelineExecutionDescription="why", ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    described = execution(sagemaker, arn)
    [record] = search(sagemaker, "PipelineExecution")
    assert record.pop("PipelineParameters") == [
        {"Name": "Bucket", "Value": "other"}, {"Name": "Epochs", "Value": "3"}, {"Name": "Fast", "Value": "true"}]
    assert record.pop("PipelineVersionDisplayName") == "first"
    shared = ["PipelineArn", "PipelineExecutionArn", "PipelineExecutionDisplayName", "PipelineExecutionStatus",
              "PipelineExecutionDescription", "FailureReason", "CreationTime", "LastModifiedTime", "CreatedBy",
              "LastModifiedBy", "ParallelismConfiguration", "PipelineVersionId", "PipelineExperimentConfig"]
    assert record == {member: described[member] for member in shared if member in described}
    assert record["PipelineExecutionStatus"] == "Failed"


def test_a_version_as_it_is_recorded(sagemaker):
    """The record PipelineVersion names the newest execution of the version, and its aliases [M]."""
    name = create(sagemaker, function("A"), PipelineVersionAliases=["prod"])
    arn = start(sagemaker, name, PipelineExecutionDisplayName="run")
    [record] = search(sagemaker, "PipelineVersion")
    described = sagemaker.describe_pipeline(PipelineName=name)
    assert record.pop("CreationTime") <= record.pop("LastModifiedTime")
    assert record == {
        "PipelineArn": described["PipelineArn"], "PipelineVersionId": 1, "CreatedBy": described["CreatedBy"],
        "LastModifiedBy": described["LastModifiedBy"], "LastExecutedPipelineExecutionArn": arn,
        "LastExecutedPipelineExecutionDisplayName": "run", "LastExecutedPipelineExecutionStatus": "Succeeded",
        "PipelineVersionAliases": ["prod"]}


def test_versions_by_their_alias(sagemaker):
    """Any of a version's aliases may satisfy a filter [I]."""
    name = create(sagemaker, function("A"), PipelineVersionAliases=["prod", "stable"])
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(function("B")), PipelineVersionAliases=["canary"])
    for filter_, versions in ((("Equals", "stable"), [1]), (("Contains", "ana"), [2]), (("In", "prod,canary"), [1, 2]),
                              (("Equals", "none"), []), (("NotEquals", "prod"), [2])):
        found = search(sagemaker, "PipelineVersion", ("PipelineVersionAliases", *filter_), SortBy="PipelineVersionId",
                       SortOrder="Ascending")
        assert [record["PipelineVersionId"] for record in found] == versions


@pytest.mark.parametrize("resource", [
    "Experiment", "ExperimentTrial", "ExperimentTrialComponent", "FeatureGroup", "FeatureMetadata", "Image",
    "ImageVersion", "Project", "ModelCard", "HubContent"])
def test_what_no_pipeline_makes_is_empty(three, resource):
    """The other resources of the model exist, and there are none of them."""
    answer = three.search(Resource=resource)
    assert (answer["Results"], answer["TotalHits"]) == ([], {"Value": 0, "Relation": "EqualTo"})


# Filters -------------------------------------------------------------------------------------------------------

NOW = datetime.datetime.now(datetime.timezone.utc)
LATER = (NOW + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
EARLIER = (NOW - datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.parametrize("filters, expected", [
    ([("PipelineName", "Equals", "train-a")], ["train-a"]),
    ([("PipelineName", "NotEquals", "train-a")], ["other-c", "train-b"]),
    ([("PipelineName", "Contains", "rain")], ["train-a", "train-b"]),
    ([("PipelineName", "In", "train-a,other-c")], ["other-c", "train-a"]),
    ([("PipelineName", "Equals", "TRAIN-A")], []),
    ([("PipelineDescription", "Exists")], []),
    ([("PipelineDescription", "NotExists"), ("PipelineName", "Contains", "a-b")], []),
    ([("CreationTime", "LessThan", LATER)], ["other-c", "train-a", "train-b"]),
    ([("CreationTime", "GreaterThan", EARLIER), ("PipelineName", "Contains", "c")], ["other-c"]),
    ([("CreationTime", "GreaterThan", LATER)], []),
    ([("Tags.team", "Equals", "ml")], ["train-b"]),
    ([("Tags.team", "NotEquals", "ml")], ["other-c", "train-a"]),
    ([("Tags.stage", "Exists")], ["train-a"]),
    ([("Tags", "NotExists")], ["other-c"]),
    ([("ParallelismConfiguration", "NotExists"), ("PipelineStatus", "Equals", "Active"),
      ("PipelineName", "Equals", "other-c")], ["other-c"]),
    ([("LastRunTime", "NotExists"), ("CreatedBy.IamIdentity.Arn", "Contains", ":root")],
     ["other-c", "train-a", "train-b"]),
])
def test_filters_on_pipelines(three, filters, expected):
    """Every operator, on texts, times, tags and what is not there; newest change first."""
    assert names(three, *filters) == expected


def test_arns_are_taken_apart(three, account):
    """Rows hold no ARNs; a filter on one finds them all the same, and one of another account nothing."""
    arn = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/train-a"
    assert names(three, ("PipelineArn", "Equals", arn)) == ["train-a"]
    assert names(three, ("PipelineArn", "In", f"{arn},nonsense")) == ["train-a"]
    assert names(three, ("PipelineArn", "NotEquals", arn)) == ["other-c", "train-b"]
    assert names(three, ("PipelineArn", "Contains", "pipeline/train")) == ["train-a", "train-b"]
    assert names(three, ("PipelineArn", "Equals", arn.replace(account, "999999999999"))) == []
    run = start(three, "train-a")
    start(three, "train-b")
    for filters in ([("PipelineArn", "Equals", arn)], [("PipelineExecutionArn", "Equals", run)]):
        assert [found["PipelineExecutionArn"] for found in search(three, "PipelineExecution", *filters)] == [run]


def test_filters_on_executions(sagemaker):
    """Status, version, parameters and selection are what executions are looked up by."""
    name = create(sagemaker, function("A"), parameters=PARAMETERS)
    broken = create(sagemaker, fail("Broken"), name="broken")
    one = start(sagemaker, name, {"Epochs": "1"})
    two = start(sagemaker, name, {"Bucket": "1"})
    lost = start(sagemaker, broken)
    picked = start(sagemaker, name, SelectiveExecutionConfig={"SelectedSteps": [{"StepName": "A"}]})

    def found(*filters):
        return [record["PipelineExecutionArn"] for record in search(sagemaker, "PipelineExecution", *filters)]

    assert found(("PipelineExecutionStatus", "Equals", "Failed")) == [lost]
    assert found(("PipelineExecutionStatus", "In", "Failed,Stopped")) == [lost]
    assert found(("PipelineExecutionStatus", "NotEquals", "Failed")) == [picked, two, one]
    assert found(("PipelineExecutionStatus", "Contains", "Succ")) == [picked, two, one]
    assert found(("FailureReason", "Exists")) == [lost]
    assert found(("PipelineVersionId", "GreaterThan", "0.5"), ("PipelineVersionId", "LessThan", "2"),
                 ("PipelineParameters.Value", "Equals", "1")) == [two, one]
    assert found(("PipelineParameters.Value", "Contains", "ata")) == [picked, one]
    assert found(("PipelineParameters", "NotExists")) == [lost]
    assert found(("SelectiveExecutionConfig", "Exists")) == [picked]
    assert found(("SelectiveExecutionConfig.SelectedSteps.StepName", "Equals", "A")) == [picked]


def test_nested_filters_are_for_one_item(sagemaker):
    """"A nested filter is satisfied if a single object in the list satisfies all Boolean expressions" [M]."""
    name = create(sagemaker, function("A"), parameters=PARAMETERS)
    one, two = start(sagemaker, name, {"Epochs": "1", "Bucket": "2"}), start(sagemaker, name, {"Epochs": "2", "Bucket": "1"})

    def found(parameter_name, value):
        records = sagemaker.search(Resource="PipelineExecution", SearchExpression={"NestedFilters": [{
            "NestedPropertyName": "PipelineParameters", "Filters": [
                {"Name": "PipelineParameters.Name", "Value": parameter_name},
                {"Name": "PipelineParameters.Value", "Value": value}]}]})["Results"]
        return [record["PipelineExecution"]["PipelineExecutionArn"] for record in records]

    assert found("Epochs", "1") == [one]
    assert found("Bucket", "1") == [two]
    assert found("Epochs", "3") == []


def test_junctions_and_subexpressions(three):
    """And is the default of each expression, Or needs one that holds, and they nest."""
    def either(*values):
        return {"Filters": [{"Name": "PipelineName", "Value": value} for value in values], "Operator": "Or"}

    def found(expression):
        return [record["Pipeline"]["PipelineName"]
                for record in three.search(Resource="Pipeline", SearchExpression=expression)["Results"]]

    assert found(either("train-a", "train-b")) == ["train-a", "train-b"]
    assert found({"SubExpressions": [either("train-a", "train-b"), either("train-b", "other-c")]}) == ["train-b"]
    assert found({"SubExpressions": [either("train-a"), either("other-c")], "Operator": "Or"}) == ["other-c", "train-a"]


def test_visibility_conditions(three):
    """Records with another value of the tag are left out, those without the tag stay [M]."""
    def seen(*conditions):
        return names(three, VisibilityConditions=[{"Key": key, "Value": value} for key, value in conditions])
    assert seen(("Tags.team", "ml")) == ["other-c", "train-b"]
    assert seen(("Tags.team", "web"), ("Tags.stage", "y")) == ["other-c"]
    three.search(Resource="PipelineExecution", VisibilityConditions=[{"Key": "Tags.team", "Value": "ml"}])
    with refused("ValidationException", "Tags.<key>"):
        seen(("team", "ml"))


def test_other_accounts_share_nothing(three):
    """CrossAccount lists only what others made discoverable; SameAccount is what is listed anyway [M]."""
    assert names(three, CrossAccountFilterOption="SameAccount") == ["other-c", "train-a", "train-b"]
    assert names(three, CrossAccountFilterOption="CrossAccount") == []


# Refusals ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("filters, texts", [
    ([("PipelineNam", "Equals", "x")], ["'PipelineNam'", "Did you mean 'PipelineName'?"]),
    ([("PipelineName", "LessThan", "x")], ["'LessThan'", "'PipelineName', which is a text", "Contains"]),
    ([("CreationTime", "Contains", "2026")], ["'Contains'", "which is a timestamp"]),
    ([("CreationTime", "GreaterThan", "yesterday")], ["'yesterday'", "YYYY-mm-dd'T'HH:MM:SS"]),
    ([("ParallelismConfiguration.MaxParallelExecutionSteps", "Equals", "many")], ["'many'", "integer"]),
    ([("PipelineName", "Contains", "a"), ("RoleArn", "Contains", "b")], ["'CONTAINS' operator usage limit of 1 exceeded."]),
])
def test_wrong_filters_are_named(sagemaker, filters, texts):
    """Which filter, what is wrong, and what would be valid; the text of the last is AWS's [M]."""
    with refused("ValidationException", *texts):
        search(sagemaker, "Pipeline", *filters)


def test_wrong_requests_are_refused(unchecked):
    """A resource that does not exist is refused in the model's words; an expression needs something in it [M]."""
    with refused("ValidationException", "1 validation error detected: Value 'Pipe' at 'resource' failed to satisfy "
                 "constraint: Member must satisfy enum value set: [", "PipelineVersion"):
        unchecked.search(Resource="Pipe")
    with refused("ValidationException", "at least one Filter"):
        unchecked.search(Resource="Pipeline", SearchExpression={})
    with refused("ValidationException", "at 'searchExpression.filters' failed to satisfy constraint"):
        unchecked.search(Resource="Pipeline", SearchExpression={"Filters": [{"Name": "RoleArn", "Value": "x"}] * 21})
    for wrong, place in (
            ({"SearchExpression": {"NestedFilters": [{"NestedPropertyName": "Tags", "Filters": []}]}}, "nestedFilters.1.member.filters"),
            ({"SearchExpression": {"SubExpressions": [{"Filters": [{"Name": "RoleArn", "Value": "x"}]}] * 21}}, "subExpressions"),
            ({"SearchExpression": {"Filters": [{"Name": "RoleArn", "Value": ""}]}}, "value"),
            ({"SearchExpression": {"Filters": [{"Name": "RoleArn", "Value": "x" * 1025}]}}, "value"),
            ({"VisibilityConditions": [{"Key": "Tags.a", "Value": "b"}] * 6}, "visibilityConditions"),
            ({"MaxResults": 101}, "maxResults")):
        with refused("ValidationException", "failed to satisfy constraint", place):
            unchecked.search(Resource="Pipeline", **wrong)
    with refused("ValidationException", "cannot be sorted by 'Tags'"):
        unchecked.search(Resource="Pipeline", SortBy="Tags")


# Order and pages -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("request_, expected", [
    ({}, ["other-c", "train-a", "train-b"]),
    ({"SortOrder": "Ascending"}, ["train-b", "train-a", "other-c"]),
    ({"SortBy": "PipelineName", "SortOrder": "Ascending"}, ["other-c", "train-a", "train-b"]),
    ({"SortBy": "PipelineArn"}, ["train-b", "train-a", "other-c"]),
    ({"SortBy": "Tags.team", "SortOrder": "Ascending"}, ["train-b", "train-a", "other-c"]),
    ({"SortBy": "Tags.team", "SortOrder": "Descending"}, ["train-a", "train-b", "other-c"]),
])
def test_order(three, request_, expected):
    """Last change first unless told otherwise; what has no value is last in either order."""
    assert names(three, **request_) == expected


def test_a_change_moves_to_the_front(three):
    """The default order is by LastModifiedTime [M]."""
    three.update_pipeline(PipelineName="train-b", PipelineDescription="changed")
    assert names(three)[0] == "train-b"


@pytest.mark.parametrize("order", ["Ascending", "Descending"])
@pytest.mark.parametrize("by", ["LastModifiedTime", "PipelineName", "Tags.team", "LastRunTime", "PipelineStatus"])
def test_pages_of_one_give_the_same_list(three, by, order):
    """boto3's paginator over the smallest pages sees each record once, in order."""
    start(three, "train-b")
    pages = three.get_paginator("search").paginate(
        Resource="Pipeline", SortBy=by, SortOrder=order, PaginationConfig={"PageSize": 1})
    paged = [record["Pipeline"]["PipelineName"] for page in pages for record in page["Results"]]
    assert paged == names(three, SortBy=by, SortOrder=order)
    assert sorted(paged) == ["other-c", "train-a", "train-b"]


def test_total_hits_counts_all_pages(three):
    """TotalHits is of the expression, not of the page."""
    first = three.search(Resource="Pipeline", MaxResults=2)
    assert first["TotalHits"] == {"Value": 3, "Relation": "EqualTo"}
    second = three.search(Resource="Pipeline", MaxResults=2, NextToken=first["NextToken"])
    assert second["TotalHits"] == {"Value": 3, "Relation": "EqualTo"}
    assert len(second["Results"]) == 1 and "NextToken" not in second


def test_a_token_belongs_to_its_request(three):
    """A token used with another expression would skip records silently, so it is refused."""
    token = three.search(Resource="Pipeline", MaxResults=1)["NextToken"]
    with refused("ValidationException") as caught:
        search(three, "Pipeline", ("PipelineName", "Exists"), NextToken=token)
    assert "NextToken" in message(caught)


def test_nothing_is_seen_across_accounts(three, server):
    """Search sees its own account and region only."""
    assert names(server.client("999999999999")) == []
