"""Files on their way from the sources into the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tropa.sources import CANONICAL, CLOCKS, FileKind, Reading, Remarks, fingerprint, marks, read
from tropa.store.head import Load
from tropa.store.ledger import loads_of
from tropa.store.loading import Batch, Incoming
from tropa.store.manifest import Progress


def incoming(
    path: Path,
    kind: FileKind,
    how: Reading | None,
    timezone: str,
    progress: Progress | None,
    mark: str | None = None,
    loads: Sequence[Load] = (),
) -> Incoming:
    """A file that the store will read when it has never seen it before, read in the same manner.

    Args:
        path: the file.
        kind: what its rows are.
        how: how it is to be read; None: as it is recognised.
        timezone: of the workspace.
        progress: told while it is read.
        mark: the fingerprint by which it is in the ledger, where that is known.
        loads: the ledger.
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

    return Incoming(str(path), mark or mark_of(path, kind, reading, loads), kind, batches)


def mark_of(path: Path, kind: FileKind, how: Reading, loads: Sequence[Load] = ()) -> str:
    """By what a file stands in the ledger: its content and how it is read.

    One that was loaded before columns with times of day were known is there by its dates alone; unless somebody names
    such a column, it is the same file again.
    """
    content = fingerprint(path)
    mark = "-".join((content, *marks(path, kind, how)))
    known = {load.fingerprint for load in loads_of(kind, content, loads)}
    if not known or mark in known or set(CLOCKS.values()) & set(how.columns) or kind not in ("events", "feedback"):
        return mark
    clocks = [clock for base, clock in CLOCKS.items() if base in CANONICAL[kind]]
    alone = replace(how, columns={**how.columns, **dict.fromkeys(clocks, ":")})
    earlier = "-".join((content, *marks(path, kind, alone)))
    return earlier if earlier in known else mark
