"""What is kept of maps, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tropa.errors import TropaError

Format = Literal["yaml", "json"]
Living = bool | Literal["first"] | None
How = Literal["imported", "made", "changed", "restored", "converted", "duplicated"]

DEFAULT_KIND = "journey"


@dataclass(frozen=True, slots=True)
class MapHead:
    """What a list of maps shows. `latest` is the number of its newest version; authors are names, "" is nobody's."""

    id: str
    name: str
    kind: str
    parent_map: str | None
    parent_touchpoint: str | None
    live: bool
    latest: int
    created_at: str
    created_by: str
    saved_at: str
    saved_by: str
    archived_at: str | None

    def refuse_archived(self) -> None:
        """Refuse what is not done with a map that was put away.

        Raises:
            TropaError: (conflict) it is archived.
        """
        if self.archived_at is not None:
            raise TropaError(f"{self.name!r} is in the archive.", "Take it out of the archive first.", kind="conflict")


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """A version without its text. `what` says in figures and names what changed: see `workspace/map_words.py`."""

    version: int
    author: str
    saved_at: str
    label: str | None
    how: How
    what: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapVersion:
    """The text of a version: the author's own YAML where it was imported, JSON where it was made by changes."""

    map_id: str
    version: int
    format: Format
    text: str
    saved_at: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is to be kept: `name` and `kind` as the text says them, `opens` touchpoint -> map that it opens.

    `renames` are (level, old, new) in order: what is tied to stages and touchpoints follows them. `batch` is the id
    that the sender gave to the changes, `conflicts` what of them was not applied.
    """

    text: str
    format: Format
    name: str
    kind: str = DEFAULT_KIND
    author: str = ""
    how: How = "changed"
    what: Mapping[str, Any] = field(default_factory=dict)
    changes: Sequence[Mapping[str, Any]] | None = None
    opens: Mapping[str, str] = field(default_factory=dict)
    renames: Sequence[tuple[str, str, str]] = ()
    batch: str | None = None
    conflicts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a version did: its changes (None where it replaced the whole text), and the batch that they came in.

    `conflicts` are those of the batch that were not applied: {index, reason, current}.
    """

    version: int
    changes: Sequence[Mapping[str, Any]] | None
    batch: str | None
    conflicts: Sequence[Mapping[str, Any]]


class Taken(Exception):
    """Somebody else has saved the version meanwhile: read again, apply again."""
