"""What in a file customers said, guessed: scores on a scale, words, and of which kind they are."""

from __future__ import annotations

import polars as pl

from tropa.sources.clues import speaks_of
from tropa.sources.model import FEEDBACK_SCALES
from tropa.sources.plan import Plan
from tropa.sources.seen import Seen
from tropa.sources.spellings import plain_name


def answers(seen: Seen, plan: Plan, happened: bool) -> list[str]:
    """Columns that hold what customers said: scores on a scale, or words; `happened`: the rows tell something else."""
    found = []
    score = plan.columns.get("score") or seen.clue("score", "number")
    if score is not None and seen.of(score).looks == "number" and scale_of(seen, score) is not None:
        found.append(score)
    text = plan.columns.get("text") or seen.clue("text", "text")
    if text is not None and seen.of(text).looks == "text" and seen.of(text).distinct > 1:
        found.append(text)
    kind = plan.columns.get("kind")
    if kind is not None and is_feedback_kind(seen, plan):
        found.append(kind)
    # Words alone, beside something that happened, are an attribute of it.
    alone = score not in found and kind not in found
    told = seen.clue("activity", "text") is not None or (happened and not speaks_of("said", text or ""))
    return [] if alone and told else found


def is_feedback_kind(seen: Seen, plan: Plan) -> bool:
    """Whether every value of the column of kinds is a known kind of feedback."""
    kind = plan.columns.get("kind")
    if kind is None:
        return False
    words = seen.look.texts[kind].drop_nulls().str.to_lowercase().unique()
    return bool(words.len()) and bool(words.is_in(list(FEEDBACK_SCALES)).all())


def scale_of(seen: Seen, score: str) -> str | None:
    """The kind of feedback whose scale holds the values of a column, None where none does."""
    values = seen.look.texts[score].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False).drop_nulls()
    if not values.len():
        return None
    low, high = float(values.min() or 0.0), float(values.max() or 0.0)  # type: ignore[arg-type]
    named = kind_named(score)
    scale = FEEDBACK_SCALES[named] if named is not None else None
    if scale is not None and scale[0] <= low and high <= scale[1]:
        return named
    if low >= 1 and high <= 5:
        return "rating"
    if low >= 0 and high <= 10:
        return "nps" if low == 0 or high > 7 else "ces"
    return None


def kind_named(score: str) -> str | None:
    """The kind of feedback that the name of a score says."""
    return next((kind for kind in ("nps", "csat", "ces") if kind in plain_name(score)), None)
