"""Parallelism, on a manual clock so that steps are seen while they run (each takes 60 seconds)."""

import datetime
import json

import pytest

from support.definitions import ALWAYS, condition, fail, function, training
from support.runs import create, execution, launch, names, row, start, status, statuses


@pytest.fixture
def manual(start_server):
    return start_server("--clock", "manual", "--step-duration", 60)


@pytest.fixture
def client(manual, account):
    return manual.client(account)


def test_two_roots_with_one_slot(manual, client):
    """[T] two independent trainings with MaxParallel 1: one row at first; the second starts when the first has ended."""
    arn = launch(client, training("A"), training("B"), ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    assert statuses(client, arn) == {"A": "Executing"}
    manual.advance(Seconds=60)
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Executing"}
    manual.advance(Seconds=60)
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Succeeded"}
    assert status(client, arn) == "Succeeded"


def test_the_start_overrides_the_pipeline(manual, client):
    """[T] pipeline 1, start 2: both are listed and Executing."""
    name = create(client, training("A"), training("B"), ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    assert statuses(client, start(client, name)) == {"A": "Executing"}
    arn = start(client, name, ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    assert statuses(client, arn) == {"A": "Executing", "B": "Executing"}


def test_the_default_is_unlimited(client):
    """[D] by default all steps that can run in parallel do; 50 is only the documentation's example."""
    arn = launch(client, *[function(f"S{number:02}") for number in range(60)])
    assert set(statuses(client, arn).values()) == {"Executing"}
    assert len(names(client, arn)) == 60


def test_the_limit_is_per_execution(client):
    """[D] applied per execution: a second execution has slots of its own."""
    name = create(client, training("A"), training("B"), ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    first, second = start(client, name), start(client, name)
    assert statuses(client, first) == statuses(client, second) == {"A": "Executing"}


def test_more_slots_while_running(client):
    """UpdatePipelineExecution raises the limit; what waited for a slot starts at once."""
    arn = launch(client, *[training(name) for name in "ABC"], ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    client.update_pipeline_execution(PipelineExecutionArn=arn, ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    assert statuses(client, arn) == {"A": "Executing", "B": "Executing"}


def test_fewer_slots_while_running(manual, client):
    """A lower limit stops nothing that runs; nothing new starts until there is room."""
    arn = launch(client, *[training(name) for name in "ABCD"], ParallelismConfiguration={"MaxParallelExecutionSteps": 3})
    client.update_pipeline_execution(PipelineExecutionArn=arn, ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    assert statuses(client, arn) == {"A": "Executing", "B": "Executing", "C": "Executing"}
    manual.advance(Seconds=60)
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Succeeded", "C": "Succeeded", "D": "Executing"}


def test_times_are_those_of_the_clock(manual, client):
    """A step of 60 seconds lasts 60 seconds in StartTime and EndTime."""
    arn = launch(client, training("A"))
    manual.advance(Seconds=60)
    found = row(client, arn, "A")
    assert found["EndTime"] - found["StartTime"] == datetime.timedelta(seconds=60)


def test_too_little_time_changes_nothing(manual, client):
    """The manual clock moves by what it is told and no more."""
    arn = launch(client, training("A"))
    manual.advance(Seconds=59)
    assert statuses(client, arn) == {"A": "Executing"}
    manual.advance(Seconds=1)
    assert statuses(client, arn) == {"A": "Succeeded"}


def test_advance_to_the_next_event_and_to_idle(manual, client):
    """`next` goes to the next end, `idle` until nothing is left to happen."""
    arn = launch(client, training("A"), training("B", depends_on=["A"]), training("C", depends_on=["B"]))
    manual.advance(To="next")
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Executing"}
    manual.advance(To="idle")
    assert status(client, arn) == "Succeeded"
    assert names(client, arn) == ["A", "B", "C"]


def test_a_long_advance_runs_the_whole_chain(manual, client):
    """Advancing past several events handles each at its own time: the second step starts when the first ended."""
    arn = launch(client, training("A"), training("B", depends_on=["A"]))
    manual.advance(Seconds=600)
    first, second = row(client, arn, "A"), row(client, arn, "B")
    assert datetime.timedelta() <= second["StartTime"] - first["EndTime"] < datetime.timedelta(seconds=5)
    assert status(client, arn) == "Succeeded"


@pytest.mark.parametrize("body", [{}, {"Seconds": -1}, {"Seconds": "x"}, {"To": "nowhere"}, {"Second": 1}])
def test_a_wrong_advance_is_refused(manual, body):
    """A mistake on a control route is a 4xx with a JSON body that says what is right."""
    code, headers, text = manual.request("POST", "/_local/clock/advance", json.dumps(body), {"Content-Type": "application/json"})
    assert 400 <= code < 500
    assert "Seconds" in json.dumps(json.loads(text))


def test_running_peers_of_a_fail_step_finish(manual, client):
    """[D] a Fail step lets the steps beside it finish; nothing new starts; then the execution fails."""
    arn = launch(client, training("Peer"), training("AfterPeer", depends_on=["Peer"]), condition("Check", [ALWAYS], [fail("Stop", "x")]))
    manual.advance(Seconds=30)
    assert status(client, arn) == "Executing"
    assert statuses(client, arn) == {"Peer": "Executing", "Check": "Succeeded", "Stop": "Failed"}
    manual.advance(To="idle")
    assert statuses(client, arn) == {"Peer": "Succeeded", "Check": "Succeeded", "Stop": "Failed"}
    assert execution(client, arn)["FailureReason"] == "Step failure: One or multiple steps failed."
