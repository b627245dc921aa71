"""Answers of customers as `journeys` counts them: on the scale of their kind, bad or good by its rule."""

from __future__ import annotations

import numpy as np

from tropa.cx.metrics import SCALES
from tropa.engine.journeys import Array, Codes

_LOW, _HIGH, _BAD, _GOOD = (
    np.array([getattr(scale, name) for scale in SCALES.values()])
    for name in ("low", "high", "negative_to", "positive_from")
)


def on_scale(kinds: Codes, scores: Array) -> Array:
    """Answers of a known kind with a score on its scale: those that every metric counts."""
    known = (kinds >= 0) & ~np.isnan(scores)
    return np.asarray(known & (scores >= _LOW[kinds]) & (scores <= _HIGH[kinds]))


def bad(kinds: Codes, scores: Array) -> Array:
    """Answers that are bad by the rule of their kind."""
    return np.asarray(scores <= _BAD[kinds])


def good(kinds: Codes, scores: Array) -> Array:
    """Answers that are good by the rule of their kind."""
    return np.asarray(scores >= _GOOD[kinds])
