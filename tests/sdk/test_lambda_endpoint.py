"""--lambda-endpoint: Lambda steps invoke functions, at moto's server and at fakes."""

import base64
import datetime
import json
import threading
import time

import pytest

from support.definitions import callback, compare, condition, fail, function, get, join, step
from support.outside import document
from support.runs import ended, launch, retry, row, status, statuses, stop, until

ASK = function("Ask", {"answer": "Integer", "text": "String"}, {"model": "m", "count": 3})
GOOD = {"answer": 42, "text": "yes", "extra": True}


def against(start_server, account, fake, *flags):
    return start_server("--lambda-endpoint", fake.url, *flags).client(account)


def test_moto(start_server, moto, account):
    """A function at moto's server: what it returns are the declared outputs, typed."""
    import http.client
    import urllib.parse
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(moto.url).netloc)
    connection.request("POST", "/moto-api/static/lambda-simple/response", json.dumps(
        {"results": [json.dumps(GOOD)], "region": "us-east-1"}))
    assert connection.getresponse().status == 201
    iam = moto.client("iam", account).create_role(RoleName=f"r{account}", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    arn = moto.client("lambda", account).create_function(
        FunctionName=f"f{account}", Runtime="python3.12", Role=iam, Handler="f.f", Code={"ZipFile": b"x"})["FunctionArn"]
    ask = {**ASK, "FunctionArn": arn}
    client = start_server("--lambda-endpoint", moto.url).client(account)
    run = launch(client, ask, condition("Check", [compare("Equals", get("Steps.Ask.OutputParameters['answer']"), 42)]))
    assert ended(client, run) == "Succeeded", row(client, run, "Ask").get("FailureReason")
    assert row(client, run, "Check")["Metadata"]["Condition"]["Outcome"] == "True"
    assert {"Name": "text", "Value": "yes"} in row(client, run, "Ask")["Metadata"]["Lambda"]["OutputParameters"]


def test_what_is_asked(start_server, fake, account):
    """The event is the resolved Arguments; the client context says who asks; the call is signed for the account."""
    functions = fake(lambda request: document(GOOD))
    client = against(start_server, account, functions)
    arn = launch(client, ASK)
    assert ended(client, arn) == "Succeeded"
    (request,) = functions.wait_for(1)
    assert request.path == ("/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations")
    assert json.loads(request.body) == {"model": "m", "count": 3}
    context = json.loads(base64.b64decode(request.headers["X-Amz-Client-Context"]))["custom"]
    assert context == {"executionArn": arn, "step": "Ask", "attempt": 1}
    assert request.headers["X-Amz-Invocation-Type"] == "RequestResponse"
    assert f"Credential={account}/" in request.headers["Authorization"]
    assert "/us-east-1/lambda/aws4_request" in request.headers["Authorization"]


def test_references_and_order(start_server, fake, account):
    """A function's outputs are the next one's arguments."""
    functions = fake(lambda request: document({"next": json.loads(request.body)["value"] + 1}))
    client = against(start_server, account, functions)
    first = function("A", {"next": "Integer"}, {"value": 1})
    second = function("B", {"next": "Integer"}, {"value": get("Steps.A.OutputParameters['next']")})
    arn = launch(client, first, second, fail("Show", join("", get("Steps.B.OutputParameters['next']"))))
    ended(client, arn)
    assert row(client, arn, "Show")["FailureReason"] == "3"


def test_a_scenario_wins(start_server, fake, account, tmp_path):
    """A step that the scenario speaks of is not sent to the endpoint."""
    functions = fake(lambda request: document(GOOD))
    scenarios = tmp_path / "scenarios.json"
    scenarios.write_text(json.dumps({"Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": {
        "Ask": {"0-": {"Return": {"answer": 1, "text": "scripted"}}}}}}}}))
    client = against(start_server, account, functions, "--scenarios", scenarios)
    arn = launch(client, ASK, name="p")
    assert status(client, arn) == "Succeeded"
    assert {"Name": "text", "Value": "scripted"} in row(client, arn, "Ask")["Metadata"]["Lambda"]["OutputParameters"]
    assert functions.requests == []


def test_iterations(start_server, fake, account, tmp_path):
    """Each iteration of a ForEach is invoked under its own name, but for one that the scenario speaks of."""
    scenarios = tmp_path / "scenarios.json"
    scenarios.write_text(json.dumps({"Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": {
        "Ask-1": {"0-": {"Return": {"answer": 1, "text": "scripted"}}}}}}}}))
    functions = fake(lambda request: document(GOOD))
    client = against(start_server, account, functions, "--scenarios", scenarios)
    arn = launch(client, step("ForEach", "Each", {
        "IterableItems": ["a", "b", "c"], "MaxConcurrency": 3, "ForEachBody": [ASK]}), name="p")
    assert ended(client, arn) == "Succeeded"
    asked = {json.loads(base64.b64decode(request.headers["X-Amz-Client-Context"]))["custom"]["step"]
             for request in functions.requests}
    assert asked == {"Ask-0", "Ask-2"}


FAULTS = {
    "raised": (lambda request: document({"errorType": "ValueError", "errorMessage": "no model"}, **{"X-Amz-Function-Error": "Unhandled"}),
               "ValueError: no model"),
    "no JSON": (lambda request: (200, {}, b"<html>"), "is not a JSON text"),
    "an output is missing": (lambda request: document({"answer": 1}), "'text'"),
    "a wrong type": (lambda request: document({"answer": "many", "text": "x"}), "'answer'"),
    "no such function": (lambda request: document({"Message": "Function not found"}, 404, **{"X-Amzn-ErrorType": "ResourceNotFoundException"}),
                         "Failed to invoke lambda:Invoke. Error Details: {url} answered HTTP 404 ResourceNotFoundException"),
    "hangs up": (lambda request: (None, {}, b""), "closed the connection"),
}


@pytest.mark.parametrize("answer, text", FAULTS.values(), ids=FAULTS)
def test_a_step_that_fails(start_server, fake, account, answer, text):
    """Whatever the function or the endpoint does wrong is the step's reason, and is not tried again."""
    functions = fake(answer)
    client = against(start_server, account, functions)
    arn = launch(client, ASK, function("After", depends_on=["Ask"]))
    assert ended(client, arn) == "Failed"
    reason = row(client, arn, "Ask")["FailureReason"]
    assert text.format(url=functions.url) in reason and reason.startswith("ClientError: ")
    assert statuses(client, arn) == {"Ask": "Failed"}
    assert len(functions.requests) == 1


def test_nobody_listens(start_server, account, nobody):
    """The reason names the endpoint."""
    client = start_server("--lambda-endpoint", nobody).client(account)
    arn = launch(client, ASK)
    assert ended(client, arn) == "Failed"
    assert nobody in row(client, arn, "Ask")["FailureReason"]


@pytest.mark.parametrize("code", [429, 500])
def test_throttling_and_faults_are_retried(start_server, fake, account, code):
    """Step.THROTTLING and Step.SERVICE_FAULT have retries without a policy, as every attempt of AWS's has."""
    answers = iter([(code, {}, b""), (code, {}, b""), document(GOOD)])
    functions = fake(lambda request: next(answers))
    client = against(start_server, account, functions)
    arn = launch(client, ASK)
    assert ended(client, arn) == "Succeeded"
    assert row(client, arn, "Ask")["AttemptCount"] == 3
    assert [json.loads(base64.b64decode(request.headers["X-Amz-Client-Context"]))["custom"]["attempt"]
            for request in functions.requests] == [1, 2, 3]


def test_executing_while_it_runs(start_server, fake, gate, account):
    """A function that takes its time: the step is Executing, other requests and runs are served meanwhile."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    client = against(start_server, account, functions)
    arn = launch(client, ASK, function("Other", arguments={}))
    functions.wait_for(2)
    until(client, arn, lambda *_: set(statuses(client, arn).values()) == {"Executing"})
    assert status(client, launch(client, condition("C"))) == "Succeeded"
    gate.set()
    assert ended(client, arn) == "Succeeded"


def test_a_function_that_takes_too_long(start_server, fake, gate, account):
    """[D] The step fails at its timeout, 120 s by default; --lambda-timeout says otherwise."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    client = against(start_server, account, functions, "--lambda-timeout", "250ms")
    arn = launch(client, ASK)
    assert ended(client, arn) == "Failed"
    assert f"did not finish: {functions.url} did not answer within 0.25 s" in row(client, arn, "Ask")["FailureReason"]


def test_stop_waits_for_the_function(start_server, fake, gate, account):
    """[D] Stopping waits for a running Lambda; when it has finished, the execution is Stopped."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    client = against(start_server, account, functions)
    arn = launch(client, ASK, function("After", depends_on=["Ask"]))
    functions.wait_for(1)
    stop(client, arn)
    assert (status(client, arn), statuses(client, arn)) == ("Stopping", {"Ask": "Stopping"})
    gate.set()
    assert ended(client, arn) == "Stopped"
    assert list(statuses(client, arn)) == ["Ask"]


def test_stop_and_a_function_that_takes_too_long(start_server, fake, gate, account):
    """[D] If the running Lambda hits its timeout, the execution is Failed."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    client = against(start_server, account, functions, "--lambda-timeout", "1")
    arn = launch(client, ASK)
    functions.wait_for(1)
    stop(client, arn)
    assert ended(client, arn) == "Failed"


def test_retry_of_a_failed_function(start_server, fake, account):
    """RetryPipelineExecution invokes it again, as the next attempt."""
    answers = iter([(404, {}, b""), document(GOOD)])
    functions = fake(lambda request: next(answers))
    client = against(start_server, account, functions)
    arn = launch(client, ASK)
    assert ended(client, arn) == "Failed"
    retry(client, arn)
    assert ended(client, arn) == "Succeeded"


def test_invoked_again_after_a_kill(start_server, fake, account, tmp_path):
    """A function that was running is invoked again, as the same attempt of the same step."""
    import threading
    gate = threading.Event()
    first = []

    def answer(request):
        if not first:
            first.append(request)
            gate.wait(60)
        return document(GOOD)
    functions = fake(answer)
    flags = ["--lambda-endpoint", functions.url, "--db", tmp_path / "data.db"]
    server = start_server(*flags)
    arn = launch(server.client(account), ASK, function("After", depends_on=["Ask"]))
    functions.wait_for(1)
    server.kill()
    gate.set()
    client = start_server(*flags).client(account)
    assert ended(client, arn) == "Succeeded"
    asked = [json.loads(base64.b64decode(request.headers["X-Amz-Client-Context"]))["custom"] for request in functions.requests]
    assert asked[:2] == [{"executionArn": arn, "step": "Ask", "attempt": 1}] * 2
    assert [one["step"] for one in asked] == ["Ask", "Ask", "After"]


def test_an_endpoint_that_is_gone_after_a_restart(start_server, fake, gate, account, tmp_path):
    """Without its endpoint nobody could end the step: it fails, and says which option is missing."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    server = start_server("--lambda-endpoint", functions.url, "--db", tmp_path / "data.db")
    arn = launch(server.client(account), ASK)
    functions.wait_for(1)
    server.kill()
    client = start_server("--db", tmp_path / "data.db").client(account)
    assert ended(client, arn) == "Failed"
    assert "--lambda-endpoint" in row(client, arn, "Ask")["FailureReason"]


def test_the_end_does_not_wait(start_server, fake, gate, account):
    """SIGTERM with a function running ends the process within five seconds."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    server = start_server("--lambda-endpoint", functions.url)
    launch(server.client(account), ASK)
    functions.wait_for(1)
    begun = time.monotonic()
    assert server.terminate() == 0
    assert time.monotonic() - begun < 5


def test_parallelism_counts_functions(start_server, fake, gate, account):
    """A running function holds a slot of MaxParallelExecutionSteps."""
    functions = fake(lambda request: gate.wait(60) and document({}))
    client = against(start_server, account, functions)
    arn = launch(client, *[function(name) for name in "ABC"], ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    functions.wait_for(2)
    assert list(statuses(client, arn)) == ["A", "B"]
    gate.set()
    assert ended(client, arn) == "Succeeded"
    assert len(functions.requests) == 3


@pytest.mark.parametrize("value", ["0", "601", "11m", "soon"])
def test_the_timeout_is_checked(program, value):
    """[D] Ten minutes at most."""
    done = program("serve", "--port", 0, "--ephemeral", "--lambda-timeout", value)
    assert done.returncode == 2 and "lambda-timeout" in done.stderr


MANY = 64  # calls that one endpoint is asked at once


def test_slow_functions_hold_up_nothing_else(start_server, fake, gate, account):
    """Each service has its calls at once to itself: a message is sent though so many functions are slow that more wait."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    queues = fake(lambda request: document({"MessageId": "1", "MD5OfMessageBody": "x"}))
    client = start_server("--lambda-endpoint", functions.url, "--sqs-endpoint", queues.url).client(account)
    slow = launch(client, *[function(f"F{index}") for index in range(MANY + 10)])
    functions.wait_for(MANY)
    asking = launch(client, callback("Ask", {}))
    until(client, asking, lambda *_: statuses(client, asking) == {"Ask": "Executing"})
    assert len(functions.requests) == MANY
    gate.set()
    assert ended(client, slow) == "Succeeded"
    assert len(functions.requests) == MANY + 10


def test_a_stop_takes_back_what_still_waits(start_server, fake, gate, account):
    """A function that was not invoked yet when its execution is stopped never is: its step is Stopped at once."""
    functions = fake(lambda request: gate.wait(60) and document(GOOD))
    client = start_server("--lambda-endpoint", functions.url).client(account)
    launch(client, *[function(f"F{index}") for index in range(MANY)])
    functions.wait_for(MANY)
    waiting = launch(client, function("Late"), function("Behind", depends_on=["Late"]))
    assert statuses(client, waiting) == {"Late": "Starting"}
    stop(client, waiting)
    assert ended(client, waiting) == "Stopped"
    assert statuses(client, waiting) == {"Late": "Stopped"}
    gate.set()
    last = launch(client, function("Next"))
    assert ended(client, last) == "Succeeded"
    assert len(functions.requests) == MANY + 1


def test_a_signature_is_as_old_as_its_call(start_server, fake, account):
    """A call that has waited for its turn is signed when it leaves: services refuse what is 15 minutes old."""
    release = threading.Semaphore(0)
    arrived = []

    def answer(request):
        arrived.append((time.time(), request.headers["X-Amz-Date"]))
        release.acquire(timeout=60)
        return document(GOOD)
    functions = fake(answer)
    client = start_server("--lambda-endpoint", functions.url).client(account)
    launch(client, *[function(f"F{index}") for index in range(MANY)])
    functions.wait_for(MANY)
    queued = time.time()
    arn = launch(client, function("Late"))
    until(client, arn, lambda *_: time.time() > queued + 2)  # the date has seconds
    release.release(MANY + 1)
    assert ended(client, arn) == "Succeeded"
    at, date = arrived[-1]
    signed = datetime.datetime.strptime(date, "%Y%m%dT%H%M%S%z").timestamp()
    assert signed > queued + 0.9 and signed <= at
