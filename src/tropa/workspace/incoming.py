"""Files on their way from the sources into the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tropa.sources import FileKind, Reading, fingerprint, read
from tropa.store.loading import Batch, Incoming
from tropa.store.manifest import Progress


def incoming(path: Path, kind: FileKind, how: Reading | None, timezone: str, progress: Progress | None) -> Incoming:
    """A file that the store will read when it has never seen it before, read in the same manner."""
    reading = how or Reading(timezone=timezone)

    def batches() -> Iterator[Batch]:
        for chunk in read(path, kind, reading):
            if progress is not None:
                progress(f"reading {path.name}", chunk.bytes_done, chunk.bytes_total)
            yield Batch(chunk.rows, chunk.identities, chunk.rejects, chunk.rows_read, chunk.notes)

    # The same manner of reading, whichever face said it: a list or a tuple, one order of columns or another.
    manner = json.dumps(asdict(reading), sort_keys=True, default=lambda path: str(Path(path).resolve()))
    mark = hashlib.blake2b(manner.encode(), digest_size=8).hexdigest()
    return Incoming(str(path), f"{fingerprint(path)}-{mark}", kind, batches)
