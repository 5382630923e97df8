"""The jobs that a run made, as SDK v2 reads them."""

import pytest
from sagemaker.transformer import Transformer
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.steps import TransformStep

from support.definitions import ROLE


@pytest.fixture
def made(abalone):
    """made(step) -> the name of the job (model, package) that the step of a run of the abalone pipeline made."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    arns = {row["StepName"]: next(iter(row["Metadata"].values())).get("Arn") for row in pipeline.start().list_steps()}
    return lambda step: arns[step].rsplit("/", 1)[1]


@pytest.fixture
def plain(boto_session):
    """A session that calls at once, instead of keeping arguments for steps."""
    import sagemaker
    return sagemaker.Session(boto_session=boto_session, default_bucket="example-bucket")


def test_describe_jobs(made, plain):
    """The session's own describe calls."""
    assert plain.describe_training_job(made("AbaloneTrain"))["TrainingJobStatus"] == "Completed"
    assert plain.describe_processing_job(made("AbaloneEval"))["ProcessingJobStatus"] == "Completed"
    assert plain.describe_transform_job(made("AbaloneTransform"))["TransformJobStatus"] == "Completed"


def test_attach_to_a_training_job(made, plain):
    """Estimator.attach builds an estimator from DescribeTrainingJob (and ListTags)."""
    from sagemaker.estimator import Estimator
    estimator = Estimator.attach(made("AbaloneTrain"), sagemaker_session=plain)
    assert estimator.model_data.endswith("/output/model.tar.gz")
    assert estimator.hyperparameters()["num_round"] == "50"


def test_processing_job_from_its_name(made, plain):
    """ProcessingJob.from_processing_name reads inputs and outputs."""
    from sagemaker.processing import ProcessingJob
    job = ProcessingJob.from_processing_name(plain, made("AbaloneProcess"))
    assert [output.output_name for output in job.outputs] == ["train", "validation", "test"]


def test_a_transform_step_with_a_literal_model(made, session):
    """Building such a step, the SDK asks for the model's image; an unknown model makes it fail."""
    def step(model):
        transformer = Transformer(model_name=model, instance_count=1, instance_type="ml.m5.xlarge",
                                  output_path="s3://example-bucket/out", sagemaker_session=session)
        return TransformStep("Again", step_args=transformer.transform(data="s3://example-bucket/batch"))

    model = made("AbaloneCreateModel-CreateModel")
    pipeline = Pipeline("again", steps=[step(model)], sagemaker_session=session)
    pipeline.upsert(role_arn=ROLE)
    [row] = pipeline.start().list_steps()
    assert row["StepStatus"] == "Succeeded"
    with pytest.raises(ValueError, match="Failed to fetch model information"):
        step("no-such-model").arguments  # noqa: B018
