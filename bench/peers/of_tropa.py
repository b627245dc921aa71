"""Tropa, through its one door: a workspace on disk."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from generate import FUNNEL_STEPS, FUNNEL_WINDOW_SECONDS

from peers.peer import FUNNEL, FUNNEL_UNLIMITED, TOP, TRANSITIONS, VARIANTS, Peer, transitions_told, variants_told
from tropa.analyses import REGISTRY
from tropa.analyses.transitions import TransitionsFold, TransitionsParams
from tropa.engine.fold import in_order, run
from tropa.workspace.workspace import Workspace

PARAMS: dict[str, dict[str, Any]] = {
    TRANSITIONS: {},
    FUNNEL: {"steps": list(FUNNEL_STEPS), "within": FUNNEL_WINDOW_SECONDS},
    FUNNEL_UNLIMITED: {"steps": list(FUNNEL_STEPS)},
    VARIANTS: {"top": TOP},
}

NEED_A_GOAL = ("time_to_goal",)
"""Analyses that ask for a map, which these events have none of."""


class OfTropa(Peer):
    title = "Tropa"
    package = "tropa"
    forms: ClassVar[dict[str, Sequence[str]]] = dict.fromkeys(PARAMS, ("ask",))

    @property
    def place(self) -> Path:
        return self.folder / "workspace"

    def load(self) -> None:
        Workspace.create(self.place).load([self.parquet], "events")

    def open(self) -> None:
        self.workspace = Workspace(self.place)

    def ask(self, question: str, form: str) -> Any:
        return self.workspace.ask(question.split()[0], **PARAMS[question]).result

    def tell(self, question: str, answer: Any) -> Any:
        if question == TRANSITIONS:
            return transitions_told((edge.source, edge.target, edge.count, edge.mean_seconds) for edge in answer.edges)
        if question == VARIANTS:
            return variants_told(answer.total, ((row.path, row.journeys) for row in answer.variants))
        return [step.journeys for step in answer.steps]

    # -- what is measured of Tropa alone

    def analyses(self) -> list[str]:
        """Analyses that can be asked over these events without further choices."""
        return [
            analysis.slug
            for analysis in REGISTRY
            if analysis.slug not in NEED_A_GOAL
            if analysis.slug in ("funnel", "journey")
            or not any(field.is_required() for field in analysis.params.model_fields.values())
        ]

    def ask_analysis(self, slug: str) -> dict[str, float]:
        """Seconds and peak memory of this process for one analysis with its defaults."""
        params = PARAMS[FUNNEL] if slug == "funnel" else {"customer": "C00000007"} if slug == "journey" else {}
        began = time.perf_counter()
        self.workspace.ask(slug, **params)
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}

    def floor(self) -> dict[str, float]:
        """Seconds to sum the columns that the transition graph reads, and of its fold alone; warm, best of five."""
        _, manifest, lens = self.workspace.journeys()
        partitions = [open_partition() for open_partition in self.workspace.store.partitions(manifest)]
        columns = [
            (part.events.array("time"), part.events.array("activity"), part.events.offsets) for part in partitions
        ]

        def add(arrays: tuple[np.ndarray, ...]) -> int:
            return sum(int(array.sum()) for array in arrays)

        def fold(threads: int) -> None:
            fold = TransitionsFold(TransitionsParams(), lens)
            run(fold, self.workspace.views(manifest, lens, None), threads)

        tasks = {
            "sum_1": lambda: [add(arrays) for arrays in columns],
            "sum_2": lambda: list(in_order(add, columns, 2)),
            "fold_1": lambda: fold(1),
            "fold_2": lambda: fold(2),
        }
        best = dict.fromkeys(tasks, float("inf"))
        for _ in range(5):
            for name, task in tasks.items():
                began = time.perf_counter()
                task()
                best[name] = min(best[name], time.perf_counter() - began)
        best["bytes"] = float(sum(array.nbytes for arrays in columns for array in arrays))
        return best
