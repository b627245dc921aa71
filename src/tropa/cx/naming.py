"""Names of touchpoints and rules of `when` made from the activities of a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence

from tropa.cx.map import expression_of
from tropa.cx.map_keys import MAX_EXPRESSION

_SNAKE = re.compile(r"[^\W\d_A-Z][^\W_A-Z]*(?:_[^\W_A-Z]+)+")
_TROUBLE = re.compile(r"(.+?)[_\s.:-]+(?:failed|fail|failure|error|retry|retried|timeout)", re.IGNORECASE | re.DOTALL)
_MAX_NAME = 480


def touchpoint_names(activities: Sequence[str]) -> list[str]:
    """Readable names, each once: `doc_upload` becomes `Doc upload`, anything else stays as the source has it."""
    names: list[str] = []
    taken: set[str] = set()
    for activity in activities:
        name = _on_one_line(_readable(activity))
        if name in taken:
            name = _on_one_line(activity)
        number = 2
        base = name
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return names


def trouble_of(activity: str, known: Container[str]) -> str:
    """The activity whose trouble this one is by its name (`doc_upload_failed` of `doc_upload`), else itself."""
    match = _TROUBLE.fullmatch(activity)
    return match[1] if match and match[1] in known else activity


def rule_value(activity: str) -> str | None:
    """The value of `when` that binds exactly this activity, None where no text of a map can say it.

    A value between slashes would be read as a regular expression, so such an activity becomes one that matches itself.
    """
    if not activity or not _sayable(activity):
        return None
    if expression_of(activity) is not None:
        expression = f"^{re.escape(activity)}$"
        return f"/{expression}/" if len(expression) <= MAX_EXPRESSION else None
    return activity


def comment_text(name: str) -> str:
    """A name in quotes that cannot break out of the line of a comment."""
    line = "".join(letter if letter.isprintable() else " " for letter in _on_one_line(name))
    return f"'{line if len(line) <= 60 else line[:59] + '…'}'"


def _readable(activity: str) -> str:
    if not _SNAKE.fullmatch(activity):
        return activity
    words = activity.replace("_", " ")
    return words[0].upper() + words[1:]


def _on_one_line(text: str) -> str:
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    return line[:_MAX_NAME].strip() or "(blank)"


def _sayable(text: str) -> bool:
    return not any(unicodedata.category(letter) in {"Cs", "Cc"} and letter not in "\t\n\r\x85" for letter in text)
