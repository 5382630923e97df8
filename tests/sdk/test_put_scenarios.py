"""/_local/scenarios: what steps do, said while the server runs."""

import json
import signal

import pytest

from support.definitions import training
from support.runs import create, launch, refused, row, start, status, statuses

FAILS = {"0-": {"Throw": {"Error": "ClientError", "Cause": "scripted"}}}


def document(**cases):
    return {"Pipelines": {"p": {"TestCases": cases}}}


def test_put_scripts_what_starts_from_then_on(server, sagemaker, account):
    """A test says what steps do before it starts its run, without a file and without a restart."""
    code, answer = server.local("PUT", "scenarios", {"Pipelines": {"p": {"Default": "C", "TestCases": {"C": {"A": FAILS}}}}}, account)
    assert (code, answer["Source"]) == (200, "namespace")
    found = row(sagemaker, launch(sagemaker, training("A"), name="p"), "A")
    assert found["FailureReason"] == "ClientError: scripted"


def test_a_case_is_chosen_by_name(server, sagemaker, account):
    """PipelineName="p#Case" chooses among the cases that were put; an unknown one is refused with those there are."""
    server.local("PUT", "scenarios", document(Good={}, Bad={"A": FAILS}), account)
    create(sagemaker, training("A"), name="p")
    assert status(sagemaker, start(sagemaker, "p#Bad")) == "Failed"
    assert status(sagemaker, start(sagemaker, "p#Good")) == "Succeeded"
    with refused("ValidationException", "'Odd'", "Bad, Good"):
        start(sagemaker, "p#Odd")


def test_put_replaces(server, account):
    """What stood there before is gone as a whole; GET shows what holds."""
    server.local("PUT", "scenarios", document(One={}), account)
    server.local("PUT", "scenarios", document(Two={}), account)
    assert server.local("GET", "scenarios", account=account) == (
        200, {"Source": "namespace", "Scenarios": document(Two={})})


def test_patch_merges(server, account):
    """A JSON merge patch (RFC 7396): members are added or replaced, null removes."""
    server.local("PUT", "scenarios", document(One={}, Two={}), account)
    code, answer = server.local("PATCH", "scenarios", {"Pipelines": {"p": {"TestCases": {"One": None, "Three": {}}}}}, account)
    assert (code, answer["Scenarios"]) == (200, document(Two={}, Three={}))


def test_every_fault_is_named_and_nothing_changes(server, account):
    """The document is checked as a whole: each fault with its JSON pointer; what held goes on to hold."""
    server.local("PUT", "scenarios", document(Kept={}), account)
    code, answer = server.local("PUT", "scenarios", document(
        C={"A": {"0-": {"Retrun": {}}}, "B": {"x": {"Return": {}}}}), account)
    assert code == 400
    assert "/Pipelines/p/TestCases/C/A/0-/Retrun: unknown member" in answer["message"]
    assert "/Pipelines/p/TestCases/C/B/x: 'x' is no range of attempts" in answer["message"]
    assert server.local("GET", "scenarios", account=account)[1]["Scenarios"] == document(Kept={})


@pytest.mark.parametrize("body, text", [
    ("", "must be a scenario document"), ("[]", "must be a JSON object"), ("{", "not JSON"),
    ('{"Pipelines": {}, "Pipelines": {}}', "stands twice"),
])
def test_bodies_that_are_no_document(server, account, body, text):
    """A forgotten body does not silently clear what holds."""
    code, answer = server.local("PUT", "scenarios", body, account)
    assert code == 400
    assert text in answer["message"]


def test_a_namespace_of_its_own(server, sagemaker, account):
    """What is put for one account and region says nothing in another, so that tests may run beside each other."""
    server.local("PUT", "scenarios", {"Pipelines": {"p": {"Default": "C", "TestCases": {"C": {"A": FAILS}}}}}, account, region="eu-west-1")
    assert status(sagemaker, launch(sagemaker, training("A"), name="p")) == "Succeeded"
    elsewhere = server.client(account, region="eu-west-1")
    assert status(elsewhere, launch(elsewhere, training("A"), name="p")) == "Failed"


def test_delete_lets_the_next_wider_ones_hold(scripted, account):
    """A namespace's own win over those put for all, those over the file's; DELETE goes back one."""
    server, _ = scripted({"A": FAILS})
    sources = []
    for method, body, query in (("PUT", {}, {}), ("PUT", {}, {"account": account}), ("DELETE", None, {"account": account}),
                                ("DELETE", None, {})):
        code, _ = server.local(method, "scenarios", body, **query)
        assert code == 200
        sources.append(server.local("GET", "scenarios", account=account)[1]["Source"])
    assert sources == ["all", "namespace", "all", "file"]


def test_they_survive_a_restart(start_server, tmp_path, account):
    """Scenarios stand in the data file; a file given at the start does not win over them, and the log says so."""
    path = tmp_path / "scenarios.json"
    path.write_text(json.dumps({"Pipelines": {"p": {"Default": "C", "TestCases": {"C": {"A": FAILS}}}}}))
    first = start_server("--db", tmp_path / "data.db")
    first.local("PUT", "scenarios", {}, account)
    first.local("PUT", "scenarios", scripted_by_default("B"))
    first.terminate(signal.SIGTERM)
    second = start_server("--db", tmp_path / "data.db", "--scenarios", path)
    assert "that were put for all namespaces hold" in second.errors()
    own = second.client(account)
    assert status(own, launch(own, training("A"), training("B"), name="p")) == "Succeeded"
    other = second.client("210987654321")
    assert statuses(other, launch(other, training("A"), training("B"), name="p")) == {"A": "Succeeded", "B": "Failed"}


def scripted_by_default(step):
    return {"Pipelines": {"p": {"Default": "C", "TestCases": {"C": {step: FAILS}}}}}


def test_an_execution_keeps_its_case(server, sagemaker, account):
    """Its later attempts follow the case it started with, whatever replaces the document meanwhile."""
    server.local("PUT", "scenarios", {"Pipelines": {"p": {"Default": "C", "TestCases": {"C": {"A": {
        "0": FAILS["0-"], "1-": {"Throw": {"Error": "ClientError", "Cause": "the old one"}}}}}}}}, account)
    arn = launch(sagemaker, training("A"), name="p")
    server.local("PUT", "scenarios", {}, account)
    sagemaker.retry_pipeline_execution(PipelineExecutionArn=arn)
    assert row(sagemaker, arn, "A")["FailureReason"] == "ClientError: the old one"


@pytest.mark.parametrize("query, text", [
    ({"account": "123456789012"}, "stand together"), ({"account": "12", "region": "us-east-1"}, "12 digits"),
    ({"account": "123456789012", "region": "US-East-1"}, "such as us-east-1; it is 'US-East-1'"),
])
def test_a_namespace_that_is_none(server, query, text):
    """Half a namespace, or an account or region that no request can have, is refused: it would hold nowhere."""
    code, answer = server.request("PUT", "/_local/scenarios?" + "&".join(f"{k}={v}" for k, v in query.items()), "{}")[::2]
    assert code == 400
    assert text in json.loads(answer)["message"]


# The next start's case -----------------------------------------------------------------------------------------

CASES = {"Pipelines": {"p": {"Default": "Good", "TestCases": {
    "Good": {}, "Bad": {"A": {"0-": {"Throw": {"Error": "ClientError", "Cause": "bad"}}}},
    "Worse": {"A": {"0-": {"Throw": {"Error": "ClientError", "Cause": "worse"}}}}}}}}


def choose(server, account, case, pipeline="p"):
    return server.local("POST", "scenarios/next", {"PipelineName": pipeline, "TestCase": case}, account)


@pytest.fixture
def cases(server, sagemaker, account):
    server.local("PUT", "scenarios", CASES, account)
    create(sagemaker, training("A"), name="p")
    return sagemaker


def reason(client, arn):
    return row(client, arn, "A").get("FailureReason")


def test_the_next_start_takes_the_case_that_was_chosen(server, cases, account):
    """For code under test that builds the pipeline's name itself; the start after that has the default again."""
    assert choose(server, account, "Bad") == (200, {"PipelineName": "p", "TestCase": "Bad"})
    assert [reason(cases, start(cases, "p")) for _ in range(2)] == ["ClientError: bad", None]


def test_choices_are_taken_in_order(server, cases, account):
    """One start takes one choice, so a test can script a series."""
    for case in ("Bad", "Worse"):
        choose(server, account, case)
    assert [reason(cases, start(cases, "p")) for _ in range(3)] == ["ClientError: bad", "ClientError: worse", None]


def test_a_start_that_names_a_case_takes_no_choice(server, cases, account):
    """What the name says wins, and the choice waits for a start that says nothing."""
    choose(server, account, "Bad")
    assert [reason(cases, start(cases, name)) for name in ("p#Worse", "p")] == ["ClientError: worse", "ClientError: bad"]


def test_a_refused_start_takes_no_choice(server, cases, account):
    """Nothing ran, so nothing was used up; and a repeated request is one start."""
    choose(server, account, "Bad")
    with refused("ValidationException", "Unknown parameter"):
        start(cases, "p", {"Nobody": "1"})
    token = "t" * 32
    assert len({start(cases, "p", ClientRequestToken=token) for _ in range(2)}) == 1
    assert reason(cases, start(cases, "p")) is None


def test_a_choice_is_of_its_pipeline_and_its_account(server, cases, account):
    """Other pipelines, and the same name elsewhere, are not scripted by it."""
    other = server.client(account, region="eu-west-1")
    create(other, training("A"), name="p")
    create(cases, training("A"), name="q")
    choose(server, account, "Bad")
    assert reason(other, start(other, "p")) is None
    assert reason(cases, start(cases, "q")) is None
    assert reason(cases, start(cases, "p")) == "ClientError: bad"


def test_a_choice_for_all_namespaces(scripted):
    """Without a query it is for the next start of that pipeline in any account."""
    server, client = scripted({"A": {"0-": {"Return": {}}}})
    server.local("PUT", "scenarios", CASES)
    choose(server, None, "Bad")
    create(client, training("A"), name="p")
    assert [reason(client, start(client, "p")) for _ in range(2)] == ["ClientError: bad", None]


def test_clearing_takes_the_choices_along(server, cases, account):
    """They name cases of what was cleared, or replaced."""
    for method, document in (("PUT", CASES), ("DELETE", None)):
        choose(server, account, "Bad")
        server.local(method, "scenarios", document, account)
        assert reason(cases, start(cases, "p")) is None
        server.local("PUT", "scenarios", CASES, account)


OTHER_CASES = {"Pipelines": {"p": {"Default": "Other", "TestCases": {"Other": {"A": {"0-": {
    "Throw": {"Error": "ClientError", "Cause": "other"}}}}}}}}


def test_a_choice_goes_with_the_scenarios_it_is_of(start_server, account):
    """A choice in a namespace that has no scenarios of its own names a case of those of all: it goes when they do."""
    server = start_server()
    client = server.client(account)
    server.local("PUT", "scenarios", CASES)
    create(client, training("A"), name="p")
    for method, document, then in (("PUT", OTHER_CASES, "ClientError: other"), ("DELETE", None, None)):
        server.local("PUT", "scenarios", CASES)
        assert choose(server, account, "Bad")[0] == 200
        server.local(method, "scenarios", document)
        assert reason(client, start(client, "p")) == then


def test_a_choice_for_all_is_of_the_scenarios_of_all(start_server, account):
    """Where scenarios of its own hold, their cases are chosen there: a choice for all waits for a start elsewhere."""
    server = start_server()
    client, other = server.client(account), server.client(account, region="eu-west-1")
    server.local("PUT", "scenarios", CASES)
    server.local("PUT", "scenarios", OTHER_CASES, account)
    create(client, training("A"), name="p")
    create(other, training("A"), name="p")
    choose(server, None, "Bad")
    assert reason(client, start(client, "p")) == "ClientError: other"
    assert reason(other, start(other, "p")) == "ClientError: bad"


def test_a_choice_of_its_own_outlives_those_of_all(start_server, account):
    """What is put for all changes nothing where a namespace has scenarios of its own."""
    server = start_server()
    client = server.client(account)
    server.local("PUT", "scenarios", CASES, account)
    create(client, training("A"), name="p")
    choose(server, account, "Bad")
    server.local("PUT", "scenarios", OTHER_CASES)
    assert reason(client, start(client, "p")) == "ClientError: bad"


def test_choices_are_bounded(start_server, account):
    """Nobody takes a thousand: it is a loop that went wrong, and is told so; a start makes room again."""
    server = start_server()
    client = server.client(account)
    server.local("PUT", "scenarios", CASES, account)
    create(client, training("A"), name="p")
    assert {choose(server, account, "Bad")[0] for _ in range(1000)} == {200}
    code, answer = choose(server, account, "Bad")
    assert code == 409
    assert "1000 choices wait for the starts that take them" in answer["message"]
    start(client, "p")
    assert choose(server, account, "Bad")[0] == 200


@pytest.mark.parametrize("body, text", [
    ({"PipelineName": "p", "TestCase": "Ugly"}, "There is no test case 'Ugly' of pipeline 'p'. Known: Bad, Good, Worse."),
    ({"PipelineName": "q", "TestCase": "Bad"}, "the scenarios know no pipeline 'q'. Pipelines known: p."),
    ({"PipelineName": "p"}, "TestCase must be given"), ({"TestCase": "Bad"}, "PipelineName must be given"),
    ({"PipelineName": 1, "TestCase": "Bad"}, "PipelineName must be given, as text"),
    ({"PipelineName": "p", "TestCase": "Bad", "Times": 2}, "unknown member 'Times'"),
])
def test_choices_that_are_refused(server, cases, account, body, text):
    """A choice is checked when it is made, against the scenarios that hold there."""
    code, answer = server.local("POST", "scenarios/next", body, account)
    assert code == 400
    assert text in answer["message"]
