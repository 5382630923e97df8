"""Faults in definitions: refused at create and at update, located, with AWS's texts where they are known."""

import copy
import json

import pytest

from support.definitions import (ALWAYS, ROLE, callback, compare, condition, definition, fail, function, get, join, json_get,
                                 parameter, processing, register_model, step, training)
from support.runs import create, message, refused

PREFIX = "Unable to parse pipeline definition."


def changed(made, **arguments):
    """A step with other Arguments; None removes a member."""
    made = copy.deepcopy(made)
    for name, value in arguments.items():
        if value is None:
            made["Arguments"].pop(name, None)
        else:
            made["Arguments"][name] = value
    return made


def refusal(client, text):
    with refused("ValidationException") as caught:
        create(client, text=text if isinstance(text, str) else json.dumps(text))
    return message(caught)


# AWS's own texts -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("text, expected", [
    # [U] gh-3908, gh-2345
    ("[]", f"{PREFIX} Expecting start of Json Object."),
    ('"text"', f"{PREFIX} Expecting start of Json Object."),
    ("5", f"{PREFIX} Expecting start of Json Object."),
    (json.dumps({"Version": "2020-12-01", "Steps": {}}), f"{PREFIX} Expecting start of Json Array."),
    (json.dumps({"Version": "2020-12-01", "Parameters": {}, "Steps": []}), f"{PREFIX} Expecting start of Json Array."),
    # [U] gh-3472, gh-4994
    (definition(changed(register_model("R"), ModelPackageName="m")), f"{PREFIX} Unknown Argument member 'ModelPackageName'."),
    (definition(step("Model", "M", {"ExecutionRoleArn": ROLE, "PrimaryContainer": {
        "Image": "i", "AdditionalModelDataSourcez": []}})), f"{PREFIX} Unknown Argument member 'AdditionalModelDataSourcez'"),
    # [U]: the enum's values are those of the model, in its order
    (definition(changed(processing("P"), ProcessingInputs=[{"InputName": "in", "S3Input": {
        "S3Uri": "s3://b/k", "LocalPath": "/opt/ml/processing/in", "S3DataType": "S3Prefix", "S3InputMode": "FastFile"}}])),
     f"{PREFIX} Model Validation failed: Value 'FastFile' for 'ProcessingS3InputMode' failed to satisfy enum value set: [Pipe, File]"),
    # [T] test_fail_steps.py
    (definition(fail("FailStep"), condition("CondStep", depends_on=["FailStep"])), "CondStep can not depends on FailStep"),
])
def test_known_texts(sagemaker, text, expected):
    """Texts that users and AWS's own tests have recorded (docs/compatibility.md, "Definition")."""
    assert expected in refusal(sagemaker, text)


def test_update_checks_the_same(sagemaker):
    """A definition is checked whole at update too."""
    name = create(sagemaker, function("A"))
    with refused("ValidationException", f"{PREFIX} Expecting start of Json Object."):
        sagemaker.update_pipeline(PipelineName=name, PipelineDefinition="[]")


# Not JSON ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("text, place", [
    ("{", "1"), ('{"Steps": [}', "1"), ('{"Steps": []', "1"), ("{'Steps': []}", "1"), ('{"Steps": [],}', "1"),
    ('{"Version": "2020-12-01",\n "Steps": [nope]}', "2"), ('{"Steps": []} {}', "1"), ('{"a": "\\x"}', "1"), ("{\"a\": \"\t\"}", "1"),
    ('{"a": 01}', "1"), ('{"a": NaN, "Steps": []}', "1"),
])
def test_not_json(sagemaker, text, place):
    """[D] the service names the character; we say line and column."""
    found = refusal(sagemaker, text)
    assert found.startswith(PREFIX)
    assert place in found and "column" in found.lower()


@pytest.mark.parametrize("text, pointer", [
    ('{"Steps": [], "Steps": []}', "/Steps"),
    ('{"Steps": [{"Name": "A", "Type": "Fail", "Type": "Fail", "Arguments": {}}]}', "/Steps/0/Type"),
    ('{"Steps": [{"Name": "A", "Type": "Fail", "Arguments": {"ErrorMessage": "a", "ErrorMessage": "b"}}]}',
     "/Steps/0/Arguments/ErrorMessage"),
])
def test_duplicate_keys(sagemaker, text, pointer):
    """A decision: refused with the pointer, where other parsers silently take one of the two."""
    assert pointer in refusal(sagemaker, text)


# Shape ---------------------------------------------------------------------------------------------------------

def without(made, key):
    return {name: value for name, value in made.items() if name != key}


@pytest.mark.parametrize("text, fragments", [
    ({}, ["Steps"]),
    ({"Stages": []}, ["Steps"]),
    ({"Version": "2019-01-01", "Steps": []}, ["/Version", "2020-12-01"]),
    ({"Version": "2020-12-01", "Steps": ["A"]}, ["/Steps/0"]),
    ({"Version": "2020-12-01", "Steps": [without(function("A"), "Name")]}, ["/Steps/0", "Name"]),
    ({"Version": "2020-12-01", "Steps": [without(function("A"), "Type")]}, ["/Steps/0", "Type"]),
    ({"Version": "2020-12-01", "Steps": [{**function("A"), "Name": 5}]}, ["/Steps/0/Name"]),
    ({"Version": "2020-12-01", "Steps": [{**function("A"), "Name": "a b"}]}, ["/Steps/0/Name"]),
    ({"Version": "2020-12-01", "Steps": [{**function("A"), "Name": "x" * 65}]}, ["/Steps/0/Name"]),
    ({"Version": "2020-12-01", "Steps": [{**function("A"), "DependsOn": "B"}]}, ["/Steps/0/DependsOn"]),
    ({"Version": "2020-12-01", "Steps": [{**function("A"), "Arguments": []}]}, ["/Steps/0/Arguments"]),
    ({"Version": "2020-12-01", "Steps": [without(function("A"), "FunctionArn")]}, ["/Steps/0", "FunctionArn"]),
    ({"Version": "2020-12-01", "Steps": [without(callback("A"), "SqsQueueUrl")]}, ["/Steps/0", "SqsQueueUrl"]),
    ({"Version": "2020-12-01", "Steps": [{**function("A"), "OutputParameters": [{"OutputName": "o", "OutputType": "Number"}]}]},
     ["OutputType", "Number"]),
    # parameters
    ({"Parameters": [{"Type": "String"}], "Steps": []}, ["/Parameters/0", "Name"]),
    ({"Parameters": [parameter("P", "Number")], "Steps": []}, ["/Parameters/0/Type", "Number"]),
    ({"Parameters": [parameter("P", "Integer", "five")], "Steps": []}, ["/Parameters/0/DefaultValue"]),
    ({"Parameters": [parameter("P", "Integer", 1.5)], "Steps": []}, ["/Parameters/0/DefaultValue"]),
    ({"Parameters": [parameter("P", "Boolean", 1)], "Steps": []}, ["/Parameters/0/DefaultValue"]),
    ({"Parameters": [parameter("P", "String", 5)], "Steps": []}, ["/Parameters/0/DefaultValue"]),
    ({"Parameters": [parameter("P", "String", "z", ["a", "b"])], "Steps": []}, ["/Parameters/0/DefaultValue"]),
    ({"Parameters": [parameter("P"), parameter("P")], "Steps": []}, ["/Parameters/1", "P"]),
    # seen in public definitions that AWS refuses
    ({"Steps": [step("Condition", "C", {"Conditions": [compare("ConditionLessThanOrEqualTo", 1, 2)], "IfSteps": [], "ElseSteps": []})]},
     ["ConditionLessThanOrEqualTo"]),
    ({"Steps": [changed(processing("P"), ProcessingOutputs=[])]}, ["ProcessingOutputs"]),
    ({"Steps": [changed(processing("P"), PropertyFiles=[])]}, ["PropertyFiles"]),
])
def test_wrong_shape(sagemaker, text, fragments):
    """Every fault is located: the JSON pointer of the place, and what is wrong there."""
    found = refusal(sagemaker, text)
    for fragment in fragments:
        assert fragment in found


@pytest.mark.parametrize("arguments, fragment", [
    ({"Unknown": 1}, "Unknown Argument member 'Unknown'"),
    ({"ResourceConfig": {"InstanceCount": 1, "InstanceTypo": "ml.m5.large"}}, "Unknown Argument member 'InstanceTypo'"),  # any depth
    ({"InputDataConfig": [{"ChannelName": "a", "Datasource": {}}]}, "Unknown Argument member 'Datasource'"),
    ({"ResourceConfig": []}, "/Steps/0/Arguments/ResourceConfig"),
    ({"ResourceConfig": {"InstanceCount": "two"}}, "/Steps/0/Arguments/ResourceConfig/InstanceCount"),
    ({"ResourceConfig": {"InstanceCount": 18446744073709551616}}, "/Steps/0/Arguments/ResourceConfig/InstanceCount"),
    ({"HyperParameters": {"a": ["b"]}}, "/Steps/0/Arguments/HyperParameters/a"),
    ({"InputDataConfig": [{"ChannelName": f"c{n}"} for n in range(21)]}, "InputDataConfig"),  # list sizes
    ({"AlgorithmSpecification": {"TrainingImage": "i", "TrainingInputMode": "Slow"}}, "Value 'Slow'"),
    ({"ResourceConfig": {"InstanceCount": 1, "InstanceType": "huge"}}, "'huge'"),
])
def test_arguments_against_the_api(sagemaker, arguments, fragment):
    """A decision: unknown members, JSON kind, list sizes and enums, at any depth, against CreateTrainingJob."""
    assert fragment in refusal(sagemaker, definition(training("T", arguments=arguments)))


@pytest.mark.parametrize("arguments", [
    {"RoleArn": None},                                                     # required members are not checked
    {"RoleArn": "short"},                                                  # nor lengths and patterns
    {"ResourceConfig": {"InstanceCount": get("Parameters.N"), "InstanceType": "ml.m5.large"}},  # an expression fits anywhere
    {"ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.x99.24xlarge"}},  # looks like one: AWS adds some every month
    {"HyperParameters": {"a": join("", 1, 2)}},
])
def test_arguments_that_are_accepted(sagemaker, arguments):
    """What definitions that AWS accepted do contain."""
    create(sagemaker, changed(training("T"), **arguments), parameters=[parameter("N", "Integer", 1)])


def test_an_integer_cannot_be_a_string(sagemaker):
    """[U] "Cannot assign property reference ... to argument of type String" for an Integer parameter in a string map."""
    text = definition(changed(processing("P"), Environment={"N": get("Parameters.N")}), parameters=[parameter("N", "Integer", 1)])
    found = refusal(sagemaker, text)
    assert "Cannot assign property reference" in found and "to argument of type String" in found


# References ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("expression, fragment", [
    (get("Parameters.Nope"), "Parameters.Nope"),
    (get("Steps.Nope.TrainingJobName"), "Steps.Nope"),
    (get("Steps.T.NoSuchMember"), "Steps.T.NoSuchMember"),
    (get("Steps.T.ModelArtifacts.NoSuchMember"), "NoSuchMember"),
    (get("Steps.T.ModelArtifacts[0]"), "ModelArtifacts[0]"),
    (get("Steps.T"), "Steps.T"),
    (get("Steps.L.OutputParameters['nope']"), "nope"),
    (get("Steps.C.Outcomes"), "Outcomes"),
    (get("Execution.Nope"), "Execution.Nope"),
    (get("PipelineExperimentConfig.Nope"), "Nope"),
    (get("Nonsense"), "Nonsense"),
    (get(5), "/Get"),
    ({"Std:Join": {"On": "/"}}, "Values"),
    ({"Std:Join": {"On": 5, "Values": []}}, "On"),
    ({"Std:Join": {"On": "", "Values": ["a", {"b": 1}]}}, "/Values/1"),
    ({"Std:JsonGet": {"Path": "a"}}, "Std:JsonGet"),
    ({"Std:JsonGet": {"Step": "P", "PropertyFile": "Report", "Path": "a"}}, "Std:JsonGet"),  # a public variant that AWS refuses
    (json_get("Nope", "Report", "a"), "Steps.Nope"),
    (json_get("P", "Nope", "a"), "Nope"),
    ({"Std:Base64": "x"}, "Std:Base64"),
])
@pytest.mark.parametrize("place", ["argument", "message", "condition"])
def test_bad_expressions(sagemaker, expression, fragment, place):
    """A reference that cannot resolve is found at create, wherever it stands."""
    around = [training("T"), function("L", {"o": "String"}), condition("C"),
              processing("P", ["out"], {"Report": ("out", "report.json")})]
    where = {"argument": function("Use", arguments={"deep": [{"x": expression}]}), "message": fail("Use", join("", "a", expression)),
             "condition": condition("Use", [compare("Equals", expression, 1)])}[place]
    assert fragment in refusal(sagemaker, definition(*around, where))


def test_a_reference_to_oneself(sagemaker):
    """A step cannot read its own outputs: that is the smallest cycle."""
    assert "A" in refusal(sagemaker, definition(function("A", {"o": "String"}, {"x": get("Steps.A.OutputParameters['o']")})))


def test_unknown_functions_are_refused_with_those_known(sagemaker):
    """A decision: by name, with the list of those known (SDK 3.30's IfExpression is recorded nowhere)."""
    found = refusal(sagemaker, definition(function("A", arguments={"x": {"Std:If": []}})))
    for text in ("Std:If", "Std:Join", "Std:JsonGet"):
        assert text in found


def test_unknown_step_types_are_refused_with_those_known(sagemaker):
    """A decision: by name, with the list of those known."""
    found = refusal(sagemaker, definition(step("InferenceRecommender", "A", {})))
    for text in ("InferenceRecommender", "Training", "Condition", "QualityCheck"):
        assert text in found


# The graph -----------------------------------------------------------------------------------------------------

def test_unknown_dependency(sagemaker):
    """DependsOn of a name that no step has."""
    assert "Nope" in refusal(sagemaker, definition(function("A", depends_on=["Nope"])))


@pytest.mark.parametrize("steps", [
    [function("A"), function("A")],
    [function("A"), condition("C", [ALWAYS], [function("A")])],
    [condition("C", [ALWAYS], [function("A")], [function("A")])],
    [condition("A", [ALWAYS], [function("A")])],
])
def test_duplicate_names(sagemaker, steps):
    """[D] a step may stand once: not twice in the list, not in the list and a branch, not in both branches."""
    assert "'A'" in refusal(sagemaker, definition(*steps)) or "A" in refusal(sagemaker, definition(*steps))


@pytest.mark.parametrize("steps, members", [
    ([function("A", depends_on=["A"])], "A"),
    ([function("A", depends_on=["B"]), function("B", depends_on=["A"])], "AB"),
    ([function("A", {"o": "String"}, depends_on=["C"]), function("B", arguments={"x": get("Steps.A.OutputParameters['o']")}),
      function("C", depends_on=["B"])], "ABC"),
    ([condition("A", [ALWAYS], [function("B")], depends_on=["B"])], "AB"),  # waits for a step of its own branch
])
def test_cycles(sagemaker, steps, members):
    """[D] a cycle is refused; ours names the steps along it."""
    found = refusal(sagemaker, definition(*steps))
    assert "cycle" in found.lower()
    for name in members:
        assert name in found


# Retry policies and cache: accepted as written, refused where the guide refuses -----------------------------------

def with_retry(**policy):
    return definition(training("T", RetryPolicies=[{"ExceptionType": ["Step.THROTTLING"], **policy}]))


def test_both_limits_of_a_retry_policy(sagemaker):
    """[D] giving both MaxAttempts and ExpireAfterMin is a validation error."""
    found = refusal(sagemaker, with_retry(MaxAttempts=3, ExpireAfterMin=5))
    assert "MaxAttempts" in found and "ExpireAfterMin" in found


@pytest.mark.parametrize("policy, member", [
    ({"MaxAttempts": 21}, "MaxAttempts"), ({"ExpireAfterMin": 14401}, "ExpireAfterMin"), ({"IntervalSeconds": 43201}, "IntervalSeconds"),
    ({"ExceptionType": ["Odd.ERROR"]}, "Odd.ERROR"),
])
def test_caps_of_a_retry_policy(sagemaker, policy, member):
    """[D] the caps of the guide."""
    assert member in refusal(sagemaker, with_retry(**policy))


@pytest.mark.parametrize("policy", [{}, {"MaxAttempts": 0}, {"MaxAttempts": 20, "IntervalSeconds": 43200, "BackoffRate": 2.0},
                                    {"ExpireAfterMin": 14400}, {"ExceptionType": "Step.SERVICE_FAULT"},
                                    {"ExceptionType": ["SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"]}])
def test_accepted_retry_policies(sagemaker, policy):
    """Neither limit is five attempts; the exception type is a list in the guide and one string in the schema."""
    create(sagemaker, text=with_retry(**policy))


@pytest.mark.parametrize("duration", ["30d", "5y", "T16m", "30dT5h", "PT1H", "P30d", "p30d", "P4DT12H", "T12H", "T30m", "10d"])
def test_accepted_cache_durations(sagemaker, duration):
    """[D] the sloppy forms of the guide, and those that AWS's own tests use."""
    create(sagemaker, training("T", CacheConfig={"Enabled": True, "ExpireAfter": duration}))


@pytest.mark.parametrize("duration", ["", "P", "soon", "1 day", "PT"])
def test_refused_cache_durations(sagemaker, duration):
    """What is no duration in any of those forms."""
    assert "ExpireAfter" in refusal(sagemaker, definition(training("T", CacheConfig={"Enabled": True, "ExpireAfter": duration})))


def test_a_duration_that_is_ignored(sagemaker):
    """[D] ExpireAfter is ignored where Enabled is false."""
    create(sagemaker, training("T", CacheConfig={"Enabled": False, "ExpireAfter": "never"}))


# What the published schema would refuse and the service accepts ----------------------------------------------------

@pytest.mark.parametrize("text", [
    '{"Steps": []}',
    '{"Version": "2020-12-01", "Steps": []}',
    definition(PipelineExperimentConfig=None, MlflowConfig=None),
    definition(MlflowConfig={"MlflowResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:mlflow-tracking-server/t",
                             "MlflowExperimentName": "e"}),
    definition(parameters=[{**parameter("P", default="a", enum=["a", "b"]), "Description": "what"}]),
    definition(function("A", DisplayName="With Spaces In It")),
    definition(step("Pass", "MyPassStep", {})),  # [T] ACK's e2e test
])
def test_accepted(sagemaker, text):
    """The published schema is narrower than the service and must not be a gate (section 10, conflict 7)."""
    create(sagemaker, text=text)
