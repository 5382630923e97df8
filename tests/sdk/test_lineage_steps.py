"""Lineage steps: entities by name, and associations between them. ([S] lineage_step.py, [T] test_zimmer_lineage_step.py)"""

import pytest

from support.definitions import get, join, step
from support.runs import launch, row, status
from support.step_types import STEPS

ENTITIES = {member: STEPS["Lineage"]["Arguments"][member] for member in ("Actions", "Artifacts", "Contexts")}
ACTION = {"Name": "act", "Type": "Action"}


def lineage(source, destination, **arguments):
    return step("Lineage", "S", {**ENTITIES, "Associations": [{"Source": source, "Destination": destination}], **arguments})


def metadata(client, made):
    return row(client, launch(client, made), "S")["Metadata"]["Lineage"]


def test_names_carry_no_suffix(sagemaker):
    """[T] the ARN of an action ends in its name."""
    shown = metadata(sagemaker, STEPS["Lineage"])
    assert shown["ActionArns"]["act"].endswith(":action/act")
    assert shown["ContextArns"]["ctx"].endswith(":context/ctx")
    assert shown["Associations"] == [{"SourceArn": shown["ActionArns"]["act"], "DestinationArn": shown["ArtifactArns"]["art"]}]


def test_an_end_may_be_an_arn(sagemaker):
    """What stands elsewhere is associated by its ARN."""
    arn = "arn:aws:sagemaker:us-east-1:123456789012:artifact/0123456789abcdef0123456789abcdef"
    assert metadata(sagemaker, lineage({"Arn": arn}, ACTION))["Associations"][0]["SourceArn"] == arn


def test_names_may_be_expressions(sagemaker):
    """Names are resolved first, so an end may be named by the same expression as the entity."""
    name = join("-", get("Execution.PipelineExecutionId"), "report")
    artifacts = [{"ArtifactName": name, "ArtifactType": "t", "Source": {"SourceUri": "s3://b/r"}}]
    execution = launch(sagemaker, lineage({"Name": name, "Type": "Artifact"}, ACTION, Artifacts=artifacts))
    shown = row(sagemaker, execution, "S")["Metadata"]["Lineage"]
    assert list(shown["ArtifactArns"]) == [execution.rsplit("/", 1)[1] + "-report"]
    assert shown["Associations"][0]["SourceArn"] == next(iter(shown["ArtifactArns"].values()))


@pytest.mark.parametrize("source, destination, side", [
    ({"Name": "elsewhere", "Type": "Action"}, ACTION, "Source"), (ACTION, {"Name": "act", "Type": "Artifact"}, "Destination")])
def test_an_end_that_the_step_did_not_make(sagemaker, source, destination, side):
    """[S] the service resolves a name and type pair only against the step's own entities, "and fails the execution otherwise"."""
    execution = launch(sagemaker, lineage(source, destination))
    found = row(sagemaker, execution, "S")
    assert (found["StepStatus"], found["Metadata"], status(sagemaker, execution)) == ("Failed", {}, "Failed")
    assert found["FailureReason"].startswith(f"ClientError: The {side} of an association is ")
