"""Find: what is wrong in the journey and what it costs, asked of a workspace."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import Field

from tropa.contract.filters import Filters
from tropa.cx.obstacles.looked import Seen
from tropa.cx.obstacles.passes import Surveying
from tropa.cx.speech import Language
from tropa.errors import TropaError
from tropa.findings.compose import Answers, Weighed, weigh
from tropa.workspace.warned import warnings_of

if TYPE_CHECKING:
    from tropa.store.manifest import Progress
    from tropa.workspace.workspace import Workspace


LANGUAGES: tuple[Language, ...] = ("ru", "en")
SLUGS = ("value", "gaps", "bottlenecks", "moments_of_truth", "single_cases")
"""Analyses that findings are made of besides obstacles, in the order of `Answers`."""


PASSES = 4
"""How often obstacles ask for the journeys."""
_STAGES: dict[str, tuple[int, str, str]] = {
    "look": (60, "ищем препятствия", "looking for obstacles"),
    "judging": (20, "сравниваем столкнувшихся с похожими", "comparing those who met obstacles with others like them"),
    "chains": (13, "распутываем цепочки", "resolving chains"),
    "voice": (7, "читаем отзывы", "reading comments"),
}
"""Stage -> its share of the time in hundredths, about, and its name in Russian and in English."""
_WHOLE = 100


class FindParams(Filters):
    """What `find` can be asked."""

    all: bool = Field(False, description="also what was tested and found harmless, or could not be told")
    language: Language | None = Field(
        None, description="the language of the sentences; that of the workspace where this does not say it"
    )
    margin: float = Field(0.01, gt=0, lt=1, description="loss of goals (a share) that is too small to matter")


def weighed(workspace: Workspace, params: FindParams, progress: Progress | None = None) -> Weighed:
    """All that takes time in finding, of the journeys that the filters keep.

    Raises:
        TropaError: an empty workspace, filters that keep nothing, or `compare` and `scenario`, which findings do not
            know.
    """
    if params.compare:
        raise TropaError("Findings cannot compare two groups.", "Ask for each with --segment or --since.", kind="usage")
    if params.scenario:
        raise TropaError(
            "Findings are not asked of one scenario: whoever came to a place is chosen by what happened before it, and "
            "effects seen among them would mislead.",
            "Leave the scenario out; choose by --segment, --channel or --since.",
            kind="usage",
        )
    began, stages = time.perf_counter(), Stages(progress, params.language or workspace.language)
    filters = Filters.model_validate(params.model_dump(include=set(Filters.model_fields)))
    workspace.journeys(filters.unit, progress)
    asked = filters.model_dump(exclude_defaults=True)
    # Beside the passes and the judging: none of them keeps two cores busy all the time.
    beside = ThreadPoolExecutor(1)
    try:
        others = [beside.submit(workspace.ask, slug, **asked) for slug in SLUGS]
        seen, journeys = look(workspace, filters, progress, stages)
        for other in others:
            if other.done():
                other.result()  # what went wrong is told before the long part
        found = weigh(
            seen, lambda: Answers(*(other.result().result for other in others)), journeys, params.margin, stages.next
        )
    finally:
        # Whoever is told of an error does not wait for what nobody needs any more.
        beside.shutdown(wait=False, cancel_futures=True)
    _, manifest, lens = workspace.journeys(filters.unit)
    warnings = {language: warnings_of(lens, manifest, language) for language in LANGUAGES}
    return replace(found, seconds=round(time.perf_counter() - began, 3), warnings=warnings)


def look(
    workspace: Workspace, filters: Filters, progress: Progress | None, stages: Stages | None = None
) -> tuple[Seen, int]:
    """Trials of all obstacles, and how many journeys were looked at."""
    _, manifest, lens = workspace.journeys(filters.unit, progress)
    opened = None if stages is None else stages.within("look", PASSES * len(manifest.partitions))
    seen, journeys, _ = workspace.fold(Surveying(lens, lambda found: found), filters, manifest, lens, opened)
    return seen, journeys


class Stages:
    """Tells what is being done and how much of the whole is done; on any thread."""

    def __init__(self, progress: Progress | None, language: Language) -> None:
        self._progress, self._language = progress, language
        self._lock = threading.Lock()
        self._done = 0

    def next(self, stage: str) -> None:
        """This stage begins: those before it are done."""
        with self._lock:
            self._done = sum(share for _, (share, _, _) in _before(stage))
            self._say(stage)

    def within(self, stage: str, steps: int) -> Callable[[], None]:
        """This stage begins; what is returned is called at each of its steps."""
        self.next(stage)
        taken = 0

        def step() -> None:
            nonlocal taken
            with self._lock:
                taken += 1
                self._done = min(taken, steps) * _STAGES[stage][0] // max(steps, 1)
                self._say(stage)

        return step

    def _say(self, stage: str) -> None:
        if self._progress is not None and stage in _STAGES:
            _, russian, english = _STAGES[stage]
            self._progress(russian if self._language == "ru" else english, self._done, _WHOLE)


def _before(stage: str) -> list[tuple[str, tuple[int, str, str]]]:
    return list(itertools.takewhile(lambda item: item[0] != stage, _STAGES.items()))
