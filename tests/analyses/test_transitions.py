"""Transitions against counting pairs in plain Python."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses import transitions
from tropa.errors import TropaError

MAP = """
map: Shop
goal: [Paid]
stages:
  - stage: Choose
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}}
      - {touchpoint: Cart, when: {activity: [cart, basket]}}
  - stage: Buy
    touchpoints:
      - {touchpoint: Paid, when: {activity: [pay]}}
"""


def _random_rows(customers: int, activities: int, seed: int) -> list[dict[str, str]]:
    draw = random.Random(seed)
    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    rows = []
    for customer in range(customers):
        for _ in range(draw.randrange(1, 12)):
            when = begin + dt.timedelta(minutes=draw.randrange(500))
            rows.append(
                {"customer_id": f"c{customer}", "time": when.isoformat(), "activity": f"a{draw.randrange(activities)}"}
            )
    return rows


def _by_hand(
    rows: list[dict[str, str]],
) -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], set[str]], Counter[tuple[str, str]]]:
    """Counts, journeys and seconds of each pair of neighbours."""
    stories = defaultdict(list)
    for row in rows:
        stories[row["customer_id"]].append(row)
    counts: Counter[tuple[str, str]] = Counter()
    seconds: Counter[tuple[str, str]] = Counter()
    journeys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for customer, story in stories.items():
        story.sort(key=lambda row: row["time"])
        for one, other in pairwise(story):
            pair = (one["activity"], other["activity"])
            counts[pair] += 1
            journeys[pair].add(customer)
            seconds[pair] += (dt.datetime.fromisoformat(other["time"]) - dt.datetime.fromisoformat(one["time"])).seconds
    return counts, journeys, seconds


@pytest.mark.parametrize("dense", [True, False])
def test_against_pairs_in_plain_python(dense: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of all pairs and the table of those that occur say the same."""
    if not dense:
        monkeypatch.setattr(transitions, "MAX_DENSE", 3)
    rows = _random_rows(300, 9, 1)
    result = make_workspace(tmp_path / "ws", rows).ask("transitions").result
    counts, journeys, seconds = _by_hand(rows)
    found = {(edge.source, edge.target): edge for edge in result.edges}
    assert {pair: edge.count for pair, edge in found.items()} == counts
    assert {pair: edge.journeys for pair, edge in found.items()} == {pair: len(who) for pair, who in journeys.items()}
    leaving: Counter[str] = Counter()
    for (source, _), count in counts.items():
        leaving[source] += count
    for pair, edge in found.items():
        assert edge.mean_seconds == pytest.approx(seconds[pair] / counts[pair])
        assert edge.share == pytest.approx(counts[pair] / leaving[pair[0]])
        assert edge.loop == (pair[0] == pair[1])
    nodes = {node.node: node for node in result.nodes}
    assert {name: node.events for name, node in nodes.items()} == Counter(row["activity"] for row in rows)
    assert {name: node.journeys for name, node in nodes.items()} == Counter(
        activity for activity, _ in {(row["activity"], row["customer_id"]) for row in rows}
    )
    assert sum(node.starts for node in result.nodes) == sum(node.ends for node in result.nodes) == 300
    assert [edge.count for edge in result.edges] == sorted(counts.values(), reverse=True)


def test_thousands_of_activities(tmp_path: Path) -> None:
    """So many that a table of all pairs of a partition would take 2.4 GB: only what occurs is kept."""
    rows = _random_rows(1_500, 10_000, 2)
    result = make_workspace(tmp_path / "ws", rows).ask("transitions").result
    counts, _, _ = _by_hand(rows)
    assert {(edge.source, edge.target): edge.count for edge in result.edges} == counts
    assert len(result.nodes) == len({row["activity"] for row in rows}) > transitions.MAX_DENSE


def test_levels(tmp_path: Path) -> None:
    """What a level does not show is stepped over; time runs on meanwhile."""
    rows = event_rows({"1": "visit@0 help@1 cart@2 basket@5 pay@10", "2": "help@0", "3": "cart@0 visit@1"})
    workspace = make_workspace(tmp_path / "ws", rows, map_text=MAP)

    def edges(by: str) -> dict[tuple[str, str], tuple[int, float]]:
        told = workspace.ask("transitions", by=by).result.edges
        return {(edge.source, edge.target): (edge.count, edge.mean_seconds) for edge in told}

    assert edges("touchpoint") == {
        ("Visit", "Cart"): (1, 120),
        ("Cart", "Cart"): (1, 180),
        ("Cart", "Paid"): (1, 300),
        ("Cart", "Visit"): (1, 60),
    }
    assert edges("stage") == {("Choose", "Choose"): (3, 120), ("Choose", "Buy"): (1, 300)}
    assert edges("activity")[("visit", "help")] == (1, 60)
    assert ("help", "cart") in edges("activity")


def test_one_event_is_no_transition(tmp_path: Path) -> None:
    result = make_workspace(tmp_path / "ws", event_rows({"1": "visit@0"})).ask("transitions").result
    assert result.edges == ()
    assert [(node.starts, node.ends) for node in result.nodes] == [(1, 1)]


def test_stages_need_a_map(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", event_rows({"1": "visit@0"}))
    with pytest.raises(TropaError, match="no stages without a map"):
        workspace.ask("transitions", by="stage")
