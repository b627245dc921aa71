"""What customers score and how each kind is counted: NPS, CSAT, CES, ratings, and the emotion they share.

Everything stands on additive counts of scores, so that folds can sum them over any journeys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tropa.stats.intervals import Interval, mean, net_share, wilson

Scores = NDArray[np.float64]
Codes = NDArray[np.int32]
Counts = NDArray[np.int64]

# A score is counted in the bin of its nearest tenth, 0..10: averages such as 4.3 keep their value to a twentieth.
TENTHS: Final = 10
BINS: Final = 10 * TENTHS + 1


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a kind of feedback and its metric: `NPS`, `CSAT`, `CES` or `rating`.

    From `positive_from` on an answer is positive, up to `negative_to` it is negative.
    """

    kind: str
    metric: str
    low: float
    high: float
    positive_from: float
    negative_to: float

    @property
    def middle(self) -> float:
        """The score that is neither good nor bad."""
        return (self.low + self.high) / 2

    def emotion(self, score: float) -> float:
        """A score brought linearly to -100..100, the middle of the scale to 0."""
        return 100 * (score - self.middle) / (self.high - self.middle)


# Kinds in the order of the contract. Promoters give 9 or 10, detractors 0 to 6 (Reichheld 2003, Harvard Business
# Review 81:12); satisfied are the top two boxes of five; effort is a mean of agreement with "made it easy", 1..7.
SCALES: Final[dict[str, Scale]] = {
    "nps": Scale("nps", "NPS", 0, 10, positive_from=9, negative_to=6),
    "csat": Scale("csat", "CSAT", 1, 5, positive_from=4, negative_to=2),
    "ces": Scale("ces", "CES", 1, 7, positive_from=5, negative_to=3),
    **{
        kind: Scale(kind, "rating", 1, 5, positive_from=4, negative_to=2)
        for kind in ("rating", "review", "complaint", "interview", "chat")
    },
}
KINDS: Final = tuple(SCALES)
_LOWEST: Final = np.array([scale.low for scale in SCALES.values()])
_HIGHEST: Final = np.array([scale.high for scale in SCALES.values()])
_FELT: Final = np.array([scale.emotion(tenth / TENTHS) for scale in SCALES.values() for tenth in range(BINS)])


@dataclass(frozen=True, slots=True)
class Score:
    """One kind of feedback by its own formula; `mean` is on the scale of the kind.

    `value` is NPS in -100..100, CSAT as a share 0..1, CES as a mean 1..7, a rating as a mean 1..5.
    """

    kind: str
    metric: str
    value: float | None
    value_low: float | None
    value_high: float | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    n: int


def kind_codes(names: Sequence[str]) -> Codes:
    """Place in `KINDS` of each name, -1 for a name of no kind; one more -1 at the end for an absent name (code -1)."""
    places = {kind: place for place, kind in enumerate(KINDS)}
    return np.array([places.get(name, -1) for name in names] + [-1], dtype=np.int32)


def score_bins(kinds: Codes, scores: Scores) -> Counts:
    """Answers counted by kind and tenth of a point: a row a kind (in the order of `KINDS`), `BINS` columns.

    This is the partial that folds add up. Answers of an unknown kind (a code outside `KINDS`), without a score
    (NaN), or off the scale of their kind are not counted.
    """
    return score_bins_by(np.zeros(len(kinds), dtype=np.int32), 1, kinds, scores).reshape(len(KINDS), BINS)


def score_bins_by(groups: Codes, group_count: int, kinds: Codes, scores: Scores) -> Counts:
    """`score_bins` of each group, as groups x kinds x bins; an answer of no group (a negative code) is not counted."""
    known = (groups >= 0) & (kinds >= 0) & (kinds < len(KINDS)) & ~np.isnan(scores)
    group, kind, score = groups[known].astype(np.int64), kinds[known].astype(np.int64), scores[known]
    fits = (score >= _LOWEST[kind]) & (score <= _HIGHEST[kind])
    tenth = np.rint(score[fits] * TENTHS).astype(np.int64)
    cells = (group[fits] * len(KINDS) + kind[fits]) * BINS + tenth
    counts = np.bincount(cells, minlength=group_count * len(KINDS) * BINS)
    return counts.reshape(group_count, len(KINDS), BINS).astype(np.int64)


def kind_scores(bins: Counts) -> tuple[Score, ...]:
    """Every kind that somebody answered, in the order of `KINDS`."""
    return tuple(kind_score(scale, counts) for scale, counts in zip(SCALES.values(), bins, strict=True) if counts.any())


def kind_score(scale: Scale, counts: Counts) -> Score:
    """One kind by its own formula from its row of `score_bins`."""
    points = np.arange(BINS) / TENTHS
    average = _mean(points, counts, (scale.low, scale.high))
    positive = int(counts[points >= scale.positive_from].sum())
    negative = int(counts[points <= scale.negative_to].sum())
    value, factor = average, 1.0
    if scale.metric == "NPS":
        value, factor = net_share(positive, negative, average.n), 100.0
    elif scale.metric == "CSAT":
        value = wilson(positive, average.n)
    return Score(
        kind=scale.kind,
        metric=scale.metric,
        value=_times(value.value, factor),
        value_low=_times(value.low, factor),
        value_high=_times(value.high, factor),
        mean=average.value,
        mean_low=average.low,
        mean_high=average.high,
        n=average.n,
    )


def emotion(bins: Counts) -> Interval:
    """All answers of all kinds brought to -100..100 and averaged."""
    return _mean(_FELT, bins.ravel(), (-100.0, 100.0))


def _mean(points: Scores, counts: Counts, bounds: tuple[float, float]) -> Interval:
    # Around the middle of the scale: squares of small numbers lose no digits.
    centre = (bounds[0] + bounds[1]) / 2
    offsets = points - centre
    around = mean(
        float(counts @ offsets),
        float(counts @ offsets**2),
        int(counts.sum()),
        (bounds[0] - centre, bounds[1] - centre),
    )
    return Interval(_plus(around.value, centre), _plus(around.low, centre), _plus(around.high, centre), around.n)


def _plus(value: float | None, shift: float) -> float | None:
    return None if value is None else value + shift


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
