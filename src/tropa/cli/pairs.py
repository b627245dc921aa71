"""Pairs as they are typed: `a=b,c=d`, given once or several times, names with a comma or an equals sign in quotes."""

from __future__ import annotations

from collections.abc import Iterator

from tropa.errors import TropaError

_HOW = """Write a=b,c=d; a name with a comma or an equals sign in it in double quotes: 'time="Date, time"'."""


def pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """Names and what they are given. What stands behind a comma and is no pair belongs to the name before it.


    Raises:
        TropaError: (usage) a part is no pair, or a quote is not closed.
    """
    found: dict[str, str] = {}
    for text in texts:
        for name, value in _pairs(text, option):
            found[name] = value
    return found


def names(texts: tuple[str, ...], option: str) -> list[str]:
    """Names with commas between them, given once or several times.

    Raises:
        TropaError: (usage) a quote is not closed.
    """
    found = [_unquoted(part) for text in texts for part in _split(text, ",", option)]
    return [name for name in found if name]


def _pairs(text: str, option: str) -> Iterator[tuple[str, str]]:
    parts: list[list[str]] = []
    for part in _split(text, ",", option):
        if not part.strip():
            continue
        pair = _split(part, "=", option, most=1)
        if len(pair) == 1 and parts:
            parts[-1][1] += f",{part}"
            continue
        if len(pair) == 1 or not all(_unquoted(word) for word in pair):
            raise TropaError(f"{option}: {part!r} is not NAME=COLUMN.", _HOW, kind="usage")
        parts.append(pair)
    for name, value in parts:
        yield _unquoted(name), _unquoted(value)


def _split(text: str, mark: str, option: str, most: int = -1) -> list[str]:
    """Parts of a text between marks that stand outside of quotes. A quote opens only where a name begins."""
    parts: list[str] = []
    begin, at, inside, fresh = 0, 0, False, True
    while at < len(text):
        letter = text[at]
        if inside:
            if letter == '"' and text[at + 1 : at + 2] == '"':
                at += 1
            elif letter == '"':
                inside = False
        elif letter == '"' and fresh:
            inside = True
        elif letter == mark and len(parts) != most:
            parts.append(text[begin:at])
            begin = at + 1
        fresh = not inside and (letter in ",=" or (fresh and letter.isspace()))
        at += 1
    if inside:
        raise TropaError(f"{option}: a quote in {text!r} is opened and never closed.", _HOW, kind="usage")
    return [*parts, text[begin:]]


def _unquoted(text: str) -> str:
    plain = text.strip()
    if len(plain) >= 2 and plain[0] == plain[-1] == '"':
        return plain[1:-1].replace('""', '"')
    return plain
