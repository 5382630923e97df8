"""The AWS CLI and the AWS SDK for JavaScript against the real program."""

pytest_plugins = ["support.plugin"]

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from support.definitions import function
from support.runs import create, start

HERE = pathlib.Path(__file__).parent


@pytest.fixture
def made(sagemaker):
    """Two pipelines, one of them run; the name of each in the order of a search."""
    create(sagemaker, function("A"), name="first", Tags=[{"Key": "team", "Value": "ml"}])
    create(sagemaker, function("A"), name="second")
    start(sagemaker, "first")
    return ["second", "first"]


@pytest.fixture
def run(server, account):
    """run(command...) -> what it prints, as JSON; it finds the server by the variables that a user sets."""
    environment = {**os.environ, "AWS_ENDPOINT_URL_SAGEMAKER": server.url, "AWS_ACCESS_KEY_ID": account,
                   "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1",
                   "AWS_CONFIG_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true"}

    def execute(*command):
        done = subprocess.run(list(map(str, command)), env=environment, cwd=HERE, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
    return execute


@pytest.fixture
def aws(run):
    return lambda *arguments: run(pathlib.Path(sys.executable).with_name("aws"), "--output", "json", "sagemaker", *arguments)


@pytest.fixture
def node(run):
    """node(script) runs a file of this directory; skipped where there is no Node 20 or npm has not installed the SDK."""
    program = shutil.which("node")
    version = program and subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if not program or int(version.lstrip("v").split(".")[0]) < 20:
        pytest.skip("the AWS SDK for JavaScript needs Node 20")
    if not (HERE / "node_modules").is_dir():
        pytest.skip("npm ci in tests/clients installs the AWS SDK for JavaScript")
    return lambda script: run(program, HERE / script)
