"""Who is who, from files: strangers stay strangers, steps keep their order, and old customers are not made anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tropa.sources import Reading
from tropa.workspace.settings import Settings, read_settings, write_settings
from tropa.workspace.workspace import Workspace

HEAD = "customer_id,cookie,time,activity\n"
WITH_COOKIES = Reading(identifiers=("cookie",))


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _customers(workspace: Workspace) -> int:
    return int(workspace.ask("overview").result.customers)


def _stories(workspace: Workspace) -> dict[str, list[str]]:
    _, manifest, lens = workspace.journeys("customer")
    words = lens.dictionaries["activity"]
    stories = {}
    for opener in workspace.views(manifest, lens, None):
        view = opener()
        events = view.journeys.events
        for row in range(len(view)):
            begin, end = events.offsets[row : row + 2]
            stories[view.customer_id(row)] = [words[code] for code in events.array("activity")[begin:end]]
    return stories


def _shop(people: int = 40, cookies: int = 60) -> str:
    """People who share one cookie, and one customer with many; each cookie has an event of its own too."""
    rows = [f"p{n},shared,2026-01-01T10:00,visit" for n in range(people)]
    for n in range(cookies):
        rows += [f"collector,k{n},2026-01-02T10:00,visit", f",k{n},2026-01-02T09:00,land"]
    return HEAD + "\n".join(rows) + "\n"


def test_who_is_named_by_customer_id_is_not_glued_by_a_shared_cookie(tmp_path: Path) -> None:
    """Without any table of customers: forty people with one cookie between them, one with sixty of his own."""
    workspace = Workspace.create(tmp_path / "ws")
    report = workspace.load([_write(tmp_path / "e.csv", _shop())], "events", WITH_COOKIES)
    assert _customers(workspace) == 41
    assert [(found.identifier, found.links) for found in report.refused_identifiers] == [("shared", 40)]
    assert workspace.store.customer_of("k7") == "collector"
    assert workspace.store.customer_of("p7") == "p7"


def test_links_of_a_file_of_their_own_know_who_acts_under_a_name_of_their_own(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    rows = "".join(f"p{n},2026-01-01T10:00,visit\n" for n in range(8))
    workspace.load([_write(tmp_path / "e.csv", "customer_id,time,activity\n" + rows)], "events")
    links = "identifier_a,identifier_b\n" + "".join(f"p{n},shared\n" for n in range(8))
    report = workspace.load([_write(tmp_path / "i.csv", links)], "identities")
    assert _customers(workspace) == 8
    assert [found.identifier for found in report.refused_identifiers] == ["shared"]


def test_a_cookie_as_customer_id_belongs_to_whom_the_table_of_customers_names(tmp_path: Path) -> None:
    """A site writes the cookie as customer_id: it is an identifier of a customer of the table, however many he has."""
    workspace = Workspace.create(tmp_path / "ws")
    rows = [f"k{n},2026-01-01T10:00,visit" for n in range(60)]
    text = "customer_id,time,activity\n" + "\n".join(rows) + "\n"
    workspace.load([_write(tmp_path / "c.csv", "customer_id,region\nanna,north\n")], "customers")
    links = "identifier_a,identifier_b\n" + "".join(f"anna,k{n}\n" for n in range(60))
    workspace.load([_write(tmp_path / "i.csv", links)], "identities")
    workspace.load([_write(tmp_path / "e.csv", text)], "events")
    assert list(_stories(workspace)) == ["anna"]


@pytest.mark.parametrize("links_first", [True, False])
def test_steps_of_one_time_stay_in_the_order_told(links_first: bool, tmp_path: Path) -> None:
    """What was done by a cookie and by the user in the same second: the order of the file decides."""
    rows = "".join(
        f"{a},2026-01-01T10:00:00,{step}\n"
        for n in range(200)
        for a, step in ((f"k{n}", "land"), (f"u{n}", "login"), (f"k{n}", "look"), (f"u{n}", "pay"))
    )
    events = _write(tmp_path / "e.csv", "customer_id,time,activity\n" + rows)
    pairs = "".join(f"u{n},k{n}\n" for n in range(200))
    links = _write(tmp_path / "i.csv", "identifier_a,identifier_b\n" + pairs)
    workspace = Workspace.create(tmp_path / "ws")
    if links_first:
        workspace.load([links], "identities")
    workspace.load([events], "events")
    if not links_first:
        workspace.load([links], "identities")
    stories = _stories(workspace)
    assert len(stories) == 200
    assert set(map(tuple, stories.values())) == {("land", "login", "look", "pay")}


def _derived(workspace: Workspace) -> set[str]:
    return {path.name for path in (workspace.folder / "journeys" / "customer").glob("*.arrow")}


def test_more_events_of_the_same_people_make_only_their_partitions_anew(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    rows = [f"u{n},k{n},2026-01-01T10:00,visit\n,k{n},2026-01-01T09:00,land" for n in range(600)]
    workspace.load([_write(tmp_path / "e.csv", HEAD + "\n".join(rows) + "\n")], "events", WITH_COOKIES)
    before, links = _derived(workspace), workspace.store.head.tables["identities"]
    assert len(before) == 64
    more = _write(tmp_path / "more.csv", HEAD + "u7,k7,2026-01-02T10:00,pay\n,k7,2026-01-02T09:00,look\n")
    workspace.load([more], "events", WITH_COOKIES)
    assert workspace.store.head.tables["identities"] == links, "links told before are not told again"
    assert len(_derived(workspace) - before) == 1
    assert _stories(workspace)["u7"] == ["land", "visit", "look", "pay"]
    new = _write(tmp_path / "new.csv", HEAD + "u7,phone,2026-01-03T10:00,pay\n")
    workspace.load([new], "events", WITH_COOKIES)
    assert workspace.store.customer_of("phone") == "u7"


def test_a_link_counts_once_in_a_file_too(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws")
    one = _write(tmp_path / "i.csv", "identifier_a,identifier_b\na,b\na,b\nb,c\n")
    two = _write(tmp_path / "j.csv", "identifier_a,identifier_b\na,b\nc,d\n")
    report = workspace.load([one, two], "identities")
    assert [(taken.loaded, taken.duplicates) for taken in report.files] == [(2, 1), (1, 1)]


def test_another_limit_of_links_makes_other_customers(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws", Settings(name="x", max_links=50))
    events = "customer_id,time,activity\n" + "".join(f"k{n},2026-01-01T10:00,visit\n" for n in range(10))
    workspace.load([_write(tmp_path / "e.csv", events)], "events")
    links = "identifier_a,identifier_b\n" + "".join(f"k0,k{n}\n" for n in range(1, 10))
    workspace.load([_write(tmp_path / "i.csv", links)], "identities")
    assert _customers(workspace) == 1
    settings = read_settings(workspace.folder)
    write_settings(workspace.folder, replace(settings, max_links=5))
    again = Workspace(workspace.folder)
    assert _customers(again) == 10
    assert [found.identifier for found in again.store.refused_identifiers()] == ["k0"]


def test_logs_written_before_places_were_kept(tmp_path: Path) -> None:
    """Files without the place of a row are read as they are, beside files that have it."""
    workspace = Workspace.create(tmp_path / "ws")
    workspace.load(
        [_write(tmp_path / "e.csv", "customer_id,time,activity\nu,2026-01-01,a\nk,2026-01-02,b\n")], "events"
    )
    for file in (workspace.folder / "log" / "events").glob("*.parquet"):
        groups = [pq.ParquetFile(file).read_row_group(i).drop(["tropa_row"]) for i in range(2)]
        with pq.ParquetWriter(file, groups[0].schema, write_statistics=["tropa_bucket"]) as writer:
            for group in groups:
                writer.write_table(group)
    workspace.load([_write(tmp_path / "f.csv", "customer_id,time,activity\nu,2026-01-03,c\n")], "events")
    workspace.load([_write(tmp_path / "i.csv", "identifier_a,identifier_b\nu,k\n")], "identities")
    assert list(_stories(workspace).values()) == [["a", "b", "c"]]
