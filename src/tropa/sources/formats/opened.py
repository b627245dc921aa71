"""Bytes of a file, unpacked where it is packed, with the place reached in the packed file."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, Self, cast

import pyarrow as pa

from tropa.errors import TropaError

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
#: Beginnings of files that people take for tables.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document (.xls, .doc)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"ARROW1", "an Arrow file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (GZIP, "gzip-compressed data"),
    (ZSTD, "Zstandard-compressed data"),
)


def suffixes(path: Path) -> tuple[str, str]:
    """The format's suffix and the packing's: `a.csv.gz` gives `.csv`, `.gz`."""
    name = path.name.lower()
    packing = next((suffix for suffix in (".gz", ".zst") if name.endswith(suffix)), "")
    return Path(name.removesuffix(packing)).suffix if packing else Path(name).suffix, packing


def looks_like(head: bytes) -> str | None:
    """What a beginning of a file says that it is, when that is no text table; None: nothing known."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "an HTML page"
    if start.startswith((b"<?xml", b"<log", b"<!doctype")):
        return "an XML file"
    return None


def check_there(path: Path) -> int:
    """Size of the file in bytes.

    Raises:
        TropaError: no such file, a folder, no permission, or nothing in it.
    """
    if path.is_dir():
        raise TropaError(f"{path} is a folder.", "Name the files in it.")
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise TropaError(f"There is no file {path}.", "Check the path.", "not_found") from error
    except OSError as error:
        raise TropaError(f"{path} cannot be opened: {error.strerror}.", "Check the permissions.") from error
    if size == 0:
        raise TropaError(f"{path.name} is empty.", "Expected a table with a header; export it once more.")
    return size


class Opened:
    """A file opened for reading from its beginning.

    Raises:
        TropaError: the file is not packed as its name says, or the packed data breaks off.
    """

    def __init__(self, path: Path, expected: str) -> None:
        self.path = path
        self.size = check_there(path)
        self._expected = expected
        self._file = path.open("rb")
        packing = suffixes(path)[1]
        head = self._file.read(8)
        self._file.seek(0)
        self._stream: BinaryIO = self._file
        if packing == ".gz":
            self._require(head.startswith(GZIP), "gzip", head)
            self._stream = cast(BinaryIO, gzip.GzipFile(fileobj=self._file))
        elif packing == ".zst":
            self._require(head.startswith(ZSTD), "Zstandard", head)
            self._stream = cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(self._file, mode="r"), "zstd"))

    def read(self, size: int) -> bytes:
        """Up to `size` unpacked bytes; fewer only at the end."""
        parts, left = [], size
        while left > 0:
            part = self._read_once(left)
            if not part:
                break
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def done(self) -> int:
        """How many bytes of the (packed) file have been taken."""
        return self.size if self._file.closed else min(self._file.tell(), self.size)

    def as_file(self) -> io.RawIOBase:
        """The same bytes for a parser that wants a file object."""
        return _Reading(self)

    def close(self) -> None:
        """Lets the file go."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):  # portions that nobody took to the end
            self.close()

    def _read_once(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (EOFError, zlib.error, OSError) as error:
            raise TropaError(
                f"{self.path.name} is broken: its compressed data cannot be unpacked or breaks off.",
                "Copy or export it once more; nothing of it was loaded.",
            ) from error

    def _require(self, fits: bool, packing: str, head: bytes) -> None:
        if not fits:
            self._file.close()
            found = looks_like(head) or "something else"
            raise TropaError(
                f"{self.path.name} is not {packing}-compressed as its name says: it is {found}.",
                f"Expected {packing} with {self._expected} inside; rename the file or export it once more.",
            )


class _Reading(io.RawIOBase):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._opened.read(size if size is not None and size >= 0 else 1 << 40)
