"""RetryPolicies of steps: when an attempt is followed by another, after how long, and what each leaves behind. The numbers
are those of the developer guide (pipelines-retry-policy); times are read from the rows, whose clock skips the waiting."""

import pytest

from support.definitions import training
from support.runs import create, execution, launch, row, start, statuses
from support.step_types import STEPS

CAPACITY = "SageMaker.CAPACITY_ERROR"


def throwing(error, attempts="0-", **more):
    """A response whose attempts throw; those that are not covered succeed if `then` says so."""
    return {attempts: {"Throw": {"Error": error}}, **more}


def policy(*errors, **members):
    return [{"ExceptionType": list(errors), **members}]


def lasted(found):
    """The whole seconds from the first attempt to the end of the last."""
    return round((found["EndTime"] - found["StartTime"]).total_seconds())


def run(scripted, kind, response, **keys):
    """(server, client, row): the step of a type, with these keys, in a pipeline that follows the response."""
    server, client = scripted({"S": response})
    arn = launch(client, {**STEPS[kind], **keys}, name="p")
    return server, client, row(client, arn, "S")


def test_a_back_off_keeps_its_place(scripted):
    """A decision: who is tried again after a while has not given its place in the parallelism away meanwhile."""
    server, client = scripted({"A": {"0": {"Throw": {"Error": CAPACITY}}, "1-": {"Return": {}, "Duration": 5}}},
                              "--clock", "manual")
    arn = launch(client, training("A", RetryPolicies=policy(CAPACITY, IntervalSeconds=100)), training("B"), name="p",
                 ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    assert statuses(client, arn) == {"A": "Executing"}
    server.advance(Seconds=90)
    assert statuses(client, arn) == {"A": "Executing"}
    server.advance(To="idle")
    assert statuses(client, arn) == {"A": "Succeeded", "B": "Succeeded"}


def test_the_other_name_of_a_resource_limit(scripted):
    """Emr.RESOURCE_LIMIT stands in the published schema only: it answers the same error, on every type."""
    _, _, found = run(scripted, "Training", {"0": {"Throw": {"Error": "SageMaker.RESOURCE_LIMIT"}}, "1-": {"Return": {}}},
                      RetryPolicies=policy("Emr.RESOURCE_LIMIT"))
    assert (found["StepStatus"], found["AttemptCount"]) == ("Succeeded", 2)


@pytest.mark.parametrize("members, attempts, seconds", [
    ({}, 6, 1 + 2 + 4 + 8 + 16),                                      # neither limit: 5 times, 1 s, doubled
    ({"MaxAttempts": 2}, 3, 1 + 2),
    ({"MaxAttempts": 0}, 1, 0),                                       # never
    ({"MaxAttempts": 20, "IntervalSeconds": 1, "BackoffRate": 1}, 21, 20),
    ({"MaxAttempts": 3, "IntervalSeconds": 10, "BackoffRate": 1.5}, 4, 10 + 15 + 22.5),
    ({"MaxAttempts": 2, "IntervalSeconds": 43200}, 3, 43200 * 3),     # the longest interval
    ({"ExpireAfterMin": 1, "IntervalSeconds": 10, "BackoffRate": 1.0}, 7, 60),  # counted from the step's start
    ({"ExpireAfterMin": 1, "IntervalSeconds": 25}, 2, 25),            # the next would come after 75 s
    ({"ExpireAfterMin": 0}, 1, 0),                                    # never
    ({"ExpireAfterMin": 14400, "IntervalSeconds": 43200, "BackoffRate": 1.0}, 21, 20 * 43200),  # ten days; no limit of attempts
])
def test_limits(scripted, members, attempts, seconds):
    """[D] IntervalSeconds before the first retry, times BackoffRate before each further one, until a limit is met."""
    _, _, found = run(scripted, "Training", throwing(CAPACITY), RetryPolicies=policy(CAPACITY, **members))
    assert (found["StepStatus"], found["AttemptCount"]) == ("Failed", attempts)
    assert (found["EndTime"] - found["StartTime"]).total_seconds() == seconds


def test_a_policy_that_helps(scripted):
    """[D] A retry starts a new job, so each failed attempt leaves one; metadata and description are the last one's."""
    _, client, found = run(scripted, "Training", throwing(CAPACITY, "0-1", **{"2-": {"Return": {}}}),
                           RetryPolicies=policy(CAPACITY))
    assert (found["StepStatus"], found["AttemptCount"], lasted(found)) == ("Succeeded", 3, 3)
    assert "FailureReason" not in found
    jobs = client.list_training_jobs(SortOrder="Ascending")["TrainingJobSummaries"]
    assert [job["TrainingJobStatus"] for job in jobs] == ["Failed", "Failed", "Completed"]
    assert len({job["TrainingJobName"] for job in jobs}) == 3
    assert found["Metadata"]["TrainingJob"]["Arn"] == jobs[-1]["TrainingJobArn"]


def test_what_a_retried_job_failed_of(scripted):
    """Each attempt's job keeps its own reason, though the step succeeded."""
    _, client, _ = run(scripted, "Training", {"0": {"Throw": {"Error": CAPACITY, "Cause": "no room"}}, "1-": {"Return": {}}},
                       RetryPolicies=policy(CAPACITY))
    name = client.list_training_jobs(StatusEquals="Failed")["TrainingJobSummaries"][0]["TrainingJobName"]
    assert client.describe_training_job(TrainingJobName=name)["FailureReason"] == "no room"


@pytest.mark.parametrize("error", ["Step.SERVICE_FAULT", "Step.THROTTLING"])
@pytest.mark.parametrize("kind", ["Processing", "Lambda", "Endpoint", "Lineage"])
def test_faults_of_a_request_are_retried_without_a_policy(scripted, kind, error):
    """[D] Step.* exceptions are retried by default, on any step: 1 s, doubled; five times is our choice."""
    _, _, found = run(scripted, kind, throwing(error))
    assert (found["StepStatus"], found["AttemptCount"], lasted(found)) == ("Failed", 6, 31)


def test_a_policy_instead_of_the_default(scripted):
    """[D] A policy that lists a Step.* exception takes the place of the automatic retries."""
    _, _, found = run(scripted, "Training", throwing("Step.THROTTLING"),
                      RetryPolicies=policy("Step.THROTTLING", MaxAttempts=1, IntervalSeconds=7))
    assert (found["AttemptCount"], lasted(found)) == (2, 7)


@pytest.mark.parametrize("kind", ["Training", "Processing", "Transform", "Tuning", "AutoML", "Model", "RegisterModel", "EMR",
                                  "EMRServerless", "EndpointConfig", "Job", "Athena", "HubContent"])
def test_types_that_have_policies(scripted, kind):
    """[D] Processing, Training, Tuning, AutoML, Model, RegisterModel, Transform; [S] the SDK writes them on the others, or
    (Athena, HubContent) we infer it."""
    _, _, found = run(scripted, kind, throwing("Step.SERVICE_FAULT", "0", **{"1-": {"Return": {}}}),
                      RetryPolicies=policy("Step.SERVICE_FAULT", IntervalSeconds=100))
    assert (found["StepStatus"], found["AttemptCount"], lasted(found)) == ("Succeeded", 2, 100)


@pytest.mark.parametrize("kind", ["Lambda", "Callback", "QualityCheck", "ClarifyCheck", "Endpoint", "InferenceComponent",
                                  "Lineage", "BedrockModelImport", "Pass"])
def test_types_that_have_none(scripted, kind):
    """Only the types above have retry policies (a feature request asks for Lambda): on others they are checked, and mean nothing."""
    _, _, found = run(scripted, kind, throwing(CAPACITY), RetryPolicies=policy(CAPACITY))
    assert (found["StepStatus"], found["AttemptCount"]) == ("Failed", 1)


@pytest.mark.parametrize("kind", ["Tuning", "AutoML"])
def test_internal_errors_of_jobs_of_many_jobs(scripted, kind):
    """[D] Tuning and AutoML jobs are never retried for SageMaker.JOB_INTERNAL_ERROR."""
    _, _, found = run(scripted, kind, throwing("SageMaker.JOB_INTERNAL_ERROR"),
                      RetryPolicies=policy("SageMaker.JOB_INTERNAL_ERROR"))
    assert found["AttemptCount"] == 1


def test_a_client_error_is_never_retried(scripted):
    """No exception type names it."""
    _, _, found = run(scripted, "Training", throwing("ClientError"), RetryPolicies=policy(
        "Step.SERVICE_FAULT", "Step.THROTTLING", "SageMaker.JOB_INTERNAL_ERROR", CAPACITY, "SageMaker.RESOURCE_LIMIT"))
    assert found["AttemptCount"] == 1


def test_the_first_policy_that_lists_the_error(scripted):
    """Several policies: the first that lists the error decides, and each counts for itself (the guide shows disjoint lists)."""
    response = {"0": {"Throw": {"Error": CAPACITY}}, "1-2": {"Throw": {"Error": "SageMaker.RESOURCE_LIMIT"}}, "3-": {"Return": {}}}
    _, _, found = run(scripted, "Training", response, RetryPolicies=[
        *policy(CAPACITY, MaxAttempts=1, IntervalSeconds=5),
        *policy(CAPACITY, "SageMaker.RESOURCE_LIMIT", MaxAttempts=2, IntervalSeconds=50, BackoffRate=1.0)])
    assert (found["StepStatus"], found["AttemptCount"], lasted(found)) == ("Succeeded", 4, 5 + 50 + 50)


def test_waiting_for_the_next_attempt(scripted):
    """A back-off is part of the step: it is Executing, shows the attempt that failed, and has no end yet."""
    server, client = scripted({"S": throwing(CAPACITY, "0", **{"1-": {"Return": {}}})}, "--clock", "manual")
    arn = launch(client, training("S", RetryPolicies=policy(CAPACITY, IntervalSeconds=60)), name="p")
    server.advance(Seconds=0)
    found = row(client, arn, "S")
    assert (found["StepStatus"], found["AttemptCount"]) == ("Executing", 1)
    assert "EndTime" not in found and "FailureReason" not in found
    server.advance(Seconds=60)
    server.advance(To="idle")
    assert (row(client, arn, "S")["StepStatus"], row(client, arn, "S")["AttemptCount"]) == ("Succeeded", 2)


def test_a_refused_request(scripted):
    """[O] 2024-10: a step whose job AWS refused to make has no metadata, a reason that names the call, AttemptCount 1."""
    _, client, found = run(scripted, "Training", throwing("SageMaker.RESOURCE_LIMIT"))
    assert found["FailureReason"].startswith("ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: ")
    assert found["FailureReason"].endswith(
        " and StepId S. No retry policy configured for the exception type SAGEMAKER_RESOURCE_LIMIT.")
    assert (found["Metadata"], found["AttemptCount"]) == ({}, 1)
    assert client.list_training_jobs()["TrainingJobSummaries"] == []


@pytest.mark.parametrize("kind, call", [
    ("Processing", "sagemaker:CreateProcessingJob"), ("QualityCheck", "sagemaker:CreateProcessingJob"),
    ("Transform", "sagemaker:CreateTransformJob"), ("Tuning", "sagemaker:CreateHyperParameterTuningJob"),
    ("AutoML", "sagemaker:CreateAutoMLJob"), ("Model", "sagemaker:CreateModel"),
    ("RegisterModel", "sagemaker:CreateModelPackage"), ("Endpoint", "sagemaker:CreateEndpoint"),
    ("Athena", "athena:StartQueryExecution")])
def test_the_call_that_was_refused(scripted, kind, call):
    """[O] the same sentence for CreateProcessingJob, CreateTrainingJob and CreateModelPackage; the others are inferred."""
    _, _, found = run(scripted, kind, throwing("Step.THROTTLING"))
    assert found["FailureReason"] == f"ClientError: Failed to invoke {call}. Error Details: Rate exceeded"
    assert found["Metadata"] == {}


def test_a_refused_package_takes_no_number(scripted):
    """A model package that was never made leaves no gap in its group."""
    _, client, found = run(scripted, "RegisterModel", throwing("Step.THROTTLING", "0-1", **{"2-": {"Return": {}}}))
    assert found["Metadata"]["RegisterModel"]["Arn"].endswith(":model-package/group/1")
    assert len(client.list_model_packages(ModelPackageGroupName="group")["ModelPackageSummaryList"]) == 1


def test_an_execution_that_is_retried_counts_on(scripted):
    """Attempts of RetryPipelineExecution follow those of the policies, whose counts begin anew."""
    _, client = scripted({"S": throwing(CAPACITY, "0-3", **{"4-": {"Return": {}}})})
    arn = start(client, create(client, training("S", RetryPolicies=policy(CAPACITY, MaxAttempts=1)), name="p"))
    assert row(client, arn, "S")["AttemptCount"] == 2
    for attempts in (4, 5):
        client.retry_pipeline_execution(PipelineExecutionArn=arn)
        assert row(client, arn, "S")["AttemptCount"] == attempts
    assert execution(client, arn)["PipelineExecutionStatus"] == "Succeeded"
