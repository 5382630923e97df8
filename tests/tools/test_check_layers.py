"""The layering check is what keeps the architecture true, so it must be seen to refuse, not only to accept."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "check_layers.py"


def run(root: Path):
    return subprocess.run([sys.executable, str(SCRIPT), str(root)], capture_output=True, text=True, check=False)


def tree(tmp_path: Path, files: dict[str, str]) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "cmake").mkdir()
    (tmp_path / "cmake" / "Layers.cmake").write_text(
        "function(pipelines_layer name)\nendfunction()\nadd_library(pipelines_re2 INTERFACE)\n")
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_this_tree_obeys():
    result = run(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("src/model/a.cpp", '#include "pipelines/base/json.hpp"'),
        ("src/model/a.cpp", '#include "pipelines/model/shapes.hpp"'),
        ("src/model/a.cpp", '#include "model/tables.hpp"'),
        ("src/app/a.cpp", '#include "pipelines/engine/engine.hpp"'),
        ("include/pipelines/plan/a.hpp", "#include <vector>"),
        ("src/http/a.cpp", "#include <boost/asio/io_context.hpp>"),
        ("src/plan/CMakeLists.txt", "pipelines_layer(plan SOURCES a.cpp LINKS pipelines_definition pipelines_base)"),
        ("src/model/CMakeLists.txt", "pipelines_layer(model SOURCES a.cpp LINKS pipelines_base PRIVATE pipelines_re2)"),
        ("src/base/CMakeLists.txt", "# pipelines_engine is only spoken of"),
    ],
)
def test_accepts_what_points_down(tmp_path, file, line):
    result = run(tree(tmp_path, {file: line + "\n"}))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("src/model/a.cpp", '#include "pipelines/domain/step.hpp"', "model (L1) points sideways to domain (L1)"),
        ("src/base/a.cpp", "#  include <pipelines/http/server.hpp>", "base (L0) points upwards to http (L1)"),
        ("include/pipelines/plan/a.hpp", '#include "pipelines/engine/engine.hpp"', "points upwards to engine (L4)"),
        ("src/api/a.cpp", '#include "pipelines/control/routes.hpp"', "points sideways to control (L5)"),
        ("src/engine/a.cpp", '#include "pipelines/engin/engine.hpp"', "'engin' is no layer"),
        ("src/engine/a.cpp", '#include "store/rows.hpp"', "a header inside store"),
        ("src/plan/a.cpp", "#include <boost/asio/io_context.hpp>", "plan only decides"),
        ("src/definition/a.cpp", "#include <sqlite3.h>", "definition only decides"),
        ("src/search/a.cpp", "#include <condition_variable>", "search only decides"),
        ("src/plan/a.cpp", "Time at = system_now();", "it may not ask for the time"),
        ("src/utilities/a.cpp", "int x;", "'utilities' is no layer"),
        ("src/plan/CMakeLists.txt", "  LINKS pipelines_runners)", "plan (L3) points sideways to runners (L3)"),
        ("src/base/CMakeLists.txt", "  LINKS pipelines_unheard)", "'unheard' is no layer"),
        ("src/base/CMakeLists.txt", "  LINKS pipelines_app)", "base (L0) points upwards to app (L6)"),
    ],
)
def test_refuses_and_names_the_line(tmp_path, file, line, says):
    result = run(tree(tmp_path, {file: "\n" + line + "\n"}))
    assert result.returncode == 1
    place = f"{file}:{1 if line == 'int x;' else 2}:"  # a file in a room that does not exist is wrong as a whole
    assert result.stdout.startswith(place), result.stdout
    assert says in result.stdout


def test_a_tree_without_sources_is_no_success(tmp_path):
    assert run(tmp_path).returncode == 2
