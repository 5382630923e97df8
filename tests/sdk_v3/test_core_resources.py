"""The resource classes of sagemaker-core (SDK v3), which its evaluate module is built on."""

import pytest

from support.definitions import ROLE


@pytest.fixture
def resources():
    """Imported late: the SDK reads the environment when it is imported."""
    from sagemaker.core import resources
    return resources


def test_get_and_list(abalone, resources, boto_session):
    """Pipeline.get, PipelineExecution.get and get_all_steps parse every member that the server sends."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    execution = pipeline.start()
    found = resources.Pipeline.get(pipeline_name="abalone", session=boto_session, region="us-east-1")
    assert found.pipeline_status == "Active"
    run = resources.PipelineExecution.get(pipeline_execution_arn=execution.arn, session=boto_session, region="us-east-1")
    assert run.pipeline_execution_status == "Succeeded"
    steps = list(run.get_all_steps(session=boto_session, region="us-east-1"))
    assert len(steps) == 7
    assert {step.step_status for step in steps} == {"Succeeded"}
    run.wait_for_status("Succeeded", poll=1, timeout=30)
