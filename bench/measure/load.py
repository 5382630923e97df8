"""Calls: one at a time to prepare, and as many as wrk can make to measure."""

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import urllib.error
import urllib.request

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "call.lua"
SIGNATURE = ("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sagemaker/aws4_request, "
             "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" + "0123456789abcdef" * 4)


def call(url, operation, **members):
    """One call, its answer as an object; an error ends the program."""
    request = urllib.request.Request(url + "/", json.dumps(members).encode(), {
        "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"SageMaker.{operation}",
        "X-Amz-Date": "20260101T000000Z", "Authorization": SIGNATURE})
    try:
        return json.loads(urllib.request.urlopen(request, timeout=30).read() or b"{}")
    except urllib.error.HTTPError as refused:
        raise SystemExit(f"{operation} at {url}: {refused.code} {refused.read().decode(errors='replace')}") from None


@dataclasses.dataclass
class Load:
    """What a server is asked over and over; %TOKEN% in a body becomes a new token each time."""

    name: str
    server: object
    operation: str
    body: str

    def run(self, connections, seconds):
        """One run of wrk: requests per second, latency, and CPU of the server per request."""
        before = self.server.cpu()
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT), self.server.url,
             "--", f"SageMaker.{self.operation}", self.body, os.urandom(4).hex()],
            capture_output=True, text=True, check=False)
        cpu = self.server.cpu() - before
        if done.returncode != 0:
            raise SystemExit(f"{self.name}: wrk failed: {done.stderr or done.stdout}")
        found = json.loads(done.stdout[done.stdout.rindex("{"):])
        if found["requests"] == 0 or found["refused"] or found["socket_errors"]:
            raise SystemExit(f"{self.name}: not every request was answered with success: {found}")
        return {"requests_per_second": found["requests"] / found["seconds"],
                "cpu_microseconds": cpu * 1e6 / found["requests"],
                "p50_ms": found["p50_ms"], "p99_ms": found["p99_ms"]}


def alternate(loads, connections, rounds, seconds):
    """A B C A B C ...: what else the machine does meets all of them alike. The median of each figure, by load's name."""
    runs = {load.name: [] for load in loads}
    for _ in range(rounds):
        for load in loads:
            runs[load.name].append(load.run(connections, seconds))
    return {name: {figure: statistics.median(run[figure] for run in found) for figure in found[0]}
            for name, found in runs.items()}
