"""`tropa serve WS`: the web application and the HTTP interface."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tropa.errors import TropaError

if TYPE_CHECKING:
    from tropa.workspace.workspace import Workspace


LAST_PORT = 65535
_LAST_SECONDS = 5


def free_port(host: str, port: int, tries: int = 20) -> int:
    """The port itself, or the next one that is free."""
    for candidate in range(port, min(port + tries, LAST_PORT + 1)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise _unusable(error, host, candidate) from None
                continue
        return candidate
    taken = f"Port {port} is" if tries == 1 else f"Ports {port} to {port + tries - 1} are"
    raise TropaError(f"{taken} taken.", "Choose one with --port.", kind="usage")


def _unusable(error: OSError, host: str, port: int) -> TropaError:
    """Why an address cannot be served from, where the next port would not help."""
    if isinstance(error, socket.gaierror):
        return TropaError(f"There is no host {host!r}: {error.strerror}.", "Mend --host.", kind="usage")
    if error.errno in (errno.EACCES, errno.EPERM):
        return TropaError(
            f"Port {port} of {host} needs rights that you do not have.",
            "Choose one from 1024 on with --port.",
            kind="usage",
        )
    return TropaError(
        f"{host} port {port} cannot be served from: {error.strerror}.",
        "Give --host an address of this machine, such as 127.0.0.1 or 0.0.0.0.",
        kind="usage",
    )


def serve(folder: Path, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    from tropa.service.app import create_app
    from tropa.workspace.people import Accounts

    app = create_app(folder)
    threading.Thread(target=warm_up, args=(app.state.workspace,), daemon=True).start()
    click.echo(f"Tropa: http://{host}:{port}  (Ctrl+C stops)")
    if not (is_loopback(host) or Accounts(app.state.workspace.documents).any()):
        click.echo(
            "Nobody has an account yet: other machines are answered only after you have made the first owner:\n"
            f"  tropa people {folder} add NAME --role owner",
            err=True,
        )
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=_LAST_SECONDS)
    # A question that is still being worked on would hold the process until it is answered to nobody. What is kept is
    # kept by then: loads and documents are whole at every moment.
    sys.stdout.flush()
    os._exit(0)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what is served there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def warm_up(workspace: Workspace) -> None:
    """Ask once what the page will ask, so that loops are compiled and pages are in memory when somebody comes."""
    from tropa.contract.filters import Filters
    from tropa.workspace.describe import describe
    from tropa.workspace.living_map import living_map

    with contextlib.suppress(TropaError):  # an empty workspace has nothing to warm up
        describe(workspace)
        living_map(workspace, Filters.model_validate({}))


@click.command("serve")
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(workspace: Path, host: str, port: int) -> None:
    """Serve the living map of a workspace."""
    from tropa.workspace.settings import read_settings

    # What is wrong with the workspace comes first: another port would not mend it.
    read_settings(workspace)
    if free_port(host, port, 1) == port:
        serve(workspace, host, port)
