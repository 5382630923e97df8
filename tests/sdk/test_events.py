"""/_local/events: every status change, in the JSON that EventBridge would carry."""

import re

import pytest

from support.definitions import callback, condition, fail, function, processing, step, training
from support.runs import create, fail_callback, launch, retry, row, start, stop

EXECUTION = "SageMaker Model Building Pipeline Execution Status Change"
STEP = "SageMaker Model Building Pipeline Execution Step Status Change"


def events(server, **query):
    """All status changes that are asked for, as one JSON page."""
    code, answer = server.local("GET", "events", **{"format": "json", "limit": 1000, **query})
    assert code == 200, answer
    return answer["Events"]


def changes(found):
    """["execution - Executing", "A Starting Executing", ...]: what changed, in order."""
    lines = []
    for event in found:
        detail = event["detail"]
        if event["detail-type"] == EXECUTION:
            lines.append(("execution", detail.get("previousPipelineExecutionStatus", "-"), detail["currentPipelineExecutionStatus"]))
        else:
            lines.append((detail["stepName"], detail.get("previousStepStatus", "-"), detail["currentStepStatus"]))
    return [" ".join(line) for line in lines]


def test_every_change_in_order(server, sagemaker):
    """A run tells its whole story: what starts, executes and ends, and at last the execution."""
    arn = launch(sagemaker, training("A"), training("B", depends_on=["A"]))
    assert changes(events(server, execution=arn)) == [
        "execution - Executing",
        "A - Starting", "A Starting Executing", "A Executing Succeeded",
        "B - Starting", "B Starting Executing", "B Executing Succeeded",
        "execution Executing Succeeded"]


def test_the_event_of_an_execution(server, sagemaker, account):
    """[D] the envelope and detail of the developer guide, member for member; times in whole seconds."""
    name = create(sagemaker, training("A"))
    arn = start(sagemaker, name, PipelineExecutionDisplayName="shown", PipelineExecutionDescription="why")
    found = events(server, execution=arn)[-1]
    pipeline = f"arn:aws:sagemaker:us-east-1:{account}:pipeline/{name}"
    times = [found["time"], found["detail"].pop("executionStartTime"), found["detail"].pop("executionEndTime")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time) for time in times), times
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", found.pop("id"))
    del found["time"]
    assert found == {
        "version": "0", "detail-type": EXECUTION, "source": "aws.sagemaker", "account": account, "region": "us-east-1",
        "resources": [pipeline, arn],
        "detail": {"pipelineExecutionDisplayName": "shown", "currentPipelineExecutionStatus": "Succeeded",
                   "previousPipelineExecutionStatus": "Executing", "pipelineExecutionDescription": "why",
                   "pipelineArn": pipeline, "pipelineExecutionArn": arn}}


def test_the_event_of_a_step(server, sagemaker):
    """[D] stepType is the definition's; metadata is that of the list, its members in camel case."""
    arn = launch(sagemaker, processing("A"))
    found = events(server, execution=arn)[3]
    assert found["detail-type"] == STEP
    detail = found["detail"]
    assert {name: detail[name] for name in ("stepName", "stepType", "previousStepStatus", "currentStepStatus", "metadata")} == {
        "stepName": "A", "stepType": "Processing", "previousStepStatus": "Executing", "currentStepStatus": "Succeeded",
        "metadata": {"processingJob": {"arn": row(sagemaker, arn, "A")["Metadata"]["ProcessingJob"]["Arn"]}}}
    assert set(detail) == {"stepName", "stepType", "previousStepStatus", "currentStepStatus", "metadata", "stepStartTime",
                           "stepEndTime", "pipelineArn", "pipelineExecutionArn"}


def test_before_its_end_a_step_has_none(server, sagemaker):
    """An event says what was known when it happened: no end, no reason, no outcome, though it is read later."""
    arn = launch(sagemaker, condition("Check", then=[fail("End", "no")]))
    found = [event["detail"] for event in events(server, execution=arn)]
    started = next(detail for detail in found if detail.get("stepName") == "End")
    assert not {"stepEndTime", "failureReason"} & set(started)
    check = [detail for detail in found if detail.get("stepName") == "Check"]
    assert "condition" not in check[0]["metadata"]
    assert check[-1]["metadata"] == {"condition": {"outcome": "True"}}


def test_a_failure_has_its_reason(server, sagemaker):
    """[D] failureReason of a step that is Failed."""
    arn = launch(sagemaker, fail("End", "because"))
    assert changes(events(server, execution=arn))[-2:] == ["End Starting Failed", "execution Executing Failed"]
    assert events(server, execution=arn)[-2]["detail"]["failureReason"] == "because"


def test_attempts_are_no_changes(scripted):
    """A step that is tried again stays Executing; each end is told once, with the job of the attempt that was under way."""
    server, client = scripted({"A": {"0": {"Throw": {"Error": "SageMaker.CAPACITY_ERROR"}}, "1-": {"Return": {}}}})
    policy = [{"ExceptionType": ["SageMaker.CAPACITY_ERROR"], "MaxAttempts": 3}]
    arn = launch(client, training("A", RetryPolicies=policy), name="p")
    found = events(server, execution=arn)
    assert changes(found)[1:-1] == ["A - Starting", "A Starting Executing", "A Executing Succeeded"]
    first, last = found[2]["detail"]["metadata"], found[3]["detail"]["metadata"]
    assert first != last
    assert last["trainingJob"]["arn"] == row(client, arn, "A")["Metadata"]["TrainingJob"]["Arn"]


def test_a_cache_hit_names_its_source(server, sagemaker):
    """[D] cacheHitResult of a step that took its result from the cache; it ends without having been Executing."""
    name = create(sagemaker, training("A", CacheConfig={"Enabled": True, "ExpireAfter": "P1D"}))
    first, second = start(sagemaker, name), start(sagemaker, name)
    assert not [event for event in events(server, execution=first) if "cacheHitResult" in event["detail"]]
    found = events(server, execution=second)
    assert changes(found)[1:-1] == ["A - Starting", "A Starting Succeeded"]
    assert "cacheHitResult" not in found[1]["detail"]
    assert found[2]["detail"]["cacheHitResult"] == {"sourcePipelineExecutionArn": first}


def test_stop_and_retry(server, sagemaker):
    """A stop comes before what it does to the steps; a retry takes the same execution up again."""
    arn = launch(sagemaker, callback("Ask", {}))
    stop(sagemaker, arn)
    fail_callback(sagemaker, arn, "Ask")
    retry(sagemaker, arn)
    assert changes(events(server, execution=arn))[3:] == [
        "execution Executing Stopping", "Ask Executing Stopping", "Ask Stopping Stopped", "execution Stopping Stopped",
        "execution Stopped Executing", "Ask - Starting", "Ask Starting Executing"]


def test_iterations_are_steps(server, sagemaker):
    """Children of a ForEach tell their changes under the names of their rows; the counts show once the loop is over."""
    arn = launch(sagemaker, step("ForEach", "Loop", {
        "IterableItems": ["a", "b"], "MaxConcurrency": 1, "ForEachBody": [function("Echo")]}))
    found = events(server, execution=arn)
    assert changes(found)[1:-1] == [
        "Loop - Starting", "Loop Starting Executing",
        "Echo-0 - Starting", "Echo-0 Starting Executing", "Echo-0 Executing Succeeded",
        "Echo-1 - Starting", "Echo-1 Starting Executing", "Echo-1 Executing Succeeded",
        "Loop Executing Succeeded"]
    assert found[-2]["detail"]["metadata"]["forEach"]["succeededStepCount"] == 2


@pytest.mark.parametrize("limit", [1, 3])
def test_pages_follow_one_another(server, sagemaker, limit):
    """LastEventId is where the next page begins, whatever the limit; ids stay the same when an event is read again."""
    arn = launch(sagemaker, training("A"), function("B"), training("C", depends_on=["A"]))
    whole = events(server, execution=arn)
    paged, last = [], "0"
    while True:
        page = server.local("GET", "events", **{"format": "json", "execution": arn, "limit": limit, "last-event-id": last})[1]
        if not page["Events"]:
            break
        paged += page["Events"]
        last = page["LastEventId"]
    assert paged == whole
    assert len({event["id"] for event in whole}) == len(whole)


def test_an_empty_page_is_the_end(server, sagemaker, account):
    """Changes of a deleted execution are passed over, however many stand before one that can be shown."""
    name = create(sagemaker, training("A"), training("B", depends_on=["A"]))
    start(sagemaker, name)
    sagemaker.delete_pipeline(PipelineName=name, ClientRequestToken="t" * 32)
    arn = launch(sagemaker, training("A"))
    found = events(server, account=account, limit=1)
    assert [event["detail"]["pipelineExecutionArn"] for event in found] == [arn]


def test_of_a_namespace(server, sagemaker, account):
    """account and region choose whose events; nothing of another's is among them."""
    launch(sagemaker, training("A"))
    elsewhere = server.client(account, region="eu-west-1")
    arn = launch(elsewhere, training("B"))
    found = events(server, account=account, region="eu-west-1")
    assert {event["resources"][1] for event in found} == {arn}
    assert {event["region"] for event in found} == {"eu-west-1"}


def test_a_refused_start_tells_nothing(server, sagemaker, account, unchecked):
    """What is rolled back has no events."""
    name = create(sagemaker, training("A"))
    with pytest.raises(Exception):
        start(unchecked, name, {"Unknown": "1"})
    assert events(server, account=account) == []


@pytest.mark.parametrize("query, code, text", [
    ({"limit": "0"}, 400, "limit must be a number from 1 to 1000"),
    ({"last-event-id": "x"}, 400, "no id of an event"),
    ({"execution": "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/000000000000"}, 404, "does not exist"),
])
def test_mistakes_are_named(server, query, code, text):
    """A wrong query is refused with what would be right."""
    answered, body = server.local("GET", "events", format="json", **query)
    assert (answered, text in body["message"]) == (code, True), body


def test_an_id_of_another_data_file_begins_anew(server, sagemaker):
    """Who comes back to a server that has begun with an empty file brings an id that nothing has yet: it must not wait for it."""
    arn = launch(sagemaker, training("A"))
    all_of_it = server.local("GET", "events", **{"format": "json", "execution": arn})[1]["Events"]
    page = server.local("GET", "events", **{"format": "json", "execution": arn, "last-event-id": "9000000000000-3"})[1]
    assert page["Events"] == all_of_it and all_of_it
