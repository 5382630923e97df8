"""Requests against the API model: AWS's sentences, all violations at once, wrong JSON kinds."""

import pytest

from support.definitions import ROLE, definition, function
from support.runs import create, message, refused

TEXT = definition(function("A"))
FORM = "failed to satisfy constraint:"


def detected(count):
    return f"{count} validation error{'s' if count > 1 else ''} detected: "


@pytest.mark.parametrize("operation, request_, expected", [
    ("list_tags", {"ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p", "MaxResults": 49},
     "Value '49' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 50"),
    ("describe_pipeline", {"PipelineName": "a b"},
     "Value 'a b' at 'pipelineName' failed to satisfy constraint: Member must satisfy regular expression pattern: "),
    ("describe_pipeline", {"PipelineName": "p", "PipelineVersionId": 0},
     "Value '0' at 'pipelineVersionId' failed to satisfy constraint: Member must have value greater than or equal to 1"),
    ("describe_pipeline", {}, "Value null at 'pipelineName' failed to satisfy constraint: Member must not be null"),
    ("create_pipeline", {"PipelineName": "-a", "RoleArn": ROLE, "PipelineDefinition": TEXT},
     "Value '-a' at 'pipelineName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
     "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}"),
    ("create_pipeline", {"PipelineName": "p", "PipelineDefinition": TEXT},
     "Value null at 'roleArn' failed to satisfy constraint: Member must not be null"),
    ("create_pipeline", {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT, "ClientRequestToken": "short"},
     "Value 'short' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32"),
    ("create_pipeline", {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT,
                         "ParallelismConfiguration": {"MaxParallelExecutionSteps": 0}},
     "Value '0' at 'parallelismConfiguration.maxParallelExecutionSteps' failed to satisfy constraint: "
     "Member must have value greater than or equal to 1"),
    ("create_pipeline", {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT,
                         "Tags": [{"Key": "a", "Value": "b"}, {"Key": "k" * 129, "Value": "v"}]},
     "at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 128"),
    ("create_pipeline", {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT, "Tags": [{"Key": "a"}]},
     "Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null"),
    ("create_pipeline", {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT,
                         "PipelineVersionAliases": [f"a{number}" for number in range(11)]},
     "at 'pipelineVersionAliases' failed to satisfy constraint: Member must have length less than or equal to 10"),
    ("create_pipeline", {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT, "PipelineVersionAliases": ["a b"]},
     "at 'pipelineVersionAliases' failed to satisfy constraint: Member must satisfy constraint: "
     "[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, "
     "Member must satisfy regular expression pattern: [a-zA-Z0-9._\\-]{1,128}]"),
    ("list_pipelines", {"SortBy": "Size"},
     "Value 'Size' at 'sortBy' failed to satisfy constraint: Member must satisfy enum value set: [Name, CreationTime]"),
    ("list_pipelines", {"MaxResults": 101},
     "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"),
    ("send_pipeline_execution_step_success", {"CallbackToken": "short"},
     "Value 'short' at 'callbackToken' failed to satisfy constraint: Member must have length greater than or equal to 10"),
    ("list_tags", {"ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p", "MaxResults": 49},
     "Value '49' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 50"),
])
def test_one_violation(unchecked, operation, request_, expected):
    """The sentence AWS's framework makes for each constraint: lower camel case, lists count from 1."""
    with refused("ValidationException") as caught:
        getattr(unchecked, operation)(**request_)
    assert message(caught).startswith(detected(1))
    assert expected in message(caught)


def test_all_violations_at_once(unchecked):
    """Every violation of a request in one answer, joined by semicolons."""
    with refused("ValidationException") as caught:
        unchecked.create_pipeline(PipelineName="-" * 257, RoleArn="short", PipelineDefinition=TEXT)
    found = message(caught)
    assert found.startswith(detected(4))
    assert found.count(FORM) == 4
    assert found.count("; Value '") == 3
    assert found.count("at 'pipelineName'") == 2
    assert found.count("at 'roleArn'") == 2


def test_length_counts_characters(sagemaker):
    """A description of 3072 characters may have more bytes than that."""
    name = create(sagemaker, function("A"), PipelineDescription="é" * 3072)
    assert sagemaker.describe_pipeline(PipelineName=name)["PipelineDescription"] == "é" * 3072


@pytest.mark.parametrize("operation, body, member", [
    ("DescribePipeline", {"PipelineName": 5}, "PipelineName"),
    ("DescribePipeline", {"PipelineName": ["a"]}, "PipelineName"),
    ("DescribePipeline", {"PipelineName": "p", "PipelineVersionId": "1"}, "PipelineVersionId"),
    ("ListPipelines", {"MaxResults": "5"}, "MaxResults"),
    ("ListPipelines", {"MaxResults": True}, "MaxResults"),
    ("ListPipelines", {"MaxResults": 5.5}, "MaxResults"),
    ("ListPipelines", {"CreatedAfter": "yesterday"}, "CreatedAfter"),
    ("CreatePipeline", {"PipelineName": "p", "Tags": {}}, "Tags"),
    ("CreatePipeline", {"PipelineName": "p", "Tags": ["a"]}, "Tags"),
    ("CreatePipeline", {"PipelineName": "p", "ParallelismConfiguration": 5}, "ParallelismConfiguration"),
    ("CreatePipeline", {"PipelineName": "p", "PipelineDefinition": {"Steps": []}}, "PipelineDefinition"),
])
def test_wrong_kinds(server, account, operation, body, member):
    """A wrong JSON kind is a SerializationException that names the member."""
    status, _, answer = server.call(operation, body, account)
    assert (status, answer["__type"]) == (400, "SerializationException")
    assert member.lower() in answer["message"].lower()


@pytest.mark.parametrize("body", ["{", "[]", "5", '"text"', "nope", '{"a": }', '{"PipelineName": "p"} trailing', b"\xff\xfe"])
def test_a_body_that_is_no_object(server, account, body):
    """Malformed JSON, and JSON that is not an object: SerializationException."""
    status, _, answer = server.call("DescribePipeline", body, account)
    assert (status, answer["__type"]) == (400, "SerializationException")


def test_null_is_absent_and_unknown_members_are_ignored(server, account):
    """As AWS: null members count as absent, members that the model lacks are passed over."""
    status, _, answer = server.call("ListPipelines", {"MaxResults": None, "NewInNextYear": {"a": 1}}, account)
    assert (status, answer) == (200, {"PipelineSummaries": []})


@pytest.mark.parametrize("operation, body", [
    ("AddTags", {"ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:pipeline/none", "Tags": [], "ClientRequestToken": 1}),
    ("ListTags", {"ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:pipeline/none", "SortOrder": 1}),
])
def test_members_of_other_operations_are_unknown(server, account, operation, body):
    """[M] A token or an order that the operation lacks is passed over as well, whatever it is: it was an InternalFailure."""
    status, _, answer = server.call(operation, body, account)
    assert (status, answer["__type"]) == (400, "ResourceNotFound")


def test_validation_comes_before_existence(unchecked):
    """A malformed request is a ValidationException even where the pipeline does not exist."""
    with refused("ValidationException", "maxResults"):
        unchecked.list_pipeline_executions(PipelineName="nope", MaxResults=0)
