"""The effect of one obstacle on every score that was given afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.cx.metrics import SCALES
from tropa.cx.obstacles.effects import FEWEST, Adjusted, adjusted, between
from tropa.cx.obstacles.looked import Seen
from tropa.cx.obstacles.rows import Rows


@dataclass(frozen=True, slots=True)
class OnScore:
    """The effect on one survey; kind of its scores, and the range of their scale."""

    survey: int
    kind: str
    span: float
    adjusted: Adjusted


def effects_on_scores(seen: Seen, rows: Sequence[Rows]) -> tuple[OnScore, ...]:
    found = (effect_on_score(seen, rows, survey) for survey in range(len(seen.looked.surveys)))
    return tuple(one for one in found if one is not None)


def effect_on_score(seen: Seen, rows: Sequence[Rows], survey: int) -> OnScore | None:
    """The effect on the answers to one survey that were given afterwards, between all comparisons; None where too few
    were."""
    kinds: Sequence[str] = seen.lens.dictionaries.get("kind", ())
    scale = SCALES.get(kinds[seen.looked.surveys[survey][0]])
    first, *others = [None if scale is None else _answers(seen, one, survey) for one in rows]
    if scale is None or first is None:
        return None
    for place, other in enumerate(others, start=1):
        if other is None and rows[place].lingering:
            return None
        first = first if other is None else between(first, other)
    return OnScore(survey, scale.kind, scale.high - scale.low, first)


def _answers(seen: Seen, rows: Rows, survey: int) -> Adjusted | None:
    looked, trials, sample = seen.looked, rows.trials, rows.sample
    # Of waits that nobody ended nobody knows how long they were.
    kept = (
        rows.exposure.used
        & ~(rows.silent & (rows.exposure.lost is not None))
        & (looked.known.answered_us[trials.journey, survey] > trials.landmark_us)
    )
    if min(int((sample.exposed & kept).sum()), int((~sample.exposed & kept).sum())) < FEWEST:
        return None
    score = looked.known.answers[trials.journey, survey]
    effect = adjusted(sample.of(kept), score[kept], binary=False)
    return None if isinstance(effect, str) else effect
