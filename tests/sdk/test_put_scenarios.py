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
])
def test_a_namespace_that_is_none(server, query, text):
    """Half a namespace, or an account that no request can have, is refused: it would hold nowhere."""
    code, answer = server.request("PUT", "/_local/scenarios?" + "&".join(f"{k}={v}" for k, v in query.items()), "{}")[::2]
    assert code == 400
    assert text in json.loads(answer)["message"]
