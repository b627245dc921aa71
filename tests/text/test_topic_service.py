"""A server that speaks the OpenAI protocol, on this machine: what it is sent, and what becomes of bad answers."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.helpers import event_rows, make_workspace

from tropa.analyses.voice import Voice
from tropa.errors import TropaError
from tropa.text import service
from tropa.text.service import TopicService, Unserved
from tropa.workspace.settings import Settings, read_settings
from tropa.workspace.workspace import Workspace

ABOUT = {
    "courier": "the courier was late with the parcel and called from number +7 916 123-45-67 again, day {n}",
    "money": "the refund of my money was not paid back to the card 4111 1111 1111 1111, day {n}",
    "app": "the application froze on my phone and closed the window with the order, day {n}",
}
NAMES = {"courier": "Late couriers", "money": "Refunds not paid", "app": "The app freezes"}


@dataclass
class Server:
    """Answers as a server of models does; `broken` may replace an answer by (status, headers, body)."""

    address: str = ""
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    broken: Callable[[str, int], tuple[int, dict[str, str], bytes] | None] = lambda path, times: None

    def answer(self, path: str, body: Any) -> bytes:
        if path.endswith("/embeddings"):
            rows = [{"index": place, "embedding": vector(text)} for place, text in enumerate(body["input"])]
            # The protocol numbers them: their order is not promised.
            return json.dumps({"data": rows[::-1], "model": body["model"]}).encode()
        groups = json.loads(body["messages"][1]["content"])["groups"]
        told = json.dumps({"names": [NAMES[subject(group[0])] for group in groups]})
        content = f"<think>names, hm</think>\n```json\n{told}\n```"
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def subject(text: str) -> str:
    return next(name for name in ABOUT if name in text or (name == "money" and "refund" in text)
                or (name == "app" and "froze" in text))  # fmt: skip


def vector(text: str) -> list[float]:
    """Near one of three directions."""
    noise = np.random.default_rng(len(text) + sum(map(ord, text))).normal(0, 0.05, 8)
    noise[list(ABOUT).index(subject(text))] += 1
    return [float(number) for number in noise]


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append((self.path, dict(self.headers.items()), body))
            broken = told.broken(self.path, len(told.asked))
            status, headers, answer = broken or (200, {}, told.answer(self.path, body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *told: Any) -> None:
            pass

    class Listening(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """One who does not wait for the answer is nothing to write about; whatever else goes wrong is."""
            if not isinstance(sys.exception(), ConnectionError):
                super().handle_error(request, client_address)

    listening = Listening(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{listening.server_port}/v1"
    service.forget()
    yield told
    listening.shutdown()
    listening.server_close()


def shop(folder: Path, topics: dict[str, str] | None) -> Workspace:
    """Ninety different comments on three subjects, some with personal data in them."""
    said = [
        {"customer_id": f"c{n}", "time": f"2026-03-01T{n // 60:02}:{n % 60:02}:00", "kind": "review",
         "text": list(ABOUT.values())[n % 3].format(n=n)}
        for n in range(120)
    ]  # fmt: skip
    events = event_rows({f"c{n}": f"visit@{n} buy@{n + 5}" for n in range(120)})
    return make_workspace(folder / "ws", events, said, settings=Settings("shop", topics=topics))


def voice(workspace: Workspace) -> Voice:
    told: Voice = workspace.ask("voice").result
    return told


def test_nothing_is_sent_by_default(tmp_path: Path, server: Server) -> None:
    found = voice(shop(tmp_path, None))
    assert (server.asked, found.topics_by, found.topics_note) == ([], "words", None)


def test_topics_are_named_by_the_model(tmp_path: Path, server: Server) -> None:
    workspace = shop(tmp_path, {"endpoint": server.address, "model": "small"})
    found = voice(workspace)
    assert found.topics_note is None and found.topics_by == "small"
    assert {topic.topic.partition(" (")[0] for topic in found.topics} <= set(NAMES.values())
    assert all(subject(topic.quotes[0].text) == next(k for k, name in NAMES.items() if topic.topic.startswith(name))
               for topic in found.topics)  # fmt: skip
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions" and body["model"] == "small" and "Authorization" not in headers
    assert voice(workspace) == found and len(server.asked) == 1, "the same is not asked twice"


def test_embeddings_group_the_comments(tmp_path: Path, server: Server) -> None:
    found = voice(shop(tmp_path, {"endpoint": server.address, "model": "small", "embeddings": "vectors"}))
    assert found.topics_by == "vectors, small" and found.topic_stability is None
    assert {topic.topic: topic.said.comments for topic in found.topics} == dict.fromkeys(NAMES.values(), 40)
    assert [path for path, _, _ in server.asked] == ["/v1/embeddings", "/v1/chat/completions"]


def test_embeddings_alone_are_named_by_words(tmp_path: Path, server: Server) -> None:
    found = voice(shop(tmp_path, {"endpoint": server.address, "embeddings": "vectors"}))
    assert sorted(topic.said.comments for topic in found.topics) == [40, 40, 40]
    assert any("courier" in topic.words for topic in found.topics)


def test_personal_data_is_masked_before_it_is_sent(tmp_path: Path, server: Server) -> None:
    voice(shop(tmp_path, {"endpoint": server.address, "model": "small", "embeddings": "vectors"}))
    sent = json.dumps([body for _, _, body in server.asked])
    assert "[phone]" in sent and "[card]" in sent
    assert "123-45" not in sent and "4111" not in sent


def test_the_key_comes_from_the_environment(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = shop(tmp_path, {"endpoint": server.address, "model": "small", "key_env": "SHOP_KEY"})
    monkeypatch.delenv("SHOP_KEY", raising=False)
    found = voice(workspace)
    assert server.asked == [] and "SHOP_KEY is not set" in (found.topics_note or "")
    service.forget()
    monkeypatch.setenv("SHOP_KEY", "very-secret")
    assert voice(workspace).topics_note is None
    assert server.asked[0][1]["Authorization"] == "Bearer very-secret"
    assert not [path for path in (tmp_path / "ws").rglob("*") if path.is_file() and b"very-secret" in path.read_bytes()]


def test_a_key_is_not_sent_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_KEY", "very-secret")
    with pytest.raises(Unserved, match="not sent over http"):
        TopicService("http://models.example/v1", "small", "SHOP_KEY").chat("a", "b")


CHAT = b'{"choices": [{"message": {"content": %s}}]}'
WRONG: dict[str, tuple[int, dict[str, str], bytes]] = {
    "status 500": (500, {}, b"oops"),
    "status 401": (401, {}, b"{}"),
    "status 302": (302, {"Location": "http://127.0.0.1:9/v1/chat/completions"}, b""),
    "no JSON": (200, {}, b"<html>"),
    "no message": (200, {}, b"[]"),
    "holds no names": (200, {}, CHAT % b'"I would rather not"'),
    "does not name every topic": (200, {}, CHAT % json.dumps('{"names": ["one"]}').encode()),
}


@pytest.mark.parametrize("trouble", sorted(WRONG))
def test_bad_answers_fall_back(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    monkeypatch.setattr(service, "LONGEST_PAUSE_SECONDS", 0.01)
    plain = voice(shop(tmp_path / "plain", None))
    server.broken = lambda path, times: WRONG[trouble]
    found = voice(shop(tmp_path, {"endpoint": server.address, "model": "small"}))
    assert trouble in (found.topics_note or "") and found.topics_by == "words"
    assert [topic.topic for topic in found.topics] == [topic.topic for topic in plain.topics]


UNLIKE = [{"index": n, "embedding": [float(n), 1.0][: 1 + n % 2]} for n in range(120)]


@pytest.mark.parametrize("rows", [[], [{"index": 0, "embedding": [1.0]}], UNLIKE, [{"index": "x"}]])
def test_wrong_embeddings_fall_back(tmp_path: Path, server: Server, rows: list[Any]) -> None:
    server.broken = lambda path, times: (200, {}, json.dumps({"data": rows}).encode())
    found = voice(shop(tmp_path, {"endpoint": server.address, "embeddings": "vectors"}))
    assert found.topics_by == "words" and "embeddings" in (found.topics_note or "")


def test_a_busy_server_is_asked_again(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LONGEST_PAUSE_SECONDS", 0.01)
    server.broken = lambda path, times: (429, {"Retry-After": "1"}, b"") if times < 3 else None
    found = voice(shop(tmp_path, {"endpoint": server.address, "model": "small"}))
    assert found.topics_note is None and len(server.asked) == 3


def test_a_server_that_is_gone_or_slow(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "TIMEOUT_SECONDS", 0.2)
    gone = voice(shop(tmp_path / "gone", {"endpoint": "http://127.0.0.1:9/v1", "model": "small"}))
    assert "did not answer" in (gone.topics_note or "") and gone.topics
    hold = threading.Event()
    server.broken = lambda path, times: (hold.wait(5), None)[1]
    slow = shop(tmp_path / "slow", {"endpoint": server.address, "model": "small"})
    assert "did not answer" in (voice(slow).topics_note or "")
    assert "did not answer" in (voice(slow).topics_note or "") and len(server.asked) == 1, (
        "it is left alone for a while"
    )
    hold.set()


@pytest.mark.parametrize(
    "topics",
    [
        {}, {"endpoint": "localhost:1/v1", "model": "m"}, {"endpoint": "http://h/v1"}, ["x"],
        {"endpoint": "file:///etc/passwd", "model": "m"}, {"endpoint": "http://h/v1", "model": 3},
        {"endpoint": "http://h/v1", "model": "m", "key": "secret"},
    ],
)  # fmt: skip
def test_settings_that_cannot_be(tmp_path: Path, topics: Any) -> None:
    (tmp_path / "workspace.json").write_text(json.dumps({"name": "shop", "topics": topics}))
    with pytest.raises(TropaError, match="topics"):
        read_settings(tmp_path)
