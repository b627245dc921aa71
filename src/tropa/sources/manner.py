"""How a file is read, as a mark: the same for two ways of saying the same thing."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path
from typing import Any

from tropa.sources.model import CLOCKS, FileKind, Reading
from tropa.sources.plan import find_column
from tropa.sources.reading import fingerprint, recognise

TELLING = ("activity", "kind", "score", "text")
"""What of a row is told: a file of two scores may be loaded twice, once for each."""


def marks(path: Path, kind: FileKind, how: Reading) -> tuple[str, str]:
    """Two marks of a reading: of what is taken from each row, and of the reading as a whole.

    A column found by its name and the same column named are one reading. Readings whose first marks differ tell
    different things of the same rows (other milestones, another score); where only the second ones differ, the same
    things are told in another way.

    Raises:
        TropaError: the file or one that is to be joined is not what its name says.
    """
    found = recognise(path, kind, how)
    columns = {**how.columns, **found.columns}
    told = {name: found.constants.get(name, columns.get(name)) for name in TELLING}
    constants = sorted(name for name in TELLING if name in found.constants)
    names = [*found.columns.values(), *found.attributes]
    identifiers = [find_column(name, names) or name for name in how.identifiers]
    rows = {"told": told, "constants": constants, "milestones": sorted({**how.milestones, **found.milestones}.items())}
    named = columns | {name: f":{word}" for name, word in found.constants.items()}
    # To take dates alone is how they were taken before columns with times of day were known.
    dates_alone = {(clock, ":") for clock in CLOCKS.values()}
    manner = {
        **rows,
        "columns": {name: theirs for name, theirs in named.items() if (name, theirs) not in dates_alone},
        "identifiers": identifiers,
        "join": [[fingerprint(join.path), join.on, join.prefix] for join in how.join],
        "timezone": how.timezone,
        "encoding": None if found.encoding is None else _codec(found.encoding),
        "delimiter": found.delimiter,
        "sheet": found.sheet,
        "dates": how.dates,
    }
    if found.milestone_clocks:
        manner["clocks"] = sorted(found.milestone_clocks.items())
    return _mark(rows), _mark(manner)


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding


def _mark(said: Any) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
