"""--eventbridge-endpoint: status events are delivered with PutEvents, to fakes that record it."""

import contextlib
import datetime
import json
import sqlite3
import threading

import pytest

from support.definitions import callback, function
from support.outside import document
from support.runs import launch, status, succeed

CHAIN = [function("A"), function("B", depends_on=["A"])]
CHANGES = [("execution", "Executing"), ("A", "Starting"), ("A", "Executing"), ("A", "Succeeded"),
           ("B", "Starting"), ("B", "Executing"), ("B", "Succeeded"), ("execution", "Succeeded")]


def taken(request):
    return document({"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in entries_of(request)]})


def entries_of(request):
    return json.loads(request.body)["Entries"]


def change_of(entry):
    detail = json.loads(entry["Detail"])
    return (detail.get("stepName", "execution"), detail.get("currentStepStatus") or detail["currentPipelineExecutionStatus"])


class Bus:
    """Collects what it is sent of executions; `answer` decides what becomes of a request, as it does of a fake's."""

    def __init__(self, fake, answer=taken):
        self.entries = []
        self._news = threading.Condition()
        self.answer = answer

        def collect(request):
            answered = self.answer(request)
            if answered == taken(request):
                with self._news:
                    self.entries += entries_of(request)
                    self._news.notify_all()
            return answered
        self.fake = fake(collect)
        self.url = self.fake.url

    def of(self, arn):
        return [change_of(entry) for entry in self.entries if arn in entry["Resources"]]

    def wait_for(self, arn, last=("execution", "Succeeded")):
        """Until that was taken of the execution; all changes of it."""
        with self._news:
            assert self._news.wait_for(lambda: last in self.of(arn), 60), self.of(arn)
            return self.of(arn)


@pytest.fixture
def bus(fake):
    return Bus(fake)


def test_what_is_delivered(start_server, bus, account):
    """[D] PutEvents of AWS JSON 1.1, signed for `events`: the entries are the envelopes of /_local/events, in order."""
    server = start_server("--eventbridge-endpoint", bus.url)
    arn = launch(server.client(account), *CHAIN)
    assert bus.wait_for(arn) == CHANGES
    request = bus.fake.requests[0]
    assert (request.command, request.path) == ("POST", "/")
    assert request.headers["X-Amz-Target"] == "AWSEvents.PutEvents"
    assert request.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert f"Credential={account}/" in request.headers["Authorization"]
    assert "/us-east-1/events/aws4_request" in request.headers["Authorization"]
    shown = server.local("GET", "events", format="json", execution=arn)[1]["Events"]
    assert [(e["source"], e["detail-type"], e["detail"], e["resources"]) for e in shown] == [
        (e["Source"], e["DetailType"], json.loads(e["Detail"]), e["Resources"]) for e in bus.entries]


def moment(event):
    return datetime.datetime.fromisoformat(event["time"])


def test_moto(start_server, moto, account):
    """A rule and a queue at moto's server: what arrives in the queue are the envelopes of /_local/events, in order."""
    sqs, bus = moto.client("sqs", account), moto.client("events", account)
    queue = sqs.create_queue(QueueName=f"{account}.fifo", Attributes={
        "FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
    target = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    bus.put_rule(Name=account, EventPattern=json.dumps({"source": ["aws.sagemaker"]}))
    bus.put_targets(Rule=account, Targets=[{"Id": "1", "Arn": target, "SqsParameters": {"MessageGroupId": "g"}}])
    server = start_server("--eventbridge-endpoint", moto.url)
    arn = launch(server.client(account), *CHAIN)
    received = []
    while len(received) < len(CHANGES):
        for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", []):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            received.append(json.loads(message["Body"]))
    shown = server.local("GET", "events", format="json", execution=arn)[1]["Events"]
    members = ("source", "detail-type", "resources", "region", "detail")
    assert [[event[name] for name in members] for event in received] == [[event[name] for name in members] for event in shown]
    assert [moment(event) for event in received] == [moment(event) for event in shown]


def test_ten_at_most(start_server, bus, account):
    """[D] A call has ten entries at most; many events are many calls, one behind the other."""
    client = start_server("--eventbridge-endpoint", bus.url).client(account)
    arn = launch(client, *[function(f"S{index}") for index in range(12)])
    assert len(bus.wait_for(arn)) == 2 + 3 * 12
    sizes = [len(entries_of(request)) for request in bus.fake.requests]
    assert max(sizes) == 10 and sum(sizes) == 38


FAULTS = {
    "not served": lambda request: (503, {}, b"busy"),
    "nonsense": lambda request: (200, {}, b"<html>"),
    "hangs up": lambda request: (None, {}, b""),
    "all refused": lambda request: document(
        {"FailedEntryCount": len(entries_of(request)), "Entries": [{"ErrorCode": "InternalFailure"} for _ in entries_of(request)]}),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_tried_again(start_server, fake, account, fault):
    """What is not taken is sent again, unchanged and in order, and nothing overtakes it."""
    answers = iter([fault])
    bus = Bus(fake, lambda request: next(answers, taken)(request))
    server = start_server("--eventbridge-endpoint", bus.url)
    arn = launch(server.client(account), *CHAIN)
    assert status(server.client(account), arn) == "Succeeded"
    assert bus.wait_for(arn) == CHANGES
    first, second = bus.fake.requests[:2]
    assert entries_of(first) == entries_of(second)[:len(entries_of(first))]


def test_one_refused_entry(start_server, fake, account):
    """What was taken before the first refused entry is not repeated; that and all behind it is."""
    def refuse_the_third(request):
        entries = [{"EventId": "1"} for _ in entries_of(request)]
        entries[2] = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}
        return document({"FailedEntryCount": 1, "Entries": entries})
    answers = iter([refuse_the_third])
    bus = Bus(fake, lambda request: next(answers, taken)(request))
    arn = launch(start_server("--eventbridge-endpoint", bus.url).client(account), *CHAIN)
    assert bus.wait_for(arn) == CHANGES[2:]
    assert [change_of(entry) for entry in entries_of(bus.fake.requests[0])] == CHANGES


def test_a_slow_bus_stops_nobody(start_server, fake, gate, account):
    """Executions do not wait for the bus, and a process ends though a call is on its way."""
    bus = Bus(fake, lambda request: gate.wait(60) and taken(request))
    server = start_server("--eventbridge-endpoint", bus.url)
    client = server.client(account)
    arn = launch(client, *CHAIN)
    bus.fake.wait_for(1)
    assert status(client, arn) == "Succeeded"
    assert server.terminate() == 0


def test_down_then_up_over_a_kill(start_server, fake, nobody, account, tmp_path):
    """At least once: what nobody took before a kill -9 is delivered by the next process."""
    database = tmp_path / "data.db"
    one = start_server("--db", database, "--eventbridge-endpoint", nobody)
    arn = launch(one.client(account), *CHAIN)
    assert status(one.client(account), arn) == "Succeeded"
    one.kill()
    bus = Bus(fake)
    start_server("--db", database, "--eventbridge-endpoint", bus.url)
    assert bus.wait_for(arn) == CHANGES


def test_goes_on_behind_what_was_taken(start_server, bus, account, tmp_path):
    """The place is kept in the data file: an orderly restart repeats nothing and leaves nothing out."""
    flags = ["--db", tmp_path / "data.db", "--eventbridge-endpoint", bus.url]
    one = start_server(*flags)
    arn = launch(one.client(account), callback("Wait"))
    bus.wait_for(arn, ("Wait", "Executing"))
    other = launch(one.client(account), *CHAIN)  # its first entry shows that the answer to the ones before was read
    bus.wait_for(other)
    one.terminate()
    client = start_server(*flags).client(account)
    succeed(client, arn, "Wait")
    assert bus.wait_for(arn) == [("execution", "Executing"), ("Wait", "Starting"), ("Wait", "Executing"),
                                 ("Wait", "Succeeded"), ("execution", "Succeeded")]


def test_what_was_before_is_not_delivered(start_server, bus, account, tmp_path):
    """Decided: delivery begins with the first start that has the option; a bus is not flooded with the past."""
    database = tmp_path / "data.db"
    one = start_server("--db", database)
    before = launch(one.client(account), *CHAIN)
    one.terminate()
    client = start_server("--db", database, "--eventbridge-endpoint", bus.url).client(account)
    after = launch(client, *CHAIN)
    assert bus.wait_for(after) == CHANGES
    assert bus.of(before) == []


def test_accounts_do_not_wait_for_each_other(start_server, fake, account):
    """Each namespace has a place of its own: one whose events are refused holds up no other."""
    other = f"9{account[1:]}"
    refused = FAULTS["not served"]
    bus = Bus(fake, lambda request: (refused if f"Credential={account}/" in request.headers["Authorization"] else taken)(request))
    server = start_server("--eventbridge-endpoint", bus.url)
    launch(server.client(account), *CHAIN)
    bus.fake.wait_for(1)
    arn = launch(server.client(other), *CHAIN)
    assert bus.wait_for(arn) == CHANGES


def test_said_once(start_server, fake, account):
    """The log has one line when it begins to fail and one when it goes on."""
    answers = iter([FAULTS["not served"]] * 2)
    bus = Bus(fake, lambda request: next(answers, taken)(request))
    server = start_server("--eventbridge-endpoint", bus.url)
    arn = launch(server.client(account), *CHAIN)
    bus.wait_for(arn)
    arn = launch(server.client(account), *CHAIN)  # behind the answer to the first, which may still be on its way
    bus.wait_for(arn)
    server.terminate()
    log = server.errors()
    assert log.count(f"{bus.url} does not take the events of {account}") == 1
    assert log.count(f"{bus.url} takes the events of {account}") == 1
    assert "HTTP 503: busy" in log


def test_a_loss_is_announced_once(start_server, fake, account, tmp_path):
    """The newest 100,000 rows are kept: whoever's bus is down for so long hears of it before they go, once for all."""
    database, other = tmp_path / "data.db", f"9{account[1:]}"
    bus = Bus(fake, FAULTS["not served"])
    flags = ["--db", database, "--eventbridge-endpoint", bus.url]
    server = start_server(*flags)
    for owner in (account, other):
        launch(server.client(owner), *CHAIN)
    bus.fake.wait_for(4)  # the second of each begins behind the answer to its first
    server.terminate()
    assert "are lost, or soon will be" not in server.errors()
    with contextlib.closing(sqlite3.connect(database)) as file, file:
        file.execute("INSERT INTO events SELECT 90100, namespace, execution, began, body FROM events ORDER BY id LIMIT 1")
    bus.fake.requests.clear()
    server = start_server(*flags)
    bus.fake.wait_for(4)
    assert server.errors().count("are lost, or soon will be: the newest 100000 rows are kept") == 1


@pytest.mark.parametrize("url", ["https://bus", "bus:1", "ftp://bus"])
def test_no_endpoint(program, url):
    """Refused at the start, not at the first event."""
    ended = program("serve", "--port", 0, "--eventbridge-endpoint", url)
    assert ended.returncode == 2
    assert "eventbridge-endpoint" in ended.stderr and url in ended.stderr
