"""Repeats and returns to an earlier stage: by hand and against plain Python."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses.rework import Rework
from tropa.exports import words_en, words_ru
from tropa.stats.intervals import wilson

MAP = """\
map: three stages
unit: customer
goal: [D]
stages:
  - stage: One
    touchpoints:
      - touchpoint: A
        when: {activity: a}
      - touchpoint: B
        when: {activity: b}
  - stage: Two
    touchpoints:
      - touchpoint: C
        when: {activity: c}
  - stage: Three
    touchpoints:
      - touchpoint: D
        when: {activity: d}
"""


def rework(folder: Path, journeys: dict[str, str], text: str | None = MAP) -> Rework:
    result = make_workspace(folder / "ws", event_rows(journeys), map_text=text).ask("rework").result
    assert isinstance(result, Rework)
    return result


def test_repeats_by_hand(tmp_path: Path) -> None:
    # The last event of all is far away, so everybody who stopped earlier has left.
    journeys = {"1": "a@0 a@1 b@2 a@3 d@4", "2": "a@0 b@1 d@2", "3": "a@0 a@1", "end": "x@90000"}
    result = rework(tmp_path, journeys)
    step = {row.step: row for row in result.steps}["A"]
    assert (step.journeys, step.repeated, step.repeats, step.in_a_row, step.repeats_mean) == (3, 2, 3, 2, 1.5)
    assert (step.repeated_share, step.repeated_share_low) == (wilson(2, 3).value, wilson(2, 3).low)
    assert (step.goal_rate, step.goal_rate_n, step.goal_rate_once, step.goal_rate_once_n) == (0.5, 2, 1.0, 1)
    assert (result.journeys, result.repeated) == (4, 2)


def test_coming_back_is_not_doing_again(tmp_path: Path) -> None:
    """The map counts who came back after something else, this analysis who did it twice; neither borrows a name."""
    journeys = {"1": "a@0 a@1 b@2 d@4", "2": "a@0 b@1 a@2 d@3", "3": "a@0 d@2", "end": "x@90000"}
    workspace = make_workspace(tmp_path / "ws", event_rows(journeys), map_text=MAP)
    again = {row.touchpoint: row.reached_again for row in workspace.ask("touchpoints").result.touchpoints}["A"]
    repeated = {row.step: row.repeated for row in workspace.ask("rework").result.steps}["A"]
    assert (again, repeated) == (1, 2)
    for words, repeats in ((words_ru.WORDS, "овтор"), (words_en.WORDS, "epeat")):
        said = [words[key] for key in ("lane.repeats", "lane.repeats.about", "again", "again_share", "legend.share")]
        assert not any(repeats in text or " do again" in text for text in said)


def test_journeys_under_way_are_in_no_goal_rate(tmp_path: Path) -> None:
    result = rework(tmp_path, {"1": "a@0 a@9 d@18", "2": "a@10 a@18"})
    step = {row.step: row for row in result.steps}["A"]
    assert (step.repeated, step.goal_rate_n, step.goal_rate) == (2, 1, 1.0)


def test_returns_by_hand(tmp_path: Path) -> None:
    journeys = {
        # Back from Two to One twice; the second time it comes as far again after 5 minutes, the first after 10.
        "1": "a@0 c@10 a@20 b@25 c@30 b@40 c@45 d@50",
        # Back from Three to Two, then further down: still the same return; it never comes as far again.
        "2": "a@0 d@10 c@20 a@30",
        "3": "a@0 c@5 d@6",
        "4": "a@0",
        # Still under way, so in no goal rate.
        "end": "x@90000",
    }
    result = rework(tmp_path, journeys)
    told = [
        (row.source, row.target, row.count, row.journeys, row.recovered, row.mean_seconds) for row in result.returns
    ]
    assert told == [("Two", "One", 2, 1, 2, 450.0), ("Three", "Two", 1, 1, 0, None)]
    assert (result.returned, result.returned_share) == (2, 0.4)
    # From minute 20 to 50, and from 20 to 30.
    assert (result.after_return_total_seconds, result.after_return_mean_seconds) == (2400, 1200)
    assert (result.goal_rate, result.goal_rate_n, result.goal_rate_without, result.goal_rate_without_n) == (
        1,
        2,
        0.5,
        2,
    )


def test_without_a_map_there_is_no_way_back(tmp_path: Path) -> None:
    result = rework(tmp_path, {"1": "c@0 a@1 c@2"}, None)
    assert (result.returned, result.returned_share, result.returns, result.goal_rate) == (None, None, (), None)
    assert [(row.step, row.repeated, row.goal_rate) for row in result.steps] == [("c", 1, None), ("a", 0, None)]


@pytest.mark.parametrize("seed", range(3))
def test_against_plain_python(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    paths = {f"c{number}": [chance.choice("abcdx") for _ in range(chance.randint(1, 12))] for number in range(80)}
    stories = {who: " ".join(f"{step}@{minute}" for minute, step in enumerate(path)) for who, path in paths.items()}
    result = rework(tmp_path, stories)
    cases, twice = Counter[str](), Counter[str]()
    back: dict[tuple[str, str], list[str]] = defaultdict(list)
    recovered = Counter[tuple[str, str]]()
    stage_of, names = {"a": 0, "b": 0, "c": 1, "d": 2}, ("One", "Two", "Three")
    for who, path in paths.items():
        for step, count in Counter(path).items():
            cases[step.upper()] += 1
            twice[step.upper()] += count > 1
        furthest, turned = -1, None
        for stage in (stage_of[step] for step in path if step != "x"):
            if stage >= furthest:
                if turned:
                    recovered[turned] += 1
                furthest, turned = stage, None
            elif turned is None:
                turned = (names[furthest], names[stage])
                back[turned].append(who)
    assert {row.step: (row.journeys, row.repeated) for row in result.steps} == {
        step: (cases[step], twice[step]) for step in "ABCD"
    }
    assert {(row.source, row.target): (row.count, row.journeys, row.recovered) for row in result.returns} == {
        move: (len(who), len(set(who)), recovered[move]) for move, who in back.items()
    }
    assert result.returned == len({who for those in back.values() for who in those})
