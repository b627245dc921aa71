"""Workbooks are unpacked once for all that is asked about them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import fastexcel
import pytest
import xlsxwriter

from tropa.sources import Reading, forget, look_at, marks, read, recognise
from tropa.sources.formats import kept_sheets
from tropa.workspace.look import look
from tropa.workspace.trial import whole_trial

HEAD = ("client", "time", "event", "sum")


def write(path: Path, rows: int, above: int = 0, head: tuple[Any, ...] = HEAD, what: str = "e") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(above, 0, head)
        for row in range(rows):
            day = "32" if row == 2 else "14"
            told = [f"c{row % 7}", f"2026-03-{day} 10:{row % 60:02}", f"{what}{row % 5}", row]
            sheet.write_row(above + 1 + row, 0, told)
    return path


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name for each time a sheet was unpacked."""
    calls: list[str] = []
    opened = fastexcel.read_excel

    class Counted:
        def __init__(self, path: Path) -> None:
            self.book = opened(path)
            self.sheet_names = self.book.sheet_names

        def load_sheet(self, name: str, **how: Any) -> Any:
            calls.append(name)
            return self.book.load_sheet(name, **how)

    monkeypatch.setattr(fastexcel, "read_excel", Counted)
    return calls


def test_all_questions_of_a_wizard_unpack_a_workbook_once(tmp_path: Path, unpacked: list[str]) -> None:
    path = write(tmp_path / "a.xlsx", 50)
    first = look(path, Reading())
    look(path, Reading(columns={"case_id": "client"}), plain=True, shape="events")
    whole = whole_trial(path, "events", Reading(), lambda *_: None)
    marks(path, "events", Reading())
    assert sum(chunk.rows.height for chunk in read(path, "events")) == whole.good == first.trial.good == 49
    assert len(unpacked) == 1


def test_a_workbook_saved_anew_is_read_anew(tmp_path: Path, unpacked: list[str]) -> None:
    path = write(tmp_path / "a.xlsx", 50)
    assert look(path, Reading()).trial.activities[0][0].startswith("e")
    before = path.stat()
    write(path, 50, what="f")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert look(path, Reading()).trial.activities[0][0].startswith("f")
    forget(path)
    recognise(path, "events")
    assert len(unpacked) == 3


def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(tmp_path / f"{name}.xlsx", 50) for name in "abc"]
    keys = [kept_sheets.key_of(path, None) for path in paths]
    for path in paths[:2]:
        look_at(path, Reading())
    one = kept_sheets.kept(keys[0])
    assert one is not None
    monkeypatch.setattr(kept_sheets, "MOST_BYTES", int(one.frame.estimated_size() * 2.5))
    look_at(paths[2], Reading())
    assert [kept_sheets.kept(key) is not None for key in keys] == [True, False, True]
    monkeypatch.setattr(kept_sheets, "KEPT_SECONDS", -1.0)
    assert [kept_sheets.kept(key) is not None for key in keys] == [False] * 3


@pytest.mark.parametrize("head", [HEAD, ("client", "time", "event", 2026), ("client", "time", "event", "event")])
def test_blank_rows_above_the_header(tmp_path: Path, head: tuple[Any, ...]) -> None:
    """They are layout; lines are told as the sheet counts them."""
    (chunk,) = read(write(tmp_path / "a.xlsx", 5, above=3, head=head), "events")
    assert chunk.rows.height == 4
    assert chunk.rejects["line"].to_list() == [7]


def test_a_long_sheet_is_tried_by_its_beginning(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", 20_500)
    seen = look(path, Reading())
    assert (seen.trial.whole, seen.trial.rows_read) == (False, 20_000)
    assert whole_trial(path, "events", Reading(), lambda *_: None).rows_read == 20_500
