"""The jobs that a run made, as the resource classes of sagemaker-core (SDK v3) read them."""

import pytest

from support.definitions import ROLE


@pytest.fixture
def resources():
    """Imported late: the SDK reads the environment when it is imported."""
    from sagemaker.core import resources
    return resources


@pytest.fixture
def made(abalone):
    """made(step) -> the ARN of the job (model, package) that the step of a run of the abalone pipeline made."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    arns = {row["StepName"]: next(iter(row["Metadata"].values())).get("Arn") for row in pipeline.start().list_steps()}
    return lambda step: arns[step]


def last(arn):
    return arn.rsplit("/", 1)[1]


def test_get(made, resources, boto_session):
    """Each class's get parses every member that the server sends."""
    def get(name, **key):
        return getattr(resources, name).get(**key, session=boto_session, region="us-east-1")

    job = get("TrainingJob", training_job_name=last(made("AbaloneTrain")))
    assert (job.training_job_status, job.model_artifacts.s3_model_artifacts.rsplit("/", 1)[1]) == ("Completed", "model.tar.gz")
    assert get("ProcessingJob", processing_job_name=last(made("AbaloneEval"))).processing_job_status == "Completed"
    assert get("TransformJob", transform_job_name=last(made("AbaloneTransform"))).transform_job_status == "Completed"
    assert get("Model", model_name=last(made("AbaloneCreateModel"))).model_arn == made("AbaloneCreateModel")
    package = get("ModelPackage", model_package_name=made("AbaloneRegisterModel"))
    assert (package.model_package_group_name, package.model_package_version) == ("abalone", 1)
    assert get("ModelPackageGroup", model_package_group_name="abalone").model_package_group_status == "Completed"


def test_wait(made, resources, boto_session):
    """wait() of a job that is over returns."""
    job = resources.TrainingJob.get(training_job_name=last(made("AbaloneTrain")), session=boto_session, region="us-east-1")
    job.wait(poll=1, timeout=30, logs=False)


def test_get_all(made, resources, boto_session):
    """get_all lists, and describes what it lists."""
    made("AbaloneTrain")
    jobs = list(resources.TrainingJob.get_all(session=boto_session, region="us-east-1"))
    assert [job.training_job_status for job in jobs] == ["Completed"]
    assert len(list(resources.ProcessingJob.get_all(session=boto_session, region="us-east-1"))) == 2
    assert [group.model_package_group_name for group in
            resources.ModelPackageGroup.get_all(session=boto_session, region="us-east-1")] == ["abalone"]
