"""Settings of a workspace, changed while it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tropa.errors import TropaError
from tropa.workspace.settings import Settings, read_settings, write_settings
from tropa.workspace.workspace import Workspace

MAX_NAME = 200
MAX_CURRENCY = 12


def configure(workspace: Workspace, **changes: Any) -> Settings:
    """Change settings; what is not named stays. What was loaded keeps the times that it was given then.

    Args:
        workspace: whose.
        changes: `name`, `language`, `timezone`, `currency`, `goal_price` (None: as the data says).

    Raises:
        TropaError: a value that cannot be.
    """
    fresh = replace(read_settings(workspace.folder), **changes)
    if not fresh.name.strip() or len(fresh.name) > MAX_NAME:
        raise TropaError("The workspace needs a name.", f"Write 1 to {MAX_NAME} characters.", kind="usage")
    if fresh.language not in ("ru", "en"):
        raise TropaError(f"{fresh.language!r} is no language here.", "Write ru or en.", kind="usage")
    if len(fresh.currency) > MAX_CURRENCY:
        raise TropaError(
            f"A currency of {len(fresh.currency)} characters.", f"Write {MAX_CURRENCY} at most, such as RUB.", "usage"
        )
    try:
        _ = fresh.zone
    except TropaError:
        hint = "Write one such as Europe/Moscow."
        raise TropaError(f"{fresh.timezone!r} is no time zone.", hint, "usage") from None
    fresh = replace(fresh, name=fresh.name.strip(), currency=fresh.currency.strip())
    write_settings(workspace.folder, fresh)
    workspace.adopt(fresh)
    return fresh
