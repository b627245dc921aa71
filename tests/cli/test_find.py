"""`tropa find` as a person types it: strict JSON whatever the data are like, and what cannot be told is said."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.findings.planted import DAY, HOUR, MAP, Desk
from tests.findings.strict import QUIET, check, parse
from tests.helpers import asked_for, event_rows, make_workspace

from tropa.cli import main
from tropa.cli.output import print_json
from tropa.engine.compiling import told_of_compiling
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

Find = Callable[..., tuple[int, str, str]]


@pytest.fixture
def find(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Find:
    """Runs `tropa find` in this process: exit status, standard output, standard error."""

    def strictly(value: Any) -> None:
        # What is printed turns NaN into null: look at what it was made of.
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            json.dumps(dataclasses.asdict(value), allow_nan=False)
        print_json(value)

    monkeypatch.setattr("tropa.cli.find.print_json", strictly)

    def run(workspace: Path, *args: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["find", str(workspace), *args])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def ask(find: Find, workspace: Path, *args: str) -> dict[str, Any]:
    """The JSON with everything in it, held to its format."""
    status, out, err = find(workspace, "--json", "--all", *args)
    assert status == 0, err
    document = parse(out)
    check(document)
    return document


def quiet(document: dict[str, Any]) -> bool:
    """Nothing is claimed of any obstacle."""
    return {finding["kind"] for finding in document["findings"]}.isdisjoint({"barrier", "inconvenience"})


def desk(customers: int = 600, seed: int = 1, signs: float = 0.7, lost: float = 0.3, fails: float = 0.3) -> Desk:
    """A quarter fails to upload, which costs `lost` of the goals."""
    made = Desk(customers, seed)
    failed, first = made.chance(fails), made.spread(10)
    made.add(made.everybody, "form", 0 * made.start, channel="web")
    made.add(failed, "upload", first, status="failed", channel="web")
    made.add(~failed, "upload", first, channel="web")
    looked = 2 * HOUR + made.spread(3 * HOUR)
    made.usual(looked, looked + 60, looked + made.spread(DAY), made.chance(np.where(failed, signs - lost, signs)))
    return made


def built(folder: Path, made: Desk, map_text: str | None = MAP, settings: Settings | None = None) -> Path:
    made.ends()
    make_workspace(folder / "ws", made.events, made.feedback, made.customers, map_text, settings)
    return folder / "ws"


# -- what people read


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Customers of one region fail to upload, which costs goals, and those say so."""
    made = desk(2000, 3)
    made.told("region", np.where(made.chance(0.5), "north", "south"))
    for row in made.events:
        if row["activity"] == "sign":
            row["value"] = 100.0
    return built(tmp_path_factory.mktemp("shop"), made, settings=Settings("shop", currency="EUR"))


def test_the_sentence_has_the_numbers_in_it(find: Find, shop: Path) -> None:
    (barrier,) = [one for one in ask(find, shop, "--language", "en")["findings"] if one["kind"] == "barrier"]
    assert (barrier["obstacle"], barrier["touchpoint"]) == ("failure", "Upload")
    english = barrier["because"]
    assert f"{barrier['exposed']:,}" in english and f"{barrier['reached']:,}" in english
    assert f"{-100 * barrier['on_goal']['effect']:.1f}".removesuffix(".0") in english
    assert f"{barrier['lost_goals']:,.0f}" in english and "EUR" in english
    (same,) = [one for one in ask(find, shop, "--language", "ru")["findings"] if one["kind"] == "barrier"]
    assert same["id"] == barrier["id"]
    russian = same["because"]
    assert f"{barrier['exposed']:,}".replace(",", " ") in russian.replace("\xa0", " ").replace("\u202f", " ")
    assert f"{-100 * barrier['on_goal']['effect']:.1f}".removesuffix(".0").replace(".", ",") in russian
    assert "сбо" in russian and "€ в месяц" in russian


def test_for_people(find: Find, shop: Path) -> None:
    status, out, _ = find(shop)
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("2,001 journeys, goal: Signed")
    assert re.fullmatch(r"\d+ obstacles tested together: \d+ harmful, \d+ harmless, \d+ cannot be told yet.", lines[1])
    assert lines[3].startswith("BARRIER") and "Upload" in lines[3]
    assert not any(line.startswith(("harmless", "undetermined")) for line in lines)
    _, everything, _ = find(shop, "--all")
    assert any(line.startswith(("harmless", "undetermined")) for line in everything.splitlines())


def test_for_people_who_read_russian(find: Find, shop: Path, tmp_path: Path) -> None:
    status, out, err = find(shop, "--all", "--language", "ru")
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "2\xa0001 путь, цель: «Signed»" + lines[0].partition("«Signed»")[2]
    assert re.match(r"Проверено вместе: \d+ препятстви[еяй]\.", lines[1])
    assert any(line.startswith("БАРЬЕР") for line in lines)
    own = {"Upload", "Look", "Form", "Offer", "Signed", "Ask", "EUR"}
    words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"«[^»]*»|\([^)]*\)|\w+ = \w+", "", out))) - own
    assert not words, words
    assert "примечание: " in err and "note: " not in err


def test_what_is_being_done_is_told(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stage once at least, never less done than before, in the language asked for."""
    told: list[tuple[str, int, int]] = []
    for language in ("en", "ru"):
        Workspace(shop).find(asked_for({"language": language}), lambda *what: told.append(what))
    stages = list(dict.fromkeys(what for what, _, _ in told))
    assert stages[0] == "looking for obstacles" and stages[3] == "reading comments"
    assert stages[7] == "читаем отзывы" and len(stages) == 8
    english = [done for what, done, _ in told if re.match("[a-z]", what)]
    assert english == sorted(english) and 0 < english[-1] < 100


def test_the_first_run_says_that_it_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    loop = tmp_path / "loop.py"
    loop.write_text("from numba import njit\n@njit(cache=True)\ndef twice(x):\n    return 2 * x\n")
    said: list[str] = []
    for run in range(2):
        spec = importlib.util.spec_from_file_location(f"loop{run}", loop)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        with told_of_compiling(lambda: said.append("compiling")):
            assert (module.twice(2), module.twice(3)) == (4, 6)
            if run:
                assert module.twice(2.5) == 5.0, "another type is another loop"
    with told_of_compiling(lambda: said.append("never")):
        assert module.twice(4) == 8
    assert said == ["compiling", "compiling"]


def test_the_language_of_the_workspace(find: Find, tmp_path: Path) -> None:
    folder = built(tmp_path, desk(), settings=Settings("desk", language="ru"))
    _, out, _ = find(folder)
    assert "Проверено вместе" in out.splitlines()[1]
    _, out, _ = find(folder, "--language", "en")
    assert "tested together" in out.splitlines()[1]


def test_a_moment_of_truth_that_repeats_a_barrier_is_told_under_it(find: Find, shop: Path) -> None:
    document = ask(find, shop)
    (barrier,) = [one for one in document["findings"] if one["kind"] == "barrier"]
    (moment,) = [one for one in document["findings"] if one["kind"] == "moment_of_truth"]
    assert moment["told_under"] == barrier["id"] and moment["touchpoint"] == barrier["touchpoint"]
    _, out, _ = find(shop)
    assert "MOMENT OF TRUTH" not in out and "- a moment of truth" in out


def test_only_what_is_wrong_unless_all_is_asked_for(find: Find, shop: Path) -> None:
    everything = ask(find, shop)
    status, out, _ = find(shop, "--json")
    some = parse(out)
    check(some, everything=False)
    assert status == 0
    assert [one["id"] for one in everything["findings"] if one["kind"] not in QUIET] == [
        one["id"] for one in some["findings"]
    ]
    assert some["tested"] == everything["tested"]
    obstacles = {"barrier", "inconvenience", *QUIET}
    told = [one for one in everything["findings"] if one["kind"] in obstacles]
    assert sum(1 + len(one["under"]) for one in told) == everything["tested"]


def test_money_is_that_of_lost_goals(find: Find, shop: Path) -> None:
    document = ask(find, shop)
    (barrier,) = [one for one in document["findings"] if one["kind"] == "barrier"]
    assert barrier["money"]["currency"] == "EUR"
    assert document["goal_value"]["value"] == pytest.approx(100)
    assert barrier["money"]["value"] == pytest.approx(barrier["lost_goals"] * 100 / document["months"], rel=1e-6)
    assert barrier["lost_goals"] == pytest.approx(-barrier["on_goal"]["effect"] * barrier["exposed"], rel=1e-6)
    (stage,) = document["lost_by_stage"]
    assert stage["stage"] == "Ask"
    assert stage["lost_goals"] == pytest.approx(barrier["lost_goals"] / document["months"])


def test_a_margin_beyond_the_effect(find: Find, shop: Path) -> None:
    (barrier,) = [one for one in ask(find, shop)["findings"] if one["kind"] == "barrier"]
    wide = ask(find, shop, "--margin", "0.6")
    assert quiet(wide) and wide["margin"] == 0.6
    (same,) = [one for one in wide["findings"] if one["obstacle"] == "failure" and one["kind"] in QUIET]
    assert same["on_goal"]["effect"] == barrier["on_goal"]["effect"]
    # A loss of goals is ruled out; but nobody scored, so harmless would be too much said.
    assert (same["kind"], same["reason"]) == ("undetermined", "too few scores")


def test_filters_keep_journeys(find: Find, shop: Path) -> None:
    whole, north = ask(find, shop), ask(find, shop, "--segment", "region=north")
    south = ask(find, shop, "--segment", "region=south")
    assert north["journeys"] + south["journeys"] + 1 == whole["journeys"], "one customer has no region"
    early = ask(find, shop, "--until", "2026-02-01")
    late = ask(find, shop, "--since", "2026-02-02")
    assert early["journeys"] + late["journeys"] == whole["journeys"]
    for part in (north, south):
        assert any(one["kind"] == "barrier" and one["obstacle"] == "failure" for one in part["findings"])
        assert all(one["exposed"] <= part["journeys"] for one in part["findings"] if one["exposed"] is not None)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--margin", "0"), ("--margin", "1"), ("--margin", "much"), ("--language", "fr"), ("--unit", "week"),
        ("--segment", "regoin=north"), ("--since", "yesterweek"), ("--nonsense",),
    ],
)  # fmt: skip
def test_wrong_usage(find: Find, shop: Path, wrong: tuple[str, ...]) -> None:
    status, out, err = find(shop, "--json", *wrong)
    assert status == 2
    assert out + err and "Traceback" not in out + err


def test_not_there_and_empty(find: Find, tmp_path: Path) -> None:
    make_workspace(tmp_path / "empty")
    for folder in (tmp_path / "nowhere", tmp_path / "empty"):
        status, _, err = find(folder)
        assert status == 1 and err.strip() and "Traceback" not in err
    status, out, _ = find(tmp_path / "empty", "--json")
    assert status == 1 and parse(out)


def test_filters_that_keep_nothing(find: Find, shop: Path) -> None:
    status, out, _ = find(shop, "--json", "--since", "2031-01-01")
    assert status == 1 and parse(out)


# -- bad input


def test_no_scores_at_all(find: Find, shop: Path) -> None:
    document = ask(find, shop)
    assert any("Too few scores" in note for note in document["notes"])
    assert all(finding["on_score"] is None for finding in document["findings"])


def test_nobody_reaches_the_goal(find: Find, tmp_path: Path) -> None:
    document = ask(find, built(tmp_path, desk(signs=0.0, lost=0.0)))
    assert quiet(document)
    (failure,) = [one for one in document["findings"] if one["obstacle"] == "failure" and one["kind"] in QUIET]
    assert (failure["kind"], failure["reason"], failure["on_goal"]) == ("undetermined", "all ended alike", None)


def test_everybody_reaches_the_goal(find: Find, tmp_path: Path) -> None:
    made = desk(signs=1.0, lost=0.0)
    make_workspace(tmp_path / "ws", made.events, map_text=MAP)
    document = ask(find, tmp_path / "ws")
    assert quiet(document)
    (failure,) = [one for one in document["findings"] if one["obstacle"] == "failure" and one["kind"] in QUIET]
    assert (failure["kind"], failure["reason"]) == ("undetermined", "all ended alike")


def test_one_customer(find: Find, tmp_path: Path) -> None:
    make_workspace(
        tmp_path / "ws", event_rows({"a": "form@0 upload!@5 upload@9 look@60 offer@90 sign@900"}), map_text=MAP
    )
    document = ask(find, tmp_path / "ws")
    assert (document["journeys"], document["tested"]) == (1, 0) and quiet(document)
    assert document["notes"]


def test_one_event(find: Find, tmp_path: Path) -> None:
    make_workspace(tmp_path / "ws", event_rows({"a": "form@0"}), map_text=MAP)
    assert quiet(ask(find, tmp_path / "ws"))


def test_one_customer_with_hundreds_of_journeys(find: Find, tmp_path: Path) -> None:
    """All journeys are of one customer: nothing can be said about others."""
    made = desk()
    for row in made.events:
        row["case_id"], row["customer_id"] = row["customer_id"], "only"
    document = ask(find, built(tmp_path, made, MAP.replace("unit: customer", "unit: case")))
    assert quiet(document)


def test_everybody_is_exposed(find: Find, tmp_path: Path) -> None:
    document = ask(find, built(tmp_path, desk(fails=1.0, lost=0.2)))
    assert quiet(document)
    told = [one for one in document["findings"] if one["obstacle"] == "failure" and one["kind"] in QUIET]
    assert told and all(one["kind"] == "undetermined" and one["reason"] for one in told)
    # To people suspicions are shown, not that all is well.
    _, out, _ = find(tmp_path / "ws", "--language", "en")
    assert "Nothing is proven, but there" in out
    assert all(one["because"] in out for one in told[:3])


def test_attributes_constant_and_as_many_as_customers(find: Find, tmp_path: Path) -> None:
    made = desk(3000)
    made.told("country", np.full(made.n, "one"))
    made.told("passport", np.arange(made.n))
    made.told("empty", np.full(made.n, ""))
    for number, row in enumerate(made.events):
        row["request"] = f"r{number}"
    document = ask(find, built(tmp_path, made))
    barriers = [one for one in document["findings"] if one["kind"] == "barrier"]
    assert [(one["obstacle"], one["touchpoint"]) for one in barriers] == [("failure", "Upload")]
    assert all(one["attribute"] not in ("country", "passport", "request") for one in barriers[0]["where"])


def test_comments_of_emoji_and_of_100_kb(find: Find, tmp_path: Path) -> None:
    made = desk(1500)
    texts = [
        "😡😡😡",
        "👍",
        "",
        "   ",
        "\u200b",
        "не работает " * 9000,
        "a" * 100_000,
        "🙂" * 30_000,
        "\x00\x07",
        "upload!",
    ]
    for number in range(0, made.n, 2):
        text = texts[number // 2 % len(texts)] if number < 200 else texts[number // 2 % 5]
        score = np.full(made.n, 1 + number % 5)
        made.answer(np.arange(made.n) == number, score, np.full(made.n, 5 * DAY), text=text)
    document = ask(find, built(tmp_path, made))
    assert any(one["kind"] == "barrier" for one in document["findings"])
    quotes = [quote for one in document["findings"] if one["voice"] for quote in one["voice"]["quotes"]]
    assert all(len(quote["text"]) <= 400 for quote in quotes)


def strange_times(folder: Path) -> Path:
    made = desk(1000)
    made.events.append({"customer_id": "far", "time": "2290-01-01T00:00:00", "activity": "form"})
    made.events.append({"customer_id": "old", "time": "1905-01-01T00:00:00", "activity": "form"})
    return built(folder, made)


def test_times_in_the_future(find: Find, tmp_path: Path) -> None:
    document = ask(find, strange_times(tmp_path))
    assert any(one["kind"] == "barrier" for one in document["findings"])


def test_times_in_the_future_are_told(find: Find, tmp_path: Path) -> None:
    document = ask(find, strange_times(tmp_path))
    assert any("future" in text or "later" in text for text in (*document["warnings"], *document["notes"])), (
        "says that there are events in the future"
    )


def test_without_a_map(find: Find, tmp_path: Path) -> None:
    document = ask(find, built(tmp_path, desk(), map_text=None))
    assert quiet(document)
    assert any("no goal" in note for note in document["notes"])
    told = [one for one in document["findings"] if one["obstacle"] == "failure" and one["kind"] in QUIET]
    assert told and all(one["reason"] == "the map names no goal" for one in told)


def test_without_actors(find: Find, tmp_path: Path) -> None:
    made = desk()
    for row in made.events:
        row.pop("actor", None)
        row.pop("performer", None)
    document = ask(find, built(tmp_path, made))
    assert any("who acted" in note for note in document["notes"])


def test_all_at_the_same_moment(find: Find, tmp_path: Path) -> None:
    made = desk()
    for row in made.events:
        row["time"] = "2026-01-05T00:00:00"
    make_workspace(tmp_path / "ws", made.events, map_text=MAP)
    ask(find, tmp_path / "ws")


def test_only_feedback_scores_alike(find: Find, tmp_path: Path) -> None:
    made = desk(1500)
    made.answer(made.everybody, np.full(made.n, 5), np.full(made.n, 5 * DAY))
    document = ask(find, built(tmp_path, made))
    assert {one["kind"] for one in document["findings"]}.isdisjoint({"inconvenience"})


def test_q_of_a_score_is_no_smaller_than_its_p(find: Find, tmp_path: Path) -> None:
    made = desk(1500, 3)
    failed = {row["customer_id"] for row in made.events if row.get("status") == "failed"}
    worse = np.array([f"c{number}" in failed for number in range(made.n)]) & made.chance(0.1)
    made.answer(made.everybody, made.random.integers(2, 6, made.n) - worse, np.full(made.n, 5 * DAY))
    told = [one["on_score"] for one in ask(find, built(tmp_path, made))["findings"] if one["on_score"]]
    assert told
    assert all(score["q"] >= score["p"] - 1e-12 for score in told)


def test_more_activities_than_are_looked_at(find: Find, tmp_path: Path) -> None:
    made = desk(400)
    for number, row in enumerate(list(made.events)):
        made.events.append(row | {"activity": f"page {number % 400}", "status": "failed" if number % 7 == 0 else "ok"})
    ask(find, built(tmp_path, made, map_text=None))
