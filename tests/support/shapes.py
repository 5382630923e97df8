"""Answers against botocore's own output shapes, strictly: what boto3's parser lets pass (a member too many, a value
outside an enum, a text too long) is a fault here."""

import re

import botocore.session

_session = botocore.session.get_session()


def service(name="sagemaker"):
    return _session.get_service_model(name)


def answer_faults(operation, answer):
    """All that a decoded answer of a SageMaker operation has and must not have, or lacks: a list of texts."""
    return faults(answer, service().operation_model(operation).output_shape)


def faults(value, shape, place=""):
    return list(_CHECKS.get(shape.type_name, _nothing)(value, shape, place))


def leaves(shape, place="", within=()):
    """The path of every scalar beneath a shape as references write it: A.B, A[0].B, A['k']; recursion ends at once."""
    if shape.name in within:
        return
    within = (*within, shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from leaves(member, f"{place}.{name}" if place else name, within)
    elif shape.type_name == "list":
        yield from leaves(shape.member, f"{place}[0]", within)
    elif shape.type_name == "map":
        yield from leaves(shape.value, f"{place}['k']", within)
    else:
        yield place


def _nothing(value, shape, place):
    return ()


def _structure(value, shape, place):
    if not isinstance(value, dict):
        yield f"{place}: {value!r} is no object"
        return
    for name in shape.required_members:
        if name not in value:
            yield f"{place}.{name} is missing"
    for name, member in value.items():
        if name not in shape.members:
            yield f"{place}.{name} is unknown"
        else:
            yield from faults(member, shape.members[name], f"{place}.{name}")


def _list(value, shape, place):
    if not isinstance(value, list):
        yield f"{place}: {value!r} is no list"
        return
    yield from _length(value, shape, place)
    for index, item in enumerate(value):
        yield from faults(item, shape.member, f"{place}[{index}]")


def _map(value, shape, place):
    if not isinstance(value, dict):
        yield f"{place}: {value!r} is no map"
        return
    for key, item in value.items():
        yield from faults(key, shape.key, f"{place}, key {key!r}")
        yield from faults(item, shape.value, f"{place}[{key!r}]")


def _string(value, shape, place):
    if not isinstance(value, str):
        yield f"{place}: {value!r} is no string"
        return
    if shape.enum and value not in shape.enum:
        yield f"{place}: {value!r} is none of {shape.enum}"
    yield from _length(value, shape, place)
    pattern = shape.metadata.get("pattern")
    # Python's re knows no \p{..}: such patterns are left to the model's own tests.
    if pattern and r"\p{" not in pattern and not re.fullmatch(pattern, value):
        yield f"{place}: {value!r} is not {pattern}"


def _length(value, shape, place):
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", float("inf"))
    if not least <= len(value) <= most:
        yield f"{place}: {len(value)} long, not {least} to {most}"


def _integer(value, shape, place):
    if isinstance(value, bool) or not isinstance(value, int):
        yield f"{place}: {value!r} is no integer"
    elif not shape.metadata.get("min", value) <= value <= shape.metadata.get("max", value):
        yield f"{place}: {value} is out of range"


def _number(value, shape, place):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        yield f"{place}: {value!r} is no number"


def _boolean(value, shape, place):
    if not isinstance(value, bool):
        yield f"{place}: {value!r} is no Boolean"


_CHECKS = {"structure": _structure, "list": _list, "map": _map, "string": _string, "integer": _integer, "long": _integer,
           "float": _number, "double": _number, "timestamp": _number, "boolean": _boolean}
