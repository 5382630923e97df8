#!/usr/bin/env python3
"""Writes src/model/generated/*.cpp, the API model as constant C++ tables, from the pinned botocore.

    generate_model.py           writes the tables
    generate_model.py --check   compares them with what is committed; exits 1 with a summary of what differs

Run it with a Python that has tools/requirements.txt installed. The tables carry names, types and constraints only,
never documentation. The output depends on botocore's data and on this directory alone.
"""

import argparse
import difflib
import gzip
import json
import pathlib
import re
import sys
from typing import Dict, Iterable, List

from re2_rewrites import REWRITES

TOOLS = pathlib.Path(__file__).resolve().parent
OUTPUT = TOOLS.parent / "src" / "model" / "generated"
PINNED = re.search(r"^botocore==(\S+)$", (TOOLS / "requirements.txt").read_text(), re.M).group(1)

# The operations whose input and output are carried: those we serve, and the jobs that steps create, list and describe.
OPERATIONS = """
    CreatePipeline UpdatePipeline DeletePipeline DescribePipeline ListPipelines
    ListPipelineVersions UpdatePipelineVersion
    StartPipelineExecution StopPipelineExecution RetryPipelineExecution UpdatePipelineExecution
    DescribePipelineExecution DescribePipelineDefinitionForExecution ListPipelineExecutions ListPipelineExecutionSteps
    ListPipelineParametersForExecution SendPipelineExecutionStepSuccess SendPipelineExecutionStepFailure
    AddTags ListTags DeleteTags Search GetSearchSuggestions

    CreateTrainingJob DescribeTrainingJob ListTrainingJobs
    CreateProcessingJob DescribeProcessingJob ListProcessingJobs
    CreateTransformJob DescribeTransformJob ListTransformJobs
    CreateHyperParameterTuningJob DescribeHyperParameterTuningJob ListHyperParameterTuningJobs
    ListTrainingJobsForHyperParameterTuningJob
    CreateAutoMLJob DescribeAutoMLJob CreateAutoMLJobV2 DescribeAutoMLJobV2 ListAutoMLJobs
    CreateModel DescribeModel ListModels
    CreateModelPackage DescribeModelPackage ListModelPackages
    CreateModelPackageGroup DescribeModelPackageGroup ListModelPackageGroups
    CreateEndpointConfig DescribeEndpointConfig ListEndpointConfigs
    CreateEndpoint DescribeEndpoint ListEndpoints
    CreateInferenceComponent DescribeInferenceComponent ListInferenceComponents
    CreateJob DescribeJob ListJobs
    ImportHubContent DescribeHubContent
    CreateAction DescribeAction CreateArtifact DescribeArtifact CreateContext DescribeContext AddAssociation
""".split()

# Shapes of other services, which steps take as Arguments or show as properties.
OTHER_SHAPES = {
    "emr": ["RunJobFlowInput", "Step", "StepConfig"],
    "emr-serverless": ["CreateApplicationRequest", "GetJobRunResponse", "StartJobRunRequest"],
    "athena": ["QueryExecution", "StartQueryExecutionInput"],
    "bedrock": [
        "CreateCustomModelRequest", "GetCustomModelResponse",
        "CreateCustomModelDeploymentRequest", "GetCustomModelDeploymentResponse",
        "CreateModelCustomizationJobRequest", "GetModelCustomizationJobResponse",
        "CreateModelImportJobRequest", "GetModelImportJobResponse",
        "CreateProvisionedModelThroughputRequest", "GetProvisionedModelThroughputResponse",
    ],
}

TYPES = {
    "structure": "Structure", "list": "List", "map": "Map", "string": "String", "integer": "Integer", "long": "Long",
    "float": "Float", "double": "Double", "boolean": "Boolean", "timestamp": "Timestamp", "blob": "Blob",
}
LACKING_IN_RE2 = re.compile(r"\(\?[=!<]|\\u|\\p\{Alnum\}|\{\d*,?\d{4,}\}")
CPP_KEYWORDS = {"bool", "char", "default", "delete", "double", "enum", "export", "float", "int", "long", "new",
                "operator", "short", "static", "switch", "template", "union"}


class Refused(Exception):
    pass


def load_service(service: str) -> dict:
    """The service's model in its only (newest) API version."""
    import botocore
    if botocore.__version__ != PINNED:
        raise Refused(f"botocore {botocore.__version__} is installed, the tables are made from {PINNED}: "
                      "pip install -r tools/requirements.txt")
    data = pathlib.Path(botocore.__file__).parent / "data" / service
    newest = max(path.name for path in data.iterdir() if path.is_dir())
    with gzip.open(data / newest / "service-2.json.gz") as file:
        return json.load(file)


def reachable(model: dict, roots: Iterable[str]) -> List[str]:
    """Names of the shapes that the roots refer to at any depth, sorted as find_shape's binary search compares."""
    found, waiting = set(), list(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        shape = model["shapes"][name]
        waiting += [member["shape"] for member in shape.get("members", {}).values()]
        waiting += [shape[part]["shape"] for part in ("member", "key", "value") if part in shape]
    return sorted(found)


def literal(text: str) -> str:
    return json.dumps(text) if text.isascii() and "\\" not in text and '"' not in text else f'R"re({text})re"'


def number(value) -> str:
    """A C++ literal that becomes a double without a warning."""
    return repr(value) if isinstance(value, float) or abs(value) < 2**31 else f"{value}.0"


class Service:
    """The tables of one service, as text."""

    def __init__(self, service: str, model: dict, roots: Iterable[str], used_rewrites: set):
        self.service = service
        self.model = model
        self.names = reachable(model, roots)
        self.prefix = "" if service == "sagemaker" else service + "."
        self.used_rewrites = used_rewrites

    def place(self, name: str) -> str:
        return "&kShapes[Id::" + (name + "_" if name in CPP_KEYWORDS else name) + "]"

    def members(self, name: str, shape: dict) -> List[str]:
        required = set(shape.get("required", []))
        lines = [f"constexpr Member k{name}Members[] = {{"]
        for member, reference in shape["members"].items():
            # In a URI or a header the member has another name there; in Arguments and documents it goes by its own.
            wire = member if "location" in reference else reference.get("locationName", member)
            lines.append(f"    {{{literal(wire)}, {self.place(reference['shape'])}, "
                         f"{'true' if member in required else 'false'}}},")
        return lines + ["};"]

    def re2_pattern(self, name: str, shape: dict) -> str:
        """The rewrite of the shape's pattern; empty where RE2 takes it as it is."""
        pattern = shape["pattern"]
        if pattern not in REWRITES:
            if LACKING_IN_RE2.search(pattern):
                raise Refused(f"{self.prefix}{name}: RE2 cannot compile {pattern}\nAdd it to tools/re2_rewrites.py.")
            return ""
        self.used_rewrites.add(pattern)
        rewrite = REWRITES[pattern]
        if rewrite.needs_max is not None and shape.get("max", 2**63) > rewrite.needs_max:
            raise Refused(f"{self.prefix}{name}: its max {shape.get('max')} is not within the {rewrite.needs_max} "
                          f"that the rewrite of {pattern} leaves out")
        return rewrite.re2

    def shape(self, name: str, shape: dict) -> str:
        fields = [f".name = {literal(self.prefix + name)}", f".type = Type::{TYPES[shape['type']]}"]
        if shape.get("members"):
            fields.append(f".members = k{name}Members")
        for part, field in (("member", "element"), ("value", "element"), ("key", "key")):
            if part in shape:
                fields.append(f".{field} = {self.place(shape[part]['shape'])}")
        fields += [f".{limit} = {number(shape[limit])}" for limit in ("min", "max") if limit in shape]
        if "pattern" in shape:
            fields.append(f".pattern = {literal(shape['pattern'])}")
            if rewritten := self.re2_pattern(name, shape):
                fields.append(f".re2_pattern = {literal(rewritten)}")
        if "enum" in shape:
            fields.append(f".values = k{name}Values")
        if shape.get("sensitive"):
            fields.append(".sensitive = true")
        return "    {" + ", ".join(fields) + "},"

    def text(self, namespace: str, operations: Iterable[str]) -> str:
        shapes = {name: self.model["shapes"][name] for name in self.names}
        lines = ["namespace Id {", "enum : unsigned {"]
        lines += [f"    {name + '_' if name in CPP_KEYWORDS else name}," for name in self.names]
        lines += ["};", "}  // namespace Id", "", f"extern const Shape kShapes[{len(self.names)}];", ""]
        for name, shape in shapes.items():
            if "enum" in shape:
                lines.append(f"constexpr std::string_view k{name}Values[] = {{")
                lines += [f"    {literal(value)}," for value in shape["enum"]]
                lines.append("};")
        for name, shape in shapes.items():
            if shape.get("members"):
                lines += self.members(name, shape)
        lines += ["", f"constinit const Shape kShapes[{len(self.names)}] = {{"]
        lines += [self.shape(name, shape) for name, shape in shapes.items()]
        lines.append("};")
        if operations:
            lines += ["", "constexpr Operation kOperations[] = {"]
            for operation in sorted(operations):
                ends = self.model["operations"][operation]
                answer = self.place(ends["output"]["shape"]) if "output" in ends else "nullptr"
                lines.append(f"    {{{literal(operation)}, {self.place(ends['input']['shape'])}, {answer}}},")
            lines.append("};")
        body = "\n".join(lines)
        exports = [f"constinit const std::span<const Shape> {namespace}_shapes{{{namespace}::kShapes}};"]
        if operations:
            exports.append(
                f"constinit const std::span<const Operation> {namespace}_operations{{{namespace}::kOperations}};")
        return f"namespace {namespace} {{\n\n{body}\n\n}}  // namespace {namespace}\n\n" + "\n".join(exports)


def file_text(body: str) -> str:
    return (f"// Made by tools/generate_model.py from botocore {PINNED}: do not edit.\n"
            "// clang-format off\n"
            '#include "model/tables.hpp"\n\n'
            "namespace pipelines::model::tables {\n\n"
            f"{body}\n\n"
            "}  // namespace pipelines::model::tables\n")


def generate() -> Dict[str, str]:
    """File name -> text."""
    files, used_rewrites = {}, set()
    sagemaker = load_service("sagemaker")
    missing = [operation for operation in OPERATIONS if operation not in sagemaker["operations"]]
    if missing:
        raise Refused(f"not in the model: {', '.join(missing)}")
    ends = [sagemaker["operations"][operation] for operation in OPERATIONS]
    roots = [end[side]["shape"] for end in ends for side in ("input", "output") if side in end]
    service = Service("sagemaker", sagemaker, roots, used_rewrites)
    files["sagemaker.cpp"] = file_text(service.text("sagemaker", OPERATIONS))

    names = "\n".join(f"    {literal(name)}," for name in sorted(sagemaker["operations"]))
    files["operation_names.cpp"] = file_text(
        f"namespace {{\nconstexpr std::string_view kOperationNames[] = {{\n{names}\n}};\n}}  // namespace\n\n"
        "constinit const std::span<const std::string_view> operation_names{kOperationNames};\n"
        f"constinit const std::string_view made_from{{{literal(f'botocore {PINNED}')}}};")

    for name, shapes in OTHER_SHAPES.items():
        namespace = name.replace("-", "_")
        service = Service(name, load_service(name), shapes, used_rewrites)
        files[f"{namespace}.cpp"] = file_text(service.text(namespace, []))

    unused = set(REWRITES) - used_rewrites
    if unused:
        raise Refused("no carried shape has these patterns of tools/re2_rewrites.py:\n" + "\n".join(sorted(unused)))
    return files


def check(files: Dict[str, str]) -> int:
    """0 if the committed files are these; otherwise 1, and the differences on stdout."""
    committed = {path.name: path.read_text() for path in sorted(OUTPUT.glob("*"))}
    differing = [name for name in sorted(files.keys() | committed.keys()) if files.get(name) != committed.get(name)]
    for name in differing:
        diff = list(difflib.unified_diff(committed.get(name, "").splitlines(), files.get(name, "").splitlines(),
                                         f"committed/{name}", f"generated/{name}", lineterm="", n=0))
        changes = [line for line in diff[2:] if line[0] in "+-"]
        print(f"src/model/generated/{name}: {len(changes)} lines differ")
        print("\n".join("    " + line[:160] for line in changes[:10]))
    if differing:
        print("Run tools/generate_model.py and look at what changed.")
    return 1 if differing else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the committed tables, write nothing")
    arguments = parser.parse_args()
    try:
        files = generate()
    except ImportError as fault:
        print(f"generate_model.py: {fault}: pip install -r tools/requirements.txt", file=sys.stderr)
        return 2
    except Refused as fault:
        print(f"generate_model.py: {fault}", file=sys.stderr)
        return 2
    if arguments.check:
        return check(files)
    OUTPUT.mkdir(exist_ok=True)
    for path in OUTPUT.glob("*"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (OUTPUT / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
