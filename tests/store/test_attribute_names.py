"""Attributes that are called as columns of another kind of file, or that differ only in case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tropa.errors import TropaError
from tropa.sources import Reading
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
    [
        "status=vip",
        "channel=newspaper",
        "score=10",
        "kind=p",
        "value=1.5",
        "activity=x",
        "performer=y",
        "actor=z",
        "text=t",
        "case_id=k1",
        "event_id=e1",
    ],
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


@pytest.mark.parametrize("kind", ["customers", "events"])
def test_an_attribute_in_another_case_is_the_one_known(kind: str, tmp_path: Path) -> None:
    shop = Workspace.create(tmp_path / "ws")
    head, more = (
        ("customer_id,{}\n", "") if kind == "customers" else ("customer_id,time,activity,{}\n", "2026-01-01,x,")
    )
    if kind == "customers":
        load(shop, "events", EVENTS)
    assert load(shop, kind, head.format("Region") + f"a,{more}North\n", "one") == ()
    notes = load(shop, kind, head.format("region") + f"b,{more}South\n", "two")
    assert notes == ("Attribute 'region' is kept as 'Region': no two names may differ in case alone.",)
    assert shop.ask("overview", segment=["Region=North"]).journeys == 1
    assert shop.ask("overview", segment=["Region=South"]).journeys == 1


def test_attributes_of_one_file_that_differ_in_case_are_both_kept(tmp_path: Path) -> None:
    shop = Workspace.create(tmp_path / "ws")
    text = "customer_id,time,activity,region,Region\n{}\n"
    load(shop, "events", text.format("a,2026-01-01,x,r1,R1"), "one")
    notes = load(shop, "events", text.format("b,2026-01-02,x,r2,R2"), "two")
    assert notes == ("Attribute 'Region' is kept as 'Region_2': no two names may differ in case alone.",)
    swapped = "customer_id,time,activity,Region,region\nc,2026-01-03,x,R1,r1\n"
    assert load(shop, "events", swapped, "three") == notes
    for segment, journeys in {"region=r1": 2, "Region_2=R1": 2, "region=r2": 1, "Region_2=R2": 1}.items():
        assert shop.ask("overview", segment=[segment]).journeys == journeys


def test_an_attribute_is_not_taken_for_a_column_in_another_case(tmp_path: Path) -> None:
    shop = Workspace.create(tmp_path / "ws")
    path = tmp_path / "events.csv"
    path.write_text("customer_id,time,activity,state,Status,Tropa_Bucket\na,2026-01-01,x,failed,gold,7\n")
    report = shop.load([path], "events", Reading(columns={"status": "state"}))
    assert len(report.files[0].notes) == 2
    assert shop.ask("overview", segment=["Status_2=gold", "Tropa_Bucket_2=7"]).journeys == 1
    assert shop.store.dictionaries(shop.store.head).values["status"] == ["ok", "failed"]
