"""`tropa map WS import FILE | export | propose | check`."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli.output import print_json, print_result
from tropa.errors import TropaError


@click.command("map")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("action", type=click.Choice(["import", "export", "propose", "check"]))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="write there instead of standard output")
@click.option("--json", "as_json", is_flag=True)
def command(workspace: Path, action: str, file: Path | None, out: Path | None, as_json: bool) -> None:
    """Take a map in (import FILE), give it out (export), draw a first one from the data (propose), or check one (check [FILE])."""
    from tropa.workspace import maps
    from tropa.workspace.workspace import Workspace

    opened = Workspace(workspace)
    if action == "import":
        if file is None:
            raise TropaError("map import takes a file.", f"tropa map {workspace} import map.yaml", kind="usage")
        taken = maps.import_map(opened, file)
        if as_json:
            print_json(taken)
        else:
            print_result(taken)
    elif action == "check":
        checked = maps.check_map(opened, file)
        if as_json:
            print_json(checked)
        else:
            print_result(checked)
    else:
        data = maps.export_map(opened) if action == "export" else maps.propose_map(opened).encode("utf-8")
        if out is not None:
            out.write_bytes(data)
        elif as_json:
            print_json({"map": data.decode("utf-8")})
        else:
            click.get_binary_stream("stdout").write(data)
