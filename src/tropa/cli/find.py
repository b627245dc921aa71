"""`tropa find WS [--all] [--json]`: the findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tropa.cli.output import Progress, print_json
from tropa.findings.finding import Findings

_HEADS = {
    "barrier": "BARRIER",
    "inconvenience": "INCONVENIENCE",
    "bottleneck": "BOTTLENECK",
    "gap": "GAP",
    "moment_of_truth": "MOMENT OF TRUTH",
    "single_case": "SINGLE CASE",
    "harmless": "harmless",
    "undetermined": "undetermined",
}


@click.command("find")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Also what was found harmless, or cannot be told.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--since", help="Journeys that began on or after this day or time.")
@click.option("--until", help="Journeys that began up to this day or time.")
@click.option("--segment", multiple=True, help="attribute=value; repeat for more.")
@click.option("--channel", multiple=True, help="Journeys that used one of these channels.")
@click.option("--unit", type=click.Choice(["customer", "case", "session"]), help="What one journey is.")
@click.option("--margin", type=float, help="Loss of goals (a share) that is too small to matter; 0.01 unless told.")
@click.option("--language", type=click.Choice(["ru", "en"]), help="Of the sentences; else that of the workspace.")
def command(workspace: Path, everything: bool, as_json: bool, **options: Any) -> None:
    """Say what is wrong in the journey, why, and what it costs: the findings, what costs most first."""
    from tropa.workspace.find import find_params
    from tropa.workspace.workspace import Workspace

    told = {name: value for name, value in options.items() if value not in (None, ())}
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    found = Workspace(workspace).find(find_params({"all": everything, **given}), Progress())
    if as_json:
        print_json(found)
        return
    click.echo(f"{found.journeys:,} journeys, {found.tested} obstacles tested, {found.clean} of them found harmless\n")
    for finding in found.findings:
        click.echo(f"{_HEADS[finding.kind]:16} {finding.because}")
        for under in finding.under:
            click.echo(f"{'':16} - {under.obstacle} at {under.touchpoint} ({under.why})")
        if finding.voice is not None and finding.voice.confirmed:
            click.echo(
                f"{'':16} customers confirm it: «{finding.voice.quotes[0].text}»" if finding.voice.quotes else ""
            )
    if not any(finding.kind not in ("harmless", "undetermined") for finding in found.findings):
        click.echo(_nothing(found))
    for note in (*found.notes, *found.warnings):
        click.echo(f"note: {note}", err=True)


def _nothing(found: Findings) -> str:
    """What to say where nothing is told: that all is well only where it was seen to be."""
    if found.tested == 0:
        return "Nothing could be tested: see the notes."
    unknown = found.tested - found.clean
    if unknown == 0:
        return "Nothing was found to be wrong."
    return f"Nothing is surely wrong; of {found.tested} obstacles {unknown} cannot be told yet (--all says why)."
