"""Routes of the upload wizard: files come, are looked at, are loaded in the background."""

from __future__ import annotations

import re
import shutil
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from tropa.errors import TropaError
from tropa.service.answers import answer, workspace_of
from tropa.service.errors import RESPONSES, ErrorBody, without_folder
from tropa.service.who import needs, person_of
from tropa.sources import KIND_OF, Reading, Shape
from tropa.store.head import Load
from tropa.workspace.jobs import Job, Jobs, Phase, State, What
from tropa.workspace.known import known
from tropa.workspace.loads import Loaded, ToLoad, check_whole, load_uploads, undo_load
from tropa.workspace.look import Look, as_loaded, look
from tropa.workspace.trial import Trial
from tropa.workspace.uploads import Upload, Uploads

router = APIRouter(prefix="/api", tags=["uploads"], dependencies=[Depends(needs("analyse"))])
PORTION_BYTES = 1 << 20
_RESULTS: dict[What, str] = {"load": "loaded", "check": "checked", "undo": "undone"}
_REJECTS = re.compile(r"\d{8}\.csv")


class NewUpload(BaseModel):
    """A file that is about to come: its name with its ending, and its bytes."""

    name: Annotated[str, Field(min_length=1, max_length=1000, examples=["orders.csv"])]
    size: Annotated[int, Field(ge=0, lt=1 << 50, examples=[1024])]


class UploadList(BaseModel):
    """`undoable`: the files of the last load, where it can be taken back by its `undo_generation`."""

    uploads: list[Upload]
    loads: list[Load]
    undoable: list[Load]
    undo_generation: int | None
    free_bytes: int


class HowToRead(BaseModel):
    """What a person says of a file; whatever is not said is recognised."""

    columns: Annotated[dict[str, str], Field(examples=[{"time": "When", "kind": ":nps"}])] = {}
    milestones: Annotated[dict[str, str], Field(examples=[{"Paid": "paid_at"}])] = {}
    identifiers: list[str] = []
    timezone: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    dates: Literal["day-first", "month-first"] | None = None


class LookAt(BaseModel):
    """`plain`: take the file as `how` says and guess nothing more."""

    shape: Shape | None = None
    how: HowToRead = HowToRead()
    plain: bool = False


class FileToLoad(BaseModel):
    upload: str
    shape: Shape
    how: HowToRead = HowToRead()


class NewLoad(BaseModel):
    files: Annotated[list[FileToLoad], Field(min_length=1, max_length=100)]


class UndoLoad(BaseModel):
    """Which load: the `undo_generation` that was told with its files."""

    generation: Annotated[int, Field(ge=0, lt=1 << 50, examples=[1])]


class JobTold(BaseModel):
    """How far a piece of work is; `loaded`, `checked` or `undone` when it is done, `error` when it failed."""

    id: str
    what: What
    state: State
    phase: Phase
    file: str
    share: float | None
    cancellable: bool
    seconds: float
    loaded: Loaded | None = None
    checked: Trial | None = None
    undone: list[Load] | None = None
    error: ErrorBody | None = None


def _uploads(request: Request) -> Uploads:
    return Uploads(workspace_of(request).folder)


def _jobs(request: Request) -> Jobs:
    state = request.app.state
    if not hasattr(state, "jobs"):
        state.jobs = Jobs()
    jobs: Jobs = state.jobs
    return jobs


def _reading(request: Request, how: HowToRead) -> Reading:
    return Reading(
        columns=how.columns,
        milestones=how.milestones,
        identifiers=tuple(how.identifiers),
        timezone=how.timezone or workspace_of(request).settings.timezone,
        encoding=how.encoding or None,
        delimiter=how.delimiter or None,
        sheet=how.sheet or None,
        dates=how.dates,
    )


def _plain(request: Request, job: Job) -> dict[str, Any]:
    names = ("id", "what", "state", "phase", "file", "share", "cancellable", "seconds")
    told = {name: getattr(job, name) for name in names}
    done = job.result if job.state == "done" else None
    folder = workspace_of(request).folder
    error = None if job.error is None else without_folder(job.error, folder).as_dict()["error"]
    results = {name: done if job.what == what else None for what, name in _RESULTS.items()}
    return {**told, **results, "error": error}


def _told(request: Request, job: Job) -> Response:
    return answer(request, _plain(request, job))


@router.get("/uploads", response_model=UploadList, operation_id="uploads")
def get_uploads(request: Request) -> Response:
    """Files that came and were not removed, what was loaded so far, and the room that is left."""
    workspace = workspace_of(request)
    free, store = shutil.disk_usage(workspace.folder).free, workspace.store
    head = store.head
    undoable = store.undoable(head)
    generation = head.before.generation if undoable and head.before is not None else None
    told = {"uploads": _uploads(request).all(), "loads": head.loads, "undoable": undoable}
    return answer(request, {**told, "undo_generation": generation, "free_bytes": free})


@router.post("/uploads", response_model=Upload, responses=RESPONSES, operation_id="beginUpload")
def post_upload(request: Request, new: NewUpload) -> Response:
    """A place for a file; its bytes follow."""
    return answer(request, _uploads(request).begin(new.name, new.size, person_of(request).name))


@router.get("/uploads/{upload_id}", response_model=Upload, responses=RESPONSES, operation_id="upload")
def get_upload(request: Request, upload_id: str) -> Response:
    """One file: where to go on after a lost connection."""
    return answer(request, _uploads(request).get(upload_id))


@router.put(
    "/uploads/{upload_id}/content",
    response_model=Upload,
    responses=RESPONSES,
    operation_id="uploadContent",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def put_content(
    request: Request, upload_id: str, offset: Annotated[int, Query(ge=0, description="where these bytes belong")] = 0
) -> Response:
    """Bytes of the file from `offset` on, straight to the disk; the file may come in any number of such parts."""
    uploads = _uploads(request)
    part = await run_in_threadpool(uploads.part, upload_id, offset)
    waiting = bytearray()
    async for some in request.stream():
        waiting += some
        if len(waiting) >= PORTION_BYTES:
            await run_in_threadpool(part.write, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(part.write, bytes(waiting))
    return answer(request, await run_in_threadpool(uploads.arrived, upload_id))


@router.delete("/uploads/{upload_id}", status_code=204, responses=RESPONSES, operation_id="removeUpload")
def delete_upload(request: Request, upload_id: str) -> None:
    """Remove a file; what was loaded from it stays loaded."""
    _uploads(request).remove(upload_id)


@router.post("/uploads/{upload_id}/look", response_model=Look, responses=RESPONSES, operation_id="lookAtUpload")
def post_look(request: Request, upload_id: str, at: LookAt) -> Response:
    """What the file is taken for and why, its columns, and its first rows as they would be read."""
    uploads = _uploads(request)
    path = uploads.path(uploads.get(upload_id))
    beside = [uploads.path(one) for one in uploads.all() if one.state == "ready" and one.id != upload_id]
    store, how = workspace_of(request).store, _reading(request, at.how)
    others = as_loaded(path, how, at.shape, known(store, beside), store.head.loads)
    return answer(request, look(path, how, at.shape, at.plain, others))


def _to_load(request: Request, file: FileToLoad) -> ToLoad:
    uploads = _uploads(request)
    upload = uploads.get(file.upload)
    uploads.path(upload)
    return ToLoad(upload, KIND_OF[file.shape], _reading(request, file.how))


@router.post("/checks", response_model=JobTold, responses=RESPONSES, operation_id="checkUpload")
def post_check(request: Request, file: FileToLoad) -> Response:
    """Read the whole file in the background without loading it: what would be set aside, and why."""
    uploads, wanted = _uploads(request), _to_load(request, file)
    return _told(request, _jobs(request).add("check", lambda job: check_whole(uploads, wanted, job)))


@router.post("/loads", response_model=JobTold, responses=RESPONSES, operation_id="loadUploads")
def post_load(request: Request, new: NewLoad) -> Response:
    """Load files in the background, all of them or none; one load after the other."""
    workspace, uploads = workspace_of(request), _uploads(request)
    files = [_to_load(request, file) for file in new.files]
    return _told(request, _jobs(request).add("load", lambda job: load_uploads(workspace, uploads, files, job)))


@router.post("/loads/undo", response_model=JobTold, responses=RESPONSES, operation_id="undoLoad")
def post_undo(request: Request, which: UndoLoad) -> Response:
    """Take the last load back in the background; only the last one can be, once. Its files wait to be loaded again.

    Refused (409) where another load is the last one by now.
    """
    workspace, uploads = workspace_of(request), _uploads(request)
    workspace.store.check_undo(which.generation)
    return _told(request, _jobs(request).add("undo", lambda job: undo_load(workspace, uploads, which.generation, job)))


@router.get("/jobs", response_model=list[JobTold], operation_id="jobs")
def get_jobs(request: Request) -> Response:
    """Work in the background since the service was started, the latest first."""
    return answer(request, [_plain(request, job) for job in _jobs(request).all()])


@router.get("/jobs/{job_id}", response_model=JobTold, responses=RESPONSES, operation_id="job")
def get_job(request: Request, job_id: str) -> Response:
    """How far it is, and what it came to."""
    return _told(request, _jobs(request).get(job_id))


@router.post("/jobs/{job_id}/cancel", response_model=JobTold, responses=RESPONSES, operation_id="cancelJob")
def post_cancel(request: Request, job_id: str) -> Response:
    """Stop it. A load stopped before it is committed leaves the workspace as it was."""
    return _told(request, _jobs(request).cancel(job_id))


@router.get(
    "/rejects/{name}",
    responses=RESPONSES | {200: {"content": {"text/csv": {}}, "description": "CSV: file, line, reason, row."}},
    response_class=FileResponse,
    operation_id="rejects",
)
def get_rejects(request: Request, name: str) -> FileResponse:
    """Rows that a load set aside, with their reasons."""
    path = workspace_of(request).folder / "rejects" / name
    if not _REJECTS.fullmatch(name) or not path.is_file():
        raise TropaError(f"There is no file of rejects {name!r}.", "Look at the list of loads.", "not_found")
    return FileResponse(path, media_type="text/csv", filename=f"rejects-{name}")
