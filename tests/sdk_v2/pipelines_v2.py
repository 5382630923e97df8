"""Pipelines as a user of SDK v2 writes them; the abalone one follows AWS's sample notebook."""

from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.lambda_helper import Lambda
from sagemaker.model import Model
from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
from sagemaker.transformer import Transformer
from sagemaker.workflow.callback_step import CallbackOutput, CallbackOutputTypeEnum, CallbackStep
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThan, ConditionLessThanOrEqualTo
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.lambda_step import LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.steps import CacheConfig, ProcessingStep, TrainingStep, TransformStep

from support.definitions import ROLE

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:notify"
QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/approvals"


def script(directory, name):
    path = directory / name
    path.write_text(f"print('{name}')\n")
    return str(path)


def abalone_pipeline(session, directory, threshold):
    count = ParameterInteger("ProcessingInstanceCount", default_value=1)
    instance = ParameterString("InstanceType", default_value="ml.m5.xlarge")
    data = ParameterString("InputData", default_value="s3://example-bucket/abalone.csv")
    approval = ParameterString("ModelApprovalStatus", default_value="PendingManualApproval",
                               enum_values=["PendingManualApproval", "Approved"])
    limit = ParameterFloat("MseThreshold", default_value=threshold)
    cache = CacheConfig(enable_caching=True, expire_after="PT1H")

    processor = ScriptProcessor(image_uri="img:1", command=["python3"], role=ROLE, instance_count=count,
                                instance_type=instance, sagemaker_session=session)
    process = ProcessingStep("AbaloneProcess", step_args=processor.run(
        code=script(directory, "preprocess.py"),
        inputs=[ProcessingInput(source=data, destination="/opt/ml/processing/input")],
        outputs=[ProcessingOutput(output_name=name, source=f"/opt/ml/processing/{name}") for name in ("train", "validation", "test")],
    ), cache_config=cache)

    def output(name):
        return process.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri

    estimator = Estimator(image_uri="xgb:1", role=ROLE, instance_count=1, instance_type=instance,
                          output_path="s3://example-bucket/models", sagemaker_session=session,
                          hyperparameters={"objective": "reg:linear", "num_round": 50})
    train = TrainingStep("AbaloneTrain", step_args=estimator.fit(inputs={
        name: TrainingInput(s3_data=output(name), content_type="text/csv") for name in ("train", "validation")}), cache_config=cache)
    artifacts = train.properties.ModelArtifacts.S3ModelArtifacts

    report = PropertyFile(name="EvaluationReport", output_name="evaluation", path="evaluation.json")
    evaluate = ProcessingStep("AbaloneEval", step_args=processor.run(
        code=script(directory, "evaluate.py"),
        inputs=[ProcessingInput(source=artifacts, destination="/opt/ml/processing/model"),
                ProcessingInput(source=output("test"), destination="/opt/ml/processing/test")],
        outputs=[ProcessingOutput(output_name="evaluation", source="/opt/ml/processing/evaluation")],
    ), property_files=[report])

    model = Model(image_uri="xgb:1", model_data=artifacts, role=ROLE, sagemaker_session=session)
    create = ModelStep("AbaloneCreateModel", step_args=model.create(instance_type="ml.m5.large"))
    register = ModelStep("AbaloneRegisterModel", step_args=model.register(
        content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.xlarge"],
        transform_instances=["ml.m5.xlarge"], model_package_group_name="abalone", approval_status=approval))
    transformer = Transformer(model_name=create.properties.ModelName, instance_count=1, instance_type="ml.m5.xlarge",
                              output_path="s3://example-bucket/transformed", sagemaker_session=session)
    transform = TransformStep("AbaloneTransform", step_args=transformer.transform(data="s3://example-bucket/batch"))
    refuse = FailStep("AbaloneMSEFail", error_message=Join(on=" ", values=["Execution failed due to MSE >", limit]))
    check = ConditionStep(
        "AbaloneMSECond",
        conditions=[ConditionLessThanOrEqualTo(
            left=JsonGet(step_name=evaluate.name, property_file=report, json_path="regression_metrics.mse.value"), right=limit)],
        if_steps=[register, create, transform], else_steps=[refuse])
    return Pipeline("abalone", parameters=[count, instance, data, approval, limit], steps=[process, train, evaluate, check],
                    sagemaker_session=session)


def callback_pipeline(session):
    """A person approves with a score; above 5 somebody is told."""
    score = CallbackOutput("score", CallbackOutputTypeEnum.Integer)
    approve = CallbackStep("Approve", sqs_queue_url=QUEUE, inputs={"what": "model"}, outputs=[score])
    notify = LambdaStep("Notify", lambda_func=Lambda(function_arn=FUNCTION, session=session), inputs={"score": approve.properties.Outputs["score"]})
    check = ConditionStep("Check", conditions=[ConditionGreaterThan(left=approve.properties.Outputs["score"], right=5)],
                          if_steps=[notify], else_steps=[])
    return Pipeline("approval", steps=[approve, check], sagemaker_session=session)


def large_pipeline(session):
    """Over 102,400 bytes, so that the SDK uploads the definition."""
    steps = [LambdaStep(f"Step{number:03}", lambda_func=Lambda(function_arn=FUNCTION, session=session), inputs={"pad": "x" * 1000})
             for number in range(100)]
    return Pipeline("large", steps=steps, sagemaker_session=session)
