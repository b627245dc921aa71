"""`tropa serve WS`: the web application and the HTTP interface."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from tropa.errors import TropaError


def free_port(host: str, port: int, tries: int = 20) -> int:
    """The port itself, or the next one that is free."""
    for candidate in range(port, port + tries):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
        return candidate
    raise TropaError(f"Ports {port} to {port + tries - 1} are taken.", "Choose one with --port.", kind="usage")


def serve(workspace: Path, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    from tropa.service.app import create_app

    app = create_app(workspace)
    click.echo(f"Tropa: http://{host}:{port}  (Ctrl+C stops)")
    uvicorn.run(app, host=host, port=port, log_level="warning")


@click.command("serve")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(workspace: Path, host: str, port: int) -> None:
    """Serve the living map of a workspace."""
    if free_port(host, port, 1) == port:
        serve(workspace, host, port)
