"""The image as a user gets it: built by the legacy builder too, asked through its port, found healthy by its own check."""

import json
import os
import pathlib
import time

import boto3
import pytest
from builder import builder, docker

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGE = "pipelines-local:test"
START_DEADLINE = 30  # seconds until the container answers and is found healthy


@pytest.fixture(scope="session")
def image(tmp_path_factory):
    base = builder(tmp_path_factory.mktemp("builder"))
    built = docker("build", "--network=host", "--build-arg", f"BUILDER={base}", "-f", "docker/Dockerfile", "-t", IMAGE, ".",
                   cwd=ROOT, env={**os.environ, "DOCKER_BUILDKIT": "0"})
    assert built.returncode == 0, built.stdout[-5000:] + built.stderr[-5000:]
    return IMAGE


@pytest.fixture
def container(image):
    started = docker("run", "--detach", "--publish", "127.0.0.1:0:7243", image)
    assert started.returncode == 0, started.stderr
    name = started.stdout.strip()
    yield name
    docker("rm", "--force", "--volumes", name)


def inspect(name, path):
    return json.loads(docker("inspect", "--format", "{{json " + path + "}}", name).stdout)


def until(condition, what):
    """Looks again ten times a second: Docker tells nobody when a container has become healthy."""
    end = time.monotonic() + START_DEADLINE
    while not condition():
        assert time.monotonic() < end, f"not {what} within {START_DEADLINE} s"
        time.sleep(0.1)


def client_of(container):
    port = inspect(container, ".NetworkSettings.Ports")["7243/tcp"][0]["HostPort"]
    return boto3.client("sagemaker", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


def logs(container):
    found = docker("logs", container)
    return found.stdout + found.stderr


def test_it_answers_and_is_healthy(container):
    """A pipeline is created and listed through the published port, and the image's own check says healthy."""
    until(lambda: "Ready." in logs(container), f"ready ({logs(container)})")
    client = client_of(container)
    client.create_pipeline(PipelineName="p", RoleArn="arn:aws:iam::123456789012:role/R", ClientRequestToken="t" * 32,
                           PipelineDefinition=json.dumps({"Version": "2020-12-01", "Steps": [
                               {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "enough"}}]}))
    assert [one["PipelineName"] for one in client.list_pipelines()["PipelineSummaries"]] == ["p"]
    until(lambda: inspect(container, ".State.Health.Status") == "healthy", "healthy")


def test_data_outlives_the_container(image, request):
    """What one container wrote into the volume, the next one finds; it may be written by the user the image runs as."""
    volume = f"pipelines-local-test-{os.getpid()}"
    request.addfinalizer(lambda: docker("volume", "rm", "--force", volume))

    def run_with_volume():
        name = docker("run", "--detach", "--publish", "127.0.0.1:0:7243", "--volume", f"{volume}:/data", image).stdout.strip()
        request.addfinalizer(lambda: docker("rm", "--force", name))
        until(lambda: "Ready." in logs(name), "ready")
        return name

    first = run_with_volume()
    client_of(first).create_pipeline(PipelineName="kept", RoleArn="arn:aws:iam::123456789012:role/R",
                                     ClientRequestToken="t" * 32, PipelineDefinition=json.dumps(
                                         {"Version": "2020-12-01", "Steps": [
                                             {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "x"}}]}))
    assert docker("stop", first).returncode == 0
    assert inspect(first, ".State.ExitCode") == 0
    assert client_of(run_with_volume()).describe_pipeline(PipelineName="kept")["PipelineName"] == "kept"


def test_it_is_small_static_and_not_root(image):
    """Nothing in the image but the program, which no shared library and no root is needed for."""
    assert inspect(image, ".Config.User") not in ("", "0", "root")
    assert inspect(image, ".Size") <= 8 * 1024 * 1024
    ran = docker("run", "--rm", "--network=none", "--read-only", image, "version")
    assert ran.returncode == 0, ran.stderr
    assert "pipelines-local" in ran.stdout
