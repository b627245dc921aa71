"""Checks that the lower floors speak of journeys and numbers only: no word of customer experience in them.

An engine that knew of customers and scores could not be used, tested or reasoned about without them.
Prints every place as `file:line: word` and ends with status 1 when there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

FLOORS = ("engine", "stats")
WORDS = ("customer", "touchpoint", "stage", "persona", "csat", "nps", "ces")
# Names are taken apart at underscores and capitals: `stage_count` and `nextStage` count, `percentage` does not.
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
FORBIDDEN = {form: word for word in WORDS for form in (word, f"{word}s")}


def findings(file: Path) -> Iterator[tuple[int, str]]:
    """Line number and forbidden word, in the order of the file; a word in the file's own name is on line 0."""
    lines = [file.stem, *file.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(lines):
        for part in PART.findall(line):
            if part.lower() in FORBIDDEN:
                yield number, FORBIDDEN[part.lower()]


def main(package: Path) -> int:
    found = 0
    for floor in FLOORS:
        for file in sorted((package / floor).rglob("*.py")):
            for number, word in findings(file):
                print(f"{file}:{number}: '{word}' is a word of the floors above; {floor}/ must not know it")
                found += 1
    if not found:
        print(f"Words: {' and '.join(FLOORS)} speak their own language.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "src/tropa")))
