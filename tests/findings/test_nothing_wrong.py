"""Companies in which obstacles of many kinds are met by chance and none does anything."""

from __future__ import annotations

import numpy as np
import pytest
from tests.findings.planted import DAY, HOUR, Desk, Judgement, holds, judge, promising

SEEDS = 8


def calm(seed: int) -> Desk:
    """A third meets each obstacle, some kinds of customers and weeks more than others; what they sign by is apart."""
    desk = Desk(1200, seed)
    north = desk.chance(0.5)
    desk.told("region", np.where(north, "north", "south"))
    busy = np.where((desk.start // (7 * DAY)) % 2 == 0, 0.2, 0.4)
    fails, again, moves, asks = (desk.chance(busy) for _ in range(4))
    form, first = 0 * desk.start, desk.spread(10)
    desk.add(desk.everybody, "form", form, channel="web")
    desk.add(fails, "upload", first, status="failed", channel="web")
    desk.add(~fails, "upload", first, channel="web")
    desk.add(fails, "upload", first + 60, channel="web")
    desk.add(again & ~fails, "upload", first + 90, channel="web")
    asked = 200 + desk.spread(30)
    desk.add(asks, "ask_help", asked, channel="chat")
    desk.add(asks, "line_answer", asked + desk.waits(HOUR), channel="chat", actor="employee", performer="Line")
    looked = 12 * HOUR + desk.spread(12 * HOUR)
    desk.add(desk.everybody, "look", looked, actor="employee", performer="Desk")
    desk.add(moves, "second_look", looked + desk.spread(60), actor="employee", performer="Second desk")
    desk.add(desk.everybody, "offer", looked + 5 * HOUR, actor="employee", performer="Desk")
    signs = desk.chance(np.where(north, 0.75, 0.55))
    desk.add(signs, "sign", looked + 6 * HOUR + desk.spread(DAY), channel="web")
    desk.answer(desk.chance(0.5), np.clip(np.round(desk.random.normal(4, 1, desk.n)), 1, 5), looked + 9 * DAY)
    return desk


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judgement]:
    folder = tmp_path_factory.mktemp("calm")
    map_text = promising("Upload", "1d")
    return [judge(calm(seed).workspace(folder / str(seed), map_text)) for seed in range(SEEDS)]


def test_hardly_any_company_is_blamed(judged: list[Judgement]) -> None:
    """By chance one company in twenty; three of eight would come once in 170 times."""
    assert sum(bool(one.barriers) for one in judged) <= 2
    assert sum(bool(one.kind("inconvenience")) for one in judged) <= 2


def test_intervals_hold_what_is_there(judged: list[Judgement]) -> None:
    """Nothing does anything: 95 of 100 intervals hold 0."""
    verdicts = [told.verdict for one in judged for told in one.chains]
    verdicts += [verdict for one in judged for verdict in one.quiet]
    compared = [verdict for verdict in verdicts if verdict.judged.goal is not None]
    assert len(compared) >= 4 * SEEDS
    assert np.mean([holds(verdict, 0.0) for verdict in compared]) >= 0.9
    scores = [score.adjusted for verdict in verdicts for score in verdict.judged.scores]
    assert len(scores) >= 4 * SEEDS
    covered = [one.low <= 0 <= one.high for one in scores if one.low is not None and one.high is not None]
    assert np.mean(covered) >= 0.9


def test_every_kind_of_obstacle_was_tried(judged: list[Judgement]) -> None:
    tried = {one.place(verdict) for one in judged for verdict in one.quiet}
    assert tried >= {
        ("failure", "Upload"), ("repeat", "Upload"), ("contact", "Line"), ("silence", "Line"), ("handover", "Look"),
        ("wait", "Upload"),
    }  # fmt: skip
