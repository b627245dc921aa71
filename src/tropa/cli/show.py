"""`tropa show WS [ANALYSIS] [--param value ...]`: options are derived from the form of each analysis."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click

from tropa.cli.output import Progress, print_json, print_result
from tropa.contract.analysis import Analysis
from tropa.contract.filters import split_texts


@click.command(
    "show",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    # Help is asked for by hand: after an analysis it means the parameters of that analysis.
    add_help_option=False,
)
@click.argument("workspace", type=click.Path(path_type=Path), required=False, metavar="WORKSPACE")
@click.argument("analysis", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True)
@click.option("-h", "--help", "wants_help", is_flag=True, help="Show this message, or the parameters of the analysis.")
@click.pass_context
def command(
    context: click.Context,
    workspace: Path | None,
    analysis: str | None,
    options: tuple[str, ...],
    as_json: bool,
    wants_help: bool,
) -> None:
    """Run one analysis, or list them. `tropa show WS ANALYSIS --help` tells its parameters."""
    from tropa.analyses import REGISTRY, find_analysis
    from tropa.workspace.workspace import Workspace

    if wants_help:
        click.echo(context.get_help() if analysis is None else help_of(find_analysis(analysis)))
        return
    if workspace is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    opened = Workspace(workspace)
    if analysis is None:
        rows = [{"analysis": known.slug, "question": known.question} for known in REGISTRY]
        if as_json:
            print_json({"analyses": rows})
        else:
            for row in rows:
                click.echo(f"{row['analysis']:14} {row['question']}")
        return
    chosen = find_analysis(analysis)
    params = parse_options(chosen, list(options))
    answer = opened.ask(chosen.slug, progress=Progress(), **params)
    if as_json:
        print_json(answer)
        return
    click.echo(f"{chosen.question}  ({answer.journeys:,} journeys, {answer.events:,} events, {answer.seconds:.2f} s)\n")
    print_result(answer.result)
    for warning in answer.warnings:
        click.echo(f"warning: {warning}", err=True)


def help_of(analysis: Analysis[Any, Any]) -> str:
    """The question and its parameters."""
    parser = _parser(analysis)
    with click.Context(parser, info_name=f"tropa show WS {analysis.slug}") as context:
        return parser.get_help(context)


def parse_options(analysis: Analysis[Any, Any], args: list[str]) -> dict[str, Any]:
    """Values of the options given."""
    context = _parser(analysis).make_context(f"show {analysis.slug}", args)
    given = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in context.params.items()
        if value is not None and value != ()
    }
    return split_texts(analysis.params, given)


def _parser(analysis: Analysis[Any, Any]) -> click.Command:
    options = [_option(name, field) for name, field in analysis.params.model_fields.items()]
    return click.Command(analysis.slug, params=list(options), help=analysis.question, add_help_option=False)


def _option(name: str, field: Any) -> click.Option:
    flags = [f"--{name.replace('_', '-')}"]
    if "_" in name:
        flags.append(f"--{name}")
    kinds = _kinds(field.annotation)
    settings: dict[str, Any] = {"help": field.description, "default": None}
    if bool in kinds:
        flags = [f"--{name.replace('_', '-')}/--no-{name.replace('_', '-')}"]
    elif list in kinds:
        settings["multiple"] = True
    elif int in kinds and float not in kinds:
        settings["type"] = int
    literals = [value for kind in kinds if isinstance(kind, tuple) for value in kind]
    if literals:
        settings["type"] = click.Choice(literals)
    return click.Option([name, *flags], **settings)


def _kinds(annotation: Any) -> list[Any]:
    """Types within a union or an annotation; the words of a Literal come as a tuple."""
    origin = get_origin(annotation)
    if origin is Literal:
        return [get_args(annotation)]
    if origin is types.UnionType or str(origin) == "typing.Union":
        return [kind for part in get_args(annotation) for kind in _kinds(part)]
    if hasattr(annotation, "__metadata__"):
        return _kinds(get_args(annotation)[0])
    return [origin or annotation]
