"""What a dashboard says: goal rate of those who ever met something, less that of those who never did, a z-test at 5 %.

It is told the truth's own activities and thresholds, so that it is as good as such a list can be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
from ruamel.yaml import YAML

Z = 1.959964
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_OPTIONAL = ("case_id", "channel", "performer", "status", "promised_at")
_TIMES = ("time", "promised_at")


def seconds(text: str) -> float:
    """A duration of the map."""
    return float(text[:-1]) * _UNITS[text[-1]]


def read(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, Any]]:
    """Events with their journey and touchpoint, feedback with its journey, and the map."""
    drawn = YAML(typ="safe").load((folder / "map.yaml").read_text(encoding="utf-8"))
    events, feedback = _table(folder / "events.csv"), _table(folder / "feedback.csv")
    unit = drawn["unit"]
    if unit == "case":
        events, feedback = (
            t.filter(pl.col("case_id").is_not_null()).rename({"case_id": "journey"}) for t in (events, feedback)
        )
    events = events.sort("customer_id", "time")
    if unit == "session":
        gap = timedelta(seconds=seconds(drawn["session_gap"]))
        starts = (pl.col("time").diff() > gap).fill_null(False) | (
            pl.col("customer_id") != pl.col("customer_id").shift()
        )
        events = events.with_columns(journey=starts.fill_null(False).cum_sum().cast(pl.String))
        begins = events.group_by("journey", "customer_id").agg(pl.col("time").min()).sort("time")
        feedback = feedback.sort("time").join_asof(
            begins, on="time", by="customer_id", strategy="backward", check_sortedness=False
        )
    if unit == "customer":
        events, feedback = (t.with_columns(journey=pl.col("customer_id")) for t in (events, feedback))
    return events.sort("journey", "time").with_columns(touchpoint=_touchpoints(drawn)), feedback, drawn


def _table(path: Path) -> pl.DataFrame:
    table = pl.read_csv(path, infer_schema=False)
    missing = [pl.lit(None, pl.String).alias(name) for name in _OPTIONAL if name not in table.columns]
    times = [pl.col(name).str.to_datetime(time_zone="UTC", time_unit="us") for name in _TIMES]
    return table.with_columns(missing).with_columns(times)


def _touchpoints(drawn: Mapping[str, Any]) -> pl.Expr:
    bound: Any = pl.when(pl.lit(False)).then(None)
    for stage in drawn["stages"]:
        for point in stage["touchpoints"]:
            rules = [_one_of(column, values) for column, values in point.get("when", {}).items()]
            bound = bound.when(pl.all_horizontal(rules)).then(pl.lit(point["touchpoint"]))
    touchpoint: pl.Expr = bound.otherwise(None)
    return touchpoint


def _one_of(column: str, values: list[str]) -> pl.Expr:
    texts = [v for v in values if not _is_expression(v)]
    rule = pl.col(column).is_in(texts)
    for value in values:
        if _is_expression(value):
            rule = rule | pl.col(column).str.contains(value[1:-1])
    return rule.fill_null(False)


def _is_expression(value: str) -> bool:
    return len(value) > 2 and value[0] == value[-1] == "/" and re.compile(value[1:-1]) is not None


def ever_met(row: Mapping[str, Any], events: pl.DataFrame, feedback: pl.DataFrame) -> pl.Series:
    """Journeys in which the obstacle of a planted row ever happened."""
    obstacle, activity, limit = row["obstacle"], row["activity"], float(row.get("threshold") or 1)
    own = pl.col("activity") == activity
    if obstacle == "low_score":
        return feedback.filter(own & (pl.col("score").cast(pl.Float64) <= limit))["journey"].unique()
    if obstacle in ("wait", "broken_promise", "silence") or (obstacle == "handover" and limit >= 60):
        # Time to what happens next elsewhere; where nothing happened there is no time to show.
        run = (pl.col("touchpoint") != pl.col("touchpoint").shift()).fill_null(True).cum_sum().over("journey")
        after = events.with_columns(run=run, next_time=pl.col("time").shift(-1).over("journey"))
        ended = pl.col("next_time").max().over("journey", "run")
        late = (ended - pl.col("time")).dt.total_seconds() > limit
        late = pl.when(pl.col("promised_at").is_null()).then(late).otherwise(ended > pl.col("promised_at"))
        return after.filter(own & late)["journey"].unique()
    mine = events.filter(own)
    if obstacle in ("repeat", "return") and limit > 1:
        return mine.group_by("journey").len().filter(pl.col("len") >= limit)["journey"]
    if obstacle == "failure" and mine["status"].is_in(["failed", "error"]).any():
        return mine.filter(pl.col("status").is_in(["failed", "error"]))["journey"].unique()
    if obstacle == "handover" and mine["performer"].n_unique() > 1:
        usual = mine["performer"].drop_nulls().mode().sort()
        return mine.filter(pl.col("performer") != usual[0])["journey"].unique() if len(usual) else usual
    return mine["journey"].unique()


def correlation_list(folder: Path, truth: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Findings in the form of the contract, one for each planted obstacle."""
    events, feedback, drawn = read(folder)
    within = timedelta(seconds=seconds(drawn["within"])) if "within" in drawn else None
    deadline = True if within is None else pl.col("time") <= pl.col("time").first().over("journey") + within
    arrived = events.filter(pl.col("touchpoint").is_in(drawn["goal"]) & deadline)["journey"].unique()
    journeys = events.select("journey").unique().with_columns(goal=pl.col("journey").is_in(arrived.implode()))
    order = [point["touchpoint"] for stage in drawn["stages"] for point in stage["touchpoints"]]
    found = []
    for row in (*truth["findings"], *truth["harmless"]):
        if row["kind"] not in ("barrier", "inconvenience", "harmless"):
            continue
        met = ever_met(row, events, feedback)
        came = set(events.filter(pl.col("activity") == row["activity"])["journey"])
        place = order.index(row["touchpoint"])
        for before in (place, *range(place - 1, -1, -1)):
            # Where all who came to it met it, those compared are who came to the touchpoint before it.
            came |= set(events.filter(pl.col("touchpoint") == order[before])["journey"])
            if came - set(met):
                break
        told = journeys.filter(pl.col("journey").is_in(list(came)))
        told = told.with_columns(met=pl.col("journey").is_in(met.implode()))
        found.append(_judge(row, told, feedback))
    return found


def _judge(row: Mapping[str, Any], told: pl.DataFrame, feedback: pl.DataFrame) -> dict[str, Any]:
    sides = [told.filter(pl.col("met") == met) for met in (True, False)]
    effect = _difference(*((side["goal"].mean(), side["goal"].var(), side.height) for side in sides))
    kind = "undetermined" if effect is None else "barrier" if effect["high"] < 0 else "harmless"
    if kind == "harmless":
        for scores in feedback.filter(pl.col("score").is_not_null()).partition_by("kind"):
            given = scores.select("journey", pl.col("score").cast(pl.Float64)).join(told, on="journey")
            both = [given.filter(pl.col("met") == met)["score"] for met in (True, False)]
            change = _difference(*((side.mean(), side.var(), len(side)) for side in both))
            if change is not None and change["high"] < 0:
                kind = "inconvenience"
    return {
        "kind": kind,
        "obstacle": row["obstacle"],
        "touchpoint": row["touchpoint"],
        "activity": row["activity"],
        "reached": told.height,
        "exposed": sides[0].height,
        "on_goal": effect,
        "where": [],
        "since": None,
    }


def _difference(one: tuple[Any, Any, int], other: tuple[Any, Any, int]) -> dict[str, float] | None:
    if min(one[2], other[2]) < 2:
        return None
    effect = one[0] - other[0]
    error = math.sqrt(one[1] / one[2] + other[1] / other[2])
    return {"effect": effect, "low": effect - Z * error, "high": effect + Z * error}
