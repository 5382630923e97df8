"""The tables under src/model/generated are committed, so something has to say when they are not what botocore says."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def check(root: Path):
    """What `generate_model.py --check` says about a tree. Needs tools/requirements.txt installed in this Python."""
    script = root / "tools" / "generate_model.py"
    return subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)


def copy_of_tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copytree(ROOT / "src" / "model" / "generated", tmp_path / "src" / "model" / "generated")
    return tmp_path


def test_committed_tables_are_what_the_pinned_botocore_gives():
    result = check(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_changed_table_is_named_with_its_lines(tmp_path):
    root = copy_of_tree(tmp_path)
    table = root / "src" / "model" / "generated" / "sagemaker.cpp"
    table.write_text(table.read_text().replace(".max = 1048576", ".max = 1048577"))
    result = check(root)
    assert result.returncode == 1
    assert "sagemaker.cpp: 2 lines differ" in result.stdout
    assert "1048577" in result.stdout


def test_a_missing_and_a_foreign_file_are_named(tmp_path):
    root = copy_of_tree(tmp_path)
    (root / "src" / "model" / "generated" / "emr.cpp").rename(root / "src" / "model" / "generated" / "old.cpp")
    result = check(root)
    assert result.returncode == 1
    assert "/emr.cpp: " in result.stdout and "/old.cpp: " in result.stdout


def test_another_botocore_is_refused(tmp_path):
    root = copy_of_tree(tmp_path)
    (root / "tools" / "requirements.txt").write_text("botocore==1.0.0\n")
    result = check(root)
    assert result.returncode == 2
    assert "made from 1.0.0" in result.stderr


def test_a_pattern_without_a_rewrite_is_refused_by_name(tmp_path):
    root = copy_of_tree(tmp_path)
    rewrites = root / "tools" / "re2_rewrites.py"
    rewrites.write_text(rewrites.read_text() + '\ndel REWRITES[r"(?!\\s*$).+"]\n')
    result = check(root)
    assert result.returncode == 2
    assert "AlarmName: RE2 cannot compile (?!" in result.stderr
