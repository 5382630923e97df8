"""ListPipelines: members, order, filters, pages."""

import datetime

import pytest

from support.definitions import function
from support.runs import create, message, refused


@pytest.fixture
def three(sagemaker):
    """Three pipelines, made in the order b, a, c."""
    for name in ("train-b", "train-a", "other-c"):
        create(sagemaker, function("A"), name=name)
    return sagemaker


def listed(client, **request):
    return [found["PipelineName"] for found in client.list_pipelines(**request)["PipelineSummaries"]]


def test_empty(sagemaker):
    """A new account has no pipelines, and no NextToken."""
    answer = sagemaker.list_pipelines()
    assert answer["PipelineSummaries"] == []
    assert "NextToken" not in answer


def test_summary_members(sagemaker, account):
    """PipelineSummary as the model has it; what is unset is absent."""
    create(sagemaker, function("A"), name="p", PipelineDescription="what")
    [summary] = sagemaker.list_pipelines()["PipelineSummaries"]
    assert summary.pop("CreationTime") == summary.pop("LastModifiedTime")
    assert summary == {
        "PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p", "PipelineName": "p", "PipelineDisplayName": "p",
        "PipelineDescription": "what", "RoleArn": "arn:aws:iam::123456789012:role/SageMakerRole"}


@pytest.mark.parametrize("request_, expected", [
    ({}, ["other-c", "train-a", "train-b"]),  # newest first
    ({"SortOrder": "Ascending"}, ["train-b", "train-a", "other-c"]),
    ({"SortBy": "CreationTime", "SortOrder": "Ascending"}, ["train-b", "train-a", "other-c"]),
    ({"SortBy": "CreationTime", "SortOrder": "Descending"}, ["other-c", "train-a", "train-b"]),
    ({"SortBy": "Name", "SortOrder": "Ascending"}, ["other-c", "train-a", "train-b"]),
    ({"SortBy": "Name", "SortOrder": "Descending"}, ["train-b", "train-a", "other-c"]),
    ({"PipelineNamePrefix": "train"}, ["train-a", "train-b"]),
    ({"PipelineNamePrefix": "nope"}, []),
    ({"ManagedBy": "CUSTOMER", "SortBy": "Name", "SortOrder": "Ascending"}, ["other-c", "train-a", "train-b"]),
    ({"ManagedBy": "AWS"}, []),
    ({"MaxResults": 2}, ["other-c", "train-a"]),
])
def test_order_and_filters(three, request_, expected):
    """Default order is newest first; Name and CreationTime sort either way; there are no managed pipelines."""
    assert listed(three, **request_) == expected


def test_created_before_and_after(three):
    """Both bounds exclude what lies outside; together they make a window."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    assert len(listed(three, CreatedAfter=now - day)) == 3
    assert listed(three, CreatedAfter=now + day) == []
    assert len(listed(three, CreatedBefore=now + day)) == 3
    assert listed(three, CreatedBefore=now - day) == []
    assert len(listed(three, CreatedAfter=now - day, CreatedBefore=now + day)) == 3


@pytest.mark.parametrize("order", ["Ascending", "Descending"])
@pytest.mark.parametrize("by", ["Name", "CreationTime"])
def test_pages_of_one_give_the_same_list(three, by, order):
    """boto3's paginator over the smallest pages sees each pipeline once, in order."""
    pages = three.get_paginator("list_pipelines").paginate(
        SortBy=by, SortOrder=order, PaginationConfig={"PageSize": 1})
    paged = [found["PipelineName"] for page in pages for found in page["PipelineSummaries"]]
    assert paged == listed(three, SortBy=by, SortOrder=order)


def test_default_page_holds_a_hundred(sagemaker):
    """The model's maximum is the default page; the 101st is on the next."""
    for number in range(101):
        create(sagemaker, function("A"), name=f"p{number:03}")
    first = sagemaker.list_pipelines()
    assert len(first["PipelineSummaries"]) == 100
    second = sagemaker.list_pipelines(NextToken=first["NextToken"])
    assert [found["PipelineName"] for found in second["PipelineSummaries"]] == ["p000"]
    assert "NextToken" not in second


def test_pages_stay_stable_while_pipelines_are_added(three):
    """A token is a place in the order, not an offset: what is created in between is neither shown twice nor shifts."""
    first = three.list_pipelines(MaxResults=1)
    create(three, function("A"), name="newer")
    second = three.list_pipelines(MaxResults=2, NextToken=first["NextToken"])
    assert [found["PipelineName"] for found in second["PipelineSummaries"]] == ["train-a", "train-b"]


@pytest.mark.parametrize("token", ["garbage", "AAAA", "%%%", "eyJhIjoxfQ=="])
def test_a_garbled_token_is_refused(three, token):
    """A token that this server did not make is a ValidationException that names the member."""
    with refused("ValidationException") as caught:
        three.list_pipelines(NextToken=token)
    assert "nexttoken" in message(caught).lower().replace(" ", "")


def test_a_token_belongs_to_its_request(three):
    """A token used with another order or filter would skip rows silently, so it is refused."""
    token = three.list_pipelines(MaxResults=1)["NextToken"]
    with refused("ValidationException"):
        three.list_pipelines(MaxResults=1, NextToken=token, SortBy="Name")
    with refused("ValidationException"):
        three.list_pipelines(MaxResults=1, NextToken=token, PipelineNamePrefix="train")
    with refused("ValidationException"):
        three.list_pipeline_versions(PipelineName="train-a", NextToken=token)
