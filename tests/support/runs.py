"""What tests do with a client again and again: create, start, read the steps, expect a refusal."""

import contextlib
import itertools
import time

import pytest
from botocore.exceptions import ClientError

from support.definitions import ROLE, definition

TERMINAL = {"Succeeded", "Failed", "Stopped", "CompletedWithFailures"}

_names = itertools.count(1)


def create(client, *steps, name=None, parameters=(), text=None, members=None, **request):
    """Creates a pipeline of these steps and returns its name."""
    name = name or f"pipeline-{next(_names)}"
    text = text if text is not None else definition(*steps, parameters=parameters, **(members or {}))
    client.create_pipeline(PipelineName=name, RoleArn=ROLE, PipelineDefinition=text, **request)
    return name


def start(client, name, parameters=None, **request):
    """Starts it with {name: text} parameters and returns the execution's ARN."""
    if parameters is not None:
        request["PipelineParameters"] = [{"Name": key, "Value": value} for key, value in parameters.items()]
    return client.start_pipeline_execution(PipelineName=name, **request)["PipelineExecutionArn"]


def launch(client, *steps, parameters=(), values=None, name=None, members=None, **request):
    """create and start in one: the execution's ARN."""
    return start(client, create(client, *steps, parameters=parameters, name=name, members=members), values, **request)


def execution(client, arn):
    return client.describe_pipeline_execution(PipelineExecutionArn=arn)


def status(client, arn):
    return execution(client, arn)["PipelineExecutionStatus"]


def steps(client, arn):
    """All step rows, first started first."""
    found, token = [], {}
    while True:
        page = client.list_pipeline_execution_steps(PipelineExecutionArn=arn, SortOrder="Ascending", MaxResults=100, **token)
        found += page["PipelineExecutionSteps"]
        if not page.get("NextToken"):
            return found
        token = {"NextToken": page["NextToken"]}


def until(client, arn, reached, patience=60):
    """Asks until reached(client, arn) holds: what happens outside cannot be moved by a clock. Asking is all it does between."""
    deadline = time.monotonic() + patience
    while not reached(client, arn):
        assert time.monotonic() < deadline, f"{execution(client, arn)} {statuses(client, arn)}"


def ended(client, arn):
    """The status of the execution, once it is over."""
    until(client, arn, lambda *_: status(client, arn) in TERMINAL)
    return status(client, arn)


def names(client, arn):
    return [row["StepName"] for row in steps(client, arn)]


def statuses(client, arn):
    return {row["StepName"]: row["StepStatus"] for row in steps(client, arn)}


def row(client, arn, name):
    """The one row of a step."""
    found = [row for row in steps(client, arn) if row["StepName"] == name]
    assert len(found) == 1, f"{len(found)} rows of {name}"
    return found[0]


def token_of(client, arn, name):
    """The token of a waiting Callback step."""
    return row(client, arn, name)["Metadata"]["Callback"]["CallbackToken"]


def succeed(client, arn, name, **outputs):
    """Answers a Callback step; outputs are text, as on the wire."""
    return client.send_pipeline_execution_step_success(
        CallbackToken=token_of(client, arn, name),
        OutputParameters=[{"Name": key, "Value": value} for key, value in outputs.items()])


def fail_callback(client, arn, name, reason="no"):
    return client.send_pipeline_execution_step_failure(CallbackToken=token_of(client, arn, name), FailureReason=reason)


def stop(client, arn, **request):
    return client.stop_pipeline_execution(PipelineExecutionArn=arn, **request)


def retry(client, arn, **request):
    return client.retry_pipeline_execution(PipelineExecutionArn=arn, **request)


def rendered(client, expression, *before, parameters=(), values=None, members=None):
    """The text an expression becomes, read from the message of a Fail step behind `before`."""
    from support.definitions import fail
    arn = launch(client, *before, fail("Show", expression), parameters=parameters, values=values, members=members)
    return row(client, arn, "Show")["Metadata"]["Fail"]["ErrorMessage"]


@contextlib.contextmanager
def refused(code, *texts):
    """The call inside must be answered with this error, HTTP 400, its message containing all of `texts`."""
    with pytest.raises(ClientError) as caught:
        yield caught
    answer = caught.value.response
    assert answer["Error"]["Code"] == code, answer["Error"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400, answer["ResponseMetadata"]
    for text in texts:
        assert text in answer["Error"]["Message"], answer["Error"]["Message"]


def message(caught):
    return caught.value.response["Error"]["Message"]
