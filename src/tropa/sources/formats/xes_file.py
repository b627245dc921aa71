"""XES event logs, read as a stream: a trace at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from tropa.errors import TropaError
from tropa.sources.formats.block import Block, Source
from tropa.sources.formats.opened import Opened, looks_like

_ROWS = 500_000
_HEAD_BYTES = 64 * 1024
CASE = "case:concept:name"


def open_xes(path: Path, rows: int = _ROWS) -> Source:
    """Opens an event log. Attributes of a trace go to each of its events under their own names, its name as
    `case:concept:name`; where an event has an attribute of the same name, the trace's one gets `case:` before it.

    Raises:
        TropaError: it is no XES.
    """
    opened = Opened(path, "an XES log")
    head = opened.read(_HEAD_BYTES)
    opened.close()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    # A log needs neither a document type nor entities; refusing them leaves no way to blow one up.
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise TropaError(f"{path.name} declares a document type, which an XES log never needs.", "Remove the declaration.")
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) or b"<html" in start[:512].lower():
        found = looks_like(head) or "other text"
        raise TropaError(f"{path.name} is not XES as its name says: it is {found}.", "Expected an XES event log (XML).")
    opened = Opened(path, "an XES log")
    source = Source(path, "xes", iter(()), opened.size)
    source.blocks = _Log(source, opened, rows).blocks()
    return source


class _Log:
    def __init__(self, source: Source, opened: Opened, rows: int) -> None:
        self.source = source
        self.opened = opened
        self.rows = rows
        self.event_keys: set[str] = set()
        self.columns: dict[str, list[str | None]] = {}
        self.height = 0
        self.first = 1

    def blocks(self) -> Iterator[Block]:
        """Portions of whole traces."""
        some = False
        try:
            for _, element in self._elements():
                self._take(element)
                if self.height >= self.rows:
                    some = True
                    yield self._portion()
            if self.height or not some:
                yield self._portion()
        except etree.XMLSyntaxError as error:
            raise TropaError(
                f"{self.source.path.name} is broken XML: {str(error.msg).rstrip('.')}.",
                "Export it once more; nothing of it was loaded.",
            ) from error
        finally:
            self.opened.close()

    def _elements(self) -> Iterator[tuple[str, Any]]:
        parser = etree.iterparse(
            self.opened.as_file(),
            events=("end",),
            tag=("{*}trace", "{*}log"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for event, element in parser:
            yield event, element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        root = getattr(parser, "root", None)
        if root is not None and etree.QName(root).localname != "log":
            raise TropaError(
                f"{self.source.path.name} is not XES as its name says: its root is '{etree.QName(root).localname}'.",
                "Expected an XES event log, whose root is 'log'.",
            )

    def _take(self, element: Any) -> None:
        """All events of a trace (or those that stand in the log itself, without a case)."""
        case: dict[str, str] = {}
        events: list[Any] = []
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue  # a comment
            if tag.endswith("event") and child.get("key") is None:
                events.append(child)
            elif child.get("key") is not None:
                _attribute(child, case)
        if etree.QName(element).localname == "log":
            case = {}
        before = self.height
        for event in events:
            row: dict[str, str] = {}
            for child in event:
                if isinstance(child.tag, str):
                    _attribute(child, row)
            self._add(row)
        self._spread(case, before)

    def _add(self, row: dict[str, str]) -> None:
        height, columns = self.height, self.columns
        for key, value in row.items():
            column = columns.get(key)
            if column is None:
                columns[key] = column = [None] * height
                self.event_keys.add(key)
            elif len(column) < height:
                column.extend([None] * (height - len(column)))
            column.append(value)
        self.height = height + 1

    def _spread(self, case: dict[str, str], before: int) -> None:
        number = self.height - before
        for key, value in case.items():
            name = f"case:{key}" if key == "concept:name" or key in self.event_keys else key
            column = self.columns.setdefault(name, [])
            column.extend([None] * (before - len(column)))
            column.extend([value] * number)

    def _portion(self) -> Block:
        height = self.height
        for column in self.columns.values():
            column.extend([None] * (height - len(column)))
        frame = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in self.columns.items()})
        block = Block(frame, self.first, height, self.opened.done())
        self.first += height
        self.columns = {name: [] for name in self.columns}
        self.height = 0
        return block


def _attribute(element: Any, row: dict[str, str]) -> None:
    """An attribute, and those nested in it one level deep, as `key.inner`."""
    key = element.get("key")
    if key is None:
        return
    value = element.get("value")
    if value is not None:
        row[key] = _plain(element.tag, value)
    for inner in element:
        if isinstance(inner.tag, str) and inner.get("key") is not None and inner.get("value") is not None:
            row[f"{key}.{inner.get('key')}"] = _plain(inner.tag, inner.get("value"))


def _plain(tag: str, value: str) -> str:
    """Whole numbers without `.0`."""
    if tag.endswith("float") and value.endswith(".0") and value[:-2].lstrip("-").isdigit():
        return value[:-2]
    return value
