"""/_local/clock of an account and region before anything was done there, which is when a fixture asks for it."""

import datetime

import pytest

from support.definitions import training
from support.runs import launch, row


@pytest.fixture
def manual(start_server):
    return start_server("--clock", "manual", "--step-duration", 60)


def now_of(answer):
    [clock] = answer["Clocks"]
    return datetime.datetime.fromisoformat(clock["Now"].replace("Z", "+00:00"))


def test_an_advance_begins_the_clock(manual, account):
    """docs/testing.md: a fixture may move the time first; what is started then, starts then."""
    code, answer = manual.local("POST", "clock/advance", {"Seconds": 3600}, account)
    assert (code, answer["Clocks"][0]["Account"], answer["Clocks"][0]["Mode"]) == (200, account, "manual"), answer
    client = manual.client(account)
    started = row(client, launch(client, training("A")), "A")["StartTime"]
    assert datetime.timedelta() <= started - now_of(answer) < datetime.timedelta(seconds=5)


@pytest.mark.parametrize("to", ["next", "idle"])
def test_an_advance_to_what_there_is_not(manual, account, to):
    """Nothing simulated is left where nothing was: the clock begins and stands."""
    code, answer = manual.local("POST", "clock/advance", {"To": to}, account)
    assert code == 200, answer
    assert now_of(manual.local("GET", "clock", account=account)[1]) == now_of(answer)


def test_what_nobody_has_begun(server, account):
    """To look at a clock begins none, nor does an advance that is refused."""
    nothing = (404, {"message": f"Nothing was done yet in account {account}, region us-east-1."})
    assert server.local("GET", "clock", account=account) == nothing
    code, answer = server.local("POST", "clock/advance", {"Seconds": 1}, account)
    assert (code, "is not manual" in answer["message"]) == (400, True), answer
    assert server.local("GET", "clock", account=account) == nothing
