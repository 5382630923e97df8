"""Cleanup steps: [S] is what SDK 3.27 tells of the service (cleanup_step.py), [M] the API model, [I] what we infer."""

import pytest

from support.definitions import BUCKET, fail, function, get, join, processing, step, training
from support.runs import create, launch, refused, row, status, statuses


def cleanup(name, *sources, depends_on=None, **keys):
    """A Cleanup; a source is a step's name, or (name, *uris). Sources are always dependencies, as the SDK writes them."""
    entries = [{"StepName": source} if isinstance(source, str) else {"StepName": source[0], "S3Uris": list(source[1:])}
               for source in sources]
    if depends_on is None:
        depends_on = [entry["StepName"] for entry in entries]
    return step("Cleanup", name, {"Resources": {"S3": entries}}, depends_on, **keys)


def metadata(client, arn, name="Clean"):
    return row(client, arn, name)["Metadata"]["Cleanup"]


def report(cleaned=(), failed=(), skipped=()):
    return {"CleanedSteps": list(cleaned), "FailedSteps": list(failed), "SkippedSteps": list(skipped)}


ANY = {"Step": "Train", "Trigger": "Any"}


def test_outputs_that_the_service_finds(sagemaker):
    """[S] without S3Uris: a training's artifacts; [M] the metadata names the steps."""
    arn = launch(sagemaker, training("Train"), cleanup("Clean", "Train", DisplayName="tidy"))
    assert status(sagemaker, arn) == "Succeeded"
    assert metadata(sagemaker, arn) == report(cleaned=["Train"])
    assert row(sagemaker, arn, "Clean")["StepDisplayName"] == "tidy"


def test_exact_objects(sagemaker):
    """[S] with S3Uris, text or expressions: objects beneath the outputs of a Processing step."""
    output = get("Steps.Prepare.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri")
    arn = launch(sagemaker, processing("Prepare"), cleanup(
        "Clean", ("Prepare", f"{BUCKET}/Prepare/out/part-0.csv", join("/", output, "part-1.csv"))))
    assert metadata(sagemaker, arn) == report(cleaned=["Prepare"])


def test_an_object_elsewhere(sagemaker):
    """[S] each URI must be under the step's output location; [I] FailedSteps then has it, and the step is Failed."""
    arn = launch(sagemaker, processing("Prepare"), training("Train"),
                 cleanup("Clean", ("Prepare", f"{BUCKET}/other/x"), "Train"))
    found = row(sagemaker, arn, "Clean")
    reason = f"'{BUCKET}/other/x' does not stand beneath an output location of step 'Prepare'."
    assert found["StepStatus"] == "Failed"
    assert found["FailureReason"] == f"ClientError: {reason}"
    assert found["Metadata"]["Cleanup"] == report(
        cleaned=["Train"], failed=[{"StepName": "Prepare", "ErrorCode": "ClientError", "ErrorMessage": reason}])
    assert status(sagemaker, arn) == "Failed"


def test_a_source_with_a_vpc(sagemaker):
    """[S] a source step that sets a VpcConfig cannot be cleaned up."""
    arn = launch(sagemaker, training("Train", arguments={"VpcConfig": {"SecurityGroupIds": ["sg-1"], "Subnets": ["s-1"]}}),
                 cleanup("Clean", "Train"))
    assert [failure["StepName"] for failure in metadata(sagemaker, arn)["FailedSteps"]] == ["Train"]


def test_after_a_failure(scripted):
    """[S] with the trigger Any it cleans after a failure; [M] what left no outputs is skipped."""
    _, client = scripted({"Train": {"0-": {"Throw": {"Error": "ClientError", "Cause": "no"}}}})
    arn = launch(client, processing("Prepare"), training("Train", ["Prepare"]), cleanup(
        "Clean", "Train", ("Prepare", f"{BUCKET}/Prepare/out/x"), depends_on=[ANY, "Prepare"]), name="p")
    assert statuses(client, arn) == {"Prepare": "Succeeded", "Train": "Failed", "Clean": "Succeeded"}
    assert metadata(client, arn) == report(cleaned=["Prepare"], skipped=["Train"])
    assert status(client, arn) == "CompletedWithFailures"


def test_a_source_without_known_outputs(sagemaker):
    """[M] output properties that are unavailable: skipped. A function writes nowhere that the service knows."""
    arn = launch(sagemaker, function("Call"), training("Train"), cleanup("Clean", "Call", "Train"))
    assert metadata(sagemaker, arn) == report(cleaned=["Train"], skipped=["Call"])


def test_scripted(scripted):
    """A scenario says what could not be deleted, by members of the metadata; the rest stays as found."""
    failure = {"StepName": "Train", "ErrorCode": "ClientError", "ErrorMessage": "AccessDenied"}
    _, client = scripted({"Clean": {"0-": {"Return": {"CleanedSteps": [], "FailedSteps": [failure]}}}})
    arn = launch(client, training("Train"), cleanup("Clean", "Train"), name="p")
    assert row(client, arn, "Clean")["FailureReason"] == "ClientError: AccessDenied"
    assert metadata(client, arn) == report(failed=[failure])


def test_in_the_body_of_a_for_each(sagemaker):
    """Each iteration cleans its own."""
    arn = launch(sagemaker, step("ForEach", "Each", {"IterableItems": ["a", "b"], "MaxConcurrency": 2, "ForEachBody": [
        training("Fit"), cleanup("Clean", "Fit")]}))
    assert metadata(sagemaker, arn, "Clean-1") == report(cleaned=["Fit"])
    assert status(sagemaker, arn) == "Succeeded"


def test_nothing_is_deleted(start_server, tmp_path, account):
    """Ours: --s3-dir is read only, so an object that AWS would delete is still there."""
    kept = tmp_path / "s3" / "example-bucket" / "Prepare" / "out" / "x"
    kept.parent.mkdir(parents=True)
    kept.write_text("x")
    client = start_server("--s3-dir", tmp_path / "s3").client(account)
    arn = launch(client, processing("Prepare"), cleanup("Clean", ("Prepare", f"{BUCKET}/Prepare/out/x")))
    assert metadata(client, arn) == report(cleaned=["Prepare"])
    assert kept.read_text() == "x"


@pytest.mark.parametrize("steps, texts", [
    ([cleanup("Clean", "Trian", depends_on=["Train"])], ["unknown step 'Trian'"]),
    ([cleanup("Clean", "Train", depends_on=[])], ["does not stand before it"]),
    ([cleanup("Clean", ("Train", "s3://bucket-only"))], ["names no object"]),
    ([cleanup("Clean", "Train"), fail("Show", get("Steps.Clean.CleanedSteps"))], ["no properties"]),
    ([cleanup("Clean", "Train", CacheConfig={"Enabled": True})], ["CacheConfig"]),
])
def test_refused(sagemaker, steps, texts):
    """[S] no properties, no cache; [I] sources that it does not wait for."""
    with refused("ValidationException", *texts):
        create(sagemaker, training("Train"), *steps)


@pytest.fixture
def held(scripted):
    """A run whose Cleanup is held: (server, client, arn)."""
    server, client = scripted({"Clean": {"0-": {"Hold": True}}})
    return server, client, launch(client, training("Train"), cleanup("Clean", "Train"), name="p")


def end(server, how, arn, **given):
    return server.local("POST", f"steps/{how}", {"PipelineExecutionArn": arn, "StepName": "Clean", **given})


def test_succeeded_by_hand(held):
    """Ours: a held Cleanup shows what it found once it is over; what is returned by hand lies over it, as a scenario's."""
    server, client, arn = held
    assert not row(client, arn, "Clean").get("Metadata")
    assert end(server, "succeed", arn, Return={"SkippedSteps": ["Train"]})[0] == 200
    assert metadata(client, arn) == report(cleaned=["Train"], skipped=["Train"])


def test_failures_returned_by_hand(held):
    """Ours: FailedSteps that are returned by hand make the step fail, as those of a scenario do."""
    server, client, arn = held
    failure = {"StepName": "Train", "ErrorCode": "ClientError", "ErrorMessage": "AccessDenied"}
    assert end(server, "succeed", arn, Return={"FailedSteps": [failure]})[1]["StepStatus"] == "Failed"
    assert row(client, arn, "Clean")["FailureReason"] == "ClientError: AccessDenied"


def test_released(held):
    """Ours: released, it ends with what it found."""
    server, client, arn = held
    assert end(server, "release", arn)[0] == 200
    assert metadata(client, arn) == report(cleaned=["Train"])


def test_failed_by_hand(held):
    """Ours: one that is failed by hand tells nothing of its sources."""
    server, client, arn = held
    assert end(server, "fail", arn, Error="ClientError", Cause="no")[0] == 200
    found = row(client, arn, "Clean")
    assert found["FailureReason"] == "ClientError: no" and not found.get("Metadata")
