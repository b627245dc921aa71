"""How strong something unseen would have to be to explain an effect away (E-value)."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EValue:
    """The risk ratio by which something unseen would have to go with both exposure and outcome, beyond all that is
    adjusted for, to explain the effect away (`value`) or to move its interval to "no effect" (`limit`).

    1 means that nothing at all is needed: there is no effect, or the interval includes it. None where the risk ratio
    or its limit is undefined.
    """

    value: float | None
    limit: float | None


def e_value(ratio: float | None, low: float | None = None, high: float | None = None) -> EValue:
    """E-value of a risk ratio and of the limit of its interval that lies nearer to 1.

    Source: VanderWeele & Ding (2017), Annals of Internal Medicine 167, 268-274.

    Raises:
        ValueError: when a ratio is negative, or the limits do not enclose it.
    """
    for number in (ratio, low, high):
        if number is not None and not number >= 0:
            raise ValueError(f"a risk ratio is not negative, got {number}")
    if ratio is None:
        return EValue(None, None)
    if (low is not None and low > ratio) or (high is not None and high < ratio):
        raise ValueError(f"the limits {low} and {high} do not enclose {ratio}")
    near = low if ratio > 1 else high
    if (low is not None and low <= 1 and ratio >= 1) or (high is not None and high >= 1 and ratio <= 1):
        limit: float | None = 1.0
    else:
        limit = _strength(near)
    return EValue(_strength(ratio), limit)


def _strength(ratio: float | None) -> float | None:
    """RR + sqrt(RR (RR - 1)), of the inverse where the ratio is below 1; infinite strength has no number."""
    if ratio is None or ratio == 0 or math.isinf(ratio):
        return None
    above = ratio if ratio >= 1 else 1 / ratio
    return above + math.sqrt(above * (above - 1))
