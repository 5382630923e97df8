"""The largest accepted, and what must not bring the process down (every test ends with the server still there)."""

import json

import pytest

from support.definitions import ALWAYS, callback, condition, fail, function, parameter, training
from support.runs import create, launch, message, names, refused, start, status, steps

LONGEST = 1_048_576


def padded(size, character="x"):
    """A definition of exactly `size` characters."""
    empty = json.dumps({"Steps": [function("A", arguments={"pad": ""})]}, ensure_ascii=False)
    text = empty.replace('"pad": ""', f'"pad": "{character * (size - len(empty))}"')
    assert len(text) == size
    return text


@pytest.mark.parametrize("character", ["x", "é", "€", "😀"])
def test_the_longest_definition(sagemaker, character):
    """1,048,576 characters, not bytes: accepted, run, and given back as they were."""
    text = padded(LONGEST, character)
    name = create(sagemaker, text=text)
    assert status(sagemaker, start(sagemaker, name)) == "Succeeded"
    assert sagemaker.describe_pipeline(PipelineName=name)["PipelineDefinition"] == text


def test_one_character_more(unchecked):
    """The model's limit, in the model's words."""
    with refused("ValidationException", "pipelineDefinition", "Member must have length less than or equal to 1048576"):
        create(unchecked, text=padded(LONGEST + 1))


def test_two_thousand_steps(sagemaker):
    """[T] AWS's own test creates 2,000 callback steps; ours runs 2,000 steps and lists them all."""
    arn = launch(sagemaker, *[function(f"S{number:04}") for number in range(2000)])
    assert status(sagemaker, arn) == "Succeeded"
    assert names(sagemaker, arn) == [f"S{number:04}" for number in range(2000)]


def test_two_thousand_callbacks(sagemaker):
    """[T] ... callback steps, as AWS's test has them: described and all waiting."""
    arn = launch(sagemaker, *[callback(f"S{number:04}") for number in range(2000)])
    found = steps(sagemaker, arn)
    assert len({one["Metadata"]["Callback"]["CallbackToken"] for one in found}) == 2000
    assert {one["StepStatus"] for one in found} == {"Executing"}


def test_a_chain_of_two_thousand(sagemaker):
    """The longest way through a graph: nothing recurses over it."""
    arn = launch(sagemaker, *[function(f"S{number:04}", depends_on=[f"S{number - 1:04}"] if number else None)
                              for number in range(2000)])
    assert status(sagemaker, arn) == "Succeeded"
    assert len(names(sagemaker, arn)) == 2000


def test_values_that_double_from_step_to_step(sagemaker):
    """24 kB of definition would make terabytes: the step that reads too much fails, and says so."""
    def reads(number):
        value = {"Get": f"Steps.S{number - 1:02}.HyperParameters.h"} if number else "x" * 1000
        return training(f"S{number:02}", arguments={"HyperParameters": {
            "h": {"Std:Join": {"On": "", "Values": [value, value]}}}})
    arn = launch(sagemaker, *[reads(number) for number in range(40)])
    assert status(sagemaker, arn) == "Failed"
    failed = [step for step in steps(sagemaker, arn) if step["StepStatus"] == "Failed"]
    assert [step["StepName"] for step in failed] == ["S10"]
    assert "more than 1048576 bytes" in failed[0]["FailureReason"]


def test_texts_longer_than_the_shapes_that_show_them(sagemaker):
    """Whether AWS refuses or cuts them is unknown: they are shown as they are, but a reason is cut as the model has it."""
    text = "x" * 5000
    arn = launch(sagemaker, fail("F", text, DisplayName=text, Description=text),
                 parameters=[parameter("P", default=text)])
    shown, = steps(sagemaker, arn)
    assert (shown["StepDisplayName"], shown["StepDescription"], shown["Metadata"]["Fail"]["ErrorMessage"]) == (text, text, text)
    assert len(shown["FailureReason"]) == 1024
    assert sagemaker.list_pipeline_parameters_for_execution(PipelineExecutionArn=arn)["PipelineParameters"][0]["Value"] == text


def test_thirty_one_nested_conditions(sagemaker):
    """[recorded: Airflow's system test against AWS runs 31 nested ones]"""
    inner = function("Innermost")
    for depth in range(31, 0, -1):
        inner = condition(f"C{depth:02}", [ALWAYS], [inner])
    arn = launch(sagemaker, inner)
    assert status(sagemaker, arn) == "Succeeded"
    assert names(sagemaker, arn) == [f"C{depth:02}" for depth in range(1, 32)] + ["Innermost"]


@pytest.mark.parametrize("text", [
    "[" * 100_000, '{"Steps":' + "[" * 100_000, '{"a":' * 100_000,
    '{"Steps": [], "Metadata": {"a": ' + "[" * 100_000 + "]" * 100_000 + "}}",
])
def test_deep_nesting_in_a_definition(sagemaker, text):
    """Refused with the place, where a recursive parser would overflow its stack."""
    with refused("ValidationException", "Unable to parse pipeline definition.") as caught:
        create(sagemaker, text=text)
    assert any(word in message(caught).lower() for word in ("nest", "depth", "deep"))


@pytest.mark.parametrize("text", ['{"Steps": [], "Metadata": {"a": "b\x00c"}}', '{"Steps": []}\x00', '{"Steps"\x00: []}', "\x00"])
def test_nul_in_a_definition(sagemaker, text):
    """A NUL must not end the document silently: what stands behind it belongs to it."""
    with refused("ValidationException", "Unable to parse pipeline definition.") as caught:
        create(sagemaker, text=text)
    assert "NUL" in message(caught) or "column" in message(caught)


def test_an_integer_of_2_to_the_64_in_a_definition(sagemaker):
    """Where an integer belongs, with the place; never a float or a truncated number."""
    text = json.dumps({"Parameters": [{"Name": "P", "Type": "Integer", "DefaultValue": 2**64}], "Steps": []})
    with refused("ValidationException", "/Parameters/0/DefaultValue"):
        create(sagemaker, text=text)


# The same in requests ------------------------------------------------------------------------------------------

@pytest.mark.parametrize("body", [
    "[" * 100_000, '{"PipelineName":' + "[" * 100_000, '{"a":' * 100_000, '{"x": ' + "[" * 100_000 + "]" * 100_000 + "}",
])
def test_deep_nesting_in_a_request(server, account, body):
    """A SerializationException, and the process stays up."""
    status_, _, answer = server.call("DescribePipeline", body, account)
    assert (status_, answer["__type"]) == (400, "SerializationException")
    assert server.call("ListPipelines", {}, account)[0] == 200


@pytest.mark.parametrize("body", [b'{"PipelineName": "a\x00b"}', b'{"PipelineName": "a"}\x00', b"\x00", b'{"PipelineName": "a"}\x00{}'])
def test_nul_in_a_request(server, account, body):
    """Raw NUL bytes are not JSON."""
    status_, _, answer = server.call("DescribePipeline", body, account)
    assert (status_, answer["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize("number", ["18446744073709551616", "9223372036854775808", "1e400", "1.5", "-9223372036854775809"])
def test_numbers_that_no_integer_holds_in_a_request(server, account, number):
    """2^64, 2^63, fractions: a SerializationException that names the member."""
    status_, _, answer = server.call("ListPipelines", f'{{"MaxResults": {number}}}', account)
    assert (status_, answer["__type"]) == (400, "SerializationException")
    assert "maxresults" in answer["message"].lower()


def test_a_body_over_the_limit(server, account):
    """13 MiB is the transport's bound: 413, and the connection closes."""
    status_, _, _ = server.request("POST", "/", b" " * (13 * 1024 * 1024 + 1), {
        "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.ListPipelines"})
    assert status_ == 413
    assert server.call("ListPipelines", {}, account)[0] == 200


def test_duplicate_keys_in_a_request(server, account):
    """A decision: in a request body the last one wins."""
    status_, _, answer = server.call("ListPipelines", '{"MaxResults": 0, "MaxResults": 5}', account)
    assert (status_, answer) == (200, {"PipelineSummaries": []})
