"""Writes docs/analyses.md from the registry: `.venv/bin/python tools/analyses_doc.py`.

With `--check` it only says whether the page is old.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from tropa.analyses import REGISTRY
from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters

PAGE = Path(__file__).resolve().parents[1] / "docs" / "analyses.md"

HEAD = """\
# Analyses

Made from the registry by `tools/analyses_doc.py`; do not edit by hand.

Each is a question asked of the journeys: on the command line `tropa show WS ANALYSIS`, in Python
`Workspace("WS").ask("ANALYSIS")` (from `tropa.workspace.workspace`), over HTTP as `/api/openapi.json` describes it. A
number that is an estimate stands with its interval: `x` beside `x_low` and `x_high`, which are not listed. All take
the same filters:

"""


def page() -> str:
    """The whole text."""
    return HEAD + _options(Filters) + "\n" + "\n".join(_section(analysis) for analysis in REGISTRY)


def _section(analysis: Analysis[Any, Any]) -> str:
    own = {name: field for name, field in analysis.params.model_fields.items() if name not in Filters.model_fields}
    parts = [f"## {analysis.slug}", analysis.question, f"*{analysis.question_ru}*"]
    parts.append(_options(analysis.params, own).rstrip() if own else "No options but the filters.")
    parts += [_result(result) for result in _rows(analysis.result)]
    return "\n\n".join(parts) + "\n"


def _options(params: type[Filters], fields: dict[str, Any] | None = None) -> str:
    lines = ["| option | is | where not given |", "|---|---|---|"]
    for name, field in (params.model_fields if fields is None else fields).items():
        default = "required" if field.is_required() else _default(field.get_default(call_default_factory=True))
        means = (field.description or "").replace("|", "\\|")
        words = " (" + ", ".join(_words(field.annotation)) + ")" if _words(field.annotation) else ""
        lines.append(f"| `--{name.replace('_', '-')}` | {means}{words} | {default} |")
    return "\n".join(lines) + "\n"


def _default(value: Any) -> str:
    return "" if value is None or value == [] else f"`{value}`"


def _words(annotation: Any) -> list[str]:
    """The words that may be chosen."""
    if get_origin(annotation) is Literal:
        return [f"`{word}`" for word in get_args(annotation)]
    if get_origin(annotation) in (types.UnionType, Union):
        return [word for part in get_args(annotation) for word in _words(part)]
    return []


def _rows(result: Any, seen: tuple[Any, ...] = ()) -> list[Any]:
    """The form of the result and the forms within it, each once."""
    found = [*seen, result]
    for field in dataclasses.fields(result):
        for inner in _dataclasses(inspect.get_annotations(result, eval_str=True)[field.name]):
            if inner not in found:
                found = _rows(inner, tuple(found))
    return found


def _dataclasses(annotation: Any) -> list[Any]:
    if dataclasses.is_dataclass(annotation):
        return [annotation]
    return [found for part in get_args(annotation) for found in _dataclasses(part)]


def _result(result: Any) -> str:
    names = [field.name for field in dataclasses.fields(result) if not field.name.endswith(("_low", "_high"))]
    text = f"**{_spaced(result.__name__)}**: " + ", ".join(f"`{name}`" for name in names) + "."
    # A dataclass without words of its own is given its signature; that says nothing to a person.
    told = inspect.cleandoc(result.__doc__ or "")
    return text if not told or told.startswith(f"{result.__name__}(") else f"{text}\n\n{_one_line(told)}"


def _one_line(told: str) -> str:
    """Lines of a paragraph or of a list's entry joined; entries and paragraphs stay apart."""
    return re.sub(r"(?<!\n)\n(?!\n|- )", " ", told).replace("  ", " ")


def _spaced(name: str) -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return words[0].upper() + words[1:]


def main() -> None:
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
            sys.exit("docs/analyses.md is old: run .venv/bin/python tools/analyses_doc.py")
    else:
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
