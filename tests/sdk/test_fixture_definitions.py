"""Every definition that the SDK made (SHARED_DIR/fixtures/definitions) runs, with nothing but default parameters, the
missing ones, callbacks answered and property files supplied. The table says what each must come to, and why.

All run on one server with a manual clock: each job takes 60 seconds, so files whose path holds the execution's id can be
written after the start and before anyone reads them.
"""

import json

import pytest

from support import server as servers
from support.runs import TERMINAL, create, row, start, status, statuses, token_of

S, F = "Succeeded", "Failed"


def all_of(*names):
    return dict.fromkeys(names, S)


def leaves(**files):
    """The response of a step that succeeds and leaves these property files."""
    return {"0-": {"Return": {}, "PropertyFiles": files}}


class Case:
    """What a definition needs and what it comes to."""

    def __init__(self, steps, end=S, reasons=None, parameters=None, answers=None, files=None, scripts=None):
        self.steps = steps                    # step -> status; a step that is not here must not be listed
        self.end = end                        # of the execution
        self.reasons = reasons or {}          # step -> FailureReason
        self.parameters = parameters or {}    # those without a default
        self.answers = answers or {}          # Callback step -> outputs
        self.files = files or {}              # URI, with {id} for the execution's -> content
        self.scripts = scripts or {}          # step -> response of the scenario


ABALONE_REPORT = {"regression_metrics": {"mse": {"value": 3.1}}}  # below the default threshold of 6.0

CASES = {
    # The mean squared error of 3.1 is below 6.0: the branch that registers, creates and transforms.
    "sdk-v2__abalone-full": Case(
        all_of("AbaloneProcess", "AbaloneTrain", "AbaloneEval", "AbaloneMSECond", "AbaloneCreateModel-CreateModel",
               "AbaloneRegisterModel-RegisterModel", "AbaloneTransform"),
        scripts={"AbaloneEval": leaves(EvaluationReport=ABALONE_REPORT)}),
    "sdk-v3__abalone-full": Case(
        all_of("AbaloneProcess", "AbaloneTrain", "AbaloneEval", "AbaloneMSECond", "AbaloneRegisterModel",
               "AbaloneCreateModel", "AbaloneTransform"),
        scripts={"AbaloneEval": leaves(AbaloneEvaluationReport=ABALONE_REPORT)}),
    "sdk-v2__automl-model-register": Case(all_of("AM", "AMModel-CreateModel", "AMReg-RegisterModel")),
    "sdk-v2__bedrock-four-steps": Case(all_of("BR", "BD", "BI", "BP")),
    # The simulated Lambda's statusCode is "simulated", not "200": the branch with the Fail step.
    "sdk-v2__callback-lambda-outputs": Case(
        {"CB": S, "LA": S, "Cond": S, "Bad": F}, F, {"Bad": "lambda said no"},
        answers={"CB": {"output1": "o", "count": "2", "ok": "true", "score": "0.75"}}),
    # The simulated count is 0, which is not over 10: the other branch.
    "sdk-v3__callback-lambda-outputs": Case(
        all_of("Approve", "Notify", "Check", "Archive"),
        answers={"Approve": {"approver": "a", "score": "1", "ok": "true", "ratio": "0.5"}}),
    # All hold but the last: on a standing clock "now" is not after "start".
    "sdk-v2__conditions-all-types-nested": Case(
        {"Outer": S, "ElseFail": F}, F, {"ElseFail": "execution {id} of {name} param 3"}, parameters={"RequiredParam": "r"}),
    "sdk-v2__emr-clusterid-and-clusterconfig": Case(all_of("EMR1", "EMR2")),
    "sdk-v2__endpointconfig-endpoint-inferencecomponent": Case(all_of("Cfg", "Deploy", "IC")),
    # InstanceCount is 2, not 1: the outcome is false, and the Fail step behind the Condition runs all the same.
    "sdk-v2__fail-depends-on-condition-outcome": Case(
        {"CondStep": S, "FailStep": F}, F, {"FailStep": "Failed due to xxx == yyy returns: false"}),
    "sdk-v2__hosting-lineage": Case(
        all_of("CreateModel-CreateModel", "EndpointConfig", "Endpoint", "Component", "Record", "Use")),
    "sdk-v3__hosting-lineage": Case(all_of("CreateModel", "EndpointConfig", "Endpoint", "Component", "Record", "Use")),
    "sdk-v2__join-execution-variables-jsonget-s3uri": Case(
        all_of("Echo", "JG"), files={"s3://b/results/{id}/out.json": {"a": {"b": [{"c": "simulated"}]}}}),
    "sdk-v2__lineage": Case(all_of("Rec")),
    "sdk-v2__model-repack-pipelinemodel": Case(
        all_of("Reg-RepackModel-pytorch-model", "Reg-RegisterModel", "PM-RepackModel-pytorch-model", "PM-CreateModel")),
    "sdk-v2__monitor-batch-transform": Case(all_of("MBT-transform", "MBT-monitoring")),
    "sdk-v2__notebook-job": Case(all_of("nb")),
    "sdk-v3__notebook-emr": Case(all_of("Report", "Clean", "Aggregate")),
    "sdk-v2__quality-clarify-checks-register": Case(all_of("DQ", "MQ", "DB", "ME", "R-RegisterModel")),
    "sdk-v3__quality-clarify-checks": Case(all_of("DataQuality", "DataBias")),
    # use returned 5 > 1 and gen returned [0, {"k": 2}]: true, and that branch is empty.
    "sdk-v2__step-decorator-delayedreturn": Case(
        all_of("gen", "use", "Cond"),
        files={"s3://sagemaker-us-west-2-123456789012/P/{id}/use/results/results.json": {"Result": 5},
               "s3://sagemaker-us-west-2-123456789012/P/{id}/gen/results/results.json": {"Result": [0, {"k": 2}]}}),
    # gen's score of 5 is at least 4: `use` runs.
    "sdk-v3__step-decorator-delayedreturn": Case(
        all_of("gen", "enough", "use"),
        files={"s3://example-ml-bucket/StepDecoratorV3/gen/2026-11-22-12-05-33-345/{id}/results/results.json":
               {"Result": {"score": 5}}}),
    "sdk-v2__tuning-top-models": Case(all_of("HPO", "Best-RegisterModel", "Second-CreateModel")),
    "sdk-v3__tuning-top-models": Case(all_of("Tune", "BestModel", "SecondModel")),
    "sdk-v3-evaluate__deterministic": Case(
        all_of("CreateEvaluationAction", "EvaluateBaseModel", "EvaluateCustomModel", "AssociateLineage")),
    "sdk-v3-evaluate__llmaj": Case(
        all_of("CreateEvaluationAction", "EvaluateBaseInferenceModel", "EvaluateCustomInferenceModel",
               "EvaluateBaseModelMetrics", "EvaluateCustomModelMetrics", "AssociateLineage")),
    "sdk-v3-evaluate__mtrl": Case(
        all_of("CreateEvaluationAction", "EvaluateBaseModel", "EvaluateFineTunedModel", "AssociateLineage")),
    "sdk-v3__emr-serverless": Case(all_of("ES1", "ES2")),
    # The items hold what the bodies read; TrainAll's simulated scores are equal, so its first iteration is selected.
    "sdk-v3__for-each": Case(
        all_of("TrainAll", "TrainItem-0", "TrainItem-1", "ScoreItem-0", "ScoreItem-1", "EchoAll",
               *(f"Echo-{index}" for index in range(5)), "MakeList", "VisitAll", "Visit-0", "Visit-1", "UseBest", "AnyFailed"),
        parameters={"Items": json.dumps([{"name": "a", "depth": 3, "tags": ["x"]}, {"name": "b", "depth": 5, "tags": ["y"]}])},
        scripts={"MakeList": {"0-": {"Return": {"Names": '["p", "q"]'}}}}),
    "sdk-v3__job": Case(all_of("TrainAgent", "TrainAgentAgain", "Use")),
    # "a" equals "a"; the metric 0.75 is at least 0.5; the training is Completed; "a" is not among x, y, 2: down to Deep.
    "sdk-v3__mlflow-custom-prefix-conditions": Case(
        {"Prepare": S, "Train": S, "Outer": S, "Inner": S, "Deep": F}, F, {"Deep": "deep"},
        files={"s3://example-ml-bucket/results/{id}/out.json": {"metrics": [{"value": 0.75}]}}),
    # Train succeeds: what waits for its failure or its stop never starts, all else runs, and there is something to clean.
    "sdk-v3__run-conditions-cleanup": Case(
        all_of("Prepare", "Train", "NotifyDone", "NotifyAlways", "Gate", "Inner", "CleanModels", "CleanData", "CleanAny")),
    "sdk-v3__train-registry": Case(all_of("PreprocessData", "TrainModel", "CreateModel", "RegisterModel")),
}

@pytest.fixture(scope="module")
def definitions(shared_dir):
    return shared_dir / "fixtures" / "definitions"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("s3")


@pytest.fixture(scope="module")
def manual(request, definitions, files, tmp_path_factory):
    if request.config.getoption("--url"):
        pytest.skip("needs flags of its own, so not with --url")
    home = tmp_path_factory.mktemp("fixtures")
    scenarios = home / "scenarios.json"
    scenarios.write_text(json.dumps({"Pipelines": {
        name: {"Default": "Run", "TestCases": {"Run": case.scripts}}
        for name, case in ((pipeline_name(name), case) for name, case in CASES.items()) if case.scripts}}))
    started = servers.Server("--port", 0, "--ephemeral", "--clock", "manual", "--step-duration", 60, "--s3-dir", files,
                             "--scenarios", scenarios, home=home)
    yield started
    started.close()


def pipeline_name(fixture):
    return fixture.replace("__", "-")


def supply(files, contents, arn):
    for uri, content in contents.items():
        path = files / uri.replace("{id}", arn.rsplit("/", 1)[1]).removeprefix("s3://")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))


def test_the_table_is_complete(definitions):
    """A definition that is added to the fixtures must be added here."""
    assert {path.stem for path in definitions.glob("*.json")} == CASES.keys()


@pytest.mark.parametrize("fixture", CASES)
def test_runs(manual, definitions, files, account, fixture):
    """Created, started, callbacks answered: the steps and statuses of the table, each once."""
    case = CASES[fixture]
    client = manual.client(account)
    name = create(client, text=(definitions / f"{fixture}.json").read_text(), name=pipeline_name(fixture))
    arn = start(client, name, case.parameters)
    supply(files, case.files, arn)
    manual.advance(To="idle")
    for step, outputs in case.answers.items():
        client.send_pipeline_execution_step_success(
            CallbackToken=token_of(client, arn, step),
            OutputParameters=[{"Name": key, "Value": value} for key, value in outputs.items()])
        manual.advance(To="idle")
    why = {found["StepName"]: found.get("FailureReason") for found in client.list_pipeline_execution_steps(
        PipelineExecutionArn=arn)["PipelineExecutionSteps"] if found["StepStatus"] == F}
    assert statuses(client, arn) == case.steps, why
    assert status(client, arn) == case.end
    assert case.end in TERMINAL
    for step, reason in case.reasons.items():
        assert row(client, arn, step)["FailureReason"] == reason.format(id=arn.rsplit("/", 1)[1], name=name)
