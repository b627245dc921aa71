"""Pictures without what cameras write into them: where it was taken, when, by which device, whose name.

The picture itself is taken over to the byte: only segments that say something about it are left out, and whatever
follows its end (phones hide films and second pictures there). Which way up it is held stays.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from tropa.errors import TropaError

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST cICP acTL fcTL fdAT mDCV cLLI".split()
)
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_ORIENTATION = 0x0112
_UPRIGHT = 1


def type_of(content: bytes) -> str | None:
    """What a picture is by its first bytes, whatever its name says: jpg, png, gif, webp."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(_PNG):
        return "png"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def bare(content: bytes) -> tuple[bytes, str]:
    """The picture without anything said about it, and its type.

    Raises:
        TropaError: (usage) no picture that browsers show, or one that is broken.
    """
    kind = type_of(content)
    if kind is None:
        raise TropaError("This is no picture.", "Bring a JPEG, PNG, WebP or GIF.", kind="usage")
    try:
        return _BARE[kind](content), kind
    except (IndexError, struct.error, ValueError):
        raise TropaError("The picture is broken: it ends too early.", "Save it once more.", kind="usage") from None


# -- JPEG: segments, each with a marker; between scans the bytes of the picture


def _jpeg(content: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    orientation = _UPRIGHT
    for marker, segment in _segments(content):
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            # A second segment may say nothing of it.
            orientation = max(orientation, _orientation(segment[10:]))
        elif not _says_something(marker, segment):
            kept.append(segment)
    if orientation != _UPRIGHT:
        exif = b"Exif\x00\x00" + _only(orientation)
        after = 2 if len(kept) > 1 and kept[1][1] == 0xE0 else 1  # the segment of JFIF comes first
        kept.insert(after, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every marker with its segment, that of a scan with the bytes that follow it; the last one ends the picture."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:  # filling
            at += 1
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker, begin = content[at + 1], at
        if marker == 0xD9:
            yield marker, content[begin : begin + 2]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        at += 2 + length
        if marker == 0xDA:
            at = _end_of_scan(content, at)
        if length < 2 or at > len(content):
            raise ValueError("too short")
        yield marker, content[begin:at]


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.index(b"\xff", at)
        # A zero: the byte itself; D0 to D7: a restart within the scan; FF: filling.
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _says_something(marker: int, segment: bytes) -> bool:
    """Comments and segments of applications, but for those that tell how colours are shown."""
    said = segment[4:]
    if marker == 0xE0:
        return not said.startswith(b"JFIF\x00")
    if marker == 0xE2:
        return not said.startswith(b"ICC_PROFILE\x00")
    if marker == 0xEE:
        return not said.startswith(b"Adobe")
    return marker == 0xFE or 0xE1 <= marker <= 0xEF


# -- PNG and WebP: chunks


def _png(content: bytes) -> bytes:
    kept, at, name = [_PNG], len(_PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise ValueError("too short")
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        elif name == b"eXIf" and (orientation := _orientation(content[at + 8 : end - 4])) != _UPRIGHT:
            kept.append(_png_chunk(b"eXIf", _only(orientation)))
        at = end
    return b"".join(kept)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    import zlib

    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        raise ValueError("too short")
    kept, orientation = [], _UPRIGHT
    for name, body in _riff(content[12 : size + 8]):
        if name == b"EXIF":
            orientation = _orientation(body.removeprefix(b"Exif\x00\x00"))
        elif name == b"ANMF":
            kept.append((name, body[:16] + b"".join(_riff_chunk(*part) for part in _kept(_riff(body[16:])))))
        else:
            kept += _kept([(name, body)])
    turned = orientation != _UPRIGHT
    parts = [(name, _flagged(body, turned) if name == b"VP8X" else body) for name, body in kept]
    if turned and any(name == b"VP8X" for name, _ in parts):
        parts.append((b"EXIF", _only(orientation)))
    told = b"WEBP" + b"".join(_riff_chunk(name, body) for name, body in parts)
    return b"RIFF" + struct.pack("<I", len(told)) + told


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        (length,) = struct.unpack_from("<I", content, at + 4)
        if at + 8 + length > len(content):
            raise ValueError("too short")
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _kept(parts: Iterator[tuple[bytes, bytes]] | list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, body) for name, body in parts if name in _WEBP_KEPT]


def _flagged(head: bytes, exif: bool) -> bytes:
    """The head of a WebP, which says what follows."""
    return bytes([head[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if exif else 0)]) + head[1:]


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


# -- GIF: blocks


def _gif(content: bytes) -> bytes:
    at = 13 + _colours(content[10])
    kept = [content[:at]]
    while content[at] != 0x3B:
        begin = at
        if content[at] == 0x2C:
            at = _end_of_blocks(content, at + 11 + _colours(content[at + 9]))
            kept.append(content[begin:at])
        elif content[at] == 0x21:
            at = _end_of_blocks(content, at + 2)
            label = content[begin + 1]
            if label == 0xF9 or (label == 0xFF and content[begin + 3 : begin + 14] in _GIF_KEPT):
                kept.append(content[begin:at])
        else:
            raise ValueError("no block")
    return b"".join([*kept, b"\x3b"])


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += 1 + content[at]
    return at + 1


# -- which way up


def _orientation(exif: bytes) -> int:
    """Which way up the picture is to be shown: 1 as it is, 2 to 8 mirrored or turned."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for number in range(count):
            tag, type_, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if (tag, type_) == (_ORIENTATION, 3) and 1 <= value <= 8:
                return int(value)
    except (KeyError, struct.error):
        pass
    return _UPRIGHT


def _only(orientation: int) -> bytes:
    """EXIF that says nothing else."""
    return b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


_BARE: dict[str, Callable[[bytes], bytes]] = {"jpg": _jpeg, "png": _png, "webp": _webp, "gif": _gif}
