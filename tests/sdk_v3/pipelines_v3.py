"""Pipelines as a user of SDK v3 writes them: the abalone one with ModelTrainer and ModelBuilder."""

from sagemaker.core.processing import ScriptProcessor
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output
from sagemaker.core.transformer import Transformer
from sagemaker.core.workflow.conditions import ConditionGreaterThan, ConditionLessThanOrEqualTo
from sagemaker.core.workflow.functions import Join, JsonGet
from sagemaker.core.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.core.workflow.properties import PropertyFile
from sagemaker.mlops.workflow.callback_step import CallbackOutput, CallbackOutputTypeEnum, CallbackStep
from sagemaker.mlops.workflow.condition_step import ConditionStep
from sagemaker.mlops.workflow.fail_step import FailStep
from sagemaker.core.lambda_helper import Lambda
from sagemaker.mlops.workflow.lambda_step import LambdaStep
from sagemaker.mlops.workflow.model_step import ModelStep
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.steps import CacheConfig, ProcessingStep, TrainingStep, TransformStep
from sagemaker.serve.model_builder import ModelBuilder
from sagemaker.train import ModelTrainer
from sagemaker.train.configs import Compute, InputData, OutputDataConfig

from support.definitions import ROLE

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:notify"
QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/approvals"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1.7-1"


def script(directory, name):
    path = directory / name
    path.write_text(f"print('{name}')\n")
    return str(path)


def source(name, uri):
    """An input of a processing job."""
    return ProcessingInput(input_name=name, s3_input=ProcessingS3Input(
        s3_uri=uri, local_path=f"/opt/ml/processing/{name}", s3_data_type="S3Prefix", s3_input_mode="File"))


def target(name):
    """An output of a processing job."""
    return ProcessingOutput(output_name=name, s3_output=ProcessingS3Output(
        s3_uri=f"s3://example-bucket/abalone/{name}", local_path=f"/opt/ml/processing/{name}", s3_upload_mode="EndOfJob"))


def abalone_pipeline(session, directory, threshold):
    count = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    instance = ParameterString(name="TrainingInstanceType", default_value="ml.m5.xlarge")
    data = ParameterString(name="InputData", default_value="s3://example-bucket/abalone.csv")
    approval = ParameterString(name="ModelApprovalStatus", default_value="PendingManualApproval",
                               enum_values=["PendingManualApproval", "Approved", "Rejected"])
    limit = ParameterFloat(name="MseThreshold", default_value=threshold)
    cache = CacheConfig(enable_caching=True, expire_after="P30D")

    processor = ScriptProcessor(image_uri=IMAGE, command=["python3"], role=ROLE, instance_count=count,
                                instance_type="ml.m5.xlarge", sagemaker_session=session)
    process = ProcessingStep(name="AbaloneProcess", step_args=processor.run(
        code=script(directory, "preprocess.py"), inputs=[source("input", data)],
        outputs=[target("train"), target("validation"), target("test")], arguments=["--input-data", data]), cache_config=cache)

    def output(name):
        return process.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri

    trainer = ModelTrainer(
        training_image=IMAGE, role=ROLE, sagemaker_session=session, hyperparameters={"objective": "reg:linear", "num_round": "50"},
        compute=Compute(instance_type=instance, instance_count=1, volume_size_in_gb=30),
        output_data_config=OutputDataConfig(s3_output_path="s3://example-bucket/models"),
        input_data_config=[InputData(channel_name=name, data_source=output(name), content_type="text/csv")
                           for name in ("train", "validation")])
    train = TrainingStep(name="AbaloneTrain", step_args=trainer.train(), cache_config=cache)
    artifacts = train.properties.ModelArtifacts.S3ModelArtifacts

    report = PropertyFile(name="EvaluationReport", output_name="evaluation", path="evaluation.json")
    evaluate = ProcessingStep(name="AbaloneEval", step_args=processor.run(
        code=script(directory, "evaluate.py"), inputs=[source("model", artifacts), source("test", output("test"))],
        outputs=[target("evaluation")]), property_files=[report])

    builder = ModelBuilder(image_uri=IMAGE, s3_model_data_url=artifacts, role_arn=ROLE, sagemaker_session=session)
    create = ModelStep(name="AbaloneCreateModel", step_args=builder.build())
    register = ModelStep(name="AbaloneRegisterModel", step_args=builder.register(
        content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.xlarge"],
        transform_instances=["ml.m5.xlarge"], model_package_group_name="abalone", approval_status=approval))
    transformer = Transformer(model_name=create.properties.ModelName, instance_count=1, instance_type="ml.m5.xlarge",
                              output_path="s3://example-bucket/transformed", sagemaker_session=session)
    transform = TransformStep(name="AbaloneTransform", step_args=transformer.transform(data="s3://example-bucket/batch"))
    refuse = FailStep(name="AbaloneMSEFail", error_message=Join(on=" ", values=["Execution failed due to MSE >", limit]))
    check = ConditionStep(
        name="AbaloneMSECond",
        conditions=[ConditionLessThanOrEqualTo(
            left=JsonGet(step_name=evaluate.name, property_file=report, json_path="regression_metrics.mse.value"), right=limit)],
        if_steps=[register, create, transform], else_steps=[refuse])
    return Pipeline(name="abalone", parameters=[count, instance, data, approval, limit],
                    steps=[process, train, evaluate, check], sagemaker_session=session)


def callback_pipeline(session):
    """A person approves with a score; above 5 somebody is told."""
    score = CallbackOutput(output_name="score", output_type=CallbackOutputTypeEnum.Integer)
    approve = CallbackStep(name="Approve", sqs_queue_url=QUEUE, inputs={"what": "model"}, outputs=[score])
    notify = LambdaStep(name="Notify", lambda_func=Lambda(function_arn=FUNCTION, session=session),
                        inputs={"score": approve.properties.Outputs["score"]})
    check = ConditionStep(name="Check", conditions=[ConditionGreaterThan(left=approve.properties.Outputs["score"], right=5)],
                          if_steps=[notify], else_steps=[])
    return Pipeline(name="approval", steps=[approve, check], sagemaker_session=session)


def large_pipeline(session):
    """Over 102,400 bytes, so that the SDK uploads the definition."""
    steps = [LambdaStep(name=f"Step{number:03}", lambda_func=Lambda(function_arn=FUNCTION, session=session), inputs={"pad": "x" * 1000})
             for number in range(100)]
    return Pipeline(name="large", steps=steps, sagemaker_session=session)
