"""Answers of customers who have no event: kept, counted and told."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import event_rows, load_rows, make_workspace


def answer(customer: str) -> dict[str, object]:
    return {"customer_id": customer, "time": "2026-01-02T00:00", "kind": "csat", "score": 5.0}


def test_strays_are_told_and_find_their_journey_later(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws", event_rows({"a": "visit@0"}), [answer("a"), answer("b"), answer("c")])
    told = shop.ask("overview")
    assert told.result.feedback == 1
    assert told.warnings == ("2 of 3 answers come from customers without any event: they are on no journey.",)
    load_rows(shop, event_rows({"b": "visit@5"}))
    told = shop.ask("overview")
    assert told.result.feedback == 2
    assert told.warnings == ("1 of 3 answers comes from customers without any event: it is on no journey.",)


def test_no_strays_no_word(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws", event_rows({"a": "visit@0"}), [answer("a")])
    assert shop.ask("overview").warnings == ()


def test_old_dictionaries_go(tmp_path: Path) -> None:
    shop = make_workspace(tmp_path / "ws", event_rows({"a": "visit@0"}))
    for number in range(4):
        load_rows(shop, event_rows({f"c{number}": f"step{number}@1"}))
        assert shop.ask("variants").result.total == 2 + number
    assert len(list(shop.folder.glob("dictionaries-*.json"))) == 2
