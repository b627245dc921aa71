"""`tropa map WS import FILE | export | propose | check | list`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from tropa.cli.output import print_json, print_result
from tropa.cli.take import take_away, taking, told
from tropa.errors import TropaError

ACTIONS = ("import", "export", "propose", "check", "list")


class _InOrder(click.Command):
    """Says the right order where somebody puts what is to be done before the workspace."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = [word for word in args if not word.startswith("-")]
        if len(words) > 1 and words[0] in ACTIONS and words[1] not in ACTIONS:
            right = shlex.join(["tropa", "map", words[1], words[0], *words[2:]])
            raise click.UsageError(f"The workspace comes first: {right}", ctx)
        return super().parse_args(ctx, args)


@click.command("map", cls=_InOrder)
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="write there instead of standard output")
@click.option("--new", is_flag=True, help="import: as a new map beside the others, not as a new version")
@click.option("--json", "as_json", is_flag=True)
@taking
def command(
    workspace: Path, action: str, file: Path | None, out: Path | None, new: bool, as_json: bool, **options: Any
) -> None:
    """Take a map in (import FILE), give it out (export), draw one from the data (propose), check one (check [FILE]),
    or list those that are there (list).

    Without --map, this is about the living map. With --format, export gives it out as a file to take away, with what
    was measured on it.
    """
    from tropa.workspace import maps
    from tropa.workspace.workspace import Workspace

    opened = Workspace(workspace)
    asked = options.pop("map_id", None)
    named = None if asked is None else opened.book.find(asked).id
    if (new and action != "import") or (named and (new or action in {"propose", "list"})):
        raise TropaError(
            f"map {action} takes no such option.", "--new is for import, --map names one map.", kind="usage"
        )
    if given := told(options):
        if action != "export":
            raise TropaError(f"map {action} takes no --{min(given)}.", "These options belong to export.", kind="usage")
        take_away(opened, given | ({"map_id": named} if named else {}), out, as_json)
    elif action == "list":
        _print(maps.list_maps(opened), as_json)
    elif action == "import":
        if file is None:
            raise TropaError("map import takes a file.", f"tropa map {workspace} import map.yaml", kind="usage")
        _print(maps.import_map(opened, file, named, new), as_json)
    elif action == "check":
        _print(maps.check_map(opened, file, named), as_json)
    else:
        data = maps.export_map(opened, named) if action == "export" else maps.propose_map(opened).encode("utf-8")
        if out is not None:
            out.write_bytes(data)
        elif as_json:
            print_json({"map": data.decode("utf-8")})
        else:
            sys.stdout.buffer.write(data)


def _print(value: object, as_json: bool) -> None:
    if as_json:
        print_json(value)
    else:
        print_result(value)
