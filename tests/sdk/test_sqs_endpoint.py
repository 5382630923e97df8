"""--sqs-endpoint: Callback steps send their message, to moto's server and to fakes."""

import json

import pytest

from support.definitions import callback, function, get
from support.outside import document
from support.runs import ended, launch, row, status, statuses, stop, succeed, token_of, until

SENT = document({"MessageId": "1", "MD5OfMessageBody": "x"})


@pytest.fixture
def queue(moto, account):
    """A queue of this test's account: queue() receives one message, as a consumer would, or None."""
    sqs = moto.client("sqs", account)

    class Queue:
        def __init__(self, name, **attributes):
            self.url = sqs.create_queue(QueueName=f"{account}-{name}", Attributes=attributes)["QueueUrl"]

        def receive(self):
            """The next message; waits for it."""
            while True:
                found = sqs.receive_message(QueueUrl=self.url, WaitTimeSeconds=1, AttributeNames=["All"]).get("Messages")
                if found:
                    sqs.delete_message(QueueUrl=self.url, ReceiptHandle=found[0]["ReceiptHandle"])
                    return found[0]

        def count(self):
            return int(sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["ApproximateNumberOfMessages"])
                       ["Attributes"]["ApproximateNumberOfMessages"])
    return Queue


@pytest.fixture
def client(start_server, moto, account):
    return start_server("--sqs-endpoint", moto.url).client(account)


def against(start_server, account, fake, *flags):
    return start_server("--sqs-endpoint", fake.url, *flags).client(account)


def messages(fake):
    return [json.loads(json.loads(request.body)["MessageBody"]) for request in fake.requests]


def test_message_and_answer(client, queue):
    """[D] {token, pipelineExecutionArn, arguments, status}: a consumer reads it and answers with the token."""
    q = queue("q")
    arn = launch(client, callback("Wait", {"ok": "Boolean"}, {"number": 1, "text": "x", "real": 0.5}, queue=q.url),
                 function("After", depends_on=["Wait"]))
    message = json.loads(q.receive()["Body"])
    assert message == {"token": token_of(client, arn, "Wait"), "pipelineExecutionArn": arn, "status": "Executing",
                       "arguments": {"number": 1, "text": "x", "real": 0.5}}
    until(client, arn, lambda *_: statuses(client, arn) == {"Wait": "Executing"})
    client.send_pipeline_execution_step_success(CallbackToken=message["token"], OutputParameters=[{"Name": "ok", "Value": "true"}])
    assert ended(client, arn) == "Succeeded"
    assert q.count() == 0


def test_a_queue_of_a_parameter(client, queue):
    """SqsQueueUrl may be an expression."""
    from support.definitions import parameter
    q = queue("q")
    launch(client, callback("Wait", queue=get("Parameters.Queue")), parameters=[parameter("Queue")], values={"Queue": q.url})
    assert json.loads(q.receive()["Body"])["status"] == "Executing"


def test_fifo(client, queue):
    """A FIFO queue needs a group and a deduplication id: token and status, so that a message sent twice is one."""
    q = queue("q.fifo", FifoQueue="true")
    arn = launch(client, callback("Wait", queue=q.url))
    message = q.receive()
    assert message["Attributes"]["MessageDeduplicationId"] == json.loads(message["Body"])["token"] + "-Executing"
    assert message["Attributes"]["MessageGroupId"] == arn.rsplit("/", 1)[1]


def test_stop_sends_a_second_message(client, queue):
    """[D] A stop sends a message with status Stopping and the same token, and waits for its answer."""
    q = queue("q")
    arn = launch(client, callback("Wait", queue=q.url))
    first = json.loads(q.receive()["Body"])
    until(client, arn, lambda *_: statuses(client, arn) == {"Wait": "Executing"})
    stop(client, arn)
    second = json.loads(q.receive()["Body"])
    assert second == {**first, "status": "Stopping"}
    assert statuses(client, arn) == {"Wait": "Stopping"}
    client.send_pipeline_execution_step_success(CallbackToken=first["token"])
    assert status(client, arn) == "Stopped"


def test_starting_until_the_queue_has_it(start_server, fake, gate, account):
    """A step whose message is on its way is Starting; the server answers meanwhile, and a stop's message follows it."""
    sqs = fake(lambda request: gate.wait(60) and SENT)
    client = against(start_server, account, sqs)
    arn = launch(client, callback("Wait"))
    sqs.wait_for(1)
    assert statuses(client, arn) == {"Wait": "Starting"}
    stop(client, arn)
    assert statuses(client, arn) == {"Wait": "Stopping"}
    gate.set()
    sqs.wait_for(2)
    assert [message["status"] for message in messages(sqs)] == ["Executing", "Stopping"]


def test_an_answer_may_come_first(start_server, fake, gate, account):
    """A consumer may be faster than the queue's own answer."""
    sqs = fake(lambda request: gate.wait(60) and SENT)
    client = against(start_server, account, sqs)
    arn = launch(client, callback("Wait"))
    sqs.wait_for(1)
    succeed(client, arn, "Wait")
    assert status(client, arn) == "Succeeded"
    gate.set()


FAULTS = {
    "no such queue": (lambda request: document({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no such queue."}, 400),
                      "HTTP 400 QueueDoesNotExist: no such queue"),
    "somebody else": (lambda request: (200, {}, b"<html>hello"), "answered HTTP 200, but not as SendMessage does: '<html>hello'"),
    "denied": (lambda request: (403, {}, b""), "HTTP 403"),
    "hangs up": (lambda request: (None, {}, b""), "closed the connection"),
}


@pytest.mark.parametrize("answer, text", FAULTS.values(), ids=FAULTS)
def test_a_message_that_is_not_taken(start_server, fake, account, answer, text):
    """The step fails with a reason that names endpoint and queue: nobody would ever answer it."""
    sqs = fake(answer)
    client = against(start_server, account, sqs)
    arn = launch(client, callback("Wait", queue="http://queue/1/q"))
    assert ended(client, arn) == "Failed"
    reason = row(client, arn, "Wait")["FailureReason"]
    assert "Failed to invoke sqs:SendMessage" in reason
    assert ".." not in reason  # what the endpoint says may be a sentence
    for part in (text, sqs.url, "http://queue/1/q"):
        assert part in reason


def test_no_such_queue_at_moto(client, moto):
    """The same at a real server."""
    arn = launch(client, callback("Wait", queue=f"{moto.url}/1/none"))
    assert ended(client, arn) == "Failed"
    assert "QueueDoesNotExist" in row(client, arn, "Wait")["FailureReason"]


def test_nobody_listens(start_server, account, nobody):
    """The reason names the endpoint."""
    client = start_server("--sqs-endpoint", nobody).client(account)
    arn = launch(client, callback("Wait"))
    assert ended(client, arn) == "Failed"
    assert nobody in row(client, arn, "Wait")["FailureReason"]


def test_sent_again_after_a_kill(start_server, fake, gate, account, tmp_path):
    """A message whose queue did not confirm it is sent again, with the same token."""
    sqs = fake(lambda request: gate.wait(60) and SENT)
    flags = ["--sqs-endpoint", sqs.url, "--db", tmp_path / "data.db"]
    server = start_server(*flags)
    arn = launch(server.client(account), callback("Wait"))
    sqs.wait_for(1)
    server.kill()
    client = start_server(*flags).client(account)
    sqs.wait_for(2)
    gate.set()
    until(client, arn, lambda *_: statuses(client, arn) == {"Wait": "Executing"})
    first, second = messages(sqs)
    assert first == second


def test_not_sent_again_once_confirmed(start_server, fake, account, tmp_path):
    """A step that is Executing after a restart just waits; a stop is still told to the queue."""
    sqs = fake(lambda request: SENT)
    flags = ["--sqs-endpoint", sqs.url, "--db", tmp_path / "data.db"]
    server = start_server(*flags)
    arn = launch(server.client(account), callback("Wait"))
    until(server.client(account), arn, lambda *_: statuses(server.client(account), arn) == {"Wait": "Executing"})
    server.kill()
    client = start_server(*flags).client(account)
    stop(client, arn)
    sqs.wait_for(2)
    assert [message["status"] for message in messages(sqs)] == ["Executing", "Stopping"]


def test_a_queue_that_is_gone_after_a_restart(start_server, fake, gate, account, tmp_path):
    """Without the endpoint a callback waits as it does without one: its token is in the list of steps."""
    sqs = fake(lambda request: gate.wait(60) and SENT)
    server = start_server("--sqs-endpoint", sqs.url, "--db", tmp_path / "data.db")
    arn = launch(server.client(account), callback("Wait"))
    sqs.wait_for(1)
    server.kill()
    client = start_server("--db", tmp_path / "data.db").client(account)
    assert statuses(client, arn) == {"Wait": "Executing"}
    succeed(client, arn, "Wait")
    assert status(client, arn) == "Succeeded"
