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

_ROWS = 250_000
_HEAD_BYTES = 64 * 1024


def open_xes(path: Path, rows: int = _ROWS) -> Source:
    """Opens an event log. Attributes of a trace go to each of its events under their own names, its name as
    `case:concept:name`; where an event has an attribute of the same name, the trace's one gets `case:` before it.

    Raises:
        TropaError: it is no XES.
    """
    with Opened(path, "an XES log") as opened:
        head = opened.read(_HEAD_BYTES)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    # A log needs neither a document type nor entities; refusing them leaves no way to blow one up.
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise TropaError(
            f"{path.name} declares a document type, which an XES log never needs.", "Remove the declaration."
        )
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) or b"<html" in start[:512].lower():
        found = looks_like(head) or "other text"
        raise TropaError(f"{path.name} is not XES as its name says: it is {found}.", "Expected an XES event log (XML).")
    opened = Opened(path, "an XES log")
    source = Source(path, "xes", iter(()), opened.size, close=opened.close)
    source.blocks = _Log(source, opened, rows).blocks()
    return source


class _Log:
    """A log on its way through the parser; holds the events of one portion, and the tree of one trace."""

    def __init__(self, source: Source, opened: Opened, rows: int) -> None:
        self.source = source
        self.opened = opened
        self.most = rows
        self.names: dict[str, None] = {}
        self.event_keys: set[str] = set()
        self.rows: list[dict[str, str]] = []
        self.first = 1

    def blocks(self) -> Iterator[Block]:
        """Portions of whole traces."""
        some = False
        try:
            for element in self._elements():
                self._take(element)
                if len(self.rows) >= self.most:
                    some = True
                    yield self._portion()
            if self.rows or not some:
                yield self._portion()
        except etree.XMLSyntaxError as error:
            raise TropaError(
                f"{self.source.path.name} is broken XML: {str(error.msg).rstrip('.')}.",
                "Export it once more; nothing of it was loaded.",
            ) from error
        finally:
            self.opened.close()

    def _elements(self) -> Iterator[Any]:
        parser = etree.iterparse(
            self.opened.as_file(),
            events=("end",),
            tag=("{*}trace", "{*}log"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, element in parser:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        root = parser.root
        if etree.QName(root).localname != "log":
            raise TropaError(
                f"{self.source.path.name} is not XES as its name says: its root is '{etree.QName(root).localname}'.",
                "Expected an XES event log, whose root is 'log'.",
            )

    def _take(self, element: Any) -> None:
        """All events of a trace; events that stand in the log itself belong to no case."""
        case: dict[str, str] = {}
        events: list[dict[str, str]] = []
        for child in element:
            if child.get("key") is not None:
                _attribute(child, case)
            elif isinstance(child.tag, str) and child.tag.endswith("event"):
                row: dict[str, str] = {}
                for attribute in child:
                    _attribute(attribute, row)
                events.append(row)
                self.event_keys.update(row)
        if etree.QName(element).localname == "log":
            case = {}
        case = {
            f"case:{key}" if key == "concept:name" or key in self.event_keys else key: value
            for key, value in case.items()
        }
        self.rows.extend(row | case for row in events)

    def _portion(self) -> Block:
        rows, first = self.rows, self.first
        for row in rows:
            if row.keys() - self.names.keys():
                self.names.update(dict.fromkeys(row))
        frame = pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in self.names})
        self.rows = []
        self.first += len(rows)
        return Block(frame, first, len(rows), self.opened.done())


def _attribute(element: Any, row: dict[str, str]) -> None:
    """An attribute, and those nested in it one level deep, as `key.inner`; comments have no key."""
    key, value = element.get("key"), element.get("value")
    if key is None:
        return
    if value is not None:
        row[key] = _plain(element, value) if value.endswith(".0") else value
    if len(element):
        for inner in element:
            inner_key, inner_value = inner.get("key"), inner.get("value")
            if inner_key is not None and inner_value is not None:
                row[f"{key}.{inner_key}"] = _plain(inner, inner_value)


def _plain(element: Any, value: str) -> str:
    """Whole numbers without `.0`."""
    if element.tag.endswith("float") and value.endswith(".0") and value[:-2].lstrip("-").isdigit():
        return value[:-2]
    return value
