"""`tropa load WS FILE... --as KIND`: bring files in."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tropa.cli.output import Progress, print_json, print_result
from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.sources import FileKind, Join, Recognised

SAMPLE_ROWS = 5


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


def say_columns(file: Recognised) -> str:
    """How a file is understood, for people."""
    from tropa.sources import CANONICAL

    order = list(CANONICAL[file.kind])
    columns = sorted(file.columns.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    how = ", ".join(part for part in (file.format, file.encoding, file.delimiter and repr(file.delimiter)) if part)
    lines = [f"{file.path.name} ({how})"]
    said = {
        "columns": [f"{ours} = {theirs}" for ours, theirs in columns],
        "the same in every row": [f"{ours} = {word}" for ours, word in file.constants.items()],
        "milestones": [f"{activity} = {column}" for activity, column in file.milestones.items()],
        "kept as attributes": list(file.attributes.values()),
        "not found": list(file.missing),
        "ignored": list(file.ignored),
        "note": list(file.notes),
    }
    lines += [f"  {what}: {', '.join(names)}" for what, names in said.items() if names]
    return "\n".join(lines)


def _as_plain(file: Recognised) -> dict[str, Any]:
    plain = {field.name: getattr(file, field.name) for field in dataclasses.fields(file)}
    return plain | {"path": str(file.path), "sample": file.sample.to_dicts()}


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
@click.option("--dry-run", is_flag=True, help="only say how the files are understood; nothing is loaded")
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
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring files in: CSV, TSV (also .gz, .zst), Parquet, JSON lines, XLSX, XES.

    The same file twice changes nothing.
    """
    from tropa.sources import Reading, recognise
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
    if dry_run:
        understood = [recognise(file, kind, how) for file in files]
        if as_json:
            print_json({"files": [_as_plain(file) for file in understood]})
        for file in () if as_json else understood:
            click.echo(f"{say_columns(file)}\n{file.sample.head(SAMPLE_ROWS)}")
        return
    if not as_json:
        for path in files:
            click.echo(say_columns(recognise(path, kind, how)), err=True)
    progress = Progress()
    report = opened.load(files, kind, how, progress)
    progress.end()
    if as_json:
        print_json(report)
        return
    print_result(report)
    if report.rejects_file is not None:
        click.echo(f"Rows set aside, with reasons: {workspace / report.rejects_file}", err=True)
