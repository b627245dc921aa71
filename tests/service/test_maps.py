"""Maps over HTTP: several maps, versions, changes of people who edit at the same time."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from tests.contract.test_every_analysis import MAP, rows
from tests.e2e.drive import start_service
from tests.helpers import make_workspace
from tests.service.fresh import client_of

from tropa.service.app import create_app
from tropa.workspace.workspace import Workspace


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return client_of(Workspace.create(tmp_path / "ws"))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    workspace = make_workspace(tmp_path_factory.mktemp("shop") / "ws", *rows(), map_text=MAP)
    with TestClient(create_app(workspace.folder)) as opened:
        yield opened


def set_(name: str, key: str, value: Any, was: Any = None) -> dict[str, Any]:
    return {"op": "set", "on": {"touchpoint": name}, "path": [key], "value": value, "was": was}


def grid(stages: int, touchpoints: int) -> dict[str, Any]:
    """A map of any size, with something in every cell."""
    cell = {"actions": ["does"], "thoughts": ["thinks"], "pains": [{"pain": "slow", "kind": "process"}], "emotion": 1}
    return {
        "map": "Grid",
        "stages": [
            {"stage": f"s{s}", "touchpoints": [{"touchpoint": f"t{s}.{t}", **cell} for t in range(touchpoints)]}
            for s in range(stages)
        ],
    }


def make(client: TestClient, document: dict[str, Any] | None = None, **more: Any) -> str:
    made = client.post("/api/maps", json={"document": document or grid(2, 3), **more})
    assert made.status_code == 200, made.text
    told: str = made.json()["head"]["id"]
    return told


def change(client: TestClient, map_id: str, base: int, *changes: dict[str, Any]) -> dict[str, Any]:
    reply = client.post(f"/api/maps/{map_id}/changes", json={"base_version": base, "changes": list(changes)})
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] = reply.json()
    return told


def refused(reply: Any, status: int) -> str:
    assert reply.status_code == status, reply.text
    assert set(reply.json()["error"]) == {"kind", "message", "hint"}
    message: str = reply.json()["error"]["message"]
    return message


def test_a_map_from_nothing_to_archive(client: TestClient) -> None:
    assert client.get("/api/maps").json() == []
    made = client.post("/api/maps", json={"name": " Shop \n map ", "kind": "cx"}).json()
    map_id = made["head"]["id"]
    assert (made["version"], made["head"]["name"], made["head"]["kind"], made["head"]["live"]) == (
        1, "Shop map", "cx", True,
    )  # fmt: skip
    told = change(
        client,
        map_id,
        1,
        {"op": "add", "on": {"stage": "Choose"}, "after": None, "document": {}},
        {"op": "add", "on": {"touchpoint": "Visit"}, "stage": "Choose", "after": None, "document": {"jobs": ["find"]}},
    )
    assert (told["version"], told["applied"], told["conflicts"]) == (2, 2, [])
    assert told["document"]["stages"][0]["touchpoints"] == [{"touchpoint": "Visit", "jobs": ["find"]}]
    listed = client.get("/api/maps").json()
    assert [(one["stages"], one["touchpoints"], one["latest"]) for one in listed] == [(1, 1, 2)]
    told = change(client, map_id, 2, {"op": "remove", "on": {"touchpoint": "Visit"}})
    assert client.get("/api/maps").json()[0]["touchpoints"] == 0
    assert client.get(f"/api/maps/{map_id}?since=3").json()["unchanged"] is True
    assert client.get(f"/api/maps/{map_id}?since=2").json()["document"] == told["document"]
    back = client.post(f"/api/maps/{map_id}/restore", json={"version": 2}).json()
    assert back["version"] == 4
    assert back["document"]["stages"][0]["touchpoints"][0]["jobs"] == ["find"]
    label = client.post(f"/api/maps/{map_id}/versions/2/label", json={"label": " after  the workshop "}).json()
    assert label["label"] == "after the workshop"
    versions = client.get(f"/api/maps/{map_id}/versions").json()
    assert [(one["version"], one["how"]) for one in versions] == [
        (4, "restored"), (3, "changed"), (2, "changed"), (1, "made"),
    ]  # fmt: skip
    assert versions[2]["what"] == {"add": 2, "where": ["Choose", "Visit"]}
    assert client.get(f"/api/maps/{map_id}/versions/3").json()["document"]["stages"] == [{"stage": "Choose"}]
    assert client.post(f"/api/maps/{map_id}/archive").json()["live"] is False
    assert "archive" in refused(
        client.post(f"/api/maps/{map_id}/changes", json={"base_version": 4, "changes": [set_("Visit", "jobs", [])]}),
        409,
    )
    assert client.post(f"/api/maps/{map_id}/live").json()["archived_at"] is None


def test_yaml_in_keeps_its_text(client: TestClient, tmp_path: Path) -> None:
    text = "# my own remark\nmap: Shop\nstages:\n  - stage: Choose\n    jobs: [find]\n"
    made = client.post("/api/maps", json={"yaml": text, "live": True}).json()
    assert made["document"]["stages"] == [{"stage": "Choose", "jobs": ["find"]}]
    version = client.app.state.workspace.documents.current_map()  # type: ignore[attr-defined]
    assert version.text == text
    assert "line 2" in refused(client.post("/api/maps", json={"yaml": "map: x\nstages: {}"}), 409)
    refused(client.post("/api/maps", json={"yaml": text, "document": {}}), 422)


def test_convert_and_duplicate_lose_nothing(client: TestClient) -> None:
    document = grid(1, 1) | {"lanes": ["own"], "hidden_lanes": ["jobs"], "own": 1}
    map_id = make(client, document)
    turned = client.post(f"/api/maps/{map_id}/convert", json={"kind": "target_path"}).json()
    assert turned["head"]["kind"] == turned["document"]["kind"] == "target_path"
    assert turned["document"]["stages"] == document["stages"]
    assert turned["document"]["own"] == 1
    copied = client.post(f"/api/maps/{map_id}/duplicate", json={}).json()
    assert (copied["head"]["name"], copied["head"]["live"]) == ("Grid (2)", False)
    assert copied["document"]["stages"] == document["stages"]
    refused(client.post(f"/api/maps/{map_id}/convert", json={"kind": "journy"}), 422)


def test_hierarchy_follows_the_documents(client: TestClient) -> None:
    child, parent = make(client), make(client, grid(1, 2))
    change(client, parent, 1, set_("t0.1", "opens", child))
    head = client.get(f"/api/maps/{child}").json()["head"]
    assert (head["parent_map"], head["parent_touchpoint"]) == (parent, "t0.1")
    change(client, parent, 2, {"op": "rename", "on": {"touchpoint": "t0.1"}, "to": "Delivery"})
    assert client.get(f"/api/maps/{child}").json()["head"]["parent_touchpoint"] == "Delivery"
    change(client, parent, 3, set_("Delivery", "opens", None, child))
    assert client.get(f"/api/maps/{child}").json()["head"]["parent_map"] is None


def test_difference_between_versions_and_between_maps(client: TestClient) -> None:
    map_id = make(client)
    change(
        client,
        map_id,
        1,
        {"op": "rename", "on": {"touchpoint": "t0.0"}, "to": "Start"},
        set_("Start", "expects", {"within": "10m"}),
        {"op": "move", "on": {"touchpoint": "t0.2"}, "stage": "s1", "after": None},
        {"op": "remove", "on": {"touchpoint": "t1.1"}},
        {"op": "add", "on": {"stage": "After"}, "after": "s1", "document": {}},
    )
    found = client.get(f"/api/maps/{map_id}/difference?one=1").json()
    assert found["stages"]["added"] == ["After"]
    assert found["touchpoints"] == {
        "added": [],
        "removed": ["t1.1"],
        "renamed": [{"one": "t0.0", "other": "Start"}],
        "moved": [{"name": "t0.2", "from_stage": "s0", "to_stage": "s1"}],
    }
    assert found["cells"] == [
        {"level": "touchpoint", "name": "Start", "path": ["expects"], "one": None, "other": {"within": "10m"}}
    ]
    back = client.get(f"/api/maps/{map_id}/difference?one=2&other=1").json()
    assert back["touchpoints"]["renamed"] == [{"one": "Start", "other": "t0.0"}]
    other = make(client)
    same = client.get(f"/api/maps/{map_id}/difference?one=1&other_map={other}").json()
    assert (same["cells"], same["touchpoints"]["added"], same["stages"]["removed"]) == ([], [], [])


def test_designed_refusals(client: TestClient) -> None:
    map_id = make(client)
    assert "no map" in refused(client.get("/api/maps/nothing"), 404)
    assert "no version 9" in refused(client.get(f"/api/maps/{map_id}/versions/9"), 404)
    bad = set_("t0.1", "when", {"activity": ["/we(b/"]})
    answer = client.post(
        f"/api/maps/{map_id}/changes", json={"base_version": 1, "changes": [set_("t0.0", "emotion", -2, 1), bad]}
    )
    message = refused(answer, 409)
    assert message.startswith("Change 2 (set when of 't0.1')")
    assert "regular expression" in message
    assert client.get(f"/api/maps/{map_id}").json()["version"] == 1, "nothing of it was kept"
    ahead = client.post(f"/api/maps/{map_id}/changes", json={"base_version": 7, "changes": []})
    assert "no version 7" in refused(ahead, 422)
    for change_ in ({"op": "add", "on": {"stage": "x" * 501}}, {"op": "fly", "on": {"stage": "x"}}):
        refused(client.post(f"/api/maps/{map_id}/changes", json={"base_version": 1, "changes": [change_]}), 422)
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    refused(client.post("/api/maps", json={"document": {"map": "x", "deep": deep}}), 409)
    refused(client.post("/api/maps", json={"name": ""}), 409)
    surrogate = '{"base_version": 1, "changes": [{"op": "rename", "on": {"stage": "s0"}, "to": "\\ud800"}]}'
    answer = client.post(f"/api/maps/{map_id}/changes", content=surrogate, headers={"Content-Type": "application/json"})
    assert answer.status_code in (409, 422), answer.text


def test_names_and_texts_of_every_kind_are_kept(client: TestClient) -> None:
    map_id = make(client)
    odd = ["<script>alert(1)</script>", "שלום עולם", "🙂" * 100, "a" * 500, "=1+1", "'; DROP TABLE maps; --"]
    told = change(
        client,
        map_id,
        1,
        *({"op": "add", "on": {"touchpoint": name}, "stage": "s0", "after": None, "document": {}} for name in odd),
        *(set_(name, "thoughts", [name]) for name in odd),
    )
    assert told["conflicts"] == []
    again = client.get(f"/api/maps/{map_id}").json()["document"]
    kept = {part["touchpoint"]: part.get("thoughts") for part in again["stages"][0]["touchpoints"]}
    assert all(kept[name] == [name] for name in odd)


def test_the_living_map_of_any_map(shop: TestClient) -> None:
    living = shop.get("/api/living-map").json()
    assert (living["map"]["map"], living["version"]) == ("Shop", 1)
    assert living["map_id"] == shop.get("/api/maps").json()[0]["id"]
    one = {"stage": "Only", "touchpoints": [{"touchpoint": "Start", "when": {"activity": ["visit"]}}]}
    map_id = make(shop, {"map": "Short", "stages": [one]})
    other = shop.get("/api/living-map", params={"map": map_id, "segment": "region=north"}).json()
    assert (other["map"]["map"], other["map_id"], other["journeys"]) == ("Short", map_id, 32)
    assert [row["touchpoint"] for row in other["touchpoints"]["touchpoints"]] == ["Start"]
    change(shop, map_id, 1, {"op": "rename", "on": {"touchpoint": "Start"}, "to": "Begin"})
    old = shop.get("/api/living-map", params={"map": map_id, "version": 1}).json()
    assert [row["touchpoint"] for row in old["touchpoints"]["touchpoints"]] == ["Start"]
    refused(shop.get("/api/living-map?map=nothing"), 404)
    empty = make(shop, {"map": "Nothing yet"})
    assert shop.get(f"/api/living-map?map={empty}").json()["touchpoints"]["touchpoints"] == []
    assert shop.get("/api/living-map").json()["map"]["map"] == "Shop"


def test_what_was_really_seen_and_what_a_rule_binds(shop: TestClient) -> None:
    seen = shop.get("/api/occurrences").json()
    assert sum(part["events"] for part in seen["seen"]) == seen["events"] == 146
    visits = [part for part in seen["seen"] if part["activity"] == "visit"]
    assert {bound["touchpoint"] for part in visits for bound in part["bound"]} == {"Visit"}
    counted = shop.post("/api/maps/count", json={"when": {"activity": ["visit"]}}).json()
    assert counted["events"] == sum(part["events"] for part in visits)
    assert counted["also"] == [{"touchpoint": "Visit", "events": counted["events"]}]
    mine = shop.post("/api/maps/count", json={"when": {"activity": ["visit"]}, "touchpoint": "Visit"}).json()
    assert mine["also"] == []
    by_word = shop.post("/api/maps/count", json={"when": {"activity": ["/^vis/"], "channel": ["web"]}}).json()
    web = sum(part["events"] for part in visits if part["channel"] == "web")
    assert by_word["events"] == web
    assert by_word["values"][0]["values"] == [{"value": "visit", "events": web}]
    assert shop.post("/api/maps/count", json={"when": {"activity": ["never"]}}).json()["journeys"] == 0
    assert "regular expression" in refused(shop.post("/api/maps/count", json={"when": {"activity": ["/(/"]}}), 422)


def test_seen_without_a_map_and_without_data(client: TestClient, tmp_path: Path) -> None:
    refused(client.get("/api/occurrences"), 409)
    refused(client.post("/api/maps/count", json={"when": {"activity": ["x"]}}), 409)
    workspace = make_workspace(tmp_path / "bare", *rows())
    bare = client_of(workspace)
    seen = bare.get("/api/occurrences").json()
    assert (seen["map"], seen["events"], seen["events_bound"]) == (None, 146, 0)
    assert bare.post("/api/maps/count", json={"when": {"activity": ["visit"]}}).json()["events"] > 0


# -- several people at once


class _Served:
    """A real service in a process of its own, that can be killed and started again."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log = folder, log
        self.start()

    def start(self) -> None:
        self.service = start_service(self.folder, self.log)
        self.address = self.service.address

    def kill(self) -> None:
        self.service.process.kill()
        self.service.process.join(20)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[_Served]:
    service = _Served(Workspace.create(tmp_path / "ws").folder, tmp_path / "serve.log")
    yield service
    service.kill()


def test_two_people_at_once_lose_nothing_and_a_kill_keeps_what_was_acknowledged(served: _Served) -> None:
    """Each of three writes their own cells and all fight for one; two of them move and rename things meanwhile."""
    with httpx.Client(base_url=served.address, timeout=60) as http:
        made = http.post("/api/maps", json={"document": grid(4, 6)}).json()
        map_id = made["head"]["id"]
        acknowledged: dict[tuple[int, int], str] = {}
        fought: list[tuple[str, str | None]] = []
        failures: list[str] = []

        def person(number: int) -> None:
            with httpx.Client(base_url=served.address, timeout=60) as mine:
                seen = {"version": 1, "document": made["document"]}
                for turn in range(9):
                    name = f"t{number}.{turn % 6}"
                    today = next(
                        (
                            t
                            for s in seen["document"]["stages"]
                            for t in s.get("touchpoints", [])
                            if t.get("tag") == name
                        ),
                        None,
                    )
                    addressed = name if today is None else today["touchpoint"]
                    text = f"{number} wrote {turn}"
                    fight = f"fight {number} {turn}"
                    changes = [
                        set_(addressed, f"own{turn}", [text]),
                        set_(addressed, "tag", name, None if today is None else name),
                        {"op": "set", "on": {"map": True}, "path": ["scenario"], "value": fight,
                         "was": seen["document"].get("scenario")},
                        {"op": "move", "on": {"touchpoint": addressed}, "stage": f"s{(number + turn) % 4}",
                         "after": None},
                    ]  # fmt: skip
                    if turn == 7:
                        changes.append({"op": "rename", "on": {"touchpoint": addressed}, "to": f"{name} renamed"})
                    reply = mine.post(
                        f"/api/maps/{map_id}/changes", json={"base_version": seen["version"], "changes": changes}
                    )
                    if reply.status_code != 200:
                        failures.append(reply.text)
                        return
                    seen = reply.json()
                    lost = {
                        conflict["change"]["path"][0] for conflict in seen["conflicts"] if "path" in conflict["change"]
                    }
                    if "scenario" in lost:
                        conflict = next(c for c in seen["conflicts"] if c["change"]["path"] == ["scenario"])
                        assert conflict["change"]["value"] == fight
                        assert conflict["current"] != fight
                    else:
                        fought.append((fight, None))
                    assert not lost - {"scenario"}, seen["conflicts"]
                    acknowledged[number, turn] = text

        people = [threading.Thread(target=person, args=(number,)) for number in range(3)]
        for one in people:
            one.start()
        for one in people:
            one.join()
        assert failures == []
        assert len(acknowledged) == 27
        before = http.get(f"/api/maps/{map_id}").json()
    served.kill()
    served.start()
    with httpx.Client(base_url=served.address, timeout=60) as http:
        after = http.get(f"/api/maps/{map_id}").json()
        assert after["version"] == before["version"]
        assert after["document"] == before["document"]
        cells = {
            (part["tag"], key): value
            for stage in after["document"]["stages"]
            for part in stage.get("touchpoints", [])
            if "tag" in part
            for key, value in part.items()
        }
        for (number, turn), text in acknowledged.items():
            assert cells[f"t{number}.{turn % 6}", f"own{turn}"] == [text]
        assert after["document"]["scenario"] in {fight for fight, _ in fought}
        names = [part["touchpoint"] for stage in after["document"]["stages"] for part in stage.get("touchpoints", [])]
        assert len(names) == len(set(names)) == 24


def test_two_programs_over_one_database(tmp_path: Path) -> None:
    """Two services, each with what it remembers: numbers of versions stay one row, nothing is lost."""
    folder = Workspace.create(tmp_path / "ws").folder
    clients = [TestClient(create_app(folder)), TestClient(create_app(folder))]
    map_id = make(clients[0], grid(2, 10))
    clients[0].get(f"/api/maps/{map_id}")
    failed: list[str] = []

    def write(number: int) -> None:
        for turn in range(10):
            body = {"base_version": 1, "changes": [set_(f"t{number}.{turn}", "jobs", [f"{number} {turn}"])]}
            reply = clients[number].post(f"/api/maps/{map_id}/changes", json=body)
            if reply.status_code != 200 or reply.json()["conflicts"]:
                failed.append(reply.text)

    clients[1].get("/api/maps")
    writers = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert failed == []
    for client in clients:
        told = client.get(f"/api/maps/{map_id}").json()
        assert told["version"] == 21
        jobs = [part["jobs"][0] for stage in told["document"]["stages"] for part in stage["touchpoints"]]
        assert sorted(jobs) == sorted(f"{number} {turn}" for number in range(2) for turn in range(10))
    numbers = [one["version"] for one in clients[0].get(f"/api/maps/{map_id}/versions").json()]
    assert numbers == list(range(21, 0, -1))


def test_three_hundred_touchpoints_answer_within_their_budget(client: TestClient) -> None:
    """100 ms on a quiet machine for what an editor waits for; here the time of the processor, doubled."""
    map_id = make(client, grid(10, 30))
    version, spent = 1, []
    for turn in range(7):
        began = time.process_time()
        told = change(
            client,
            map_id,
            version,
            set_("t4.7", "actions", [f"does {turn}"], ["does"] if not turn else [f"does {turn - 1}"]),
        )
        spent.append(time.process_time() - began)
        assert told["conflicts"] == []
        version = told["version"]
    assert sorted(spent)[3] < 0.2, spent
    assert len(json.dumps(told["document"])) > 30_000
