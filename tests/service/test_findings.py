"""The route of the findings: the same answer as of the workspace, in the language asked for; its errors."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.contract.test_every_analysis import MAP, rows
from tests.helpers import asked_for, load_rows, make_workspace

from tropa.service.app import create_app
from tropa.simulate import simulate
from tropa.workspace.workspace import Workspace

QUIET = {"harmless", "undetermined"}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A small simulated bank: large enough for a barrier or two."""
    from tropa.workspace.settings import Settings

    folder = tmp_path_factory.mktemp("bank")
    simulate("bank", folder / "files", customers=1_500, seed=11)
    workspace = Workspace.create(folder / "ws", Settings("bank", language="ru"))
    for kind in ("events", "feedback", "customers"):
        workspace.load([folder / "files" / f"{kind}.csv"], kind)
    workspace.documents.save_map((folder / "files" / "map.yaml").read_text(encoding="utf-8"))
    return workspace


@pytest.fixture(scope="module")
def client(bank: Workspace) -> TestClient:
    return TestClient(create_app(bank.folder))


def ask(client: TestClient, **query: Any) -> dict[str, Any]:
    reply = client.get("/api/findings", params=query)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def test_how_far_it_has_come_is_told_while_it_is_looked_for(bank: Workspace) -> None:
    client, over = TestClient(create_app(bank.folder)), threading.Event()
    query = {"channel": "web", "language": "ru"}

    def look() -> None:
        ask(client, **query)
        over.set()

    threading.Thread(target=look).start()
    told = []
    while not over.wait(0.02):
        reply = client.get("/api/findings/progress", params=query)
        assert reply.status_code == 200, reply.text
        told.append(reply.json())
    shares = [one["share"] for one in told if one["doing"] is not None]
    assert shares == sorted(shares) and 0 <= shares[0] < shares[-1] <= 1
    assert "ищем препятствия" in {one["doing"] for one in told}
    nothing = {"doing": None, "share": None}
    assert client.get("/api/findings/progress", params=query).json() == nothing
    assert client.get("/api/findings/progress", params={"channel": "app"}).json() == nothing


def test_same_as_the_workspace_says(bank: Workspace, client: TestClient) -> None:
    told = ask(client)
    found = bank.find(asked_for({}))
    assert [finding["id"] for finding in told["findings"]] == [finding.id for finding in found.findings]
    assert (told["journeys"], told["tested"], told["clean"]) == (found.journeys, found.tested, found.clean)
    assert told["findings"], "the bank has findings"
    assert not QUIET & {finding["kind"] for finding in told["findings"]}


def test_all_adds_what_is_no_trouble_and_changes_nothing_else(client: TestClient) -> None:
    some, everything = ask(client), ask(client, all=True)
    wrong = [finding for finding in everything["findings"] if finding["kind"] not in QUIET]
    assert [finding["id"] for finding in wrong] == [finding["id"] for finding in some["findings"]]
    kinds = [finding["kind"] for finding in everything["findings"]]
    assert kinds.count("harmless") == everything["clean"]
    assert any(kind in QUIET for kind in kinds)


def test_language_is_that_of_the_workspace_unless_asked_for(client: TestClient) -> None:
    own, russian, english = (ask(client, **query)["findings"] for query in ({}, {"language": "ru"}, {"language": "en"}))
    assert [finding["because"] for finding in own] == [finding["because"] for finding in russian]
    assert [finding["id"] for finding in english] == [finding["id"] for finding in russian]
    assert all(a["because"] != b["because"] for a, b in zip(english, russian, strict=True))


def test_filters_keep_journeys(bank: Workspace, client: TestClient) -> None:
    whole = ask(client)
    region = client.get("/api/workspace").json()["attributes"][0]
    segment = f"{region['attribute']}={region['values'][0]['value']}"
    assert 0 < ask(client, segment=segment)["journeys"] < whole["journeys"]


def test_asked_again_the_answer_is_there(client: TestClient) -> None:
    ask(client, language="en", all=True)
    began = time.perf_counter()
    ask(client, language="en", all=True)
    assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ({"since": "2031-01-01"}, 409, "no_data"),
        ({"segment": "regoin=X"}, 422, "usage"),
        ({"language": "fr"}, 422, "usage"),
        ({"margin": "0"}, 422, "usage"),
        ({"margin": "nan"}, 422, "usage"),
        ({"all": "perhaps"}, 422, "usage"),
        ({"kind": "barrier"}, 422, "usage"),
        ({"compare": ["channel=web", "channel=app"]}, 422, "usage"),
    ],
)
def test_refused(client: TestClient, query: dict[str, Any], status: int, kind: str) -> None:
    reply = client.get("/api/findings", params=query)
    assert reply.status_code == status, reply.text
    error = reply.json()["error"]
    assert error["kind"] == kind
    assert error["message"]


def test_new_data_is_seen_at_once(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws", *rows(), map_text=MAP)
    client = TestClient(create_app(shop.folder))
    before = ask(client)
    load_rows(Workspace(shop.folder), [{"customer_id": "new", "time": "2026-01-05T10:00", "activity": "visit"}])
    assert ask(client)["journeys"] == before["journeys"] + 1


def test_empty_workspace(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "empty")
    reply = TestClient(create_app(tmp_path / "empty")).get("/api/findings")
    assert (reply.status_code, reply.json()["error"]["kind"]) == (409, "no_data")
