"""`tropa init WS`: an empty workspace."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli.output import print_json
from tropa.workspace.settings import Settings


@click.command("init")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--name", help="name of the company; the folder's name where not given")
@click.option("--language", type=click.Choice(["ru", "en"]), default="en", show_default=True)
@click.option("--timezone", default="UTC", show_default=True, help="of times without an offset, such as Europe/Moscow")
@click.option("--currency", default="", help="of the column `value`, such as RUB")
@click.option("--goal-price", type=float, help="what one reached goal is worth; wins over what the data says")
@click.option("--json", "as_json", is_flag=True)
def command(
    workspace: Path,
    name: str | None,
    language: str,
    timezone: str,
    currency: str,
    goal_price: float | None,
    as_json: bool,
) -> None:
    """Make an empty workspace in a new or empty folder."""
    from tropa.workspace.workspace import Workspace

    settings = Settings(name or workspace.resolve().name, language, timezone, currency, goal_price=goal_price)
    _ = settings.zone
    Workspace.create(workspace, settings)
    if as_json:
        print_json({"workspace": str(workspace), "name": settings.name})
    else:
        click.echo(f"{workspace} is ready. Next: tropa load {workspace} FILE --as events")
