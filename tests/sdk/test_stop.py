"""StopPipelineExecution: what runs stops, what waits for an answer is Stopping until it comes."""

import uuid

import pytest

from support.definitions import callback, function, training
from support.runs import (create, execution, fail_callback, launch, refused, row, start, status, statuses, stop, succeed,
                          token_of)

MANUAL = ("--clock", "manual", "--step-duration", 60)


@pytest.fixture
def manual(start_server, account):
    one = start_server("--ephemeral", *MANUAL)
    return one, one.client(account)


def test_a_running_execution(manual):
    """Simulated steps stop at once; what has not started is never listed; times and reason are as they should be."""
    server, client = manual
    arn = launch(client, training("A"), training("B"), training("C", depends_on=["A", "B"]))
    server.advance(Seconds=30)
    assert stop(client, arn)["PipelineExecutionArn"] == arn
    assert statuses(client, arn) == {"A": "Stopped", "B": "Stopped"}
    found = execution(client, arn)
    assert found["PipelineExecutionStatus"] == "Stopped"
    assert "FailureReason" not in found
    assert (found["LastModifiedTime"] - found["CreationTime"]).total_seconds() == pytest.approx(30, abs=0.01)
    a = row(client, arn, "A")
    assert (a["EndTime"] - a["StartTime"]).total_seconds() == pytest.approx(30, abs=0.01)
    server.advance(To="idle")
    assert statuses(client, arn) == {"A": "Stopped", "B": "Stopped"}


def test_only_while_executing(manual):
    """[ACK stops only while Executing] Stopping and every finished status: refused, the status is named."""
    server, client = manual
    arn = launch(client, callback("Wait"))
    stop(client, arn)
    with refused("ValidationException", "Stopping"):
        stop(client, arn)
    succeed(client, arn, "Wait")
    with refused("ValidationException", "Stopped"):
        stop(client, arn)
    over = launch(client, training("A"))
    server.advance(To="idle")
    with refused("ValidationException", "Succeeded"):
        stop(client, over)
    with refused("ResourceNotFound", "does not exist"):
        stop(client, over[:-12] + "abcdefghijkl")


@pytest.mark.parametrize("answer, step", [(succeed, "Succeeded"), (fail_callback, "Stopped")])
def test_a_waiting_callback(sagemaker, answer, step):
    """[D] the execution stops only after SendPipelineExecutionStepSuccess or Failure; nothing starts afterwards."""
    arn = launch(sagemaker, callback("Wait"), function("After", depends_on=["Wait"]))
    stop(sagemaker, arn)
    assert statuses(sagemaker, arn) == {"Wait": "Stopping"}
    assert status(sagemaker, arn) == "Stopping"
    answer(sagemaker, arn, "Wait")
    assert statuses(sagemaker, arn) == {"Wait": step}
    assert status(sagemaker, arn) == "Stopped"


def test_the_token_of_a_stop(sagemaker):
    """The same ClientRequestToken again is the first answer again, whatever became of the execution."""
    token = str(uuid.uuid4())
    arn = launch(sagemaker, callback("Wait"))
    for _ in range(2):
        assert stop(sagemaker, arn, ClientRequestToken=token)["PipelineExecutionArn"] == arn


def test_a_stopped_execution_may_be_deleted(manual):
    """What was due of it is forgotten: the clock goes on without it."""
    server, client = manual
    name = create(client, training("A"))
    stop(client, start(client, name))
    client.delete_pipeline(PipelineName=name)
    other = launch(client, training("B"))
    server.advance(To="idle")
    assert status(client, other) == "Succeeded"


def test_killed_while_stopping(start_server, account, tmp_path):
    """kill -9 in Stopping: it is Stopping after the restart, and the answer ends it."""
    flags = ("--db", tmp_path / "data.db", *MANUAL)
    one = start_server(*flags)
    client = one.client(account)
    arn = launch(client, training("A"), callback("Wait"), name="p")
    token = token_of(client, arn, "Wait")
    stop(client, arn)
    one.kill()
    two = start_server(*flags)
    client = two.client(account)
    assert (status(client, arn), statuses(client, arn)) == ("Stopping", {"A": "Stopped", "Wait": "Stopping"})
    two.advance(Seconds=600)
    assert status(client, arn) == "Stopping"
    client.send_pipeline_execution_step_success(CallbackToken=token, OutputParameters=[])
    assert (status(client, arn), statuses(client, arn)) == ("Stopped", {"A": "Stopped", "Wait": "Succeeded"})
