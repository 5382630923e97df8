"""The program: banner, options, signals, health, version, help."""

import json
import re
import signal
import socket
import urllib.request

import pytest
from botocore.exceptions import ClientError

from support.definitions import callback, function
from support.runs import create, launch, start, status


# Start and banner ----------------------------------------------------------------------------------------------

def test_banner(start_server, tmp_path):
    """Endpoint, data file, clock mode and the line to paste; the last line is `Ready.`."""
    one = start_server("--db", tmp_path / "data.db", "--clock", "manual")
    text = "\n".join(one.banner)
    assert f"http://127.0.0.1:{one.port}" in text
    assert str(tmp_path / "data.db") in text
    assert "manual" in text
    assert f"export AWS_ENDPOINT_URL_SAGEMAKER=http://127.0.0.1:{one.port}" in text
    assert one.banner[-1] == "Ready."


def test_port_zero_is_any_free_port(start_server):
    """Two servers side by side, each with a port of its own, printed."""
    one, two = start_server(), start_server()
    assert one.port != two.port
    assert 0 < one.port < 65536


def test_both_loopback_addresses(start_server):
    """Without --host the server answers on 127.0.0.1 and, where there is IPv6, on ::1, at the same port."""
    one = start_server()
    assert one.request("GET", "/_local/health")[0] == 200
    try:
        socket.create_connection(("::1", one.port), timeout=10).close()
    except OSError:
        probe = socket.socket(socket.AF_INET6)
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("no ::1 on this machine")
        finally:
            probe.close()
        raise
    with urllib.request.urlopen(f"http://[::1]:{one.port}/_local/health", timeout=10) as answer:
        assert answer.status == 200


def test_a_taken_port(start_server, program):
    """Named, with the way out, and not waited for."""
    one = start_server()
    ended = program("serve", "--port", one.port, "--ephemeral")
    assert ended.returncode != 0
    assert str(one.port) in ended.stderr
    assert "--port" in ended.stderr
    assert "Ready." not in ended.stdout


def test_default_data_file(start_server, tmp_path):
    """pipelines-local.db under the XDG state directory."""
    one = start_server("--db", tmp_path / "x.db")  # only to know that the directory is writable
    one.terminate()
    from support import server as servers
    two = servers.Server("--port", 0, home=tmp_path)
    try:
        assert "pipelines-local.db" in "\n".join(two.banner)
        assert [path for path in tmp_path.rglob("pipelines-local.db")]
    finally:
        two.close()


# Options -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("arguments, named", [
    (["--port", "seventy"], ["--port", "seventy"]),
    (["--port", "70000"], ["--port", "70000"]),
    (["--port", "-1"], ["--port", "-1"]),
    (["--clock", "quick"], ["--clock", "quick", "instant", "real", "scaled", "manual"]),
    (["--clock", "scaled:0"], ["--clock", "scaled:0"]),
    (["--clock", "scaled:x"], ["--clock", "scaled:x"]),
    (["--seed", "abc"], ["--seed", "abc"]),
    (["--log-level", "loud"], ["--log-level", "loud", "info"]),
    (["--log-format", "xml"], ["--log-format", "xml", "text", "json"]),
    (["--account", "12"], ["--account", "12"]),
    (["--step-duration", "-5"], ["--step-duration", "-5"]),
    (["--host", "not an address"], ["--host", "not an address"]),
    (["--prot", "7243"], ["--prot"]),
    (["surplus"], ["surplus"]),
])
def test_a_wrong_option_stops_the_start(program, arguments, named):
    """Its name, the value, and what is allowed."""
    ended = program("serve", "--ephemeral", *arguments)
    assert ended.returncode != 0
    for text in named:
        assert text in ended.stderr
    assert "Ready." not in ended.stdout


def test_a_wrong_variable_stops_the_start(program):
    """Options by variable are checked as those by flag, and the variable is named."""
    ended = program("serve", "--ephemeral", "--port", 0, extra={"PIPELINES_LOCAL_CLOCK": "quick"})
    assert ended.returncode != 0
    assert "quick" in ended.stderr
    assert "PIPELINES_LOCAL_CLOCK" in ended.stderr


def test_an_option_by_variable(start_server, account):
    """Every option is also PIPELINES_LOCAL_*."""
    one = start_server(extra={"PIPELINES_LOCAL_CLOCK": "manual", "PIPELINES_LOCAL_STEP_DURATION": "60"})
    client = one.client(account)
    assert status(client, launch(client, function("A"))) == "Executing"


def test_flag_before_variable_before_file(start_server, account, tmp_path):
    """The nearest wins."""
    config = tmp_path / "pipelines.toml"
    config.write_text('account = "111111111111"\nregion = "eu-west-1"\nclock = "manual"\n')
    one = start_server("--config", config, "--account", "333333333333",
                       extra={"PIPELINES_LOCAL_ACCOUNT": "222222222222", "PIPELINES_LOCAL_REGION": "eu-west-2"})
    assert "manual" in "\n".join(one.banner)
    status_, _, answer = one.call("CreatePipeline", {
        "PipelineName": "p", "RoleArn": "arn:aws:iam::123456789012:role/R", "PipelineDefinition": '{"Steps": []}',
        "ClientRequestToken": "t" * 32}, Authorization=None)
    assert (status_, answer["PipelineArn"]) == (200, "arn:aws:sagemaker:eu-west-2:333333333333:pipeline/p")


def test_an_unknown_key_in_the_config_file(program, tmp_path):
    """A typing error in the file stops the start like one in a flag."""
    config = tmp_path / "pipelines.toml"
    config.write_text('cock = "manual"\n')
    ended = program("serve", "--ephemeral", "--port", 0, "--config", config)
    assert ended.returncode != 0
    assert "cock" in ended.stderr


def test_seed_makes_ids_repeatable(start_server, account):
    """--seed N: the same calls give the same ids."""
    arns = []
    for _ in range(2):
        client = start_server("--seed", 7).client(account)
        arn = launch(client, callback("Wait"), name="p")
        found = client.list_pipeline_execution_steps(PipelineExecutionArn=arn)["PipelineExecutionSteps"]
        arns.append((arn, found[0]["Metadata"]["Callback"]["CallbackToken"]))
    assert arns[0] == arns[1]


def test_seed_repeats_nothing_on_one_file(start_server, account, tmp_path):
    """... but a restart on the same data goes on counting."""
    arns = []
    for _ in range(2):
        one = start_server("--seed", 7, "--db", tmp_path / "data.db")
        client = one.client(account)
        if not arns:
            create(client, function("A"), name="p")
        arns.append(start(client, "p"))
        one.terminate()
    assert arns[0] != arns[1]


def test_json_log(start_server, account):
    """--log-format json: every line of the log is an object."""
    one = start_server("--log-format", "json", "--log-level", "debug")
    create(one.client(account), function("A"))
    one.terminate()
    lines = [line for line in one.errors().splitlines() if line.strip()]
    assert lines
    for line in lines:
        assert isinstance(json.loads(line), dict)


def test_debug_log(start_server, account):
    """--log-level debug: a line for each request, with the id that its answer carries and the error it met."""
    one = start_server("--log-level", "debug")
    client = one.client(account)
    listed = client.list_pipelines()["ResponseMetadata"]["RequestId"]
    with pytest.raises(ClientError) as caught:
        client.describe_pipeline(PipelineName="none")
    missing = caught.value.response["ResponseMetadata"]["RequestId"]
    one.request("GET", "/_local/health")
    one.terminate()
    [first, second, third] = [line.split(" debug ")[1] for line in one.errors().splitlines() if " debug " in line]
    assert re.fullmatch(rf"POST / SageMaker\.ListPipelines 200 \d+ B [\d.]+ ms, request {listed}", first)
    assert re.fullmatch(rf"POST / SageMaker\.DescribePipeline 400 ResourceNotFound \d+ B [\d.]+ ms, request {missing}", second)
    assert re.fullmatch(r"GET /_local/health 200 \d+ B [\d.]+ ms, request [\w-]+", third)
    assert " trace " not in one.errors()


def test_requests_are_not_logged_by_default(start_server, account):
    """What costs a line a request is asked for: info, the default, is silent about requests."""
    one = start_server()
    one.client(account).list_pipelines()
    one.terminate()
    assert "ListPipelines" not in one.errors()


def test_trace_log(start_server):
    """--log-level trace: when connections come and go, and a request before it is answered, which may be never."""
    one = start_server("--log-level", "trace")
    one.request("GET", "/_local/health")
    one.terminate()
    told = [line for line in one.errors().splitlines() if " trace " in line or " debug " in line]
    patterns = [r"trace Connection from 127\.0\.0\.1 port \d+ opened", r"trace GET /_local/health with 0 B is request ",
                r"debug GET /_local/health 200 ", r"trace Connection from 127\.0\.0\.1 port \d+ closed"]
    assert len(told) == len(patterns)
    for line, pattern in zip(told, patterns):
        assert re.search(pattern, line)


def test_secrets_are_not_logged(start_server, account):
    """Authorization headers and tokens never reach the log."""
    one = start_server("--log-level", "trace")
    client = one.client(account)
    arn = launch(client, callback("Wait"))
    token = client.list_pipeline_execution_steps(PipelineExecutionArn=arn)["PipelineExecutionSteps"][0][
        "Metadata"]["Callback"]["CallbackToken"]
    client.send_pipeline_execution_step_success(CallbackToken=token)
    one.terminate()
    assert "SendPipelineExecutionStepSuccess" in one.errors()
    assert token not in one.errors()
    assert "Signature=" not in one.errors()


# Signals -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_zero(start_server, account, tmp_path, how):
    """What is in flight is finished, the database is closed, the exit code is 0."""
    one = start_server("--db", tmp_path / "data.db")
    create(one.client(account), function("A"))
    assert one.terminate(how) == 0
    assert not list(tmp_path.glob("data.db-wal"))  # checkpointed and closed


def test_a_signal_with_an_open_connection(start_server):
    """An idle keep-alive connection does not hold the end up."""
    one = start_server()
    with socket.create_connection((one.host, one.port), timeout=10):
        assert one.terminate() == 0


# The other commands --------------------------------------------------------------------------------------------

def test_health(start_server, program):
    """0 while serving; otherwise not 0, with a word about why. It is the image's health check."""
    one = start_server()
    assert program("health", "--port", one.port).returncode == 0
    one.terminate()
    ended = program("health", "--port", one.port)
    assert ended.returncode != 0
    assert str(one.port) in ended.stderr + ended.stdout


def test_version(program):
    """`version` prints one line with a version number."""
    ended = program("version")
    assert ended.returncode == 0
    assert re.search(r"\d+\.\d+\.\d+", ended.stdout)


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"]])
def test_help(program, arguments):
    """Help goes to stdout, exits 0, and names the commands or the options."""
    ended = program(*arguments)
    assert ended.returncode == 0
    expected = ["serve", "health", "version"] if arguments == ["--help"] else [
        "--host", "--port", "--db", "--ephemeral", "--clock", "--seed", "--log-level", "--log-format", "--account",
        "--region", "--allowed-hosts", "--scenarios", "--s3-dir", "--step-duration"]
    for text in expected:
        assert text in ended.stdout


def test_no_command(program):
    """Without a command the program says what there is, and does not start anything."""
    ended = program()
    assert ended.returncode != 0
    assert "serve" in ended.stdout + ended.stderr
