"""Selective execution: which steps may be chosen, what is taken from the source, and how it is listed."""

import pytest

from support.definitions import (NEVER, callback, compare, condition, definition, fail, function, get, join, json_get, parameter,
                                 processing, training)
from support.runs import create, execution, message, names, refused, row, start, status, statuses, steps


def select(*names, source=None):
    config = {"SelectedSteps": [{"StepName": name} for name in names]}
    if source is not None:
        config["SourcePipelineExecutionArn"] = source
    return config


def chosen(client, name, *names, source=None, **request):
    return start(client, name, SelectiveExecutionConfig=select(*names, source=source), **request)


def chain(client, **keys):
    """A -> B -> C."""
    return create(client, training("A"), training("B", ["A"]), training("C", ["B"]), **keys)


def source_of(found):
    return found.get("SelectiveExecutionResult", {}).get("SourcePipelineExecutionArn")


def test_the_list(sagemaker):
    """[T] one of two steps selected: two entries, the selected one first, the upstream one with its source."""
    name = create(sagemaker, training("A"), training("B", ["A"]))
    source = start(sagemaker, name)
    arn = chosen(sagemaker, name, "B", source=source)
    listed = sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn)["PipelineExecutionSteps"]
    assert [found["StepName"] for found in listed] == ["B", "A"]
    assert [source_of(found) for found in listed] == [None, source]
    assert status(sagemaker, arn) == "Succeeded"


def test_downstream_steps_do_not_run(sagemaker):
    """[D] and [O]: what is behind the selection has no entry."""
    name = chain(sagemaker)
    arn = chosen(sagemaker, name, "B", source=start(sagemaker, name))
    assert names(sagemaker, arn) == ["A", "B"]
    assert status(sagemaker, arn) == "Succeeded"


def test_a_reused_step_is_as_its_source_left_it(sagemaker):
    """Status, times, attempts and metadata; a selected step has a job of its own."""
    name = chain(sagemaker)
    source = start(sagemaker, name)
    arn = chosen(sagemaker, name, "B", "C", source=source)
    reused, first = row(sagemaker, arn, "A"), row(sagemaker, source, "A")
    reused.pop("SelectiveExecutionResult")
    assert reused == first
    assert row(sagemaker, arn, "B")["Metadata"] != row(sagemaker, source, "B")["Metadata"]


def test_the_config_is_described(sagemaker):
    """[M] DescribePipelineExecution echoes it; an ordinary execution has none."""
    name = chain(sagemaker)
    source = start(sagemaker, name)
    assert "SelectiveExecutionConfig" not in execution(sagemaker, source)
    arn = chosen(sagemaker, name, "B", source=source)
    assert execution(sagemaker, arn)["SelectiveExecutionConfig"] == select("B", source=source)
    arn = chosen(sagemaker, name, "A", "B")
    assert execution(sagemaker, arn)["SelectiveExecutionConfig"] == select("A", "B")


def test_no_source_is_needed_where_nothing_outside_is(sagemaker):
    """[M] optional since 2023-10."""
    name = chain(sagemaker)
    assert names(sagemaker, chosen(sagemaker, name, "A", "B")) == ["A", "B"]
    assert names(sagemaker, chosen(sagemaker, name, "A")) == ["A"]


def test_without_a_source(sagemaker):
    """[U] the exact sentence (gh-4444)."""
    name = chain(sagemaker)
    with refused("ValidationException") as caught:
        chosen(sagemaker, name, "B")
    assert message(caught) == ("Invalid SourcePipelineExecutionArn: null. The selected steps [B] have dependencies on [A]")
    assert not sagemaker.list_pipeline_executions(PipelineName=name)["PipelineExecutionSummaries"]


def test_a_dependency_that_failed_in_the_source(sagemaker):
    """A failed source is allowed; a failed direct dependency is not. Nothing is written by a refusal."""
    name = create(sagemaker, training("A"), condition("Check", [NEVER], [], [fail("Broken", "no")], ["A"]),
                  training("B", ["A"]), condition("Other", then=[training("C")], depends_on=["A", "B"]))
    source = start(sagemaker, name)
    assert status(sagemaker, source) == "Failed"
    assert statuses(sagemaker, chosen(sagemaker, name, "B", source=source)) == {"A": "Succeeded", "B": "Succeeded"}
    with refused("ValidationException") as caught:
        chosen(sagemaker, name, "C", source=chosen(sagemaker, name, "A"))
    assert message(caught).startswith("Invalid SourcePipelineExecutionArn: arn:aws:sagemaker:")
    assert message(caught).endswith(". The selected steps [C] have dependencies on [Other]")


@pytest.mark.parametrize("chosen_names, named", [
    (["A", "X", "Y"], ["X", "Y"]), (["A", "A"], ["A"]), (["A", "C"], ["B"])])
def test_names_that_cannot_be_chosen(sagemaker, chosen_names, named):
    """Unknown, given twice, or a step left out on a path [D]: refused by name."""
    name = chain(sagemaker)
    source = start(sagemaker, name)
    with refused("ValidationException") as caught:
        chosen(sagemaker, name, *chosen_names, source=source)
    assert f"[{', '.join(named)}]" in message(caught)


@pytest.mark.parametrize("count", [0, 51])
def test_how_many(unchecked, count):
    """[M] 1 to 50 steps."""
    name = chain(unchecked)
    with refused("ValidationException", "electedSteps"):
        chosen(unchecked, name, *[f"S{number}" for number in range(count)])


def test_a_source_of_another_pipeline(sagemaker):
    """[M] the source is an execution of this pipeline."""
    name, other = chain(sagemaker), chain(sagemaker)
    source = start(sagemaker, other)
    with refused("ValidationException", "Invalid SourcePipelineExecutionArn: " + source):
        chosen(sagemaker, name, "B", source=source)


def test_a_source_that_does_not_exist(sagemaker):
    name = chain(sagemaker)
    source = start(sagemaker, name)[:-12] + "000000000000"
    with refused("ResourceNotFound", "does not exist"):
        chosen(sagemaker, name, "B", source=source)


def test_a_source_that_still_runs(sagemaker):
    """[D], [S]: Executing is no status of a source."""
    name = create(sagemaker, callback("Ask"), training("A"), training("B", ["A"]))
    source = start(sagemaker, name)
    with refused("ValidationException", f"Invalid SourcePipelineExecutionArn: {source}. ", ) as caught:
        chosen(sagemaker, name, "B", source=source)
    assert "Executing" in message(caught)


@pytest.mark.parametrize("end", ["Succeeded", "Failed", "Stopped", "CompletedWithFailures"])
def test_sources_that_ended(scripted, end):
    """[D] Failed or Succeeded; [S] the SDK adds Stopped; CompletedWithFailures is inferred. What counts is the dependency."""
    throws = {"0-": {"Throw": {"Error": "ClientError"}}}
    server, client = scripted({"Bad": throws} if end in ("Failed", "CompletedWithFailures") else {})
    wait = [callback("Ask")] if end == "Stopped" else [training("Bad")]
    handler = [training("Handle", depends_on=[{"Step": "Bad", "Trigger": "Failed"}])] if end == "CompletedWithFailures" else []
    name = create(client, training("A"), training("B", ["A"]), *wait, *handler, name="p")
    source = start(client, name)
    if end == "Stopped":
        client.stop_pipeline_execution(PipelineExecutionArn=source)
        server.local("POST", "steps/stop", {"PipelineExecutionArn": source, "StepName": "Ask"})
    assert status(client, source) == end
    arn = chosen(client, name, "B", source=source)
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Succeeded"}
    assert source_of(row(client, arn, "A")) == source


def test_the_config_is_in_no_list(sagemaker):
    """[M] SelectiveExecutionConfig is a member of the description and of Search's record, not of PipelineExecutionSummary."""
    name = chain(sagemaker)
    arn = chosen(sagemaker, name, "B", source=start(sagemaker, name))
    assert execution(sagemaker, arn)["SelectiveExecutionConfig"]["SelectedSteps"] == [{"StepName": "B"}]
    newest = sagemaker.list_pipeline_executions(PipelineName=name)["PipelineExecutionSummaries"][0]
    assert newest["PipelineExecutionArn"] == arn
    assert "SelectiveExecutionConfig" not in newest


def test_references_are_resolved_from_the_source(sagemaker):
    """[T] a property of a step that did not run here; the outputs of a Lambda and the ARN of the old job."""
    name = create(sagemaker, processing("A"), function("L", {"n": "Integer"}),
                  fail("Show", join("|", get("Steps.A.ProcessingJobStatus"), get("Steps.A.ProcessingJobName"),
                                    get("Steps.L.OutputParameters['n']"))))
    source = start(sagemaker, name)
    arn = chosen(sagemaker, name, "Show", source=source)
    shown = row(sagemaker, arn, "Show")["FailureReason"]
    assert shown == row(sagemaker, source, "Show")["FailureReason"]
    assert shown.startswith("Completed|pipelines-" + source[-12:])


def test_property_files_are_resolved_from_the_source(start_server, tmp_path, account):
    """Std:JsonGet reads what the source's step left."""
    path = tmp_path / "scenarios.json"
    path.write_text('{"Pipelines": {"p": {"Default": "Run", "TestCases": {"Run": {"Eval": {"0-": {"Return": {}, '
                    '"PropertyFiles": {"Report": {"mse": 3.5}}}}}, "Other": {}}}}}')
    client = start_server("--scenarios", path).client(account)
    create(client, processing("Eval", property_files={"Report": ("out", "report.json")}),
           fail("Show", join("", "mse ", json_get("Eval", "Report", "mse"))), name="p")
    source = start(client, "p")
    arn = chosen(client, "p#Other", "Show", source=source)
    assert row(client, arn, "Show")["FailureReason"] == "mse 3.5"


def branches(client):
    return create(client, condition("C", [compare("Equals", get("Parameters.Way"), "left")], [function("Left")],
                                    [function("Right")]), parameters=[parameter("Way", default="left")])


def test_a_branch_without_its_condition(sagemaker):
    """The outcome is the source's, whatever the parameters of this run say."""
    name = branches(sagemaker)
    source = start(sagemaker, name, {"Way": "right"})
    arn = chosen(sagemaker, name, "Right", source=source)
    assert names(sagemaker, arn) == ["C", "Right"]
    assert row(sagemaker, arn, "C")["Metadata"] == {"Condition": {"Outcome": "False"}}
    with refused("ValidationException") as caught:
        chosen(sagemaker, name, "Left", source=source)
    assert message(caught) == (f"Invalid SourcePipelineExecutionArn: {source}. "
                               "The selected steps [Left] have dependencies on [C]")


def test_a_condition_without_its_branches(sagemaker):
    """[O] a Condition at the end of a selection."""
    arn = chosen(sagemaker, branches(sagemaker), "C")
    assert names(sagemaker, arn) == ["C"]
    assert status(sagemaker, arn) == "Succeeded"


def test_parameters_are_not_inherited(sagemaker):
    """[D] what is not sent has its default again."""
    name = create(sagemaker, function("A"), fail("Show", get("Parameters.P")), parameters=[parameter("P", default="usual")])
    source = start(sagemaker, name, {"P": "special"})
    assert row(sagemaker, chosen(sagemaker, name, "Show", source=source), "Show")["FailureReason"] == "usual"


def test_a_definition_that_changed(sagemaker):
    """The current definition runs; reused steps are found by name, whatever their place in it now."""
    name = chain(sagemaker)
    source = start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(
        function("New"), training("C", ["B"]), training("B", ["A"]), training("A"), function("Late", depends_on=["New"])))
    arn = chosen(sagemaker, name, "C", source=source)
    assert names(sagemaker, arn) == ["A", "B", "C"]
    assert row(sagemaker, arn, "B")["Metadata"] == row(sagemaker, source, "B")["Metadata"]
    with refused("ValidationException", "[Late] have dependencies on [New]"):
        chosen(sagemaker, name, "Late", source=source)


def test_the_definition_of_a_version(sagemaker):
    """What is selected is of the version that PipelineVersionId names."""
    name = create(sagemaker, training("A"), training("B", ["A"]))
    source = start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(training("A"), training("C", ["A"])))
    config = {"SourcePipelineExecutionArn": source, "SelectedSteps": [{"StepName": "B"}]}
    arn = start(sagemaker, name, PipelineVersionId=1, SelectiveExecutionConfig=config)
    assert statuses(sagemaker, arn) == {"B": "Succeeded", "A": "Succeeded"}
    with refused("ValidationException", "B"):
        start(sagemaker, name, SelectiveExecutionConfig=config)


def test_a_step_that_changed_its_type_is_not_in_the_source(sagemaker):
    """A decision: a result of another type is no result of this step."""
    name = create(sagemaker, training("A"), training("B", ["A"]))
    source = start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(processing("A"), training("B", ["A"])))
    with refused("ValidationException", f"Invalid SourcePipelineExecutionArn: {source}", "have dependencies on"):
        start(sagemaker, name, SelectiveExecutionConfig={"SourcePipelineExecutionArn": source,
                                                         "SelectedSteps": [{"StepName": "B"}]})


def test_a_chain_of_selective_executions(sagemaker):
    """The direct source is shown; the result is that of the run it came from."""
    name = chain(sagemaker)
    first = start(sagemaker, name)
    second = chosen(sagemaker, name, "B", source=first)
    third = chosen(sagemaker, name, "C", source=second)
    assert {found["StepName"]: source_of(found) for found in steps(sagemaker, third)} == {"A": second, "B": second, "C": None}
    assert row(sagemaker, third, "A")["Metadata"] == row(sagemaker, first, "A")["Metadata"]
    assert row(sagemaker, third, "B")["Metadata"] == row(sagemaker, second, "B")["Metadata"]


def test_a_restart_in_the_middle(start_server, tmp_path, account):
    """What was selected stands in rows: after a restart still only that runs."""
    database = tmp_path / "data.db"
    server = start_server("--db", database)
    client = server.client(account)
    name = create(client, function("A"), callback("Ask", depends_on=["A"]), function("B", depends_on=["Ask"]), function("C", depends_on=["B"]))
    source = chosen(client, name, "A")
    arn = chosen(client, name, "Ask", "B", source=source)
    server.kill()
    client = start_server("--db", database).client(account)
    token = row(client, arn, "Ask")["Metadata"]["Callback"]["CallbackToken"]
    client.send_pipeline_execution_step_success(CallbackToken=token)
    assert statuses(client, arn) == {"A": "Succeeded", "Ask": "Succeeded", "B": "Succeeded"}
    assert status(client, arn) == "Succeeded"
