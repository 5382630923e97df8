"""Fixtures for the SageMaker Python SDK: our server, moto for S3 and STS, a PipelineSession a test.

The SDK reads its settings from the environment while it is imported, so `prepare` is called by a conftest before that.
"""

import json
import os
import pathlib

import pytest

from support import server as servers

CONFIGURATION = pathlib.Path(__file__).with_name("sagemaker-sdk.yaml")
BUCKET = "example-bucket"
MEAN_SQUARED_ERROR = 3.1


def prepare():
    """What the SDK must find when it is imported: a region, keys, no telemetry, no look-up of the role."""
    os.environ.update(
        AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test",
        SAGEMAKER_USER_CONFIG_OVERRIDE=str(CONFIGURATION), SAGEMAKER_ADMIN_CONFIG_OVERRIDE=str(CONFIGURATION),
        SAGEMAKER_VALIDATE_ROLE="false", SAGEMAKER_SUPPRESS_V2_WARNING="1", AWS_EC2_METADATA_DISABLED="true",
    )
    validate_settings_once()


def validate_settings_once():
    """The SDK checks the few lines of its configuration against a schema of thousands with every session, estimator and
    call it makes: seven tenths of the time of these tests, and always of the same answer."""
    import jsonschema

    validate, known = jsonschema.validate, set()

    def validate_once(instance, schema, *arguments, **keywords):
        key = (json.dumps(instance, sort_keys=True), id(schema))
        if key not in known:
            validate(instance, schema, *arguments, **keywords)
            known.add(key)
    jsonschema.validate = validate_once


@pytest.fixture(scope="session")
def s3_directory(tmp_path_factory):
    """The directory that our server reads s3:// from."""
    return tmp_path_factory.mktemp("s3")


@pytest.fixture(scope="session")
def endpoints(s3_directory, tmp_path_factory):
    """Both servers, named to the SDK by the variables that a user sets."""
    from moto.server import ThreadedMotoServer

    home = tmp_path_factory.mktemp("server")
    scenarios = home / "scenarios.json"
    scenarios.write_text(json.dumps({"Pipelines": {"abalone": {"Default": "Run", "TestCases": {"Run": {
        "AbaloneEval": {"0-": {"Return": {}, "PropertyFiles": {
            "EvaluationReport": {"regression_metrics": {"mse": {"value": MEAN_SQUARED_ERROR}}}}}}}}}}}))
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    ours = servers.Server("--port", 0, "--ephemeral", "--scenarios", scenarios, "--s3-dir", s3_directory, home=home)
    other = f"http://{host}:{port}"
    os.environ.update(AWS_ENDPOINT_URL_SAGEMAKER=ours.url, AWS_ENDPOINT_URL_S3=other, AWS_ENDPOINT_URL_STS=other)
    yield ours
    ours.close()
    moto.stop()


@pytest.fixture
def boto_session(endpoints, account):
    """Credentials whose key is this test's account, so that each test has a namespace of its own."""
    import boto3
    return boto3.session.Session(aws_access_key_id=account, aws_secret_access_key="test", region_name="us-east-1")
