"""ClientRequestToken: one token, one effect, also across restarts."""

import pytest

from support.definitions import ROLE, callback, definition, function
from support.runs import create, refused, start, token_of

TEXT = definition(function("A"))
TOKEN = "t" * 32


def create_with(client, token, **request):
    return client.create_pipeline(**{"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": TEXT,
                                     "ClientRequestToken": token, **request})


def executions(client, name):
    return client.list_pipeline_executions(PipelineName=name)["PipelineExecutionSummaries"]


def test_create_again_with_its_token_is_the_first_answer(sagemaker):
    """A client that lost the answer repeats the call; without the token it would get "already exists"."""
    first = create_with(sagemaker, TOKEN)["PipelineArn"]
    assert create_with(sagemaker, TOKEN)["PipelineArn"] == first


def test_other_input_with_a_used_token_is_refused_by_its_name(sagemaker):
    """Same token, other input: the caller has mixed up two requests."""
    create_with(sagemaker, TOKEN)
    with refused("ValidationException", TOKEN):
        create_with(sagemaker, TOKEN, PipelineDescription="other")


def test_another_token_is_another_request(sagemaker):
    """The same create with a fresh token meets the pipeline that exists."""
    create_with(sagemaker, TOKEN)
    with refused("ValidationException", "already exists"):
        create_with(sagemaker, "u" * 32)


def test_start_twice_makes_one_execution(sagemaker):
    """One ClientRequestToken makes one execution."""
    name = create(sagemaker, function("A"))
    first = start(sagemaker, name, ClientRequestToken=TOKEN)
    assert start(sagemaker, name, ClientRequestToken=TOKEN) == first
    assert len(executions(sagemaker, name)) == 1
    with refused("ValidationException", TOKEN):
        start(sagemaker, name, ClientRequestToken=TOKEN, PipelineExecutionDescription="other")
    assert start(sagemaker, name, ClientRequestToken="u" * 32) != first


def test_a_refused_start_does_not_use_up_its_token(sagemaker):
    """A token stands for what was done; an error did nothing, so the corrected request may reuse it."""
    name = create(sagemaker, function("A"))
    with refused("ValidationException"):
        start(sagemaker, name, {"Unknown": "x"}, ClientRequestToken=TOKEN)
    assert start(sagemaker, name, ClientRequestToken=TOKEN)


def test_tokens_are_per_operation(sagemaker):
    """One token for a create and a start is two requests."""
    create_with(sagemaker, TOKEN)
    assert start(sagemaker, "p", ClientRequestToken=TOKEN)
    sagemaker.delete_pipeline(PipelineName="p", ClientRequestToken=TOKEN)


def test_tokens_are_per_namespace(server, sagemaker, account):
    """Two regions are two worlds."""
    elsewhere = server.client(account, region="eu-west-1")
    create_with(sagemaker, TOKEN)
    assert ":eu-west-1:" in create_with(elsewhere, TOKEN, PipelineDescription="other")["PipelineArn"]


def test_create_delete_create_with_one_token(sagemaker):
    """Token rows go with their pipeline, so a fixture with fixed tokens can run again."""
    create_with(sagemaker, TOKEN)
    sagemaker.delete_pipeline(PipelineName="p")
    create_with(sagemaker, TOKEN)
    assert sagemaker.describe_pipeline(PipelineName="p")["PipelineStatus"] == "Active"


def test_create_delete_twice_with_one_token(sagemaker):
    """A repeated deletion gets the first answer; once the pipeline was made again it is a new request, and deletes."""
    for _ in range(2):
        create_with(sagemaker, TOKEN)
        first = sagemaker.delete_pipeline(PipelineName="p", ClientRequestToken=TOKEN)["PipelineArn"]
        assert sagemaker.delete_pipeline(PipelineName="p", ClientRequestToken=TOKEN)["PipelineArn"] == first
        with refused("ResourceNotFound"):
            sagemaker.describe_pipeline(PipelineName="p")


@pytest.mark.parametrize("failure", [False, True])
def test_a_callback_answered_twice_with_one_token(sagemaker, failure):
    """The repeat of a Send... gets the first answer; a new request for a used callback token is refused."""
    arn = start(sagemaker, create(sagemaker, callback("Wait")))
    token = token_of(sagemaker, arn, "Wait")
    call = sagemaker.send_pipeline_execution_step_failure if failure else sagemaker.send_pipeline_execution_step_success
    assert call(CallbackToken=token, ClientRequestToken=TOKEN)["PipelineExecutionArn"] == arn
    assert call(CallbackToken=token, ClientRequestToken=TOKEN)["PipelineExecutionArn"] == arn
    with refused("ValidationException"):
        call(CallbackToken=token, ClientRequestToken="u" * 32)


def test_tokens_outlive_a_restart(start_server, account, tmp_path):
    """The first answer is kept with the data, not with the process."""
    database = tmp_path / "data.db"
    one = start_server("--db", database)
    client = one.client(account)
    created = create_with(client, TOKEN)["PipelineArn"]
    started = start(client, "p", ClientRequestToken=TOKEN)
    assert one.terminate() == 0

    client = start_server("--db", database).client(account)
    assert create_with(client, TOKEN)["PipelineArn"] == created
    assert start(client, "p", ClientRequestToken=TOKEN) == started
    assert len(executions(client, "p")) == 1
    with refused("ValidationException", TOKEN):
        create_with(client, TOKEN, PipelineDescription="other")
