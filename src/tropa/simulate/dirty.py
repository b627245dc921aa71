"""Rows as real systems deliver them: some cannot be read, some come twice, some carry another offset.

What is added is added: the clean rows stay, so a loader has to set aside exactly the unreadable ones and end up
with the same events as without them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from tropa.simulate.clock import OFFSET
from tropa.simulate.write import as_text

OFFSETS = (("Z", 0), ("+00:00", 0), ("+05:00", 5), ("+07:00", 7), ("+10:00", 10))
LOCAL_HOURS = int(OFFSET[1:3])


def soil_events(events: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Events as text with dirty rows among them, and how many of which kind.

    The counts: `no_time`, `impossible_date`, `no_activity`, `bad_number` (each unreadable: `set_aside` is their sum),
    `duplicates` (same `event_id` again), `other_offsets` (the same moment written otherwise).
    """
    rng = np.random.default_rng([seed, 4711])
    text = _other_offsets(as_text(events), events, rng)
    few = max(3, events.height // 500)
    bad = {
        "no_time": _some(text, few, rng).with_columns(time=pl.lit(None, pl.String)),
        "impossible_date": _some(text, few, rng).with_columns(time=pl.lit("2026-02-30T11:20:00+03:00")),
        "no_activity": _some(text, few, rng).with_columns(activity=pl.lit(None, pl.String)),
        "bad_number": _some(text, few, rng).with_columns(value=pl.lit("12 5OO руб")),
    }
    parts, counts = _rename(bad)
    again = _some(text, few * 2, rng)
    counts |= {"duplicates": again.height, "other_offsets": _count_other_offsets(text)}
    return _shuffle_in(text, [*parts, again], rng), counts


def soil_feedback(feedback: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Feedback as text with unreadable rows among it: `no_time`, `bad_number`, `no_kind`."""
    rng = np.random.default_rng([seed, 4712])
    text = as_text(feedback)
    few = max(2, feedback.height // 500)
    bad = {
        "no_time": _some(text, few, rng).with_columns(time=pl.lit(None, pl.String)),
        "bad_number": _some(text, few, rng).with_columns(score=pl.lit("десять")),
        "no_kind": _some(text, few, rng).with_columns(kind=pl.lit(None, pl.String)),
    }
    counts: dict[str, Any] = {name: part.height for name, part in bad.items()}
    counts["set_aside"] = sum(counts.values())
    return _shuffle_in(text, list(bad.values()), rng), counts


def _some(frame: pl.DataFrame, count: int, rng: np.random.Generator) -> pl.DataFrame:
    return frame[np.sort(rng.choice(frame.height, min(count, frame.height), replace=False))] if frame.height else frame


def _rename(bad: dict[str, pl.DataFrame]) -> tuple[list[pl.DataFrame], dict[str, Any]]:
    """Unreadable rows get keys of their own, so that they are no duplicates of readable ones."""
    parts = [part.with_columns(event_id=pl.format("{}-" + name, "event_id")) for name, part in bad.items()]
    counts: dict[str, Any] = {name: part.height for name, part in bad.items()}
    counts["set_aside"] = sum(counts.values())
    return parts, counts


def _other_offsets(text: pl.DataFrame, events: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """About one time in twenty is written by a system that thinks in another offset."""
    which = pl.Series(np.where(rng.random(events.height) < 0.05, rng.integers(0, len(OFFSETS), events.height), -1))
    time = pl.col("time")
    for index, (suffix, hours) in enumerate(OFFSETS):
        moved = events["time"].dt.offset_by(f"{hours - LOCAL_HOURS}h")
        written = moved.dt.to_string("%Y-%m-%dT%H:%M:%S") + suffix
        time = pl.when(pl.lit(which == index)).then(pl.lit(written)).otherwise(time)
    return text.with_columns(time=time)


def _count_other_offsets(text: pl.DataFrame) -> int:
    return int((~text["time"].str.ends_with(OFFSET)).sum())


def _shuffle_in(text: pl.DataFrame, parts: list[pl.DataFrame], rng: np.random.Generator) -> pl.DataFrame:
    """Puts the rows of `parts` at random places between the others, which keep their order."""
    extra = pl.concat(parts)
    place = np.concatenate([np.arange(text.height, dtype=np.float64), rng.random(extra.height) * text.height])
    return pl.concat([text, extra])[np.argsort(place, kind="stable")]
