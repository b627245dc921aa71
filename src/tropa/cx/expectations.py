"""Expectations against reality: CX = reality - expectation, each with its interval and what became of the promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tropa.cx.metrics import BINS, SCALES, TENTHS, Counts, Scale, kind_score
from tropa.cx.times import in_seconds
from tropa.engine.sketch import quantile, ranked_quantile, signed_quantile
from tropa.stats.intervals import wilson

KEPT_SHARE = 0.9
"""A promise of time is kept when nine in ten customers see it kept: the usual level of a service promise."""

FIVE_POINTS = 5.0
LONGEST_FROM_ONE = 7.0
"""Scales up to here begin at 1; a longer one begins at 0 and is meant only by promises above five points."""


@dataclass(frozen=True, slots=True)
class ExpectationCheck:
    """One stated expectation against reality.

    `expectation` is within (seconds to the next touchpoint), promised (seconds after the promised time), score or
    failures.
    `gap` = reality - expectation, in `unit`; `worse_when` says which sign hurts. `kept` and `missed` count journeys
    (or answers, for score). `verdict` is kept, missed or unsure (the interval of the gap holds both); a promise of time
    that the typical customer does not surely see missed, but surely fewer than nine in ten see kept, is kept `partly`.

    For `within` and `promised` reality is the median over kept and missed; a journey `waiting` past the promise counts
    as missed, with the time that it has waited so far, and one that still waits within it is not counted.
    `missed_by` looks at those that came late and have an end. For `score` the answers of one kind are checked, named
    by `score_kind`: of the kinds with answers whose scale fits the promise the one with the shortest scale (1..5, then
    ces 1..7, then nps 0..10, which only a promise above 5 can mean), and among equal scales the most answered;
    `missed_by` is the shortfall of the answers below the promise. For `failures` a journey is kept without a failure.
    """

    expectation: str
    unit: str
    worse_when: str
    score_kind: str | None
    promise: float
    reality: float | None
    gap: float | None
    gap_low: float | None
    gap_high: float | None
    n: int
    kept: int | None
    missed: int | None
    kept_share: float | None
    kept_share_low: float | None
    kept_share_high: float | None
    missed_by_median: float | None
    missed_by_p90: float | None
    verdict: str | None
    waiting: int | None


def check_time(
    expectation: Literal["within", "promised"], overruns: tuple[Counts, Counts, Counts], promise_seconds: float
) -> ExpectationCheck:
    """A promise of time, by the map (`within`) or by the data (`promised`, counted from the promised time: 0 seconds).

    Args:
        overruns: histograms of milliseconds: settled before the promise, after it, still waiting past it.
    """
    early, late, waiting = overruns
    gap = signed_quantile(early, late + waiting, 0.5)
    missed_by = quantile(late, 0.5), quantile(late, 0.9)
    value, low, high = (in_seconds(number) for number in (gap.value, gap.low, gap.high))
    return _check(
        (expectation, "seconds", "higher"),
        promise_seconds,
        None if value is None else promise_seconds + value,
        (low, high),
        (int(early.sum()), int(late.sum() + waiting.sum())),
        (in_seconds(missed_by[0].value), in_seconds(missed_by[1].value)),
        int(waiting.sum()),
    )


def untold_time(expectation: Literal["within", "promised"], promise_seconds: float) -> ExpectationCheck:
    """A promise of time that nothing can be told of: what happens after a session is in another one."""
    none = np.zeros(1, dtype=np.int64)
    return check_time(expectation, (none, none, none), promise_seconds)


def check_score(bins: Counts, promise: float) -> ExpectationCheck:
    """A promised mean score, against the kind of feedback that it can mean (see `ExpectationCheck`)."""
    answered = zip(SCALES.values(), bins, strict=True)
    fitting = [(scale, counts) for scale, counts in answered if counts.any() and _fits(scale, promise)]
    if not fitting:
        return _check(("score", "points", "lower"), promise, None, (None, None), (0, 0), (None, None), None)
    scale, counts = min(fitting, key=lambda one: (one[0].high, -int(one[1].sum())))
    told = kind_score(scale, counts)
    points = np.arange(BINS) / TENTHS
    below = np.flatnonzero(counts * (points < promise - 1e-9))[::-1]
    shortfall = promise - points[below]
    missed = int(counts[below].sum())
    return _check(
        ("score", "points", "lower"),
        promise,
        told.mean,
        (_less(told.mean_low, promise), _less(told.mean_high, promise)),
        (told.n - missed, missed),
        (ranked_quantile(shortfall, counts[below], 0.5).value, ranked_quantile(shortfall, counts[below], 0.9).value),
        None,
        scale.kind,
    )


def _fits(scale: Scale, promise: float) -> bool:
    """Whether a promise can mean a mean on this scale: 4.0 is said of five points, never of 0..10."""
    return promise <= scale.high and (scale.high <= LONGEST_FROM_ONE or promise > FIVE_POINTS)


def check_failures(failed: int, journeys: int, allowed: float) -> ExpectationCheck:
    """A share of journeys that may fail here at most."""
    share = wilson(failed, journeys)
    return _check(
        ("failures", "share", "higher"),
        allowed,
        share.value,
        (_less(share.low, allowed), _less(share.high, allowed)),
        (journeys - failed, failed),
        (None, None),
        None,
    )


def _check(
    named: tuple[str, str, str],
    promise: float,
    reality: float | None,
    limits: tuple[float | None, float | None],
    counted: tuple[int, int],
    missed_by: tuple[float | None, float | None],
    waiting: int | None,
    score_kind: str | None = None,
) -> ExpectationCheck:
    expectation, unit, worse_when = named
    kept, missed = counted
    share = wilson(kept, kept + missed)
    return ExpectationCheck(
        expectation=expectation,
        unit=unit,
        worse_when=worse_when,
        score_kind=score_kind,
        promise=promise,
        reality=reality,
        gap=_less(reality, promise),
        gap_low=limits[0],
        gap_high=limits[1],
        n=kept + missed,
        kept=kept,
        missed=missed,
        kept_share=share.value,
        kept_share_low=share.low,
        kept_share_high=share.high,
        missed_by_median=missed_by[0],
        missed_by_p90=missed_by[1],
        verdict=verdict(*limits, worse_when, share.high if unit == "seconds" else None) if kept + missed else None,
        waiting=waiting,
    )


def verdict(
    gap_low: float | None, gap_high: float | None, worse_when: str, kept_share_high: float | None = None
) -> str:
    """kept or missed where the whole interval of the gap says so, else unsure; partly where too many are not served so.

    The gap tells of the typical customer only. `kept_share_high` is the upper limit of the share that saw it kept.
    """
    if gap_low is None or gap_high is None:
        return "unsure"
    best, worst = (gap_low, gap_high) if worse_when == "higher" else (-gap_high, -gap_low)
    if best > 0:
        return "missed"
    if kept_share_high is not None and kept_share_high < KEPT_SHARE:
        return "partly"
    return "kept" if worst <= 0 else "unsure"


def _less(value: float | None, promise: float) -> float | None:
    return None if value is None else value - promise
