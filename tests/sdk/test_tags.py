"""AddTags, ListTags, DeleteTags on pipelines and executions."""

import pytest

from support.definitions import function
from support.runs import create, refused, start


@pytest.fixture
def arn(sagemaker):
    name = create(sagemaker, function("A"), Tags=[{"Key": "team", "Value": "ml"}])
    return sagemaker.describe_pipeline(PipelineName=name)["PipelineArn"]


def tags(client, arn):
    return {tag["Key"]: tag["Value"] for tag in client.list_tags(ResourceArn=arn)["Tags"]}


def test_tags_of_create_are_listed(sagemaker, arn):
    """The SDK reads ListTags with the ARN of the pipeline before it adds to them."""
    assert tags(sagemaker, arn) == {"team": "ml"}


def test_add_answers_all_tags_and_overwrites(sagemaker, arn):
    """AddTags changes the value of a key that exists and leaves the others."""
    answer = sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "data"}, {"Key": "stage", "Value": ""}])
    assert {tag["Key"]: tag["Value"] for tag in answer["Tags"]} == {"team": "data", "stage": ""}
    assert tags(sagemaker, arn) == {"team": "data", "stage": ""}


def test_delete_ignores_unknown_keys(sagemaker, arn):
    """DeleteTags removes what is there."""
    sagemaker.delete_tags(ResourceArn=arn, TagKeys=["team", "unknown"])
    assert tags(sagemaker, arn) == {}


def test_fifty_tags_and_not_one_more(sagemaker, arn):
    """A resource has at most 50 tags, over all calls."""
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": f"k{number}", "Value": "v"} for number in range(49)])
    assert len(tags(sagemaker, arn)) == 50
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "k0", "Value": "again"}])  # no new key
    with pytest.raises(sagemaker.exceptions.ClientError):
        sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "one more", "Value": "v"}])
    assert len(tags(sagemaker, arn)) == 50


def test_tags_go_with_their_pipeline(sagemaker, arn):
    """A new pipeline of an old name starts without tags."""
    name = arn.rsplit("/", 1)[1]
    sagemaker.delete_pipeline(PipelineName=name)
    create(sagemaker, function("A"), name=name)
    assert tags(sagemaker, arn) == {}


def test_tags_of_an_unknown_resource(sagemaker, account):
    """Tags of a pipeline that does not exist are an error that names it, not an empty list."""
    missing = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/nope"
    for call in (lambda: sagemaker.list_tags(ResourceArn=missing),
                 lambda: sagemaker.add_tags(ResourceArn=missing, Tags=[{"Key": "k", "Value": "v"}]),
                 lambda: sagemaker.delete_tags(ResourceArn=missing, TagKeys=["k"])):
        with refused("ResourceNotFound", missing):
            call()


def test_only_pipelines_carry_tags(sagemaker, arn):
    """What else the real service tags is refused by name, never silently empty."""
    execution = start(sagemaker, arn)
    with refused("ValidationException", execution, "ResourceArn must be the ARN of a pipeline"):
        tags(sagemaker, execution)
