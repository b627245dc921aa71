"""Commands of Tropa in processes of their own that need not import it first.

They are forked from one process that has imported it and done nothing else: a fresh interpreter spends most of a short
command on imports, and the tests run some hundred of them.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tropa.cli.load", "tropa.cli.map", "tropa.service.app", "uvicorn"])


def started(arguments: Sequence[object], out: Path, err: Path | None = None, **environment: str) -> BaseProcess:
    """The command under way; what it says goes to the files, to one where there is no second."""
    # What is set here and now; the forking process has what was set when it was started.
    told = ([*map(str, arguments)], str(out), str(err or out), {**os.environ, **environment})
    process = _FORKS.Process(target=_run, args=told, daemon=True)
    process.start()
    return process


def run(*arguments: object, timeout_seconds: float = 150, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, as a person would run it in a shell."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = started(arguments, out, err, **environment)
        process.join(timeout_seconds)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"tropa {arguments} took more than {timeout_seconds:.0f} s: {err.read_text()}")
        return subprocess.CompletedProcess(arguments, process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _run(arguments: list[str], out: str, err: str, environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    from tropa.cli import main

    main(arguments)
