"""What customers differ in is taken into account, in whatever form the data tells it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.findings.planted import DAY, Desk, Judgement, holds, judge, promising
from tests.helpers import load_rows, make_workspace

from tropa.cx.obstacles import levels
from tropa.findings.notes import notes_of
from tropa.store import dictionaries

CUSTOMERS = 1_500


def misled(seed: int, told: str, of_events: bool = False) -> Desk:
    """An upload fails for those who would sign less often anyway, and does nothing by itself. `told`: how the data says
    who they are."""
    desk = Desk(CUSTOMERS, seed)
    by = desk.random.random(CUSTOMERS)
    value = written(by, told, desk)
    if not of_events:
        desk.told("about", value)
    desk.told("sex", desk.random.choice(["m", "f"], CUSTOMERS))
    fails = desk.chance(0.05 + 0.5 * by)
    desk.add(desk.everybody, "form", 0 * desk.start)
    if of_events:
        for row, own in zip(desk.events, value, strict=True):
            row["about"] = str(own)
    desk.add(fails, "upload", desk.spread(10), status="failed")
    desk.add(~fails, "upload", desk.spread(10))
    looked = 60 + desk.spread(30)
    desk.usual(looked, looked + 60, looked + desk.spread(DAY), desk.chance(0.9 - 0.6 * by))
    return desk


def written(by: NDArray[np.float64], told: str, desk: Desk) -> NDArray[np.str_]:
    match told:
        case "number":
            texts = [f"{100 + 9_900 * one:.2f}" for one in by]
        case "date":
            texts = [str(np.datetime64("2020-01-01") + int(2_000 * one)) for one in by]
        case "day":
            texts = [f"{day[8:]}.{day[5:7]}.{day[:4]} 10:30" for day in written(by, "date", desk)]
        case "town":
            texts = [f"town {int(240 * one)}" for one in by]
        case _:
            raise ValueError(told)
    return np.array(texts)


def failed_upload(judged: Judgement) -> bool:
    verdict = judged.verdict("failure", "Upload")
    assert verdict.judged.goal is not None
    # The plain difference blames it by far.
    assert verdict.judged.goal.plain < -0.08
    return verdict.kind != "barrier" and holds(verdict, 0.0) and "about" in verdict.judged.goal.covariates


@pytest.mark.parametrize(("told", "seed"), [("number", 1), ("date", 2), ("day", 3), ("town", 4)])
def test_many_values_mislead_no_more_than_few(told: str, seed: int, tmp_path: Path) -> None:
    assert failed_upload(judge(misled(seed, told).workspace(tmp_path)))


@pytest.mark.parametrize("of_events", [False, True])
@pytest.mark.parametrize(("filters", "coded"), [(100, 100_000), (100, 100)])
def test_numbers_with_too_many_values_for_codes(
    filters: int, coded: int, of_events: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "MAX_VALUES", filters)
    monkeypatch.setattr(dictionaries, "MAX_CODED", coded)
    assert failed_upload(judge(misled(5, "number", of_events).workspace(tmp_path)))


def test_partitions_that_no_new_row_touches_tell_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attribute loses its codes with the last few customers: the others' partitions tell it as numbers too."""
    monkeypatch.setattr(dictionaries, "MAX_VALUES", CUSTOMERS - 20)
    desk = misled(6, "number")
    desk.ends()
    first, last = desk.customers[:-40], desk.customers[-40:]
    names = {row["customer_id"] for row in last}
    workspace = make_workspace(
        tmp_path / "ws", [row for row in desk.events if row["customer_id"] not in names], customers=first,
        map_text=promising("Upload", "1d"),
    )  # fmt: skip
    assert "attribute:about" in workspace.store.dictionaries(workspace.store.head).values
    judge(workspace)
    load_rows(workspace, [row for row in desk.events if row["customer_id"] in names], customers=last)
    assert workspace.store.dictionaries(workspace.store.head).quantities == {"attribute:about"}
    assert failed_upload(judge(workspace))


def test_of_very_many_attributes_those_are_kept_that_say_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "MOST_ATTRIBUTES", 3)
    desk = misled(7, "number")
    for number in range(6):
        desk.told(f"noise{number}", desk.random.choice(["a", "b"], CUSTOMERS))
    judged = judge(desk.workspace(tmp_path))
    assert failed_upload(judged)
    (note,) = [note for note in notes_of(judged.seen, [], None, ()) if note.code == "many_attributes"]
    assert len(judged.seen.attributes.left_out) == 5
    assert "too many attributes" in note.said("en") and "noise" in note.said("ru")


def test_what_events_tell_alike_from_the_first_on_is_known_of_the_whole_journey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of others the last value counts; there may be fewer of these, for each trial has its own."""
    monkeypatch.setattr(levels, "MOST_OF_EVENTS", 1)
    desk = misled(9, "number", of_events=True)
    number = {row["customer_id"]: row["about"] for row in desk.events if "about" in row}
    for place, row in enumerate(desk.events):
        row |= {"same": number[row["customer_id"]], "noise": f"n{place % 3}"}
    judged = judge(desk.workspace(tmp_path))
    assert failed_upload(judged)
    assert set(judged.seen.attributes.customer) == {"about", "same", "sex"}
    assert judged.seen.attributes.event == ("about",)
    assert judged.seen.attributes.left_out == ("noise",)


def test_names_of_single_things_tell_nobody_apart(tmp_path: Path) -> None:
    desk = misled(8, "number")
    desk.told("mail", np.array([f"m{number}@x" for number in range(CUSTOMERS)]))
    desk.told("street", np.array([f"street {number // 4}" for number in range(CUSTOMERS)]))
    judged = judge(desk.workspace(tmp_path))
    assert set(judged.seen.attributes.customer) == {"about", "sex"}
    assert judged.seen.attributes.rare == ("street",)
    assert [note.values for note in notes_of(judged.seen, [], None, ()) if note.code == "rare_values"] == [("street",)]


def test_one_failure_is_not_blamed_for_another(tmp_path: Path) -> None:
    """Those with old telephones, of which nothing tells, fail at everything; only the failed upload costs anything."""
    held = []
    for seed in range(4):
        desk = Desk(2_000, seed)
        old = desk.chance(0.3)
        often = np.where(old, 0.5, 0.05)
        failed = {activity: desk.chance(often) for activity in ("form", "upload", "look")}
        for number, (activity, fails) in enumerate(failed.items()):
            after = 30 * number + desk.random.uniform(0, 20, desk.n)
            desk.add(fails, activity, after, status="failed")
            desk.add(~fails, activity, after)
        desk.add(desk.chance(np.where(failed["upload"], 0.4, 0.75)), "sign", 90 + desk.spread(10))
        judged = judge(desk.workspace(tmp_path / str(seed)))
        assert judged.verdict("failure", "Upload").kind == "barrier"
        held.append(holds(judged.verdict("failure", "Look"), 0.0))
        assert ("failure", "Look") not in judged.barriers
    assert sum(held) >= 3
