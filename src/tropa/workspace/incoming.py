"""Files on their way from the sources into the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tropa.sources import FileKind, Reading, Remarks, fingerprint, marks, read
from tropa.store.loading import Batch, Incoming
from tropa.store.manifest import Progress


def incoming(path: Path, kind: FileKind, how: Reading | None, timezone: str, progress: Progress | None) -> Incoming:
    """A file that the store will read when it has never seen it before, read in the same manner."""
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

    return Incoming(str(path), "-".join((fingerprint(path), *marks(path, kind, reading))), kind, batches)
