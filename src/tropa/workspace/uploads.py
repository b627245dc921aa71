"""Files on their way into a workspace through the page: kept in its folder `uploads` until they are loaded."""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
import shutil
import threading
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tropa.errors import TropaError, system_error
from tropa.sources import fingerprint, forget
from tropa.store.head import Load
from tropa.store.ledger import content_of

FOLDER = "uploads"
KEPT_DAYS = 7
"""Files that nobody touched for so long are removed when another one comes."""
_ID = re.compile(r"[0-9a-f]{16}")
_LONGEST_NAME = 150
_SPARE_BYTES = 64 * 1024 * 1024
_BAD = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')

State = Literal["arriving", "ready", "loaded"]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file; `size` and `received` in bytes. `loaded_as`, `loaded_rows` and `fingerprint`: what became of it."""

    id: str
    name: str
    size: int
    received: int
    at: str
    by: str = ""
    state: State = "arriving"
    loaded_as: str | None = None
    loaded_rows: int | None = None
    fingerprint: str | None = None


@dataclass(slots=True)
class _Turn:
    """Whose turn it is to write to a file."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    writer: Part | None = None


_TURNS: dict[Path, _Turn] = {}


def _turn(folder: Path) -> _Turn:
    return _TURNS.setdefault(folder, _Turn())


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise system_error(error) from None


class Part:
    """Bytes of a file on their way. The part that began last is the only one that writes."""

    def __init__(self, path: Path, upload: Upload, offset: int, turn: _Turn) -> None:
        self._path, self._upload, self._end, self._turn = path, upload, offset, turn

    def write(self, data: bytes) -> None:
        """Put the next bytes in their place.

        Raises:
            TropaError: (conflict) a later part has begun, or there are more bytes than announced; the disk refuses.
        """
        name, end = self._upload.name, self._end + len(data)
        if end > self._upload.size:
            raise TropaError(f"{name} is longer than announced.", "Choose the file once more.", kind="conflict")
        with self._turn.lock:
            if self._turn.writer is not self:
                raise TropaError(f"{name}: a later part of it has begun.", "Go on with that one.", kind="conflict")
            with _plainly(), self._path.open("r+b") as file:
                file.seek(self._end)
                file.write(data)
        self._end = end


class Uploads:
    """The folder of uploads of a workspace."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER

    def begin(self, name: str, size: int, by: str = "") -> Upload:
        """A place for a file that is about to come.

        Args:
            name: as the person's computer calls it; its ending says what it is.
            size: bytes.
            by: who brings it.

        Raises:
            TropaError: an empty file, or the disk has no room for it.
        """
        clean = clean_name(name)
        if size <= 0:
            raise TropaError(f"{clean} is empty.", "Expected a table with a header; export it once more.")
        self._sweep()
        try:
            self.folder.mkdir(exist_ok=True)
            free = shutil.disk_usage(self.folder).free
            if size + _SPARE_BYTES > free:
                raise TropaError(
                    f"There is no room for {clean}: it has {_mb(size)} MB, and {_mb(free)} MB are free.",
                    "Free some space on the disk of the workspace; nothing was changed.",
                    kind="workspace",
                )
            upload = Upload(secrets.token_hex(8), clean, size, 0, _now(), by)
            (self.folder / upload.id).mkdir()
            self._file(upload).touch()
            self._save(upload)
        except OSError as error:
            raise system_error(error) from None
        return upload

    def get(self, id_: str) -> Upload:
        """One upload, with the bytes that have come so far.

        Raises:
            TropaError: there is none of that id.
        """
        if not _ID.fullmatch(id_) or (upload := self._read(self.folder / id_)) is None:
            raise TropaError(f"There is no upload {id_!r}.", "It was removed; choose the file once more.", "not_found")
        return upload

    def all(self) -> tuple[Upload, ...]:
        """All uploads, the latest first."""
        found = (self._read(folder) for folder in self.folder.iterdir()) if self.folder.is_dir() else ()
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.at, one.id), reverse=True))

    def path(self, upload: Upload) -> Path:
        """The file itself.

        Raises:
            TropaError: it has not come whole yet.
        """
        if upload.state == "arriving":
            raise TropaError(
                f"{upload.name} has not come whole: {upload.received:,} of {upload.size:,} bytes.",
                "Go on with the upload, or remove it.",
                kind="conflict",
            )
        return self._file(upload)

    def part(self, id_: str, offset: int) -> Part:
        """The bytes from `offset` on are coming; whatever stood there is dropped, and a part still on its way is shut.

        Raises:
            TropaError: no such upload; bytes before that place are missing, or the file is whole.
        """
        turn = _turn(self.folder / id_)
        with turn.lock:
            upload = self.get(id_)
            if upload.state != "arriving" or offset > upload.received or offset < 0:
                raise TropaError(
                    f"{upload.name}: bytes from {offset:,} on are not awaited; {upload.received:,} have come.",
                    "Go on from there.",
                    kind="conflict",
                )
            with _plainly(), self._file(upload).open("r+b") as file:
                file.truncate(offset)
            turn.writer = part = Part(self._file(upload), upload, offset, turn)
        return part

    def arrived(self, id_: str) -> Upload:
        """Take note of bytes that have come: the file is ready when it has as many as were announced."""
        with _turn(self.folder / id_).lock:
            upload = self.get(id_)
            if upload.state == "arriving" and upload.received == upload.size:
                upload = replace(upload, state="ready")
                with _plainly():
                    self._save(upload)
        return upload

    def loaded(self, id_: str, kind: str, rows: int | None, mark: str | None = None) -> None:
        """Remember what became of a file; None rows: it was in the workspace already. `mark`: it in the ledger."""
        upload = self.get(id_)
        forget(self._file(upload))
        rows = upload.loaded_rows if rows is None else rows
        self._save(replace(upload, state="loaded", loaded_as=kind, loaded_rows=rows, fingerprint=mark))

    def taken_back(self, loads: Collection[Load]) -> None:
        """Files of a load that was taken back are ready to be loaded again; a name may have stood for another file."""
        marks = {(load.kind, load.fingerprint) for load in loads}
        contents = {(kind, content_of(mark)) for kind, mark in marks}
        for upload in self.all():
            if upload.state != "loaded" or upload.loaded_as not in {kind for kind, _ in marks}:
                continue
            if upload.fingerprint is None:
                # An earlier version did not remember how it was taken in.
                gone = (upload.loaded_as, fingerprint(self._file(upload))) in contents
            else:
                gone = (upload.loaded_as, upload.fingerprint) in marks
            if gone:
                self._save(replace(upload, state="ready", loaded_as=None, loaded_rows=None, fingerprint=None))

    def remove(self, id_: str) -> None:
        """Remove a file; what was loaded from it stays loaded."""
        upload = self.get(id_)
        forget(self._file(upload))
        shutil.rmtree(self.folder / upload.id, ignore_errors=True)
        _TURNS.pop(self.folder / id_, None)

    def _file(self, upload: Upload) -> Path:
        return self.folder / upload.id / upload.name

    def _read(self, folder: Path) -> Upload | None:
        try:
            values: dict[str, Any] = json.loads((folder / "upload.json").read_text("utf-8"))
            upload = Upload(**values)
            return replace(upload, received=self._file(upload).stat().st_size)
        except (OSError, ValueError, TypeError):
            return None

    def _save(self, upload: Upload) -> None:
        path = self.folder / upload.id / "upload.json"
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(upload), ensure_ascii=False), "utf-8")
        fresh.replace(path)

    def _sweep(self) -> None:
        oldest = dt.datetime.now(dt.UTC) - dt.timedelta(days=KEPT_DAYS)
        for folder, upload in self._old(oldest):
            if upload is None or dt.datetime.fromisoformat(upload.at) < oldest:
                shutil.rmtree(folder, ignore_errors=True)

    def _old(self, oldest: dt.datetime) -> Iterator[tuple[Path, Upload | None]]:
        if not self.folder.is_dir():
            return
        for folder in list(self.folder.iterdir()):
            try:
                changed = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
            except OSError:
                continue
            if _ID.fullmatch(folder.name) and changed < oldest:
                yield folder, self._read(folder)


def clean_name(name: str) -> str:
    """A name of a file that any disk can hold, its ending kept."""
    plain = _BAD.sub("_", unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])).strip(" .")
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    if plain == "upload.json" or not plain:
        plain = f"file {plain}".strip()
    ending = "".join(Path(plain).suffixes[-2:])[-20:]
    while len(plain.encode()) > _LONGEST_NAME:
        plain = plain[: -len(ending) - 1] + ending if ending else plain[:-1]
    return plain


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f}"


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
