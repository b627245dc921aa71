"""All that customers said in words, as texts to read: gathered by folds, and the words that tell touchpoints apart."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.cx.lens import Lens
from tropa.cx.metrics import SCALES
from tropa.cx.view import View
from tropa.engine.journeys import Codes, Floats, Ints

MOST = 200_000
"""Comments kept; of more a random sample is. Their texts stay in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Comments:
    """Comments that have words, `count` of them in all, of `answers`; kept at most `MOST`, drawn by a hash.

    `kind` is a code of the dictionary `kind`, `score` NaN where there is none, `node` what it is about (ABSENT: the
    journey as a whole).
    """

    answers: int
    count: int
    texts: tuple[str, ...]
    customers: tuple[str, ...]
    draw: Ints
    kind: Codes
    score: Floats
    node: Codes
    time_us: Ints

    def __len__(self) -> int:
        return len(self.texts)

    def __add__(self, other: Comments) -> Comments:
        return Comments(
            self.answers + other.answers,
            self.count + other.count,
            self.texts + other.texts,
            self.customers + other.customers,
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in ("draw", "kind", "score", "node", "time_us")
            ),
        )._bounded()

    def _bounded(self) -> Comments:
        if len(self) <= MOST:
            return self
        return self.rows(np.sort(np.argsort(self.draw, kind="stable")[:MOST]))

    def rows(self, chosen: Ints) -> Comments:
        """Some of the comments, in the order asked for."""
        places = chosen.tolist()
        return Comments(
            self.answers,
            self.count,
            tuple(self.texts[place] for place in places),
            tuple(self.customers[place] for place in places),
            self.draw[chosen],
            self.kind[chosen],
            self.score[chosen],
            self.node[chosen],
            self.time_us[chosen],
        )


def comments_of(view: View) -> Comments:
    """Comments of the journeys that the filters keep."""
    told = view.feedback
    column = view.journeys.feedback.columns.get("text")
    chosen = np.empty(0, dtype=np.int64)
    texts: list[str] = []
    if column is not None and len(told.entry):
        words = pc.utf8_trim_whitespace(column.take(pa.array(told.entry)))
        chosen = np.flatnonzero(np.asarray(pc.fill_null(pc.greater(pc.utf8_length(words), 0), False)))
        texts = words.take(pa.array(chosen)).to_pylist()
    journeys = told.journey[chosen]
    customers = view.journeys.rows["customer"].take(pa.array(view.row[journeys])).to_pylist()
    times = told.time[chosen]
    keys = zip(customers, times.tolist(), texts, strict=True)
    draw = np.array(
        [zlib.crc32(f"{who}\n{when}\n{what}".encode("utf-8", "replace")) for who, when, what in keys], np.int64
    )
    return Comments(
        answers=len(told.entry),
        count=len(texts),
        texts=tuple(texts),
        customers=tuple(map(str, customers)),
        draw=draw,
        kind=told.kind[chosen],
        score=told.score[chosen],
        node=told.node[chosen],
        time_us=times,
    )._bounded()


def marks(kinds: Codes, names: Sequence[str], scores: Floats) -> Floats:
    """What a score says: -1 negative, 1 positive, 0 between, by the scale of its kind; NaN without a score on it.

    Args:
        kinds: code in `names` of each answer (negative: none).
    """
    result = np.full(len(scores), np.nan)
    for code, name in enumerate(names):
        if (scale := SCALES.get(name)) is not None:
            valid = (kinds == code) & (scores >= scale.low) & (scores <= scale.high)
            told = (scores >= scale.positive_from).astype(np.float64) - (scores <= scale.negative_to)
            result = np.where(valid, told, result)
    return result


def described(lens: Lens) -> Mapping[str, tuple[str, ...]]:
    """Touchpoint -> what the map says of it in words: expectations, pains, jobs. Nothing without a map."""
    told: dict[str, tuple[str, ...]] = dict.fromkeys(lens.nodes, ())
    for stage in () if lens.map is None else lens.map.stages:
        for touchpoint in stage.touchpoints:
            raw = touchpoint.raw
            parts = [_words(raw.get(key)) for key in ("expects", "pains", "jobs", "description")]
            told[touchpoint.name] = tuple(text for part in parts for text in part)
    return told


def _words(value: Any) -> Iterator[str]:
    """All texts within a value of the map, however deep; kinds of pain are names of ours, not words of customers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("kind", "within"):
                yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)
