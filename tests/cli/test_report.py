"""`tropa report` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.exports.test_take import MAP
from tests.helpers import event_rows, make_workspace

from tropa.cli import main
from tropa.workspace.workspace import Workspace


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["report", *args])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_a_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_workspace(tmp_path / "ws", event_rows({f"c{n}": f"form@0 pay@{9 + n}" for n in range(40)}), map_text=MAP)
    file = tmp_path / "report.html"
    status, out, _ = run(capsys, str(tmp_path / "ws"), "--out", str(file), "--language", "en", "--json")
    assert status == 0 and json.loads(out) == {"file": str(file), "bytes": file.stat().st_size}
    assert "The living map" in file.read_text("utf-8")


def test_what_is_wrong_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Workspace.create(tmp_path / "ws")
    folder = str(tmp_path / "ws")
    status, _, err = run(capsys, folder, "--format", "pdf", "--out", str(tmp_path / "r.pdf"))
    assert status == 1 and "no events yet" in err and not (tmp_path / "r.pdf").exists()
    status, _, err = run(capsys, folder, "--out", str(tmp_path / "r.docx"))
    assert status == 2 and "--format html, pdf or pptx" in err
    status, _, err = run(capsys, folder, "--out", str(tmp_path / "none" / "r.pdf"))
    assert status == 2 and "no folder" in err
