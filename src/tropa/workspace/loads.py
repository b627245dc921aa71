"""Uploaded files checked and loaded in the background, with progress; the same answers as `tropa load`."""

from __future__ import annotations

import fcntl
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tropa.errors import TropaError
from tropa.sources import FileKind, Reading
from tropa.store.head import Load
from tropa.store.loading import Incoming, Taken
from tropa.store.store import RefusedIdentifier
from tropa.workspace.incoming import incoming
from tropa.workspace.jobs import Job, Stopped
from tropa.workspace.trial import Trial, whole_trial
from tropa.workspace.uploads import Upload, Uploads
from tropa.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ToLoad:
    """An uploaded file, what it is, and how it is to be read."""

    upload: Upload
    kind: FileKind
    how: Reading


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to. `rejects` names the file of rows set aside; `events` counts all of the workspace."""

    files: tuple[Taken, ...]
    rejects: str | None
    refused_identifiers: tuple[RefusedIdentifier, ...]
    events: int
    journeys: int
    has_map: bool


def check_whole(uploads: Uploads, file: ToLoad, job: Job) -> Trial:
    """Read a whole file without loading it.

    Raises:
        TropaError: it cannot be read.
        Stopped: the job was asked to stop.
    """

    def progress(what: str, done: int, total: int) -> None:
        job.tell("checking", file.upload.name, done / total if total else None)

    return whole_trial(uploads.path(file.upload), file.kind, file.how, progress)


def load_uploads(workspace: Workspace, uploads: Uploads, files: Sequence[ToLoad], job: Job) -> Loaded:
    """Load files, all of them or none. Stopped before they are committed, the workspace is as it was.

    Raises:
        TropaError: one of them cannot be loaded; none is.
        Stopped: the job was asked to stop.
    """
    paths = [uploads.path(file.upload) for file in files]
    job.tell("waiting" if _is_busy(workspace.folder) else "checking", files[0].upload.name)
    total = sum(file.upload.size for file in files) or 1
    done_before, coming = 0, []
    for file, path in zip(files, paths, strict=True):
        job.tell("checking", file.upload.name, None)
        coming.append(_incoming(workspace, file, path, done_before, total, job))
        done_before += file.upload.size
    job.tell("waiting" if _is_busy(workspace.folder) else "reading", files[0].upload.name, 0.0)
    try:
        report = workspace.store.load(coming)
    except Stopped:
        raise
    except TropaError as error:
        raise _named(error, paths) from None
    # From here on the files are in: what follows can be made anew at any time.
    job.cancellable = False
    for file, taken, came in zip(files, report.files, coming, strict=True):
        uploads.loaded(file.upload.id, file.kind, None if taken.before else taken.loaded, came.fingerprint)
    if workspace.store.head.tables.get("events") is not None:
        workspace.journeys(progress=lambda what, done, all_: job.tell("deriving", "", done / all_ if all_ else None))
    return _told(workspace, report.files, report.rejects_file)


def undo_load(workspace: Workspace, uploads: Uploads, generation: int, job: Job) -> list[Load]:
    """Take the load of that generation back; those of its files that are still here wait to be loaded otherwise.

    Raises:
        TropaError: (conflict) there is no load to take back, or another one came after it.
    """
    job.tell("waiting" if _is_busy(workspace.folder) else "writing")
    job.cancellable = False
    taken = workspace.store.undo(generation)
    uploads.taken_back(taken)
    if workspace.store.head.tables.get("events") is not None:
        workspace.journeys(progress=lambda what, done, all_: job.tell("deriving", "", done / all_ if all_ else None))
    return taken


def _incoming(workspace: Workspace, file: ToLoad, path: Path, before: int, total: int, job: Job) -> Incoming:
    def progress(what: str, done: int, size: int) -> None:
        share = done / size * file.upload.size if size else 0.0
        job.tell("reading", file.upload.name, min(1.0, (before + share) / total))

    loads = workspace.store.head.loads
    made = incoming(path, file.kind, file.how, workspace.settings.timezone, progress, loads=loads)
    return replace(made, file=file.upload.name)


def _told(workspace: Workspace, files: tuple[Taken, ...], rejects: str | None) -> Loaded:
    has_events = workspace.store.head.tables.get("events") is not None
    events = journeys = 0
    if has_events:
        _, manifest, _ = workspace.journeys()
        events, journeys = manifest.total("events"), manifest.total("journeys")
    return Loaded(
        files=files,
        rejects=None if rejects is None else Path(rejects).name,
        refused_identifiers=workspace.store.refused_identifiers(),
        events=events,
        journeys=journeys,
        has_map=workspace.map_version() is not None,
    )


def _named(error: TropaError, paths: Sequence[Path]) -> TropaError:
    """The same without the folder in which uploads are kept."""
    message = error.message
    for path in paths:
        message = message.replace(str(path), path.name)
    return TropaError(message, error.hint, error.kind)


def _is_busy(folder: Path) -> bool:
    """Whether another writer, such as the command line, holds the workspace."""
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
