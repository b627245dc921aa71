"""Comments on cells, notes of research tied to them, and the evidence that follows."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient
from PIL import Image, PngImagePlugin
from tests.service.fresh import client_of

from tropa.workspace.comments import mentions
from tropa.workspace.evidence import evidence
from tropa.workspace.workspace import Workspace

DOCUMENT = {
    "map": "Loan",
    "stages": [
        {
            "stage": "Papers",
            "touchpoints": [
                {
                    "touchpoint": "Upload",
                    "pains": ["The form resets"],
                    "evidence": {"jobs": {"source": "surveyed", "n": 40, "date": "2020-01-01", "note": "poll"}},
                },
                {"touchpoint": "Check"},
            ],
        }
    ],
}


def png(text: str = "") -> bytes:
    """A picture, with a word about it where one is given."""
    said, file = PngImagePlugin.PngInfo(), io.BytesIO()
    if text:
        said.add_text("Author", text)
    Image.new("RGB", (3, 2), "teal").save(file, "PNG", pnginfo=said)
    return file.getvalue()


PNG = png()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return client_of(Workspace.create(tmp_path / "ws"))


@pytest.fixture
def map_id(client: TestClient) -> str:
    made: str = client.post("/api/maps", json={"document": DOCUMENT}).json()["head"]["id"]
    return made


def ok(reply: Any) -> Any:
    assert reply.status_code == 200, reply.text
    return reply.json()


def refused(reply: Any, status: int) -> str:
    assert reply.status_code == status, reply.text
    message: str = reply.json()["error"]["message"]
    return message


def rename(client: TestClient, map_id: str, base: int, old: str, new: str) -> None:
    change = {"op": "rename", "on": {"touchpoint": old}, "to": new}
    ok(client.post(f"/api/maps/{map_id}/changes", json={"base_version": base, "changes": [change]}))


# -- comments


def test_a_thread_from_question_to_resolved(client: TestClient, map_id: str) -> None:
    url = f"/api/maps/{map_id}/comments"
    first = ok(client.post(url, json={"on": {"touchpoint": "Upload"}, "lane": "pains", "text": " @Анна, в мае тоже? "}))
    assert (first["text"], first["mentions"], first["lane"]) == ("@Анна, в мае тоже?", ["Анна"], "pains")
    ok(client.post(url, json={"reply_to": first["id"], "text": "Да <b>трое</b>"}))
    ok(client.post(url, json={"on": {"map": True}, "text": "whole"}))
    rename(client, map_id, 1, "Upload", "Документы")
    threads = ok(client.get(url))
    assert [(t["comment"]["target"], len(t["replies"])) for t in threads] == [("Документы", 1), ("", 0)]
    assert threads[0]["replies"][0]["target"] == "Документы"
    ok(client.post(f"{url}/{threads[0]['replies'][0]['id']}/resolve"))
    assert ok(client.get(url))[0]["comment"]["resolved_at"] is not None
    ok(client.post(f"{url}/{first['id']}/reopen"))
    assert ok(client.get(url))[0]["comment"]["resolved_at"] is None
    # An older text calls it by the older name: the thread follows back.
    ok(client.post(f"/api/maps/{map_id}/restore", json={"version": 1}))
    assert ok(client.get(url))[0]["comment"]["target"] == "Upload"


def test_comments_that_cannot_be(client: TestClient, map_id: str) -> None:
    url = f"/api/maps/{map_id}/comments"
    assert "no touchpoint 'Gone'" in refused(client.post(url, json={"on": {"touchpoint": "Gone"}, "text": "x"}), 404)
    refused(client.post(url, json={"on": {"map": True}, "text": " \x00 "}), 422)
    refused(client.post(url, json={"text": "about what?"}), 422)
    refused(client.post(url, json={"reply_to": 99, "text": "x"}), 404)
    refused(client.post(f"{url}/99/resolve"), 404)
    refused(client.get("/api/maps/nothing/comments"), 404)


def test_who_is_called() -> None:
    assert mentions("@anna look, mail@anna.ru", []) == ("anna",)
    assert mentions("@anna ivanova and @Bob?", ["Anna", "Anna Ivanova", "bob", "Carl"]) == ("Anna Ivanova", "bob")
    assert mentions("@annabel", ["Anna"]) == ()


# -- research


def test_a_note_tied_to_a_cell_is_its_evidence(client: TestClient, map_id: str) -> None:
    day = dt.date.today().isoformat()  # noqa: DTZ011
    body = {"kind": "interview", "text": "Загружала трижды", "date": day}
    note = ok(client.post("/api/research", json=body))
    assert note["note"]["title"] == "Загружала трижды"
    tie = {"map": map_id, "on": {"touchpoint": "Upload"}, "lane": "pains", "quote": "трижды"}
    ties = f"/api/research/{note['note']['id']}/ties"
    first, second = ok(client.post(ties, json=tie)), ok(client.post(ties, json={**tie, "quote": "Загружала трижды"}))
    assert first["id"] == second["id"], "the same cell twice is one tie"
    other = ok(client.post("/api/research", json={"kind": "observation", "text": "queue", "date": "2020-05-05"}))
    ok(client.post(f"/api/research/{other['note']['id']}/ties", json={**tie, "quote": ""}))
    ok(client.post(f"/api/research/{other['note']['id']}/ties", json={"map": map_id, "on": {"touchpoint": "Check"}}))
    found = {(cell["target"], cell["lane"]): cell for cell in ok(client.get(f"/api/maps/{map_id}/evidence"))["cells"]}
    pains = found["Upload", "pains"]
    assert (pains["source"], pains["n"], pains["date"], pains["stale"]) == ("observed", 2, day, False)
    assert pains["told_by"] == "research" and len(pains["notes"]) == 2
    assert found["Check", ""]["stale"] is True
    jobs = found["Upload", "jobs"]
    assert (jobs["source"], jobs["n"], jobs["stale"], jobs["told_by"]) == ("surveyed", 40, True, "author")
    rename(client, map_id, 1, "Upload", "Papers in")
    assert ok(client.get(f"/api/research?map={map_id}&words=трижды загружала"))[0]["ties"][0]["target"] == "Papers in"
    ok(client.post(f"/api/research/{note['note']['id']}/archive"))
    found = {(cell["target"], cell["lane"]): cell for cell in ok(client.get(f"/api/maps/{map_id}/evidence"))["cells"]}
    assert found["Papers in", "pains"]["n"] == 1
    assert client.delete(f"/api/research/ties/{first['id']}").status_code == 204
    refused(client.delete(f"/api/research/ties/{first['id']}"), 404)
    assert len(ok(client.get("/api/research"))) == 1
    assert len(ok(client.get("/api/research?archived=true"))) == 1


def test_when_evidence_is_stale_is_a_setting(tmp_path: Path, client: TestClient, map_id: str) -> None:
    folder = tmp_path / "ws"
    settings = json.loads((folder / "workspace.json").read_text())
    (folder / "workspace.json").write_text(json.dumps(settings | {"stale_days": 30}))
    (cell,) = evidence(Workspace(folder), map_id, dt.date(2020, 1, 31)).cells
    assert cell.stale is False
    assert evidence(Workspace(folder), map_id, dt.date(2020, 2, 1)).cells[0].stale is True


def send(client: TestClient, name: str, content: bytes, **form: str) -> Any:
    return client.post("/api/research/import", files={"file": (name, content)}, data=form)


def test_notes_come_as_text_docx_and_csv(client: TestClient, map_id: str) -> None:
    text = "Первое интервью\nдлинное\n---\nВторое\n\n***\n".encode("cp1251")
    brought = ok(send(client, "глубинные_интервью.txt", text, kind="interview"))
    assert [(one["note"]["title"], one["note"]["kind"]) for one in brought["notes"]] == [
        ("глубинные интервью (1)", "interview"),
        ("глубинные интервью (2)", "interview"),
    ]
    paper = docx.Document()
    paper.add_paragraph("Сказала, что ждала неделю")
    paper.add_table(1, 2).rows[0].cells[1].text = "в таблице"
    packed = io.BytesIO()
    paper.save(packed)
    (one,) = ok(send(client, "notes.docx", packed.getvalue()))["notes"]
    assert "ждала неделю" in one["note"]["text"] and "в таблице" in one["note"]["text"]
    table = (
        "цитата;респондент;дата;точка контакта;дорожка\nДолго;Анна;2026-03-01;Upload;pains\n"
        ";Пётр;;;\nПлохо;Олег;вчера;;\nХорошо;Ян;;Нигде;\n"
    )
    told = ok(send(client, "quotes.csv", table.encode(), map=map_id))
    (quote,) = told["notes"]
    assert (quote["note"]["kind"], quote["note"]["respondent"], quote["note"]["source"]) == (
        "note",
        "Анна",
        "quotes.csv",
    )
    assert (quote["ties"][0]["target"], quote["ties"][0]["lane"]) == ("Upload", "pains")
    assert [left["line"] for left in told["left"]] == [3, 4, 5]
    assert "no date" in told["left"][1]["reason"]


@pytest.mark.parametrize(
    ("name", "content", "status", "what"),
    [
        ("notes.exe", b"x", 422, "not a file of notes"),
        ("notes.docx", b"not a zip", 409, "not a DOCX"),
        ("notes.txt", b"\x00\x01", 409, "not text"),
        ("notes.txt", b"  \n---\n ", 409, "no notes"),
        ("notes.csv", b"a,b\n1,2\n", 409, "no column with the text"),
        ("notes.csv", b"text,kind\nhello,poem\n", 409, "'poem' is no kind"),
    ],
)
def test_files_that_bring_nothing(client: TestClient, name: str, content: bytes, status: int, what: str) -> None:
    assert what in refused(send(client, name, content), status)
    assert ok(client.get("/api/research")) == []


def test_photos_are_files_of_the_workspace(client: TestClient, tmp_path: Path) -> None:
    sent = client.post(
        "/api/research/photos", files={"file": ("a.exe", png("Anna Petrova"))}, data={"title": "Очередь"}
    )
    note = ok(sent)["note"]
    assert (note["kind"], note["title"]) == ("photo", "Очередь")
    assert (tmp_path / "ws" / "research" / note["photo"]).read_bytes() == PNG
    picture = client.get(f"/api/research/{note['id']}/photo")
    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    assert "picture" in refused(client.post("/api/research/photos", files={"file": ("a.png", b"<svg onload=x>")}), 422)
    assert "broken" in refused(client.post("/api/research/photos", files={"file": ("a.png", PNG[:40])}), 422)
    plain = ok(client.post("/api/research", json={"text": "x"}))["note"]["id"]
    refused(client.get(f"/api/research/{plain}/photo"), 404)


def test_a_note_is_written_anew_or_refused(client: TestClient) -> None:
    note = ok(client.post("/api/research", json={"text": "x"}))["note"]["id"]
    changed = ok(client.put(f"/api/research/{note}", json={"kind": "quote", "title": " a  b ", "text": "y\x00"}))[
        "note"
    ]
    assert (changed["kind"], changed["title"], changed["text"]) == ("quote", "a b", "y")
    kept = ok(client.put(f"/api/research/{note}", json={"respondent": "Анна"}))["note"]
    assert (kept["kind"], kept["title"], kept["text"], kept["respondent"]) == ("quote", "a b", "y", "Анна")
    refused(client.put(f"/api/research/{note}", json={"text": " ", "title": ""}), 422)
    refused(client.put("/api/research/nothing", json={"text": "x"}), 404)
    refused(client.post("/api/research", json={"text": "x", "date": "soon"}), 422)


def test_of_two_who_change_a_note_the_second_is_told(client: TestClient) -> None:
    note = ok(client.post("/api/research", json={"text": "x"}))["note"]
    url, seen = f"/api/research/{note['id']}", note["changed_at"]
    first = ok(client.put(url, json={"text": "mine", "changed_at": seen}))["note"]
    assert "changed meanwhile" in refused(client.put(url, json={"text": "yours", "changed_at": seen}), 409)
    assert ok(client.get(url))["note"]["text"] == "mine"
    again = ok(client.put(url, json={"text": "both", "changed_at": first["changed_at"]}))["note"]
    assert again["text"] == "both" and again["changed_at"] > first["changed_at"] > seen[:19]
