"""A comment that sends its reader to a page which is not there, or to a heading that has another name now, says nothing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.name: path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "tests").glob("*.md"))}

PAGE = re.compile(r"[\w-]+\.md\b")
HEADING = re.compile(r'([\w-]+\.md),?\s+(?:(?://|#)\s*)?"([^"]+)"')  # page, "Heading": also across two lines of a comment


def sources():
    """Path and text of what may cite a page."""
    found = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for room in ("src", "include", "tests", "docs"):
        found += [path for path in (ROOT / room).rglob("*") if path.suffix in {".hpp", ".cpp", ".py", ".md", ".mjs", ".txt"}]
    foreign = {"node_modules", "__pycache__", ".venv", "fixtures"}
    for path in sorted(found):
        # Its cases are named as the pages of another project's tests.
        if foreign.isdisjoint(path.parts) and path.name != "corpus_test.cpp":
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def headings(page: str):
    return set(re.findall(r"^#+ (.+)$", PAGES[page].read_text(encoding="utf-8"), re.MULTILINE))


def missing(text: str):
    """The pages and the headings that a text names and that do not exist."""
    yield from (page for page in PAGE.findall(text) if page not in PAGES)
    for page, heading in HEADING.findall(text):
        heading = re.sub(r"\s+(?:(?://|#)\s*)?", " ", heading)
        if page in PAGES and heading not in headings(page):
            yield f"{page}: {heading}"


def test_what_is_cited_is_there():
    """Pages by their name, wherever they stand; headings word for word."""
    assert [(path, one) for path, text in sources() for one in missing(text)] == []


@pytest.mark.parametrize("text, found", [
    ("// See docs/compatibility.{}, \"Running\".", []),
    ("// See docs/compatibility.{},\n// \"Run conditions,\n// stop, retry\".", []),
    ("# (decision.{})", ["decision.{}"]),
    ("// See compatibility.{} \"Names\".", ["compatibility.{}: Names"]),
])
def test_what_is_not_there_is_seen(text, found):
    """Also a heading that a comment breaks into two lines."""
    assert list(missing(text.format("md"))) == [one.format("md") for one in found]
