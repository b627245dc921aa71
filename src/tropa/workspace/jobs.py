"""Long work in the background: one piece after the other, each with its progress, each may be stopped."""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tropa.errors import TropaError, system_error

State = Literal["queued", "running", "done", "failed", "cancelled"]
Phase = Literal["waiting", "checking", "reading", "writing", "deriving"]
What = Literal["load", "check", "undo"]
_KEPT = 50


class Stopped(Exception):
    """Somebody asked the work to stop."""


@dataclass(slots=True)
class Job:
    """One piece of work.

    Attributes:
        what: `load`, `check` or `undo`.
        phase: what is done now; `waiting` for another writer of the workspace.
        file: the file in hand.
        share: how much is done, 0..1; None while that is not known.
        cancellable: whether stopping still leaves everything as it was.
        result: what it came to.
    """

    id: str
    what: What
    state: State = "queued"
    phase: Phase = "waiting"
    file: str = ""
    share: float | None = None
    cancellable: bool = True
    result: Any = None
    error: TropaError | None = None
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    stop: bool = False

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return round((self.ended or time.monotonic()) - self.began, 2)

    def tell(self, phase: Phase, file: str = "", share: float | None = None) -> None:
        """Say how far it is.

        Raises:
            Stopped: it was asked to stop, and still can.
        """
        if self.stop and self.cancellable:
            raise Stopped
        self.phase, self.file, self.share = phase, file, share


Work = Callable[[Job], Any]


class Jobs:
    """Jobs of one service, done in a thread of their own in the order in which they came."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._waiting: queue.SimpleQueue[tuple[Job, Work]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def add(self, what: What, work: Work) -> Job:
        """Have something done; the answer comes at once."""
        job = Job(secrets.token_hex(8), what)
        with self._lock:
            self._jobs[job.id] = job
            over = [key for key, kept in self._jobs.items() if kept.ended is not None]
            for key in over[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[key]
            if self._worker is None:
                self._worker = threading.Thread(target=self._run, daemon=True, name="tropa-jobs")
                self._worker.start()
        self._waiting.put((job, work))
        return job

    def get(self, id_: str) -> Job:
        """One job.

        Raises:
            TropaError: there is none of that id: jobs are forgotten when the service ends.
        """
        job = self._jobs.get(id_)
        if job is None:
            raise TropaError(
                f"There is no job {id_!r}.", "The service was started anew meanwhile; look at the loads.", "not_found"
            )
        return job

    def all(self) -> tuple[Job, ...]:
        """All jobs that are remembered, the latest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def cancel(self, id_: str) -> Job:
        """Ask a job to stop. One that is past the point of no return goes on."""
        job = self.get(id_)
        job.stop = True
        if job.state == "queued":
            job.state, job.ended = "cancelled", time.monotonic()
        return job

    def _run(self) -> None:
        while True:
            job, work = self._waiting.get()
            if job.state == "cancelled":
                continue
            job.state = "running"
            try:
                job.result = work(job)
                job.state = "done"
            except Stopped:
                job.state = "cancelled"
            except TropaError as error:
                job.state, job.error = "failed", error
            except OSError as error:
                job.state, job.error = "failed", system_error(error)
            except Exception as error:
                job.state = "failed"
                job.error = TropaError(
                    f"The work failed: {type(error).__name__}: {error}.",
                    "This is a fault of the program: send the file's first lines to its makers.",
                    kind="workspace",
                )
            job.ended = time.monotonic()
