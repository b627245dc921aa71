"""Find: what is wrong in the journey and what it costs, asked of a workspace."""

from __future__ import annotations

import time
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
    began = time.perf_counter()
    filters = Filters.model_validate(params.model_dump(include=set(Filters.model_fields)))
    seen, journeys = look(workspace, filters, progress)
    asked = {slug: workspace.ask(slug, **filters.model_dump(exclude_defaults=True)) for slug in SLUGS}
    answers = Answers(*(asked[slug].result for slug in SLUGS))
    found = weigh(seen, answers, journeys, params.margin)
    _, manifest, lens = workspace.journeys(filters.unit)
    warnings = {language: warnings_of(lens, manifest, language) for language in LANGUAGES}
    return replace(found, seconds=round(time.perf_counter() - began, 3), warnings=warnings)


def look(workspace: Workspace, filters: Filters, progress: Progress | None) -> tuple[Seen, int]:
    """Trials of all obstacles, and how many journeys were looked at."""
    _, manifest, lens = workspace.journeys(filters.unit, progress)
    seen, journeys, _ = workspace.fold(Surveying(lens, lambda found: found), filters, manifest, lens)
    return seen, journeys
