"""Of several columns that may name the customer, the one whose values the workspace knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tropa.sources import Reading
from tropa.store import customers
from tropa.workspace.known import known
from tropa.workspace.look import as_loaded, look
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

EVENTS = "customer_id,time,activity\n" + "".join(f"D-{i // 2},2026-01-{1 + i % 28:02},visit\n" for i in range(400))
SURVEY = "when,client phone,agreement,score\n" + "".join(
    f"2026-02-{1 + i % 28:02},7999{1000 + i},D-{i * 3},{1 + i % 5}\n" for i in range(60)
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws", Settings("Shop"))
    (tmp_path / "events.csv").write_text(EVENTS)
    made.load([tmp_path / "events.csv"], "events")
    (tmp_path / "survey.csv").write_text(SURVEY)
    return made


def test_the_key_is_what_the_workspace_knows(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    assert taken(look(path, Reading())) == "client phone"
    assert taken(look(path, Reading(), known=known(workspace.store))) == "agreement"


def test_of_many_customers_some_are_enough(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = customers.known_identifiers(workspace.folder, workspace.store.head)
    part = customers.known_identifiers(workspace.folder, workspace.store.head, most=100)
    assert whole is not None
    assert part is not None
    assert part.among is not None
    assert 0 < part.identifiers.len() < whole.identifiers.len() == 200
    assert set(whole.identifiers.filter(part.among(whole.identifiers))) == set(part.identifiers)


def test_an_empty_workspace_knows_nobody(tmp_path: Path) -> None:
    empty = Workspace.create(tmp_path / "empty", Settings("Shop"))
    assert known(empty.store).loaded is None
    assert known(empty.store, [tmp_path / "nothing.csv"]).beside == ()


def test_a_file_that_is_here_is_taken_for_what_it_was(tmp_path: Path) -> None:
    """Whoever came since would have another column guessed, and the load refused."""
    path, events = tmp_path / "orders.csv", tmp_path / "events.csv"
    steps = ("created", "paid", "sent")
    rows = (f"A-{1000 + i // 3},D-{i // 6},2026-01-{1 + i % 28:02},{steps[i % 3]}\n" for i in range(180))
    path.write_text("order_no,agreement,time,activity\n" + "".join(rows))
    events.write_text(EVENTS)
    made = Workspace.create(tmp_path / "ws", Settings("Shop"))
    first = look(path, Reading(), known=known(made.store))
    made.load([path], "events", Reading(columns=first.reading["columns"]))
    made.load([events], "events")
    others = known(made.store)
    assert taken(look(path, Reading(), known=others)) == "agreement"
    again = look(path, Reading(), known=as_loaded(path, Reading(), None, others, made.store.head.loads))
    assert again.reading == first.reading
    (told,) = made.load([path], "events", Reading(columns=again.reading["columns"])).files
    assert told.before
    path.write_text(path.read_text() + "A-1,D-1,2026-03-01,paid\n")
    assert as_loaded(path, Reading(), None, others, made.store.head.loads) is others


def test_who_only_stands_in_is_no_known_customer(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("customer_id,cookie,time,activity\na,k1,2026-01-01,visit\n,k2,2026-01-02,visit\n")
    orders = tmp_path / "b.csv"
    orders.write_text("case_id,time,activity\no1,2026-01-01,order\n")
    made = Workspace.create(tmp_path / "ws", Settings("Shop"))
    made.load([path], "events", Reading(identifiers=("cookie",)))
    made.load([orders], "events")
    whole = customers.known_identifiers(made.folder, made.store.head)
    assert whole is not None
    assert set(whole.identifiers) == {"a", "k1"}


def taken(seen: object) -> str:
    return next(column.name for column in seen.columns if column.role == "customer_id")  # type: ignore[attr-defined]
