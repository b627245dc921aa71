"""What a reached goal is worth: by hand, and where it cannot be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic_core import to_json
from tests.helpers import make_workspace

from tropa.analyses.value import Value
from tropa.errors import TropaError
from tropa.stats.intervals import difference, mean
from tropa.workspace.settings import Settings, read_settings

MAP = """\
map: shop
unit: customer
goal: [Paid]
stages:
  - stage: One
    touchpoints:
      - {touchpoint: Visit, when: {activity: visit}}
      - {touchpoint: Paid, when: {activity: pay}}
"""


def told(folder: Path, journeys: list[list[tuple[str, float | None]]], **more: Any) -> Value:
    """Journeys as lists of (activity, value), a minute apart; long after them one more event ends all of them."""
    price = more.pop("goal_price", None)
    text = more.pop("map_text", MAP)
    regions = more.pop("regions", None)
    rows = [
        {
            "customer_id": f"c{number}",
            "time": f"2026-0{1 + number % 2}-05T10:{minute:02d}:00",
            "activity": activity,
            **({} if value is None else {"value": value}),
        }
        for number, journey in enumerate(journeys)
        for minute, (activity, value) in enumerate(journey)
    ]
    # It has a value only where others have one, so that a log without money stays one.
    rows.append({"customer_id": "end", "time": "2026-06-30T10:00:00", "activity": "other"})
    customers = [{"customer_id": f"c{number}", "region": region} for number, region in enumerate(regions or ())]
    settings = Settings("shop", currency="EUR", goal_price=price)
    result = make_workspace(folder / "ws", rows, (), customers, text, settings).ask("value", **more).result
    assert isinstance(result, Value)
    json.loads(to_json(result, inf_nan_mode="constants"), parse_constant=pytest.fail)
    return result


def test_by_hand(tmp_path: Path) -> None:
    # Two reached: 100 + 20 afterwards, and 60 - 10 for a refund; three left: a cost of 5, nothing, 8 paid without goal.
    journeys = [
        [("visit", None), ("pay", 100.0), ("visit", 20.0)],
        [("visit", None), ("pay", 60.0), ("visit", -10.0)],
        [("visit", -5.0)],
        [("visit", None)],
        [("visit", 8.0)],
    ]
    model = told(tmp_path, journeys).model
    reached, left = mean(170.0, 120.0**2 + 50.0**2, 2), mean(3.0, 25.0 + 64.0, 3)
    expected = difference(reached, left)
    assert (model.kind, model.source, model.why, model.currency) == ("goal_value", "data", None, "EUR")
    assert (model.reached, model.left, model.n) == (2, 3, 5)
    assert (model.reached_mean, model.left_mean, model.goal_value) == (85.0, 1.0, 84.0)
    assert (model.goal_value_low, model.goal_value_high) == pytest.approx((expected.low, expected.high))
    assert model.largest_share == pytest.approx(120 / 178)


def test_customers_months_and_segments(tmp_path: Path) -> None:
    journeys = [[("visit", None), ("pay", 10.0 * (1 + n % 3))] if n % 4 else [("visit", None)] for n in range(24)]
    result = told(tmp_path, journeys, by="region", regions=["north" if n < 12 else "south" for n in range(24)])
    paid = [10.0 * (1 + n % 3) for n in range(24) if n % 4]
    assert result.customers is not None
    # The one that ends the data is a customer, and still under way: in the totals, in no mean of the model.
    assert (result.customers.customers, result.customers.paying, result.customers.total) == (25, 18, sum(paid))
    assert result.customers.median == pytest.approx(float(np.median(paid)), rel=0.01)
    assert result.customers.top is None, "there is no best 1 % of 18"
    assert {row.group: (row.reached, row.left, row.total) for row in result.segments} == {
        "north": (9, 3, sum(10.0 * (1 + n % 3) for n in range(12) if n % 4)),
        "south": (9, 3, sum(10.0 * (1 + n % 3) for n in range(12, 24) if n % 4)),
    }
    assert [row.group for row in result.months] == ["2026-01-01", "2026-02-01", "2026-06-01"]
    assert sum(row.total for row in result.months) == sum(paid)


def test_few_prices_are_told_as_they_are(tmp_path: Path) -> None:
    """What everybody pays is told to the penny, not the middle of a bucket; who bring most are no more than 1 %."""
    journeys: list[list[tuple[str, float | None]]] = [
        [("pay", 9_900.0 if n % 4 == 0 else 24_900.5)] for n in range(200)
    ]
    customers = told(tmp_path, journeys).customers
    assert customers is not None
    assert (customers.median, customers.top) == (24_900.5, 24_900.5)
    assert customers.top_share == pytest.approx(2 * 24_900.5 / (150 * 24_900.5 + 50 * 9_900))


def test_the_top_is_the_least_of_those_who_bring_most(tmp_path: Path) -> None:
    """Of 200 two are the 1 %: the best of the others, one rank below, is none of them."""
    customers = told(tmp_path, [[("pay", 1_000.0 if n < 2 else 10.0)] for n in range(200)]).customers
    assert customers is not None
    assert (customers.median, customers.top) == (10.0, 1_000.0)
    assert customers.top_share == pytest.approx(2_000 / 3_980)


def test_sums_that_differ_are_told_about(tmp_path: Path) -> None:
    sums = [100.0 + 7.3 * n for n in range(300)]
    customers = told(tmp_path, [[("pay", one)] for one in sums]).customers
    assert customers is not None and customers.median is not None and customers.top is not None
    assert customers.median == pytest.approx(float(np.median(sums)), rel=0.01)
    assert customers.top == pytest.approx(sorted(sums)[-3], rel=0.01)
    assert customers.top_share == pytest.approx(sum(sorted(sums)[-3:]) / sum(sums), rel=0.01)


def test_a_stated_price_wins_and_says_so(tmp_path: Path) -> None:
    model = told(tmp_path, [[("pay", 10.0)], [("pay", 12.0)], [("visit", None)]], goal_price=500.0).model
    assert (model.source, model.goal_value, model.goal_value_low, model.n) == ("stated", 500.0, None, 0)
    assert model.data_value == 11.0


def test_nobody_who_left_paid_and_all_pay_alike(tmp_path: Path) -> None:
    """Without spread the limits come from the range of what was seen, and shrink with n."""
    few = told(tmp_path / "few", [[("pay", 7.0)]] * 5 + [[("visit", None)]] * 5).model
    many = told(tmp_path / "many", [[("pay", 7.0)]] * 50 + [[("visit", None)]] * 50).model
    for model in (few, many):
        assert model.goal_value == 7.0
        assert model.goal_value_low is not None and model.goal_value_low < 7.0
    assert (many.goal_value_low or 0) > (few.goal_value_low or 0) > 0


def test_only_costs(tmp_path: Path) -> None:
    journeys = [[("pay", -3.0)], [("pay", -5.0)], [("visit", -1.0)], [("visit", -2.0)]]
    result = told(tmp_path, journeys)
    assert (result.model.goal_value, result.model.largest_share) == (-2.5, None)
    assert result.customers is not None
    assert (result.customers.paying, result.customers.median, result.customers.top_share) == (0, None, None)


@pytest.mark.parametrize(
    ("journeys", "map_text", "why"),
    [
        ([[("pay", 1.0)], [("visit", 1.0)]], None, "no_goal"),
        ([[("pay", None)], [("visit", None)]], MAP, "no_value"),
        ([[("visit", 1.0)], [("visit", 2.0)]], MAP, "none_reached"),
    ],
)
def test_what_cannot_be_told_is_said(
    tmp_path: Path, journeys: list[list[tuple[str, float | None]]], map_text: str | None, why: str
) -> None:
    model = told(tmp_path, journeys, map_text=map_text).model
    assert (model.source, model.goal_value, model.why) == (None, None, why)


def test_unknown_attribute_is_named(tmp_path: Path) -> None:
    with pytest.raises(TropaError, match="'regoin'"):
        told(tmp_path, [[("pay", 1.0)]], by="regoin", regions=["north"])


@pytest.mark.parametrize("price", [0.0, -1.0, float("nan"), float("inf")])
def test_a_price_is_a_number_above_nothing(price: float) -> None:
    with pytest.raises(TropaError, match="price"):
        Settings("shop", goal_price=price)


def test_settings_without_a_price_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text('{"name": "old", "format": 1}', "utf-8")
    assert read_settings(tmp_path).goal_price is None
