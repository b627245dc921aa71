"""The service from outside: its routes, its errors, its files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.contract.test_every_analysis import MAP, rows
from tests.helpers import load_rows, make_workspace

from tropa.service.app import create_app
from tropa.workspace.workspace import Workspace


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "ws", *rows(), map_text=MAP)


@pytest.fixture
def client(shop: Workspace) -> TestClient:
    return TestClient(create_app(shop.folder))


def test_workspace_full(client: TestClient) -> None:
    told = client.get("/api/workspace").json()
    assert (told["has_data"], told["has_map"], told["map_name"]) == (True, True, "Shop")
    assert (told["customers"], told["journeys"], told["events"]) == (40, 40, 146)
    assert told["attributes"] == [
        {
            "attribute": "region",
            "values": [{"value": "north", "journeys": 32}, {"value": "south", "journeys": 8}],
            "more": 0,
        }
    ]
    assert sorted((row["channel"], row["journeys"]) for row in told["channels"]) == [("app", 20), ("web", 20)]


def test_workspace_empty(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "empty")
    client = TestClient(create_app(tmp_path / "empty"))
    assert client.get("/api/workspace").json()["has_data"] is False
    reply = client.get("/api/living-map")
    assert reply.status_code == 409
    assert reply.json()["error"]["kind"] == "no_data"
    # Who reads it in a browser uploads files, and need not know where the workspace lies.
    assert reply.json()["error"]["hint"] == "Upload a file of events."


def test_living_map_agrees_with_the_analyses(client: TestClient) -> None:
    living = client.get("/api/living-map", params={"segment": "region=north"}).json()
    assert living["journeys"] == 32
    assert living["map"]["map"] == "Shop"
    for part in ("overview", "touchpoints", "coverage"):
        alone = client.get(f"/api/analyses/{part}", params={"segment": "region=north"}).json()["result"]
        assert living[part] == alone


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/api/nothing", 404, "not_found"),
        ("/api/analyses/nothing", 404, "not_found"),
        ("/api/analyses/funnel", 422, "usage"),
        ("/api/analyses/overview?nonsense=1", 422, "usage"),
        ("/api/analyses/overview?segment=regoin=north", 422, "usage"),
        ("/api/analyses/overview?since=yesterday", 422, "usage"),
        ("/api/analyses/overview?since=1990-01-01&until=1990-01-02", 409, "no_data"),
        ("/api/analyses/touchpoint?touchpoint=Baskett", 404, "not_found"),
        ("/api/analyses/funnel?steps=Visit,Payed", 422, "usage"),
        ("/api/living-map?channel=fax", 422, "usage"),
    ],
)
def test_errors_have_one_shape(client: TestClient, address: str, status: int, kind: str) -> None:
    reply = client.get(address)
    assert reply.status_code == status, reply.text
    error = reply.json()["error"]
    assert set(error) == {"kind", "message", "hint"}
    assert error["kind"] == kind
    assert error["message"]


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/%2e%2e/%2e%2e/app.py", "/assets/../../app.py", "//etc/passwd"]
)
def test_no_file_outside_the_application(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert "import" not in reply.text[:2000] or "<!doctype html" in reply.text.lower()
    assert "root:" not in reply.text


def test_openapi_names_every_analysis_and_error(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    listed = {row["slug"] for row in client.get("/api/analyses").json()}
    assert {f"/api/analyses/{slug}" for slug in listed} <= set(document["paths"])
    for slug in listed:
        assert set(document["paths"][f"/api/analyses/{slug}"]["get"]["responses"]) >= {"200", "404", "409", "422"}


def test_new_data_and_a_new_map_are_seen_at_once(shop: Workspace, client: TestClient) -> None:
    assert client.get("/api/analyses/overview").json()["result"]["journeys"] == 40
    load_rows(Workspace(shop.folder), [{"customer_id": "new", "time": "2026-01-05T10:00", "activity": "visit"}])
    assert client.get("/api/analyses/overview").json()["result"]["journeys"] == 41
    Workspace(shop.folder).documents.save_map(MAP.replace("goal: [Paid]", "goal: [Basket]"))
    assert client.get("/api/analyses/overview").json()["result"]["goal"] == ["Basket"]


def test_many_askers_while_data_comes_in(shop: Workspace, client: TestClient) -> None:
    def ask(number: int) -> int:
        reply = client.get("/api/living-map" if number % 2 else "/api/analyses/transitions")
        assert reply.status_code == 200, reply.text
        return int(reply.json()["journeys"])

    def bring(number: int) -> int:
        event = {"customer_id": f"late{number}", "time": "2026-01-06T10:00", "activity": "visit"}
        load_rows(Workspace(shop.folder), [event])
        return 0

    # FastAPI makes its routes at the first request and hushes warnings meanwhile, which threads cannot do at once.
    ask(0)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(bring if number % 8 == 0 else ask, number) for number in range(32)]
        journeys = [future.result() for future in asked]
    assert set(journeys) - {0} <= set(range(40, 45))
    assert ask(0) == 44
