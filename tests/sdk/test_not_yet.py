"""What later work completes is refused loudly and by name until then: never half-done, never ignored."""

import pytest

from support.definitions import function, training
from support.runs import create, launch, message, refused

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
