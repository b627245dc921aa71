"""The adjusted effect of one obstacle on the goal and on scores, from its trials."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, ndtr, stdtr

from tropa.cx.obstacles.covariates import LENIENT, Lenient, choose
from tropa.engine.journeys import Array, Codes, Floats, Ints
from tropa.stats.effect_size import Effect, finish
from tropa.stats.effects import Cells, Fit, clustered, fit
from tropa.stats.propensity import combine

FEWEST = 15
"""Fewer exposed or fewer others than this say nothing of an effect."""
_MOST_LATER = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Trials of one obstacle: covariates known before the landmark, exposure, weight and customer."""

    codes: Codes
    names: tuple[str, ...]
    exposed: Array
    later: Array
    weight: Floats
    customer: Ints

    def of(self, rows: Array) -> Sample:
        """Some of the trials."""
        return Sample(
            self.codes[rows], self.names, self.exposed[rows], self.later[rows], self.weight[rows], self.customer[rows]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """An effect, what it was adjusted for, and the plain difference beside it.

    value, low, high: the effect and its 95 % interval, with all that had to be supposed in it. centre, error, freedom:
    what its tests are made of; slack: how far off the centre may be, beyond chance, by what had to be supposed of
    journeys of which nothing more is known. effect: the estimate before corrections, with its balance. lenient: what
    was left out for want of comparable others, see `covariates.choose`.
    """

    effect: Effect
    lenient: Lenient
    covariates: tuple[str, ...]
    plain: float
    value: float
    low: float | None
    high: float | None
    centre: float
    error: float | None
    exposed: int
    others: int
    slack: float = 0.0

    @property
    def freedom(self) -> float | None:
        return self.effect.freedom

    @property
    def p(self) -> float | None:
        """Two-sided, of no effect at all."""
        if self.error is None:
            return None
        far = max(0.0, abs(self.centre) - self.slack) / self.error
        return 2 * float(ndtr(-far) if self.freedom is None else stdtr(self.freedom, -far))


def adjusted(
    sample: Sample, outcome: Floats, binary: bool, all_may_reach: bool = False, lenient: Lenient = "all"
) -> Adjusted | str:
    """The effect averaged over those who were exposed, or why there is none to tell.

    `all_may_reach`: an outcome that all of them reach is an answer too (elsewhere some do not). `lenient`: where to
    begin; if it is known already that more leaves nobody to compare with.

    Others who met the obstacle later are no true others: the difference to them is too small by their share. Taking the
    effect to be the same for them, it is divided by the share that never met it (as for non-compliance: Bloom 1984,
    Evaluation Review 8, 225-246).
    """
    exposed = sample.exposed
    found, others = int(exposed.sum()), int((~exposed).sum())
    if found < FEWEST:
        return f"only {found} met it"
    if others < FEWEST:
        return f"only {others} did not meet it"
    if (people := len(np.unique(sample.customer[exposed]))) < FEWEST:
        return f"only {people} customers met it"
    if binary and outcome.min() == outcome.max() and not (all_may_reach and outcome.min() == 1):
        return "all ended alike"
    for barer in LENIENT[LENIENT.index(lenient) :]:
        chosen = choose(sample.codes, sample.names, exposed, sample.weight, outcome, barer)
        cells = Cells(
            chosen.codes, exposed, sample.weight, sample.weight * outcome,
            None if binary else sample.weight * outcome * outcome,
        )  # fmt: skip
        fitted = fit(cells, most_levels=chosen.most_levels)
        if fitted is not None and fitted.balance.overlap:
            break
    else:
        return "no comparable others"
    influence = fitted.influence(chosen.codes, exposed, outcome) * sample.weight[:, None]
    effect = finish(fitted, clustered(influence, sample.customer))
    later = _later(fitted, chosen.codes, sample)
    if later > _MOST_LATER:
        return "nearly everybody meets it sooner or later"
    plain = np.average(outcome[exposed], weights=sample.weight[exposed]) - np.average(
        outcome[~exposed], weights=sample.weight[~exposed]
    )
    scale = 1 / (1 - later)
    told = effect.difference
    return Adjusted(
        effect=effect,
        lenient=barer,
        covariates=tuple(dict.fromkeys(chosen.names)),
        plain=float(plain),
        value=(told.value or 0.0) * scale,
        low=None if told.low is None else (told.low - chosen.left_out) * scale,
        high=None if told.high is None else (told.high + chosen.left_out) * scale,
        centre=effect.centre * scale,
        error=None if effect.error is None else effect.error * scale,
        exposed=found,
        others=others,
        slack=chosen.left_out * scale,
    )


def between(one: Adjusted, other: Adjusted) -> Adjusted:
    """Two answers that rest on opposite suppositions: the truth lies between, and the interval holds both of theirs."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return one
    errors = [error for error in (one.error, other.error) if error is not None]
    lowest, highest = (
        min(one.centre - one.slack, other.centre - other.slack),
        max(one.centre + one.slack, other.centre + other.slack),
    )
    return replace(
        one,
        value=(one.value + other.value) / 2,
        low=min(one.low, other.low),
        high=max(one.high, other.high),
        centre=(lowest + highest) / 2,
        error=max(errors, default=None),
        slack=(highest - lowest) / 2,
    )


def _later(fitted: Fit, codes: Ints, sample: Sample) -> float:
    """Share of the others, weighted like the exposed, who met the obstacle later."""
    if not sample.later.any():
        return 0.0
    others = ~sample.exposed
    chance = np.minimum(expit(combine(fitted.design.place(codes[others]), fitted.propensity)), 0.98)
    weight = sample.weight[others] * chance / (1 - chance)
    return float((weight * sample.later[others]).sum() / max(weight.sum(), 1e-300))
