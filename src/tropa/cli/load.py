"""`tropa load WS FILE... --as KIND`: bring files in."""

from __future__ import annotations

import dataclasses
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from click.core import ParameterSource

from tropa.cli.output import Progress, print_json, print_result
from tropa.cli.pairs import names, pairs
from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.sources import FileKind, Join, Recognised
    from tropa.store.store import LoadReport
    from tropa.workspace.understand import Understood
    from tropa.workspace.workspace import Workspace

SAMPLE_ROWS = 5
MOST_WIDE = 40


def join_of(text: str) -> Join:
    """`FILE:KEY`, or `FILE:OURS=THEIRS`."""
    from tropa.sources import Join

    path, colon, key = text.rpartition(":")
    if not colon or not key:
        raise TropaError(f"--join: {text!r} is not FILE:KEY.", "Write customers.csv:customer_id.", kind="usage")
    return Join(Path(path), key)


def say_columns(file: Recognised, notes: tuple[str, ...] = ()) -> str:
    """How a file is understood, for people: a line a column, so that no width of a terminal hides one."""
    from tropa.sources import CANONICAL, CLOCKS

    order = [name for base in CANONICAL[file.kind] for name in (base, CLOCKS.get(base, base))]
    columns = sorted(file.columns.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    how = ", ".join(part for part in (file.format, file.encoding, file.delimiter and repr(file.delimiter)) if part)
    lines = [f"{file.path.name} ({how})"]
    meant = [*columns, *((ours, f"'{word}' in every row") for ours, word in file.constants.items())]
    for activity, column in file.milestones.items():
        clock = file.milestone_clocks.get(column)
        meant.append((f"event '{activity}'", column if clock is None else f"{column}, its time of day: {clock}"))
    lines += [f"  {ours} = {theirs}" for ours, theirs in meant]
    said = {
        "kept as attributes": list(file.attributes.values()),
        "not found": list(file.missing),
        "ignored": list(file.ignored),
    }
    lines += [line for what, words in said.items() if words for line in _wrapped(f"  {what}: ", words)]
    return "\n".join([*lines, *(f"  note: {note}" for note in (*file.notes, *notes))])


def say_sample(file: Recognised, rows: int = SAMPLE_ROWS) -> str:
    """The first rows as they stand in the file, a line a column."""
    from tropa.sources.formats.block import shorten
    from tropa.sources.values import plain_text

    sample = file.sample.head(rows)
    width = min(MOST_WIDE, max((len(name) for name in sample.columns), default=0))
    lines = [
        f"    {shorten(name, MOST_WIDE).ljust(width)} | {' | '.join(_cell(word) for word in plain_text(sample[name]))}"
        for name in sample.columns
    ]
    return "\n".join(["  first rows:", *lines]) if sample.height else "  It has a header and no rows."


def _cell(word: str | None) -> str:
    from tropa.sources.formats.block import shorten

    return "" if word is None else shorten(word, MOST_WIDE)


def _wrapped(head: str, words: list[str]) -> list[str]:
    return textwrap.wrap(head + ", ".join(words), 100, subsequent_indent="    ", break_on_hyphens=False)


def _as_plain(told: Understood) -> dict[str, Any]:
    file = told.found
    plain = {field.name: getattr(file, field.name) for field in dataclasses.fields(file)}
    notes = (*file.notes, *told.notes, *([str(told.trouble)] if told.trouble else []))
    return plain | {"path": str(file.path), "sample": file.sample.to_dicts(), "notes": notes}


@click.command("load")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("files", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["events", "feedback", "customers", "identities"]),
    help="what it is  [required]",
)
@click.option(
    "--columns",
    multiple=True,
    help="canonical=theirs,...; `=:word` gives every row one word; `time=Date+Time` takes two",
)
@click.option("--milestones", multiple=True, help="activity=column,...: a wide table, one row a case")
@click.option("--identifiers", multiple=True, help="further identifier columns: their values are one customer's")
@click.option("--join", "joins", multiple=True, help="FILE:KEY: add the columns of another table by its key")
@click.option("--timezone", help="of times without an offset; the workspace's where not given")
@click.option("--encoding", help="of text files, where recognising fails")
@click.option("--delimiter", help="of text files, where recognising fails")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="how 03/04/2021 is to be read")
@click.option("--sheet", help="of an XLSX file; the first where not given")
@click.option("--dry-run", is_flag=True, help="only say how the files are understood; nothing is loaded")
@click.option("--undo", is_flag=True, help="take the last load back, alone: no files")
@click.option("--json", "as_json", is_flag=True)
def command(
    workspace: Path,
    files: tuple[Path, ...],
    kind: FileKind | None,
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
    undo: bool,
    as_json: bool,
) -> None:
    """Bring files in: CSV, TSV (also .gz, .zst), Parquet, JSON lines, XLSX, XES.

    The same file twice changes nothing. Columns are known by their names; where those do not tell who, when or what,
    they are guessed from words in names and from values, if that is sure, and the guess is told. --columns always wins;
    a name with a comma or an equals sign stands in double quotes: --columns 'time="Date, time"'.

    `tropa load WS --undo` takes the last load back, once.
    """
    from tropa.sources import Reading
    from tropa.workspace.understand import understand, with_notes
    from tropa.workspace.workspace import Workspace

    opened = Workspace(workspace)
    if undo:
        _check_alone(click.get_current_context())
        _undo(opened, as_json)
        return
    if not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    if kind is None:
        raise click.UsageError("Missing option '--as'. Choose from: events, feedback, customers, identities.")
    how = Reading(
        columns=pairs(columns, "--columns"),
        milestones=pairs(milestones, "--milestones"),
        identifiers=names(identifiers, "--identifiers"),
        join=[join_of(text) for text in joins],
        timezone=timezone or opened.settings.timezone,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        dates=dates,
    )
    unsaid = not any((columns, milestones, identifiers, joins, timezone, encoding, delimiter, dates, sheet))
    understood = [understand(file, kind, how, opened.store, unsaid) for file in files]
    if dry_run:
        if as_json:
            print_json({"files": [_as_plain(file) for file in understood]})
        for file in () if as_json else understood:
            notes = (*file.notes, *([str(file.trouble)] if file.trouble else []))
            click.echo(f"{say_columns(file.found, notes)}\n{say_sample(file.found)}")
        return
    if trouble := next((file.trouble for file in understood if file.trouble), None):
        raise trouble
    if not as_json:
        for file in understood:
            told = (
                f"{file.found.path.name}\n  note: {file.notes[0]}" if file.here else say_columns(file.found, file.notes)
            )
            click.echo(told, err=True)
    progress = Progress()
    here = [file.here for file in understood]
    report = opened.load(files, kind, [file.how for file in understood], progress, here)
    progress.end()
    guessed = [file.notes for file in understood]
    taken = (
        dataclasses.replace(one, notes=with_notes(more, one.notes))
        for one, more in zip(report.files, guessed, strict=True)
    )
    report = dataclasses.replace(report, files=tuple(taken))
    if as_json:
        print_json(report)
        return
    _print_report(report, understood)
    if report.rejects_file is not None:
        click.echo(f"Rows set aside, with reasons: {workspace / report.rejects_file}", err=True)


def _print_report(report: LoadReport, understood: list[Understood]) -> None:
    """What became of the files; what reading them brought to light in full, for no cell of a table holds a sentence."""
    for one, file in zip(report.files, understood, strict=True):
        before = {*file.found.notes, *file.notes}
        for note in (note for note in one.notes if note not in before):
            click.echo(f"note: {Path(one.file).name}: {note}", err=True)
    print_result(dataclasses.replace(report, files=tuple(dataclasses.replace(one, notes=()) for one in report.files)))


def _check_alone(context: click.Context) -> None:
    """Refuse what is given beside --undo and would be passed over in silence."""
    told = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    # Older releases of click call files that were not given told.
    if told - {"workspace", "files", "undo", "as_json"} or context.params["files"]:
        raise click.UsageError("--undo stands alone: tropa load WS --undo.")


def _undo(workspace: Workspace, as_json: bool) -> None:
    progress = Progress()
    taken = workspace.undo_load(progress)
    progress.end()
    if as_json:
        print_json({"undone": taken})
        return
    for load in taken:
        click.echo(f"Taken back: {Path(load.file).name} ({load.kind}, {load.loaded:,} rows, loaded at {load.at})")
