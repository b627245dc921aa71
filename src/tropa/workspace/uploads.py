"""Files on their way into a workspace through the page: kept in its folder `uploads` until they are loaded."""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from tropa.errors import TropaError, system_error

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
    """One file. `size` and `received` are bytes; `loaded_as` and `loaded_rows` tell what became of it."""

    id: str
    name: str
    size: int
    received: int
    at: str
    by: str = ""
    state: State = "arriving"
    loaded_as: str | None = None
    loaded_rows: int | None = None


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

    def write_at(self, upload: Upload, offset: int) -> Path:
        """Where the bytes from `offset` on are to be written; whatever stood there is dropped.

        Raises:
            TropaError: bytes before that place are missing, or the file is whole.
        """
        if upload.state != "arriving" or offset > upload.received or offset < 0:
            raise TropaError(
                f"{upload.name}: bytes from {offset:,} on are not awaited; {upload.received:,} have come.",
                "Go on from there.",
                kind="conflict",
            )
        path = self._file(upload)
        with path.open("r+b") as file:
            file.truncate(offset)
        return path

    def check_room(self, upload: Upload, end: int) -> None:
        """Refuse more bytes than were announced.

        Raises:
            TropaError: there are more.
        """
        if end > upload.size:
            raise TropaError(f"{upload.name} is longer than announced.", "Choose the file once more.", kind="conflict")

    def arrived(self, id_: str) -> Upload:
        """Take note of bytes that have come."""
        upload = self.get(id_)
        if upload.state == "arriving" and upload.received == upload.size:
            upload = replace(upload, state="ready")
            self._save(upload)
        return upload

    def loaded(self, id_: str, kind: str, rows: int | None) -> None:
        """Remember what became of a file; None rows: it was in the workspace already."""
        upload = self.get(id_)
        rows = upload.loaded_rows if rows is None else rows
        self._save(replace(upload, state="loaded", loaded_as=kind, loaded_rows=rows))

    def remove(self, id_: str) -> None:
        """Remove a file; what was loaded from it stays loaded."""
        shutil.rmtree(self.folder / self.get(id_).id, ignore_errors=True)

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
