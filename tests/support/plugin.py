"""Fixtures of the black-box tests. A test directory's conftest names this file in `pytest_plugins`."""

import itertools
import os
import pathlib
import secrets

import pytest

from support import server as servers

# Each test has an account, so a namespace, of its own. The start is random: a server given by --url may be used again.
_accounts = itertools.count(100_000_000_000 + secrets.randbelow(800_000_000) * 1000)


def pytest_addoption(parser):
    parser.addoption("--url", help="run against this endpoint (instant clock) instead of starting the program")


@pytest.fixture(scope="session")
def server(request, tmp_path_factory):
    """One server on the instant clock, everything in memory, shared by all tests that need no flags of their own."""
    url = request.config.getoption("--url")
    if url:
        yield servers.Endpoint(url)
        return
    started = servers.Server("--port", 0, "--ephemeral", home=tmp_path_factory.mktemp("server"))
    yield started
    alive = started.alive()
    started.close()
    assert alive, "the shared server ended during the tests"


@pytest.fixture
def start_server(tmp_path):
    """Starts servers with the flags a test needs; `--port 0` is added, and `--ephemeral` unless --db is given."""
    if not os.path.exists(servers.binary()):
        pytest.skip(f"{servers.binary()} is not built, and this test starts its own server")
    started = []

    def start(*arguments, extra=None):
        arguments = [str(argument) for argument in arguments]
        if "--port" not in arguments:
            arguments = ["--port", "0", *arguments]
        if "--db" not in arguments and "--ephemeral" not in arguments:
            arguments.append("--ephemeral")
        one = servers.Server(*arguments, home=tmp_path, extra=extra)
        started.append(one)
        return one

    yield start
    for one in started:
        one.close()


@pytest.fixture
def program(tmp_path):
    """Runs the program to its end: program("health", "--port", 1) -> CompletedProcess."""
    if not os.path.exists(servers.binary()):
        pytest.skip(f"{servers.binary()} is not built, and this test runs it")

    def run(*arguments, extra=None):
        return servers.run(*arguments, home=tmp_path, extra=extra)

    return run


@pytest.fixture
def account():
    """An account that no other test uses."""
    return f"{next(_accounts) % 1_000_000_000_000:012d}"


@pytest.fixture
def sagemaker(server, account):
    """A boto3 client in this test's own namespace; afterwards the server must still be there."""
    yield server.client(account)
    if isinstance(server, servers.Server):
        assert server.alive(), f"the server ended:\n{server.errors()[-6000:]}"


@pytest.fixture
def unchecked(server, account):
    """The same without boto3's own checks of the parameters: what the server says to wrong input."""
    return server.client(account, validate=False)


@pytest.fixture(scope="session")
def shared_dir():
    """The directory with the shared fixtures: $SHARED_DIR, else ../shared beside the source root."""
    found = pathlib.Path(os.environ.get("SHARED_DIR") or servers.ROOT.parent / "shared")
    if not found.is_dir():
        pytest.skip(f"no shared fixtures: {found} is not there (set SHARED_DIR)")
    return found
