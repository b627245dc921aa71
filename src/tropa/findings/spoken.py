"""Whether those who met an obstacle speak of it more than those who did not, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tropa.cx.comments import described, marks
from tropa.cx.obstacles.looked import Comments, Seen
from tropa.cx.times import iso
from tropa.engine.journeys import Array
from tropa.findings.finding import Finding, Quote, VoiceOfExposed
from tropa.findings.journeys import Came
from tropa.stats.confirmation import confirmed
from tropa.text import Readings, mask, train

MOST_COMMENTS = 100_000
FEWEST_COMMENTS = 20
_QUOTES = 3
_LONGEST = 400


class Voice:
    """All comments read once."""

    def __init__(self, seen: Seen, seed: int = 0) -> None:
        self._seen = seen
        parts = [part.comments for part in seen.looked.parts]
        starts = np.concatenate([[0], np.cumsum([len(part.known) for part in seen.looked.parts])])
        together = Comments(
            journey=np.concatenate([part.journey + start for part, start in zip(parts, starts, strict=False)]),
            time_us=np.concatenate([part.time_us for part in parts]),
            kind=np.concatenate([part.kind for part in parts]),
            score=np.concatenate([part.score for part in parts]),
            text=tuple(text for part in parts for text in part.text),
        )
        if len(together.text) > MOST_COMMENTS:
            rows = np.sort(np.random.default_rng(seed).choice(len(together.text), MOST_COMMENTS, replace=False))
            together = Comments(
                together.journey[rows], together.time_us[rows], together.kind[rows], together.score[rows],
                tuple(together.text[row] for row in rows),
            )  # fmt: skip
        self._said = together
        self._readings = self._read()

    def _read(self) -> Readings | None:
        if len(self._said.text) < FEWEST_COMMENTS:
            return None
        lens = self._seen.lens
        kinds = lens.dictionaries.get("kind", ())
        reader = train(list(self._said.text), marks(self._said.kind, kinds, self._said.score), dict(described(lens)))
        return reader.read(list(self._said.text))

    def of(self, finding: Finding, came: Came) -> VoiceOfExposed | None:
        """Comments after the obstacle, of journeys that met it and of others that came there; None where too few speak
        at all."""
        if self._readings is None or finding.obstacle is None:
            return None
        said = self._said
        place = np.full(len(self._seen.looked.known), -1, dtype=np.int64)
        place[came.journey] = np.arange(len(came.journey))
        mine = place[said.journey]
        after = (mine >= 0) & (said.time_us >= came.at_us[np.maximum(mine, 0)])
        met = after & (came.met[np.maximum(mine, 0)] >= 1)
        others = after & (came.met[np.maximum(mine, 0)] <= 0)
        speaks = self._speaks(finding)
        found = confirmed(int((speaks & met).sum()), int(met.sum()), int((speaks & others).sum()), int(others.sum()))
        return VoiceOfExposed(
            mentions=int((speaks & met).sum()),
            exposed_share=found.exposed.value,
            other_share=found.others.value,
            confirmed=found.confirmed,
            p=found.p,
            quotes=self._quotes(np.flatnonzero(speaks & met)),
        )

    def _speaks(self, finding: Finding) -> Array:
        """Comments that speak of the obstacle, or in a bad mood of the touchpoint."""
        assert self._readings is not None
        readings = self._readings
        speaks = np.asarray(readings.speaks_of(finding.obstacle or "", finding.touchpoint), dtype=bool)
        return speaks

    def _quotes(self, rows: Sequence[int] | Array) -> tuple[Quote, ...]:
        said, readings = self._said, self._readings
        assert readings is not None
        kinds = self._seen.lens.dictionaries.get("kind", ())
        chosen: list[Quote] = []
        used: set[str] = set()
        for row in sorted((int(row) for row in rows), key=lambda row: (readings.sentiment[row], -said.time_us[row])):
            text = mask(said.text[row].strip())[:_LONGEST]
            if text.lower() in used:
                continue
            used.add(text.lower())
            score = float(said.score[row])
            customer, _ = self._seen.looked.name(int(said.journey[row]))
            kind = kinds[said.kind[row]] if said.kind[row] >= 0 else ""
            chosen.append(
                Quote(text, iso(int(said.time_us[row])) or "", kind, score if np.isfinite(score) else None, customer)
            )
            if len(chosen) == _QUOTES:
                break
        return tuple(chosen)
