"""Routes of research: notes, photos, what they are tied to, and the evidence of a map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from tropa.cx.map_keys import MAX_NAME, clean_name
from tropa.errors import TropaError
from tropa.service.answers import answer, workspace_of
from tropa.service.comments import On, place_of
from tropa.service.errors import RESPONSES
from tropa.service.map_forms import MAX_VERSION, MapId
from tropa.service.who import needs, person_of
from tropa.store.documents.database import now
from tropa.store.documents.research import NoteKind, Tie
from tropa.workspace.evidence import MapEvidence, evidence
from tropa.workspace.research import (
    MAX_PHOTO,
    MAX_TEXT,
    MAX_TITLE,
    Imported,
    NoteWithTies,
    add_photo,
    import_notes,
    new_note,
    note_of,
    notes_of,
    photo_file,
    rewrite_note,
    tie,
)
from tropa.workspace.research_files import MAX_FILE

router = APIRouter(prefix="/api", tags=["research"])
_READ, _EDIT = [Depends(needs("read"))], [Depends(needs("edit"))]
NoteId = Annotated[str, Path(min_length=1, max_length=40, description="of a note")]
_Title = Annotated[str, Field(max_length=MAX_TITLE)]
_Text = Annotated[str, Field(max_length=MAX_TEXT)]
_Date = Annotated[str | None, Field(max_length=40, description="the day on which it was said or seen, ISO 8601")]


class NewNote(BaseModel):
    """A note of research; `respondent` is who said it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "interview",
                    "title": "Anna, 34, second loan",
                    "text": "I uploaded the passport three times, then I went to the branch.",
                    "date": "2026-03-14",
                }
            ]
        },
    )

    kind: NoteKind = "note"
    title: _Title = ""
    text: _Text = ""
    respondent: _Title = ""
    date: _Date = None


class ChangedNote(BaseModel):
    """Fields of a note to be written anew; those not given stay. `changed_at`: of the note as it was read."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"title": "Anna, 34", "changed_at": "2026-03-14T09:30:00+00:00"}]},
    )

    kind: NoteKind = "note"
    title: _Title = ""
    text: _Text = ""
    respondent: _Title = ""
    date: _Date = None
    changed_at: Annotated[
        str | None, Field(max_length=40, description="refused with 409 where somebody changed the note since")
    ] = None


class NewTie(BaseModel):
    """A place of a map that a note speaks about; `quote` is the fragment that says it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"map": "k3v9x2apqr", "on": {"touchpoint": "Upload"}, "lane": "pains", "quote": "three times"}]
        },
    )

    map: Annotated[str, Field(min_length=1, max_length=40)]
    on: On
    lane: Annotated[str, Field(max_length=MAX_NAME)] = ""
    quote: Annotated[str, Field(max_length=10_000)] = ""


def _told(request: Request, note_id: str) -> Response:
    return answer(request, note_of(workspace_of(request), note_id))


@router.get(
    "/research", response_model=list[NoteWithTies], responses=RESPONSES, operation_id="notes", dependencies=_READ
)
def get_notes(
    request: Request,
    map_: Annotated[str | None, Query(alias="map", max_length=40)] = None,
    kind: NoteKind | None = None,
    words: Annotated[str, Query(max_length=500)] = "",
    archived: bool = False,
) -> Response:
    """Notes with the cells that they are tied to, the newest first; all `words` must be somewhere in a note."""
    return answer(request, notes_of(workspace_of(request), map_, kind, words, archived))


@router.post("/research", response_model=NoteWithTies, responses=RESPONSES, operation_id="addNote", dependencies=_EDIT)
def post_note(request: Request, given: NewNote) -> Response:
    """Keep a note."""
    note = new_note(given.kind, given.title, given.text, given.respondent, given.date)
    workspace_of(request).documents.research.add([note], person_of(request).name)
    return _told(request, note.id)


@router.post(
    "/research/import", response_model=Imported, responses=RESPONSES, operation_id="importNotes", dependencies=_EDIT
)
def post_import(
    request: Request,
    file: Annotated[UploadFile, File(description=".txt, .md, .docx or .csv")],
    kind: Annotated[NoteKind, Form()] = "note",
    map_: Annotated[str | None, Form(alias="map", max_length=40)] = None,
) -> Response:
    """Keep the notes of a file: a text (divided by lines of dashes), a DOCX, or a CSV with a note a row.

    Rows of a CSV may name the `touchpoint` or `stage` and the `lane` of the map that they speak about.
    """
    content = _content(file, MAX_FILE)
    brought = import_notes(
        workspace_of(request), file.filename or "notes", content, kind, person_of(request).name, map_
    )
    return answer(request, brought)


@router.post(
    "/research/photos", response_model=NoteWithTies, responses=RESPONSES, operation_id="addPhoto", dependencies=_EDIT
)
def post_photo(
    request: Request,
    file: Annotated[UploadFile, File(description="JPEG, PNG, WebP or GIF")],
    title: Annotated[str, Form(max_length=MAX_TITLE)] = "",
    text: Annotated[str, Form(max_length=MAX_TEXT)] = "",
    date: Annotated[str | None, Form(max_length=40)] = None,
) -> Response:
    """Keep a photo with what is to be seen on it."""
    note = new_note("photo", title or (file.filename or "photo")[:MAX_TITLE], text, "", date)
    kept = add_photo(workspace_of(request), note, _content(file, MAX_PHOTO), person_of(request).name)
    return _told(request, kept.id)


def _content(file: UploadFile, limit: int) -> bytes:
    content = file.file.read(limit + 1)
    if len(content) > limit:
        raise TropaError(f"The file is larger than {limit:,} bytes.", "Bring a smaller one.", kind="usage")
    return content


@router.get(
    "/research/{note_id}", response_model=NoteWithTies, responses=RESPONSES, operation_id="note", dependencies=_READ
)
def get_note(request: Request, note_id: NoteId) -> Response:
    """One note with its ties."""
    return _told(request, note_id)


@router.put(
    "/research/{note_id}",
    response_model=NoteWithTies,
    responses=RESPONSES,
    operation_id="changeNote",
    dependencies=_EDIT,
)
def put_note(request: Request, note_id: NoteId, given: ChangedNote) -> Response:
    """Write fields of a note anew; the others, its ties and its photo stay."""
    fields = given.model_dump(exclude={"changed_at"}, exclude_unset=True)
    rewrite_note(workspace_of(request), note_id, fields, person_of(request).name, given.changed_at)
    return _told(request, note_id)


@router.post(
    "/research/{note_id}/archive",
    response_model=NoteWithTies,
    responses=RESPONSES,
    operation_id="archiveNote",
    dependencies=_EDIT,
)
def archive_note(request: Request, note_id: NoteId, archived: bool = True) -> Response:
    """Put a note away, so that no cell stands on it; or take it back with `archived=false`."""
    moment = now() if archived else None
    workspace_of(request).documents.research.change(note_id, person_of(request).name, archived_at=moment)
    return _told(request, note_id)


@router.get(
    "/research/{note_id}/photo",
    response_class=FileResponse,
    responses={**RESPONSES, 200: {"content": {"image/*": {}}, "description": "The picture."}},
    operation_id="notePhoto",
    dependencies=_EDIT,
)
def get_photo(request: Request, note_id: NoteId) -> FileResponse:
    """The picture of a note; for those who work with the maps, as people may be seen on it."""
    path, type_ = photo_file(workspace_of(request), note_id)
    headers = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "private, max-age=86400"}
    return FileResponse(path, media_type=type_, headers=headers)


@router.post(
    "/research/{note_id}/ties", response_model=Tie, responses=RESPONSES, operation_id="tieNote", dependencies=_EDIT
)
def post_tie(request: Request, note_id: NoteId, given: NewTie) -> Response:
    """Say which cell of a map a note speaks about."""
    by = person_of(request).name
    place, lane = place_of(given.on), clean_name(given.lane)
    return answer(request, tie(workspace_of(request), note_id, given.map, place, lane, given.quote, by))


@router.delete(
    "/research/ties/{number}", status_code=204, responses=RESPONSES, operation_id="untie", dependencies=_EDIT
)
def delete_tie(request: Request, number: Annotated[int, Path(ge=1, le=MAX_VERSION)]) -> None:
    """Take a tie away; the note stays."""
    workspace_of(request).documents.research.untie(number)


@router.get(
    "/maps/{map_id}/evidence",
    response_model=MapEvidence,
    responses=RESPONSES,
    operation_id="mapEvidence",
    dependencies=_READ,
)
def get_evidence(request: Request, map_id: MapId) -> Response:
    """On what the cells of a map stand: the author's word, or notes that are tied to them; stale ones are marked."""
    return answer(request, evidence(workspace_of(request), map_id))
