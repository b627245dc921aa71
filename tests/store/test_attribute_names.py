"""Attributes that are called as columns of another kind of file, or that differ only in case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tropa.errors import TropaError
from tropa.workspace.describe import describe
from tropa.workspace.workspace import Workspace

EVENTS = """customer_id,time,activity,channel,score,kind,text
a,2026-01-01T10:00:00,visit,web,7,x,hello
a,2026-01-01T10:10:00,buy,app,8,y,hi
b,2026-01-02T10:00:00,visit,web,3,x,yo
"""
CUSTOMERS = """customer_id,status,channel,score,kind,value,activity,performer,actor,text,case_id,event_id,time
a,vip,newspaper,10,p,1.5,x,y,z,t,k1,e1,now
b,plain,radio,20,q,2.5,u,v,w,s,k2,e2,then
"""
FEEDBACK = """customer_id,time,kind,score,status,value
a,2026-01-03T10:00:00,nps,9,open,high
"""


def load(workspace: Workspace, kind: str, text: str, name: str = "") -> tuple[str, ...]:
    path = workspace.folder.parent / f"{name or kind}.csv"
    path.write_text(text, "utf-8")
    return workspace.load([path], kind).files[0].notes  # type: ignore[arg-type]


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws")
    load(made, "events", EVENTS)
    load(made, "customers", CUSTOMERS)
    load(made, "feedback", FEEDBACK)
    return made


@pytest.mark.parametrize(
    "segment",
    ["status=vip", "channel=newspaper", "score=10", "kind=p", "value=1.5", "activity=x", "performer=y", "actor=z"]
    + ["text=t", "case_id=k1", "event_id=e1", "time=now"],
)
def test_customers_are_filtered_by_any_attribute(shop: Workspace, segment: str) -> None:
    assert shop.ask("overview", segment=[segment]).journeys == 1


def test_events_keep_attributes_called_as_columns_of_feedback(tmp_path: Path) -> None:
    shop = Workspace.create(tmp_path / "ws")
    load(shop, "events", EVENTS)
    for segment, journeys in {"score=7": 1, "kind=x": 2, "text=yo": 1}.items():
        assert shop.ask("overview", segment=[segment]).journeys == journeys


def test_attributes_of_customers_are_no_channels(shop: Workspace) -> None:
    assert [channel.channel for channel in describe(shop).channels] == ["web", "app"]
    with pytest.raises(TropaError, match="newspaper"):
        shop.ask("overview", channel=["newspaper"])
    words = shop.store.dictionaries(shop.store.head).values
    assert words["status"] == ["ok"] and words["activity"] == ["visit", "buy"] and words["kind"] == ["nps"]


def test_scores_of_feedback_are_still_scores(shop: Workspace) -> None:
    assert shop.ask("overview").result.feedback == 1
