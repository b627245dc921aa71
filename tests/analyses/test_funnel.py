"""Funnels against counting all ways by hand: every choice of events that could be the steps is tried."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses.funnel import FunnelFold, FunnelParams
from tropa.cx.lens import Facts, make_lens
from tropa.cx.view import View
from tropa.engine.journeys import Journeys, Ragged
from tropa.errors import TropaError
from tropa.workspace.workspace import Workspace

Log = list[tuple[int, str]]
"""One journey: (second, activity) in order of time; equal times in the order of being told."""


# -- every way, counted by hand


def _ways(log: Log, steps: Sequence[set[str]], order: str) -> Iterator[tuple[int, ...]]:
    """Every choice of events that could be the first so many steps."""
    for level in range(1, len(steps) + 1):
        if order == "any":
            for events in itertools.combinations(range(len(log)), level):
                for served in itertools.permutations(range(len(steps)), level):
                    if all(log[event][1] in steps[step] for event, step in zip(events, served, strict=True)):
                        yield events
                        break
        else:
            for events in itertools.combinations(range(len(log)), level):
                neighbours = order == "ordered" or events[-1] - events[0] == level - 1
                if neighbours and all(log[event][1] in steps[step] for step, event in enumerate(events)):
                    yield events


def by_hand(
    log: Log,
    steps: Sequence[set[str]],
    order: str = "ordered",
    within: float | None = None,
    apart: bool = False,
    first_entry: bool = False,
    windows: dict[int, float] | None = None,
    exclude: frozenset[str] = frozenset(),
    remove: bool = False,
) -> int:
    """Steps reached; -1 for a journey that an exclusion takes out."""
    entries = [event for event, (_, activity) in enumerate(log) if activity in steps[0]]
    best = 0
    for events in _ways(log, steps, order):
        times = [log[event][0] for event in events]
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        if within is not None and times[-1] - times[0] > within:
            continue
        if apart and any(gap <= 0 for gap in gaps):
            continue
        if first_entry and events[0] != entries[0]:
            continue
        if any(gap > (windows or {}).get(step, gap) for step, gap in enumerate(gaps, 2)):
            continue
        if any(log[event][1] in exclude for event in range(events[0], events[-1] + 1)):
            continue
        best = max(best, len(events))
    if remove and best < len(steps):
        # On the way: from an entry on, as long as its window is open.
        for entry in entries[:1] if first_entry else entries:
            for when, activity in log[entry:]:
                if activity in exclude and (within is None or when - log[entry][0] <= within):
                    return -1
    return best


def _view(logs: Sequence[Log]) -> View:
    names = sorted({activity for log in logs for _, activity in log} | set("abcdx"))
    offsets = np.cumsum([0, *map(len, logs)]).astype(np.int64)
    flat = [event for log in logs for event in log]
    columns = {
        "time": pa.array([when * 1_000_000 for when, _ in flat], pa.int64()),
        "activity": pa.array([names.index(activity) for _, activity in flat], pa.int32()),
    }
    events = Ragged(offsets, columns)
    nobody = Ragged(np.zeros(len(offsets), dtype=np.int64), {"time": pa.array([], pa.int64())})
    return View(Journeys({}, events, nobody), make_lens(None, {"activity": names}, Facts(None, None, None)))


def _counts(view: View, **params: Any) -> tuple[list[int], int]:
    """Journeys at each step, and how many were removed."""
    fold = FunnelFold(FunnelParams.model_validate(params), view.lens)
    result = fold.finish(fold.map(view))
    return [step.journeys for step in result.steps], result.removed


def _expected(logs: Sequence[Log], steps: Sequence[str], **how: Any) -> tuple[list[int], int]:
    levels = [by_hand(log, [set(step.split("|")) for step in steps], **how) for log in logs]
    return [sum(level > step for level in levels) for step in range(len(steps))], levels.count(-1)


def _random_logs(seed: int, count: int = 150, longest: int = 6, alphabet: str = "abcx") -> list[Log]:
    """Short journeys with many equal times."""
    draw = random.Random(seed)
    logs = []
    for _ in range(count):
        times = sorted(draw.randrange(8) for _ in range(draw.randrange(1, longest + 1)))
        logs.append([(when, draw.choice(alphabet)) for when in times])
    return logs


FUNNELS = (["a", "b", "c"], ["a", "a"], ["a", "b", "a"], ["a|b", "a"], ["a|b", "b|c", "c"], ["a", "b", "b", "c"], ["a"])


@pytest.mark.parametrize("within", [None, 0, 2, 4])
@pytest.mark.parametrize("same_time", ["allowed", "apart"])
@pytest.mark.parametrize("entry", ["any", "first"])
@pytest.mark.parametrize("order", ["ordered", "strict"])
def test_orders_against_every_way(order: str, entry: str, same_time: str, within: float | None) -> None:
    for number, steps in enumerate(FUNNELS):
        logs = _random_logs(number)
        params: dict[str, Any] = {"steps": steps, "order": order, "entry": entry, "same_time": same_time}
        how = {"order": order, "first_entry": entry == "first", "apart": same_time == "apart", "within": within}
        assert _counts(_view(logs), within=within, **params) == _expected(logs, steps, **how), (steps, params)


@pytest.mark.parametrize("within", [None, 0, 2, 4])
@pytest.mark.parametrize("same_time", ["allowed", "apart"])
def test_any_order_against_every_way(same_time: str, within: float | None) -> None:
    for number, steps in enumerate(FUNNELS):
        logs = _random_logs(100 + number, 60, longest=5)
        found = _counts(_view(logs), steps=steps, order="any", same_time=same_time, within=within)
        assert found == _expected(logs, steps, order="any", apart=same_time == "apart", within=within), steps


@pytest.mark.parametrize("excluded", ["stop", "remove"])
@pytest.mark.parametrize("exclude", [[], ["x"]])
@pytest.mark.parametrize("windows", [{}, {2: 1}, {2: 2, 3: 0}, {3: 1}])
@pytest.mark.parametrize("within", [None, 3])
def test_windows_of_steps_and_exclusions(
    within: float | None, windows: dict[int, float], exclude: list[str], excluded: str
) -> None:
    for number, steps in enumerate(FUNNELS):
        mine = {step: window for step, window in windows.items() if step <= len(steps)}
        logs = _random_logs(200 + number)
        for same_time, entry in itertools.product(("allowed", "apart"), ("any", "first")):
            params: dict[str, Any] = {
                "steps": steps,
                "step_within": [f"{step}={window}s" for step, window in mine.items()],
                "exclude": exclude,
                "excluded": excluded,
                "same_time": same_time,
                "entry": entry,
                "within": within,
            }
            expected = _expected(
                logs,
                steps,
                within=within,
                windows=mine,
                exclude=frozenset(exclude),
                remove=excluded == "remove",
                apart=same_time == "apart",
                first_entry=entry == "first",
            )
            assert _counts(_view(logs), **params) == expected, params


def test_long_funnels_and_journeys() -> None:
    """A hundred steps; a journey of a million events by one robot, whatever the options: no way back and forth."""
    names = [f"s{number:03d}" for number in range(100)]
    logs: list[Log] = [list(enumerate(names)), list(enumerate(names[:50])), list(enumerate(reversed(names)))]
    for order, expected in (("ordered", (2, 1)), ("strict", (2, 1)), ("any", (3, 2))):
        found, _ = _counts(_view(logs), steps=names, order=order)
        assert (found[49], found[99]) == expected
        assert found[0] == 3


@pytest.mark.parametrize(
    "options",
    [
        {"within": "30d"},
        {"within": "30d", "same_time": "apart"},
        {"within": "30d", "exclude": ["x"], "step_within": ["2=1d"]},
        {"within": "30d", "order": "any"},
        {"within": "30d", "order": "strict"},
        {"within": "30d", "entry": "first"},
    ],
)
def test_a_million_events_of_one_robot(options: dict[str, Any]) -> None:
    """Step a and step b in turn, never c: every a is an entry that a look back would follow to the end."""
    view = _view([[(second, "ab"[second % 2]) for second in range(1_000_000)]])
    _counts(_view([[(0, "a")]]), steps=["a", "b", "c"], **options)
    began = time.perf_counter()
    assert _counts(view, steps=["a", "b", "c"], **options)[0] == [1, 1, 0]
    assert time.perf_counter() - began < 5


# -- the other options, through a workspace


def _steps(workspace: Workspace, **params: Any) -> list[int]:
    return [step.journeys for step in workspace.ask("funnel", **params).result.steps]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three customers, four orders; only Ann's second order is paid."""
    stories = {
        ("ann", "o1", "web", "north"): "visit@0 cart@10",
        ("ann", "o2", "app", "north"): "visit@100 cart@130 pay@160",
        ("bob", "o3", "web", "south"): "cart@5 visit@20",
        ("cid", "o4", "app", None): "visit@0 help@1 cart@2",
    }
    rows = []
    for (customer, case, channel, region), story in stories.items():
        for row in event_rows({customer: story}):
            rows.append({**row, "case_id": case, "channel": channel} | ({"region": region} if region else {}))
    return make_workspace(tmp_path_factory.mktemp("shop") / "ws", rows)


def test_denominators(shop: Workspace) -> None:
    """Each share says of what: of the first step, of the step before, of all."""
    result = shop.ask("funnel", steps="visit,cart,pay", unit="case").result
    assert (result.counted, result.all, result.removed) == ("journeys", 4, 0)
    assert [step.journeys for step in result.steps] == [4, 3, 1]
    assert [step.dropped for step in result.steps] == [0, 1, 2]
    assert [step.share for step in result.steps] == [1, 0.75, 0.25]
    assert [step.share_of_previous for step in result.steps] == pytest.approx([1, 0.75, 1 / 3])
    assert [step.share_of_all for step in result.steps] == [1, 0.75, 0.25]
    assert all(step.share_low <= step.share <= step.share_high for step in result.steps)
    # Only bob's order begins with the cart, so of those who begin there the others are no part of the first share.
    begun = shop.ask("funnel", steps="help,cart", unit="case").result.steps
    assert [step.share for step in begun] == [1, 1]
    assert [step.share_of_all for step in begun] == [0.25, 0.25]


def test_times_between_steps(shop: Workspace) -> None:
    """Ann's first order took 10 minutes to the cart, the second 30, Cid's 2: medians within the 1 % of the sketch."""
    first, cart, pay = shop.ask("funnel", steps="visit,cart,pay", unit="case").result.steps
    assert first.median_seconds is None
    assert cart.median_seconds == pytest.approx(600, rel=0.01)
    assert cart.p90_seconds == pytest.approx(1800, rel=0.01)
    assert pay.median_seconds == pytest.approx(1800, rel=0.01)
    assert pay.from_first_median_seconds == pytest.approx(3600, rel=0.01)


def test_customers_counted_once(shop: Workspace) -> None:
    """By customers, Ann counts with the better of her two orders."""
    result = shop.ask("funnel", steps="visit,cart,pay", unit="case", count="customers").result
    assert (result.counted, result.all) == ("customers", 3)
    assert [step.journeys for step in result.steps] == [3, 2, 1]
    assert _steps(shop, steps="visit,cart,pay", unit="customer") == [3, 2, 1]


def test_breakdown(shop: Workspace) -> None:
    """Groups with denominators of their own; those without the attribute are a group too, and all add up."""
    result = shop.ask("funnel", steps="visit,cart,pay", unit="case", breakdown="region").result
    groups = {group.group: (group.all, [step.journeys for step in group.steps]) for group in result.groups}
    assert groups == {"north": (2, [2, 2, 1]), "south": (1, [1, 0, 0]), "(none)": (1, [1, 1, 0])}
    by_channel = shop.ask("funnel", steps="visit,cart", unit="case", breakdown="channel").result
    assert {group.group: [step.journeys for step in group.steps] for group in by_channel.groups} == {
        "web": [2, 1],
        "app": [2, 2],
    }
    with pytest.raises(TropaError, match="no attribute 'regoin'") as wrong:
        shop.ask("funnel", steps="visit,cart", breakdown="regoin")
    assert "'region'" in wrong.value.hint


def test_either_of_several_and_names_with_commas(tmp_path: Path) -> None:
    """`a|b` is either; a name that has a bar or a comma of its own is still found."""
    rows = event_rows({"1": "a@0 c@1", "2": "b@0 c@1", "3": "c@0"})
    rows += [
        {"customer_id": "4", "time": "2026-01-01T00:00", "activity": "yes, please"},
        {"customer_id": "4", "time": "2026-01-01T00:01", "activity": "x|y"},
    ]
    workspace = make_workspace(tmp_path / "ws", rows)
    assert _steps(workspace, steps=["a|b", "c"]) == [2, 2]
    assert _steps(workspace, steps=r"yes\, please,x|y") == [1, 1]
    assert _steps(workspace, steps=["yes, please", "x|y"]) == [1, 1]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"steps": ["visit", "kart"]}, "Did you mean 'cart'"),
        ({"steps": []}, "steps"),
        ({}, "steps"),
        ({"steps": ["visit"], "exclude": ["nothing"]}, "exclusion 'nothing'"),
        ({"steps": ["visit", "cart"], "within": "soon"}, "not a duration"),
        ({"steps": ["visit", "cart"], "within": -5}, "within"),
        ({"steps": ["visit", "cart"], "step_within": ["3=1d"]}, "from 2 to 2"),
        ({"steps": ["visit", "cart"], "step_within": ["1d"]}, "STEP=DURATION"),
        ({"steps": ["visit", "cart"], "order": "strict", "exclude": ["help"]}, "order=ordered"),
        ({"steps": ["visit", "cart"], "order": "sorted"}, "order"),
    ],
)
def test_wrong_parameters_are_named(shop: Workspace, params: dict[str, Any], said: str) -> None:
    with pytest.raises(TropaError) as wrong:
        shop.ask("funnel", **params)
    assert wrong.value.kind == "usage"
    assert said in str(wrong.value)
