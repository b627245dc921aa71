"""Runs `tropa` commands in forks of one warm process, and kills them at a chosen moment.

A fresh interpreter spends most of its time on imports, where a kill proves nothing. A fork begins with the command
itself, so every kill falls into the work. Reads one JSON request a line, writes one JSON answer a line:

    {"args": [...], "kill_after_seconds": 0.3}   kill -9 after that time
    {"args": [...], "kill_at_step": 12}          kill -9 just before the 12th change of a file under `folder`
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir")


def _child(request: dict[str, Any], report: int) -> None:
    import tropa.cli

    steps = 0
    heads: list[int] = []
    folder = request.get("folder", "\0")
    kill_at = request.get("kill_at_step")

    def watch(event: str, args: tuple[Any, ...]) -> None:
        nonlocal steps
        changes = bool(args[2] & WRITING) if event == "open" else event in CHANGES
        if changes and isinstance(args[0], str | os.PathLike) and os.fspath(args[0]).startswith(folder):
            steps += 1
            if event == "os.rename" and os.path.basename(args[0]) == "HEAD.new":
                heads.append(steps)
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    status = 0
    try:
        tropa.cli.main(request["args"])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        status = 70
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    os.write(report, json.dumps({"status": status, "steps": steps, "heads": heads, "peak_kilobytes": peak}).encode())
    os._exit(0)


def _run(request: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(request, writing)
    os.close(writing)
    seconds = request.get("kill_after_seconds")
    if seconds is not None and not select.select([reading], [], [], seconds)[0]:
        os.kill(child, signal.SIGKILL)
    answer = b""
    while part := os.read(reading, 4096):
        answer += part
    os.close(reading)
    _, ended = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(ended)
    return {"killed": killed, "seconds": time.monotonic() - began, **(json.loads(answer) if answer else {})}


def main() -> None:
    import tropa.cli.load
    import tropa.sources
    import tropa.workspace.workspace  # noqa: F401 - warm before the first fork

    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
