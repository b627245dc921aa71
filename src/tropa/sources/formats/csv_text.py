"""The bytes of a text table on their way to its parser."""

from __future__ import annotations

import codecs

from tropa.sources.formats.opened import Opened

HEAD_BYTES = 256 * 1024


class Text:
    """Bytes of the file, UTF-16 and the like turned into UTF-8; the beginning can be looked at first."""

    def __init__(self, opened: Opened, head: bytes, wide: str | None) -> None:
        self._opened = opened
        self._decoder = codecs.getincrementaldecoder(wide)(errors="replace") if wide else None
        self.ended = len(head) < HEAD_BYTES
        self._ahead = self._decode(head)

    def peek(self) -> bytes:
        return self._ahead

    def skip(self, size: int) -> None:
        self._ahead = self._ahead[size:]

    def read(self, size: int) -> bytes:
        if self._ahead:
            ahead, self._ahead = self._ahead, b""
            return ahead
        if self.ended:
            return b""
        part = self._opened.read(size)
        self.ended = len(part) < size
        return self._decode(part)

    def done(self) -> int:
        return self._opened.done()

    def close(self) -> None:
        self._opened.close()

    def _decode(self, part: bytes) -> bytes:
        if self._decoder is None:
            return part
        return self._decoder.decode(part, self.ended).removeprefix("\ufeff").encode("utf-8")
