"""What all routes of /_local share: a mistake in a request is named, and means nothing else."""

import json

import pytest


def ask(server, method, target, body=None):
    code, headers, answer = server.request(method, f"/_local/{target}", body)
    return code, headers, json.loads(answer) if answer else None


@pytest.mark.parametrize("target, text", [
    ("scenarios?acount=123456789012&regoin=us-east-1", "unknown parameter 'acount'. It may have: account, region."),
    ("scenarios?account=123456789012&region=us-east-1&account=210987654321", "the parameter 'account' twice"),
    ("scenarios?account=&region=", "parameter 'account' is empty"),
    ("scenarios?account", "parameter 'account' is empty"),
    ("clock?execution=x", "unknown parameter 'execution'"),
])
def test_a_query_that_means_nothing(server, target, text):
    """A misspelt parameter, or a shell variable that is not set, would have changed all namespaces."""
    code, _, answer = ask(server, "PUT", target, "{}")
    assert (code, text in answer["message"]) == (400, True), answer


@pytest.mark.parametrize("target, text", [
    ("events?execution=", "parameter 'execution' is empty"), ("events?format=xml", "format can only be json; it is 'xml'"),
    ("events?execution_arn=x", "unknown parameter 'execution_arn'"), ("lineage?arn=x", "unknown parameter 'arn'"),
])
def test_a_question_that_means_nothing(server, target, text):
    """... or have shown everybody's events."""
    code, _, answer = ask(server, "GET", target)
    assert (code, text in answer["message"]) == (400, True), answer


def test_what_a_namespace_may_be_called(server):
    """The query is taken as it is meant: escapes, and an ampersand too many, change nothing."""
    code, _, answer = ask(server, "GET", "scenarios?%61ccount=1234%356789012&&region=us%2deast-1&")
    assert (code, answer["Source"]) == (200, "none")


@pytest.mark.parametrize("target", ["health", "ready", "clock", "events?format=json", "events"])
def test_head(server, target):
    """RFC 9110: what answers GET answers HEAD, without a body; `wget --spider` is a health check in many images."""
    code, headers, answer = ask(server, "HEAD", target)
    assert (code, answer) == (200, None)
    assert headers["Content-Type"] == ("text/event-stream" if target == "events" else "application/json")


def test_wrong_methods_and_routes(server):
    """405 names the methods there are, 404 the routes."""
    code, headers, answer = ask(server, "POST", "clock", "{}")
    assert (code, headers["Allow"]) == (405, "GET, PUT")
    assert answer["message"] == "/_local/clock takes GET or PUT, not POST."
    code, _, answer = ask(server, "GET", "clocks")
    assert code == 404
    assert "GET /_local/clock, " in answer["message"]


def test_the_clock_of_a_namespace_that_has_nothing_yet(server):
    """What a fixture does first: it would otherwise have to write something before it can stop the time."""
    target = "clock?account=100000000017&region=eu-west-1"
    code, _, answer = ask(server, "PUT", target, '{"Mode": "manual"}')
    assert (code, answer["Clocks"][0]["Mode"]) == (200, "manual"), answer
    assert ask(server, "GET", target)[2]["Clocks"][0]["Mode"] == "manual"
