"""Pipeline definitions in a few words, as a user would write them by hand."""

import json

ROLE = "arn:aws:iam::123456789012:role/SageMakerRole"
BUCKET = "s3://example-bucket"


def definition(*steps, parameters=(), **members):
    """The text of a definition; keyword arguments are further top-level members."""
    return json.dumps({"Version": "2020-12-01", "Metadata": {}, "Parameters": list(parameters), **members,
                       "Steps": list(steps)})


def parameter(name, kind="String", default=None, enum=None):
    found = {"Name": name, "Type": kind}
    if default is not None:
        found["DefaultValue"] = default
    if enum is not None:
        found["EnumValues"] = list(enum)
    return found


# Expressions ---------------------------------------------------------------------------------------------------

def get(path):
    return {"Get": path}


def join(on, *values):
    return {"Std:Join": {"On": on, "Values": list(values)}}


def json_get(step, property_file, path):
    return {"Std:JsonGet": {"PropertyFile": get(f"Steps.{step}.PropertyFiles.{property_file}"), "Path": path}}


def json_get_uri(uri, path):
    return {"Std:JsonGet": {"S3Uri": uri, "Path": path}}


def compare(kind, left, right):
    """A condition of two sides: compare("Equals", 1, get("Parameters.N"))."""
    return {"Type": kind, "LeftValue": left, "RightValue": right}


ALWAYS = compare("Equals", 1, 1)
NEVER = compare("Equals", 1, 2)


# Steps ---------------------------------------------------------------------------------------------------------

def step(kind, name, arguments, depends_on=None, **keys):
    made = {"Name": name, "Type": kind, "Arguments": arguments, **keys}
    if depends_on is not None:
        made["DependsOn"] = list(depends_on)
    return made


def training(name, depends_on=None, arguments=None, **keys):
    """A training job; `arguments` replaces top-level members of the request."""
    return step("Training", name, {
        "AlgorithmSpecification": {"TrainingImage": "img:1", "TrainingInputMode": "File"},
        "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/models"},
        "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30},
        "RoleArn": ROLE,
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
        **(arguments or {}),
    }, depends_on, **keys)


def processing(name, outputs=("out",), property_files=None, depends_on=None, arguments=None, **keys):
    """A processing job with an output for each name, at <bucket>/<step>/<output>.

    `property_files` maps a property file's name to (output, path in it).
    """
    if property_files:
        keys["PropertyFiles"] = [{"PropertyFileName": file, "OutputName": output, "FilePath": path}
                                 for file, (output, path) in property_files.items()]
    return step("Processing", name, {
        "AppSpecification": {"ImageUri": "img:1", "ContainerEntrypoint": ["python3", "run.py"]},
        "ProcessingResources": {
            "ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}},
        "ProcessingInputs": [{"InputName": "in", "S3Input": {
            "S3Uri": f"{BUCKET}/in", "LocalPath": "/opt/ml/processing/in", "S3DataType": "S3Prefix", "S3InputMode": "File"}}],
        "ProcessingOutputConfig": {"Outputs": [
            {"OutputName": output, "S3Output": {
                "S3Uri": f"{BUCKET}/{name}/{output}", "LocalPath": f"/opt/ml/processing/{output}",
                "S3UploadMode": "EndOfJob"}} for output in outputs]},
        "RoleArn": ROLE,
        **(arguments or {}),
    }, depends_on, **keys)


def transform(name, model_name="model", depends_on=None, **keys):
    return step("Transform", name, {
        "ModelName": model_name,
        "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"{BUCKET}/batch"}}},
        "TransformOutput": {"S3OutputPath": f"{BUCKET}/transformed"},
        "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge"},
    }, depends_on, **keys)


def model(name, data=f"{BUCKET}/model.tar.gz", depends_on=None, **keys):
    return step("Model", name, {
        "ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": "img:1", "ModelDataUrl": data, "Environment": {}},
    }, depends_on, **keys)


def register_model(name, group="group", data=f"{BUCKET}/model.tar.gz", depends_on=None, **keys):
    return step("RegisterModel", name, {
        "ModelPackageGroupName": group,
        "InferenceSpecification": {
            "Containers": [{"Image": "img:1", "ModelDataUrl": data}],
            "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"],
            "SupportedRealtimeInferenceInstanceTypes": ["ml.m5.xlarge"],
            "SupportedTransformInstanceTypes": ["ml.m5.xlarge"],
        },
        "ModelApprovalStatus": "PendingManualApproval",
        "SkipModelValidation": "None",
    }, depends_on, **keys)


def outputs_of(declared):
    return [{"OutputName": name, "OutputType": kind} for name, kind in declared.items()]


def callback(name, outputs=None, arguments=None, depends_on=None, queue="https://sqs.us-east-1.amazonaws.com/1/q", **keys):
    """A callback step; `outputs` maps a name to String, Integer, Float or Boolean."""
    return step("Callback", name, arguments or {}, depends_on, SqsQueueUrl=queue,
                OutputParameters=outputs_of(outputs or {}), **keys)


def function(name, outputs=None, arguments=None, depends_on=None, **keys):
    """A Lambda step: the plainest step there is."""
    return step("Lambda", name, arguments or {}, depends_on,
                FunctionArn="arn:aws:lambda:us-east-1:123456789012:function:f",
                OutputParameters=outputs_of(outputs or {}), **keys)


def fail(name, message=None, depends_on=None, **keys):
    return step("Fail", name, {} if message is None else {"ErrorMessage": message}, depends_on, **keys)


def condition(name, conditions=(ALWAYS,), then=(), otherwise=(), depends_on=None, **keys):
    return step("Condition", name, {"Conditions": list(conditions), "IfSteps": list(then), "ElseSteps": list(otherwise)},
                depends_on, **keys)
