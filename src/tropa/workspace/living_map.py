"""The living map: what the company drew and what really happened, in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tropa.analyses.coverage import Coverage
from tropa.analyses.overview import Overview
from tropa.analyses.touchpoints import Touchpoints
from tropa.contract.filters import Filters
from tropa.cx.map_file import map_to_json
from tropa.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LivingMap:
    """`map` is None where there is none; touchpoints are the activities then.

    `map_id` and `version` say which map it is; None where it is not one that is kept.
    """

    journeys: int
    events: int
    seconds: float
    warnings: tuple[str, ...]
    map_id: str | None
    version: int | None
    map: dict[str, Any] | None
    overview: Overview
    touchpoints: Touchpoints
    coverage: Coverage


def living_map(workspace: Workspace, filters: Filters) -> LivingMap:
    """Overview, touchpoints and coverage of the journeys that the filters keep, beside the map.

    Raises:
        TropaError: an empty workspace, or filters that keep nothing.
    """
    document = workspace.map()
    kept = None if document is None else workspace.book.version_of(document)
    chosen = filters.model_dump(exclude_defaults=True)
    answers = {slug: workspace.ask(slug, **chosen) for slug in ("overview", "touchpoints", "coverage")}
    overview = answers["overview"]
    return LivingMap(
        journeys=overview.journeys,
        events=overview.events,
        seconds=round(sum(answer.seconds for answer in answers.values()), 4),
        warnings=overview.warnings,
        map_id=None if kept is None else kept.map_id,
        version=None if kept is None else kept.version,
        map=None if document is None else map_to_json(document),
        overview=overview.result,
        touchpoints=answers["touchpoints"].result,
        coverage=answers["coverage"].result,
    )
