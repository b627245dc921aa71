"""Before anything is loaded, one can see how a file is understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tropa.cli import main

CRM = "Номер клиента;Дата и время;Событие;Регион\nК-1;01.03.2026 10:15;Заявка подана;Казань\n"


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    main_ok("init", str(tmp_path / "ws"))
    path = tmp_path / "crm.csv"
    path.write_bytes(CRM.encode("cp1251"))
    return path


def main_ok(*words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 0


def test_a_dry_run_tells_and_loads_nothing(crm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = str(crm.parent / "ws")
    before = sorted(path for path in (crm.parent / "ws").rglob("*"))
    main_ok("load", workspace, str(crm), "--as", "events", "--dry-run")
    out = capsys.readouterr().out
    assert "  customer_id = Номер клиента\n  time = Дата и время\n  activity = Событие\n" in out
    assert "kept as attributes: Регион" in out and "Заявка подана" in out
    assert sorted(path for path in (crm.parent / "ws").rglob("*")) == before


def test_json_is_one_document(crm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = str(crm.parent / "ws")
    capsys.readouterr()
    main_ok("load", workspace, str(crm), "--as", "events", "--dry-run", "--json")
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["columns"]["time"] == "Дата и время" and file["missing"] == []


def test_what_is_missing_is_said(crm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main_ok("load", str(crm.parent / "ws"), str(crm), "--as", "feedback", "--dry-run")
    assert "not found: kind" in capsys.readouterr().out


def test_a_load_says_how_it_understood(crm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main_ok("load", str(crm.parent / "ws"), str(crm), "--as", "events")
    captured = capsys.readouterr()
    assert "time = Дата и время" in captured.err and "time = Дата и время" not in captured.out
