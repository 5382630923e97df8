"""The list of steps: order, pages, what is in a row; dependencies; Fail steps and failures."""

import re

import pytest

from support.definitions import (ALWAYS, callback, condition, definition, fail, function, get, join, parameter, processing, step,
                                 training)
from support.runs import (create, execution, launch, message, names, refused, row, start, status, statuses, steps, succeed,
                          token_of)


def chain(*names_):
    """Lambda steps, each behind the one before."""
    return [function(name, depends_on=[before] if before else None)
            for before, name in zip([None, *names_[:-1]], names_)]


# The list ------------------------------------------------------------------------------------------------------

def test_newest_first_is_the_default(sagemaker):
    """[T] index 0 is the step started last; the SDK reads it and never pages."""
    arn = launch(sagemaker, *chain("A", "B", "C"))
    answer = sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn)
    assert [found["StepName"] for found in answer["PipelineExecutionSteps"]] == ["C", "B", "A"]
    assert "NextToken" not in answer


@pytest.mark.parametrize("order, expected", [("Ascending", ["A", "B", "C"]), ("Descending", ["C", "B", "A"])])
def test_sort_order(sagemaker, order, expected):
    """SortOrder is by start time."""
    arn = launch(sagemaker, *chain("A", "B", "C"))
    answer = sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn, SortOrder=order)
    assert [found["StepName"] for found in answer["PipelineExecutionSteps"]] == expected


@pytest.mark.parametrize("order", ["Ascending", "Descending"])
def test_pages(sagemaker, order):
    """Pages of two show every step once, in order."""
    arn = launch(sagemaker, *chain("A", "B", "C", "D", "E"))
    pages = list(sagemaker.get_paginator("list_pipeline_execution_steps").paginate(
        PipelineExecutionArn=arn, SortOrder=order, PaginationConfig={"PageSize": 2}))
    assert [len(page["PipelineExecutionSteps"]) for page in pages] == [2, 2, 1]
    paged = [found["StepName"] for page in pages for found in page["PipelineExecutionSteps"]]
    assert paged == (list("ABCDE") if order == "Ascending" else list("EDCBA"))


def test_the_default_page_holds_a_hundred(sagemaker):
    """The SDK's list_steps never pages, so the default is the model's maximum."""
    arn = launch(sagemaker, *[function(f"S{number:03}") for number in range(101)])
    answer = sagemaker.list_pipeline_execution_steps(PipelineExecutionArn=arn)
    assert len(answer["PipelineExecutionSteps"]) == 100
    assert answer["NextToken"]


def test_ready_together_start_in_the_order_of_the_definition(sagemaker):
    """Which of several ready steps starts first is not documented: a decision, the first in the definition."""
    arn = launch(sagemaker, function("Z"), function("A"), function("M"))
    assert names(sagemaker, arn) == ["Z", "A", "M"]


def test_the_list_needs_no_order_in_the_definition(sagemaker):
    """[RUN] the SDK emits dependents before what they depend on."""
    arn = launch(sagemaker, function("Last", depends_on=["Middle"]), function("Middle", depends_on=["First"]), function("First"))
    assert names(sagemaker, arn) == ["First", "Middle", "Last"]


def test_row_of_a_plain_step(sagemaker):
    """[O] a first success: AttemptCount 1, no CacheHitResult, no FailureReason, no SelectiveExecutionResult."""
    arn = launch(sagemaker, function("A"))
    found = row(sagemaker, arn, "A")
    assert found.pop("StartTime") <= found.pop("EndTime")
    metadata = found.pop("Metadata")
    assert found == {"StepName": "A", "StepStatus": "Succeeded", "AttemptCount": 1}
    assert list(metadata) == ["Lambda"]
    assert metadata["Lambda"]["Arn"] == "arn:aws:lambda:us-east-1:123456789012:function:f"


def test_display_name_and_description(sagemaker):
    """StepDisplayName and StepDescription are those of the definition, spaces included."""
    arn = launch(sagemaker, function("A", DisplayName="My Step From Test", Description="what it is for"))
    found = row(sagemaker, arn, "A")
    assert (found["StepDisplayName"], found["StepDescription"]) == ("My Step From Test", "what it is for")


def test_a_running_step_has_no_end(sagemaker):
    """EndTime appears with the end; until then the execution is Executing."""
    arn = launch(sagemaker, callback("Wait"), function("After", depends_on=["Wait"]))
    found = row(sagemaker, arn, "Wait")
    assert found["StepStatus"] == "Executing"
    assert "EndTime" not in found
    assert status(sagemaker, arn) == "Executing"
    assert names(sagemaker, arn) == ["Wait"]  # what has not started is not listed


# Dependencies --------------------------------------------------------------------------------------------------

def test_a_dependent_starts_after_its_dependency_has_ended(sagemaker):
    """[T] DependsOn: earlier EndTime < later StartTime, also on the instant clock."""
    rows = {found["StepName"]: found for found in steps(sagemaker, launch(sagemaker, *chain("A", "B", "C")))}
    assert rows["A"]["EndTime"] < rows["B"]["StartTime"]
    assert rows["B"]["EndTime"] < rows["C"]["StartTime"]


@pytest.mark.parametrize("reference", [
    get("Steps.First.ModelArtifacts.S3ModelArtifacts"),
    join("/", "s3:/", get("Steps.First.TrainingJobName")),
    join("-", join("", "a", join("", get("Steps.First.TrainingJobName")))),
])
def test_a_reference_is_a_dependency(sagemaker, reference):
    """A Get anywhere, in any nesting, makes its step a dependency without DependsOn."""
    arn = launch(sagemaker, function("Second", arguments={"x": {"deep": [1, reference]}}), training("First"))
    assert names(sagemaker, arn) == ["First", "Second"]


def test_a_reference_in_a_condition_is_a_dependency(sagemaker):
    """[T] conditions read properties; the Condition waits for them."""
    from support.definitions import compare
    arn = launch(sagemaker,
                 condition("Check", [compare("Equals", get("Steps.Train.TrainingJobStatus"), "Completed")], [function("Then")]),
                 training("Train"))
    assert names(sagemaker, arn) == ["Train", "Check", "Then"]


def test_a_diamond_runs_each_step_once(sagemaker):
    """Two ways to a step are still one run of it."""
    arn = launch(sagemaker, function("A"), function("B", depends_on=["A"]), function("C", depends_on=["A"]),
                 function("D", depends_on=["B", "C"]))
    assert names(sagemaker, arn) == ["A", "B", "C", "D"]


def test_depending_on_a_condition_waits_for_its_outcome(sagemaker):
    """DependsOn on a Condition waits for the Condition itself, not for its branches, and runs whatever the outcome."""
    from support.definitions import NEVER
    arn = launch(sagemaker, condition("Check", [NEVER], [function("Then")]), function("After", depends_on=["Check"]))
    assert statuses(sagemaker, arn) == {"Check": "Succeeded", "After": "Succeeded"}


def test_a_step_behind_an_untaken_branch_does_not_run(sagemaker):
    """What depends on a step that will never run, never runs either, and is not listed."""
    from support.definitions import NEVER
    arn = launch(sagemaker, condition("Check", [NEVER], [function("Then")]), function("After", depends_on=["Then"]))
    assert statuses(sagemaker, arn) == {"Check": "Succeeded"}
    assert status(sagemaker, arn) == "Succeeded"


def test_a_branch_step_waits_for_its_condition_and_its_own_dependencies(sagemaker):
    """Membership in a branch is one dependency more."""
    arn = launch(sagemaker, callback("Wait"), condition("Check", [ALWAYS], [function("Then", depends_on=["Wait"])]))
    assert names(sagemaker, arn) == ["Wait", "Check"]
    succeed(sagemaker, arn, "Wait")
    assert names(sagemaker, arn) == ["Wait", "Check", "Then"]


# Fail steps ----------------------------------------------------------------------------------------------------

def test_fail_step_with_a_message(sagemaker):
    """[T] test_fail_steps.py: StepStatus Failed, FailureReason = message = Metadata.Fail.ErrorMessage."""
    arn = launch(sagemaker, fail("Stop", "it went wrong"))
    found = row(sagemaker, arn, "Stop")
    assert found["StepStatus"] == "Failed"
    assert found["FailureReason"] == "it went wrong"
    assert found["Metadata"] == {"Fail": {"ErrorMessage": "it went wrong"}}
    assert found["AttemptCount"] == 1


@pytest.mark.parametrize("arguments", [{}, {"ErrorMessage": ""}, {"ErrorMessage": None}])
def test_fail_step_without_a_message(sagemaker, arguments):
    """[T] no FailureReason at all, ErrorMessage "" (the SDK sends the empty string); null means as much as nothing."""
    found = row(sagemaker, launch(sagemaker, step("Fail", "Stop", arguments)), "Stop")
    assert found["StepStatus"] == "Failed"
    assert "FailureReason" not in found
    assert found["Metadata"] == {"Fail": {"ErrorMessage": ""}}


def test_fail_step_renders_its_message(sagemaker):
    """[O] recorded: 'Execution failed due to MSE > 3.0'."""
    arn = launch(sagemaker, fail("Stop", join(" ", "Execution failed due to MSE >", get("Parameters.MseThreshold"))),
                 parameters=[parameter("MseThreshold", "Float", 3.0)])
    assert row(sagemaker, arn, "Stop")["FailureReason"] == "Execution failed due to MSE > 3.0"


def test_failed_execution_reason(sagemaker):
    """[T/O] the execution's and the summary's reason, with the final period of out23 and out24."""
    name = create(sagemaker, fail("Stop", "x"))
    arn = start(sagemaker, name)
    found = execution(sagemaker, arn)
    assert found["PipelineExecutionStatus"] == "Failed"
    assert found["FailureReason"] == "Step failure: One or multiple steps failed."
    [summary] = sagemaker.list_pipeline_executions(PipelineName=name)["PipelineExecutionSummaries"]
    assert summary["PipelineExecutionFailureReason"] == "Step failure: One or multiple steps failed."
    assert summary["PipelineExecutionStatus"] == "Failed"


def test_running_steps_finish_after_a_fail_step(sagemaker):
    """[D] a Fail step does not end the execution until the steps that run beside it are done; nothing new starts."""
    arn = launch(sagemaker, callback("Wait"), fail("Stop", "x"), function("After", depends_on=["Wait"]))
    assert statuses(sagemaker, arn) == {"Wait": "Executing", "Stop": "Failed"}
    assert status(sagemaker, arn) == "Executing"
    succeed(sagemaker, arn, "Wait")
    assert statuses(sagemaker, arn) == {"Wait": "Succeeded", "Stop": "Failed"}
    assert status(sagemaker, arn) == "Failed"


def test_a_fail_step_at_the_top_waits_for_what_its_message_reads(sagemaker):
    """[T] test_model_steps.py: a Fail without DependsOn waits for the steps of its Join."""
    arn = launch(sagemaker, fail("Stop", join("", "job ", get("Steps.Train.TrainingJobStatus"))), training("Train"))
    assert names(sagemaker, arn) == ["Train", "Stop"]
    assert row(sagemaker, arn, "Stop")["FailureReason"] == "job Completed"


def test_depending_on_a_fail_step_is_refused(sagemaker):
    """[T] AWS's text contains "CondStep can not depends on FailStep"."""
    text = definition(fail("FailStep", "x"), condition("CondStep", depends_on=["FailStep"]))
    with refused("ValidationException", "CondStep can not depends on FailStep"):
        create(sagemaker, text=text)


def test_a_reference_to_a_fail_step_is_refused(sagemaker):
    """[D] a Fail step cannot be referenced."""
    with refused("ValidationException", "FailStep"):
        create(sagemaker, fail("FailStep", "x"), function("A", arguments={"x": get("Steps.FailStep.ErrorMessage")}))


# Failures of other steps ---------------------------------------------------------------------------------------

def test_nothing_new_starts_after_a_failure(sagemaker):
    """A decision: running steps finish, no new step starts, then the execution is Failed."""
    arn = launch(sagemaker, callback("Breaks"), callback("Runs"), function("AfterRuns", depends_on=["Runs"]),
                 function("AfterBreaks", depends_on=["Breaks"]))
    sagemaker.send_pipeline_execution_step_failure(CallbackToken=token_of(sagemaker, arn, "Breaks"), FailureReason="no")
    assert status(sagemaker, arn) == "Executing"
    succeed(sagemaker, arn, "Runs")
    assert statuses(sagemaker, arn) == {"Breaks": "Failed", "Runs": "Succeeded"}
    found = execution(sagemaker, arn)
    assert found["PipelineExecutionStatus"] == "Failed"
    assert found["FailureReason"] == "Step failure: One or multiple steps failed."


def test_an_expression_that_cannot_be_read_fails_its_step(sagemaker):
    """A path that the run does not have fails the step that asks, with a reason that names the expression."""
    arn = launch(sagemaker, processing("Prepare"),
                 function("Use", arguments={"x": get("Steps.Prepare.ProcessingOutputConfig.Outputs[7].OutputName")}))
    found = row(sagemaker, arn, "Use")
    assert found["StepStatus"] == "Failed"
    assert "Steps.Prepare.ProcessingOutputConfig.Outputs[7]" in found["FailureReason"]


def test_a_long_reason_is_cut(sagemaker):
    """[M] FailureReason has at most 1,024 characters; the Fail step's ErrorMessage, 3,072 at most, stays whole."""
    found = row(sagemaker, launch(sagemaker, fail("F", "ü" * 2000)), "F")
    assert found["FailureReason"] == "ü" * 1024
    assert found["Metadata"]["Fail"]["ErrorMessage"] == "ü" * 2000


# Names ---------------------------------------------------------------------------------------------------------

def test_job_name(sagemaker):
    """[O] pipelines-<execution id>-<first 20 characters of the step>-<10 alphanumerics>."""
    name = "create-provisioned-throughput-step"
    arn = launch(sagemaker, training(name))
    job = row(sagemaker, arn, name)["Metadata"]["TrainingJob"]["Arn"].rsplit("/", 1)[1]
    identity = arn.rsplit("/", 1)[1]
    assert re.fullmatch(rf"pipelines-{identity}-create-provisioned-t-[A-Za-z0-9]{{10}}", job)


def test_job_name_cut_on_a_hyphen_keeps_it(sagemaker):
    """[O] `...-abalone-createmodel--m2fs0kxign`."""
    name = "Abalone-CreateModel-CreateModel"
    arn = launch(sagemaker, training(name))
    job = row(sagemaker, arn, name)["Metadata"]["TrainingJob"]["Arn"].rsplit("/", 1)[1]
    assert "-Abalone-CreateModel--" in job


def test_missing_steps_key_of_list(sagemaker):
    """PipelineExecutionArn is not modelled as required, so its absence is ours to refuse, by name."""
    with refused("ValidationException") as caught:
        sagemaker.list_pipeline_execution_steps()
    assert "pipelineexecutionarn" in message(caught).lower()
