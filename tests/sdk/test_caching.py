"""Step caching: a step that an earlier execution of the pipeline ran with the same attributes is not run again."""

from support.definitions import callback, definition, fail, function, get, json_get, parameter, processing, step, training
from support.runs import create, fail_callback, launch, names, retry, row, start, status, statuses, succeed

CACHED = {"Enabled": True, "ExpireAfter": "P30D"}


def source_of(client, arn, name):
    return row(client, arn, name).get("CacheHitResult", {}).get("SourcePipelineExecutionArn")


def test_a_hit_names_its_source(sagemaker):
    """[M] CacheHitResult holds the execution that ran the step; [O] on a step that ran it is absent."""
    name = create(sagemaker, training("A", CacheConfig=CACHED), training("B", ["A"]))
    first, second, third = (start(sagemaker, name) for _ in range(3))
    assert [source_of(sagemaker, arn, "A") for arn in (first, second, third)] == [None, first, first]
    assert "CacheHitResult" not in row(sagemaker, first, "A")
    assert source_of(sagemaker, second, "B") is None
    assert (status(sagemaker, second), statuses(sagemaker, second)) == ("Succeeded", {"A": "Succeeded", "B": "Succeeded"})


def test_a_hit_has_the_old_job(sagemaker):
    """Its metadata and its properties are those of the job that ran; a step that is not cached has a job of its own."""
    name = create(sagemaker, training("A", CacheConfig=CACHED), fail("Show", get("Steps.A.TrainingJobName")))
    first, second = start(sagemaker, name), start(sagemaker, name)
    job = row(sagemaker, first, "A")["Metadata"]["TrainingJob"]["Arn"]
    assert row(sagemaker, second, "A")["Metadata"]["TrainingJob"]["Arn"] == job
    assert row(sagemaker, second, "Show")["FailureReason"] == job.rsplit("/", 1)[1]


def test_what_changes_the_step_runs_it_again(sagemaker):
    """[D] inputs and hyperparameters count, by their resolved values; instances and outputs do not."""
    name = create(sagemaker, training("A", CacheConfig=CACHED, arguments={
        "HyperParameters": {"epochs": get("Parameters.Epochs")},
        "ResourceConfig": {"InstanceCount": 1, "InstanceType": get("Parameters.Type"), "VolumeSizeInGB": 30}}),
        parameters=[parameter("Epochs", default="1"), parameter("Type", default="ml.m5.xlarge")])
    first = start(sagemaker, name)
    assert source_of(sagemaker, start(sagemaker, name, {"Epochs": "2"}), "A") is None
    assert source_of(sagemaker, start(sagemaker, name, {"Type": "ml.m5.4xlarge"}), "A") == first


def test_a_new_version_of_the_definition_still_hits(sagemaker):
    """[D] the cache is the pipeline's: a changed description or a new step elsewhere keeps the results of this one."""
    name = create(sagemaker, training("A", CacheConfig=CACHED))
    first = start(sagemaker, name)
    from support.definitions import definition
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(
        training("A", CacheConfig=CACHED, Description="new"), training("B", ["A"])))
    second = start(sagemaker, name)
    assert source_of(sagemaker, second, "A") == first
    assert names(sagemaker, second) == ["A", "B"]


def test_null_is_nothing_given(sagemaker):
    """The SDK writes null where it was given nothing, also far down: that makes no other step of it."""
    image = {"ImageUri": "img:1"}
    name = create(sagemaker, processing("A", arguments={"AppSpecification": image}, CacheConfig=CACHED))
    first = start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(
        processing("A", arguments={"AppSpecification": {**image, "ContainerEntrypoint": None}}, CacheConfig=CACHED)))
    assert source_of(sagemaker, start(sagemaker, name), "A") == first


def test_a_run_that_was_not_cached_is_no_source(sagemaker):
    """A decision: what ran while caching was off left no key. The run after it, with caching on, did."""
    name = create(sagemaker, training("A"))
    start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(training("A", CacheConfig=CACHED)))
    second, third = start(sagemaker, name), start(sagemaker, name)
    assert [source_of(sagemaker, arn, "A") for arn in (second, third)] == [None, second]


def test_declared_outputs_are_no_part_of_the_key(sagemaker):
    """A hit has the outputs of the old run: one that was declared since is missing where it is read, by name."""
    name = create(sagemaker, function("L", {"n": "Integer"}, CacheConfig=CACHED))
    start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(
        function("L", {"n": "Integer", "m": "String"}, CacheConfig=CACHED),
        fail("Show", get("Steps.L.OutputParameters['m']"))))
    arn = start(sagemaker, name)
    assert source_of(sagemaker, arn, "L")
    assert "Steps.L.OutputParameters['m']" in row(sagemaker, arn, "Show")["FailureReason"]


def test_a_step_that_changed_its_type(sagemaker):
    """[D] A hit is a run of the same step: what another type left under its name is no result of it."""
    name = create(sagemaker, step("Training", "A", {}, CacheConfig=CACHED))
    start(sagemaker, name)
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(step("Processing", "A", {}, CacheConfig=CACHED)))
    found = row(sagemaker, start(sagemaker, name), "A")
    assert "CacheHitResult" not in found
    assert found["Metadata"].keys() == {"ProcessingJob"}


def test_outputs_and_property_files_come_along(scripted):
    """What a Lambda returned and what a property file holds are read from the run that was taken over."""
    _, client = scripted({
        "Score": {"0-": {"Return": {"score": 7}}},
        "Evaluate": {"0-": {"Return": {}, "PropertyFiles": {"Report": {"mse": 3.5}}}}})
    create(client,
           function("Score", {"score": "Integer"}, CacheConfig=CACHED),
           processing("Evaluate", property_files={"Report": ("out", "report.json")}, CacheConfig=CACHED),
           fail("Show", {"Std:Join": {"On": " ", "Values": [
               get("Steps.Score.OutputParameters['score']"), json_get("Evaluate", "Report", "mse")]}},
                depends_on=["Score", "Evaluate"]),
           name="p")
    start(client, "p")
    second = start(client, "p")
    assert source_of(client, second, "Score") and source_of(client, second, "Evaluate")
    assert row(client, second, "Show")["FailureReason"] == "7 3.5"


def test_a_callback_is_answered_once(sagemaker):
    """A Callback with the same queue and arguments is not sent again: its outputs are the first answer's."""
    name = create(sagemaker, callback("Ask", {"n": "Integer"}, CacheConfig=CACHED))
    first = start(sagemaker, name)
    assert statuses(sagemaker, start(sagemaker, name)) == {"Ask": "Executing"}, "a match that still runs is none"
    succeed(sagemaker, first, "Ask", n="5")
    third = start(sagemaker, name)
    assert source_of(sagemaker, third, "Ask") == first
    assert row(sagemaker, third, "Ask")["Metadata"]["Callback"]["OutputParameters"] == [{"Name": "n", "Value": "5"}]


def test_failed_attempts_are_no_source(scripted):
    """[D] successful runs only; a step that succeeded in the end is one, whatever its earlier attempts did."""
    _, client = scripted({"A": {"0": {"Throw": {"Error": "SageMaker.CAPACITY_ERROR"}}, "1-": {"Return": {}}}})
    policy = [{"ExceptionType": ["SageMaker.CAPACITY_ERROR"], "MaxAttempts": 2}]
    create(client, training("A", CacheConfig=CACHED, RetryPolicies=policy), name="p")
    first = start(client, "p")
    assert row(client, first, "A")["AttemptCount"] == 2
    second = start(client, "p")
    assert (source_of(client, second, "A"), row(client, second, "A")["AttemptCount"]) == (first, 1)


def test_a_retried_execution_may_hit(sagemaker):
    """RetryPipelineExecution starts the failed step anew: what another execution ran meanwhile is taken over."""
    name = create(sagemaker, callback("Ask", CacheConfig=CACHED))
    failed, other = start(sagemaker, name), start(sagemaker, name)
    fail_callback(sagemaker, failed, "Ask")
    succeed(sagemaker, other, "Ask")
    retry(sagemaker, failed)
    assert status(sagemaker, failed) == "Succeeded"
    assert source_of(sagemaker, failed, "Ask") == other


def test_a_selected_step_may_hit(sagemaker):
    """In a selective run a selected step is cached like any other; the reused one shows its source only."""
    name = create(sagemaker, training("A", CacheConfig=CACHED), training("B", ["A"], CacheConfig=CACHED))
    first = start(sagemaker, name)
    arn = start(sagemaker, name, SelectiveExecutionConfig={
        "SelectedSteps": [{"StepName": "B"}], "SourcePipelineExecutionArn": first})
    assert source_of(sagemaker, arn, "B") == first
    assert "CacheHitResult" not in row(sagemaker, arn, "A")
    assert row(sagemaker, arn, "A")["SelectiveExecutionResult"] == {"SourcePipelineExecutionArn": first}


def test_results_outlive_the_server_and_go_with_the_pipeline(start_server, account, tmp_path):
    """Entries stand in the data file; a pipeline made again under the same name begins without any."""
    flags = ("--db", tmp_path / "data.db")
    one = start_server(*flags)
    first = launch(one.client(account), training("A", CacheConfig=CACHED), name="p")
    one.kill()
    client = start_server(*flags).client(account)
    assert source_of(client, start(client, "p"), "A") == first
    client.delete_pipeline(PipelineName="p")
    assert source_of(client, launch(client, training("A", CacheConfig=CACHED), name="p"), "A") is None
