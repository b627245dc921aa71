"""What customers said in their own words about a touchpoint."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.cx.view import View


@dataclass(frozen=True, slots=True)
class Said:
    """One comment; `score` is on the scale of its kind."""

    time_us: int
    customer_id: str
    kind: str
    score: float | None
    text: str


def said_about(view: View, node: int, limit: int) -> tuple[tuple[Said, ...], int]:
    """The newest comments about a node, each different text once, and how many comments there are in all."""
    told = view.feedback
    texts = view.journeys.feedback.columns.get("text")
    if texts is None:
        return (), 0
    mine = np.flatnonzero(told.node == node)
    words = pc.utf8_trim_whitespace(texts.take(pa.array(told.entry[mine])))
    filled = np.asarray(pc.fill_null(pc.greater(pc.utf8_length(words), 0), False))
    spoken = np.flatnonzero(filled)
    order = spoken[np.argsort(-told.time[mine[spoken]], kind="stable")]
    kinds = view.lens.dictionaries.get("kind", ())

    def comments() -> Iterator[Said]:
        for place in order.tolist():
            answer = int(mine[place])
            score, kind = float(told.score[answer]), int(told.kind[answer])
            yield Said(
                int(told.time[answer]),
                view.customer_id(int(told.journey[answer])),
                kinds[kind] if kind >= 0 else "",
                None if math.isnan(score) else score,
                words[place].as_py(),
            )

    return _first_different(comments(), limit), len(spoken)


def newest(said: Iterable[Said], limit: int) -> tuple[Said, ...]:
    """The newest `limit`, each different text once."""
    return _first_different(sorted(said, key=lambda one: (-one.time_us, one.customer_id, one.text)), limit)


def _first_different(said: Iterable[Said], limit: int) -> tuple[Said, ...]:
    chosen: dict[str, Said] = {}
    for one in said:
        if len(chosen) == limit:
            break
        chosen.setdefault(one.text, one)
    return tuple(chosen.values())
