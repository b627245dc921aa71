"""The adjusted effect of one obstacle on the goal and on scores, from its trials."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from tropa.cx.obstacles.covariates import choose
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

    scale: what effect and error were multiplied with, because some of the others met the obstacle later. slack: how far
    off the effect may be, beyond chance, by what had to be supposed of journeys of which nothing more is known.
    """

    effect: Effect
    covariates: tuple[str, ...]
    plain: float
    scale: float
    exposed: int
    others: int
    shift: float = 0.0
    slack: float = 0.0

    @property
    def value(self) -> float:
        return (self.effect.difference.value or 0.0) * self.scale + self.shift

    @property
    def low(self) -> float | None:
        low = self.effect.difference.low
        return None if low is None else low * self.scale + self.shift - self.slack

    @property
    def high(self) -> float | None:
        high = self.effect.difference.high
        return None if high is None else high * self.scale + self.shift + self.slack

    @property
    def centre(self) -> float:
        return self.effect.centre * self.scale + self.shift

    @property
    def error(self) -> float | None:
        return None if self.effect.error is None else self.effect.error * self.scale


def adjusted(sample: Sample, outcome: Floats, binary: bool) -> Adjusted | str:
    """The effect averaged over those who were exposed, or why there is none to tell.

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
    if binary and outcome.min() == outcome.max():
        return "all ended alike"
    for strict in (False, True):
        chosen = choose(sample.codes, sample.names, exposed, sample.weight, outcome, strict)
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
    return Adjusted(effect, chosen.names, float(plain), 1 / (1 - later), found, others)


def between(one: Adjusted, other: Adjusted) -> Adjusted:
    """Two answers that rest on opposite suppositions: the truth lies between, and intervals hold both."""
    middle = (one.value + other.value) / 2
    return replace(one, shift=middle - one.value, slack=abs(one.value - other.value) / 2)


def _later(fitted: Fit, codes: Ints, sample: Sample) -> float:
    """Share of the others, weighted like the exposed, who met the obstacle later."""
    if not sample.later.any():
        return 0.0
    others = ~sample.exposed
    chance = np.minimum(expit(combine(fitted.design.place(codes[others]), fitted.propensity)), 0.98)
    weight = sample.weight[others] * chance / (1 - chance)
    return float((weight * sample.later[others]).sum() / max(weight.sum(), 1e-300))
