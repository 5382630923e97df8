"""Files under --s3-dir: Std:JsonGet, and definitions by PipelineDefinitionS3Location."""

import json

import pytest

from support.definitions import ROLE, compare, condition, definition, fail, function, get, join, json_get, json_get_uri, processing
from support.runs import create, execution, launch, message, refused, row, start, statuses

REPORT = {"a": {"b": [{"c": 5}, {"k-e-y": "text"}]}, "Result": [1, {"k": 2}], "mse": 2.5, "flag": True, "text": "t", "nothing": None}


@pytest.fixture
def files(tmp_path):
    """The directory that stands for s3://: DIR/<bucket>/<key>."""
    place = tmp_path / "s3"
    place.mkdir()
    return place


def put(files, uri, content):
    path = files / uri.removeprefix("s3://")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


@pytest.fixture
def client(start_server, files, account):
    return start_server("--s3-dir", files).client(account)


EVALUATE = processing("Evaluate", ["evaluation"], {"Report": ("evaluation", "evaluation.json")})


# Std:JsonGet ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("path, expected", [
    ("a.b[0].c", "5"), ("a.b[1]['k-e-y']", "text"), ("Result[0]", "1"), ("Result[1]['k']", "2"), ("Result[1].k", "2"),
    ("mse", "2.5"), ("flag", "true"), ("text", "t"),
])
def test_property_file_paths(client, files, path, expected):
    """The forms of JsonPath in use, read from the named output's S3Uri + "/" + FilePath."""
    put(files, "s3://example-bucket/Evaluate/evaluation/evaluation.json", REPORT)
    arn = launch(client, EVALUATE, fail("Show", join("", "", json_get("Evaluate", "Report", path))))
    assert row(client, arn, "Show")["FailureReason"] == expected


def test_s3_uri_form(client, files):
    """The S3Uri form reads any object; its Join may hold references, and they are dependencies."""
    put(files, "s3://example-bucket/Evaluate/evaluation/results.json", REPORT)
    uri = join("/", get("Steps.Evaluate.ProcessingOutputConfig.Outputs['evaluation'].S3Output.S3Uri"), "results.json")
    value = json_get_uri(uri, "Result[1]['k']")
    value["Std:JsonGet"]["PropertyFile"] = None  # as good as absent
    arn = launch(client, condition("Check", [compare("Equals", value, 2)]), EVALUATE)
    assert [row(client, arn, "Check")["Metadata"]["Condition"]["Outcome"]] == ["True"]


@pytest.mark.parametrize("path, kind", [("mse", "Float"), ("text", "String"), ("flag", "Boolean")])
def test_values_keep_their_type(client, files, path, kind):
    """A number of the file is a number in a comparison, a string a string."""
    put(files, "s3://example-bucket/Evaluate/evaluation/evaluation.json", REPORT)
    literal = {"Float": 2.5, "String": "t", "Boolean": True}[kind]
    arn = launch(client, EVALUATE, condition("Check", [compare("Equals", json_get("Evaluate", "Report", path), literal)]))
    assert row(client, arn, "Check")["Metadata"]["Condition"]["Outcome"] == "True"


def failed_reason(client, path="mse"):
    arn = launch(client, EVALUATE, condition("Check", [compare("LessThan", json_get("Evaluate", "Report", path), 6)], [function("Then")]))
    assert statuses(client, arn) == {"Evaluate": "Succeeded", "Check": "Failed"}
    return row(client, arn, "Check")["FailureReason"]


def test_no_file(client):
    """Never a made-up value: the reason names step, property file and URI, and how to supply it."""
    reason = failed_reason(client)
    for text in ("Evaluate", "Report", "s3://example-bucket/Evaluate/evaluation/evaluation.json", "PropertyFiles", "--s3-dir"):
        assert text in reason


def test_no_directory(sagemaker):
    """The same without --s3-dir."""
    reason = failed_reason(sagemaker)
    for text in ("Evaluate", "Report", "PropertyFiles", "--s3-dir"):
        assert text in reason


def test_an_experiment_that_a_file_names(client, files, sagemaker):
    """Experiment settings may read an object of the directory; where there is none, the start says how to supply it."""
    put(files, "s3://bucket/names.json", {"name": "of-a-file"})
    members = {"PipelineExperimentConfig": {"ExperimentName": json_get_uri("s3://bucket/names.json", "name"), "TrialName": "t"}}
    arn = launch(client, function("A"), members=members)
    assert execution(client, arn)["PipelineExperimentConfig"] == {"ExperimentName": "of-a-file", "TrialName": "t"}
    with refused("ValidationException", "--s3-dir"):
        launch(sagemaker, function("A"), members=members)


def test_no_such_path(client, files):
    """A path that the file does not have fails the step that asks, naming the path."""
    put(files, "s3://example-bucket/Evaluate/evaluation/evaluation.json", REPORT)
    assert "a.b[9].c" in failed_reason(client, "a.b[9].c")


def test_a_file_that_is_not_json(client, files):
    """Nor is text that is not JSON taken for a value."""
    put(files, "s3://example-bucket/Evaluate/evaluation/evaluation.json", "mse = 3")
    assert "evaluation.json" in failed_reason(client)


def test_an_undeclared_property_file_is_refused_at_create(sagemaker):
    """JsonGet must name a property file that a processing step declares."""
    with refused("ValidationException", "Nope"):
        create(sagemaker, EVALUATE, condition("Check", [compare("LessThan", json_get("Evaluate", "Nope", "mse"), 6)]))


# PipelineDefinitionS3Location ----------------------------------------------------------------------------------

TEXT = definition(function("A"))


def create_from(client, bucket="example-bucket", key="definitions/p.json", **request):
    return client.create_pipeline(PipelineName="p", RoleArn=ROLE,
                                  PipelineDefinitionS3Location={"Bucket": bucket, "ObjectKey": key}, **request)


def test_create_and_update_from_a_location(client, files):
    """The definition is read once, at the call: Describe shows its text, executions run it."""
    put(files, "s3://example-bucket/definitions/p.json", TEXT)
    create_from(client)
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == TEXT
    assert statuses(client, start(client, "p")) == {"A": "Succeeded"}

    other = definition(function("B"))
    put(files, "s3://example-bucket/definitions/p.json", other)
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == TEXT
    client.update_pipeline(PipelineName="p", PipelineDefinitionS3Location={
        "Bucket": "example-bucket", "ObjectKey": "definitions/p.json"})
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == other


def test_a_location_without_an_object(client):
    """The refusal names the object, and the option that says where it is looked for."""
    with refused("ValidationException", "s3://example-bucket/definitions/p.json", "--s3-dir"):
        create_from(client)


def test_a_location_without_a_directory(sagemaker):
    """Without --s3-dir the refusal says which option would help."""
    with refused("ValidationException", "--s3-dir"):
        create_from(sagemaker)


def test_faults_in_a_located_definition(client, files):
    """The same checks as inline."""
    put(files, "s3://example-bucket/definitions/p.json", "[]")
    with refused("ValidationException", "Unable to parse pipeline definition. Expecting start of Json Object."):
        create_from(client)


@pytest.mark.parametrize("key", ["../secret.json", "a/../../secret.json", "/../secret.json", "link.json", "./../secret.json"])
def test_never_outside_the_directory(client, files, tmp_path, key):
    """Neither dots nor links lead out of --s3-dir."""
    (tmp_path / "secret.json").write_text(TEXT)
    (files / "example-bucket").mkdir()
    (files / "secret.json").write_text(TEXT)
    (files / "example-bucket" / "link.json").symlink_to(tmp_path / "secret.json")
    with refused("ValidationException"):
        create_from(client, key=key)


def test_the_bucket_cannot_lead_out_either(client, files, tmp_path):
    """A bucket is one path component."""
    (tmp_path / "p.json").write_text(TEXT)
    with refused("ValidationException") as caught:
        create_from(client, bucket="...", key="p.json")
    assert message(caught)


def test_a_directory_that_is_missing_stops_the_start(program, tmp_path):
    """A mistyped --s3-dir is found at the start, not at the first object."""
    ended = program("serve", "--port", 0, "--ephemeral", "--s3-dir", tmp_path / "nowhere")
    assert ended.returncode != 0
    assert "--s3-dir" in ended.stderr and "nowhere" in ended.stderr
