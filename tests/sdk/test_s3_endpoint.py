"""--s3-endpoint: property files, objects by URI and definitions from an S3 server, moto's and fakes."""

import ctypes
import json
import os

import pytest
from botocore.exceptions import ClientError

from support.definitions import ROLE, compare, condition, definition, fail, function, join, json_get, json_get_uri, processing
from support.outside import document
from support.runs import create, ended, launch, refused, row, start, status, statuses, stop

IN_OPEN, IN_CLOSE_NOWRITE, INOTIFY_EVENT = 0x20, 0x10, 16  # <sys/inotify.h>; the last: the bytes of an event
BUCKET = "example-bucket"
EVALUATE = processing("Evaluate", ["evaluation"], {"Report": ("evaluation", "evaluation.json")})
REPORT_KEY = "Evaluate/evaluation/evaluation.json"
SHOW = fail("Show", join("", json_get("Evaluate", "Report", "mse")))


@pytest.fixture
def bucket(moto, account):
    """put(key, content) into the bucket of this test's account."""
    s3 = moto.client("s3", account)
    name = f"bucket-{account}"
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})

    def put(key, content):
        text = content if isinstance(content, str) else json.dumps(content)
        return s3.put_object(Bucket=name, Key=key, Body=text.encode()).get("VersionId")
    put.name = name
    return put


@pytest.fixture
def client(start_server, moto, account):
    return start_server("--s3-endpoint", moto.url).client(account)


def evaluate_in(bucket):
    return processing("Evaluate", ["evaluation"], {"Report": ("evaluation", "evaluation.json")}, arguments={
        "ProcessingOutputConfig": {"Outputs": [{"OutputName": "evaluation", "S3Output": {
            "S3Uri": f"s3://{bucket.name}/out", "LocalPath": "/opt/ml/processing/e", "S3UploadMode": "EndOfJob"}}]}})


def with_fake(start_server, account, fake, *flags):
    return start_server("--s3-endpoint", fake.url, *flags).client(account)


# Std:JsonGet -----------------------------------------------------------------------------------------------------

def test_property_file(client, bucket):
    """A property file is read from the S3 server, at its output's S3Uri + "/" + FilePath, and decides a Condition."""
    bucket("out/evaluation.json", {"mse": 2.5})
    arn = launch(client, evaluate_in(bucket),
                 condition("Check", [compare("LessThan", json_get("Evaluate", "Report", "mse"), 6)], [function("Then")]))
    assert ended(client, arn) == "Succeeded"
    assert statuses(client, arn) == {"Evaluate": "Succeeded", "Check": "Succeeded", "Then": "Succeeded"}


@pytest.mark.parametrize("key", ["plain.json", "a b/c+d.json", "ü/100%.json", "q?x=1&y#z.json", "a//b.json", "(1)'*!.json"])
def test_any_key(client, bucket, key):
    """Keys are percent-encoded as S3 wants them, in the path and in the signature."""
    bucket(key, {"Result": [1, {"k": "found"}]})
    arn = launch(client, fail("Show", json_get_uri(join("/", f"s3://{bucket.name}", key), "Result[1]['k']")))
    ended(client, arn)
    assert row(client, arn, "Show")["FailureReason"] == "found"


def test_several_files_in_one_step(client, bucket):
    """A step that reads several objects gets them all, and starts once."""
    for name in "abc":
        bucket(f"{name}.json", {"v": name})
    values = [json_get_uri(join("/", f"s3://{bucket.name}", f"{name}.json"), "v") for name in "abca"]
    arn = launch(client, fail("Show", join("|", *values)))
    ended(client, arn)
    assert row(client, arn, "Show")["FailureReason"] == "a|b|c|a"
    assert row(client, arn, "Show")["AttemptCount"] == 1


def test_the_directory_comes_first(start_server, moto, bucket, account, tmp_path):
    """--s3-dir is asked first; what it lacks is fetched."""
    bucket("a.json", {"v": "endpoint"})
    bucket("b.json", {"v": "endpoint"})
    (tmp_path / "s3" / bucket.name).mkdir(parents=True)
    (tmp_path / "s3" / bucket.name / "a.json").write_text('{"v": "directory"}')
    client = start_server("--s3-endpoint", moto.url, "--s3-dir", tmp_path / "s3").client(account)
    values = [json_get_uri(join("/", f"s3://{bucket.name}", f"{name}.json"), "v") for name in "ab"]
    arn = launch(client, fail("Show", join("|", *values)))
    ended(client, arn)
    assert row(client, arn, "Show")["FailureReason"] == "directory|endpoint"


def test_the_call_is_signed_for_the_namespace(start_server, fake, account):
    """Path style, signed with the account as access key id: what LocalStack keeps accounts apart by."""
    s3 = fake(lambda request: document({"mse": 1}))
    arn = launch(with_fake(start_server, account, s3), EVALUATE, SHOW)
    (request,) = s3.wait_for(1)
    assert request.path == f"/{BUCKET}/{REPORT_KEY}"
    assert request.headers["Authorization"].startswith(f"AWS4-HMAC-SHA256 Credential={account}/")
    assert "/us-east-1/s3/aws4_request" in request.headers["Authorization"]
    assert arn


def test_credentials_of_the_environment(start_server, fake, account):
    """AWS_ACCESS_KEY_ID and its fellows are used where they are set."""
    s3 = fake(lambda request: document({"mse": 1}))
    client = start_server("--s3-endpoint", s3.url, extra={
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}).client(account)
    launch(client, EVALUATE, SHOW)
    (request,) = s3.wait_for(1)
    assert "Credential=AKIDEXAMPLE/" in request.headers["Authorization"]
    assert request.headers["X-Amz-Security-Token"] == "token"
    assert "secret" not in request.headers["Authorization"]


FAULTS = {
    "missing": (lambda request: (404, {}, b"<Error><Code>NoSuchKey</Code></Error>"), "has no such object: HTTP 404 NoSuchKey"),
    "denied": (lambda request: (403, {}, b"<Error><Code>AccessDenied</Code></Error>"), "answered HTTP 403 AccessDenied"),
    "broken": (lambda request: (500, {}, b"oops"), "answered HTTP 500"),
    "moved": (lambda request: (301, {"Location": "http://127.0.0.1:1/"}, b""), "answered HTTP 301"),
    "hangs up": (lambda request: (None, {}, b""), "answered with nothing"),
    "no JSON": (lambda request: (200, {}, b"mse = 3"), "it is not JSON"),
    "too large": (lambda request: (200, {}, b" " * (2 * 1024 * 1024 + 1)), "more than 2097152 bytes"),
}


@pytest.mark.parametrize("answer, text", FAULTS.values(), ids=FAULTS)
def test_an_endpoint_that_does_not_give_it(start_server, fake, account, answer, text):
    """The step fails with a reason that names step, file, URI, path and endpoint: never a made-up value."""
    s3 = fake(answer)
    client = with_fake(start_server, account, s3)
    arn = launch(client, EVALUATE, condition("Check", [compare("LessThan", json_get("Evaluate", "Report", "a.mse"), 6)]))
    assert ended(client, arn) == "Failed"
    reason = row(client, arn, "Check")["FailureReason"]
    for part in (text, "Report", "Evaluate", f"s3://{BUCKET}/{REPORT_KEY}", "a.mse", "ClientError: "):
        assert part in reason
    assert (s3.url in reason) or text == "it is not JSON"


def test_a_path_that_the_file_lacks(client, bucket):
    """The reason names the path and the URI."""
    bucket("out/evaluation.json", {"mse": 2.5})
    arn = launch(client, evaluate_in(bucket), fail("Show", json_get("Evaluate", "Report", "a.b[9]")))
    ended(client, arn)
    reason = row(client, arn, "Show")["FailureReason"]
    assert "a.b[9]" in reason and f"s3://{bucket.name}/out/evaluation.json" in reason


def test_nobody_listens(start_server, account, nobody):
    """An endpoint that is down fails the step, not the server."""
    client = start_server("--s3-endpoint", nobody).client(account)
    arn = launch(client, EVALUATE, SHOW)
    assert ended(client, arn) == "Failed"
    reason = row(client, arn, "Show")["FailureReason"]
    assert f"{nobody} cannot be reached: Connection refused" in reason


def test_starting_while_it_is_fetched(start_server, fake, gate, account):
    """A step that waits for its file is Starting; everything else is answered meanwhile, and other runs go on."""
    def answer(request):
        gate.wait(60)
        return document({"mse": 7})
    s3 = fake(answer)
    client = with_fake(start_server, account, s3)
    arn = launch(client, EVALUATE, SHOW)
    s3.wait_for(1)
    assert statuses(client, arn) == {"Evaluate": "Succeeded", "Show": "Starting"}
    assert status(client, arn) == "Executing"
    other = launch(client, function("A"))
    assert status(client, other) == "Succeeded"
    gate.set()
    assert ended(client, arn) == "Failed"
    assert row(client, arn, "Show")["FailureReason"] == "7"


def test_stopped_while_it_is_fetched(start_server, fake, gate, account):
    """A step that is only being prepared stops at once; what arrives later changes nothing."""
    s3 = fake(lambda request: gate.wait(60) and document({"mse": 7}))
    client = with_fake(start_server, account, s3)
    arn = launch(client, EVALUATE, SHOW)
    s3.wait_for(1)
    stop(client, arn)
    assert status(client, arn) == "Stopped"
    gate.set()
    assert statuses(client, arn) == {"Evaluate": "Succeeded", "Show": "Stopped"}


def test_fetched_again_after_a_kill(start_server, fake, gate, account, tmp_path):
    """A Preparing step is fetched again after a restart."""
    s3 = fake(lambda request: gate.wait(60) and document({"mse": 7}))
    flags = ["--s3-endpoint", s3.url, "--db", tmp_path / "data.db"]
    server = start_server(*flags)
    arn = launch(server.client(account), EVALUATE, SHOW)
    s3.wait_for(1)
    server.kill()
    client = start_server(*flags).client(account)
    s3.wait_for(2)
    gate.set()
    assert ended(client, arn) == "Failed"
    assert row(client, arn, "Show")["FailureReason"] == "7"
    assert row(client, arn, "Show")["AttemptCount"] == 1


def test_the_end_does_not_wait(start_server, fake, gate, account):
    """SIGTERM with a call in flight ends the process within five seconds."""
    import time
    s3 = fake(lambda request: gate.wait(60) and document({}))
    server = start_server("--s3-endpoint", s3.url)
    launch(server.client(account), EVALUATE, SHOW)
    s3.wait_for(1)
    begun = time.monotonic()
    assert server.terminate() == 0
    assert time.monotonic() - begun < 5


def test_many_at_once(start_server, fake, gate, account):
    """At most 64 calls at once; the others wait their turn, and all are answered."""
    s3 = fake(lambda request: gate.wait(60) and document({"v": 1}))
    client = with_fake(start_server, account, s3)
    arn = launch(client, *[condition(f"C{i}", [compare("Equals", json_get_uri(f"s3://b/{i}", "v"), 1)]) for i in range(80)])
    assert len(s3.wait_for(64)) == 64
    assert status(client, arn) == "Executing"
    assert len(s3.requests) == 64  # a 65th would have come by now
    gate.set()
    assert ended(client, arn) == "Succeeded"
    assert len(s3.requests) == 80


# PipelineDefinitionS3Location ------------------------------------------------------------------------------------

TEXT = definition(function("A"))


def location(name, key="p.json", **version):
    return {"Bucket": name, "ObjectKey": key, **version}


def create_from(client, where, name="p", **request):
    return client.create_pipeline(PipelineName=name, RoleArn=ROLE, PipelineDefinitionS3Location=where, **request)


def test_a_definition_at_the_endpoint(client, bucket):
    """Create and Update wait for the object; Describe shows its text, executions run it."""
    bucket("p.json", TEXT)
    create_from(client, location(bucket.name))
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == TEXT
    assert statuses(client, start(client, "p")) == {"A": "Succeeded"}
    other = definition(function("B"))
    bucket("p.json", other)
    client.update_pipeline(PipelineName="p", PipelineDefinitionS3Location=location(bucket.name))
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == other


def test_a_version_of_an_object(client, bucket):
    """VersionId names a version of the object."""
    first = bucket("p.json", TEXT)
    bucket("p.json", definition(function("B")))
    create_from(client, location(bucket.name, VersionId=first))
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == TEXT


def test_no_such_definition(client, bucket, moto):
    """The refusal names object and endpoint, and the name stays free."""
    with refused("ValidationException", f"s3://{bucket.name}/none.json", moto.url, "NoSuchKey"):
        create_from(client, location(bucket.name, "none.json"))
    bucket("p.json", TEXT)
    create_from(client, location(bucket.name))


def test_others_are_served_while_a_definition_is_awaited(start_server, fake, gate, account):
    """The request waits, the server does not; and what the endpoint then says is the answer."""
    import concurrent.futures
    s3 = fake(lambda request: gate.wait(60) and (200, {}, TEXT.encode()))
    server = start_server("--s3-endpoint", s3.url)
    client = server.client(account)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(create_from, client, location(BUCKET))
        s3.wait_for(1)
        assert client.list_pipelines()["PipelineSummaries"] == []
        create(client, function("X"), name="other")
        gate.set()
        assert waiting.result(60)["PipelineArn"].endswith(":pipeline/p")


def test_a_stop_does_not_wait_for_a_definition(start_server, fake, gate, account):
    """Who waits for an object is told that the server is being stopped, at once, instead of losing the connection."""
    import concurrent.futures
    import time
    s3 = fake(lambda request: gate.wait(60) and (200, {}, TEXT.encode()))
    server = start_server("--s3-endpoint", s3.url)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(create_from, server.client(account), location(BUCKET))
        s3.wait_for(1)
        begun = time.monotonic()
        assert server.terminate() == 0
        assert time.monotonic() - begun < 3  # it has 4 s for what has to be finished
        with pytest.raises(ClientError, match="InternalFailure.*is being stopped"):
            waiting.result(60)


def test_a_token_and_a_definition_that_is_gone(client, bucket, moto, account):
    """The first answer to a ClientRequestToken is given again, though the object is no longer there."""
    bucket("p.json", TEXT)
    token = "x" * 32
    first = create_from(client, location(bucket.name), ClientRequestToken=token)["PipelineArn"]
    moto.client("s3", account).delete_object(Bucket=bucket.name, Key="p.json")
    assert create_from(client, location(bucket.name), ClientRequestToken=token)["PipelineArn"] == first


def test_the_directory_comes_first_for_definitions(start_server, fake, account, tmp_path):
    """With --s3-dir as well, what it has is not asked for; what it lacks, and any VersionId, is."""
    other = definition(function("B"))
    s3 = fake(lambda request: (200, {}, other.encode()))
    here = tmp_path / "s3" / BUCKET / "p.json"
    here.parent.mkdir(parents=True)
    here.write_text(TEXT)
    client = with_fake(start_server, account, s3, "--s3-dir", tmp_path / "s3")
    create_from(client, location(BUCKET))
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == TEXT
    assert s3.requests == []
    for name, where in {"q": location(BUCKET, "q.json"), "r": location(BUCKET, VersionId="1")}.items():
        create_from(client, where, name=name)
        assert client.describe_pipeline(PipelineName=name)["PipelineDefinition"] == other
    here.unlink()
    here.symlink_to("/etc/hostname")
    with refused("ValidationException", f"s3://{BUCKET}/p.json", "--s3-dir", "link"):
        create_from(client, location(BUCKET), name="s")
    assert len(s3.requests) == 2


def test_the_directory_is_read_once(start_server, nobody, account, tmp_path):
    """A definition may have megabytes: to look whether the directory has it is to read it."""
    here = tmp_path / "s3" / BUCKET
    here.mkdir(parents=True)
    (here / "p.json").write_text(TEXT)
    client = start_server("--s3-endpoint", nobody, "--s3-dir", tmp_path / "s3").client(account)
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    try:
        assert libc.inotify_add_watch(watch, os.fsencode(here / "p.json"), IN_OPEN | IN_CLOSE_NOWRITE) > 0
        create_from(client, location(BUCKET))
        events = os.read(watch, 4096)
    finally:
        os.close(watch)
    assert len(events) == 2 * INOTIFY_EVENT, "it was opened and closed"


# The option ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("url, text", [("https://s3.amazonaws.com", "TLS"), ("moto:5000", "http://"), ("http://", "http://")])
def test_endpoints_are_checked_at_the_start(program, url, text):
    """An endpoint that could never be called stops the start, with the reason."""
    done = program("serve", "--port", 0, "--ephemeral", "--s3-endpoint", url)
    assert done.returncode == 2
    assert "s3-endpoint" in done.stderr and url in done.stderr and text in done.stderr
