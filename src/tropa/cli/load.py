"""`tropa load WS FILE... --as KIND`: bring files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tropa.cli.output import Progress, print_json, print_result
from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.sources import FileKind, Join


def pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """`a=b,c=d`, given once or several times."""
    found: dict[str, str] = {}
    for part in (part for text in texts for part in text.split(",")):
        if not part.strip():
            continue
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise TropaError(f"{option}: {part!r} is not NAME=COLUMN.", "Write a=b,c=d.", kind="usage")
        found[name.strip()] = value.strip()
    return found


def join_of(text: str) -> Join:
    """`FILE:KEY`, or `FILE:OURS=THEIRS`."""
    from tropa.sources import Join

    path, colon, key = text.rpartition(":")
    if not colon or not key:
        raise TropaError(f"--join: {text!r} is not FILE:KEY.", "Write customers.csv:customer_id.", kind="usage")
    return Join(Path(path), key)


@click.command("load")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["events", "feedback", "customers", "identities"]),
    required=True,
    help="what it is",
)
@click.option("--columns", multiple=True, help="canonical=theirs,...; `=:word` gives every row the same word")
@click.option("--milestones", multiple=True, help="activity=column,...: a wide table, one row a case")
@click.option("--identifiers", multiple=True, help="further identifier columns: their values are one customer's")
@click.option("--join", "joins", multiple=True, help="FILE:KEY: add the columns of another table by its key")
@click.option("--timezone", help="of times without an offset; the workspace's where not given")
@click.option("--encoding", help="of text files, where recognising fails")
@click.option("--delimiter", help="of text files, where recognising fails")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="how 03/04/2021 is to be read")
@click.option("--sheet", help="of an XLSX file; the first where not given")
@click.option("--json", "as_json", is_flag=True)
def command(
    workspace: Path,
    files: tuple[Path, ...],
    kind: FileKind,
    columns: tuple[str, ...],
    milestones: tuple[str, ...],
    identifiers: tuple[str, ...],
    joins: tuple[str, ...],
    timezone: str | None,
    encoding: str | None,
    delimiter: str | None,
    dates: Literal["day-first", "month-first"] | None,
    sheet: str | None,
    as_json: bool,
) -> None:
    """Bring files in: CSV, TSV (also .gz, .zst), Parquet, JSON lines, XLSX, XES.

    The same file twice changes nothing.
    """
    from tropa.sources import Reading
    from tropa.workspace.workspace import Workspace

    opened = Workspace(workspace)
    how = Reading(
        columns=pairs(columns, "--columns"),
        milestones=pairs(milestones, "--milestones"),
        identifiers=[name.strip() for text in identifiers for name in text.split(",") if name.strip()],
        join=[join_of(text) for text in joins],
        timezone=timezone or opened.settings.timezone,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        dates=dates,
    )
    progress = Progress()
    report = opened.load(files, kind, how, progress)
    progress.end()
    if as_json:
        print_json(report)
        return
    print_result(report)
    if report.rejects_file is not None:
        click.echo(f"Rows set aside, with reasons: {workspace / report.rejects_file}", err=True)
