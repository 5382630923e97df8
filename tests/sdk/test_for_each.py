"""ForEach: one child of every step of the body for each item. [S] is what SDK 3.27 tells of the service (for_each_step.py),
[M] the API model, [I] what we infer: no recording of a run with iterations is known."""

import json

import pytest

from support.definitions import (ALWAYS, BUCKET, NEVER, callback, compare, condition, fail, function, get, join, json_get,
                                 parameter, processing, register_model, step, training)
from support.runs import (create, execution, fail_callback, launch, names, refused, rendered, retry, row, start, status,
                          statuses, steps, stop, succeed)


def for_each(name, items, *body, limit=50, selector=None, depends_on=None, **keys):
    """A ForEach step; `selector` is (pick, field)."""
    arguments = {"IterableItems": items, "MaxConcurrency": limit, "ForEachBody": list(body)}
    if selector:
        arguments["Selector"] = {"Pick": selector[0], "Field": get(f"IterationOutput.{selector[1]}")}
    return step("ForEach", name, arguments, depends_on, **keys)


ITEM = get("ForEach.CurrentItem")


def echo(name="Echo", value=ITEM, outputs=None, depends_on=None):
    """A function whose argument is the item."""
    return function(name, outputs, {"item": value}, depends_on)


def metadata(client, arn, name):
    return row(client, arn, name)["Metadata"]["ForEach"]


def counts(total, succeeded=None, failed=0, stopped=0, items=None):
    return {"InputItemCount": total if items is None else items, "TotalStepCount": total,
            "SucceededStepCount": total if succeeded is None else succeeded, "FailedStepCount": failed,
            "StoppedStepCount": stopped}


def contexts(client, arn):
    return {found["StepName"]: found["IterationContext"] for found in steps(client, arn) if "IterationContext" in found}


def returns(**outputs):
    return {"0-": {"Return": outputs}}


def throws(cause="broken", attempts="0-", error="ClientError"):
    return {attempts: {"Throw": {"Error": error, "Cause": cause}}}


# Items -----------------------------------------------------------------------------------------------------------

def test_the_list(sagemaker):
    """[M] children are records of the same list, [S] named <body step>-<index>; the bare body step has none [I]."""
    arn = launch(sagemaker, for_each("Each", ["a", "b"], training("Fit"), function("Score", depends_on=["Fit"])))
    assert status(sagemaker, arn) == "Succeeded"
    assert names(sagemaker, arn) == ["Each", "Fit-0", "Fit-1", "Score-0", "Score-1"]
    assert contexts(sagemaker, arn) == {
        f"{name}-{index}": {"ParentStepName": "Each", "Index": index, "Item": item}
        for name in ("Fit", "Score") for index, item in enumerate("ab")}
    assert metadata(sagemaker, arn, "Each") == {"Status": "Succeeded", **counts(4, items=2)}
    assert "IterationContext" not in row(sagemaker, arn, "Each")
    assert row(sagemaker, arn, "Fit-1")["Metadata"]["TrainingJob"]["Arn"].split("/")[1].split("-")[2:4] == ["Fit", "1"]


@pytest.mark.parametrize("items", [get("Parameters.Items"), get("Steps.Make.OutputParameters['Items']")])
def test_items_from_a_reference(sagemaker, scripted, items):
    """[S] a reference gives a list as text in JSON: a parameter, a step's output. Item is text or compact JSON [I]."""
    text = '["a", 1, 2.5, true, {"k": [1, "x"]}, "{\\"n\\": 3}"]'
    _, client = scripted({"Make": returns(Items=text)})
    arn = launch(client, function("Make", {"Items": "String"}), for_each("Each", items, echo()),
                 parameters=[parameter("Items", default=text)], name="p")
    assert [context["Item"] for context in contexts(client, arn).values()] == [
        "a", "1", "2.5", "true", '{"k":[1,"x"]}', '{"n": 3}']
    assert status(client, arn) == "Succeeded"


def test_a_literal_list(sagemaker):
    """[S] 1..100 values and references, each an item."""
    arn = launch(sagemaker, for_each("Each", ["x", 1, 2.5, True, get("Parameters.P")], echo()),
                 parameters=[parameter("P", default="extra")])
    assert [context["Item"] for context in contexts(sagemaker, arn).values()] == ["x", "1", "2.5", "true", "extra"]


def test_the_current_item(sagemaker):
    """[S] ForEach.CurrentItem, its members to any depth; items are often objects as text."""
    items = json.dumps([{"name": "a", "tags": [{"k": "t"}]}, '{"name": "b", "tags": [{"k": "u"}]}'])
    shown = [get(f"ForEach.CurrentItem{path}") for path in (".name", "['tags'][0].k")]
    arn = launch(sagemaker, for_each("Each", get("Parameters.Items"), training("Fit", arguments={
        "OutputDataConfig": {"S3OutputPath": join("/", BUCKET, *shown)}})),
        fail("Show", join(" ", *(get(f"Steps.Each.IterationOutputs[{index}].Fit.OutputDataConfig.S3OutputPath")
                                 for index in range(2)))), parameters=[parameter("Items", default=items)])
    assert row(sagemaker, arn, "Show")["FailureReason"] == f"{BUCKET}/a/t {BUCKET}/b/u"


def test_an_item_without_what_the_body_reads(sagemaker):
    """The child fails as any step whose expression has no value, and says which."""
    arn = launch(sagemaker, for_each("Each", ["a", '{"k": 1}'], echo(value=get("ForEach.CurrentItem.k")), limit=1))
    assert statuses(sagemaker, arn) == {"Each": "Failed", "Echo-0": "Failed"}
    assert "ForEach.CurrentItem.k" in row(sagemaker, arn, "Echo-0")["FailureReason"]


def test_no_items(sagemaker):
    """[I] an empty list: Succeeded, every count 0, no Selector; what is behind it goes on."""
    arn = launch(sagemaker, for_each("Each", get("Parameters.Items"), echo(outputs={"Score": "Float"}),
                                     selector=("MaxBy", "Echo.OutputParameters['Score']")),
                 training("After", ["Each"]), parameters=[parameter("Items", default="[]")])
    assert statuses(sagemaker, arn) == {"Each": "Succeeded", "After": "Succeeded"}
    assert metadata(sagemaker, arn, "Each") == {"Status": "Succeeded", **counts(0)}


@pytest.mark.parametrize("value, reason", [
    ("a,b", "the text is none"), ('{"a": 1}', "an object"), ("5", "an integer"),
    (json.dumps(["x" * 12_801]), "12801 characters"),
])
def test_what_is_no_list_of_items(scripted, value, reason):
    """[I] the step fails with a ClientError that says what it found."""
    _, client = scripted({"Make": returns(Items=value)})
    arn = launch(client, function("Make", {"Items": "String"}),
                 for_each("Each", get("Steps.Make.OutputParameters['Items']"), echo()), name="p")
    assert statuses(client, arn) == {"Make": "Succeeded", "Each": "Failed"}
    assert row(client, arn, "Each")["FailureReason"].startswith("ClientError: ")
    assert reason in row(client, arn, "Each")["FailureReason"]
    assert execution(client, arn)["FailureReason"] == "Step failure: One or multiple steps failed."


# Within an iteration ---------------------------------------------------------------------------------------------

def test_references_within_a_body_mean_the_same_iteration(scripted):
    """[S] Steps.<body step> in a body: the same iteration's, its property files as well."""
    _, client = scripted({
        **{f"Make-{index}": returns(Text=f"made {index}") for index in range(2)},
        **{f"Look-{index}": {"0-": {"Return": {}, "PropertyFiles": {"Report": {"score": index}}}} for index in range(2)}})
    arn = launch(
        client,
        for_each("Each", ["a", "b"], function("Make", {"Text": "String"}), processing("Look", ["o"], {"Report": ("o", "r.json")}),
                 training("Fit", arguments={"OutputDataConfig": {"S3OutputPath": join(
                     " ", ITEM, get("Steps.Make.OutputParameters['Text']"), json_get("Look", "Report", "score"))}})),
        fail("Show", join(", ", *(get(f"Steps.Each.IterationOutputs[{index}].Fit.OutputDataConfig.S3OutputPath")
                                  for index in range(2)))), name="p")
    assert row(client, arn, "Show")["FailureReason"] == "a made 0 0, b made 1 1"


def test_a_body_waits_for_what_its_loop_waits_for(start_server, account):
    """[I] what a step of a body takes from outside is a dependency of the ForEach: no iteration begins before."""
    server = start_server("--clock", "manual", "--step-duration", 60)
    client = server.client(account)
    arn = launch(client, training("First"), for_each("Each", ["a"], function("Own"), echo(
        "Use", get("Steps.First.TrainingJobName"), depends_on=["Own"])))
    assert names(client, arn) == ["First"]
    server.advance(To="idle")
    assert names(client, arn) == ["First", "Each", "Own-0", "Use-0"]


def test_model_packages_of_iterations_are_numbered(sagemaker):
    """Versions of one group, in the order of the iterations."""
    arn = launch(sagemaker, for_each("Each", ["a", "b", "c"], register_model("Register")))
    assert [row(sagemaker, arn, f"Register-{index}")["Metadata"]["RegisterModel"]["Arn"].rsplit("/", 1)[1]
            for index in range(3)] == ["1", "2", "3"]


# Downstream ------------------------------------------------------------------------------------------------------

def test_counts_and_status_downstream(sagemaker):
    """[S] Status (text) and five integers."""
    expressions = [get(f"Steps.Each.{name}") for name in (
        "Status", "InputItemCount", "TotalStepCount", "SucceededStepCount", "FailedStepCount", "StoppedStepCount")]
    assert rendered(sagemaker, join(" ", *expressions),
                    for_each("Each", ["a", "b", "c"], echo(), function("Other"))) == "Succeeded 3 6 6 0 0"


@pytest.mark.parametrize("pick, index, model", [("MaxBy", 1, "one"), ("MinBy", 2, "two")])
def test_the_selector(scripted, pick, index, model):
    """[S] the iteration with the greatest or least Field; Selected reads the same step there. Ties: the first [I]."""
    scores = [0.5, 0.9, 0.1, 0.9, 0.1]
    words = ["zero", "one", "two", "three", "four"]
    _, client = scripted({f"Score-{at}": returns(Score=score, Model=words[at]) for at, score in enumerate(scores)})
    arn = launch(client, for_each("Each", words, function("Score", {"Score": "Float", "Model": "String"}),
                                  selector=(pick, "Score.OutputParameters['Score']")),
                 fail("Show", get("Steps.Each.Selected.OutputParameters['Model']")), name="p")
    assert metadata(client, arn, "Each")["Selector"] == {"StepName": "Score", "Index": index}
    assert row(client, arn, "Show")["FailureReason"] == model


def test_a_selector_without_a_comparable_value(scripted):
    """[I] the ForEach fails, and its reason says which iteration; its steps stay as they ended."""
    _, client = scripted({"Score-0": returns(Score="high"), "Score-1": returns(Score="1")})
    arn = launch(client, for_each("Each", ["a", "b"], function("Score", {"Score": "String"}),
                                  selector=("MaxBy", "Score.OutputParameters['Score']")), name="p")
    found = row(client, arn, "Each")
    assert found["StepStatus"] == "Failed"
    assert found["FailureReason"] == (
        'ClientError: The Selector cannot compare iterations: in iteration 0 its Field is "high", not a number.')
    assert found["Metadata"]["ForEach"] == {"Status": "Failed", **counts(2)}


def test_an_iteration_that_there_is_not(sagemaker):
    """An index beyond the items fails the step that reads it."""
    arn = launch(sagemaker, for_each("Each", ["a"], training("Fit")),
                 echo("Use", get("Steps.Each.IterationOutputs[1].Fit.TrainingJobName")))
    assert statuses(sagemaker, arn) == {"Each": "Succeeded", "Fit-0": "Succeeded", "Use": "Failed"}
    assert "IterationOutputs[1]" in row(sagemaker, arn, "Use")["FailureReason"]


@pytest.mark.parametrize("bad, outcome", [({}, "False"), ({"Echo-1": throws()}, "True")])
def test_a_condition_on_the_end(scripted, bad, outcome):
    """[I] under the trigger Any, Status and the counts are read however the ForEach ended."""
    _, client = scripted(bad)
    arn = launch(client, for_each("Each", ["a", "b"], echo()), condition(
        "AnyFailed", [compare("GreaterThan", get("Steps.Each.FailedStepCount"), 0)], [function("Mend")],
        depends_on=[{"Step": "Each", "Trigger": "Any"}]), name="p")
    assert row(client, arn, "AnyFailed")["Metadata"]["Condition"]["Outcome"] == outcome
    assert status(client, arn) == ("CompletedWithFailures" if bad else "Succeeded")


@pytest.mark.parametrize("taken", [True, False])
def test_in_a_branch(sagemaker, taken):
    """[S] a ForEach may stand in a branch; not taken, neither it nor its children are listed."""
    arn = launch(sagemaker, condition("Check", [ALWAYS if taken else NEVER], [for_each("Each", ["a"], echo())]))
    assert names(sagemaker, arn) == (["Check", "Each", "Echo-0"] if taken else ["Check"])


# Limits ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("limit, of_the_run, most", [(2, None, 2), (50, 3, 3), (2, 3, 2)])
def test_both_limits_bind(start_server, account, limit, of_the_run, most):
    """[S] MaxConcurrency counts child steps; [I] the execution's limit binds too, and the ForEach itself takes no slot."""
    server = start_server("--clock", "manual", "--step-duration", 60)
    client = server.client(account)
    more = {"ParallelismConfiguration": {"MaxParallelExecutionSteps": of_the_run}} if of_the_run else {}
    arn = launch(client, for_each("Each", list("abcde"), echo(), limit=limit), **more)
    seen = []
    while status(client, arn) == "Executing":
        seen.append(sum(found["StepStatus"] == "Executing" for found in contexts_rows(client, arn)))
        server.advance(To="next")
    assert max(seen) == most
    assert status(client, arn) == "Succeeded"


def contexts_rows(client, arn):
    return [found for found in steps(client, arn) if "IterationContext" in found]


def test_counts_while_it_runs(start_server, account):
    """[I] the counts of the moment, no Status: the model's Status has values for an end only."""
    server = start_server("--clock", "manual", "--step-duration", 60)
    client = server.client(account)
    arn = launch(client, for_each("Each", list("abc"), echo(), limit=2))
    assert metadata(client, arn, "Each") == counts(2, 0, items=3)
    server.advance(Seconds=61)
    assert metadata(client, arn, "Each") == counts(3, 2, items=3)
    assert row(client, arn, "Each")["StepStatus"] == "Executing"
    server.advance(To="idle")
    assert metadata(client, arn, "Each") == {"Status": "Succeeded", **counts(3)}


# Failure, stop, retry --------------------------------------------------------------------------------------------

def test_a_failed_child(scripted):
    """[I] its dependents are not generated, started children drain, no iteration begins; the ForEach is Failed."""
    server, client = scripted({"Fit-0": {"0-": {"Throw": {"Error": "ClientError", "Cause": "no"}, "Duration": 10}},
                               "Fit": {"0-": {"Return": {}, "Duration": 60}}}, "--clock", "manual")
    arn = launch(client, for_each("Each", list("abcd"), training("Fit"), function("Score", depends_on=["Fit"]), limit=2),
                 training("After", ["Each"]), name="p")
    server.advance(Seconds=20)
    assert statuses(client, arn) == {"Each": "Executing", "Fit-0": "Failed", "Fit-1": "Executing"}
    server.advance(To="idle")
    assert statuses(client, arn) == {"Each": "Failed", "Fit-0": "Failed", "Fit-1": "Succeeded"}
    assert row(client, arn, "Each")["FailureReason"] == "Steps of iterations failed: Fit-0."
    assert metadata(client, arn, "Each") == {"Status": "Failed", **counts(2, 1, 1, items=4)}
    assert status(client, arn) == "Failed"


def test_a_failed_child_and_its_handler(scripted):
    """A step of the body that waits for the failure starts, but handles nothing: the ForEach is Failed all the same."""
    _, client = scripted({"Fit-1": throws()})
    arn = launch(client, for_each("Each", list("ab"), training("Fit"),
                                  function("Tidy", depends_on=[{"Step": "Fit", "Trigger": "Failed"}])), name="p")
    assert statuses(client, arn) == {"Each": "Failed", "Fit-0": "Succeeded", "Fit-1": "Failed", "Tidy-1": "Succeeded"}
    assert row(client, arn, "Each")["FailureReason"] == "Steps of iterations failed: Fit-1."
    assert status(client, arn) == "Failed"


def test_one_iteration_is_scripted_by_its_name(scripted):
    """A scenario speaks of one iteration by the child's name, of all by the body step's."""
    _, client = scripted({"Echo": returns(Text="all"), "Echo-1": returns(Text="one")})
    arn = launch(client, for_each("Each", list("abc"), echo(outputs={"Text": "String"})), fail("Show", join(" ", *(
        get(f"Steps.Each.IterationOutputs[{index}].Echo.OutputParameters['Text']") for index in range(3)))), name="p")
    assert row(client, arn, "Show")["FailureReason"] == "all one all"


def test_caching_in_a_body(sagemaker):
    """Body steps may carry a CacheConfig [S]: an item that was seen before is not run again, whatever its index."""
    fit = training("Fit", arguments={"HyperParameters": {"x": ITEM}}, CacheConfig={"Enabled": True, "ExpireAfter": "P1D"})
    name = create(sagemaker, for_each("Each", get("Parameters.Items"), fit), parameters=[parameter("Items")])
    first, second = (start(sagemaker, name, {"Items": json.dumps(items)}) for items in (["a", "b"], ["b", "c"]))
    hits = {found["StepName"]: found.get("CacheHitResult") for found in steps(sagemaker, second)}
    assert hits == {"Each": None, "Fit-0": {"SourcePipelineExecutionArn": first}, "Fit-1": None}
    assert contexts(sagemaker, second)["Fit-0"] == {"ParentStepName": "Each", "Index": 0, "Item": "b"}
    assert row(sagemaker, second, "Fit-0")["Metadata"] == row(sagemaker, first, "Fit-1")["Metadata"]


def test_a_for_each_itself_is_not_scripted(scripted):
    """It ends as its children do; a script of it would be ignored, so it is refused."""
    _, client = scripted({"Each": returns()})
    with refused("ValidationException", "Each", "steps of its body"):
        launch(client, for_each("Each", ["a"], echo()), name="p")


def test_retry_policies_of_a_body_step(scripted):
    """Body steps are ordinary steps and may carry their own policies [S]: each child is tried again by itself."""
    _, client = scripted({"Fit-1": {"0": {"Throw": {"Error": "SageMaker.CAPACITY_ERROR"}}, "1-": {"Return": {}}}})
    arn = launch(client, for_each("Each", list("ab"), training("Fit", RetryPolicies=[
        {"ExceptionType": ["SageMaker.CAPACITY_ERROR"], "MaxAttempts": 2}])), name="p")
    assert {found["StepName"]: found["AttemptCount"] for found in steps(client, arn)} == {"Each": 1, "Fit-0": 1, "Fit-1": 2}
    assert status(client, arn) == "Succeeded"


def test_stop(start_server, account):
    """[I] running children stop, none starts; the ForEach is Stopped, and so is the execution."""
    server = start_server("--clock", "manual", "--step-duration", 60)
    client = server.client(account)
    arn = launch(client, for_each("Each", list("abc"), echo(), limit=2))
    server.advance(Seconds=0)
    stop(client, arn)
    assert statuses(client, arn) == {"Each": "Stopped", "Echo-0": "Stopped", "Echo-1": "Stopped"}
    assert metadata(client, arn, "Each") == {"Status": "Stopped", **counts(2, 0, 0, 2, items=3)}
    assert status(client, arn) == "Stopped"


def test_retry_runs_only_what_did_not_succeed(scripted):
    """[I] RetryPipelineExecution: succeeded children stay, the items are those of before, attempts count on."""
    _, client = scripted({"Fit-1": {"0": {"Throw": {"Error": "ClientError"}}, "1-": {"Return": {}}}})
    arn = launch(client, for_each("Each", list("abc"), training("Fit"), function("Score", depends_on=["Fit"]), limit=1),
                 fail("Show", join(" ", get("Steps.Each.Status"), get("Steps.Each.IterationOutputs[0].Fit.TrainingJobName"))),
                 name="p")
    before = {found["StepName"]: found for found in steps(client, arn)}
    assert {name: found["StepStatus"] for name, found in before.items()} == {
        "Each": "Failed", "Fit-0": "Succeeded", "Score-0": "Succeeded", "Fit-1": "Failed"}
    retry(client, arn)
    after = {found["StepName"]: found for found in steps(client, arn)}
    assert {name: (found["StepStatus"], found["AttemptCount"]) for name, found in after.items()} == {
        "Each": ("Succeeded", 2), "Fit-0": ("Succeeded", 1), "Score-0": ("Succeeded", 1), "Fit-1": ("Succeeded", 2),
        "Score-1": ("Succeeded", 1), "Fit-2": ("Succeeded", 1), "Score-2": ("Succeeded", 1), "Show": ("Failed", 1)}
    assert {name: after[name] for name in ("Fit-0", "Score-0")} == {name: before[name] for name in ("Fit-0", "Score-0")}
    assert [after[f"Fit-{index}"]["IterationContext"]["Item"] for index in range(3)] == ["a", "b", "c"]
    assert after["Each"]["Metadata"]["ForEach"] == {"Status": "Succeeded", **counts(6, items=3)}
    assert after["Show"]["FailureReason"].startswith("Succeeded pipelines-")


def test_callbacks_in_a_body(sagemaker):
    """Each iteration waits for its own answer, which the others do not see."""
    arn = launch(sagemaker, for_each("Each", list("ab"), callback("Ask", {"answer": "String"}), echo(
        "Use", get("Steps.Ask.OutputParameters['answer']"), depends_on=["Ask"])),
        fail("Show", join(" ", *(get(f"Steps.Each.IterationOutputs[{index}].Ask.OutputParameters['answer']") for index in (0, 1)))))
    assert statuses(sagemaker, arn) == {"Each": "Executing", "Ask-0": "Executing", "Ask-1": "Executing"}
    succeed(sagemaker, arn, "Ask-1", answer="second")
    assert statuses(sagemaker, arn) == {"Each": "Executing", "Ask-0": "Executing", "Ask-1": "Succeeded", "Use-1": "Succeeded"}
    succeed(sagemaker, arn, "Ask-0", answer="first")
    assert row(sagemaker, arn, "Show")["FailureReason"] == "first second"


def test_stop_waits_for_a_callback_in_a_body(sagemaker):
    """As for any Callback: Stopping until it is answered, and with it the ForEach."""
    arn = launch(sagemaker, for_each("Each", list("ab"), callback("Ask"), limit=1))
    stop(sagemaker, arn)
    assert statuses(sagemaker, arn) == {"Each": "Stopping", "Ask-0": "Stopping"}
    fail_callback(sagemaker, arn, "Ask-0")
    assert statuses(sagemaker, arn) == {"Each": "Stopped", "Ask-0": "Stopped"}
    assert status(sagemaker, arn) == "Stopped"


def test_killed_in_the_middle(start_server, tmp_path, account):
    """A killed server goes on with the iterations where they were, and resolves no items again."""
    flags = ("--db", tmp_path / "data.db", "--clock", "manual", "--step-duration", 60)
    one = start_server(*flags)
    client = one.client(account)
    arn = launch(client, for_each("Each", list("abc"), training("Fit"), echo("Use", join(" ", ITEM, get(
        "Steps.Fit.TrainingJobName")), depends_on=["Fit"]), limit=2), training("After", ["Each"]), name="p")
    one.advance(Seconds=61)
    before = steps(client, arn)
    assert statuses(client, arn) == {"Each": "Executing", "Fit-0": "Succeeded", "Fit-1": "Succeeded", "Use-0": "Executing",
                                     "Use-1": "Executing"}
    one.kill()
    two = start_server(*flags)
    client = two.client(account)
    assert steps(client, arn) == before
    two.advance(To="idle")
    assert statuses(client, arn) == dict.fromkeys(
        ["Each", "After", *(f"{name}-{index}" for name in ("Fit", "Use") for index in range(3))], "Succeeded")
    assert contexts(client, arn)["Use-2"] == {"ParentStepName": "Each", "Index": 2, "Item": "c"}


# Selective execution ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("retried", [False, True])
def test_reused_as_a_whole(scripted, retried):
    """[I] a ForEach that is not selected is taken with all its children, also where a retry made its row anew."""
    _, client = scripted({"Fit-1": {"0": {"Throw": {"Error": "ClientError"}}, "1-": {"Return": {}}}} if retried else {})
    name = create(client, for_each("Each", list("ab"), training("Fit"), limit=1),
                  fail("Show", get("Steps.Each.IterationOutputs[1].Fit.TrainingJobName")), name="p")
    source = start(client, name)
    if retried:
        retry(client, source)
    arn = start(client, name, SelectiveExecutionConfig={
        "SourcePipelineExecutionArn": source, "SelectedSteps": [{"StepName": "Show"}]})
    assert names(client, arn) == ["Fit-0", "Each", "Fit-1", "Show"] if retried else ["Each", "Fit-0", "Fit-1", "Show"]
    for reused in ("Each", "Fit-0", "Fit-1"):
        found = row(client, arn, reused)
        assert found.pop("SelectiveExecutionResult") == {"SourcePipelineExecutionArn": source}
        assert found == row(client, source, reused)
    assert row(client, arn, "Show")["FailureReason"] == row(client, source, "Show")["FailureReason"]


def test_selected_as_a_whole(sagemaker):
    """A step of a body cannot be selected by itself; with its ForEach all of it runs."""
    name = create(sagemaker, for_each("Each", list("ab"), echo()), training("After", ["Each"]))
    with refused("ValidationException", "Echo", "Select the ForEach step"):
        start(sagemaker, name, SelectiveExecutionConfig={"SelectedSteps": [{"StepName": "Echo"}]})
    arn = start(sagemaker, name, SelectiveExecutionConfig={"SelectedSteps": [{"StepName": "Each"}]})
    assert names(sagemaker, arn) == ["Each", "Echo-0", "Echo-1"]


# Refused ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("body, texts", [
    (condition("C"), ["Condition", "not allowed"]),
    (fail("F", "x"), ["Fail", "not allowed"]),
    (for_each("Inner", ["a"], echo()), ["ForEach", "not allowed"]),
    (echo("x" * 63), ["too long"]),
])
def test_what_a_body_may_not_hold(sagemaker, body, texts):
    """[S] Condition, Fail and ForEach; names whose iterations would be longer than a StepName [M]."""
    with refused("ValidationException", *texts):
        create(sagemaker, for_each("Each", ["a"], body))


def test_names_that_iterations_take(sagemaker):
    """[S] the service rejects top-level names of the form <body step>-<digits>, and names repeated across bodies."""
    with refused("ValidationException", "'Echo-7'"):
        create(sagemaker, for_each("Each", ["a"], echo()), training("Echo-7"))
    with refused("ValidationException", "duplicate names", "'Echo'"):
        create(sagemaker, for_each("Each", ["a"], echo()), for_each("Other", ["a"], echo()))


def test_a_step_of_a_body_is_not_seen_from_outside(sagemaker):
    """[I] refused, with how to write it."""
    with refused("ValidationException", "Steps.Each.IterationOutputs[0].Fit"):
        create(sagemaker, for_each("Each", ["a"], training("Fit")), echo("Use", get("Steps.Fit.TrainingJobName")))
