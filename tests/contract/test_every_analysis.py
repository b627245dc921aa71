"""Every analysis of the registry through the same checks."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic_core import to_json
from tests.helpers import make_workspace

from tropa.analyses import REGISTRY
from tropa.contract.analysis import Analysis
from tropa.contract.filters import Filters
from tropa.errors import TropaError
from tropa.service.app import create_app
from tropa.workspace.compare import Comparison
from tropa.workspace.workspace import Workspace

MAP = """
map: Shop
unit: customer
goal: [Paid]
within: 30d
stages:
  - stage: Choice
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}, expects: {within: 1h}}
  - stage: Order
    touchpoints:
      - {touchpoint: Basket, when: {activity: [basket]}, expects: {failures: 0.1, score: 4}}
      - {touchpoint: Paid, when: {activity: [pay]}}
"""

NEEDED: dict[str, dict[str, Any]] = {
    "flow": {"anchor": "Visit"},
    "funnel": {"steps": ["Visit", "Paid"]},
    "journey": {"customer": "c1"},
    "touchpoint": {"touchpoint": "Basket"},
    "retention": {"period": "day"},
    "wait_times": {"source": "Visit"},
}

NEED_A_MAP = {"time_to_goal"}


def rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    events, feedback, customers = [], [], []
    for number in range(40):
        name = f"c{number}"
        day = f"2026-01-{1 + number % 20:02d}T10"
        channel = "web" if number % 2 else "app"
        common = {"customer_id": name, "channel": channel, "performer": "shop"}
        events.append(common | {"time": f"{day}:00", "activity": "visit"})
        events.append(common | {"time": f"{day}:05", "activity": "help", "ended_at": f"{day}:07"})
        events.append(common | {"time": f"{day}:10", "activity": "basket", "status": "ok" if number % 4 else "failed"})
        if number % 3:
            events.append(common | {"time": f"{day}:20", "activity": "pay", "value": 10.0})
            feedback.append({"customer_id": name, "time": f"{day}:30", "kind": "csat", "score": 3.0 + number % 3})
        customers.append({"customer_id": name, "region": "north" if number % 5 else "south"})
    return events, feedback, customers


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("contract") / "ws", *rows(), map_text=MAP)


@pytest.fixture(scope="module")
def client(shop: Workspace) -> Iterator[TestClient]:
    with TestClient(create_app(shop.folder)) as opened:
        yield opened


def needed(analysis: Analysis[Any, Any]) -> dict[str, Any]:
    return dict(NEEDED.get(analysis.slug, {}))


each = pytest.mark.parametrize("analysis", REGISTRY, ids=lambda analysis: analysis.slug)


@each
def test_form(analysis: Analysis[Any, Any]) -> None:
    module = analysis.fold.__module__
    assert module == f"tropa.analyses.{analysis.slug}"
    assert analysis.question.endswith("?") and analysis.question_ru.endswith("?")
    assert issubclass(analysis.params, Filters)
    assert dataclasses.is_dataclass(analysis.result)
    for name, field in analysis.params.model_fields.items():
        assert field.description, f"{analysis.slug}: {name} says nothing of itself"


@each
def test_answer_is_plain_json_without_nan(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    answer = shop.ask(analysis.slug, **needed(analysis))
    assert isinstance(answer.result, analysis.result)
    document = json.loads(to_json(answer, inf_nan_mode="constants"), parse_constant=pytest.fail)
    assert set(document) >= {"analysis", "params", "journeys", "events", "seconds", "result"}
    assert document["journeys"] == (1 if analysis.slug == "journey" and document["journeys"] == 1 else 40)


@each
def test_the_same_question_gives_the_same_answer(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    again = Workspace(shop.folder)
    assert shop.ask(analysis.slug, **needed(analysis)).result == again.ask(analysis.slug, **needed(analysis)).result


@each
def test_estimates_lie_within_their_intervals(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    for row in every_row(shop.ask(analysis.slug, **needed(analysis)).result):
        names = {field.name for field in dataclasses.fields(row)}
        for name in names:
            if f"{name}_low" not in names:
                continue
            value, low, high = (getattr(row, name + end) for end in ("", "_low", "_high"))
            if value is not None and low is not None and high is not None:
                assert low - 1e-9 <= value <= high + 1e-9, f"{analysis.slug}: {name}"
                assert all(math.isfinite(number) for number in (value, low, high))


@each
def test_filters_keep_whole_journeys(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    params = needed(analysis) | {"segment": ["region=north"], "channel": ["web"]}
    if analysis.slug == "journey":
        params["customer"] = "c1"
    answer = shop.ask(analysis.slug, **params)
    assert 0 < answer.journeys < 40


@each
def test_two_groups_side_by_side(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    if analysis.slug == "journey":
        pytest.skip("one customer is in one group")
    answer = shop.ask(analysis.slug, **needed(analysis), compare=["region=north", "region=south"])
    assert isinstance(answer.result, Comparison)
    assert [group.group for group in answer.result.groups] == ["region=north", "region=south"]
    assert [group.journeys for group in answer.result.groups] == [32, 8]
    assert answer.result.both == 0
    for row in answer.result.differences:
        assert row.difference == pytest.approx(row.first - row.second)
        assert row.difference_low <= row.difference <= row.difference_high


@each
def test_nothing_kept_is_said(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    with pytest.raises(TropaError) as error:
        shop.ask(analysis.slug, **needed(analysis), since="1990-01-01", until="1990-02-01")
    assert error.value.kind == "no_data"
    assert "2026-01-01" in error.value.hint


@each
def test_unknown_attribute_is_named(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    with pytest.raises(TropaError, match="regoin") as error:
        shop.ask(analysis.slug, **needed(analysis), segment=["regoin=north"])
    assert "'region'" in error.value.hint


@each
def test_unknown_parameter_is_named(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    with pytest.raises(TropaError, match="no parameter 'nonsense'"):
        shop.ask(analysis.slug, **needed(analysis), nonsense=1)


@each
def test_over_http_as_in_python(analysis: Analysis[Any, Any], shop: Workspace, client: TestClient) -> None:
    reply = client.get(f"/api/analyses/{analysis.slug}", params=needed(analysis))
    assert reply.status_code == 200, reply.text
    answer = json.loads(to_json(shop.ask(analysis.slug, **needed(analysis))))
    assert reply.json()["result"] == answer["result"]


@each
def test_empty_workspace_says_what_to_do(analysis: Analysis[Any, Any], tmp_path: Path) -> None:
    empty = Workspace.create(tmp_path / "empty")
    with pytest.raises(TropaError) as error:
        empty.ask(analysis.slug, **needed(analysis))
    assert error.value.kind == "no_data"
    assert "tropa load" in error.value.typed


@each
def test_without_a_map(analysis: Analysis[Any, Any], tmp_path: Path) -> None:
    plain = make_workspace(tmp_path / "plain", *rows())
    params = needed(analysis)
    if analysis.slug == "funnel":
        params = {"steps": ["visit", "pay"]}
    if analysis.slug == "touchpoint":
        params = {"touchpoint": "basket"}
    if analysis.slug == "flow":
        params = {"anchor": "visit"}
    if analysis.slug == "wait_times":
        params = {"source": "visit"}
    if analysis.slug in NEED_A_MAP:
        with pytest.raises(TropaError) as error:
            plain.ask(analysis.slug, **params)
        assert error.value.kind == "map"
    else:
        assert plain.ask(analysis.slug, **params).journeys > 0


@each
def test_chart_is_vega_lite(analysis: Analysis[Any, Any], shop: Workspace) -> None:
    if analysis.chart is None:
        pytest.skip("a picture says nothing here")
    chart = analysis.chart(shop.ask(analysis.slug, **needed(analysis)).result)
    json.dumps(chart, allow_nan=False)
    assert "mark" in chart or "layer" in chart or "hconcat" in chart or "vconcat" in chart


def every_row(value: Any) -> Iterator[Any]:
    if dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from every_row(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from every_row(item)
