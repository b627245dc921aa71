"""A warm process that runs commands and kills them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def run_tropa() -> Iterator[Run]:
    """Run a `tropa` command in a fork; see `runner`."""
    script = Path(__file__).with_name("runner.py")
    process = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None

    def run(*args: object, **how: Any) -> dict[str, Any]:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"args": [str(arg) for arg in args], **how}) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, "the runner died"
        told: dict[str, Any] = json.loads(answer)
        return told

    yield run
    process.stdin.close()
    process.wait(30)
    process.stdout.close()
