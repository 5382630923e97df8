"""Create, describe, update, delete: the life of a pipeline, its members and its errors."""

import datetime
import json

import pytest

from support.definitions import ROLE, definition, function
from support.runs import create, message, refused, start

TEXT = definition(function("A"))
OTHER = definition(function("B"))


def test_create_answers_the_arn_and_nothing_else(sagemaker, account):
    """Recorded answers of CreatePipeline hold only PipelineArn; the name keeps its case (recordings since 2023)."""
    answer = sagemaker.create_pipeline(PipelineName="My-Pipeline", RoleArn=ROLE, PipelineDefinition=TEXT)
    answer.pop("ResponseMetadata")
    assert answer == {"PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/My-Pipeline"}


def test_describe_shows_what_was_created(sagemaker, account):
    """Clients compare every member they sent with what Describe answers (Terraform and ACK do)."""
    sagemaker.create_pipeline(
        PipelineName="p", PipelineDisplayName="Display", PipelineDescription="what it does", RoleArn=ROLE,
        PipelineDefinition=TEXT, ParallelismConfiguration={"MaxParallelExecutionSteps": 50})
    found = sagemaker.describe_pipeline(PipelineName="p")
    assert found["PipelineArn"] == f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p"
    assert found["PipelineName"] == "p"
    assert found["PipelineDisplayName"] == "Display"
    assert found["PipelineDescription"] == "what it does"
    assert found["RoleArn"] == ROLE
    assert found["PipelineStatus"] == "Active"
    assert found["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 50}
    assert json.loads(found["PipelineDefinition"]) == json.loads(TEXT)
    assert found["CreationTime"] == found["LastModifiedTime"]
    assert abs(datetime.datetime.now(datetime.timezone.utc) - found["CreationTime"]) < datetime.timedelta(days=1)


def test_definition_is_given_back_as_the_text_that_was_sent(sagemaker):
    """Tools diff the definition as text: white space and the order of members belong to it."""
    text = '{ "Steps" : [ ] ,\n  "Version":"2020-12-01" }'
    sagemaker.create_pipeline(PipelineName="p", RoleArn=ROLE, PipelineDefinition=text)
    assert sagemaker.describe_pipeline(PipelineName="p")["PipelineDefinition"] == text


def test_what_was_not_set_is_absent(sagemaker):
    """AWS leaves unset members out, where an empty string would make a diff in Terraform."""
    create(sagemaker, function("A"), name="p")
    found = sagemaker.describe_pipeline(PipelineName="p")
    for member in ("PipelineDescription", "ParallelismConfiguration", "LastRunTime", "PipelineVersionDisplayName",
                   "PipelineVersionDescription", "PipelineVersionAliases"):
        assert member not in found


def test_display_name_defaults_to_the_name(sagemaker):
    """Recorded in 2021: PipelineDisplayName equals the name when none was given."""
    create(sagemaker, function("A"), name="p")
    assert sagemaker.describe_pipeline(PipelineName="p")["PipelineDisplayName"] == "p"


def test_created_by_is_there(sagemaker):
    """Recorded answers carry CreatedBy and LastModifiedBy, possibly empty."""
    create(sagemaker, function("A"), name="p")
    found = sagemaker.describe_pipeline(PipelineName="p")
    assert isinstance(found["CreatedBy"], dict)
    assert isinstance(found["LastModifiedBy"], dict)


def test_describe_by_arn(sagemaker):
    """PipelineName of Describe is a name or an ARN."""
    name = create(sagemaker, function("A"))
    arn = sagemaker.describe_pipeline(PipelineName=name)["PipelineArn"]
    assert sagemaker.describe_pipeline(PipelineName=arn)["PipelineName"] == name


def test_look_up_without_regard_to_case(sagemaker):
    """Until 2022 ARNs held the name in lower case, so such ARNs are still about: the exact name wins, then any case."""
    create(sagemaker, function("A"), name="MyPipeline")
    arn = sagemaker.describe_pipeline(PipelineName="MyPipeline")["PipelineArn"]
    assert sagemaker.describe_pipeline(PipelineName="mypipeline")["PipelineName"] == "MyPipeline"
    assert sagemaker.describe_pipeline(PipelineName=arn.replace("MyPipeline", "mypipeline"))["PipelineName"] == "MyPipeline"


def test_duplicate_name_is_the_text_that_upsert_looks_for(sagemaker):
    """SDK v2 falls back to update on ValidationException with "already exists"; v3 accepts either sentence: send both."""
    create(sagemaker, function("A"), name="p")
    with refused("ValidationException") as caught:
        create(sagemaker, function("A"), name="p")
    assert message(caught) == ("Pipeline names must be unique within an AWS account and region. "
                               "Pipeline with name (p) already exists.")


def test_missing_pipeline_everywhere(sagemaker, account):
    """ACK tests for ResourceNotFound and the ending "does not exist."; Terraform for the code."""
    arn = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/nope"
    calls = [
        lambda: sagemaker.describe_pipeline(PipelineName="nope"),
        lambda: sagemaker.describe_pipeline(PipelineName=arn),
        lambda: sagemaker.update_pipeline(PipelineName="nope", PipelineDescription="x"),
        lambda: sagemaker.delete_pipeline(PipelineName="nope"),
        lambda: sagemaker.start_pipeline_execution(PipelineName="nope"),
        lambda: sagemaker.list_pipeline_executions(PipelineName="nope"),
        lambda: sagemaker.list_pipeline_versions(PipelineName="nope"),
        lambda: sagemaker.update_pipeline_version(PipelineArn=arn, PipelineVersionId=1, PipelineVersionDisplayName="x"),
    ]
    for call in calls:
        with refused("ResourceNotFound") as caught:
            call()
        assert message(caught) == f"Pipeline '{arn}' does not exist."


def test_managed_pipelines_do_not_exist(sagemaker):
    """The account `aws` owns managed pipelines; there are none here."""
    with refused("ResourceNotFound", "does not exist."):
        sagemaker.describe_pipeline(PipelineName="arn:aws:sagemaker:us-east-1:aws:pipeline/managed")


def test_arn_of_another_account_is_not_ours(sagemaker):
    """Account and region of an ARN belong to its identity: somebody else's pipeline of our name is not ours."""
    create(sagemaker, function("A"), name="p")
    for arn in ("arn:aws:sagemaker:us-east-1:000000000009:pipeline/p", "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/p"):
        with refused("ResourceNotFound", arn):
            sagemaker.describe_pipeline(PipelineName=arn)


def test_create_needs_exactly_one_definition(sagemaker):
    """Recorded texts for neither and for both forms of the definition."""
    with refused("ValidationException", "Either Pipeline Definition or Pipeline Definition S3 location should be provided"):
        sagemaker.create_pipeline(PipelineName="p", RoleArn=ROLE)
    with refused("ValidationException", "Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present"):
        sagemaker.create_pipeline(PipelineName="p", RoleArn=ROLE, PipelineDefinition=TEXT,
                                  PipelineDefinitionS3Location={"Bucket": "bucket", "ObjectKey": "key"})


def test_update_changes_only_what_is_given(sagemaker, account):
    """UpdatePipeline with one member leaves the others; the answer holds the ARN and the version id."""
    sagemaker.create_pipeline(PipelineName="p", RoleArn=ROLE, PipelineDefinition=TEXT, PipelineDescription="first",
                              ParallelismConfiguration={"MaxParallelExecutionSteps": 50})
    answer = sagemaker.update_pipeline(PipelineName="p", ParallelismConfiguration={"MaxParallelExecutionSteps": 55})
    answer.pop("ResponseMetadata")
    assert answer == {"PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p", "PipelineVersionId": 1}
    found = sagemaker.describe_pipeline(PipelineName="p")
    assert found["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 55}
    assert found["PipelineDescription"] == "first"
    assert found["PipelineDefinition"] == TEXT
    assert found["LastModifiedTime"] >= found["CreationTime"]


def test_update_of_every_member(sagemaker):
    """Each member of UpdatePipeline is taken over."""
    create(sagemaker, function("A"), name="p")
    role = "arn:aws:iam::123456789012:role/OtherRole"
    sagemaker.update_pipeline(PipelineName="p", PipelineDisplayName="New", PipelineDescription="new", RoleArn=role,
                              PipelineDefinition=OTHER)
    found = sagemaker.describe_pipeline(PipelineName="p")
    assert (found["PipelineDisplayName"], found["PipelineDescription"], found["RoleArn"], found["PipelineDefinition"]) == (
        "New", "new", role, OTHER)


def test_a_refused_update_changes_nothing(sagemaker):
    """A bad definition must not half-apply: neither the description nor the version moves."""
    create(sagemaker, function("A"), name="p")
    before = sagemaker.describe_pipeline(PipelineName="p")
    with refused("ValidationException"):
        sagemaker.update_pipeline(PipelineName="p", PipelineDescription="new", PipelineDefinition="{")
    after = sagemaker.describe_pipeline(PipelineName="p")
    before.pop("ResponseMetadata")
    after.pop("ResponseMetadata")
    assert after == before


def test_delete_answers_the_arn_and_takes_the_executions_along(sagemaker, account):
    """[M] Delete removes the pipeline and all its executions."""
    name = create(sagemaker, function("A"))
    execution = start(sagemaker, name)
    answer = sagemaker.delete_pipeline(PipelineName=name)
    answer.pop("ResponseMetadata")
    assert answer == {"PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/{name}"}
    with refused("ResourceNotFound"):
        sagemaker.describe_pipeline(PipelineName=name)
    with refused("ResourceNotFound") as caught:
        sagemaker.describe_pipeline_execution(PipelineExecutionArn=execution)
    assert message(caught) == f"Pipeline execution '{execution}' does not exist"
    assert sagemaker.list_pipelines()["PipelineSummaries"] == []


def test_delete_with_a_running_execution(sagemaker):
    """[M] Only a pipeline without running executions can be deleted; the conflict names the execution."""
    from support.definitions import callback
    name = create(sagemaker, callback("Wait"))
    execution = start(sagemaker, name)
    with refused("ConflictException", execution):
        sagemaker.delete_pipeline(PipelineName=name)
    assert sagemaker.describe_pipeline(PipelineName=name)["PipelineStatus"] == "Active"


def test_a_name_is_free_again_after_delete(sagemaker):
    """Test suites delete and create under one name; the versions start again at 1."""
    create(sagemaker, function("A"), name="p")
    sagemaker.update_pipeline(PipelineName="p", PipelineDefinition=OTHER)
    sagemaker.delete_pipeline(PipelineName="p")
    create(sagemaker, function("A"), name="p")
    versions = sagemaker.list_pipeline_versions(PipelineName="p")["PipelineVersionSummaries"]
    assert [version["PipelineVersionId"] for version in versions] == [1]


def test_last_run_time_follows_the_executions(sagemaker):
    """LastRunTime of Describe and LastExecutionTime of the summary are the start of the newest execution."""
    name = create(sagemaker, function("A"))
    execution = start(sagemaker, name)
    created = sagemaker.describe_pipeline_execution(PipelineExecutionArn=execution)["CreationTime"]
    assert sagemaker.describe_pipeline(PipelineName=name)["LastRunTime"] == created
    assert sagemaker.list_pipelines()["PipelineSummaries"][0]["LastExecutionTime"] == created


@pytest.mark.parametrize("text", ["Ωmega ✓", "line\nbreak", 'quote " and \\'])
def test_text_survives(sagemaker, text):
    """Descriptions and definitions go through JSON twice; nothing of them may be lost."""
    name = create(sagemaker, function("A", Description=text))
    found = json.loads(sagemaker.describe_pipeline(PipelineName=name)["PipelineDefinition"])
    assert found["Steps"][0]["Description"] == text
