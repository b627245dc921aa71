"""What only exports need, imported when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tropa.errors import TropaError


def extra(module: str) -> Any:
    """A module of the extra `exports`.

    Raises:
        TropaError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise TropaError(
            f"This format needs {module.partition('.')[0]}, which is not installed.",
            "Install it: pip install 'tropa[exports]'",
            kind="workspace",
        ) from None
