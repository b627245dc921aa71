"""The JSON of findings held to the format: every key, its type and what must agree with what."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any, NoReturn

OBSTACLES = {
    "wait", "failure", "repeat", "return", "switch", "contact", "broken_promise", "handover", "silence", "low_score",
}  # fmt: skip
KINDS = {"barrier", "inconvenience", "bottleneck", "gap", "moment_of_truth", "single_case"}
QUIET = {"harmless", "undetermined"}
KEYS = {
    "kind", "obstacle", "stage", "touchpoint", "activity", "threshold", "reached", "exposed", "on_goal", "on_score",
    "lost_goals", "money", "voice", "where", "since", "department", "customer_id", "case_id", "because",
}  # fmt: skip


def parse(text: str) -> dict[str, Any]:
    """One document, without NaN or infinity, which JSON does not know."""

    def refuse(name: str) -> NoReturn:
        raise AssertionError(f"{name} in JSON")

    found: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return found


def check(document: dict[str, Any], everything: bool = True) -> None:
    """The whole answer of `find --json`."""
    assert {"journeys", "tested", "findings"} <= document.keys()
    assert isinstance(document["journeys"], int) and isinstance(document["tested"], int)
    told = document["findings"]
    for finding in told:
        check_finding(finding)
    assert {finding["kind"] for finding in told} <= KINDS | (QUIET if everything else set())
    # One case may be shown for two reasons, but not twice for one.
    ids = [finding["id"] for finding in told]
    assert len(ids) == len(set(ids))
    assert document["clean"] <= document["tested"]
    assert all(isinstance(note, str) and note for note in document["notes"])
    lows = [finding["money"]["low"] for finding in told if finding["kind"] == "barrier" and finding["money"]]
    assert lows == sorted(lows, reverse=True)


def check_finding(finding: dict[str, Any]) -> None:
    """One finding."""
    assert finding.keys() >= KEYS | {"id"}
    kind = finding["kind"]
    assert kind in KINDS | QUIET
    assert finding["obstacle"] in OBSTACLES | {None}
    assert len(finding["because"]) > 10 and finding["because"].endswith(".") and "None" not in finding["because"]
    for name in ("reached", "exposed", "lost_goals", "threshold"):
        value = finding[name]
        assert value is None or (isinstance(value, int | float) and math.isfinite(value) and value >= 0)
    if finding["reached"] is not None and finding["exposed"] is not None:
        assert finding["exposed"] <= finding["reached"]
    _check_effect(finding["on_goal"], 1.0)
    goal = finding["on_goal"]
    assert goal is None or goal["p"] is None or goal["q"] >= goal["p"] - 1e-12
    _check_effect(finding["on_score"], 10.0)
    _check_money(finding["money"])
    _check_voice(finding["voice"])
    for place in finding["where"]:
        assert {"attribute", "value", "share", "lift"} <= place.keys()
        assert 0 < place["share"] <= 1 + 1e-9 and place["lift"] > 1
    if finding["since"] is not None:
        assert dt.date.fromisoformat(finding["since_low"]) <= dt.date.fromisoformat(finding["since"])
        assert dt.date.fromisoformat(finding["since"]) <= dt.date.fromisoformat(finding["since_high"])
    CHECKS[kind](finding)


def _check_effect(effect: dict[str, Any] | None, most: float) -> None:
    if effect is None:
        return
    assert {"effect", "low", "high", "p", "q"} <= effect.keys()
    assert abs(effect["effect"]) <= 1.5 * most
    if effect["low"] is not None:
        assert effect["low"] <= effect["effect"] <= effect["high"]
    for name in ("p", "q"):
        assert effect[name] is None or 0 <= effect[name] <= 1


def _check_money(money: dict[str, Any] | None) -> None:
    if money is not None:
        assert money.keys() == {"value", "low", "high", "currency"}
        assert 0 <= money["low"] <= money["value"] <= money["high"]


def _check_voice(voice: dict[str, Any] | None) -> None:
    if voice is None:
        return
    assert {"mentions", "exposed_share", "other_share", "confirmed", "quotes"} <= voice.keys()
    assert isinstance(voice["confirmed"], bool)
    for share in (voice["exposed_share"], voice["other_share"]):
        assert share is None or 0 <= share <= 1
    assert all(quote["text"].strip() for quote in voice["quotes"])


def _barrier(finding: dict[str, Any]) -> None:
    assert finding["obstacle"] and finding["on_goal"]["high"] < 0 and finding["on_goal"]["q"] <= 0.05
    assert finding["lost_goals"] > 0
    assert finding["lost_goals_low"] <= finding["lost_goals"] <= finding["lost_goals_high"]
    assert finding["exposed"] > 0 and finding["examples"]


def _inconvenience(finding: dict[str, Any]) -> None:
    assert finding["obstacle"] and finding["on_score"]["effect"] < 0 and finding["on_score"]["q"] <= 0.05
    assert finding["lost_goals"] is None and finding["money"] is None


def _bottleneck(finding: dict[str, Any]) -> None:
    assert finding["department"] and finding["process"] and finding["evidence"]


def _gap(finding: dict[str, Any]) -> None:
    assert finding["touchpoint"] and {"promise", "reality", "gap"} <= {one["name"] for one in finding["evidence"]}


def _moment(finding: dict[str, Any]) -> None:
    assert finding["touchpoint"] and "marked" in {one["name"] for one in finding["evidence"]}


def _case(finding: dict[str, Any]) -> None:
    assert finding["customer_id"] and 0 < finding["severity"] <= 100


def _harmless(finding: dict[str, Any]) -> None:
    assert finding["obstacle"] and finding["reason"] is None and finding["lost_goals"] is None


def _undetermined(finding: dict[str, Any]) -> None:
    assert finding["obstacle"] and finding["reason"] and finding["lost_goals"] is None


CHECKS = {
    "barrier": _barrier,
    "inconvenience": _inconvenience,
    "bottleneck": _bottleneck,
    "gap": _gap,
    "moment_of_truth": _moment,
    "single_case": _case,
    "harmless": _harmless,
    "undetermined": _undetermined,
}
