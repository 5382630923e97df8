"""ForEach and Cleanup as the classes of SDK v3 build them, from definition to listed iterations."""

import json

import pytest

from support.definitions import ROLE

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:work"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"


@pytest.fixture
def pipeline(session):
    """A training and a score for each item, the best one used, the artifacts of another training cleaned up."""
    from sagemaker.core.lambda_helper import Lambda
    from sagemaker.core.workflow.functions import Join
    from sagemaker.core.workflow.parameters import ParameterString
    from sagemaker.mlops.workflow.cleanup_step import CleanupStep, S3CleanupSource
    from sagemaker.mlops.workflow.fail_step import FailStep
    from sagemaker.mlops.workflow.for_each_step import CurrentItem, ForEachSelector, ForEachStep, IterationOutput
    from sagemaker.mlops.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
    from sagemaker.mlops.workflow.pipeline import Pipeline
    from sagemaker.mlops.workflow.steps import TrainingStep
    from sagemaker.train import ModelTrainer
    from sagemaker.train.configs import Compute, OutputDataConfig

    def train(name, path):
        trainer = ModelTrainer(
            training_image=IMAGE, role=ROLE, sagemaker_session=session,
            compute=Compute(instance_type="ml.m5.xlarge", instance_count=1, volume_size_in_gb=30),
            output_data_config=OutputDataConfig(s3_output_path=path))
        return TrainingStep(name=name, step_args=trainer.train())

    items = ParameterString(name="Items", default_value=json.dumps([{"name": "a"}, {"name": "b"}]))
    item = CurrentItem()
    fit = train("Fit", Join(on="/", values=["s3://example-bucket", item.name]))
    score = LambdaStep(name="Score", lambda_func=Lambda(function_arn=FUNCTION, session=session),
                       inputs={"model": fit.properties.ModelArtifacts.S3ModelArtifacts, "item": item},
                       outputs=[LambdaOutput(output_name="Score", output_type=LambdaOutputTypeEnum.Float)])
    each = ForEachStep(name="Each", iterable_items=items, max_concurrency=2, for_each_body=[fit, score],
                       selector=ForEachSelector("MaxBy", IterationOutput(score).OutputParameters["Score"]))
    first = train("First", "s3://example-bucket/first")
    clean = CleanupStep(name="Clean", s3_sources=[S3CleanupSource(first)])
    show = FailStep(name="Show", depends_on=[clean], error_message=Join(on=" ", values=[
        each.properties.Status, each.properties.TotalStepCount, each.properties.Selected.OutputParameters["Score"],
        each.properties.IterationOutputs[1].Fit.OutputDataConfig.S3OutputPath]))
    return Pipeline(name="loops", parameters=[items], steps=[first, each, clean, show], sagemaker_session=session)


def test_iterations_and_cleanup(pipeline):
    """The SDK's own expressions resolve, and its list of steps has the iterations."""
    pipeline.upsert(role_arn=ROLE)
    execution = pipeline.start()
    found = {step["StepName"]: step for step in execution.list_steps()}
    assert {name: step["StepStatus"] for name, step in found.items()} == {
        **dict.fromkeys(["First", "Each", "Fit-0", "Fit-1", "Score-0", "Score-1", "Clean"], "Succeeded"), "Show": "Failed"}
    assert found["Show"]["FailureReason"] == "Succeeded 4 0.0 s3://example-bucket/b"
    assert found["Score-1"]["IterationContext"] == {"ParentStepName": "Each", "Index": 1, "Item": '{"name":"b"}'}
    assert found["Each"]["Metadata"]["ForEach"]["Selector"] == {"StepName": "Score", "Index": 0}
    assert found["Clean"]["Metadata"]["Cleanup"] == {"CleanedSteps": ["First"], "FailedSteps": [], "SkippedSteps": []}
