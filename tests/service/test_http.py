"""The HTTP interface: every route, its errors, questions from many at once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.helpers import event_rows, load_rows, make_workspace

from tropa.analyses import REGISTRY
from tropa.service.app import create_app
from tropa.workspace.workspace import Workspace

MAP = """
map: Shop
goal: [Paid]
stages:
  - stage: Choose
    touchpoints:
      - {touchpoint: Visit, when: {activity: [visit]}}
      - {touchpoint: Cart, when: {activity: [cart]}, expects: {within: 20m, score: 4}}
  - stage: Buy
    touchpoints:
      - {touchpoint: Paid, when: {activity: [pay]}}
"""

NEEDED = {
    "funnel": {"steps": "Visit,Cart,Paid"},
    "touchpoint": {"touchpoint": "Cart"},
    "journey": {"customer": "ann"},
    "flow": {"anchor": "Cart"},
    "wait_times": {"source": "Visit"},
}


def fill(folder: Path) -> Workspace:
    rows = event_rows({"ann": "visit@0 cart@10 pay@20"})
    rows += event_rows({"bob": "visit@0 cart@30"}, "2026-01-03T00:00:00")
    rows += event_rows({"cid": "visit@0 help@5"}, "2026-01-05T00:00:00")
    regions = {"ann": "Moscow", "bob": "Kazan", "cid": "Moscow"}
    rows = [{**row, "region": regions[row["customer_id"]], "channel": "web"} for row in rows]
    feedback = [{"customer_id": "ann", "time": "2026-01-02", "kind": "csat", "score": 5, "activity": "cart"}]
    return make_workspace(folder, rows, feedback, map_text=MAP)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    workspace = fill(tmp_path_factory.mktemp("shop") / "ws")
    with TestClient(create_app(workspace.folder)) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    workspace = Workspace.create(tmp_path_factory.mktemp("empty") / "ws")
    with TestClient(create_app(workspace.folder)) as opened:
        yield opened


def _error(answer: Any, status: int) -> dict[str, str]:
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    error: dict[str, str] = answer.json()["error"]
    assert set(error) == {"kind", "message", "hint"}
    assert error["message"]
    return error


def _document(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/api/openapi.json").json()
    return document


@pytest.mark.parametrize("slug", [analysis.slug for analysis in REGISTRY])
def test_every_analysis(slug: str, client: TestClient) -> None:
    """Answers with the envelope of the contract, and as its own schema says."""
    answer = client.get(f"/api/analyses/{slug}", params=NEEDED.get(slug, {}))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert {"analysis", "params", "journeys", "events", "seconds", "result"} <= set(told)
    assert told["analysis"] == slug
    assert "NaN" not in answer.text
    document = _document(client)
    schema = document["paths"][f"/api/analyses/{slug}"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    _conforms(told, schema, document, slug)


def _conforms(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str) -> None:
    """A small check of a value against JSON Schema as FastAPI writes it."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        problems = []
        for option in schema["anyOf"]:
            try:
                return _conforms(value, option, document, where)
            except AssertionError as problem:
                problems.append(problem)
        raise AssertionError(f"{where}: fits none of {schema['anyOf']}: {problems[:2]}")
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
    kind = schema.get("type")
    if kind == "null":
        assert value is None, where
    elif kind is not None:
        assert isinstance(value, kinds[kind]), f"{where}: {value!r} is no {kind}"
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema.get("required", ())) <= set(value), f"{where}: {set(schema.get('required', ())) - set(value)}"
        assert set(value) <= set(schema["properties"]), f"{where}: {set(value) - set(schema['properties'])} undeclared"
        for name, item in value.items():
            _conforms(item, schema["properties"][name], document, f"{where}.{name}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            _conforms(item, schema["items"], document, f"{where}[]")
    return None


@pytest.mark.parametrize("path", ["/api/workspace", "/api/living-map", "/api/analyses"])
def test_other_routes_conform(path: str, client: TestClient) -> None:
    document = _document(client)
    answer = client.get(path)
    assert answer.status_code == 200
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    _conforms(answer.json(), schema, document, path)


def test_document_is_whole(client: TestClient) -> None:
    """Every reference leads somewhere, every operation has a name of its own and says its errors."""
    text = client.get("/api/openapi.json").text
    document = json.loads(text)
    assert document["openapi"].startswith("3.")
    names = set(document["components"]["schemas"])
    referred = {part.split('"', 1)[0] for part in text.split("#/components/schemas/")[1:]}
    assert referred <= names
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    identities = [operation["operationId"] for operation in operations]
    assert len(identities) == len(set(identities))
    for analysis in REGISTRY:
        responses = document["paths"][f"/api/analyses/{analysis.slug}"]["get"]["responses"]
        assert {"200", "404", "409", "422"} <= set(responses)


def test_workspace_full_and_empty(client: TestClient, empty: TestClient) -> None:
    full = client.get("/api/workspace").json()
    assert (full["has_data"], full["has_map"], full["map_name"]) == (True, True, "Shop")
    assert (full["customers"], full["journeys"], full["events"]) == (3, 3, 7)
    assert full["attributes"] == [
        {
            "attribute": "region",
            "values": [{"value": "Moscow", "journeys": 2}, {"value": "Kazan", "journeys": 1}],
            "more": 0,
        }
    ]
    assert full["channels"] == [{"channel": "web", "journeys": 3}]
    none = empty.get("/api/workspace")
    assert none.status_code == 200
    assert (none.json()["has_data"], none.json()["has_map"], none.json()["first_event"]) == (False, False, None)


def test_living_map_with_filters_in_the_address(client: TestClient) -> None:
    everything = client.get("/api/living-map").json()
    assert everything["journeys"] == 3
    assert everything["map"]["map"] == "Shop"
    moscow = client.get("/api/living-map", params={"segment": "region=Moscow"}).json()
    assert (moscow["journeys"], moscow["overview"]["customers"]) == (2, 2)
    both = client.get("/api/living-map?segment=region%3DMoscow&segment=region%3DKazan&since=2026-01-02").json()
    assert both["journeys"] == 2
    assert client.get("/api/living-map?until=2026-01-03").json()["journeys"] == 2


def test_errors_have_one_shape(client: TestClient, empty: TestClient) -> None:
    assert _error(client.get("/api/analyses/nothing"), 404)["kind"] == "not_found"
    assert _error(client.get("/api/nothing"), 404)["kind"] == "not_found"
    assert _error(client.get("/api/"), 404)["kind"] == "not_found"
    assert "/api" in _error(client.get("/api"), 404)["message"]
    assert _error(client.post("/api/workspace"), 405)["kind"] == "usage"
    assert "region" in _error(client.get("/api/analyses/variants?segment=regoin%3DMoscow"), 422)["hint"]
    assert "top" in _error(client.get("/api/analyses/variants?top=0"), 422)["message"]
    assert "topp" in _error(client.get("/api/analyses/variants?topp=3"), 422)["message"]
    assert "steps" in _error(client.get("/api/analyses/funnel"), 422)["message"]
    assert "duration" in _error(client.get("/api/analyses/funnel?steps=Visit&within=long"), 422)["message"]
    assert _error(client.get("/api/living-map?since=2030-01-01"), 409)["kind"] == "no_data"
    assert _error(client.get("/api/living-map?since=soon"), 422)["kind"] == "usage"
    assert _error(client.get("/api/analyses/variants?compare=region%3DMoscow"), 422)["kind"] == "usage"
    for path in ("/api/living-map", "/api/analyses/overview"):
        assert _error(empty.get(path), 409)["kind"] == "no_data"


@pytest.mark.parametrize(
    "path",
    [
        "/../app.py",
        "/..%2fapp.py",
        "/%2e%2e/app.py",
        "/assets/../../app.py",
        "/assets/..%2f..%2f..%2ferrors.py",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
    ],
)
def test_no_file_outside_of_the_application(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert "import" not in answer.text[:400] or "<!doctype html>" in answer.text.lower()
    assert "root:" not in answer.text
    assert "FastAPI" not in answer.text


def test_compared_groups(client: TestClient) -> None:
    answer = client.get("/api/analyses/overview?compare=region%3DMoscow&compare=region%3DKazan")
    assert answer.status_code == 200
    assert [group["journeys"] for group in answer.json()["result"]["groups"]] == [2, 1]


def test_a_map_taken_in_meanwhile_is_seen(tmp_path: Path) -> None:
    workspace = fill(tmp_path / "ws")
    with TestClient(create_app(workspace.folder)) as client:
        assert client.get("/api/living-map").json()["map"]["map"] == "Shop"
        Workspace(workspace.folder).documents.save_map(MAP.replace("map: Shop", "map: Store"))
        assert client.get("/api/living-map").json()["map"]["map"] == "Store"
        load_rows(Workspace(workspace.folder), event_rows({"dan": "visit@0"}))
        assert client.get("/api/workspace").json()["customers"] == 4


def test_asked_by_many_while_another_process_loads(tmp_path: Path) -> None:
    """Each answer is of one moment: the events that the journeys have are those that were there before or after."""
    workspace = fill(tmp_path / "ws")
    files = []
    for number in range(4):
        lines = [f"x{number}-{n},2026-01-0{1 + n % 5}T10:00,visit,Moscow" for n in range(200)]
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text("customer_id,time,activity,region\n" + "\n".join(lines) + "\n")
    script = (
        "import sys; from tropa.workspace.workspace import Workspace\n"
        "for file in sys.argv[2:]: Workspace(sys.argv[1]).load([file], 'events')\n"
    )
    loader = subprocess.Popen([sys.executable, "-c", script, str(workspace.folder), *map(str, files)])
    allowed = {7 + 200 * number for number in range(5)}
    seen: list[tuple[str, int, int, int]] = []
    failed: list[str] = []

    def ask(client: TestClient, unit: str) -> None:
        while loader.poll() is None or len(seen) < 6:
            answer = client.get("/api/analyses/overview", params={"unit": unit})
            if answer.status_code != 200:
                failed.append(answer.text)
                return
            told = answer.json()
            seen.append((unit, told["events"], told["result"]["events"], told["result"]["customers"]))

    with TestClient(create_app(workspace.folder)) as client:
        threads = [threading.Thread(target=ask, args=(client, unit)) for unit in ("customer", "case", "session")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        last = client.get("/api/analyses/overview").json()
    assert loader.wait(60) == 0
    assert not failed
    assert {unit for unit, *_ in seen} == {"customer", "case", "session"}
    for _, events, counted, customers in seen:
        assert events in allowed
        assert counted == events
        assert customers == events - 4, "three customers have seven events, each other one has one"
    assert last["events"] == 807
