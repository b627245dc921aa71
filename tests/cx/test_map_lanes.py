"""Every lane of the registry is accepted in its shape, refused in another, and kept through YAML and JSON."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tropa.cx.lanes import KINDS, LANES, shown_lanes
from tropa.cx.map_file import map_to_json, parse_document, parse_map, render_map
from tropa.errors import TropaError

LANE_VALUES: dict[str, Any] = {
    "list": ["Передать документы", "да", "10m", "<b>x</b>", "שלום 🙂"],
    "pains": ["Долго", {"pain": "Форма сбрасывается", "kind": "process"}],
    "metrics": ["Время", {"metric": "NPS", "now": 12, "target": "35 %", "unit": "п. п."}],
    "process": {"owner": "ИТ", "department": "Верификация", "systems": ["CRM"], "decides": "Директор", "регламент": 1},
    "emotion": -1.5,
    "expectation": {"best": "Быстро", "worst": "Долго"},
    "research": {"compared_with": "Другой банк", "target_process": ["Одно окно"], "own question": "x"},
    "influences": ["Реклама", {"influence": "Обещали за час", "from": "competitors"}],
    "mark": True,
}


def full() -> dict[str, Any]:
    """A document with every known key in it."""
    stage = {lane.key: copy.deepcopy(LANE_VALUES[lane.content]) for lane in LANES if lane.level != "touchpoint"}
    touchpoint = {lane.key: copy.deepcopy(LANE_VALUES[lane.content]) for lane in LANES if lane.level != "stage"}
    evidence = {"pains": {"source": "interviewed", "n": 12, "date": "2026-03-01", "note": "глубинные"}}
    return {
        "map": "Полная",
        "unit": "case",
        "kind": "cx",
        "scenario": "Первый кредит",
        "segment": ["Зарплатные клиенты"],
        "lanes": ["jobs", "pains", "своя"],
        "hidden_lanes": ["research"],
        "benchmarks": [{"name": "Соседний банк", "promise": "Решение за 5 минут", "note": "реклама"}],
        "stages": [
            {"stage": "Этап", **stage, "evidence": evidence, "своя": {"a": [1, None]}}
            | {"touchpoints": [{"touchpoint": "Точка", **touchpoint, "opens": "k3v9x2apqr", "evidence": evidence}]}
        ],
    }


def touchpoint_of(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["stages"][0]["touchpoints"][0]
    return found


def test_everything_is_kept_through_json_and_yaml() -> None:
    document = full()
    plain = map_to_json(parse_document(document))
    assert plain == document
    assert map_to_json(parse_map(render_map(parse_document(document)))) == document


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("emotion", 3, "from -2 to 2"),
        ("emotion", "bad", "from -2 to 2"),
        ("emotion", float("nan"), "no number to keep"),
        ("actions", {"a": 1}, "expected a list of text"),
        ("actions", [["a"]], "expected text"),
        ("pains", [{"kind": "process"}], "no `pain`"),
        ("pains", [{"pain": "x", "kind": "proces"}], "'proces'"),
        ("customer_metrics", [{"now": 1}], "no `metric`"),
        ("customer_metrics", [{"metric": "x", "now": [1]}], "expected text"),
        ("process", "ИТ", "expected some of owner"),
        ("process", {"ownr": "x"}, "unknown key 'ownr'"),
        ("evidence", {"pains": {"n": 3}}, "no `source`"),
        ("evidence", {"pains": {"source": "guessed"}}, "'guessed'"),
        ("evidence", {"pains": {"source": "observed", "n": -1}}, "how many"),
        ("evidence", {"pains": {"source": "observed", "date": "вчера"}}, "no date"),
        ("opens", ["x"], "expected text"),
        ("communicatoins", ["x"], "unknown key"),
        ("thoughts", ["a\x00b"], "control character"),
        ("thoughts", ["\ud800"], "control character"),
        (" thoughts", ["a"], "cannot be a key"),
        ("own", 10**20, "more than 15 digits"),
    ],
)
def test_other_shapes_are_refused(key: str, value: Any, what: str) -> None:
    document = full()
    touchpoint_of(document)[key] = value
    with pytest.raises(TropaError) as caught:
        parse_document(document)
    assert caught.value.kind == "map"
    assert what in f"{caught.value.message} {caught.value.hint}"
    assert "stages[1].touchpoints[1]" in caught.value.message or "map" in caught.value.message


@pytest.mark.parametrize("key", ["emotions", "thought", "idea", "channel", "customer_goals", "настроение"])
def test_words_of_the_authors_own_stay_free(key: str) -> None:
    document = full()
    touchpoint_of(document)[key] = {"low": 1}
    assert touchpoint_of(map_to_json(parse_document(document)))[key] == {"low": 1}


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "journy"), ("lanes", [1, [2]]), ("benchmarks", [{"promise": "x"}]), ("scenario", ["x"])],
)
def test_keys_of_the_whole_map_have_a_shape(key: str, value: Any) -> None:
    with pytest.raises(TropaError):
        parse_document(full() | {key: value})


@pytest.mark.parametrize("document", [None, 3, "x", [], {}, {"map": "x"}, {"map": "x", "stages": {}}])
def test_what_is_no_document_is_refused(document: Any) -> None:
    with pytest.raises(TropaError):
        parse_document(document)


def test_a_map_without_stages_yet() -> None:
    assert parse_document({"map": "x", "stages": []}).stages == ()


def test_every_kind_shows_some_lanes_and_every_word_is_there() -> None:
    for kind in KINDS:
        assert len(shown_lanes(kind.key)) >= 4
    for lane in LANES:
        for words in (lane.title, lane.hint):
            assert words.ru and words.en and words.ru != words.en


def test_of_three_hundred_touchpoints_only_what_changed_is_read() -> None:
    """Unchanged touchpoints are taken over, and that is what makes an edit of a large map quick."""
    cell = touchpoint_of(full())
    stages = [
        {"stage": f"s{s}", "touchpoints": [{**copy.deepcopy(cell), "touchpoint": f"t{s}-{t}"} for t in range(30)]}
        for s in range(10)
    ]
    document: dict[str, Any] = {"map": "x", "stages": stages}
    read = parse_document(document)
    first, *others = document["stages"][3]["touchpoints"]
    changed = {**document["stages"][3], "touchpoints": [{**first, "thoughts": ["changed"]}, *others]}
    again = parse_document({**document, "stages": [*stages[:3], changed, *stages[4:]]}, before=read)
    taken_over = [one is other for one, other in zip(again.touchpoints, read.touchpoints, strict=True)]
    assert taken_over.count(False) == 1 and not taken_over[90]
