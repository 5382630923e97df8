"""QualityCheck and ClarifyCheck: the table of the developer guide's page pipelines-quality-clarify-baseline-lifecycle, and
what AWS's own tests assert (test_quality_check_steps.py, test_clarify_check_steps.py)."""

import pytest

from support.definitions import BUCKET, get, join, fail, parameter, processing, register_model
from support.runs import create, launch, row, start, status

STATISTICS, CONSTRAINTS = f"{BUCKET}/Check/out/statistics.json", f"{BUCKET}/Check/out/constraints.json"
SUPPLIED = {"SuppliedBaselineStatistics": "s3://b/supplied/statistics", "SuppliedBaselineConstraints": "s3://b/supplied/constraints"}
BASELINES = {
    "ModelDataQuality": {"Statistics": "data-statistics", "Constraints": "data-constraints"},
    "ModelQuality": {"Statistics": "model-statistics", "Constraints": "model-constraints"},
    "Bias": {"PreTrainingConstraints": "pre-training", "PostTrainingConstraints": "post-training"},
    "Explainability": {"Constraints": "explainability"},
}


def uri(name):
    return f"s3://registry/{name}.json"


def quality(name="Check", check_type="DATA_QUALITY", depends_on=None, **keys):
    return {**processing(name, depends_on=depends_on), "Type": "QualityCheck", "CheckType": check_type,
            "ModelPackageGroupName": "group", "SkipCheck": False, "FailOnViolation": True, "RegisterNewBaseline": False,
            "SuppliedBaselineStatistics": None, "SuppliedBaselineConstraints": None, **keys}


def clarify(name="Check", check_type="DATA_BIAS", depends_on=None, **keys):
    made = quality(name, check_type, depends_on, Type="ClarifyCheck", **keys)
    del made["SuppliedBaselineStatistics"]
    return made


def package(name, approval, group="group", tag="", **keys):
    """Registers a version whose baselines end in `tag`."""
    made = register_model(name, group=group, **keys)
    made["Arguments"]["ModelApprovalStatus"] = approval
    made["Arguments"]["DriftCheckBaselines"] = {
        member: {file: {"ContentType": "application/json", "S3Uri": uri(place + tag)} for file, place in files.items()}
        for member, files in BASELINES.items()}
    return made


def metadata(client, arn, name="Check"):
    [shown] = row(client, arn, name)["Metadata"].values()
    return shown


@pytest.fixture
def registry(sagemaker):
    """A group whose second version is the latest approved one of three."""
    launch(sagemaker, package("One", "Approved", tag="-1"), package("Two", "Approved", tag="-2", depends_on=["One"]),
           package("Three", "PendingManualApproval", tag="-3", depends_on=["Two"]))
    return sagemaker


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("register, supplied, statistics, constraints", [
    (False, {}, uri("data-statistics-2"), uri("data-constraints-2")),
    (False, SUPPLIED, *SUPPLIED.values()),
    (True, {}, STATISTICS, CONSTRAINTS),
    (True, SUPPLIED, STATISTICS, CONSTRAINTS),
])
def test_the_table(registry, skip, register, supplied, statistics, constraints):
    """CalculatedBaseline is always new; BaselineUsedForDriftCheck is new when it is to be registered, else the supplied
    one, else that of the latest approved version. SkipCheck changes neither."""
    arn = launch(registry, quality(SkipCheck=skip, RegisterNewBaseline=register, **supplied))
    shown = metadata(registry, arn)
    assert shown["CalculatedBaselineStatistics"] == STATISTICS
    assert shown["CalculatedBaselineConstraints"] == CONSTRAINTS
    assert shown["BaselineUsedForDriftCheckStatistics"] == statistics
    assert shown["BaselineUsedForDriftCheckConstraints"] == constraints
    assert (shown["SkipCheck"], shown["RegisterNewBaseline"], shown["ModelPackageGroupName"]) == (skip, register, "group")
    assert "ViolationReport" not in shown


@pytest.mark.parametrize("made, constraints", [
    (quality(check_type="MODEL_QUALITY"), "model-constraints"),
    (clarify(check_type="DATA_BIAS"), "pre-training"),
    (clarify(check_type="MODEL_BIAS"), "post-training"),
    (clarify(check_type="MODEL_EXPLAINABILITY"), "explainability"),
], ids=lambda value: value if isinstance(value, str) else None)
def test_which_baseline_of_the_version(registry, made, constraints):
    """Five baselines, one for each type of check, stand in a version's DriftCheckBaselines (developer guide)."""
    shown = metadata(registry, launch(registry, made))
    assert shown["BaselineUsedForDriftCheckConstraints"] == uri(constraints + "-2")
    assert ("BaselineUsedForDriftCheckStatistics" in shown) == (made["Type"] == "QualityCheck")


def test_a_baseline_registered_earlier_in_the_run(sagemaker):
    """A version that an earlier step of the very run registered, approved, is the latest one."""
    arn = launch(sagemaker, package("Register", "Approved"), quality(depends_on=["Register"]))
    assert metadata(sagemaker, arn)["BaselineUsedForDriftCheckConstraints"] == uri("data-constraints")


@pytest.mark.parametrize("how", ["release", "succeed"])
def test_a_check_that_is_ended_by_hand(scripted, how):
    """Whoever ends it, it compared with what its group says."""
    server, client = scripted({"Check": {"0-": {"Hold": True}}})
    arn = launch(client, package("Register", "Approved"), quality(depends_on=["Register"]), name="p")
    code, answer = server.local("POST", f"steps/{how}", {"PipelineExecutionArn": arn, "StepName": "Check"})
    assert code == 200, answer
    assert metadata(client, arn)["BaselineUsedForDriftCheckConstraints"] == uri("data-constraints")


def test_what_a_refused_end_by_hand_has_read(scripted, tmp_path):
    """It is read again with the next one: the file that made the mistake may have been put right meanwhile."""
    file = tmp_path / "bucket" / "key.json"
    file.parent.mkdir()
    file.write_text('{"group": "wrong"}')
    server, client = scripted({"Check": {"0-": {"Hold": True}}}, "--s3-dir", tmp_path)
    group = {"Std:JsonGet": {"S3Uri": {"Std:Join": {"On": "/", "Values": ["s3://bucket", "key.json"]}}, "Path": "group"}}
    arn = launch(client, package("Register", "Approved"), quality(depends_on=["Register"], ModelPackageGroupName=group), name="p")
    asked = {"PipelineExecutionArn": arn, "StepName": "Check"}
    assert server.local("POST", "steps/succeed", {**asked, "Return": {"Unknown": 1}})[0] == 400
    file.write_text('{"group": "group"}')
    assert server.local("POST", "steps/succeed", asked)[0] == 200
    assert metadata(client, arn)["BaselineUsedForDriftCheckConstraints"] == uri("data-constraints")


def test_a_baseline_whose_registration_took_time(start_server, account):
    """The same where the version is registered in one turn and completed in the one that starts the check."""
    server = start_server("--clock", "manual", "--step-duration", "10s")
    client = server.client(account)
    arn = launch(client, package("Register", "Approved"), quality(depends_on=["Register"]))
    server.advance(To="idle")
    assert metadata(client, arn)["BaselineUsedForDriftCheckConstraints"] == uri("data-constraints")


def test_a_group_given_by_a_parameter(registry):
    """ModelPackageGroupName may be an expression (sdk-made definitions), and case does not make another group."""
    arn = launch(registry, quality(ModelPackageGroupName=get("Parameters.Group")), parameters=[parameter("Group")],
                 values={"Group": "GROUP"})
    shown = metadata(registry, arn)
    assert shown["ModelPackageGroupName"] == "GROUP"
    assert shown["BaselineUsedForDriftCheckStatistics"] == uri("data-statistics-2")


def test_a_group_without_an_approved_version(sagemaker):
    """Nothing to compare with: the calculated baseline stands in (inferred), so that the next version gets one."""
    launch(sagemaker, package("Register", "Rejected"))
    shown = metadata(sagemaker, launch(sagemaker, quality()))
    assert shown["BaselineUsedForDriftCheckStatistics"] == STATISTICS


def test_one_file_supplied_and_one_of_the_group(registry):
    """A supplied file beats the group's, each for itself (the guide says "supplied is always prioritized")."""
    shown = metadata(registry, launch(registry, quality(SuppliedBaselineConstraints="s3://b/mine")))
    assert shown["BaselineUsedForDriftCheckConstraints"] == "s3://b/mine"
    assert shown["BaselineUsedForDriftCheckStatistics"] == uri("data-statistics-2")


def test_the_baseline_goes_into_the_next_version(registry):
    """The life cycle of the guide: a check's properties become the DriftCheckBaselines of the version registered next."""
    next_one = package("Next", "Approved", depends_on=["Check"])
    next_one["Arguments"]["DriftCheckBaselines"] = {"ModelDataQuality": {
        "Statistics": {"ContentType": "application/json", "S3Uri": get("Steps.Check.BaselineUsedForDriftCheckStatistics")},
        "Constraints": {"ContentType": "application/json", "S3Uri": get("Steps.Check.BaselineUsedForDriftCheckConstraints")}}}
    pipeline = create(registry, quality(RegisterNewBaseline=get("Parameters.New")), next_one,
                      parameters=[parameter("New", "Boolean", False)])
    carried = start(registry, pipeline)
    version = row(registry, carried, "Next")["Metadata"]["RegisterModel"]["Arn"]
    kept = registry.describe_model_package(ModelPackageName=version)["DriftCheckBaselines"]["ModelDataQuality"]
    assert kept["Statistics"]["S3Uri"] == uri("data-statistics-2"), "carried over"
    start(registry, pipeline, {"New": "true"})
    refreshed = metadata(registry, start(registry, pipeline))
    assert refreshed["BaselineUsedForDriftCheckStatistics"] == STATISTICS, "of the version that refreshed it"


def violation(**keys):
    return {"Violates": {"0": {"Return": {"ViolationReport": f"{BUCKET}/report.json"}, **keys}}}


@pytest.mark.parametrize("made, kind", [(quality, "Quality"), (clarify, "Clarify")])
@pytest.mark.parametrize("fails", [True, None])
def test_a_violation_fails_the_step(scripted, made, kind, fails):
    """FailOnViolation null behaves as true; the sentence is that of AWS's tests."""
    _, client = scripted({"Check": "Violates"}, responses=violation())
    arn = launch(client, made(FailOnViolation=fails), name="p")
    shown = row(client, arn, "Check")
    assert (status(client, arn), shown["StepStatus"]) == ("Failed", "Failed")
    assert shown["FailureReason"].startswith(f"ClientError: {kind} check failed. See violation report")
    assert metadata(client, arn)["ViolationReport"] == f"{BUCKET}/report.json"


@pytest.mark.parametrize("keys, reported", [({"FailOnViolation": False}, True), ({"SkipCheck": True}, False)])
def test_a_violation_that_may_be(scripted, keys, reported):
    """FailOnViolation false lets the step succeed and shows the report; a check that is skipped finds nothing."""
    _, client = scripted({"Check": "Violates"}, responses=violation())
    arn = launch(client, quality(**keys), name="p")
    shown = row(client, arn, "Check")
    assert shown["StepStatus"] == "Succeeded"
    assert "FailureReason" not in shown
    assert ("ViolationReport" in metadata(client, arn)) == reported


def test_its_job_can_be_asked(sagemaker):
    """CheckJobArn names the processing job that did the check."""
    shown = metadata(sagemaker, launch(sagemaker, clarify()))
    answer = sagemaker.describe_processing_job(ProcessingJobName=shown["CheckJobArn"].rsplit("/", 1)[1])
    assert (answer["ProcessingJobArn"], answer["ProcessingJobStatus"]) == (shown["CheckJobArn"], "Completed")


def test_its_properties(registry):
    """The four properties that pipelines read of a check."""
    names = ("CalculatedBaselineStatistics", "CalculatedBaselineConstraints", "BaselineUsedForDriftCheckStatistics",
             "BaselineUsedForDriftCheckConstraints")
    arn = launch(registry, quality(), fail("Show", join(" ", *(get(f"Steps.Check.{name}") for name in names))))
    assert row(registry, arn, "Show")["FailureReason"].split() == [
        STATISTICS, CONSTRAINTS, uri("data-statistics-2"), uri("data-constraints-2")]
