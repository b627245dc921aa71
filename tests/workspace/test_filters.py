"""Which journeys a question is asked of: periods, segments, channels, units, two groups side by side."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from tests.helpers import event_rows, make_workspace

from tropa.analyses import find_analysis
from tropa.cli.show import parse_options
from tropa.contract.filters import Filters
from tropa.cx.view import _place_feedback
from tropa.engine.arrange import place_answers
from tropa.errors import TropaError
from tropa.service.app import create_app
from tropa.workspace.compare import Apart, judged_together
from tropa.workspace.describe import describe
from tropa.workspace.find import FindParams
from tropa.workspace.living_map import living_map
from tropa.workspace.observe import observed
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

# Begins of journeys around the ends of days in Moscow (UTC+3) and in UTC.
MOMENTS = {
    "a": "2026-03-01T20:59:59Z",  # 23:59:59 of the first of March in Moscow
    "b": "2026-03-01T21:00:00Z",  # midnight of the second there
    "c": "2026-03-02T20:59:59.999999Z",
    "d": "2026-03-02T21:00:00Z",  # the third
    "e": "2026-03-05T12:00:00Z",
}


@pytest.fixture(scope="module")
def moscow(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    rows = [{"customer_id": who, "time": when, "activity": who} for who, when in MOMENTS.items()]
    # A journey is kept by its first event, whatever comes later.
    rows.append({"customer_id": "a", "time": "2026-03-05T12:00:00Z", "activity": "later"})
    return make_workspace(tmp_path_factory.mktemp("w") / "ws", rows, settings=Settings("M", timezone="Europe/Moscow"))


def _kept(workspace: Workspace, **filters: Any) -> str:
    variants = workspace.ask("variants", by="activity", **filters).result.variants
    return "".join(sorted(variant.path[0] for variant in variants))


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"since": "2026-03-02"}, "bcde"),
        ({"until": "2026-03-01"}, "a"),
        ({"until": "2026-03-02"}, "abc"),
        ({"since": "2026-03-02", "until": "2026-03-02"}, "bc"),
        ({"since": "2026-03-02T00:00:01"}, "cde"),
        ({"since": "2026-03-01T21:00:00Z"}, "bcde"),
        ({"since": "2026-03-02T00:00:00+03:00"}, "bcde"),
        ({"since": "2026-03-02T00:00:00+02:00"}, "cde"),
        ({"until": "2026-03-02T00:00:00"}, "a"),
        ({"until": "2026-03-01T21:00:00.000001Z"}, "ab"),
        ({"since": "2026-03-01T23:59:59", "until": "2026-03-02T00:00:00"}, "a"),
    ],
)
def test_periods(moscow: Workspace, filters: dict[str, str], kept: str) -> None:
    """Days are those of the workspace's time zone, the last one included; a moment is where a period ends."""
    assert _kept(moscow, **filters) == kept


def test_periods_that_keep_nothing(moscow: Workspace) -> None:
    with pytest.raises(TropaError, match="No journeys are left") as nothing:
        moscow.ask("variants", since="2027-01-01")
    assert nothing.value.kind == "no_data"
    assert "2026-03-01" in nothing.value.hint
    with pytest.raises(TropaError, match="before it begins"):
        moscow.ask("variants", since="2026-03-03", until="2026-03-02")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    people = {
        "a": ("north", "web"),
        "b": ("north", "app"),
        "c": ("south", "web"),
        "d": ("south", "app"),
        "e": (None, "web"),
    }
    rows = [
        {
            "customer_id": who,
            "time": "2026-01-01",
            "activity": who,
            "channel": channel,
            "region": region,
            "plan": f"p{n % 2}",
        }
        for n, (who, (region, channel)) in enumerate(people.items())
    ]
    rows.append({"customer_id": "a", "time": "2026-01-02", "activity": "x", "channel": "call", "region": "south"})
    return make_workspace(tmp_path_factory.mktemp("w") / "ws", rows)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"segment": ["region=north"]}, "ab"),
        ({"segment": ["region=north", "region=south"]}, "abcd"),
        ({"segment": ["region=north", "plan=p0"]}, "a"),
        ({"segment": ["region=north", "region=south", "plan=p1"]}, "bd"),
        ({"segment": [" region = south "]}, "cd"),
        ({"channel": "web"}, "ace"),
        ({"channel": "app,call"}, "abd"),
        ({"channel": ["call"], "segment": ["region=north"]}, "a"),
        ({"channel": ["web"], "segment": ["region=south"], "since": "2026-01-01"}, "c"),
    ],
)
def test_segments_and_channels(shop: Workspace, filters: dict[str, Any], kept: str) -> None:
    """Values of one attribute are "or", attributes are "and"; a journey has the first region that it told."""
    assert _kept(shop, **filters) == kept


@pytest.mark.parametrize(
    ("filters", "hint"),
    [
        ({"segment": ["regoin=north"]}, "'region'"),
        ({"segment": ["region=nort"]}, "'north'"),
        ({"segment": ["region"]}, "attribute=value"),
        ({"channel": ["wap"]}, "Did you mean 'app'?"),
        ({"colour": "red"}, "Known"),
    ],
)
def test_unknown_words(shop: Workspace, filters: dict[str, Any], hint: str) -> None:
    with pytest.raises(TropaError) as wrong:
        shop.ask("variants", **filters)
    assert wrong.value.kind == "usage"
    assert hint in wrong.value.hint


# -- two groups


def _newcombe(one: int, of_one: int, other: int, of_other: int) -> tuple[float, float]:
    """Interval of a difference of shares by Newcombe (1998), method 10, from the two of Wilson."""
    z = 1.959964

    def wilson(k: int, n: int) -> tuple[float, float]:
        middle = (2 * k + z * z) / (2 * (n + z * z))
        half = z * math.sqrt(z * z + 4 * k * (1 - k / n)) / (2 * (n + z * z))
        return middle - half, middle + half

    (low_1, high_1), (low_2, high_2) = wilson(one, of_one), wilson(other, of_other)
    p, q = one / of_one, other / of_other
    return p - q - math.hypot(p - low_1, high_2 - q), p - q + math.hypot(high_1 - p, q - low_2)


def test_newcombe_example() -> None:
    """The paper's own first example: 56/70 against 48/80 gives 0.0524 to 0.3339."""
    assert _newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_difference_of_two_groups(tmp_path: Path) -> None:
    """The paper's example as journeys: 56 of 70 in one group pay, 48 of 80 in the other."""
    rows = []
    for group, paid, everyone in (("one", 56, 70), ("two", 48, 80)):
        for number in range(everyone):
            story = "visit@0 pay@1" if number < paid else "visit@0"
            rows += [{**row, "group": group} for row in event_rows({f"{group}{number}": story})]
    workspace = make_workspace(tmp_path / "ws", rows)
    answer = workspace.ask("funnel", steps="visit,pay", compare=["group=one", "group=two"])
    assert (answer.journeys, [group.journeys for group in answer.result.groups]) == (150, [70, 80])
    difference = next(d for d in answer.result.differences if d.measure == "share" and "pay" in d.where)
    assert (difference.first, difference.second) == (0.8, 0.6)
    assert difference.difference == pytest.approx(0.2)
    assert (difference.difference_low, difference.difference_high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference.differs
    same = workspace.ask("funnel", steps="visit,pay", compare=["group=one", "group=one"]).result.differences
    assert not any(difference.differs for difference in same)
    assert [d.difference for d in same] == [0] * len(same)


def test_what_is_there_is_counted_once_for_each_state_of_data_and_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page asks it first, and waits for it."""
    workspace = make_workspace(tmp_path / "ws", event_rows({"1": "visit@0 pay@1", "2": "visit@0"}))
    opened = []
    views = Workspace.views
    monkeypatch.setattr(Workspace, "views", lambda *asked: opened.append(1) or views(*asked))
    first = describe(workspace)
    assert (first, first.journeys, len(opened)) == (describe(workspace), 2, 1)
    make_workspace(tmp_path / "more", event_rows({"3": "visit@0"}))
    assert describe(Workspace(tmp_path / "more")).journeys == 1 and len(opened) == 2


def test_differences_are_marked_together() -> None:
    """Of sixteen numbers one that barely leaves zero out is expected by chance; alone it is a difference."""

    def apart(value: float) -> Apart:
        return Apart("Stage", "share", 0.5 + value, 0.5, value, value - 0.1, value + 0.1)

    barely, surely = apart(0.101), apart(-0.3)
    assert barely.p == pytest.approx(0.0478, abs=1e-4)
    assert [one.differs for one in judged_together([barely])] == [True]
    told = judged_together([barely, surely, *(apart(0.0) for _ in range(14))])
    assert [one.differs for one in told] == [False, True] + [False] * 14
    assert told[0].difference_low > 0 and told[0].q > 0.05, "the interval stays that of the number alone"
    nothing = Apart("Stage", "share", 0.5, 0.5, 0.0, 0.0, 0.0)
    assert nothing.p == 1.0 and Apart("Stage", "share", 0.6, 0.5, 0.1, 0.1, 0.1).p == 0.0


def test_groups_by_period_and_channel(shop: Workspace, moscow: Workspace) -> None:
    periods = moscow.ask("variants", by="activity", compare=["..2026-03-02", "2026-03-03.."]).result
    assert [group.journeys for group in periods.groups] == [3, 2]
    channels = shop.ask("variants", compare=["channel=web", "channel=app"], segment=["region=north"]).result
    assert [group.journeys for group in channels.groups] == [1, 1]
    for wrong in (
        ["region=north"],
        ["region=north"] * 3,
        ["region=north", "nonsense"],
        ["soon..later", "region=north"],
    ):
        with pytest.raises(TropaError) as error:
            shop.ask("variants", compare=wrong)
        assert error.value.kind == "usage"
    with pytest.raises(TropaError) as nobody:
        shop.ask("variants", compare=["region=north", "2030-01-01.."])
    assert nobody.value.kind == "no_data"


@pytest.fixture(scope="module")
def commas(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Channels and activities with a comma in their names."""
    rows = [
        {"customer_id": who, "time": "2026-01-01", "activity": name, "channel": channel}
        for who, name, channel in (("a", "yes, please", "web, app"), ("b", "no", "web"), ("c", "no", "app"))
    ]
    return make_workspace(tmp_path_factory.mktemp("w") / "ws", rows)


@pytest.mark.parametrize(
    ("channel", "journeys"),
    [
        (r"web\, app", 1),
        (["web, app"], 1),
        (["web, app", "web"], 2),
        ("web,app", 2),
        (r"web\, app,web,app", 3),
    ],
)
def test_names_with_commas(commas: Workspace, channel: str | list[str], journeys: int) -> None:
    """A text is split once; a list holds the names as they are, in a comparison too."""
    assert commas.ask("variants", channel=channel).journeys == journeys
    both = commas.ask("variants", channel=channel, compare=["2026-01-01..", "2025-12-01.."])
    assert [group.journeys for group in both.result.groups] == [journeys, journeys]
    assert living_map(commas, Filters.model_validate({"channel": channel})).journeys == journeys


def test_groups_with_commas(commas: Workspace) -> None:
    told = commas.ask(
        "funnel", by="activity", steps=r"yes\, please", compare=["channel=web, app", "channel=web"]
    ).result
    assert [group.result.steps[0].journeys for group in told.groups] == [1, 0]
    assert [group.result.steps[0].step for group in told.groups] == ["yes, please"] * 2


def test_names_with_commas_at_the_edges(commas: Workspace) -> None:
    """On the command line and in an address each text may hold several names."""
    variants = find_analysis("variants")
    given = [r"web\, app", "web,app"]
    typed = parse_options(variants, ["--channel", given[0], "--channel", given[1]])
    assert typed == {"channel": ["web, app", "web", "app"]}
    with TestClient(create_app(commas.folder)) as client:
        for path in ("analyses/variants", "living-map"):
            assert client.get(f"/api/{path}", params={"channel": given}).json()["journeys"] == 3
            assert client.get(f"/api/{path}", params={"channel": given[0]}).json()["journeys"] == 1
        compared = client.get(
            "/api/analyses/funnel",
            params={"by": "activity", "steps": r"yes\, please", "compare": ["channel=web, app", "channel=web"]},
        ).json()
    assert [group["journeys"] for group in compared["result"]["groups"]] == [1, 1]


# -- what one journey is

SESSIONS = """
map: Shop
unit: session
session_gap: 1h
goal: [Paid]
stages:
  - stage: All
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}}
      - {touchpoint: Paid, when: {activity: [pay]}}
"""


def _stories(workspace: Workspace, **params: Any) -> dict[str, int]:
    answer = workspace.ask("variants", by="activity", **params)
    return {"".join(name[0] for name in variant.path): variant.journeys for variant in answer.result.variants}


def test_units(tmp_path: Path) -> None:
    """One customer, two cases that cross each other, events of no case, pauses of 20, 40 and 90 minutes."""
    story = [
        (0, "visit", None),
        (20, "ask", "k1"),
        (60, "look", None),
        (150, "buy", "k2"),
        (151, "pay", "k1"),
        (152, "end", None),
    ]
    rows = [
        {
            "customer_id": "ann",
            "time": f"2026-01-01T{minute // 60:02d}:{minute % 60:02d}",
            "activity": name,
            "case_id": case,
        }
        for minute, name, case in story
    ]
    rows.append({"customer_id": "bob", "time": "2026-01-01", "activity": "visit"})
    workspace = make_workspace(tmp_path / "ws", rows)
    assert _stories(workspace) == {"valbpe": 1, "v": 1}
    # An event of no case goes with the case that its customer turns to next, the last ones with the one before.
    assert _stories(workspace, unit="case") == {"vape": 1, "lb": 1, "v": 1}
    # Without a map a session ends after half an hour.
    assert _stories(workspace, unit="session") == {"va": 1, "l": 1, "bpe": 1, "v": 1}
    workspace.documents.save_map(SESSIONS)
    assert _stories(workspace) == {"val": 1, "bpe": 1, "v": 1}
    assert _stories(workspace, unit="customer") == {"valbpe": 1, "v": 1}
    assert describe(workspace).unit == "session"
    assert describe(workspace).journeys == 3, "sessions, not customers"
    assert observed(workspace).total_journeys == 3


@pytest.mark.parametrize("unit", ["customer", "case", "session"])
def test_counts_agree(unit: str, tmp_path: Path) -> None:
    """Every face says the same number of journeys, events and customers, whatever a journey is."""
    rows = event_rows({f"c{n}": "a@0 b@50 c@51" for n in range(40)})
    rows = [{**row, "case_id": f"k{n % 7}"} for n, row in enumerate(rows)]
    workspace = make_workspace(tmp_path / "ws", rows, map_text=SESSIONS.replace("unit: session", f"unit: {unit}"))
    overview = workspace.ask("overview")
    assert overview.events == overview.result.events == 120
    assert overview.journeys == overview.result.journeys == workspace.ask("variants").result.journeys
    assert overview.result.customers == 40
    described = describe(workspace)
    assert (described.journeys, described.events, described.customers) == (overview.journeys, 120, 40)


def test_feedback_is_placed(tmp_path: Path) -> None:
    """An answer goes to its case, else to the case of the latest event by then, else to the first one."""
    rows = [
        {"customer_id": "ann", "time": "2026-01-01T10:00", "activity": "visit", "case_id": "k1"},
        {"customer_id": "ann", "time": "2026-01-02T10:00", "activity": "visit", "case_id": "k2"},
        {"customer_id": "ann", "time": "2026-01-03T10:00", "activity": "pay", "case_id": "k1"},
    ]
    told = [
        ("2025-12-31", None, "before"),
        ("2026-01-01T12:00", None, "first"),
        ("2026-01-02T12:00", None, "second"),
        ("2026-01-09", None, "last"),
        ("2026-01-09", "k2", "named"),
        ("2026-01-02T12:00", "k9", "of a case without events"),
    ]
    feedback = [
        {"customer_id": "ann", "time": when, "kind": "csat", "score": 4, "text": text, "case_id": case}
        for when, case, text in told
    ]
    workspace = make_workspace(tmp_path / "ws", rows, feedback)
    _, manifest, lens = workspace.journeys("case")
    placed: dict[str | None, list[str]] = {}
    for opener in workspace.views(manifest, lens, None):
        view = opener()
        for journey, entry in zip(view.feedback.journey, view.feedback.entry, strict=True):
            text = view.journeys.feedback.columns["text"][int(entry)].as_py()
            placed.setdefault(view.case_id(int(journey)), []).append(text)
    assert placed == {
        "k1": ["before", "first", "last"],
        "k2": ["second", "of a case without events", "named"],
    }
    assert manifest.total("feedback") == len(told)


def test_much_feedback_of_one_robot(tmp_path: Path) -> None:
    """Thousands of early answers over a hundred thousand events of one customer: no walk over all of them for each."""
    events, answers = 400_000, 20_000
    when = np.arange(events, dtype=np.int64) + answers
    told = np.arange(answers, dtype=np.int64) + answers // 2
    zeros = np.zeros(answers, dtype=np.int64)
    absent = np.full(answers, -1, dtype=np.int32)
    args = (zeros, absent, told, np.array([0, 1]), np.array([-1]), np.array([0, events]), when)
    place_answers(zeros[:1], absent[:1], told[:1], *args[3:])
    view_args = (np.array([0, answers]), told, absent, np.array([0, 1]), np.array([0, events]), when)
    nodes = np.full(events, 0, dtype=np.int32)
    _place_feedback(*view_args, nodes)
    began = time.perf_counter()
    assert not place_answers(*args).any()
    journey, node = _place_feedback(*view_args, nodes)
    assert time.perf_counter() - began < 4
    assert not journey.any()
    assert node.tolist() == [-1] * (answers // 2) + [0] * (answers // 2)


def test_a_scenario_keeps_journeys_by_where_they_came(tmp_path: Path) -> None:
    rows = [
        {"customer_id": who, "time": f"2026-03-01T0{hour}:00:00Z", "activity": activity}
        for who, path in {"a": "xyz", "b": "xz", "c": "yz", "d": "x!"}.items()
        for hour, activity in enumerate(path)
    ]
    workspace = make_workspace(tmp_path / "ws", rows)

    def kept(*scenario: str) -> int:
        return workspace.ask("overview", scenario=list(scenario)).journeys

    assert [kept("x"), kept("!x"), kept("x", "y"), kept("x", "!y"), kept("!y", "!z")] == [3, 1, 1, 2, 1]
    # A name that begins with an exclamation mark stands for itself.
    assert kept("!") == 1
    compared = workspace.ask("overview", compare=["scenario=y", "scenario=!y"]).result
    assert [(group.journeys, compared.both) for group in compared.groups] == [(2, 0), (2, 0)]
    with pytest.raises(TropaError, match="no touchpoint or stage 'w'"):
        kept("w")
    with pytest.raises(TropaError, match="not asked of one scenario"):
        workspace.find(FindParams(scenario=["x"]))
