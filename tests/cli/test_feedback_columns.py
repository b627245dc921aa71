"""A file of feedback with foreign column names is told at once what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tropa.cli import main


def run(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(arg) for arg in args])
    return int(ended.value.code or 0)


def test_all_that_is_missing_is_named_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("init", tmp_path / "ws")
    said = tmp_path / "said.csv"
    said.write_text("who,when,how,words\nann,2026-01-01,review,ничего так\n", "utf-8")
    capsys.readouterr()
    assert run("load", tmp_path / "ws", said, "--as", "feedback") == 1
    told = capsys.readouterr().err
    assert "no column for time, customer_id, kind and score or text" in told
    assert "--columns time=when,kind=:review,customer_id=...,score=..." in told
    columns = "time=when,customer_id=who,kind=how"
    assert run("load", tmp_path / "ws", said, "--as", "feedback", "--columns", columns) == 1
    assert "no column for score or text" in capsys.readouterr().err
    assert run("load", tmp_path / "ws", said, "--as", "feedback", "--columns", f"{columns},text=words") == 0
