"""The SageMaker Python SDK v3 against the real program."""

import types

import pytest

pytest.register_assert_rewrite("support.sdk_plugin", "support.sdk_suite")

from support import sdk_plugin  # noqa: E402  (behind the line above, so that its asserts explain themselves)

sdk_plugin.prepare()
pytest_plugins = ["support.plugin", "support.sdk_plugin"]


@pytest.fixture
def sdk():
    """What the suite needs of this SDK."""
    import pipelines_v3
    from sagemaker.mlops.workflow.parallelism_config import ParallelismConfiguration
    from sagemaker.mlops.workflow.selective_execution_config import SelectiveExecutionConfig

    return types.SimpleNamespace(
        GOOD_STEPS=["AbaloneProcess", "AbaloneTrain", "AbaloneEval", "AbaloneMSECond", "AbaloneRegisterModel",
                    "AbaloneCreateModel", "AbaloneTransform"],
        ParallelismConfiguration=ParallelismConfiguration, SelectiveExecutionConfig=SelectiveExecutionConfig,
        callback_pipeline=pipelines_v3.callback_pipeline, large_pipeline=pipelines_v3.large_pipeline)


@pytest.fixture
def session(boto_session):
    from sagemaker.core.workflow.pipeline_context import PipelineSession
    return PipelineSession(boto_session=boto_session, default_bucket=sdk_plugin.BUCKET)


@pytest.fixture
def abalone(session, tmp_path):
    """abalone(threshold=...) builds the pipeline anew, with local scripts that the SDK uploads."""
    import pipelines_v3
    return lambda threshold=6.0: pipelines_v3.abalone_pipeline(session, tmp_path, threshold)
