"""CMakePresets.json: each preset can be configured, also those that the gate does not build."""

import json
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]
NAMES = [preset["name"] for preset in json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"]
         if not preset.get("hidden") and preset["name"] != "bench"]


@pytest.mark.parametrize("name", NAMES)
def test_can_be_configured(tmp_path, name):
    """The compiler is the one at hand (that of fuzz is brought by ./dev fuzz); bench wants what only ./dev bench installs."""
    done = subprocess.run(["cmake", "--preset", name, "-B", tmp_path, "-DCMAKE_CXX_COMPILER=g++"], cwd=ROOT, text=True,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
