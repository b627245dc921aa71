"""`tropa demo [COMPANY]`: a simulated company in a workspace, served."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from tropa.cli.output import Progress
from tropa.cli.serve import free_port, serve
from tropa.errors import TropaError


@click.command("demo")
@click.argument("company", default="bank")
@click.option("--workspace", type=click.Path(path_type=Path), help="folder; demo/COMPANY where not given")
@click.option("--customers", default=20_000, show_default=True, type=click.IntRange(100))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(company: str, workspace: Path | None, customers: int, host: str, port: int) -> None:
    """Make a workspace with a simulated company in it, and serve it. A second start takes what is there."""
    folder = workspace or Path("demo") / company
    if not (folder / "workspace.json").exists():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise TropaError(f"{folder} is not an empty folder.", "Choose another: --workspace.", kind="workspace")
        make_demo(company, folder, customers)
    serve(folder, host, free_port(host, port))


def make_demo(company: str, folder: Path, customers: int) -> None:
    """A workspace that is there whole or not at all: it is made beside and moved into its place."""
    from tropa.simulate import COMPANIES, simulate
    from tropa.sources import Reading
    from tropa.workspace import maps
    from tropa.workspace.settings import Settings
    from tropa.workspace.workspace import Workspace

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as made:
        files = Path(made) / "files"
        simulate(company, files, customers=customers, progress=lambda text: click.echo(text, err=True))
        target = Path(made) / "workspace"
        told = COMPANIES[company]
        settings = Settings(company, language=told.language, timezone="Europe/Moscow", currency=told.currency)
        workspace = Workspace.create(target, settings)
        maps.import_map(workspace, files / "map.yaml")
        for kind in ("customers", "events", "feedback"):
            workspace.load([next(files.glob(f"{kind}.*"))], kind, Reading(timezone=settings.timezone), Progress())
        target.replace(folder)
