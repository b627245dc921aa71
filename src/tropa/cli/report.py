"""`tropa report WS --format html|pdf|pptx --out FILE`: the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tropa.cli.output import Progress
from tropa.cli.take import refuse_terminal, told, write_out
from tropa.errors import TropaError


@click.command("report")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["html", "pdf", "pptx"]), help="Else by the ending of --out.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file; else standard output.")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
@click.option("--language", type=click.Choice(["ru", "en"]), help="Else that of the workspace.")
@click.option("--since", help="Journeys that began on or after this day or time.")
@click.option("--until", help="Journeys that began up to this day or time.")
@click.option("--segment", multiple=True, help="attribute=value; repeat for more.")
@click.option("--channel", multiple=True, help="Journeys that used one of these channels.")
@click.option("--unit", type=click.Choice(["customer", "case", "session"]), help="What one journey is.")
def command(workspace: Path, form: str | None, out: Path | None, as_json: bool, **options: Any) -> None:
    """Write the report: aim and data, key numbers, the map, findings in order of money, and how it was computed."""
    from tropa.exports.report import FORMATS, report, report_params
    from tropa.workspace.workspace import Workspace

    form = form or ("" if out is None else out.suffix.lower().removeprefix("."))
    if form not in FORMATS:
        raise TropaError("A report needs a format.", "Add --format html, pdf or pptx.", kind="usage")
    if out is None and as_json:
        raise TropaError("--json needs a file to tell of.", "Add --out FILE.", kind="usage")
    refuse_terminal(form, out)
    if out is not None and not out.parent.is_dir():
        raise TropaError(f"There is no folder {out.parent}.", "Make it, or name another one.", kind="usage")
    progress = Progress()
    taken = report(Workspace(workspace), report_params({"format": form, **told(options)}), progress)
    progress.end()
    write_out(taken.data, out, as_json)
