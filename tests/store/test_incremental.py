"""Journeys grown load by load are those made at once from the whole log."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.helpers import Row, load_rows, make_workspace

from tropa.cx.columns import ATTRIBUTE
from tropa.engine.journeys import ABSENT, NO_TIME
from tropa.store import dictionaries
from tropa.store.loading import Batch, Incoming
from tropa.workspace.workspace import Workspace

BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def told(workspace: Workspace, unit: Any) -> dict[tuple[str, str | None], Any]:
    """Every journey in plain words: customer and case -> events, answers, attributes."""
    _, manifest, lens = workspace.journeys(unit)
    words = lens.dictionaries
    journeys = {}
    for opener in workspace.views(manifest, lens, None):
        view = opener()
        events, feedback = view.journeys.events, view.journeys.feedback
        for row in range(len(view)):
            attributes = {
                name: words[name][code]
                for name in view.journeys.rows
                if name.startswith(ATTRIBUTE) and name in words and (code := view.attribute(name[10:])[row]) != ABSENT
            }
            journeys[view.customer_id(row), view.case_id(row)] = (
                [_entry(events, entry, words) for entry in range(*events.offsets[row : row + 2])],
                [_entry(feedback, entry, words) for entry in range(*feedback.offsets[row : row + 2])],
                attributes,
            )
    return journeys


def _entry(ragged: Any, entry: int, words: Any) -> tuple[tuple[str, Any], ...]:
    values = []
    for name in sorted(ragged.columns):
        value = ragged.columns[name][entry].as_py()
        if name.startswith(ATTRIBUTE) and name not in words:
            continue
        if name in words:
            value = None if value == ABSENT else words[name][value]
        if value is not None and value != NO_TIME and value == value and (name, value) not in DEFAULTS:
            values.append((name, value))
    return tuple(values)


DEFAULTS = {("actor", "customer"), ("status", "ok")}


def _events(draw: random.Random, count: int, first: int) -> list[Row]:
    rows = []
    for number in range(count):
        row: dict[str, Any] = {
            "customer_id": f"c{draw.randrange(30)}",
            "time": (BEGIN + dt.timedelta(minutes=draw.randrange(60))).isoformat(),
            "activity": f"a{draw.randrange(6)}",
            "note": f"n{first}-{number}",
        }
        extra = {
            "event_id": f"e{draw.randrange(first + number + 1)}",
            "case_id": f"k{draw.randrange(40)}",
            "channel": draw.choice(("web", "app")),
            "status": draw.choice(("ok", "failed")),
            "value": draw.randrange(100) / 4,
            "region": f"r{draw.randrange(4)}",
        }
        rows.append(row | {name: value for name, value in extra.items() if draw.random() < 0.6})
    return rows


def _feedback(draw: random.Random, count: int) -> list[Row]:
    rows = []
    for _ in range(count):
        row: dict[str, Any] = {
            "customer_id": f"c{draw.randrange(35)}",
            "time": (BEGIN + dt.timedelta(minutes=draw.randrange(-30, 90))).isoformat(),
            "kind": draw.choice(("nps", "csat")),
            "score": draw.randrange(6),
            "text": f"said {draw.randrange(1000)}",
        }
        rows.append(row | ({"case_id": f"k{draw.randrange(40)}"} if draw.random() < 0.5 else {}))
    return rows


def _customers(draw: random.Random, count: int) -> list[Row]:
    rows = []
    for _ in range(count):
        row = {"customer_id": f"c{draw.randrange(35)}", "region": f"r{draw.randrange(6)}", "tariff": draw.choice("xyz")}
        rows.append({name: value for name, value in row.items() if name == "customer_id" or draw.random() < 0.7})
    return rows


def _links(draw: random.Random, count: int) -> Incoming:
    pairs = [(f"c{draw.randrange(35)}", f"c{draw.randrange(35)}") for _ in range(count)]
    links = pl.DataFrame(pairs, schema={"identifier_a": pl.String, "identifier_b": pl.String}, orient="row")

    def batches() -> list[Batch]:
        return [Batch(pl.DataFrame(), links, pl.DataFrame(), len(links))]

    return Incoming("links.csv", f"links {pairs}", "identities", batches)


def _batches(seed: int) -> list[tuple[str, Any]]:
    draw = random.Random(seed)
    batches: list[tuple[str, Any]] = [("events", _events(draw, 25, 0))]
    for turn in range(1, draw.randrange(4, 8)):
        kind = draw.choice(("events", "events", "events", "feedback", "customers", "identities"))
        if kind == "events":
            batches.append((kind, _events(draw, draw.randrange(1, 30), turn * 100)))
        elif kind == "feedback":
            batches.append((kind, _feedback(draw, draw.randrange(1, 15))))
        elif kind == "customers":
            batches.append((kind, _customers(draw, draw.randrange(1, 20))))
        else:
            batches.append((kind, _links(draw, draw.randrange(1, 6))))
    if seed % 3 == 0:
        draw.shuffle(batches)
    return batches


def _load(workspace: Workspace, batch: tuple[str, Any]) -> None:
    kind, rows = batch
    if kind == "identities":
        workspace.store.load([rows])
    else:
        load_rows(workspace, **{kind: rows})


@pytest.mark.parametrize("seed", range(14))
def test_grown_equals_made_at_once(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random loads of every kind, asked between them or not, by customer and by case: the same to the last event."""
    if seed % 2:
        monkeypatch.setattr(dictionaries, "MAX_VALUES", 40)
    grown = make_workspace(tmp_path / "grown")
    draw = random.Random(seed)
    for batch in _batches(seed):
        _load(grown, batch)
        if "events" in grown.store.head.tables:
            for unit in ("customer", "case"):
                if draw.random() < 0.6:
                    told(grown, unit)
    once = tmp_path / "once"
    shutil.copytree(grown.folder, once)
    shutil.rmtree(once / "journeys", ignore_errors=True)
    for unit in ("customer", "case"):
        assert told(grown, unit) == told(Workspace(once), unit)
    wide = grown.store.dictionaries(grown.store.head).wide
    assert (ATTRIBUTE + "note" in wide) == bool(seed % 2 and len(_notes(seed)) > 40)


def _notes(seed: int) -> set[str]:
    """Notes of the events that count: of one key the first."""
    notes, keys = set(), set()
    for kind, rows in _batches(seed):
        for row in rows if kind == "events" else ():
            if row.get("event_id") not in keys or "event_id" not in row:
                notes.add(row["note"])
            if "event_id" in row:
                keys.add(row["event_id"])
    return notes


@pytest.mark.parametrize("seed", range(6))
def test_journeys_against_plain_python(seed: int, tmp_path: Path) -> None:
    """Events of a customer in order of time, at one time in the order of being told; of one key the first one told."""
    draw = random.Random(seed)
    loads = [_events(draw, 40, turn * 100) for turn in range(4)]
    workspace = make_workspace(tmp_path / "ws")
    for rows in loads:
        load_rows(workspace, rows)
        told(workspace, "customer")
    keys: set[str] = set()
    stories: dict[str, list[Row]] = defaultdict(list)
    for row in (row for rows in loads for row in rows):
        key = row.get("event_id")
        if key is None or key not in keys:
            stories[row["customer_id"]].append(row)
        keys.update(() if key is None else (key,))
    expected = {
        customer: [row["note"] for row in sorted(story, key=lambda row: str(row["time"]))]
        for customer, story in stories.items()
    }
    found = {
        customer: [dict(event)[ATTRIBUTE + "note"] for event in events]
        for (customer, _), (events, _, _) in told(workspace, "customer").items()
    }
    assert found == expected


def _files(workspace: Workspace, arrangement: str = "customer") -> dict[str, int]:
    folder = workspace.folder / "journeys" / arrangement
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.arrow")}


def test_only_touched_partitions_are_made_anew(tmp_path: Path) -> None:
    rows = [
        {"customer_id": f"c{n}", "time": "2026-01-01T10:00", "activity": "visit", "case_id": f"k{n}"}
        for n in range(500)
    ]
    workspace = make_workspace(tmp_path / "ws", rows)
    workspace.journeys("customer")
    workspace.journeys("case")
    before, cases_before = _files(workspace), _files(workspace, "case")
    assert len(before) == 64
    load_rows(workspace, [{"customer_id": "c7", "time": "2026-01-02T10:00", "activity": "pay", "case_id": "k7"}])
    workspace.journeys("customer")
    after = _files(workspace)
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1
    assert all(after[name] == before[name] for name in set(before) & set(after))
    assert _files(workspace, "case") == cases_before, "an arrangement that nobody asks for waits"
    workspace.journeys("case")
    assert len(set(_files(workspace, "case")) - set(cases_before)) == 1
    load_rows(workspace, feedback=[{"customer_id": "c8", "time": "2026-01-02", "kind": "nps", "score": 9}])
    workspace.journeys("customer")
    assert len(set(_files(workspace)) - set(after)) == 1


def _answers(workspace: Workspace) -> list[Any]:
    return [dataclasses.asdict(workspace.ask(slug).result) for slug in ("overview", "transitions", "variants")]


@pytest.mark.parametrize("damage", ["folder", "one file", "torn file", "torn manifest", "no manifest"])
def test_journeys_lost_are_made_anew(damage: str, tmp_path: Path) -> None:
    """Derived files are no truth: without them the answers are the same, from a running process and from a new one."""
    rows = _events(random.Random(5), 200, 0)
    workspace = make_workspace(tmp_path / "ws", rows)
    before = _answers(workspace)
    folder = workspace.folder / "journeys"
    file = sorted((folder / "customer").glob("*.arrow"))[3]
    manifest = next((folder / "customer").glob("manifest-*.json"))
    if damage == "folder":
        shutil.rmtree(folder)
    elif damage == "one file":
        file.unlink()
    elif damage == "torn file":
        file.write_bytes(file.read_bytes()[:-100])
    elif damage == "torn manifest":
        manifest.write_text(manifest.read_text("utf-8")[:200], "utf-8")
    else:
        manifest.unlink()
    assert _answers(Workspace(workspace.folder)) == before
    load_rows(workspace, [{"customer_id": "new", "time": "2026-01-02", "activity": "visit"}])
    assert workspace.ask("overview").result.customers == before[0]["customers"] + 1


def test_the_same_file_twice_and_the_same_key_twice(tmp_path: Path) -> None:
    """A file counts once however it is called; a key counts once across rows, files and loads."""
    one = tmp_path / "one.csv"
    one.write_text("customer_id,time,activity,event_id\na,2026-01-01,visit,1\na,2026-01-02,pay,2\na,2026-01-03,pay,2\n")
    two = tmp_path / "two.csv"
    two.write_text(
        "customer_id,time,activity,event_id\na,2026-01-05,pay,2\nb,2026-01-06,visit,3\nb,2026-01-07,visit,\n"
    )
    workspace = Workspace.create(tmp_path / "ws")
    first = workspace.load([one, one, two], "events")
    assert [(taken.loaded, taken.duplicates, taken.before) for taken in first.files] == [
        (2, 1, False),
        (0, 0, True),
        (2, 1, False),
    ]
    head = workspace.store.head
    again = tmp_path / "renamed.csv"
    shutil.copy(one, again)
    assert [taken.before for taken in workspace.load([again, two], "events").files] == [True, True]
    assert workspace.store.head == head
    assert workspace.ask("overview").events == 4
