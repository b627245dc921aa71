"""Asked for help, `show` tells the parameters of the analysis that was named."""

from __future__ import annotations

import pytest

from tropa.cli import main


def test_help_of_an_analysis_tells_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["show", "anywhere", "funnel", "--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert "--step-within" in out and "--compare" in out


def test_help_without_an_analysis_tells_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["show", "--help"])
    assert ended.value.code == 0
    assert "WORKSPACE [ANALYSIS]" in capsys.readouterr().out


def test_a_missing_workspace_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["show"])
    assert ended.value.code == 2
    assert "WORKSPACE" in capsys.readouterr().err
