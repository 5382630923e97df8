"""Every input member of every operation against the constraints of the pinned botocore's model: just inside, just
outside, null, missing, wrong kind. The cases are made from the model, so a new botocore brings its own."""

import copy
import json
import re

import botocore.session
import pytest

OPERATIONS = """
    CreatePipeline UpdatePipeline DeletePipeline DescribePipeline ListPipelines ListPipelineVersions UpdatePipelineVersion
    StartPipelineExecution DescribePipelineExecution ListPipelineExecutions ListPipelineExecutionSteps
    ListPipelineParametersForExecution DescribePipelineDefinitionForExecution UpdatePipelineExecution
    RetryPipelineExecution StopPipelineExecution SendPipelineExecutionStepSuccess SendPipelineExecutionStepFailure AddTags
    ListTags DeleteTags Search GetSearchSuggestions
    DescribeTrainingJob DescribeProcessingJob DescribeTransformJob DescribeHyperParameterTuningJob DescribeAutoMLJob
    DescribeAutoMLJobV2 DescribeModel DescribeModelPackage DescribeModelPackageGroup DescribeEndpoint
    DescribeEndpointConfig DescribeInferenceComponent DescribeJob ListTrainingJobs ListProcessingJobs ListTransformJobs
    ListHyperParameterTuningJobs ListTrainingJobsForHyperParameterTuningJob ListAutoMLJobs ListModels ListModelPackages
    ListModelPackageGroups ListEndpoints ListEndpointConfigs ListInferenceComponents ListJobs
""".split()

SERVICE = botocore.session.get_session().get_service_model("sagemaker")

EXECUTION_ARN = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/abcdefghijkl"
PREFIXES = ("", "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p", EXECUTION_ARN, "arn:aws:iam::123456789012:role/r", "https://h/", "s3://b/")
KINDS = {"string": 5, "integer": "5", "long": "5", "boolean": "yes", "timestamp": "soon", "list": {}, "structure": [], "map": []}


def fits(shape, text):
    pattern = shape.metadata.get("pattern")
    if pattern is None:
        return True
    return re.fullmatch(re.sub(r"\\p\{\w+\}", "a-zA-Z0-9 ", pattern), text, re.DOTALL) is not None


def text_of(shape, size):
    """A text of `size` characters that the pattern admits; None if we know none."""
    for prefix in PREFIXES:
        if len(prefix) <= size:
            text = prefix + "a" * (size - len(prefix))
            if fits(shape, text):
                return text
    return None


def misfit(shape):
    """A text of an allowed length that the pattern refuses; None if there is none."""
    low, high = shape.metadata.get("min", 0), min(shape.metadata.get("max", 300), 300)
    for text in ("!" * max(low, 1), "\n" * max(low, 1), " " * max(low, 1), "!" * high):
        if low <= len(text) <= high and not fits(shape, text):
            return text
    return None


def valid(shape):
    """The plainest value that the model admits."""
    kind = shape.type_name
    if kind == "string":
        if shape.enum:
            return shape.enum[0]
        found = (text_of(shape, size) for size in range(shape.metadata.get("min", 0) or 1, 400))
        return next(text for text in found if text)
    if kind in ("integer", "long"):
        return shape.metadata.get("min", 1)
    if kind == "timestamp":
        return 1_700_000_000
    if kind == "boolean":
        return True
    if kind == "list":
        return [valid(shape.member)]
    return {name: valid(shape.members[name]) for name in shape.required_members}


def places(shape, way=(), inside=()):
    """(way, shape, required) of every member below: a way is member names and, in lists, 0. Of a structure that contains
    itself, one round is enough."""
    if shape.name in inside:
        return
    for name, member in shape.members.items():
        yield (*way, name), member, name in shape.required_members
        inner = (*way, name)
        while member.type_name == "list":
            member, inner = member.member, (*inner, 0)
            yield inner, member, None  # an item
        if member.type_name == "structure":
            yield from places(member, inner, (*inside, shape.name))


def put(document, shape, way, value):
    """The document with `value` at `way`; what is on the way and absent is made valid. `value` DELETE removes."""
    document = copy.deepcopy(document)
    at = document
    for name, following in zip(way[:-1], way[1:]):
        member = shape.member if isinstance(name, int) else shape.members[name]
        if not isinstance(name, int) and name not in at:
            at[name] = valid(member)
        shape, at = member, at[name]
    if value is DELETE:
        at.pop(way[-1], None)
    elif isinstance(way[-1], int):
        at[:] = [value]
    else:
        at[way[-1]] = value
    return document


DELETE = object()


def written(way):
    """The way as AWS writes it: lists count from 1; an item of plain values is named by its list."""
    parts = []
    for position, part in enumerate(way):
        if isinstance(part, int):
            if position + 1 < len(way):
                parts += ["1", "member"]
        else:
            parts.append(part[0].lower() + part[1:])
    return ".".join(parts)


def cases():
    for operation in OPERATIONS:
        shape = SERVICE.operation_model(operation).input_shape
        for way, member, required in places(shape):
            for name, value, expected in values(member, required):
                yield pytest.param(operation, way, value, expected, id=f"{operation}-{'.'.join(map(str, way))}-{name}")


def values(shape, required):
    """(name, value, part of the sentence or None for accepted or SERIALIZATION) for one member."""
    kind, data = shape.type_name, shape.metadata
    yield "kind", KINDS[kind], SERIALIZATION
    if required is True:
        yield "missing", DELETE, "Member must not be null"
        yield "null", None, "Member must not be null"
    elif required is False:
        yield "null", None, None
    if kind == "string" and shape.enum:
        yield "enum", "Nonsense", "Member must satisfy enum value set: ["
        for value in shape.enum:
            yield value, value, None
    elif kind == "string":
        if "max" in data:
            yield "too-long", (text_of(shape, data["max"] + 1) or "a" * (data["max"] + 1)), (
                f"Member must have length less than or equal to {data['max']}")
            longest = text_of(shape, data["max"])
            if longest:
                yield "longest", longest, None
        if data.get("min"):
            yield "too-short", "a" * (data["min"] - 1), f"Member must have length greater than or equal to {data['min']}"
            shortest = text_of(shape, data["min"])
            if shortest:
                yield "shortest", shortest, None
        if misfit(shape) is not None:
            yield "pattern", misfit(shape), "Member must satisfy regular expression pattern: "
    elif kind in ("integer", "long"):
        if "min" in data:
            yield "too-small", data["min"] - 1, f"Member must have value greater than or equal to {data['min']}"
            yield "smallest", data["min"], None
        if "max" in data:
            yield "too-large", data["max"] + 1, f"Member must have value less than or equal to {data['max']}"
            yield "largest", data["max"], None
        yield "2-to-the-64", 2**64, SERIALIZATION
        yield "fraction", 1.5, SERIALIZATION
    elif kind == "list":
        if "max" in data:
            yield "too-many", [valid(shape.member)] * (data["max"] + 1), f"Member must have length less than or equal to {data['max']}"
            yield "most", [valid(shape.member)] * data["max"], None
        if data.get("min"):
            yield "too-few", [], f"Member must have length greater than or equal to {data['min']}"


SERIALIZATION = object()


@pytest.mark.parametrize("operation, way, value, expected", list(cases()))
def test_member(server, account, operation, way, value, expected):
    """One member off (or just not), everything else as plain as the model admits."""
    shape = SERVICE.operation_model(operation).input_shape
    body = put(valid(shape), shape, way, value)
    status, _, answer = server.call(operation, json.dumps(body), account)
    if expected is SERIALIZATION:
        assert (status, answer["__type"]) == (400, "SerializationException"), answer
        named = [part for part in way if isinstance(part, str)][-1]
        assert named.lower() in answer["message"].lower()
    elif expected is None:
        assert status in (200, 400)
        assert "detected: " not in (answer or {}).get("message", ""), answer["message"]
        assert (answer or {}).get("__type") != "SerializationException", answer
    else:
        assert (status, answer["__type"]) == (400, "ValidationException"), answer
        assert " detected: " in answer["message"], answer["message"]
        assert f"at '{written(way)}' failed to satisfy constraint: " in answer["message"]
        assert expected in answer["message"]


def test_the_table_has_every_operation(server, account):
    """An operation that is served and not named above would have no member checked: of all that SageMaker has, each is
    asked for."""
    answers = {operation: server.call(operation, {}, account)[2] for operation in SERVICE.operation_names}
    served = {operation for operation, answer in answers.items()
              if (answer or {}).get("__type") != "UnknownOperationException"}
    assert served == set(OPERATIONS)


def test_the_table_reaches_every_member():
    """Each member of each input, at any depth, has at least one case."""
    reached = {(case.values[0], case.values[1]) for case in cases()}
    for operation in OPERATIONS:
        shape = SERVICE.operation_model(operation).input_shape
        for way, _, _ in places(shape):
            assert (operation, way) in reached
