"""What docs/testing.md says to write down is written down, and run."""

import os
import re
import subprocess
import sys
from pathlib import Path

from support.server import binary

DOCUMENT = Path(__file__).parents[2] / "docs" / "testing.md"


def test_the_files_of_the_pytest_example(tmp_path):
    """Whoever begins with them has a server, an account and a test that passes."""
    files = re.findall(r"```python\n# (\S+\.py)\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert [name for name, _ in files] == ["conftest.py", "test_nightly.py"]
    for name, text in files:
        (tmp_path / name).write_text(text)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pipelines-local").symlink_to(binary())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIPELINES_LOCAL_")}
    run = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=tmp_path, text=True, timeout=120,
                         capture_output=True, env={**environment, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"})
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
