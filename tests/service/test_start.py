"""Routes of the start: uploads, jobs, rejects, settings, ready maps."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tropa.service.app import create_app
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

STEPS = ("page_opened", "order_placed", "printed", "collected")
ROWS = [
    f"c{customer},2026-03-{1 + customer % 20:02}T1{step}:00:00Z,{name}"
    for customer in range(40)
    for step, name in enumerate(STEPS)
    if step < 2 or customer % 3
]
EVENTS = "\n".join(["customer_id,time,activity", *ROWS, "c1,never,printed"]) + "\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    Workspace.create(tmp_path / "ws", Settings("Shop"))
    with TestClient(create_app(tmp_path / "ws")) as opened:
        yield opened


def upload(client: TestClient, name: str, text: str) -> str:
    data = text.encode()
    id_ = client.post("/api/uploads", json={"name": name, "size": len(data)}).json()["id"]
    half = len(data) // 2
    assert client.put(f"/api/uploads/{id_}/content", content=data[:half]).json()["received"] == half
    assert client.put(f"/api/uploads/{id_}/content?offset={half}", content=data[half:]).json()["state"] == "ready"
    return str(id_)


def over(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + 60
    while job["state"] in ("queued", "running") and time.monotonic() < until:
        time.sleep(0.02)
        job = client.get(f"/api/jobs/{job['id']}").json()
    return job


def load(client: TestClient) -> dict[str, Any]:
    id_ = upload(client, "orders.csv", EVENTS)
    seen = client.post(f"/api/uploads/{id_}/look", json={}).json()
    files = [{"upload": id_, "shape": seen["shape"], "how": seen["reading"]}]
    return over(client, client.post("/api/loads", json={"files": files}).json())


def test_from_a_file_to_a_living_map(client: TestClient) -> None:
    id_ = upload(client, "orders.csv", EVENTS)
    seen = client.post(f"/api/uploads/{id_}/look", json={}).json()
    assert (seen["shape"], seen["missing"], seen["trial"]["set_aside"]) == ("events", [], 1)
    file = {"upload": id_, "shape": "events", "how": seen["reading"]}
    checked = over(client, client.post("/api/checks", json=file).json())["checked"]
    assert (checked["good"], checked["set_aside"], checked["whole"]) == (len(ROWS), 1, True)
    job = over(client, client.post("/api/loads", json={"files": [file]}).json())
    assert (job["state"], job["loaded"]["files"][0]["loaded"]) == ("done", len(ROWS))
    rejects = client.get(f"/api/rejects/{job['loaded']['rejects']}")
    assert "never" in rejects.text
    assert client.get("/api/uploads").json()["uploads"][0]["state"] == "loaded"
    document = client.get("/api/proposal").json()["document"]
    assert client.post("/api/maps", json={"document": document, "live": True}).status_code == 200
    assert client.get("/api/living-map").json()["map"] is not None


def test_a_ready_map_is_laid_over_the_data(client: TestClient) -> None:
    load(client)
    laid = client.get("/api/templates/print-shop/match?language=en").json()
    found = {one["touchpoint"]: [a["activity"] for a in one["activities"]] for one in laid["matching"]["touchpoints"]}
    assert found["Order and payment"] == ["order_placed"]
    assert found["Printing and checking"] == ["printed"]
    assert found["Collection or delivery"] == ["collected"]
    assert laid["matching"]["left"] == []
    bound = {touchpoint: activities for touchpoint, activities in found.items() if activities}
    answer = client.post("/api/templates/print-shop/document?language=en", json={"bound": bound}).json()
    rules = {t["touchpoint"]: t.get("when") for s in answer["document"]["stages"] for t in s["touchpoints"]}
    assert rules["Order and payment"] == {"activity": ["order_placed"]}
    # Nothing is bound there and nothing in the data fits: the rule that often fits waits for data to come.
    assert rules["Size"]["activity"][0].startswith("/(?i)")
    assert answer["document"]["unit"] == "customer"
    assert client.post("/api/maps", json={"document": answer["document"], "live": True}).status_code == 200


def test_an_activity_belongs_to_one_touchpoint(client: TestClient) -> None:
    bound = {"Size": ["x"], "Print queue": ["x"]}
    answer = client.post("/api/templates/print-shop/document?language=en", json={"bound": bound})
    assert answer.status_code == 422
    assert "Print queue" in answer.json()["error"]["message"]
    unknown = client.post("/api/templates/print-shop/document?language=en", json={"bound": {"Sise": ["x"]}})
    assert "'Size'" in unknown.json()["error"]["hint"]


def test_without_data_nothing_is_proposed(client: TestClient) -> None:
    assert client.get("/api/proposal").status_code == 409
    assert client.get("/api/templates/bank-loan/match").json()["error"]["kind"] == "no_data"


def test_files_that_are_no_tables_are_told(client: TestClient) -> None:
    for name, text, said in (
        ("a.csv", "%PDF-1.7 and more of it", "PDF"),
        ("a.docx", "PK nothing", "not read"),
        ("a.xlsx", "plain, text", "not XLSX"),
        ("a.csv.gz", "not packed", "not gzip"),
    ):
        answer = client.post(f"/api/uploads/{upload(client, name, text)}/look", json={})
        assert answer.status_code == 409, name
        assert said in answer.json()["error"]["message"]
    only_header = client.post(f"/api/uploads/{upload(client, 'b.csv', 'time,activity,customer_id')}/look", json={})
    assert only_header.json()["trial"]["problem"]["message"] == "b.csv has no rows."


@pytest.mark.parametrize("name", ["../HEAD.json", "00000001.csv.bak", "nothing.csv", "%2e%2e%2fHEAD.json"])
def test_rejects_lead_nowhere_else(client: TestClient, name: str) -> None:
    assert client.get(f"/api/rejects/{name}").status_code == 404


@pytest.mark.parametrize("id_", ["nothing", "..", "0" * 16])
def test_unknown_uploads_and_jobs_are_not_found(client: TestClient, id_: str) -> None:
    assert client.get(f"/api/uploads/{id_}").status_code in (200, 404) if id_ == ".." else True
    assert client.get(f"/api/jobs/{id_}x").status_code == 404
    assert client.delete(f"/api/uploads/{id_}x").status_code == 404


def test_settings_are_changed_and_used_at_once(client: TestClient) -> None:
    load(client)
    given = {"name": "Лавка", "language": "ru", "timezone": "Europe/Moscow", "currency": "RUB", "goal_price": 150}
    assert client.put("/api/settings", json=given).json() == client.get("/api/settings").json() == given
    told = client.get("/api/workspace").json()
    assert (told["name"], told["currency"], told["language"]) == ("Лавка", "RUB", "ru")
    assert client.get("/api/analyses/value").json()["result"]["model"]["currency"] == "RUB"


@pytest.mark.parametrize(
    "wrong", [{"timezone": "Mars/Base"}, {"language": "de"}, {"name": ""}, {"goal_price": -1}, {"currency": "x" * 40}]
)
def test_settings_that_cannot_be_are_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    answer = client.put("/api/settings", json={"name": "Shop", **wrong})
    assert answer.status_code == 422
    assert client.get("/api/settings").json()["name"] == "Shop"


def test_the_last_load_is_taken_back_and_its_file_waits_again(client: TestClient) -> None:
    nothing = over(client, client.post("/api/loads/undo", json={"generation": 1}).json())["error"]
    assert nothing["kind"] == "conflict" and "nothing has been loaded yet" in nothing["message"]
    assert client.get("/api/uploads").json()["undo_generation"] is None
    load(client)
    told = client.get("/api/uploads").json()
    assert [one["file"] for one in told["undoable"]] == ["orders.csv"]
    job = over(client, client.post("/api/loads/undo", json={"generation": told["undo_generation"]}).json())
    assert (job["state"], job["loaded"], job["undone"][0]["file"]) == ("done", None, "orders.csv")
    told = client.get("/api/uploads").json()
    assert (told["loads"], told["undoable"], told["uploads"][0]["state"]) == ([], [], "ready")
    assert not client.get("/api/workspace").json()["has_data"]
    assert load(client)["loaded"]["events"] > 0


def test_another_load_than_the_one_shown_is_not_taken_back(client: TestClient) -> None:
    load(client)
    shown = {"generation": client.get("/api/uploads").json()["undo_generation"]}
    id_ = upload(client, "orders.csv", EVENTS.replace("2026-03", "2026-04"))
    files = [{"upload": id_, "shape": "events", "how": {}}]
    assert over(client, client.post("/api/loads", json={"files": files}).json())["state"] == "done"
    refused = client.post("/api/loads/undo", json=shown)
    assert (refused.status_code, refused.json()["error"]["kind"]) == (409, "conflict")
    told = client.get("/api/uploads").json()
    assert len(told["loads"]) == 2
    client.get("/api/overview")
    job = over(client, client.post("/api/loads/undo", json={"generation": told["undo_generation"]}).json())
    assert (job["state"], len(job["undone"])) == ("done", 1)
    states = {one["id"]: one["state"] for one in client.get("/api/uploads").json()["uploads"]}
    assert states.pop(id_) == "ready"
    assert list(states.values()) == ["loaded"], "a file of the same name that is still in the workspace"


def test_the_key_of_the_files_beside_is_taken(client: TestClient) -> None:
    events = "Договор;Дата;Событие\n" + "".join(f"Д-{i // 3}/26;0{1 + i % 9}.05.2026;шаг {i % 3}\n" for i in range(150))
    survey = "Дата;Телефон;Номер договора;Оценка\n" + "".join(
        f"0{1 + i % 9}.06.2026;7916555{1000 + i};Д-{i}/26;{1 + i % 5}\n" for i in range(40)
    )
    id_ = upload(client, "survey.csv", survey)

    def key() -> str:
        columns = client.post(f"/api/uploads/{id_}/look", json={}).json()["columns"]
        return next(column["name"] for column in columns if column["role"] == "customer_id")

    assert key() == "Телефон"
    upload(client, "events.csv", events)
    assert key() == "Номер договора"
