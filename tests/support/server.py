"""A server process as a test sees it: its endpoint, its lines, its clock, its end.

Nothing here sleeps. The one thing that is waited for is the line `Ready.` (or the end of the process), with a deadline.
"""

import http.client
import json
import os
import pathlib
import queue
import re
import signal
import subprocess
import tempfile
import threading
import urllib.parse

import boto3
from botocore.config import Config

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_DEADLINE = 60  # seconds; a sanitizer build on a busy machine
STOP_DEADLINE = 20

_session = boto3.session.Session()  # one loader: the API model is read once


def binary():
    """The program under test: $PIPELINES_LOCAL_BINARY, else the dev build."""
    return os.environ.get("PIPELINES_LOCAL_BINARY") or str(ROOT / "build" / "dev" / "pipelines-local")


def environment(home, extra=None):
    """The caller's environment without this program's own variables, its state and configuration kept in `home`."""
    values = {k: v for k, v in os.environ.items() if not k.startswith("PIPELINES_LOCAL_")}
    values.update(XDG_STATE_HOME=str(home), XDG_CONFIG_HOME=str(home), HOME=str(home))
    values.update(extra or {})
    return values


def run(*arguments, home, extra=None, timeout=START_DEADLINE):
    """Runs the program to its end and returns the CompletedProcess (text)."""
    return subprocess.run(
        [binary(), *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
        cwd=home, env=environment(home, extra), check=False,
    )


def client(url, account, region="us-east-1", service="sagemaker", validate=True):
    """A boto3 client whose account is `account`: the server takes a 12-digit access key id for it.

    One attempt a call, so that a 5xx is seen and not repeated. `validate=False` lets wrong input through to the server.
    """
    return _session.client(
        service, endpoint_url=url, region_name=region, aws_access_key_id=account, aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=validate,
                      connect_timeout=10, read_timeout=120),
    )


class Endpoint:
    """An address that answers, whoever started it."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        parts = urllib.parse.urlsplit(self.url)
        self.host, self.port = parts.hostname, parts.port

    def client(self, account, **options):
        return client(self.url, account, **options)

    def request(self, method, path, body=None, headers=None):
        """One plain HTTP request: (status, headers, body bytes)."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def call(self, operation, body, account="123456789012", region="us-east-1", **headers):
        """One AWS JSON call without boto: (status, headers, decoded body). A str or bytes body is sent as it is."""
        if not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode("utf-8")
        head = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"SageMaker.{operation}",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={account}/20260101/{region}/sagemaker/aws4_request, "
                             "SignedHeaders=host, Signature=00",
        }
        head.update({name.replace("_", "-"): value for name, value in headers.items()})
        status, answered, text = self.request("POST", "/", body, {k: v for k, v in head.items() if v is not None})
        return status, answered, json.loads(text) if text else None

    def local(self, method, path, body=None, account=None, region="us-east-1", **query):
        """One control request, /_local/<path>, of a namespace if an account is given: (status, decoded answer)."""
        if account:
            query.update(account=account, region=region)
        target = f"/_local/{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        status, _, answer = self.request(method, target, text, {"Content-Type": "application/json"})
        return status, json.loads(answer)

    def advance(self, **how):
        """Moves the manual clock: advance(Seconds=n), advance(To="next"), advance(To="idle")."""
        status, _, text = self.request(
            "POST", "/_local/clock/advance", json.dumps(how), {"Content-Type": "application/json"})
        assert status == 200, f"clock/advance answered {status}: {text!r}"
        return json.loads(text) if text else None


class Server(Endpoint):
    """`pipelines-local serve` as a child process, ready for requests."""

    def __init__(self, *arguments, home, extra=None):
        self.home = home
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [binary(), "serve", *map(str, arguments)], stdout=subprocess.PIPE, stderr=self._errors, text=True,
            cwd=home, env=environment(home, extra),
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.banner = self._wait_until_ready()
            found = re.search(r"http://127\.0\.0\.1:(\d+)", "\n".join(self.banner))
            assert found, f"no endpoint in the banner {self.banner}; stderr:\n{self.errors()}"
        except BaseException:
            self.process.kill()
            self._release()
            raise
        super().__init__(found.group(0))

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _wait_until_ready(self):
        lines = []
        while True:
            try:
                line = self._lines.get(timeout=START_DEADLINE)
            except queue.Empty:
                raise AssertionError(f"not ready after {START_DEADLINE} s; stdout {lines}; stderr:\n{self.errors()}") from None
            if line is None:
                code = self.process.wait(STOP_DEADLINE)
                raise AssertionError(f"ended with {code} before it was ready; stdout {lines}; stderr:\n{self.errors()}")
            lines.append(line)
            if line == "Ready.":
                return lines

    def errors(self):
        """What it has written to stderr so far. The position in the file is the child's as well: it is left where it is."""
        file = self._errors.fileno()
        return os.pread(file, os.fstat(file).st_size, 0).decode("utf-8")

    def alive(self):
        return self.process.poll() is None

    def terminate(self, how=signal.SIGTERM):
        """Sends the signal, waits, and returns the exit code."""
        self.process.send_signal(how)
        return self.process.wait(STOP_DEADLINE)

    def kill(self):
        """SIGKILL, as a crash or a power switch would."""
        self.process.kill()
        self.process.wait(STOP_DEADLINE)

    def close(self):
        """The end of a test: stops it if need be; what it said is shown with a failed test."""
        if self.alive():
            try:
                self.terminate()
            except subprocess.TimeoutExpired:
                self.kill()
        text = self.errors()
        if text.strip():
            print(f"--- stderr of pid {self.process.pid} (exit {self.process.returncode}) ---\n{text[-6000:]}")
        self._release()

    def _release(self):
        self.process.wait(STOP_DEADLINE)
        self._reader.join(STOP_DEADLINE)
        self.process.stdout.close()
        self._errors.close()
