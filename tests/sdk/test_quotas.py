"""--quotas aws: whoever wants to know whether a pipeline fits into an AWS account is told before AWS tells him. The numbers are AWS's
published ones [D]; the sentences are ours. Without the option nothing is limited (test_limits.py)."""

import pytest

from support.definitions import ALWAYS, condition, definition, training
from support.runs import create, refused, start, status, stop


@pytest.fixture
def client(start_server, account):
    return start_server("--quotas", "aws", "--clock", "manual", "--step-duration", "60").client(account)


def steps(count):
    return [training(f"S{number}") for number in range(count)]


def test_steps_of_a_pipeline(client):
    """50 are accepted, 51 are not, at create and at update; those in a branch count."""
    name = create(client, *steps(50))
    with refused("ResourceLimitExceeded", "'Steps per pipeline' is 50", "has 51"):
        create(client, *steps(51))
    with refused("ResourceLimitExceeded", "'Steps per pipeline' is 50", "has 51"):
        client.update_pipeline(PipelineName=name, PipelineDefinition=definition(condition("C", [ALWAYS], steps(50))))
    assert client.describe_pipeline(PipelineName=name)["PipelineDefinition"] == definition(*steps(50))


def test_pipelines_of_an_account(client):
    """500 are accepted; where one is deleted there is room again."""
    made = [create(client, training("A")) for _ in range(500)]
    with refused("ResourceLimitExceeded", "'Number of pipelines' is 500 Pipelines, with current utilization of 500 Pipelines"):
        create(client, training("A"))
    client.delete_pipeline(PipelineName=made[0], ClientRequestToken="t" * 32)
    create(client, training("A"))


def test_running_executions_of_an_account(client):
    """20 run beside each other, whatever their pipelines; one that is over makes room."""
    one, other = create(client, training("A")), create(client, training("A"))
    running = [start(client, name) for name in [one, other] * 10]
    with refused("ResourceLimitExceeded", "'Concurrent pipeline executions' is 20 Executions"):
        start(client, one)
    stop(client, running[0])
    assert status(client, running[0]) == "Stopped"
    start(client, one)
