"""Files on their way from the sources into the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tropa.sources import FileKind, Reading, Remarks, fingerprint, marks, read
from tropa.store.loading import Batch, Incoming
from tropa.store.manifest import Progress


def incoming(
    path: Path,
    kind: FileKind,
    how: Reading | None,
    timezone: str,
    progress: Progress | None,
    mark: str | None = None,
) -> Incoming:
    """A file that the store will read when it has never seen it before, read in the same manner.

    `mark` is the fingerprint by which it is in the ledger, where that is known.
    """
    reading = how or Reading(timezone=timezone)

    def batches() -> Iterator[Batch]:
        remarks, last = Remarks(path.name), None
        for chunk in read(path, kind, reading):
            remarks.take(chunk)
            last = chunk
            if progress is not None:
                progress(f"reading {path.name}", chunk.bytes_done, chunk.bytes_total)
            yield Batch(chunk.rows, chunk.identities, chunk.rejects, chunk.rows_read, chunk.notes)
        if last is not None and (notes := remarks.notes()):
            yield Batch(last.rows.clear(), last.identities.clear(), last.rejects.clear(), 0, notes)

    return Incoming(str(path), mark or mark_of(path, kind, reading), kind, batches)


def mark_of(path: Path, kind: FileKind, how: Reading) -> str:
    """By what a file stands in the ledger: its content and how it is read."""
    return "-".join((fingerprint(path), *marks(path, kind, how)))
