"""Notes of research read from files: plain text, DOCX, CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tropa.errors import TropaError
from tropa.store.documents.research import NoteKind

MAX_FILE = 10_000_000
MAX_UNPACKED = 100_000_000
MAX_ROWS = 5_000

# A line of dashes or equal signs divides a text into notes.
_DIVIDER = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,})\s*$", re.MULTILINE)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "note", "quote", "comment", "answer", "текст", "заметка", "цитата", "комментарий", "ответ"),
    "title": ("title", "topic", "subject", "заголовок", "тема", "название"),
    "kind": ("kind", "type", "вид", "тип"),
    "respondent": ("respondent", "person", "who", "customer", "респондент", "кто", "клиент", "участник"),
    "date": ("date", "day", "дата", "день"),
    "stage": ("stage", "этап"),
    "touchpoint": ("touchpoint", "точка контакта", "точка"),
    "lane": ("lane", "дорожка"),
}
_KINDS: Mapping[str, NoteKind] = {
    "interview": "interview",
    "observation": "observation",
    "quote": "quote",
    "survey": "survey",
    "note": "note",
    "интервью": "interview",
    "наблюдение": "observation",
    "цитата": "quote",
    "опрос": "survey",
    "заметка": "note",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A note in a file, with the line that it begins on; `kind` is None where the file does not say it."""

    line: int
    title: str
    text: str
    kind: NoteKind | None = None
    respondent: str = ""
    date: str | None = None
    stage: str = ""
    touchpoint: str = ""
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A row that could not become a note, and why."""

    line: int
    reason: str


def read_notes(file: str, content: bytes) -> Iterator[Found | Left]:
    """Notes of a file, by the ending of its name.

    Raises:
        TropaError: (data) a file that is not what its name says; (usage) an ending that is not known here.
    """
    if len(content) > MAX_FILE:
        raise TropaError(f"{file} has {len(content):,} bytes.", f"A file may have {MAX_FILE:,}.", kind="usage")
    ending = file.rpartition(".")[2].casefold()
    title = re.sub(r"[_\s]+", " ", file.rpartition(".")[0] or file).strip()
    if ending in {"txt", "md", "text"}:
        return _of_text(title, _decoded(file, content))
    if ending == "docx":
        return iter([Found(1, title, _docx_text(file, content))])
    if ending in {"csv", "tsv"}:
        return _of_table(file, _decoded(file, content))
    raise TropaError(f"{file} is not a file of notes.", "Bring .txt, .md, .docx or .csv.", kind="usage")


def _of_text(title: str, text: str) -> Iterator[Found]:
    parts: list[tuple[int, str]] = []
    begin = 0
    for divider in [*_DIVIDER.finditer(text), None]:
        part = text[begin : divider.start() if divider else len(text)]
        if part.strip():
            parts.append((text.count("\n", 0, begin) + 1, part.strip()))
        begin = divider.end() if divider else begin
    for number, (line, part) in enumerate(parts, 1):
        yield Found(line, title if len(parts) == 1 else f"{title} ({number})", part)


def _docx_text(file: str, content: bytes) -> str:
    try:
        import docx
    except ImportError:
        raise TropaError(
            "Reading DOCX needs a library.", "Install it: pip install 'tropa[research]'.", kind="workspace"
        ) from None
    wrong = TropaError(f"{file} is not a DOCX.", "Save it from a word processor as .docx, or as text.", kind="data")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise TropaError(f"{file} grows too large when unpacked.", "Save it without pictures.", kind="data")
        document = docx.Document(io.BytesIO(content))
        lines = []
        for part in document.iter_inner_content():
            if hasattr(part, "rows"):
                lines += [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in part.rows]
            else:
                lines.append(part.text)
    except TropaError:
        raise
    except Exception:  # whatever a broken file makes the library raise
        raise wrong from None
    return "\n".join(line for line in lines if line.strip())


def _of_table(file: str, text: str) -> Iterator[Found | Left]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        names = [name.strip().casefold() for name in next(rows, [])]
        places = {
            column: next((names.index(name) for name in known if name in names), None)
            for column, known in _COLUMNS.items()
        }
        if places["text"] is None:
            raise TropaError(
                f"{file} has no column with the text of a note.",
                "Name one `text`, `note` or `quote`; beside it there may be `title`, `kind`, `respondent`, `date`, "
                "`stage`, `touchpoint`, `lane`.",
                kind="data",
            )
        for count, row in enumerate(rows):
            if count >= MAX_ROWS:
                yield Left(rows.line_num, f"A file may bring {MAX_ROWS:,} notes: the rest was left out.")
                return
            if any(cell.strip() for cell in row):
                told = {name: _cell(row, place) for name, place in places.items()}
                yield _row(rows.line_num, told, _cell(row, names.index("quote")) if "quote" in names else "")
    except csv.Error as error:
        raise TropaError(f"{file}, line {rows.line_num}: {error}.", "Save it as CSV again.", kind="data") from None


def _cell(row: list[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _row(line: int, told: Mapping[str, str], quote: str) -> Found | Left:
    kind = _KINDS.get(told["kind"].casefold())
    if told["kind"] and kind is None:
        return Left(line, f"{told['kind'][:40]!r} is no kind of note: one of {', '.join(_KINDS)}.")
    if not told["text"]:
        return Left(line, "There is no text.")
    if kind is None and quote and quote == told["text"]:
        kind = "quote"
    return Found(
        line,
        told["title"],
        told["text"],
        kind,
        told["respondent"],
        told["date"] or None,
        told["stage"],
        told["touchpoint"],
        told["lane"],
    )


def _decoded(file: str, content: bytes) -> str:
    """Text in UTF-8, or in the older coding of Russian Windows."""
    if b"\x00" in content[:4096]:
        raise TropaError(f"{file} is not text.", "Save it as text in UTF-8.", kind="data")
    for coding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(coding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise TropaError(f"{file} is not text in UTF-8.", "Save it as UTF-8.", kind="data")
