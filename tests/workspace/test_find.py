"""Find asked of a workspace: the same answer by one thread and by two, again, after reopening, and of new data."""

from __future__ import annotations

import dataclasses
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.findings.planted import DAY, HOUR, MAP, Desk, promising
from tests.helpers import asked_for, load_rows, make_workspace

from tropa.errors import TropaError
from tropa.findings.finding import Finding, Findings
from tropa.workspace.find import FindParams
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

N = 1500


def desk(lost: float = 0.3) -> Desk:
    """A third fails to upload, which costs `lost` of the goals; the south fails twice as often, from day 50 on."""
    made = Desk(N, 2)
    south = made.chance(0.5)
    made.told("region", np.where(south, "south", "north"))
    failed = made.chance(np.where(made.start < 50 * DAY, 0.0, np.where(south, 0.6, 0.2)))
    first = made.spread(10)
    made.add(made.everybody, "form", 0 * made.start, channel="web")
    made.add(failed, "upload", first, status="failed", channel="web")
    made.add(~failed, "upload", first, channel="web")
    looked = 2 * HOUR + made.spread(3 * HOUR)
    signs = made.chance(np.where(failed, 0.7 - lost, 0.7))
    made.usual(looked, looked + 60, looked + made.spread(DAY), signs)
    score = np.where(failed, 2, 4) + made.random.integers(-1, 2, N)
    made.answer(made.chance(0.5), score, looked + 3 * DAY, text="не загружается документ, ошибка")
    made.ends()
    return made


def built(folder: Path, events: list[dict[str, Any]], made: Desk, **settings: Any) -> Workspace:
    own = Settings("desk", **settings)
    return make_workspace(folder / "ws", events, made.feedback, made.customers, MAP, own)


@pytest.fixture(scope="module")
def made() -> Desk:
    return desk()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, made: Desk) -> Workspace:
    return built(tmp_path_factory.mktemp("desk"), made.events, made, goal_price=50.0, currency="EUR")


def everything(**more: Any) -> FindParams:
    return asked_for({"all": True, **more})


def barrier(found: Findings) -> Finding:
    (one,) = [finding for finding in found.findings if finding.kind == "barrier"]
    return one


def same(one: Findings, other: Findings) -> None:
    assert dataclasses.replace(one, seconds=0.0) == dataclasses.replace(other, seconds=0.0)


def test_one_thread_says_what_two_say(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for threads in (1, 2):
        monkeypatch.setattr("tropa.engine.fold.threads_available", lambda threads=threads: threads)
        monkeypatch.setattr("tropa.cx.obstacles.judging.threads_available", lambda threads=threads: threads)
        answers.append(Workspace(workspace.folder).find(everything()))
    same(*answers)


def test_opened_again_it_says_the_same(workspace: Workspace) -> None:
    same(workspace.find(everything()), Workspace(workspace.folder).find(everything()))


@pytest.fixture(scope="module")
def mixed(made: Desk, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same rows, come in another order."""
    rows = [made.events[place] for place in np.random.default_rng(1).permutation(len(made.events))]
    return built(tmp_path_factory.mktemp("mixed"), rows, made, goal_price=50.0, currency="EUR")


def test_in_which_order_rows_came_does_not_matter(workspace: Workspace, mixed: Workspace) -> None:
    one, two = barrier(workspace.find(everything())), barrier(mixed.find(everything()))
    assert (one.id, one.examples, one.weeks, one.since) == (two.id, two.examples, two.weeks, two.since)
    assert one.on_goal is not None and two.on_goal is not None
    assert (two.on_goal.effect, two.on_goal.low) == (pytest.approx(one.on_goal.effect), pytest.approx(one.on_goal.low))


def test_limits_that_are_sought_do_not_depend_on_the_order_of_rows(workspace: Workspace, mixed: Workspace) -> None:
    waits = [
        [(finding.kind, finding.threshold) for finding in one.find(everything()).findings if finding.obstacle == "wait"]
        for one in (workspace, mixed)
    ]
    assert waits[0] == waits[1]


def test_all_that_is_known_of_a_finding(workspace: Workspace) -> None:
    found = barrier(workspace.find(everything()))
    assert (found.obstacle, found.stage, found.touchpoint, found.activity) == ("failure", "Ask", "Upload", "upload")
    assert found.on_goal is not None and found.on_goal.low is not None and found.on_goal.high is not None
    assert found.on_goal.low <= -0.3 <= found.on_goal.high
    assert [(one.attribute, one.value) for one in found.where][:1] == [("region", "south")]
    assert found.since is not None and found.since_low is not None and found.since_high is not None
    assert found.since_low <= "2026-02-24" <= found.since_high
    assert sum(week.exposed for week in found.weeks) == found.exposed
    assert found.money is not None and found.money.currency == "EUR"
    assert found.lost_goals is not None
    months = workspace.find(everything()).months
    assert found.money.value == pytest.approx(found.lost_goals * 50 / months, rel=1e-6)
    assert found.voice is not None and found.voice.mentions > 0
    assert found.compared is not None
    assert found.compared.exposed.low <= found.compared.exposed.rate <= found.compared.exposed.high
    assert found.compared.exposed.rate - found.compared.others.rate == pytest.approx(found.on_goal.effect, abs=0.02)


def test_the_same_id_after_more_data(made: Desk, tmp_path: Path) -> None:
    own = built(tmp_path, made.events, made)
    before = own.find(everything())
    again = own.find(everything())
    assert again == before, "not computed again: the seconds are those of the first time"
    load_rows(own, [{"customer_id": "new", "time": "2026-03-01T10:00", "activity": "form"}])
    after = Workspace(own.folder).find(everything())
    assert after.journeys == before.journeys + 1
    assert barrier(after).id == barrier(before).id


def test_another_map_another_answer(made: Desk, tmp_path: Path) -> None:
    """Whatever was remembered is of the map that was valid then."""
    own = built(tmp_path, made.events, made)
    kinds = []
    for text in (MAP, MAP.replace("goal: [Signed]", ""), MAP, MAP.replace("goal: [Signed]", "goal: [Offer]")):
        own.documents.save_map(text)
        kinds.append([finding.kind for finding in own.find(asked_for({})).findings].count("barrier"))
    assert kinds == [1, 0, 1, 0]


def test_what_may_not_be_asked(workspace: Workspace) -> None:
    for wrong in ({"margin": 0}, {"margin": float("nan")}, {"language": "fr"}, {"nonsense": 1}, {"unit": "week"}):
        with pytest.raises(TropaError) as refused:
            asked_for(wrong)
        assert refused.value.kind == "usage"
    with pytest.raises(TropaError, match="compare"):
        workspace.find(asked_for({"compare": ["region=south", "region=north"]}))


def test_an_effect_within_the_margin_is_no_barrier(workspace: Workspace) -> None:
    kinds = {}
    for margin in (0.01, 0.29, 0.6):
        found = workspace.find(everything(margin=margin))
        (told,) = [finding for finding in found.findings if finding.obstacle == "failure" and finding.on_goal]
        kinds[margin] = told.kind
    assert (kinds[0.01], kinds[0.29]) == ("barrier", "undetermined")
    # The goal is not lost beyond so wide a margin, and the score still falls.
    assert kinds[0.6] == "inconvenience"


def test_all_who_met_it_say_two_and_all_others_four(tmp_path: Path) -> None:
    made = Desk(N, 3)
    failed, first = made.chance(0.4), made.spread(10)
    made.add(made.everybody, "form", 0 * made.start)
    made.add(failed, "upload", first, status="failed")
    made.add(~failed, "upload", first)
    looked = 2 * HOUR + made.spread(3 * HOUR)
    made.usual(looked, looked + 60, looked + made.spread(DAY), made.chance(0.99))
    made.answer(made.everybody, np.where(failed, 2, 4), looked + 3 * DAY)
    found = made.workspace(tmp_path).find(everything(margin=0.05))
    (failure,) = [finding for finding in found.findings if finding.obstacle == "failure"]
    assert failure.on_score is not None and failure.on_score.effect == pytest.approx(-2)
    assert failure.kind != "harmless"


def test_sessions_cannot_tell_of_promises_longer_than_they_are(tmp_path: Path) -> None:
    """By session nothing is said of a promise of six hours; by customer it is."""
    made = desk()
    own = make_workspace(tmp_path / "ws", made.events, map_text=promising("Offer", "6h"))
    by_session, by_customer = (own.find(asked_for({"all": True, "unit": unit})) for unit in ("session", "customer"))
    assert any("longer than a session (Offer, Line)" in note for note in by_session.notes)
    assert not any("session" in note for note in by_customer.notes)
    assert not [one for one in by_session.findings if one.touchpoint == "Offer" and one.obstacle == "wait"]
    assert [one for one in by_customer.findings if one.touchpoint == "Offer" and one.obstacle == "wait"]
    gap = next(gap for gap in own.ask("gaps", unit="session").result.gaps if gap.touchpoint == "Offer")
    assert (gap.n, gap.verdict, gap.is_gap, gap.below_worst) == (0, None, False, None)
    assert "longer than a session" in (own.ask("gaps", unit="session").result.note or "")
    assert own.ask("gaps", unit="customer").result.gaps[0].n > 0


def test_what_was_written_afterwards_is_not_known_before(tmp_path: Path) -> None:
    """A final status on every row decides the goal: to compare within it would hide the barrier."""
    plain = desk()
    signed = {row["customer_id"] for row in plain.events if row["activity"] == "sign"}
    events = []
    for row in plain.events:
        who = row["customer_id"]
        reached = who in signed
        hint = "good" if zlib.crc32(who.encode()) % 3 else "bad"
        events.append(row | {"final": "done" if reached else "lost", "hint": hint})
    found = built(tmp_path, events, plain).find(everything(language="en"))
    assert [note for note in found.notes if "'final'" in note and "written afterwards" in note]
    assert not [note for note in found.notes if "'hint'" in note]
    told = barrier(found)
    usual = barrier(built(tmp_path / "plain", plain.events, plain).find(everything()))
    assert told.compared is not None and "final" not in told.compared.covariates
    assert usual.on_goal is not None and told.on_goal is not None
    assert abs(told.on_goal.effect - usual.on_goal.effect) < 0.05
    assert not [place for finding in found.findings for place in finding.where if place.attribute == "final"]
