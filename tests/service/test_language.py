"""What the service says of its own accord comes in the language of who asks."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import event_rows, make_workspace
from tests.service.fresh import client_of


def test_warnings_come_in_the_readers_language(tmp_path: Path) -> None:
    """An answer of somebody without a single event is told, in the language that the page asks in."""
    rows = event_rows({f"c{n}": "visit@0 pay@1" for n in range(3)})
    score = {"customer_id": "stranger", "time": "2026-01-01T00:00:00", "kind": "csat", "score": 5}
    client = client_of(make_workspace(tmp_path / "ws", rows, [score]))
    told = {
        language: client.get("/api/analyses/overview", headers={"Accept-Language": language}).json()["warnings"]
        for language in ("ru-RU,ru;q=0.9", "en", "de")
    }
    assert told["ru-RU,ru;q=0.9"] == ["1 из 1 ответа дали клиенты, у которых нет ни одного события: они не на пути."]
    assert told["en"] == told["de"] == ["1 of 1 answer comes from customers without any event: it is on no journey."]
