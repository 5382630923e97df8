"""Scenario files (--scenarios): what a step does on each attempt, and mistakes in the file."""

import datetime

import pytest

from support.definitions import callback, compare, condition, fail, function, get, join, json_get, processing, training
from support.runs import create, execution, launch, names, refused, row, start, status, statuses


def throw(error, cause):
    return {"0-": {"Throw": {"Error": error, "Cause": cause}}}


def returns(**document):
    return {"0-": {"Return": document}}


def test_a_thrown_error_fails_the_step(scripted):
    """[T] the form of a failed job's reason: "ClientError: AlgorithmError: ..."; the execution has the general text."""
    _, client = scripted({"Train": throw("ClientError", "AlgorithmError: RuntimeError('Testing client error in job.')")})
    arn = launch(client, training("Train"), training("After", depends_on=["Train"]), name="p")
    found = row(client, arn, "Train")
    assert found["StepStatus"] == "Failed"
    assert found["FailureReason"].startswith("ClientError: AlgorithmError: RuntimeError('Testing client error in job.')")
    assert found["EndTime"] >= found["StartTime"]
    assert statuses(client, arn) == {"Train": "Failed"}
    assert execution(client, arn)["FailureReason"] == "Step failure: One or multiple steps failed."


def test_a_return_is_merged_over_the_synthetic_document(scripted):
    """Scripted members are what references read; the others stay as simulated."""
    _, client = scripted({"Train": returns(ModelArtifacts={"S3ModelArtifacts": "s3://b/model.tar.gz"})})
    arn = launch(client, training("Train"), fail("Show", join(
        "|", get("Steps.Train.ModelArtifacts.S3ModelArtifacts"), get("Steps.Train.TrainingJobStatus"))), name="p")
    assert row(client, arn, "Show")["FailureReason"] == "s3://b/model.tar.gz|Completed"


def test_a_named_response_is_shared(scripted):
    """A step may name an entry of MockedResponses instead of carrying its own."""
    _, client = scripted({"A": "Broken", "B": "Broken"}, responses={"Broken": throw("ClientError", "no")})
    arn = launch(client, training("A"), training("B"), name="p")
    assert statuses(client, arn) == {"A": "Failed", "B": "Failed"}


def test_lambda_outputs(scripted):
    """For Lambda, Return gives the output parameters."""
    _, client = scripted({"L": returns(statusCode="200", count=7)})
    arn = launch(client, function("L", {"statusCode": "String", "count": "Integer"}), condition("Check", [
        compare("Equals", get("Steps.L.OutputParameters['statusCode']"), "200"),
        compare("Equals", get("Steps.L.OutputParameters['count']"), 7)]), name="p")
    assert row(client, arn, "Check")["Metadata"]["Condition"]["Outcome"] == "True"


def test_a_scripted_callback_does_not_wait(scripted):
    """A Callback whose scenario says what it returns is over at once, with those outputs."""
    _, client = scripted({"Wait": returns(answer="yes")})
    arn = launch(client, callback("Wait", {"answer": "String"}), fail("Show", get("Steps.Wait.OutputParameters['answer']")), name="p")
    assert row(client, arn, "Show")["FailureReason"] == "yes"


def test_a_duration_of_its_own(scripted):
    """Duration is the step's length; on the instant clock it costs no time but shows in the times."""
    _, client = scripted({"A": {"0-": {"Duration": 90, "Return": {}}}, "B": {"0-": {"Duration": "1h30m", "Return": {}}}})
    arn = launch(client, training("A"), training("B"), name="p")
    for name, seconds in (("A", 90), ("B", 5400)):
        found = row(client, arn, name)
        assert found["EndTime"] - found["StartTime"] == datetime.timedelta(seconds=seconds)


def test_durations_order_what_happens(scripted):
    """A short step's dependents start before a long one ends, and the list says so."""
    _, client = scripted({"Long": {"0-": {"Duration": 100, "Return": {}}}, "Short": {"0-": {"Duration": 1, "Return": {}}}})
    arn = launch(client, training("Long"), training("Short"), function("AfterLong", depends_on=["Long"]),
                 function("AfterShort", depends_on=["Short"]), name="p")
    assert names(client, arn) == ["Long", "Short", "AfterShort", "AfterLong"]


def test_other_pipelines_are_not_scripted(scripted):
    """A script belongs to its pipeline."""
    _, client = scripted({"Train": throw("ClientError", "no")})
    assert status(client, launch(client, training("Train"), name="other")) == "Succeeded"


def test_an_attempt_that_nothing_covers(scripted):
    """The step fails, and says which attempts are covered."""
    _, client = scripted({"Train": {"1-2": {"Return": {}}}})
    found = row(client, launch(client, training("Train"), name="p"), "Train")
    assert found["StepStatus"] == "Failed"
    assert "1-2" in found["FailureReason"]


def test_an_attempt_of_a_condition_that_nothing_covers(scripted):
    """The same of a Condition: deciding it after all would hide a hole in the test."""
    _, client = scripted({"C": {"1-": {"Return": {"Outcome": "False"}}}})
    arn = launch(client, condition("C", then=[training("Y")]), name="p")
    assert statuses(client, arn) == {"C": "Failed"}
    reason = row(client, arn, "C")["FailureReason"]
    assert "says nothing of attempt 0 of step 'C'" in reason and "It covers: 1-." in reason


def test_property_files(scripted):
    """[O] the abalone case: JsonGet over the evaluation report decides the condition."""
    _, client = scripted({"Evaluate": {"0-": {"Return": {}, "PropertyFiles": {
        "Report": {"regression_metrics": {"mse": {"value": 3.1}}}}}}})
    arn = launch(client, processing("Evaluate", ["evaluation"], {"Report": ("evaluation", "evaluation.json")}),
                 condition("Check", [compare("LessThanOrEqualTo", json_get("Evaluate", "Report", "regression_metrics.mse.value"), 6.0)]),
                 name="p")
    assert row(client, arn, "Check")["Metadata"]["Condition"]["Outcome"] == "True"


@pytest.mark.parametrize("outcome, end, seconds", [
    ({"Stop": True}, "Stopped", 0), ({"Stop": {}, "Duration": 30}, "Stopped", 30),
    ({"Throw": {"Error": "ClientError"}, "Duration": "2m"}, "Failed", 120),
    ({"Return": {}, "Duration": 1.5}, "Succeeded", 1.5), ({"Return": {}, "Duration": "250ms"}, "Succeeded", 0.25),
])
def test_every_end_may_take_its_time(scripted, outcome, end, seconds):
    """Return, Throw and Stop each end the step their own way, after their Duration."""
    _, client = scripted({"A": {"0-": outcome}})
    found = row(client, launch(client, training("A"), name="p"), "A")
    assert found["StepStatus"] == end
    assert (found["EndTime"] - found["StartTime"]).total_seconds() == seconds


def test_a_job_that_somebody_stopped(scripted):
    """Stop is no failure of the step: no FailureReason, its job Stopped; nothing behind it starts, so the execution fails."""
    _, client = scripted({"A": {"0-": {"Stop": True}}})
    arn = launch(client, training("A"), training("B", depends_on=["A"]), name="p")
    assert statuses(client, arn) == {"A": "Stopped"}
    assert "FailureReason" not in row(client, arn, "A")
    name = row(client, arn, "A")["Metadata"]["TrainingJob"]["Arn"].rsplit("/", 1)[1]
    assert client.describe_training_job(TrainingJobName=name)["TrainingJobStatus"] == "Stopped"
    assert status(client, arn) == "Failed"


def test_ranges_of_attempts(scripted):
    """An outcome is for one attempt, some, or all from one on; they count from 0, and AttemptCount from 1."""
    throttled = {"Throw": {"Error": "Step.THROTTLING"}}
    _, client = scripted({"A": {"0": throttled, "1-2": throttled, "3-": {"Return": {}}}})
    found = row(client, launch(client, training("A"), name="p"), "A")
    assert (found["StepStatus"], found["AttemptCount"]) == ("Succeeded", 4)


@pytest.mark.parametrize("outcome, branch", [("True", "Then"), ("False", "Else"), (True, "Then"), (False, "Else")])
def test_a_forced_branch(scripted, outcome, branch):
    """A Condition takes the branch that its scenario says, whatever its conditions are."""
    _, client = scripted({"Check": returns(Outcome=outcome)})
    arn = launch(client, condition("Check", then=[training("Then")], otherwise=[training("Else")]), name="p")
    assert names(client, arn) == ["Check", branch]
    assert row(client, arn, "Check")["Metadata"]["Condition"]["Outcome"] == str(outcome)


def test_null_takes_a_member_away(scripted):
    """Return is merged: objects member by member, lists and values replaced, null removes."""
    _, client = scripted({"Train": returns(ResourceConfig={"InstanceCount": 7}, StoppingCondition=None, FinalMetricDataList=[
        {"MetricName": "acc", "Value": 0.5, "Timestamp": 0}])})
    arn = row(client, launch(client, training("Train"), name="p"), "Train")["Metadata"]["TrainingJob"]["Arn"]
    found = client.describe_training_job(TrainingJobName=arn.rsplit("/", 1)[1])
    assert (found["ResourceConfig"]["InstanceCount"], found["ResourceConfig"]["VolumeSizeInGB"]) == (7, 30)
    assert found["FinalMetricDataList"][0]["Value"] == 0.5
    assert "StoppingCondition" not in found


def test_what_the_shape_lacks(scripted):
    """A member that the job's description does not have is refused at start, named; "Validation": "NONE" lets it through."""
    _, client = scripted({"Train": {"0-": {"Return": {"ModelArtefacts": {}}}}})
    name = create(client, training("Train"), name="p")
    with refused("ValidationException", "'Case'", "step 'Train'", "'ModelArtefacts'", "ModelArtifacts"):
        start(client, name)
    _, client = scripted({"Train": {"Validation": "NONE", "0-": {"Return": {"ModelArtefacts": {}}}}})
    assert status(client, launch(client, training("Train"), name="p")) == "Succeeded"


def test_an_unknown_step(scripted):
    """A step that the definition lacks is refused at start, with those it has."""
    _, client = scripted({"Trian": returns()})
    with refused("ValidationException", "test case 'Case', step 'Trian': the definition has no such step. Known: Train."):
        launch(client, training("Train"), name="p")


def test_a_case_by_name_and_an_unknown_one(server, sagemaker, account):
    """PipelineName="name#Case" chooses a case at start; one that there is not is refused with those there are."""
    cases = {"Good": {}, "Bad": {"A": throw("ClientError", "no")}}
    server.local("PUT", "scenarios", {"Pipelines": {"p": {"TestCases": cases}}}, account)
    create(sagemaker, training("A"), name="p")
    assert [status(sagemaker, start(sagemaker, name)) for name in ("p", "p#Good", "p#Bad")] == ["Succeeded", "Succeeded", "Failed"]
    with refused("ValidationException", "There is no test case 'Ugly' of pipeline 'p'. Known: Bad, Good."):
        start(sagemaker, "p#Ugly")


@pytest.mark.parametrize("content, where", [
    ("", "line 1, column 1"),
    ("{", "scenarios.json"),
    ('{"Pipeline": {}}', "/Pipeline"),
    ('{"Pipelines": {"p": {"TestCases": {"C": {"S": {"0-": {"Retrun": {}}}}}}}}', "/Pipelines/p/TestCases/C/S/0-"),
    ('{"Pipelines": {"p": {"TestCases": {"C": {"S": {"x": {"Return": {}}}}}}}}', "/Pipelines/p/TestCases/C/S"),
    ('{"Pipelines": {"p": {"TestCases": {"C": {"S": "Missing"}}}}, "MockedResponses": {}}', "Missing"),
    ('{"Pipelines": {"p": {"Default": "Nope", "TestCases": {"C": {}}}}}', "Nope"),
    ('{"Pipelines": {"p": {"TestCases": {"C": {"S": {"0-": {"Throw": {"Error": "Odd.ERROR", "Cause": "x"}}}}}}}}', "Odd.ERROR"),
])
def test_a_bad_file_stops_the_start(program, tmp_path, content, where):
    """The file is checked as a whole when it is given; each fault has its JSON pointer (or name)."""
    path = tmp_path / "scenarios.json"
    path.write_text(content)
    ended = program("serve", "--port", 0, "--ephemeral", "--scenarios", path)
    assert ended.returncode != 0
    assert where in ended.stderr
    assert "Ready." not in ended.stdout


def test_a_missing_file_stops_the_start(program, tmp_path):
    """The option and the path are named."""
    ended = program("serve", "--port", 0, "--ephemeral", "--scenarios", tmp_path / "nowhere.json")
    assert ended.returncode != 0
    assert "nowhere.json" in ended.stderr
