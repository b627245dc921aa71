"""`tropa settings`: shown, and changed one by one."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tropa.cli.settings import command
from tropa.errors import TropaError
from tropa.workspace.settings import Settings, read_settings
from tropa.workspace.workspace import Workspace


def test_one_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "ws", Settings("Shop", timezone="Europe/Moscow", goal_price=10))
    done = CliRunner().invoke(command, [str(tmp_path / "ws"), "--currency", "RUB", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["currency"] == "RUB"
    settings = read_settings(tmp_path / "ws")
    assert (settings.currency, settings.timezone, settings.goal_price) == ("RUB", "Europe/Moscow", 10)


def test_the_price_is_taken_back_by_none(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "ws", Settings("Shop", goal_price=10))
    assert CliRunner().invoke(command, [str(tmp_path / "ws"), "--goal-price", "none"]).exit_code == 0
    assert read_settings(tmp_path / "ws").goal_price is None
    assert CliRunner().invoke(command, [str(tmp_path / "ws"), "--goal-price", "much"]).exit_code == 2


def test_a_time_zone_that_is_none_changes_nothing(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "ws", Settings("Shop"))
    done = CliRunner().invoke(command, [str(tmp_path / "ws"), "--timezone", "Mars/Base"])
    assert isinstance(done.exception, TropaError)
    assert read_settings(tmp_path / "ws").timezone == "UTC"
