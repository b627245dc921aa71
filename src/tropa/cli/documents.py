"""`tropa documents WS [where] | move URL`."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli.output import print_json, print_result
from tropa.errors import TropaError


@click.command("documents")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("action", type=click.Choice(["where", "move"]), default="where")
@click.argument("url", required=False)
@click.option("--json", "as_json", is_flag=True)
def command(workspace: Path, action: str, url: str | None, as_json: bool) -> None:
    """Where maps, comments and people are kept; or move them to PostgreSQL: move postgresql://user:password@host/name.

    Stop the service before moving."""
    from tropa.store.documents import Documents
    from tropa.workspace.move import move_documents
    from tropa.workspace.settings import read_settings

    if action == "where":
        where = Documents(workspace, read_settings(workspace).documents).where
        if as_json:
            print_json({"documents": where})
        else:
            click.echo(where)
        return
    if not url:
        raise TropaError("documents move takes an address.", "postgresql://user:password@host/name", kind="usage")
    moved = move_documents(workspace, url)
    if as_json:
        print_json(moved)
    else:
        print_result(moved)
