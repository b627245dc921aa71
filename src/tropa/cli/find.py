"""`tropa find WS [--all] [--json]`: the findings."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import click

from tropa.cli.output import Progress, print_json
from tropa.cx.speech import Language
from tropa.engine.compiling import told_of_compiling
from tropa.findings.finding import Finding, Findings
from tropa.findings.names import HEADS, confirmation, heading, moment_line, note_head, nothing, under_line

_COMPILING: dict[Language, str] = {
    "ru": "первый запуск на этой машине: готовим программу к работе, один раз, до минуты",
    "en": "first run on this machine: compiling, once, up to a minute",
}

_SUSPICIONS = 5
"""So many are shown where nothing is sure."""


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
@click.option("--language", type=click.Choice(["ru", "en"]), help="Of all that is said; else that of the workspace.")
def command(workspace: Path, everything: bool, as_json: bool, **options: Any) -> None:
    """Say what is wrong in the journey, why, and what it costs: the findings, what costs most first."""
    from tropa.contract.filters import split_texts
    from tropa.workspace.checked import checked
    from tropa.workspace.find import FindParams
    from tropa.workspace.workspace import Workspace

    told = {name: value for name, value in options.items() if value not in (None, ())}
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    params = checked("find", FindParams, split_texts(FindParams, {"all": everything, **given}))
    asked = Workspace(workspace)
    language = params.language or asked.language
    progress = Progress()
    with told_of_compiling(lambda: progress.say(_COMPILING[language])):
        # People are shown suspicions where nothing is sure, whether they asked for them or not.
        found = asked.find(params if as_json else params.model_copy(update={"all": True}), progress)
    progress.end()
    if as_json:
        print_json(found)
    else:
        _print(found, language, everything)


def _print(found: Findings, language: Language, everything: bool) -> None:
    """Findings for people, each with what is told under it."""
    for line in heading(found, language):
        click.echo(line)
    click.echo()
    heads = HEADS[language]
    width = max(len(head) for head in heads.values()) + 1
    moments: dict[str, list[Finding]] = defaultdict(list)
    for finding in found.findings:
        if finding.told_under is not None:
            moments[finding.told_under].append(finding)
    sure = [finding for finding in found.findings if finding.kind not in ("harmless", "undetermined")]
    if not sure:
        click.echo(nothing(found, language))
    sure += () if everything else found.lower_scores
    unknown = [finding for finding in found.findings if finding.kind == "undetermined"]
    for finding in found.findings if everything else sure or unknown[:_SUSPICIONS]:
        if finding.told_under is not None:
            continue
        click.echo(f"{heads[finding.kind]:{width}}{finding.because}")
        under = [under_line(one, language) for one in finding.under]
        under += [moment_line(one, language) for one in moments[finding.id]]
        if finding.voice is not None and finding.voice.confirmed:
            under.append(confirmation(finding.voice.quotes[0].text if finding.voice.quotes else None, language))
        for line in under:
            click.echo(f"{'':{width}}- {line}")
    for note in (*found.notes, *found.warnings):
        click.echo(f"{note_head(language)}: {note}", err=True)
