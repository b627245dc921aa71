"""How a text table is written: encoding, delimiter, header."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tropa.errors import TropaError
from tropa.sources.formats.csv_scan import scan
from tropa.sources.formats.opened import looks_like, suffixes

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}
_SAMPLE_RECORDS = 100
CYRILLIC = "cp1251"


@dataclass(slots=True)
class Dialect:
    """How a text table is written.

    `encoding` is None while everything seen is ASCII: it may still turn out to be UTF-8 or Windows-1251. `skip_bytes`
    and `skip_lines` stand before the header (a byte order mark, a `sep=;` line, blank lines).
    """

    encoding: str | None
    delimiter: str
    skip_bytes: int
    skip_lines: int


def wide_encoding(head: bytes, asked: str | None, file: str) -> str | None:
    """The encoding that has to be undone before anything else can be seen: UTF-16, or one that somebody named."""
    if asked is not None:
        try:
            name = codecs.lookup(asked).name
        except LookupError as error:
            raise TropaError(f"There is no encoding '{asked}'.", "Use utf-8 or windows-1251.", "usage") from error
        return None if name in ("utf-8", "utf-8-sig", "ascii", CYRILLIC) else name
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    view = np.frombuffer(head[: len(head) // 2 * 2], dtype=np.uint8)
    if len(view) < 4:
        return None
    even, odd = float((view[::2] == 0).mean()), float((view[1::2] == 0).mean())
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    if float((view == 0).mean()) > 0.05:
        raise TropaError(f"{file} is no text: every so often it holds a zero byte.", "Expected a CSV table in UTF-8.")
    return None


def recognise_dialect(path: Path, head: bytes, whole: bool, encoding: str | None, delimiter: str | None) -> Dialect:
    """What the first bytes of a text table tell.

    Args:
        head: the beginning, in an encoding whose delimiters are ASCII.
        whole: nothing follows it.
        encoding, delimiter: what is known already.

    Raises:
        TropaError: this is no table.
    """
    skip_bytes, skip_lines = 0, 0
    if head.startswith(codecs.BOM_UTF8):
        skip_bytes, encoding = len(codecs.BOM_UTF8), "utf-8"
    while skip_bytes < len(head) and head[skip_bytes : skip_bytes + 1] in b"\r\n":
        skip_lines += head[skip_bytes : skip_bytes + 1] == b"\n"
        skip_bytes += 1
    first_line = head[skip_bytes:].split(b"\n", 1)[0]
    told = first_line.strip().strip(b'"')
    if told.lower().startswith(b"sep=") and len(told) <= 5:
        # Excel's own way to name the delimiter.
        delimiter = delimiter or (told[4:].decode("ascii", errors="ignore") or "\t")
        skip_bytes += len(first_line) + 1
        skip_lines += 1
    if delimiter is not None:
        delimiter = _NAMES.get(delimiter.lower(), delimiter)
        if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
            raise TropaError(
                f"'{delimiter}' cannot be a delimiter.", "Use one character: comma, semicolon, tab.", "usage"
            )
    body = head[skip_bytes:]
    if not body.strip():
        raise TropaError(f"{path.name} is empty.", "Expected a table with a header; export it once more.")
    return Dialect(
        encoding or text_encoding(body, whole), delimiter or _delimiter(path, body, whole), skip_bytes, skip_lines
    )


def text_encoding(text: bytes, whole: bool = True) -> str | None:
    """UTF-8 when nearly all that is not ASCII reads as UTF-8, else Windows-1251; None: all of it is ASCII."""
    if text.isascii():
        return None
    decoded = text.decode("utf-8", errors="replace")
    if not whole:
        decoded = decoded.rstrip("\ufffd")  # a character cut in two by the end of the sample
    broken = decoded.count("\ufffd")
    beyond = len(decoded) - len(decoded.encode("ascii", errors="ignore"))
    # A few broken bytes in a UTF-8 file spoil their rows; Russian text in Windows-1251 spoils nearly every letter.
    return "utf-8" if broken * 10 <= beyond else CYRILLIC


def _delimiter(path: Path, body: bytes, whole: bool) -> str:
    """The delimiter under which the records look most like a table: the same number of fields in each, and many."""
    best, best_score = ",", (-1.0, 0)
    candidates = ("\t", ",", ";", "|") if suffixes(path)[0] == ".tsv" else _DELIMITERS
    for delimiter in candidates:
        records = scan(body, delimiter, 1, final=whole)
        if len(records.fields) == 0:
            records = scan(body, delimiter, 1, final=True)
        fields = records.fields[:_SAMPLE_RECORDS]
        fields = fields[fields > 0]
        if len(fields) == 0 or fields[0] < 2:
            continue
        # Steady enough is steady enough: among those, more columns are the better reading.
        steady = round(float((fields == fields[0]).mean()) * 4)
        if (steady, int(fields[0])) > best_score:
            best, best_score = delimiter, (steady, int(fields[0]))
    return best


def refuse_other_things(path: Path, head: bytes) -> None:
    """Refuses what begins like some other kind of file.

    Raises:
        TropaError: it does.
    """
    found = looks_like(head)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if found is None and (start.startswith((b"{", b"[{")) and b'"' in start[:200] and b":" in start[:2000]):
        found = "JSON"
    if found is not None:
        raise TropaError(
            f"{path.name} is not a text table as its name says: it is {found}.",
            "Expected CSV: a header line and one row a line, fields parted by commas, semicolons or tabs.",
        )
