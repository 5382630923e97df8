"""Conditions: the eight types, typed comparison, branches, outcome."""

import pytest

from support.definitions import ALWAYS, NEVER, compare, condition, fail, function, get, join, parameter
from support.runs import launch, names, row, status, statuses

PARAMETERS = [parameter("Text", default="abc"), parameter("Whole", "Integer", 3), parameter("Real", "Float", 2.5),
              parameter("Flag", "Boolean", True), parameter("Ten", default="10"), parameter("Three", "Float", 3.0)]

TEXT, WHOLE, REAL, FLAG = (get(f"Parameters.{name}") for name in ("Text", "Whole", "Real", "Flag"))


def outcome(client, *conditions):
    """The outcome of a Condition step over these conditions, as its metadata shows it."""
    arn = launch(client, condition("Check", conditions, [function("Then")], [function("Else")]), parameters=PARAMETERS)
    found = row(client, arn, "Check")
    assert found["StepStatus"] == "Succeeded", found
    shown = found["Metadata"]["Condition"]["Outcome"]
    assert names(client, arn) == ["Check", "Then" if shown == "True" else "Else"]
    return shown


def one_of(value, *values):
    return {"Type": "In", "QueryValue": value, "Values": list(values)}


def no(inner):
    return {"Type": "Not", "Condition": inner}


def any_of(*inner):
    return {"Type": "Or", "Conditions": list(inner)}


@pytest.mark.parametrize("conditions, expected", [
    # each type, both ways
    ([compare("Equals", TEXT, "abc")], "True"),
    ([compare("Equals", TEXT, "ABC")], "False"),
    ([compare("GreaterThan", WHOLE, 2)], "True"),
    ([compare("GreaterThan", WHOLE, 3)], "False"),
    ([compare("GreaterThanOrEqualTo", REAL, 2.5)], "True"),
    ([compare("GreaterThanOrEqualTo", REAL, 2.6)], "False"),
    ([compare("LessThan", WHOLE, 10)], "True"),
    ([compare("LessThan", WHOLE, 3)], "False"),
    ([compare("LessThanOrEqualTo", WHOLE, 3)], "True"),
    ([compare("LessThanOrEqualTo", WHOLE, 2)], "False"),
    ([one_of(TEXT, "x", "abc")], "True"),
    ([one_of(TEXT, "x", "y")], "False"),
    ([no(compare("Equals", FLAG, False))], "True"),
    ([no(compare("Equals", FLAG, True))], "False"),
    ([any_of(compare("Equals", WHOLE, 99), no(one_of(TEXT, "x", "y")))], "True"),
    ([any_of(compare("Equals", WHOLE, 99), one_of(TEXT, "x", "y"))], "False"),
    # literal against literal, and no condition at all
    ([compare("LessThanOrEqualTo", 3.0, 6.0)], "True"),
    # integers and floats are numbers
    ([compare("Equals", WHOLE, get("Parameters.Three"))], "True"),
    ([compare("GreaterThan", WHOLE, REAL)], "True"),
    # strings compare as text: [T] ("1" > "3") false, ("1" > "0") true; "10" < "9"
    ([compare("GreaterThan", "1", "3")], "False"),
    ([compare("GreaterThan", "1", "0")], "True"),
    ([compare("LessThan", get("Parameters.Ten"), "9")], "True"),
    ([compare("GreaterThan", join("", WHOLE), "2")], "True"),
    # across types Equals and In are false: a decision
    ([compare("Equals", WHOLE, "3")], "False"),
    ([compare("Equals", FLAG, "true")], "False"),
    ([compare("Equals", 1, True)], "False"),
    ([one_of(WHOLE, "3", True)], "False"),
    ([one_of(WHOLE, "3", 3)], "True"),
    # the list is ANDed
    ([ALWAYS, ALWAYS], "True"),
    ([ALWAYS, NEVER], "False"),
    ([NEVER, ALWAYS], "False"),
])
def test_outcome(sagemaker, conditions, expected):
    """Every type and rule of comparison, and that exactly the branch taken runs."""
    assert outcome(sagemaker, *conditions) == expected


@pytest.mark.parametrize("kind", ["GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"])
@pytest.mark.parametrize("left, right, types", [
    (WHOLE, "3", ("Integer", "String")), (TEXT, 5, ("String", "Integer")), (FLAG, True, ("Boolean",)),
])
def test_order_across_types_fails_the_step(sagemaker, kind, left, right, types):
    """An order that does not exist must not quietly be false: the step fails and its reason names both types."""
    arn = launch(sagemaker, condition("Check", [compare(kind, left, right)], [function("Then")], [function("Else")]),
                 parameters=PARAMETERS)
    found = row(sagemaker, arn, "Check")
    assert found["StepStatus"] == "Failed"
    for name in types:
        assert name.lower() in found["FailureReason"].lower()
    assert statuses(sagemaker, arn) == {"Check": "Failed"}
    assert status(sagemaker, arn) == "Failed"


def test_conditions_stop_when_decided(sagemaker):
    """From left to right: what stands behind the decision is not looked at, so it cannot fail."""
    bad = compare("GreaterThan", TEXT, 5)
    assert outcome(sagemaker, NEVER, bad) == "False"
    assert outcome(sagemaker, any_of(ALWAYS, bad)) == "True"


@pytest.mark.parametrize("decider, shown, property_", [(ALWAYS, "True", "true"), (NEVER, "False", "false")])
def test_outcome_in_metadata_and_as_a_property(sagemaker, decider, shown, property_):
    """[O/M] metadata says True / False; [T] the property renders true / false."""
    arn = launch(sagemaker, condition("CondStep", [decider]),
                 fail("FailStep", join(": ", "Failed due to xxx == yyy returns", get("Steps.CondStep.Outcome"))))
    assert row(sagemaker, arn, "CondStep")["Metadata"] == {"Condition": {"Outcome": shown}}
    assert row(sagemaker, arn, "FailStep")["FailureReason"] == f"Failed due to xxx == yyy returns: {property_}"


def test_recorded_sentence_of_the_variable_behaviours(sagemaker):
    """[T] test_pipeline_var_behaviors.py: "condition greater than check return: true and left side param str is 1 and
    right side param int is 0"."""
    parameters = [parameter("MyString", default="1"), parameter("MyInt", "Integer", 0)]
    arn = launch(
        sagemaker,
        condition("CondStep", [compare("GreaterThan", get("Parameters.MyString"), join("", get("Parameters.MyInt")))]),
        fail("FailStep", join(
            " ", "condition greater than check return:", get("Steps.CondStep.Outcome"), "and left side param str is",
            get("Parameters.MyString"), "and right side param int is", get("Parameters.MyInt"))),
        parameters=parameters)
    assert row(sagemaker, arn, "FailStep")["FailureReason"] == (
        "condition greater than check return: true and left side param str is 1 and right side param int is 0")


def test_the_branch_not_taken_is_absent(sagemaker):
    """[T] its steps are not listed, however deep, and the execution succeeds."""
    arn = launch(sagemaker, condition("Check", [ALWAYS], [function("Then")], [
        fail("Never", "x"), condition("Inner", [ALWAYS], [function("Deep")])]))
    assert statuses(sagemaker, arn) == {"Check": "Succeeded", "Then": "Succeeded"}
    assert status(sagemaker, arn) == "Succeeded"


def test_nested_conditions(sagemaker):
    """A decision, accepted to any depth: the guide says no, a recorded run of 31 says yes."""
    arn = launch(sagemaker, condition("Outer", [ALWAYS], [
        condition("Inner", [NEVER], [function("A")], [condition("Innermost", [ALWAYS], [function("B")])])]))
    assert names(sagemaker, arn) == ["Outer", "Inner", "Innermost", "B"]


def test_steps_of_one_branch_start_together(sagemaker):
    """[O] steps of one branch have equal StartTime."""
    arn = launch(sagemaker, condition("Check", [ALWAYS], [function("A"), function("B")]))
    assert row(sagemaker, arn, "A")["StartTime"] == row(sagemaker, arn, "B")["StartTime"]


def test_empty_branches(sagemaker):
    """A Condition with nothing in the branch taken is just over."""
    arn = launch(sagemaker, condition("Check", [ALWAYS], [], [function("Else")]))
    assert statuses(sagemaker, arn) == {"Check": "Succeeded"}


def test_dates_compare(sagemaker):
    """Execution variables are operands too: now is not before the start."""
    assert outcome(sagemaker, compare(
        "GreaterThanOrEqualTo", get("Execution.CurrentDateTime"), get("Execution.StartDateTime"))) == "True"
