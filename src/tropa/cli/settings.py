"""`tropa settings WS`: show the settings of a workspace, or change them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from tropa.cli.output import print_json

SHOWN = ("name", "language", "timezone", "currency", "goal_price", "max_links")


@click.command("settings")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--name", help="name of the company")
@click.option("--language", type=click.Choice(["ru", "en"]), help="of reports and the page")
@click.option("--timezone", help="of times without an offset, such as Europe/Moscow; for files loaded from now on")
@click.option("--currency", help="of the column `value`, such as RUB; '' for none")
@click.option("--goal-price", help="what one reached goal is worth; `none`: as the data says")
@click.option("--json", "as_json", is_flag=True)
def command(
    workspace: Path,
    name: str | None,
    language: str | None,
    timezone: str | None,
    currency: str | None,
    goal_price: str | None,
    as_json: bool,
) -> None:
    """Show the settings of a workspace; with options, change them."""
    from tropa.workspace.configure import configure
    from tropa.workspace.workspace import Workspace

    opened = Workspace(workspace)
    given = {"name": name, "language": language, "timezone": timezone, "currency": currency}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if goal_price is not None:
        changes["goal_price"] = _price(goal_price)
    settings = configure(opened, **changes) if changes else opened.settings
    told = {key: value for key, value in asdict(settings).items() if key in SHOWN}
    if as_json:
        print_json(told)
        return
    for key in SHOWN:
        click.echo(f"{key:<11} {'-' if told[key] in (None, '') else told[key]}")


def _price(text: str) -> float | None:
    if text.strip().lower() in ("none", ""):
        return None
    try:
        return float(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is neither a number nor `none`.", param_hint="--goal-price") from None
