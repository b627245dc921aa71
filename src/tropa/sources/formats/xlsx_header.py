"""In which row of a sheet its header stands: the reader of workbooks passes over blank rows above it in silence."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_BEGINNING = 256 * 1024
_LONGEST = 4 * 1024 * 1024
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*[^/])?>(.*?)</(?:\w+:)?row>", re.DOTALL)
_NUMBER = re.compile(rb"\br=[\"'](\d+)")
_FILLED = re.compile(rb"<(?:\w+:)?(v|t)\b[^>]*>[^<]")


def header_row(path: Path, sheet: str) -> int:
    """The number of the first row with anything in it, counted from 1; 1 where the workbook does not tell."""
    try:
        with zipfile.ZipFile(path) as book, book.open(_part_of(book, sheet)) as part:
            beginning = part.read(_BEGINNING)
    except (KeyError, ValueError, OSError, StopIteration, zipfile.BadZipFile, ElementTree.ParseError):
        return 1
    for place, row in enumerate(_ROW.finditer(beginning), start=1):
        if _FILLED.search(row[2]):
            number = _NUMBER.search(row[1] or b"")
            return place if number is None else int(number[1])
    return 1


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Where in the workbook the sheet lies."""
    listed = _tree(book, "xl/workbook.xml")
    link = next(
        value
        for one in listed.iter()
        if one.tag.endswith("}sheet") and one.get("name") == sheet
        for name, value in one.items()
        if name.endswith("}id")
    )
    links = _tree(book, "xl/_rels/workbook.xml.rels")
    target = next(one.get("Target", "") for one in links.iter() if one.get("Id") == link)
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _tree(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with book.open(name) as part:
        return ElementTree.fromstring(part.read(_LONGEST))
