"""Tables of the sources are keyed by a step type's name as text: a misspelt key switches a check off, and nothing else
would say so."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.cpp"))}

STEP_TYPE = re.compile(r'\bStepType\{\.name = "(\w+)"')
KEYED_STRUCT = re.compile(r"\bstruct (\w+) \{\n\s*std::string_view type;\n")
COMPARISON = re.compile(r'\btype(?:->|\.)name [!=]= "(\w+)"')


def keys(text: str):
    """(table's struct, key) of every row, ("", name) of every comparison."""
    for struct in KEYED_STRUCT.findall(text):
        for key in re.findall(rf'\b{struct}\{{"(\w+)"', text):
            yield struct, key
    for name in COMPARISON.findall(text):
        yield "", name


def test_keys_are_names_of_step_types():
    """Each key of such a table, and each name that a type's is compared with, is one of THE table."""
    known = set(STEP_TYPE.findall(SOURCES[Path("src/definition/step_types.cpp")]))
    assert len(known) > 20
    used = [(str(path), struct, key) for path, text in SOURCES.items() for struct, key in keys(text)]
    assert [one for one in used if one[-1] not in known] == []


def test_the_tables_are_found():
    """A search that lost its subjects would find no misspelt key either."""
    found = {struct for text in SOURCES.values() for struct, _ in keys(text)}
    assert found >= {"", "KeyOf", "OwnKeys", "OwnArguments", "OwnProperties", "Outputs"}


def test_a_misspelt_key_is_seen():
    """In a table as clang-format leaves it, and in a comparison through a pointer or a reference."""
    table = 'struct Row {\n    std::string_view type;\n    int n;\n};\nconstexpr std::array kRows{Row{"Trainin", 1}};\n'
    assert list(keys(table)) == [("Row", "Trainin")]
    assert list(keys('step.type->name == "Lambada" || type.name != "Emr"')) == [("", "Lambada"), ("", "Emr")]
