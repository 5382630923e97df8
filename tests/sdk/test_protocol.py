"""The wire: AWS JSON 1.1 byte by byte, other services' clients, the guard of host and origin."""

import http.client
import json
import re
import socket

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from support.definitions import ROLE, definition, function

CREATE = {"PipelineName": "p", "RoleArn": ROLE, "PipelineDefinition": definition(function("A")), "ClientRequestToken": "t" * 32}


# Answers -------------------------------------------------------------------------------------------------------

def test_headers_of_an_answer(server, account):
    """[O] x-amzn-requestid (a UUID), the JSON 1.1 content type, the length; no checksum header."""
    status, headers, _ = server.call("ListPipelines", {}, account)
    assert status == 200
    assert headers["Content-Type"] == "application/x-amz-json-1.1"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", headers["x-amzn-RequestId"])
    assert int(headers["Content-Length"]) > 0
    assert "x-amz-crc32" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_every_answer_has_its_own_request_id(server, account):
    """On errors too: it is what a user quotes."""
    ids = [server.call(operation, body, account)[1]["x-amzn-RequestId"] for operation, body in (
        ("ListPipelines", {}), ("ListPipelines", {}), ("DescribePipeline", {"PipelineName": "nope"}), ("Nonsense", {}),
        ("ListPipelines", "{"))]
    assert all(ids)
    assert len(set(ids)) == 5


def test_times_are_epoch_seconds_with_milliseconds(server, account):
    """[O] `1632260141.95`: a JSON number with at most three decimals."""
    server.call("CreatePipeline", CREATE, account)
    _, _, answer = server.call("DescribePipeline", {"PipelineName": "p"}, account)
    created = answer["CreationTime"]
    assert isinstance(created, (int, float))
    assert 1_600_000_000 < created < 10_000_000_000
    assert round(created, 3) == created


def test_errors(server, account):
    """__type, and the text under both names (clients read either); HTTP 400."""
    status, headers, answer = server.call("DescribePipeline", {"PipelineName": "nope"}, account)
    assert status == 400
    assert headers["Content-Type"] == "application/x-amz-json-1.1"
    assert answer["__type"] == "ResourceNotFound"
    assert answer["message"] == answer["Message"]
    assert answer["message"].endswith("does not exist.")


def test_an_empty_body_is_an_empty_object(server, account):
    """[smithy] acceptable for awsJson1.1."""
    assert server.call("ListPipelines", b"", account)[::2] == (200, {"PipelineSummaries": []})


def test_an_operation_without_output(server, account):
    """DeleteTags has an empty output: an empty object."""
    server.call("CreatePipeline", CREATE, account)
    arn = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p"
    status, _, answer = server.call("DeleteTags", {"ResourceArn": arn, "TagKeys": ["a"]}, account)
    assert status == 200
    assert answer in ({}, None)


# Operations ----------------------------------------------------------------------------------------------------

def test_unknown_operation(server, account):
    """An operation that SageMaker does not have is named."""
    status, _, answer = server.call("InventPipeline", {}, account)
    assert (status, answer["__type"]) == (400, "UnknownOperationException")
    assert "InventPipeline" in answer["message"]
    assert "emulated" not in answer["message"]


def test_a_real_operation_that_is_not_emulated(server, account):
    """... and one that it has is said to exist, but not here. Never a 5xx: botocore would repeat it."""
    status, _, answer = server.call("CreateNotebookInstance", {}, account)
    assert (status, answer["__type"]) == (400, "UnknownOperationException")
    assert "CreateNotebookInstance" in answer["message"]
    assert "not emulated" in answer["message"]


@pytest.mark.parametrize("target", [None, "", "SageMaker", "SageMaker.", "Other.ListPipelines", "ListPipelines"])
def test_a_target_that_is_not_ours(server, account, target):
    """No X-Amz-Target, or one of another service: an AWS-style 4xx, not a page of HTML."""
    status, _, answer = server.call("ListPipelines", {}, account, **{"X_Amz_Target": target})
    assert 400 <= status < 500
    assert answer["__type"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
def test_other_methods(server, method):
    """AWS calls are POST; everything else on / is a 4xx."""
    status, _, _ = server.request(method, "/nothing/here", None, {"X-Amz-Target": "SageMaker.ListPipelines"})
    assert 400 <= status < 500


# Connections ---------------------------------------------------------------------------------------------------

def test_keep_alive(server, account):
    """Many calls on one connection, as every SDK makes them."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    try:
        local = None
        for _ in range(5):
            connection.request("POST", "/", "{}", {
                "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.ListPipelines",
                "Authorization": f"AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/sagemaker/aws4_request"})
            answer = connection.getresponse()
            assert answer.status == 200
            answer.read()
            assert connection.sock is not None
            local = local or connection.sock.getsockname()
            assert connection.sock.getsockname() == local
    finally:
        connection.close()


def converse(server, *parts):
    """Sends each part in turn on one socket, reading after each until something came; returns what came after each."""
    with socket.create_connection((server.host, server.port), timeout=20) as link:
        heard = []
        for part in parts:
            link.sendall(part)
            heard.append(link.recv(65536))
        return heard


def test_expect_100_continue(server, account):
    """curl and boto's S3 client wait a second for `100 Continue` before they send the body."""
    head = (f"POST / HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nContent-Type: application/x-amz-json-1.1\r\n"
            "X-Amz-Target: SageMaker.ListPipelines\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
            f"Authorization: AWS4-HMAC-SHA256 Credential={account}/20260101/us-east-1/sagemaker/aws4_request\r\n\r\n")
    first, second = converse(server, head.encode(), b"{}")
    assert first.startswith(b"HTTP/1.1 100")
    assert second.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("head", [
    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip\r\n",
    "Transfer-Encoding: chunked, chunked\r\n",
    "Content-Length: 2\r\nContent-Length: 2\r\n",
    "Content-Length: 2\r\nHost: again\r\n",
    "Content-Length: 2\r\nX-Folded: a\r\n b\r\n",
])
def test_ambiguous_framing_is_refused(server, head):
    """What two readers could frame differently is a 400, and the connection closes."""
    text = f"POST / HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nX-Amz-Target: SageMaker.ListPipelines\r\n{head}\r\n"
    [answer] = converse(server, text.encode())
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"connection: close" in answer.lower()


def test_http_1_1_needs_a_host(server):
    """Exactly one Host, or a 400."""
    [answer] = converse(server, b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")


# Host and origin -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("host, expected", [
    ("127.0.0.1", 200), ("localhost", 200), ("LOCALHOST.", 200), ("api.localhost", 200), ("[::1]", 200), ("pipelines", 200),
    ("host.docker.internal", 200), ("192.168.1.5", 200),
    ("evil.example.com", 403), ("127.0.0.1.evil.com", 403), ("localhost.evil.com", 403),
])
@pytest.mark.parametrize("port", ["", ":7243"])
def test_host(server, account, host, expected, port):
    """A page of a foreign name that resolves to us (DNS rebinding) is refused; the 403 names the flag that allows a host."""
    status, _, answer = server.request("POST", "/", b"{}", {
        "Host": host + port, "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.ListPipelines"})
    assert status == expected
    if expected == 403:
        assert b"--allowed-hosts" in answer


@pytest.mark.parametrize("path", ["/", "/_local/health", "/_local/clock/advance"])
def test_the_guard_is_on_every_route(server, path):
    """A new route cannot forget it."""
    for method in ("GET", "POST"):
        assert server.request(method, path, None, {"Host": "evil.example.com"})[0] == 403


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example.com"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
])
def test_foreign_origins(server, headers):
    """A web page that the developer has open must not reach us."""
    assert server.request("POST", "/_local/clock/advance", b"{}", headers)[0] == 403
    status, answered, _ = server.request("OPTIONS", "/", None, headers)
    assert "Access-Control-Allow-Origin" not in answered


def test_allowed_hosts(start_server):
    """--allowed-hosts lets a name in."""
    one = start_server("--allowed-hosts", "my.test.example.com")
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.ListPipelines"}
    assert one.request("POST", "/", b"{}", {"Host": "my.test.example.com", **headers})[0] == 200
    assert one.request("POST", "/", b"{}", {"Host": "other.example.com", **headers})[0] == 403


# Other services ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("service, call", [
    ("iam", lambda client: client.get_role(RoleName="R")),
    ("iam", lambda client: client.simulate_principal_policy(PolicySourceArn="arn:aws:iam::123456789012:role/R", ActionNames=["a:b"])),
    ("sts", lambda client: client.get_caller_identity()),
    ("s3", lambda client: client.list_buckets()),
    ("s3", lambda client: client.put_object(Bucket="bucket", Key="key", Body=b"body")),
    ("dynamodb", lambda client: client.list_tables()),
    ("sqs", lambda client: client.list_queues()),
    ("logs", lambda client: client.describe_log_groups()),
])
def test_other_services_get_an_error_they_can_read(server, service, call):
    """With a global AWS_ENDPOINT_URL other clients come here: an error in their own format (403, AccessDenied) that says
    how to send only SageMaker to us; JSON to IAM would be a ResponseParserError."""
    client = boto3.client(service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
                          aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(ClientError) as caught:
        call(client)
    answer = caught.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert "AccessDenied" in answer["Error"]["Code"]
    assert "AWS_ENDPOINT_URL_SAGEMAKER" in answer["Error"]["Message"]


# Control routes ------------------------------------------------------------------------------------------------

def test_health_and_ready(server):
    """GET /_local/health and /_local/ready answer while serving."""
    for path in ("/_local/health", "/_local/ready"):
        status, _, text = server.request("GET", path)
        assert status == 200
        json.loads(text)


def test_an_unknown_control_route(server):
    """4xx with a JSON body that says what is wrong."""
    status, _, text = server.request("GET", "/_local/nowhere")
    assert status == 404
    assert "nowhere" in json.dumps(json.loads(text))
