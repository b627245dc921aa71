"""An answer that names an activity is about that activity's touchpoint, whatever else the touchpoint's rule asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import Row, make_workspace

from tropa.workspace.workspace import Workspace

MAP = """
map: Loan
stages:
  - stage: All
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}}
      - {touchpoint: Decision, when: {activity: [decision], actor: [employee]}}
      - {touchpoint: Refusal, when: {activity: [refusal], status: [failed], page: [/no]}}
      - {touchpoint: Call, when: {activity: [talk], channel: [phone]}}
      - {touchpoint: Chat, when: {activity: [talk], channel: [web]}}
      - {touchpoint: Page, when: {page: [/yes]}}
"""
EVENTS: list[Row] = [
    {"customer_id": "a", "time": "2026-01-01T10:00", "activity": "decision", "actor": "employee"},
    {"customer_id": "a", "time": "2026-01-01T10:01", "activity": "refusal", "status": "failed", "page": "/no"},
    {"customer_id": "a", "time": "2026-01-01T10:02", "activity": "talk", "channel": "phone"},
    {"customer_id": "a", "time": "2026-01-01T10:03", "activity": "talk", "channel": "web"},
    {"customer_id": "a", "time": "2026-01-01T10:04", "activity": "look", "page": "/yes"},
    {"customer_id": "a", "time": "2026-01-01T10:05", "activity": "visit"},
]


def placed(folder: Path, map_text: str | None = MAP, **about: str) -> str | None:
    """Name of the node that an answer after all events is placed at."""
    told = {"customer_id": "a", "time": "2026-01-01T11:00", "kind": "csat", "score": 5} | about
    workspace: Workspace = make_workspace(folder / "ws", EVENTS, [told], map_text=map_text)
    _, manifest, lens = workspace.journeys()
    (view,) = [opener() for opener in workspace.views(manifest, lens, None)]
    (node,) = view.feedback.node
    return None if node < 0 else lens.nodes[node]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"activity": "decision"}, "Decision"),
        ({"activity": "refusal"}, "Refusal"),
        ({"activity": "refusal", "channel": "web"}, "Refusal"),
        ({"activity": "talk", "channel": "web"}, "Chat"),
        ({"activity": "talk"}, "Call"),  # either would do: the first of the map
        ({"activity": "look"}, "Visit"),  # the page of an answer is not known: the touchpoint before
        ({"activity": "unheard of"}, "Visit"),
        ({"channel": "phone"}, "Visit"),
        ({}, "Visit"),
    ],
)
def test_answer_goes_to_its_activity(tmp_path: Path, about: dict[str, str], expected: str) -> None:
    assert placed(tmp_path, **about) == expected


def test_without_a_map(tmp_path: Path) -> None:
    assert placed(tmp_path, None, activity="decision") == "decision"
