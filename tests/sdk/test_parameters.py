"""Pipeline parameters: what Start accepts, what it refuses, what an execution shows of them."""

import pytest

from support.definitions import fail, function, get, join, parameter
from support.runs import create, launch, message, refused, rendered, row, start


def shown(client, arn, **request):
    answer = client.list_pipeline_parameters_for_execution(PipelineExecutionArn=arn, **request)
    return {found["Name"]: found["Value"] for found in answer["PipelineParameters"]}


def test_all_parameters_are_listed_as_strings(sagemaker):
    """[O] ListPipelineParametersForExecution returns all of them, defaults included, as strings ('6.0', '50')."""
    arn = launch(sagemaker, function("A"), parameters=[
        parameter("Text", default="abc"), parameter("Whole", "Integer", 50), parameter("Real", "Float", 6.0),
        parameter("Half", "Float", 2.5), parameter("Flag", "Boolean", True), parameter("Given"),
    ], values={"Given": "g", "Whole": "7"})
    found = shown(sagemaker, arn)
    assert found.pop("Flag") in ("true", "True")
    assert found == {"Text": "abc", "Whole": "7", "Real": "6.0", "Half": "2.5", "Given": "g"}


def test_no_parameters(sagemaker):
    """A pipeline without parameters has an empty list; `start(parameters={})` sends an empty list."""
    assert shown(sagemaker, launch(sagemaker, function("A"), values={})) == {}


def test_pages_of_parameters(sagemaker):
    """The SDK's build_parameters_from_execution reads all pages."""
    arn = launch(sagemaker, function("A"), parameters=[parameter(f"P{n:02}", default=str(n)) for n in range(12)])
    pages = sagemaker.get_paginator("list_pipeline_parameters_for_execution").paginate(
        PipelineExecutionArn=arn, PaginationConfig={"PageSize": 5})
    sizes, found = [], {}
    for page in pages:
        sizes.append(len(page["PipelineParameters"]))
        found.update({one["Name"]: one["Value"] for one in page["PipelineParameters"]})
    assert sizes == [5, 5, 2]
    assert found == {f"P{n:02}": str(n) for n in range(12)}


@pytest.mark.parametrize("kind, text, expected", [
    ("String", "x", "x"),
    ("String", "5", "5"),
    ("Integer", "5", "5"),
    ("Integer", "-3", "-3"),
    ("Float", "1.25", "1.25"),
    ("Float", "3", "3.0"),
    ("Float", "6.0", "6.0"),
    ("Boolean", "True", "true"),   # Python's str(True), which the SDK sends
    ("Boolean", "False", "false"),
    ("Boolean", "true", "true"),
    ("Boolean", "false", "false"),
])
def test_values_are_strings_on_the_wire_and_typed_in_the_run(sagemaker, kind, text, expected):
    """The SDK sends str(value) for every type; a Join shows how the value was understood (recorded: 3.0 -> "3.0")."""
    assert rendered(sagemaker, join("", "", get("Parameters.P")), parameters=[parameter("P", kind)],
                    values={"P": text}) == expected


@pytest.mark.parametrize("kind, text", [
    ("Integer", "abc"), ("Integer", "1.5"), ("Integer", "1 "), ("Integer", "0x10"),
    ("Integer", "18446744073709551616"),  # 2^64
    ("Float", "abc"), ("Float", "nan"), ("Float", "inf"),
    ("Boolean", "yes"), ("Boolean", "1"), ("Boolean", "0"),
])
def test_wrong_type(sagemaker, kind, text):
    """A value that its type cannot hold is refused with the parameter's name and type."""
    name = create(sagemaker, function("A"), parameters=[parameter("Size", kind)])
    with refused("ValidationException", "Size", kind):
        start(sagemaker, name, {"Size": text})


def test_unknown_parameter(sagemaker):
    """A parameter that the definition lacks is named."""
    name = create(sagemaker, function("A"), parameters=[parameter("Known", default="x")])
    with refused("ValidationException", "Unknown"):
        start(sagemaker, name, {"Unknown": "x"})


def test_missing_parameter(sagemaker):
    """Without a default a parameter is required; all that are missing are named."""
    name = create(sagemaker, function("A"), parameters=[parameter("First"), parameter("Second"), parameter("Third", default="x")])
    with refused("ValidationException", "First", "Second") as caught:
        start(sagemaker, name)
    assert "Third" not in message(caught)


def test_parameter_given_twice(sagemaker):
    """Two values for one name: neither is guessed."""
    name = create(sagemaker, function("A"), parameters=[parameter("P")])
    with refused("ValidationException", "P"):
        sagemaker.start_pipeline_execution(
            PipelineName=name, PipelineParameters=[{"Name": "P", "Value": "1"}, {"Name": "P", "Value": "2"}])


def test_value_outside_the_enum(sagemaker):
    """EnumValues bind what Start may give; the refusal shows the value and what is allowed."""
    name = create(sagemaker, function("A"), parameters=[parameter("Status", default="Pending", enum=["Pending", "Approved"])])
    assert start(sagemaker, name, {"Status": "Approved"})
    with refused("ValidationException", "Status", "zzz", "Pending", "Approved"):
        start(sagemaker, name, {"Status": "zzz"})


def test_empty_value(sagemaker):
    """[U] AWS's text for an empty parameter value (aws/sagemaker-python-sdk issue 4016)."""
    name = create(sagemaker, function("A"), parameters=[parameter("P", default="x")])
    with refused("ValidationException", '[string "" is too short (length: 0, required minimum: 1)]'):
        start(sagemaker, name, {"P": ""})


def test_empty_default_is_accepted(sagemaker):
    """[T] AWS's own tests create parameters with the default "" (quality check steps)."""
    assert rendered(sagemaker, join("", "[", get("Parameters.P"), "]"), parameters=[parameter("P", default="")]) == "[]"


def test_a_value_of_1024_characters(sagemaker):
    """[M] the longest value on the wire."""
    name = create(sagemaker, function("A"), parameters=[parameter("P")])
    arn = start(sagemaker, name, {"P": "x" * 1024})
    assert shown(sagemaker, arn) == {"P": "x" * 1024}


def test_a_refused_start_leaves_no_execution(sagemaker):
    """Nothing is started before everything is checked."""
    name = create(sagemaker, function("A"), parameters=[parameter("P")])
    with refused("ValidationException"):
        start(sagemaker, name)
    assert sagemaker.list_pipeline_executions(PipelineName=name)["PipelineExecutionSummaries"] == []


def test_parameters_of_an_execution_stay(sagemaker):
    """What an execution was started with does not change with the pipeline."""
    from support.definitions import definition
    name = create(sagemaker, function("A"), parameters=[parameter("P", default="old")])
    arn = start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(
        function("A"), parameters=[parameter("P", default="new")]))
    assert shown(sagemaker, arn) == {"P": "old"}
    assert shown(sagemaker, start(sagemaker, name)) == {"P": "new"}


def test_type_defaults_to_string(sagemaker):
    """[schema] a parameter's Type may be left out: String."""
    arn = launch(sagemaker, fail("F", get("Parameters.P")), parameters=[{"Name": "P", "DefaultValue": "text"}])
    assert row(sagemaker, arn, "F")["FailureReason"] == "text"
