"""`tropa map WS export --format pdf --out FILE`: a map as a file to take away."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tropa.cli.output import print_json
from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.workspace.workspace import Workspace

_TEXT = ("csv", "html", "yaml")
_OPTIONS = (
    click.option(
        "--format",
        type=click.Choice(["pdf", "png", "pptx", "xlsx", "csv", "html", "yaml"]),
        help="export: a file to take away, with what was measured.",
    ),
    click.option("--map", "map_id", help="The map, by its name or id; else the one that is live."),
    click.option("--paper", type=click.Choice(["a4", "a3", "a2", "a1"]), help="pdf, png: the sheet of paper; a3."),
    click.option("--orientation", type=click.Choice(["landscape", "portrait"]), help="pdf, png; landscape."),
    click.option(
        "--layout", type=click.Choice(["fit", "pages"]), help="pdf: all on one page (fit), or as many as it takes."
    ),
    click.option(
        "--findings",
        type=click.Choice(["yes", "no"]),
        help="Flags of findings on the map; no, unless told: they take time.",
    ),
    click.option("--dots", type=int, help="png: dots an inch; 144."),
    click.option("--language", type=click.Choice(["ru", "en"]), help="Else that of the workspace."),
    click.option("--since", help="Journeys that began on or after this day or time."),
    click.option("--until", help="Journeys that began up to this day or time."),
    click.option("--segment", multiple=True, help="attribute=value; repeat for more."),
    click.option("--channel", multiple=True, help="Journeys that used one of these channels."),
    click.option("--scenario", multiple=True, help="A touchpoint or stage they came to; with ! before it: did not."),
    click.option("--unit", type=click.Choice(["customer", "case", "session"]), help="What one journey is."),
)


def taking(command: Callable[..., None]) -> Callable[..., None]:
    """The options of taking a map away."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def told(options: dict[str, Any]) -> dict[str, Any]:
    """Options that were given."""
    given = {name: value for name, value in options.items() if value is not None and value != ()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


def take_away(workspace: Workspace, given: dict[str, Any], out: Path | None, as_json: bool) -> None:
    """Write the file, or its bytes to standard output.

    Raises:
        TropaError: no format was named, or the map cannot be given out so.
    """
    from tropa.exports.take import LIVE, take, take_params

    if "format" not in given:
        raise TropaError(
            f"--{min(given)} needs a format.", "Add --format pdf, png, pptx, xlsx, csv or html.", kind="usage"
        )
    map_id = given.pop("map_id", LIVE)
    refuse_terminal(given["format"], out)
    taken = take(workspace, take_params(given), map_id)
    write_out(taken.data, out, as_json)


def refuse_terminal(form: str, out: Path | None) -> None:
    """Refuse bytes where a person would look at them."""
    if out is None and form not in _TEXT and sys.stdout.isatty():
        raise TropaError(f"A {form} is not shown on a terminal.", "Add --out FILE.", kind="usage")


def write_out(data: bytes, out: Path | None, as_json: bool) -> None:
    """Write a file and say so, or its bytes to standard output."""
    if out is None:
        sys.stdout.buffer.write(data)
        return
    out.write_bytes(data)
    if as_json:
        print_json({"file": str(out), "bytes": len(data)})
    else:
        click.echo(f"{out}: {len(data):,} bytes", err=True)
