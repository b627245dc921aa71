"""Sentences of the service that the page says in the person's own language: none of them may change unnoticed."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = ROOT / "web" / "src" / "data" / "said.json"
FOLDERS = ("workspace", "service", "store", "exports", "contract")


def sentences() -> Iterator[str]:
    """Every text in the code, with a 7 wherever a value stands."""
    for folder in FOLDERS:
        for path in (ROOT / "src" / "tropa" / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
            inside = {id(part) for node in whole for part in ast.walk(node)}
            yield from ("".join(_part(part) for part in node.values) for node in whole)
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                    yield node.value


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        return "'7'" if part.conversion == ord("r") else "7"
    return str(part.value) if isinstance(part, ast.Constant) else ""


def test_what_the_page_translates_is_still_said_so() -> None:
    said = set(sentences())
    patterns = json.loads(PATTERNS.read_text(encoding="utf-8"))
    assert len(patterns) > 40
    # What is filled in is of any kind: a word where the pattern wants a stage or a word in capitals.
    wanted = {
        word: re.sub(r"\((stage\|touchpoint|\?<level>stage\|touchpoint)\)", ".*", one) for word, one in patterns.items()
    }
    lost = [
        word
        for word, pattern in wanted.items()
        if not any(re.search(pattern.replace("(?<", "(?P<"), one.replace("\n", " "), re.DOTALL) for one in said)
    ]
    assert lost == [], "the service says these otherwise now: mend web/src/data/said.json"


def test_refusals_of_rights_are_all_known_to_the_page() -> None:
    patterns = [one.replace("(?<", "(?P<") for one in json.loads(PATTERNS.read_text(encoding="utf-8")).values()]
    about = re.compile(r"^(Your role|This workspace has no accounts|A page of another site|.* is in the archive)")
    asked = {one for one in sentences() if about.match(one) and not one.endswith((":", "\n")) and "\n" not in one}
    asked.discard("Your role may not do this.")  # the description of an answer
    assert len(asked) >= 5
    assert [one for one in asked if not any(re.search(pattern, one, re.DOTALL) for pattern in patterns)] == []
