"""What commands print: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
import sys
import time
import unicodedata
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from tropa.errors import TropaError

_CHANCES = ("p", "q")
MAX_CELL = 60
MAX_INNER = 200
"""Rows within rows are printed up to that many; --json has them all."""
MAX_TURNED = 40
"""Tables of more rows are not turned, however wide they are."""

QUIET_SECONDS = 1.0


def print_json(value: Any) -> None:
    """One JSON document and nothing else."""
    from pydantic_core import to_json

    click.echo(to_json(value, indent=2, inf_nan_mode="null", fallback=_plain).decode("utf-8"))


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else str(value)


def fail(error: TropaError, as_json: bool) -> NoReturn:
    """Say what is wrong and leave: 2 for wrong usage, else 1."""
    if as_json:
        print_json(error.as_dict(typed=True))
    else:
        click.echo(f"tropa: {error}", err=True)
    sys.exit(2 if error.kind in ("usage", "not_found") else 1)


class Progress:
    """A line on standard error for whatever takes longer than a second."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._said = 0.0
        self._text = ""
        self._width = 0
        self._live = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._began < QUIET_SECONDS or (done < total and now - self._said < (0.1 if self._live else 2.0)):
            return
        text = f"{what}: {done / total:.0%}" if total else f"{what}: {done:,}"
        if text == self._text:
            return
        self._said, self._text = now, text
        if self._live:
            click.echo("\r" + text.ljust(self._width), nl=False, err=True)
            self._width = len(text)
        else:
            click.echo(text, err=True)

    def say(self, text: str) -> None:
        """A line at once, whatever is in progress."""
        self.end()
        click.echo(text, err=True)

    def end(self) -> None:
        if self._live and self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
        self._width = 0


def print_result(value: Any, title: str = "") -> None:
    """A result for people: single values as a list, rows as tables."""
    if not dataclasses.is_dataclass(value):
        click.echo(_cell(value))
        return
    fields = [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    if title:
        click.echo(click.style(title, bold=True))
    singles = [
        (name, item)
        for name, item in fields
        if not (_is_rows(item) or _is_lines(item) or dataclasses.is_dataclass(item))
    ]
    width = max((len(name) for name, _ in singles), default=0)
    for name, item in singles:
        if not name.endswith(("_low", "_high")):
            click.echo(f"  {name.ljust(width)}  {_with_interval(value, name, item)}")
    for name, item in fields:
        if _is_lines(item):
            click.echo(click.style(f"{name} ({len(item)})", bold=True))
            for line in item:
                click.echo(f"  - {line}")
        elif _is_rows(item):
            click.echo()
            click.echo(click.style(f"{name} ({len(item)})", bold=True))
            _print_rows(item)
        elif dataclasses.is_dataclass(item):
            click.echo()
            print_result(item, name)


def _is_rows(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and dataclasses.is_dataclass(value[0])


def _is_lines(value: Any) -> bool:
    """Sentences, which no cell can hold."""
    return isinstance(value, tuple) and any(isinstance(line, str) and len(line) > MAX_CELL for line in value)


def _with_interval(row: Any, name: str, value: Any) -> str:
    low, high = getattr(row, f"{name}_low", None), getattr(row, f"{name}_high", None)
    means = _meaning(row, name)
    text = _cell(value, means)
    return text if low is None or high is None else f"{text} ({_cell(low, means)} .. {_cell(high, means)})"


def _meaning(row: Any, name: str) -> str:
    """What tells how a number is written: its own name, or the unit or measure that its row tells of itself."""
    if "share" in name or name in _CHANCES:
        return name
    unit = getattr(row, "unit", None)
    return str(getattr(row, "measure", unit if unit in ("seconds", "share") else name))


def _print_rows(rows: Sequence[Any]) -> None:
    names = _columns(rows)
    _print_table([names, *([_with_interval(row, name, getattr(row, name)) for name in names] for row in rows)])
    for field in dataclasses.fields(rows[0]):
        pairs = [
            (row, inner) for row in rows if _is_rows(getattr(row, field.name)) for inner in getattr(row, field.name)
        ]
        if pairs:
            _print_inner(field.name, pairs)


def _print_inner(title: str, pairs: Sequence[tuple[Any, Any]]) -> None:
    """Rows within rows as one table, each led by what names its outer row."""
    keys = _key(pairs[0][0])
    names = _columns([inner for _, inner in pairs])
    click.echo()
    click.echo(click.style(f"{title} ({len(pairs)})", bold=True))
    table = [[*keys, *names]]
    for outer, inner in pairs[:MAX_INNER]:
        cells = [_cell(getattr(outer, key)) for key in keys]
        table.append([*cells, *(_with_interval(inner, name, getattr(inner, name)) for name in names)])
    _print_table(table)
    if len(pairs) > MAX_INNER:
        click.echo(f"  ... {len(pairs) - MAX_INNER:,} more; --json has them all")


def _key(row: Any) -> list[str]:
    """The leading texts of a row name it."""
    texts = itertools.takewhile(lambda field: isinstance(getattr(row, field.name), str | None), dataclasses.fields(row))
    return [field.name for field in texts]


def _columns(rows: Sequence[Any]) -> list[str]:
    return [
        field.name
        for field in dataclasses.fields(rows[0])
        if not field.name.endswith(("_low", "_high")) and any(_tells(getattr(row, field.name)) for row in rows)
    ]


def _print_table(table: Sequence[Sequence[str]]) -> None:
    room = _room()
    if room is None or _needed(table) <= room or len(table) > MAX_TURNED:
        _print_cells(table)
        return
    # Too wide for the window: turned, as many rows beside each other as there is room for.
    names, *lines = table
    while lines:
        count = len(lines)
        while count > 1 and _needed(_turned(names, lines[:count])) > room:
            count -= 1
        _print_cells(_turned(names, lines[:count]))
        lines = lines[count:]
        if lines:
            click.echo()


def _room() -> int | None:
    """Width of the window; None where no person looks at one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _turned(names: Sequence[str], lines: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[name, *(line[column] for line in lines)] for column, name in enumerate(names)]


def _widths(table: Sequence[Sequence[str]]) -> list[int]:
    return [max(_width(line[column]) for line in table) for column in range(len(table[0]))]


def _needed(table: Sequence[Sequence[str]]) -> int:
    return sum(2 + width for width in _widths(table))


def _print_cells(table: Sequence[Sequence[str]]) -> None:
    widths = _widths(table)
    for line in table:
        cells = [text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)]
        click.echo("  " + "  ".join(cells).rstrip())


def _tells(value: Any) -> bool:
    return value is not None and value != () and not _is_rows(value) and not dataclasses.is_dataclass(value)


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _cell(value: Any, name: str = "") -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if name in _CHANCES:
            return f"{value:.3f}" if value >= 0.001 else "<0.001"
        if name.endswith("seconds"):
            return _duration(value)
        if "share" in name or "rate" in name:
            return f"{value:.1%}"
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    text = " > ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def _duration(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if abs(seconds) >= size:
            return f"{seconds / size:.1f}{unit}"
    return f"{seconds:.1f}s"
