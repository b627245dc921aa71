"""YAML as a tree whose every value knows its line and the path of keys that leads to it.

Scalars keep the text that the author wrote: `on`, `да`, `2026-01-01` and `1.0` are not turned into something else.
Only the core of YAML is read: no tags of programming languages, no repeated keys, no growth by aliases.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from tropa.errors import TropaError

MAX_BYTES = 5_000_000
# Aliases let a small file stand for a huge one: this is what may come out of it.
MAX_VALUES = 100_000
MAX_CHARACTERS = 20_000_000
MAX_DEPTH = 50

_CORE = "tag:yaml.org,2002:"
_SCALARS = {_CORE + kind for kind in ("str", "int", "float", "bool", "null", "timestamp", "value")} | {"!"}
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Entries = dict[str, "At"]


@dataclass(slots=True)
class At:
    """One value of the document: text, None, a list or a mapping, and where it stands.

    `path` counts the entries of lists from 1: `stages[2].touchpoints[1].expects.within`.
    """

    value: str | list[At] | Entries | None
    line: int
    path: str
    source: str
    quoted: bool = False

    def refuse(self, problem: str, hint: str = "") -> TropaError:
        """The error that says where this value stands."""
        where = f"{self.source}, {self.place}"
        return TropaError(f"{where}, {self.path}: {problem}" if self.path else f"{where}: {problem}", hint, kind="map")

    @property
    def place(self) -> str:
        """Where it stands, for a message about another value."""
        return f"line {self.line}"

    def plain(self) -> Any:
        """The value as JSON knows it: numbers, true/false and null where they are written plainly, text otherwise."""
        if isinstance(self.value, list):
            return [entry.plain() for entry in self.value]
        if isinstance(self.value, dict):
            return {key: entry.plain() for key, entry in self.value.items()}
        if self.value is None or self.quoted:
            return self.value
        return _plain_scalar(self.value)

    @property
    def kind(self) -> str:
        """What it is, in words for a message."""
        if self.value is None:
            return "nothing"
        if isinstance(self.value, list):
            return "a list"
        return "keys with values" if isinstance(self.value, dict) else repr(shorten(self.value))


def read_tree(text: str, source: str) -> At:
    """The whole document.

    Raises:
        TropaError: (kind `map`) when it is no YAML, or YAML that a document of ours never needs.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TropaError(f"{source} is larger than {MAX_BYTES // 1_000_000} MB.", "A map is a short text.", kind="map")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = YAML(typ="safe", pure=True).compose(io.StringIO(text.removeprefix("\ufeff")))
        if node is None:
            raise TropaError(f"{source} is empty.", "Write `map:` with a name and `stages:`.", kind="map")
        return _Reader(source).read(node, "", 0)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        raise TropaError(
            f"{source}, line {line}: a character that no text has ({error.reason}).",
            "Save the file as UTF-8 text.",
            kind="map",
        ) from error
    except MarkedYAMLError as error:
        raise _not_yaml(error, source) from error
    except RecursionError as error:
        raise TropaError(f"{source} is nested too deep.", "", kind="map") from error
    except (YAMLError, ValueError) as error:
        raise TropaError(f"{source} is not YAML: {error}.", "", kind="map") from error


def shorten(text: str, limit: int = 60) -> str:
    """Text short enough for a message."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _not_yaml(error: MarkedYAMLError, source: str) -> TropaError:
    mark = error.problem_mark or error.context_mark
    where = f"{source}, line {mark.line + 1}, column {mark.column + 1}" if mark else source
    problem = " ".join(str(part) for part in (error.context, error.problem) if part)
    return TropaError(
        f"{where}: not YAML: {problem}.",
        "Check the indentation and quotes around there; text with `: ` or `#` inside needs quotes.",
        kind="map",
    )


def _plain_scalar(text: str) -> str | int | float | bool:
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


@dataclass(slots=True)
class _Reader:
    """Turns composed nodes into values, counting what aliases multiply."""

    source: str
    values: int = 0
    characters: int = 0
    open_nodes: set[int] = field(default_factory=set)

    def read(self, node: Node, path: str, depth: int) -> At:
        at = At(None, node.start_mark.line + 1, path, self.source)
        self.values += 1
        if self.values > MAX_VALUES or self.characters > MAX_CHARACTERS:
            raise at.refuse("aliases blow the document up.", "Write the values out instead of repeating `*name`.")
        if depth > MAX_DEPTH:
            raise at.refuse(f"nested deeper than {MAX_DEPTH} levels.")
        if isinstance(node, ScalarNode):
            return self._scalar(node, at)
        if id(node) in self.open_nodes:
            raise at.refuse("an alias that contains itself.", "Write the value out.")
        if str(node.tag) not in {_CORE + "seq", _CORE + "map", "!"}:
            raise at.refuse(f"tag {shorten(str(node.tag))!r} is not known here.", "Remove the tag.")
        self.open_nodes.add(id(node))
        value: list[At] | Entries
        if isinstance(node, SequenceNode):
            value = [self.read(entry, f"{path}[{place}]", depth + 1) for place, entry in enumerate(node.value, 1)]
        else:
            assert isinstance(node, MappingNode)
            value = self._mapping(node, at, depth)
        self.open_nodes.discard(id(node))
        return At(value, at.line, path, self.source)

    def _scalar(self, node: ScalarNode, at: At) -> At:
        tag, text = str(node.tag), str(node.value)
        if tag not in _SCALARS:
            raise at.refuse(f"tag {shorten(tag)!r} is not known here.", "Remove the tag, or put the text into quotes.")
        if _UNSEEN.search(text):
            raise at.refuse("a control character inside the text.", "Retype the text.")
        self.characters += len(text)
        plain = node.style is None
        empty = plain and (tag == _CORE + "null" or text == "")
        return At(None if empty else text, at.line, at.path, self.source, quoted=not plain)

    def _mapping(self, node: MappingNode, at: At, depth: int) -> Entries:
        entries: Entries = {}
        merged: Entries = {}
        for key_node, value_node in node.value:
            if str(key_node.tag) == _CORE + "merge":
                for mapping in self._merged(value_node, at, depth):
                    merged = {**mapping, **merged}
                continue
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or not str(key_node.value).strip():
                raise At(None, line, at.path, self.source).refuse("a key must be one word or text.")
            key = str(key_node.value).strip()
            path = f"{at.path}.{shorten(key)}" if at.path else shorten(key)
            if key in entries:
                raise At(None, line, path, self.source).refuse(
                    f"{shorten(key)!r} is written twice (first on line {entries[key].line}).", "Keep one of them."
                )
            value = self.read(value_node, path, depth + 1)
            # The line of the key: an empty or nested value begins elsewhere.
            entries[key] = At(value.value, line, path, self.source, value.quoted)
        return {**merged, **entries}

    def _merged(self, node: Node, at: At, depth: int) -> Iterator[Entries]:
        """Mappings that `<<` brings in; the first one named wins."""
        for part in node.value if isinstance(node, SequenceNode) else [node]:
            mapping = self.read(part, at.path, depth + 1).value
            if not isinstance(mapping, dict):
                raise at.refuse("`<<` must name a mapping.")
            yield mapping
