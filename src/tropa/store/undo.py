"""The last load taken back: the head names again what it named before, as if that load had been killed.

Rows and files of the load stay on the disk until the next one sweeps them, as those of a killed load do.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tropa.errors import TropaError
from tropa.store.head import Head, Load, read_head, write_head, writing
from tropa.store.stitched import forget_people

_NEW = "To be rid of what was loaded earlier, make a new workspace and load the files that are right."


def undoable(folder: Path, head: Head) -> list[Load]:
    """The files of the last load, where it can be taken back; empty where it cannot."""
    was = head.before
    if was is None or was.loads >= len(head.loads):
        return []
    words = [] if was.dictionaries is None else [folder / was.dictionaries]
    whole = all(path.exists() for path in (*words, *(folder / "keys" / key for key in was.keys)))
    return head.loads[was.loads :] if whole else []


def undo(folder: Path) -> list[Load]:
    """Take the last load back; its files. Journeys are derived anew when they are next asked for.

    Raises:
        TropaError: (conflict) there is no load to take back.
    """
    with writing(folder):
        head = read_head(folder)
        taken = undoable(folder, head)
        if head.before is None or not taken:
            raise TropaError("There is no load to take back: only the last one can be, once.", _NEW, kind="conflict")
        # Who is who is remembered by versions of tables, and these will be given once more.
        forget_people(folder)
        fresh = replace(
            head,
            generation=head.generation + 1,
            tables=head.before.tables,
            keys=head.before.keys,
            dictionaries=head.before.dictionaries,
            arrangements={},
            loads=head.loads[: head.before.loads],
            before=None,
        )
        write_head(folder, fresh)
    return taken
