"""Workers as the benchmark sees them: started, given orders, waited for no longer than agreed, ended."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from peers.peer import THREADS

HERE = Path(__file__).parent
TIMEOUT_SECONDS = 600.0


class PeerFailed(Exception):
    """The tool failed, died, or took too long."""


def cores() -> set[int]:
    """The processors that everybody gets."""
    return set(sorted(os.sched_getaffinity(0))[:THREADS])


class Worker:
    """One tool over one file of events, in a process of its own."""

    def __init__(self, peer: str, parquet: Path, folder: Path, log: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._log = log.open("ab")
        environment = os.environ | {"POLARS_MAX_THREADS": str(THREADS), "OMP_NUM_THREADS": str(THREADS)}
        environment["RETENTIONEERING_NO_TRACK"] = "1"
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py"), peer, str(parquet), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, cores()),
        )
        self._reports: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._reports.put(line)
        self._reports.put("")

    def order(self, doing: str, **more: Any) -> dict[str, Any]:
        """One order done.

        Raises:
            PeerFailed: with the reason in words.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": doing, **more}) + "\n")
            self._process.stdin.flush()
            line = self._reports.get(timeout=TIMEOUT_SECONDS)
        except queue.Empty:
            self._process.kill()
            raise PeerFailed(f"no answer within {TIMEOUT_SECONDS / 60:.0f} minutes") from None
        except BrokenPipeError:
            line = ""
        if not line:
            raise PeerFailed(f"the process ended (code {self._process.wait()})")
        report: dict[str, Any] = json.loads(line)
        if "error" in report:
            raise PeerFailed(report["error"])
        return report

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
