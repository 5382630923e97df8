"""/_local/events as server-sent events: whoever watches is told as it happens."""

import contextlib
import http.client
import json
import urllib.parse

import pytest

from support.definitions import callback, training
from support.runs import launch, succeed


class Stream:
    """An open stream: its head, then its events one by one."""

    def __init__(self, server, headers=None, **query):
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
        self.connection.request("GET", f"/_local/events?{urllib.parse.urlencode(query)}", headers=headers or {})
        self.answer = self.connection.getresponse()

    def block(self):
        """The lines up to the next empty one, as {field: value}; None at the end."""
        fields = {}
        while (line := self.answer.readline().decode()) not in ("\n", ""):
            name, _, value = line.rstrip("\n").partition(": ")
            fields[name] = value
        return fields or None

    def event(self):
        while (found := self.block()) is not None:
            if "data" in found:
                return found
        raise AssertionError("the stream ended")

    def close(self):
        self.answer.close()
        self.connection.close()


@pytest.fixture
def listen(server):
    """listen(headers=None, **query): streams of the shared server, closed behind the test."""
    with contextlib.ExitStack() as streams:
        yield lambda **how: streams.enter_context(contextlib.closing(Stream(server, **how)))


def page(server, **query):
    return server.local("GET", "events", format="json", **query)[1]["Events"]


def test_what_happens_from_now_on(server, sagemaker, account, listen):
    """A namespace's stream begins with the next change: exactly what a page shows, each with an id and a kind."""
    launch(sagemaker, training("Before"))
    stream = listen(account=account, region="us-east-1")
    assert (stream.answer.status, stream.answer.headers["Content-Type"]) == (200, "text/event-stream")
    assert stream.block() == {"retry": "1000"}
    arn = launch(sagemaker, training("A"))
    found = [stream.event() for _ in range(5)]
    assert [json.loads(event["data"]) for event in found] == page(server, execution=arn)
    assert [event["event"] for event in found] == ["execution", "step", "step", "step", "execution"]
    assert len({event["id"] for event in found}) == 5


def test_an_execution_is_told_from_its_beginning(server, sagemaker, listen):
    """Who has an ARN gets the whole story, though the run may be over; what follows is told as it happens."""
    arn = launch(sagemaker, callback("Ask", {}))
    stream = listen(execution=arn)
    assert [json.loads(stream.event()["data"])["detail"].get("stepName") for _ in range(3)] == [None, "Ask", "Ask"]
    succeed(sagemaker, arn, "Ask")
    last = [json.loads(stream.event()["data"]) for _ in range(2)]
    assert last == page(server, execution=arn)[-2:]


@pytest.mark.parametrize("resume", [
    lambda last: {"headers": {"Last-Event-ID": last}}, lambda last: {"last-event-id": last}])
def test_a_listener_goes_on_where_it_was(server, sagemaker, listen, resume):
    """Last-Event-ID, which browsers send by themselves, or the query: nothing is told twice and nothing is left out."""
    arn = launch(sagemaker, training("A"))
    first = listen(execution=arn)
    seen = [first.event() for _ in range(2)]
    first.close()
    again = listen(execution=arn, **resume(seen[-1]["id"]))
    assert [json.loads(again.event()["data"]) for _ in range(3)] == page(server, execution=arn)[2:]


def test_many_listeners(server, sagemaker, account, listen):
    """Everybody is told everything, also of a namespace where nothing was done yet when they came."""
    streams = [listen(account=account, region="us-east-1") for _ in range(20)]
    launch(sagemaker, training("A"))
    told = [tuple(stream.event()["id"] for _ in range(5)) for stream in streams]
    assert len(set(told)) == 1


def test_a_shutdown_ends_streams(start_server, account):
    """Who only listens does not keep the server from ending."""
    server = start_server()
    stream = Stream(server)
    assert stream.block() == {"retry": "1000"}
    assert server.terminate() == 0
    assert stream.block() is None
    stream.close()


def test_json_for_who_accepts_only_that(server, sagemaker):
    """A client of plain JSON gets a page and not a stream without end."""
    arn = launch(sagemaker, training("A"))
    status, headers, body = server.request(
        "GET", f"/_local/events?{urllib.parse.urlencode({'execution': arn})}", headers={"Accept": "application/json"})
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert len(json.loads(body)["Events"]) == 5


def test_a_refused_stream(server):
    """A mistake is an ordinary answer."""
    status, _, body = server.request("GET", "/_local/events?last-event-id=x")
    assert status == 400
    assert "no id of an event" in json.loads(body)["message"]
