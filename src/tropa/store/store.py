"""The store: one door to the log and to the journeys derived from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.engine.journeys import Journeys
from tropa.errors import TropaError
from tropa.store.dictionaries import Dictionaries, read_dictionaries
from tropa.store.head import Head, Load, read_head, write_head, writing
from tropa.store.manifest import Arrangement, Manifest, Progress, open_manifest

if TYPE_CHECKING:
    from tropa.store.loading import Incoming, Taken

# What only writing needs is imported when it is needed: a question should not wait for it.


@dataclass(frozen=True, slots=True)
class RefusedIdentifier:
    """An identifier that is not used to stitch customers: it would glue strangers together."""

    identifier: str
    links: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    files: tuple[Taken, ...]
    rejects_file: str | None
    refused_identifiers: tuple[RefusedIdentifier, ...] = ()


class Store:
    """The data of one workspace folder."""

    def __init__(self, folder: Path, max_links: int = 50) -> None:
        self.folder = folder
        self.max_links = max_links
        self._opened: dict[str, tuple[str, Manifest]] = {}

    @property
    def head(self) -> Head:
        return read_head(self.folder)

    def dictionaries(self, head: Head) -> Dictionaries:
        return read_dictionaries(None if head.dictionaries is None else self.folder / head.dictionaries)

    def has_cases(self, head: Head) -> bool:
        """Whether any event was ever told with a case."""
        from deltalake import DeltaTable

        version = head.tables.get("events")
        if version is None:
            return False
        fields = DeltaTable(str(self.folder / "log" / "events"), version=version).schema().fields
        return "case_id" in {field.name for field in fields}

    # -- data in

    def load(self, incoming: Iterable[Incoming]) -> LoadReport:
        """Take files in, all of them or none: what fails or is killed leaves the workspace as it was."""
        from tropa.store.loading import Loading
        from tropa.store.sweep import sweep_log

        with writing(self.folder):
            head = self.head
            sweep_log(self.folder, head)
            loading = Loading(self.folder, head, self.dictionaries(head))
            taken = [loading.take(file) for file in incoming]
            fresh = loading.commit()
            if fresh is not None:
                write_head(self.folder, fresh)
                self._sweep_dictionaries({head.dictionaries, fresh.dictionaries})
        rejects = loading.rejects_file
        return LoadReport(tuple(taken), None if rejects is None else str(rejects.relative_to(self.folder)))

    def undo(self, generation: int | None = None) -> list[Load]:
        """Take the last load back: the files of it.

        Args:
            generation: of the load meant, as `undoable` told it; None: the last one as of now.

        Raises:
            TropaError: (conflict) there is no load to take back, or another one is the last by then.
        """
        from tropa.store.undo import undo

        taken = undo(self.folder, generation)
        self._opened = {}
        return taken

    def undoable(self, head: Head | None = None) -> list[Load]:
        """The files of the load that `undo` would take back; none where there is no such load."""
        from tropa.store.undo import undoable

        return undoable(self.folder, self.head if head is None else head)

    def check_undo(self, generation: int) -> None:
        """Refuse at once what `undo` would refuse as of now.

        Raises:
            TropaError: (conflict) the load of that generation is not the last one any more.
        """
        from tropa.store.undo import check_same

        check_same(self.head, generation)

    # -- journeys out

    def manifest(self, arrangement: Arrangement, progress: Progress | None = None) -> tuple[Head, Manifest]:
        """Journeys that hold everything told so far; derives what is missing."""
        head = self.head
        manifest = self._open(arrangement, head)
        if manifest is not None and self._holds(manifest, head):
            return head, manifest
        with writing(self.folder):
            return self._refresh(arrangement, progress)

    def _holds(self, manifest: Manifest, head: Head) -> bool:
        """Whether journeys hold all that was told, stitched by the limit that is valid now."""
        stitched_so = "identities" not in head.tables or manifest.max_links == self.max_links
        return manifest.tables == head.tables and stitched_so

    def _open(self, arrangement: Arrangement, head: Head) -> Manifest | None:
        """The journeys that a head names, mapped; None where it names none, or they are not whole."""
        name = head.arrangements.get(arrangement)
        if name is None:
            return None
        opened = self._opened.get(arrangement)
        if opened is not None and opened[0] == name:
            return opened[1]
        manifest = open_manifest(self.folder, arrangement, name, None if opened is None else opened[1])
        if manifest is not None:
            self._opened[arrangement] = (name, manifest)
        return manifest

    def _refresh(self, arrangement: Arrangement, progress: Progress | None) -> tuple[Head, Manifest]:
        from tropa.store.derive import derive
        from tropa.store.stitched import stitched_log, sweep

        # Read once more under the lock: another writer may have done it meanwhile.
        head = self.head
        old = self._open(arrangement, head)
        if old is not None and self._holds(old, head):
            return head, old
        log = stitched_log(self.folder, head.tables, self.max_links)
        words = self.dictionaries(head)
        # What all partitions tell as numbers must be told so by those that no new row touches.
        same = old is not None and old.people == log.people and set(old.quantities) == words.quantities
        touched = log.touched(old.generation) if old is not None and same else None
        generation = head.generation + 1
        made = derive(self.folder, arrangement, head.tables, generation, words, old, log, touched, progress)
        head = replace(head, generation=generation, arrangements=head.arrangements | {arrangement: made})
        write_head(self.folder, head)
        manifest = self._open(arrangement, head)
        if manifest is None:
            raise TropaError(
                "The journeys just written cannot be read.",
                "Look at the disk.",
                kind="workspace",
                typed=f"Look at the disk of {self.folder}.",
            )
        self._sweep(arrangement, made, manifest)
        sweep(self.folder, log.people)
        return head, manifest

    def customer_of(self, identifier: str) -> str:
        """The customer that an identifier belongs to, by the journeys derived last."""
        people = self._people()
        if not people:
            return identifier
        from tropa.store.stitched import customer_of

        return customer_of(self.folder, people, identifier)

    def refused_identifiers(self) -> tuple[RefusedIdentifier, ...]:
        """Identifiers not used to stitch customers, as of the journeys derived last."""
        from tropa.store.stitched import refused

        return tuple(RefusedIdentifier(*row) for row in refused(self.folder, self._people()))

    def _people(self) -> str:
        """The name of the customers stitched last: of the journeys that were derived last, of either arrangement."""
        head = self.head
        arrangements: tuple[Arrangement, ...] = ("customer", "case")
        derived = [found for name in arrangements if (found := self._open(name, head)) is not None]
        return max(derived, key=lambda manifest: manifest.generation).people if derived else ""

    def _sweep(self, arrangement: Arrangement, name: str, manifest: Manifest) -> None:
        """Remove derived files that no head names any more; whoever has them mapped keeps them."""
        valid = {name, *(file for file, _ in manifest.partitions.values())}
        for path in (self.folder / "journeys" / arrangement).iterdir():
            if path.name not in valid:
                path.unlink(missing_ok=True)

    def _sweep_dictionaries(self, valid: set[str | None]) -> None:
        """Remove dictionaries but those of this head and the one before, which somebody may be reading by."""
        stems = {Path(name).stem for name in valid if name is not None}
        for path in self.folder.glob("dictionaries-*"):
            if path.stem not in stems:
                path.unlink(missing_ok=True)

    def partitions(self, manifest: Manifest) -> Iterator[Callable[[], Journeys]]:
        """What opens each partition."""
        for _, journeys in sorted(manifest.journeys.items()):
            yield partial(_identity, journeys)


def _identity(journeys: Journeys) -> Journeys:
    return journeys
