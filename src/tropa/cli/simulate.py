"""`tropa simulate COMPANY --out DIR`: a company with planted truth, as files."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli.output import print_json


@click.command("simulate")
@click.argument("company")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="folder for the files")
@click.option("--customers", default=20_000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option(
    "--dirty", is_flag=True, help="with rows that no real system should have, and truth.json that counts them"
)
@click.option("--json", "as_json", is_flag=True)
def command(company: str, out: Path, customers: int, seed: int, dirty: bool, as_json: bool) -> None:
    """Write a simulated company: events, feedback, customers, map.yaml, truth.json."""
    from tropa.simulate import simulate

    written = simulate(company, out, customers=customers, seed=seed, dirty=dirty, progress=_say)
    if as_json:
        print_json(written)
    else:
        click.echo(f"{company} is in {out}")


def _say(text: str) -> None:
    click.echo(text, err=True)
