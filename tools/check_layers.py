#!/usr/bin/env python3
"""Checks that arrows only point down (docs/architecture.md): a layer includes and links strictly lower layers only.

    tools/check_layers.py [ROOT]      ROOT: the source tree, default the one this script stands in

Prints one line `file:line: what is wrong` for each fault; exits 1 if there is one, 0 if not.
"""

import re
import sys
from pathlib import Path

LEVELS = (
    ("base",),
    ("model", "domain", "http"),
    ("definition", "store", "aws"),
    ("plan", "runners", "documents", "search"),
    ("engine",),
    ("api", "control", "ui"),
    ("app",),
)
LEVEL_OF = {layer: level for level, layers in enumerate(LEVELS) for layer in layers}

# Rooms that only decide: whatever does I/O or owns a thread is foreign to them, even from outside the project.
PURE = {"model", "domain", "definition", "plan", "documents", "search"}
IMPURE_HEADER = re.compile(
    r"boost/(asio|beast)|sqlite3\.h|thread$|(shared_)?mutex$|condition_variable$|future$|fstream$|filesystem$|(sys|netinet)/|unistd\.h")
CLOCK = re.compile(r"\b(system_now|(system|steady|high_resolution)_clock::now)\b")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
LINK = re.compile(r"\bpipelines_(\w+)")
DEFINED = re.compile(r"\b(?:add_library|function)\(pipelines_(\w+)")


def arrow_fault(source: str, target: str) -> str | None:
    """Why `source` may not use `target`, or nothing."""
    if target not in LEVEL_OF:
        return f"'{target}' is no layer (known: {', '.join(sorted(LEVEL_OF))})"
    if source == target or LEVEL_OF[target] < LEVEL_OF[source]:
        return None
    direction = "sideways" if LEVEL_OF[target] == LEVEL_OF[source] else "upwards"
    return f"{source} (L{LEVEL_OF[source]}) points {direction} to {target} (L{LEVEL_OF[target]})"


def include_fault(layer: str, header: str) -> str | None:
    parts = header.split("/")
    if parts[0] == "pipelines" and len(parts) > 2:
        return arrow_fault(layer, parts[1])
    if len(parts) > 1 and parts[0] in LEVEL_OF and parts[0] != layer:
        return f"{layer} includes '{header}', a header inside {parts[0]}: what others need stands in include/pipelines/"
    if layer in PURE and IMPURE_HEADER.match(header):
        return f"{layer} only decides, it may not include <{header}>"
    return None


def check_sources(root: Path):
    for base in (root / "include" / "pipelines", root / "src"):
        for path in sorted(base.rglob("*")):
            if path.suffix not in {".hpp", ".cpp", ".h", ".ipp"}:
                continue
            layer = path.relative_to(base).parts[0]
            if layer not in LEVEL_OF:
                yield path, 1, arrow_fault("base", layer)
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                match = INCLUDE.match(line)
                fault = match and include_fault(layer, match[1])
                if not fault and layer in PURE and CLOCK.search(line.split("//")[0]):
                    fault = f"{layer} only decides, it may not ask for the time"
                if fault:
                    yield path, number, fault


def defined_in_cmake(root: Path) -> set[str]:
    """What cmake/ calls pipelines_...: functions, and targets for other people's libraries."""
    return {name for path in (root / "cmake").glob("*.cmake") for name in DEFINED.findall(path.read_text("utf-8"))}


def check_links(root: Path):
    foreign = defined_in_cmake(root)
    for path in sorted((root / "src").glob("*/CMakeLists.txt")):
        layer = path.parent.name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for target in LINK.findall(line.split("#")[0]):
                if target in foreign:
                    continue
                fault = arrow_fault(layer, target)
                if fault:
                    yield path, number, fault


def check(root: Path) -> list[str]:
    """Every fault of the tree as `file:line: text`, the file relative to the root."""
    faults = [*check_sources(root), *check_links(root)]
    return [f"{path.relative_to(root)}:{number}: {text}" for path, number, text in faults]


def main(arguments: list[str]) -> int:
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    if not (root / "src").is_dir():
        print(f"{root}: no src/ directory to check", file=sys.stderr)
        return 2
    faults = check(root)
    print("\n".join(faults) if faults else "layers: every include and link points down")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
