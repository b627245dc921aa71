"""The measurements: load each tool, ask the same questions by turns, compare the answers."""

from __future__ import annotations

import math
import os
import shutil
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peers.peer import FUNNEL, FUNNEL_UNLIMITED, TRANSITIONS, VARIANTS, Peer
from process import PeerFailed, Worker
from worker import peer_class

OURS = "tropa"
QUESTIONS = (TRANSITIONS, FUNNEL, VARIANTS, FUNNEL_UNLIMITED)
MEAN_TOLERANCE = 1e-6
SLOW_SECONDS = 15.0
"""From here on the first run counts as well: nothing that warms up matters any more."""
ENOUGH_SECONDS = 40.0
"""Who has been running that long is not asked again."""


@dataclass
class Timing:
    """Runs of one form of one question; memory in bytes: peak resident, and the process's own part after."""

    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_bytes: int = 0
    own_bytes: int = 0

    def add(self, report: dict[str, Any]) -> None:
        self.seconds.append(report["seconds"])
        self.cpu_seconds.append(report["cpu_seconds"])
        self.peak_bytes = max(self.peak_bytes, report["peak_bytes"])
        self.own_bytes = max(self.own_bytes, report["own_bytes"])

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def best_cpu(self) -> float:
        return min(self.cpu_seconds)


@dataclass
class Measured:
    """Everything measured at one size. `timings[question][peer][form]`; `silent[question][peer]`: why there is none."""

    events: int
    loads: dict[str, dict[str, Any]] = field(default_factory=dict)
    timings: dict[str, dict[str, dict[str, Timing]]] = field(default_factory=dict)
    silent: dict[str, dict[str, str]] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)
    alone: dict[str, Any] = field(default_factory=dict)

    def fastest(self, question: str, peer: str) -> tuple[str, Timing] | None:
        forms = self.timings.get(question, {}).get(peer)
        return min(forms.items(), key=lambda item: item[1].best) if forms else None


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Bench:
    """One size of data, some peers.

    Args:
        parquet: the events.
        events: how many.
        peers: names of the peers, ours among them.
        questions: what to ask.
        repeat: timed runs after the warm-up.
        folder: for what the tools keep on disk; made anew.
    """

    def __init__(
        self, parquet: Path, events: int, peers: list[str], questions: list[str], repeat: int, folder: Path
    ) -> None:
        self.parquet = parquet
        self.questions = questions
        self.repeat = repeat
        self.folder = folder
        self.measured = Measured(events)
        self.classes: dict[str, type[Peer]] = {name: peer_class(name) for name in peers}
        self.able = list(peers)

    def worker(self, name: str) -> Worker:
        return Worker(name, self.parquet, self.folder / name, self.folder / "tools.log")

    def run(self) -> Measured:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name in list(self.able):
            needed = self.classes[name].bytes_an_event * self.measured.events
            if needed > available_bytes():
                self.leave_out(name, f"would need about {needed / 1e9:.0f} GB of memory, more than is free")
            else:
                self._load(name)
        for question in self.questions:
            self._ask(question)
        if OURS in self.able:
            try:
                self._alone()
            except PeerFailed as failure:
                self.measured.alone = {}
                self.measured.disagreements.append(f"Tropa alone: {failure}")
                say(f"  Tropa alone: {failure}")
        return self.measured

    def _load(self, name: str) -> None:
        try:
            with self.worker(name) as worker:
                in_memory = self.classes[name].in_memory
                self.measured.loads[name] = worker.order("open" if in_memory else "load")
                say(f"  loaded into {name}: {self.measured.loads[name]['seconds']:.1f} s")
        except PeerFailed as failure:
            self.leave_out(name, f"loading failed: {failure}")

    def leave_out(self, name: str, reason: str) -> None:
        """A peer that is not asked, and why."""
        self.able.remove(name)
        for question in self.questions:
            if question in self.classes[name].forms:
                self._be_silent(question, name, reason)

    def _be_silent(self, question: str, name: str, reason: str) -> None:
        self.measured.silent.setdefault(question, {})[name] = reason
        say(f"  {question}, {name}: {reason}")

    def _ask(self, question: str) -> None:
        """Everybody opens and warms up; then all forms of all peers take turns, so that noise hits all alike."""
        with ExitStack() as stack:
            turns: list[tuple[str, str, Worker]] = []
            answers: dict[tuple[str, str], Any] = {}
            for name, kind in self.classes.items():
                if question in kind.lacks:
                    self.measured.silent.setdefault(question, {})[name] = kind.lacks[question]
                if name not in self.able or question not in kind.forms:
                    continue
                try:
                    worker = stack.enter_context(self.worker(name))
                    worker.order("open")
                    for form in kind.forms[question]:
                        self._warm_up(question, name, form, worker, answers)
                        turns.append((name, form, worker))
                except PeerFailed as failure:
                    self._be_silent(question, name, str(failure))
            self._compare(question, answers)
            for _ in range(self.repeat):
                for name, form, worker in turns:
                    self._turn(question, name, form, worker)

    def _warm_up(
        self, question: str, name: str, form: str, worker: Worker, answers: dict[tuple[str, str], Any]
    ) -> None:
        if name == OURS:  # loops are compiled once on a machine; that is no part of an answer
            worker.order("ask", question=question, form=form)
        report = worker.order("ask", question=question, form=form, tell=True)
        answers[name, form] = report.pop("answer")
        timing = self.measured.timings.setdefault(question, {}).setdefault(name, {}).setdefault(form, Timing())
        if report["seconds"] > SLOW_SECONDS:
            timing.add(report)
        say(f"  {question}, {name}, {form}: {report['seconds']:.3f} s (first run)")

    def _turn(self, question: str, name: str, form: str, worker: Worker) -> None:
        timing = self.measured.timings[question].get(name, {}).get(form)
        if timing is None or sum(timing.seconds) > ENOUGH_SECONDS:
            return
        try:
            timing.add(worker.order("ask", question=question, form=form))
        except PeerFailed as failure:
            self.measured.timings[question].pop(name, None)
            self._be_silent(question, name, str(failure))

    def _compare(self, question: str, answers: dict[tuple[str, str], Any]) -> None:
        ours = next((answer for (name, _), answer in answers.items() if name == OURS), None)
        if ours is None:
            return
        for (name, form), answer in answers.items():
            difference = differs(ours, answer)
            if difference:
                self.measured.disagreements.append(f"{question}: {name} ({form}) differs: {difference}")
                say(f"  {self.measured.disagreements[-1]}")

    def _alone(self) -> None:
        """What concerns Tropa only: the first answer of a fresh process, memory of each analysis, the floor."""
        alone = self.measured.alone
        firsts = []
        for _ in range(max(2, self.repeat)):
            began = time.perf_counter()
            with self.worker(OURS) as worker:
                opened = worker.order("open")["seconds"]
                asked = worker.order("ask", question=TRANSITIONS, form="ask")["seconds"]
                firsts.append((time.perf_counter() - began, opened + asked))
        alone["first_answer_seconds"] = min(first for first, _ in firsts)
        alone["open_and_ask_seconds"] = min(second for _, second in firsts)
        with self.worker(OURS) as worker:
            worker.order("open")
            slugs = worker.order("analyses")["answer"]
        alone["analyses"] = {}
        for slug in slugs:
            with self.worker(OURS) as worker:
                worker.order("open")
                try:
                    report = worker.order("ask_analysis", args=[slug])
                    alone["analyses"][slug] = report["answer"] | {"own_bytes": report["own_bytes"]}
                except PeerFailed as failure:
                    alone["analyses"][slug] = {"error": str(failure)}
        with self.worker(OURS) as worker:
            worker.order("open")
            alone["floor"] = worker.order("floor")["answer"]


def differs(ours: Any, theirs: Any) -> str | None:
    """What is different, or None: counts have to be equal, means to one in a million, unless a tool tells none."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if ours.keys() != theirs.keys():
            return f"keys {sorted(ours.keys() ^ theirs.keys())[:5]}"
        found = ((key, differs(ours[key], theirs[key])) for key in ours)
        return next((f"{key}: {difference}" for key, difference in found if difference), None)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return next((difference for pair in zip(ours, theirs, strict=True) if (difference := differs(*pair))), None)
    if isinstance(ours, float) and theirs is None:
        return None
    if isinstance(ours, float) and isinstance(theirs, float):
        return None if math.isclose(ours, theirs, rel_tol=MEAN_TOLERANCE) else f"{ours} is not {theirs}"
    return None if ours == theirs else f"{ours} is not {theirs}"


def available_bytes() -> int:
    """Memory that a new process may take."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))


def load_average() -> float:
    return os.getloadavg()[0]
