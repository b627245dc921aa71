"""The last load taken back: the head names again what it named before, as if that load had been killed.

Rows and files of the load stay on the disk until the next one sweeps them, as those of a killed load do.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tropa.errors import TropaError
from tropa.store.head import Head, Load, read_head, write_head, writing
from tropa.store.log import is_whole
from tropa.store.stitched import forget_people

_NEW = "To be rid of what was loaded earlier, make a new workspace and load the files that are right."
_NOTHING = "There is no load to take back: nothing has been loaded yet."
_ONCE = (
    "There is no load to take back: the last one was taken back already, or was made by an older version of Tropa."
    " Only the last one can be, once."
)
_GONE = "The last load cannot be taken back any more: what was there before it has been cleaned up."
_OTHER = "Another load is the last one by now, not the one that was to be taken back; nothing was changed."


def undoable(folder: Path, head: Head) -> list[Load]:
    """The files of the last load, where it can be taken back; empty where it cannot."""
    was = head.before
    if was is None or was.loads >= len(head.loads):
        return []
    words = [] if was.dictionaries is None else [folder / was.dictionaries]
    whole = all(path.exists() for path in (*words, *(folder / "keys" / key for key in was.keys)))
    whole = whole and all(is_whole(folder, name, version) for name, version in was.tables.items())
    return head.loads[was.loads :] if whole else []


def generation_of(head: Head) -> int | None:
    """What tells the last load from any other; None where there is none to take back."""
    return None if head.before is None else head.before.generation


def check_same(head: Head, generation: int | None) -> None:
    """Refuse where the last load is not the one that was meant.

    Raises:
        TropaError: (conflict) it is another one.
    """
    if head.before is not None and head.before.generation != generation:
        raise TropaError(_OTHER, "Look at the list of loads, and take back the last one if it is wrong.", "conflict")


def undo(folder: Path, generation: int | None = None) -> list[Load]:
    """Take the last load back; its files. Journeys are derived anew when they are next asked for.

    Args:
        folder: the workspace.
        generation: of the load meant (`generation_of`); None: the last one as of now, though a writer be waited for.

    Raises:
        TropaError: (conflict) there is no load to take back, or another one is the last by the time it is its turn.
    """
    if generation is None:
        generation = generation_of(read_head(folder))
    with writing(folder):
        head = read_head(folder)
        if head.before is None:
            raise TropaError(_ONCE if head.loads or head.generation else _NOTHING, _NEW, kind="conflict")
        check_same(head, generation)
        taken = undoable(folder, head)
        if not taken:
            raise TropaError(_GONE, _NEW, kind="conflict")
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
