"""Endpoints that answer what no good server does: each fails its one step, with a reason that names the endpoint, and the
program answers everybody else meanwhile."""

import gzip
import socket
import struct
import time

import pytest

from support.definitions import callback, function, json_get_uri
from support.outside import document
from support.runs import TERMINAL, ended, launch, row, status

OK = b"HTTP/1.1 200 OK\r\n"
PATIENCE = 2  # seconds; what has no end of its own ends with it


def says(text):
    return lambda connection, _: connection.sendall(text)


def without_end(begin, piece):
    def behave(connection, _):
        connection.sendall(begin)
        while True:
            connection.sendall(piece)
    return behave


def a_byte_at_a_time(connection, _):
    """As slowly as no time-out between two bytes would notice; waits for its socket instead of sleeping."""
    connection.settimeout(0.05)
    for byte in OK + b"X: " + b"x" * 10_000:
        connection.send(bytes([byte]))
        try:
            if not connection.recv(4096):
                return
        except TimeoutError:
            pass


def reset_in_the_middle(connection, _):
    connection.sendall(OK + b"Content-Length: 100\r\n\r\nhalf")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


PACKED = gzip.compress(b"{}")
BEHAVIOURS = {
    "endless head": (without_end(OK, b"X-Header: " + b"x" * 1000 + b"\r\n"), "answered with a head of more than 65536 bytes"),
    "endless header line": (without_end(OK + b"X: ", b"x" * 65536), "answered with a head of more than 65536 bytes"),
    "endless body": (without_end(OK + b"\r\n", b"x" * 65536), "answered with more than 6291456 bytes"),
    "endless chunks": (without_end(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 65535 + b"\r\n"),
                       "answered with more than 6291456 bytes"),
    "endless 100 Continue": (without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), "answered with 1xx only, again and again"),
    "a large Content-Length": (says(OK + b"Content-Length: 99999999999\r\n\r\n"), "answered with more than 6291456 bytes"),
    "an impossible Content-Length": (says(OK + b"Content-Length: 999999999999999999999\r\n\r\n"), "answered with something that is not HTTP/1.1"),
    "a Content-Length that is too long": (says(OK + b"Content-Length: 100\r\n\r\n{}"), "answered in part only"),
    "two Content-Lengths": (says(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), "answered with something that is not HTTP/1.1"),
    "a byte at a time": (a_byte_at_a_time, f"did not answer within {PATIENCE} s"),
    "silence": (lambda connection, _: connection.recv(1), f"did not answer within {PATIENCE} s"),
    "a reset": (reset_in_the_middle, "broke the connection off: Connection reset by peer"),
    "a redirect": (says(b"HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n"), "answered HTTP 302"),
    "gzip": (says(OK + f"Content-Encoding: gzip\r\nContent-Length: {len(PACKED)}\r\n\r\n".encode() + PACKED),
             "answered with a body in gzip, which was not asked for"),
    "another protocol": (says(b"220 mail.example.com ESMTP\r\n"), "answered with something that is not HTTP/1.1"),
}


@pytest.mark.parametrize("behave, text", BEHAVIOURS.values(), ids=BEHAVIOURS)
def test_fails_the_step_and_nothing_else(start_server, raw_fake, account, behave, text):
    """The reason says which endpoint it was and what it did; a Describe takes no longer meanwhile."""
    bad = raw_fake(behave)
    client = start_server("--lambda-endpoint", bad.url, "--lambda-timeout", PATIENCE).client(account)
    arn = launch(client, function("Ask", {"answer": "String"}))
    longest, state = 0, None
    while state not in TERMINAL:
        before = time.monotonic()
        state = status(client, arn)
        longest = max(longest, time.monotonic() - before)
    reason = row(client, arn, "Ask")["FailureReason"]
    assert state == "Failed" and f"{bad.url} {text}" in reason, reason
    assert longest < PATIENCE
    assert len(bad.heads) == 1


@pytest.mark.slow
def test_silent_queues_and_stores(start_server, raw_fake, account):
    """SQS and S3 have half a minute each, which is theirs whatever the clock; nobody else waits for them."""
    silence, _ = BEHAVIOURS["silence"]
    queues, store = raw_fake(silence), raw_fake(silence)
    server = start_server("--sqs-endpoint", queues.url, "--s3-endpoint", store.url)
    client = server.client(account)
    before = time.monotonic()
    waiting = {launch(client, callback("Ask")): queues,
               launch(client, function("Ask", arguments={"a": json_get_uri("s3://bucket/key.json", "a")})): store}
    for arn in waiting:
        assert status(client, arn) == "Executing"
    assert time.monotonic() - before < 20
    for arn, endpoint in waiting.items():
        code, answer = server.local("POST", "wait", {"PipelineExecutionArn": arn, "TimeoutSeconds": 55})
        assert (code, answer["Reached"]) == (200, True), answer
        assert f"{endpoint.url} did not answer within 30 s" in row(client, arn, "Ask")["FailureReason"]
    assert time.monotonic() - before > 25


def test_bytes_that_are_no_text(start_server, raw_fake, account):
    """A response that is not even UTF-8 is quoted in the reason as far as text can."""
    bad = raw_fake(says(OK + b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x80"))
    client = start_server("--lambda-endpoint", bad.url).client(account)
    arn = launch(client, function("Ask", {"answer": "String"}))
    assert ended(client, arn) == "Failed"
    assert "is not a JSON text" in row(client, arn, "Ask")["FailureReason"]


def test_much_that_is_no_text(start_server, raw_fake, account):
    """The model's bound of 1,024 characters on a reason holds for bytes that begin no character, too."""
    bad = raw_fake(says(OK + b"Content-Length: 100000\r\n\r\n" + b"\x80" * 100_000))
    client = start_server("--lambda-endpoint", bad.url).client(account)
    arn = launch(client, function("Ask", {"answer": "String"}))
    assert ended(client, arn) == "Failed"
    assert 100 < len(row(client, arn, "Ask")["FailureReason"]) <= 1024


@pytest.mark.parametrize("answer", [
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{} and more than it said",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: aws-chunked\r\n\r\n{}",
], ids=["100 Continue", "103 Early Hints", "more than Content-Length", "aws-chunked"])
def test_odd_but_good(start_server, raw_fake, account, answer):
    """Interim answers are passed over; bytes behind the end, and a coding that S3 only remembers, do no harm."""
    odd = raw_fake(says(answer))
    client = start_server("--lambda-endpoint", odd.url).client(account)
    arn = launch(client, function("Ask"))
    assert ended(client, arn) == "Succeeded", row(client, arn, "Ask")["FailureReason"]


def test_ipv6(start_server, raw_fake, account):
    """An IPv6 endpoint stands in brackets, in the URL and in Host."""
    try:
        functions = raw_fake(says(OK + b"Content-Length: 2\r\n\r\n{}"), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no ::1")
    client = start_server("--lambda-endpoint", functions.url).client(account)
    assert ended(client, launch(client, function("Ask"))) == "Succeeded"
    assert f"\r\nHost: {functions.url.removeprefix('http://')}\r\n".encode() in functions.heads[0]


def test_a_path(start_server, fake, account):
    """The URL's path stands before every target: an endpoint may be behind a gateway."""
    functions = fake(lambda request: document({}))
    client = start_server("--lambda-endpoint", f"{functions.url}/gateway/v1/").client(account)
    assert ended(client, launch(client, function("Ask"))) == "Succeeded"
    assert functions.requests[0].path.startswith("/gateway/v1/2015-03-31/functions/")


def test_a_host_that_does_not_exist(start_server, account):
    """RFC 6761: `.invalid` never resolves."""
    url = "http://no-such-host.invalid:9000"
    client = start_server("--lambda-endpoint", url, "--lambda-timeout", "30").client(account)
    arn = launch(client, function("Ask"))
    assert ended(client, arn) == "Failed"
    assert f"{url} cannot be reached: the host name 'no-such-host.invalid' cannot be resolved" in row(client, arn, "Ask")["FailureReason"]
