"""What later work completes is refused loudly and by name until then: never half-done, never ignored."""

import pytest

from support.definitions import ALWAYS, condition, function, get, step, training
from support.runs import create, launch, message, refused

FOR_EACH = step("ForEach", "Each", {"IterableItems": ["a", "b"], "MaxConcurrency": 2, "ForEachBody": [
    function("Body", arguments={"item": get("ForEach.CurrentItem")})]})
CLEANUP = step("Cleanup", "Clean", {"Resources": {"S3": [{"StepName": "T"}]}}, ["T"])


@pytest.mark.parametrize("made, name", [(FOR_EACH, "ForEach"), (CLEANUP, "Cleanup")])
@pytest.mark.parametrize("nested", [False, True])
def test_step_types(sagemaker, made, name, nested):
    """Known to AWS, not emulated: create says which type, also within a branch."""
    made = condition("C", [ALWAYS], [made]) if nested else made
    with refused("ValidationException", name) as caught:
        create(sagemaker, training("T"), made)
    assert "not yet" in message(caught).lower() or "not emulated" in message(caught).lower() or "not supported" in message(caught).lower()


def test_a_trigger_that_does_not_exist(sagemaker):
    """A mistake in a trigger is a mistake, now and later."""
    with refused("ValidationException", "Sometimes"):
        create(sagemaker, training("T"), function("Notify", depends_on=[{"Step": "T", "Trigger": "Sometimes"}]))


@pytest.mark.parametrize("call, operation", [
    (lambda client, arn: client.create_training_job(
        TrainingJobName="x", RoleArn="arn:aws:iam::123456789012:role/R", OutputDataConfig={"S3OutputPath": "s3://b"}),
     "CreateTrainingJob"),
])
def test_operations(sagemaker, call, operation):
    """A real SageMaker operation that is not emulated: named, and said to exist."""
    arn = launch(sagemaker, function("A"))
    with refused("UnknownOperationException", operation) as caught:
        call(sagemaker, arn)
    assert "emulated" in message(caught)
