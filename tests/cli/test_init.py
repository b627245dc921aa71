"""`tropa init`: the price of a goal."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from tropa.cli.init import command
from tropa.errors import TropaError
from tropa.workspace.settings import read_settings


def test_the_price_of_a_goal_is_kept(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path / "ws"), "--currency", "EUR", "--goal-price", "120.5"])
    assert done.exit_code == 0, done.output
    settings = read_settings(tmp_path / "ws")
    assert (settings.goal_price, settings.currency) == (120.5, "EUR")


def test_no_price_below_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path / "ws"), "--goal-price", "-3"])
    assert isinstance(done.exception, TropaError)
    assert "price" in done.exception.message
    assert not (tmp_path / "ws").exists()
