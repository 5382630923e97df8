"""The servers that are measured: started on a free port, asked for their CPU time, ended."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")
DEADLINE = 30  # seconds until a server is ready, or gone


class Server:
    """A process that prints its URL, then `Ready.`; its output goes to a file beside its data."""

    def __init__(self, name, command, directory):
        self.name = name
        self.log = pathlib.Path(directory) / f"{name}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=output, cwd=directory)
        self.url = self.wait()

    def wait(self):
        until = time.monotonic() + DEADLINE
        while time.monotonic() < until:
            text = self.log.read_text(errors="replace")
            if "Ready." in text:
                return re.search(r"http://127\.0\.0\.1:\d+", text).group()
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        self.stop()
        raise SystemExit(f"{self.name} did not get ready:\n{self.log.read_text(errors='replace')}")

    def cpu(self):
        """User and system time of all its threads so far, in seconds (resolution: 1/100 s)."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Moto(Server):
    """moto's server: takes no port 0 and prints no `Ready.`, so that it is given a port and asked."""

    def __init__(self, python, directory):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        program = pathlib.Path(python).with_name("moto_server")
        super().__init__("moto", [program, "-H", "127.0.0.1", "-p", self.port], directory)

    def wait(self):
        url = f"http://127.0.0.1:{self.port}"
        until = time.monotonic() + DEADLINE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=5).read()
                return url
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        self.stop()
        raise SystemExit(f"moto did not get ready:\n{self.log.read_text(errors='replace')}")
