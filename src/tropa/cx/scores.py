"""Scores of what customers said, counted by a group of journeys or of touchpoints."""

from __future__ import annotations

import numpy as np

from tropa.cx.metrics import BINS, KINDS, Counts, kind_codes, score_bins_by
from tropa.cx.view import View
from tropa.engine.cells import Cells, is_dense
from tropa.engine.journeys import Codes

WIDTH = len(KINDS) * BINS


def score_cells(view: View, groups: Codes, group_count: int) -> Cells:
    """Answers of a view counted by the group of each answer (a negative one: not counted), kind and score.

    Args:
        groups: one entry an answer of `view.feedback`.
        group_count: all groups are below it.
    """
    told = view.feedback
    kinds = kind_codes(view.lens.dictionaries.get("kind", ()))[told.kind]
    if is_dense(group_count, WIDTH):
        return Cells(WIDTH, score_bins_by(groups, group_count, kinds, told.score).ravel())
    present, places = np.unique(groups, return_inverse=True)
    codes: Codes = np.where(groups < 0, -1, places.reshape(-1)).astype(np.int32)
    bins = score_bins_by(codes, len(present), kinds, told.score).ravel()
    used = np.flatnonzero(bins)
    return Cells(WIDTH, bins[used], present[used // WIDTH].astype(np.int64) * WIDTH + used % WIDTH)


def score_row(cells: Cells, group: int) -> Counts:
    """Counts of one group as `kind_scores` and `emotion` take them: a row a kind."""
    return cells.row(group).reshape(len(KINDS), BINS)
