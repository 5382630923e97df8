"""Account and region of the credential scope make a namespace: nothing is visible across."""

import pytest

from support.definitions import callback, function
from support.runs import create, refused, start

TOKEN = "t" * 32


def test_accounts_and_regions_are_apart(server, account):
    """One name in two regions and two accounts is four pipelines."""
    other = f"{(int(account) + 500_000_000_000) % 1_000_000_000_000:012d}"
    clients = {(who, region): server.client(who, region=region) for who in (account, other) for region in ("us-east-1", "eu-west-1")}
    for (who, region), client in clients.items():
        create(client, function("A"), name="p")
        [summary] = client.list_pipelines()["PipelineSummaries"]
        assert summary["PipelineArn"] == f"arn:aws:sagemaker:{region}:{who}:pipeline/p"
    clients[account, "us-east-1"].delete_pipeline(PipelineName="p")
    assert len(clients[account, "eu-west-1"].list_pipelines()["PipelineSummaries"]) == 1
    assert len(clients[other, "us-east-1"].list_pipelines()["PipelineSummaries"]) == 1


def test_executions_are_apart(server, sagemaker, account):
    """The ARN of another region's execution is not found here, though it exists."""
    arn = start(sagemaker, create(sagemaker, callback("Wait")))
    elsewhere = server.client(account, region="eu-west-1")
    for shown in (arn, arn.replace("us-east-1", "eu-west-1")):
        with refused("ResourceNotFound"):
            elsewhere.describe_pipeline_execution(PipelineExecutionArn=shown)


def test_the_partition_is_that_of_the_region(server, account):
    """China's and the government's regions have ARNs of their own, which lead back to what they name; Search agrees."""
    for region, partition in (("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")):
        client = server.client(account, region=region)
        arn = client.describe_pipeline(PipelineName=create(client, function("A"), name="p"))["PipelineArn"]
        assert arn == f"arn:{partition}:sagemaker:{region}:{account}:pipeline/p"
        execution = start(client, arn)
        assert execution.startswith(f"{arn}/execution/")
        assert client.describe_pipeline_execution(PipelineExecutionArn=execution)["PipelineArn"] == arn
        found = client.search(Resource="Pipeline", SearchExpression={
            "Filters": [{"Name": "PipelineArn", "Operator": "Equals", "Value": arn}]})
        assert [result["Pipeline"]["PipelineArn"] for result in found["Results"]] == [arn]


def test_any_other_key_is_the_default_account(server, account):
    """An access key id that is no account number belongs to 123456789012 (or --account)."""
    client = server.client("AKIAIOSFODNN7EXAMPLE", region=f"xx-{account[-6:]}-1")
    arn = client.create_pipeline(PipelineName="p", RoleArn="arn:aws:iam::123456789012:role/R", PipelineDefinition='{"Steps": []}')
    assert arn["PipelineArn"] == f"arn:aws:sagemaker:xx-{account[-6:]}-1:123456789012:pipeline/p"


@pytest.mark.parametrize("authorization", [None, "garbage", "AWS4-HMAC-SHA256 Credential=", "Bearer x"])
def test_unsigned_requests_are_accepted(start_server, authorization):
    """A decision: unsigned or garbage means the default namespace."""
    one = start_server("--account", "111122223333", "--region", "eu-central-1")
    body = {"PipelineName": "p", "RoleArn": "arn:aws:iam::123456789012:role/R", "PipelineDefinition": '{"Steps": []}',
            "ClientRequestToken": TOKEN}
    status, _, answer = one.call("CreatePipeline", body, Authorization=authorization)
    assert status == 200
    assert answer["PipelineArn"] == "arn:aws:sagemaker:eu-central-1:111122223333:pipeline/p"
