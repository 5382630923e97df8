"""Run conditions: DependsOn with a trigger, and CompletedWithFailures (docs/compatibility.md, "Run conditions,
stop, retry")."""

import pytest

from support.definitions import compare, condition, fail, function, get, training
from support.runs import create, execution, launch, names, refused, retry, status, statuses

FAILS = {"0-": {"Throw": {"Error": "ClientError", "Cause": "no"}}}
STOPS = {"0-": {"Stop": True}}


def on(step, trigger):
    return {"Step": step, "Trigger": trigger}


@pytest.mark.parametrize("outcome, ran", [
    (None, {"Train": "Succeeded", "Always": "Succeeded"}),
    (FAILS, {"Train": "Failed", "OnFailure": "Succeeded", "Always": "Succeeded"}),
    (STOPS, {"Train": "Stopped", "OnStop": "Succeeded", "Always": "Succeeded"}),
])
def test_each_trigger_answers_its_end(scripted, outcome, ran):
    """Failed, Stopped and Any start for what they name and for nothing else; what cannot match is not listed."""
    _, client = scripted({"Train": outcome} if outcome else {})
    arn = launch(client, training("Train"),
                 function("OnFailure", depends_on=[on("Train", "Failed")]),
                 function("OnStop", depends_on=[on("Train", "Stopped")]),
                 function("Always", depends_on=[on("Train", "Any")]), name="p")
    assert statuses(client, arn) == ran


def test_a_handled_failure_completes_with_failures(scripted):
    """[S] "A pipeline whose steps run on a failed upstream step ends in CompletedWithFailures instead of Failed"."""
    _, client = scripted({"Train": FAILS})
    arn = launch(client, training("Train"), function("Notify", depends_on=[on("Train", "Failed")]), name="p")
    assert status(client, arn) == "CompletedWithFailures"
    assert execution(client, arn)["FailureReason"] == "Step failure: One or multiple steps failed."
    with refused("ValidationException", "CompletedWithFailures"):
        retry(client, arn)


def test_one_unhandled_failure_fails(scripted):
    """Every failed step needs a handler that succeeded."""
    _, client = scripted({"Train": FAILS, "Other": FAILS})
    arn = launch(client, training("Train"), training("Other"), function("Notify", depends_on=[on("Train", "Failed")]), name="p")
    assert statuses(client, arn) == {"Train": "Failed", "Other": "Failed", "Notify": "Succeeded"}
    assert status(client, arn) == "Failed"


def test_a_handler_that_fails_handles_nothing(scripted):
    """Only a handler that succeeded turns the end around; a Fail step never does."""
    _, client = scripted({"Train": FAILS})
    arn = launch(client, training("Train"), fail("Give-up", "given up", depends_on=[on("Train", "Failed")]), name="p")
    assert statuses(client, arn) == {"Train": "Failed", "Give-up": "Failed"}
    assert status(client, arn) == "Failed"


def test_after_a_failure_only_what_answers_it_starts(scripted):
    """A handler's own followers still run; plain branches that have not started do not."""
    _, client = scripted({"Train": FAILS})
    arn = launch(client, training("Train"), function("Slow"), function("After-slow", depends_on=["Slow"]),
                 function("Notify", depends_on=[on("Train", "Failed")]), function("Report", depends_on=["Notify"]), name="p")
    assert set(names(client, arn)) == {"Train", "Slow", "Notify", "Report"}
    assert status(client, arn) == "CompletedWithFailures"


def test_all_entries_must_match(scripted):
    """Entries are ANDed, plain names and triggers mixed."""
    _, client = scripted({"Train": FAILS})
    arn = launch(client, function("Prepare"), training("Train"),
                 function("Both", depends_on=["Prepare", on("Train", "Failed")]),
                 function("Neither", depends_on=[on("Prepare", "Failed"), on("Train", "Failed")]), name="p")
    assert set(names(client, arn)) == {"Prepare", "Train", "Both"}


def test_a_reference_still_means_completed(scripted):
    """A step that reads a property of a failed one has nothing to read: it never starts."""
    _, client = scripted({"Train": FAILS})
    arn = launch(client, training("Train"),
                 function("Reads", arguments={"job": get("Steps.Train.TrainingJobName")}, depends_on=[on("Train", "Any")]), name="p")
    assert set(names(client, arn)) == {"Train"}
    assert status(client, arn) == "Failed"


def test_a_condition_may_answer(scripted):
    """Triggers stand on every step type; the branch of a condition that answers starts too."""
    _, client = scripted({"Train": FAILS})
    arn = launch(client, training("Train"),
                 condition("Check", [compare("Equals", 1, 1)], [function("Tell")], depends_on=[on("Train", "Failed")]), name="p")
    assert statuses(client, arn) == {"Train": "Failed", "Check": "Succeeded", "Tell": "Succeeded"}
    assert status(client, arn) == "CompletedWithFailures"


def test_a_dependent_of_what_never_starts_never_starts(scripted):
    """Any waits for an end, and a step that never starts has none."""
    _, client = scripted({})
    arn = launch(client, training("Train"), function("OnFailure", depends_on=[on("Train", "Failed")]),
                 function("Behind", depends_on=[on("OnFailure", "Any")]), name="p")
    assert statuses(client, arn) == {"Train": "Succeeded"}
    assert status(client, arn) == "Succeeded"


def test_conflicting_triggers(sagemaker):
    """One upstream step, two triggers: the SDK's sentence."""
    with refused("ValidationException", "conflicting triggers: Failed and Any"):
        create(sagemaker, training("T"), function("N", depends_on=[on("T", "Failed"), on("T", "Any")]))
