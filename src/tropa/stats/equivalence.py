"""Is an effect beyond a margin, certainly within it, or not yet known: two one-sided tests."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import ndtr, ndtri, stdtr, stdtrit

Verdict = Literal["below", "above", "within", "undetermined"]
ALPHA = 0.05
_POWER = 0.8


@dataclass(frozen=True, slots=True)
class Margins:
    """An effect against the margins -margin and +margin, with the p of each statement (small: it holds).

    `verdict` is `below` (the effect lies under -margin), `above` (over +margin), `within` (between them: an effect
    that matters is ruled out) or `undetermined`.
    """

    verdict: Verdict
    p_below: float
    p_above: float
    p_not_below: float
    """p of "the effect lies above -margin": a loss that matters is ruled out."""
    p_not_above: float

    @property
    def p_within(self) -> float:
        """p of "the effect lies between the margins": the larger of the two one-sided tests."""
        return max(self.p_not_below, self.p_not_above)


def judge(effect: float, error: float, margin: float, alpha: float = ALPHA, freedom: float | None = None) -> Margins:
    """Places an estimated effect with its standard error against the margins.

    Args:
        effect, error, margin: in one unit. An error of 0 is an effect known exactly.
        alpha: size of each one-sided test; `within` then agrees with the 1 - 2 alpha interval lying inside.
        freedom: degrees of freedom of Student's t, None for the normal distribution.

    Source: Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680.

    Raises:
        ValueError: when the margin is not positive or the error is negative.
    """
    if not margin > 0 or not error >= 0:
        raise ValueError(f"margin must be positive and error not negative, got {margin} and {error}")
    p_below = _lower_tail(effect + margin, error, freedom)
    p_not_above = _lower_tail(effect - margin, error, freedom)
    p_above = _lower_tail(margin - effect, error, freedom)
    p_not_below = _lower_tail(-margin - effect, error, freedom)
    verdict: Verdict = "undetermined"
    if p_below < alpha:
        verdict = "below"
    elif p_above < alpha:
        verdict = "above"
    elif max(p_not_below, p_not_above) < alpha:
        verdict = "within"
    return Margins(verdict, p_below, p_above, p_not_below, p_not_above)


def more_needed(
    effect: float, error: float, margin: float, n: int, alpha: float = ALPHA, power: float = _POWER
) -> int | None:
    """How many observations more than `n` it would take to settle an undetermined effect.

    Supposes that the effect is what it seems to be and that the error falls with the square root of n. An estimate
    that lies on a margin would never be settled: its distance is taken as half a margin at least. None where there is
    nothing to go by (n of 0, or no error).
    """
    if n <= 0 or error <= 0:
        return None
    to_loss, to_gain = abs(effect + margin), abs(effect - margin)
    inside = abs(effect) < margin
    distance = max(min(to_loss, to_gain), margin / 2)
    # In the middle both one-sided tests have to succeed, so each needs the more power.
    reach = (1 + power) / 2 if inside else power
    wanted = (float(ndtri(1 - alpha)) + float(ndtri(reach))) * error / distance
    return max(0, math.ceil(n * (wanted * wanted - 1)))


def limits(effect: float, error: float, level: float = 0.95, freedom: float | None = None) -> tuple[float, float]:
    """The two-sided interval that belongs to the same tests."""
    tail = (1 + level) / 2
    half_width = error * float(ndtri(tail) if freedom is None else stdtrit(freedom, tail))
    return effect - half_width, effect + half_width


def _lower_tail(distance: float, error: float, freedom: float | None) -> float:
    if error == 0:
        return 0.5 if distance == 0 else float(distance > 0)
    return float(ndtr(distance / error) if freedom is None else stdtr(freedom, distance / error))
