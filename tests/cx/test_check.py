"""Every way in which a map and the data miss each other is found, named and explained."""

from __future__ import annotations

from dataclasses import replace

from tropa.cx.check import Seen, Together, Unbound, Uncheckable, Unknown, Unreached, check
from tropa.cx.map import Map
from tropa.cx.map_file import parse_map

MAP = parse_map("""\
map: Loan
goal: [Paid]
stages:
  - stage: First
    touchpoints:
      - touchpoint: Visit
        when: {activity: [visit], channel: [web]}
        expects: {within: 10m, score: 4, failures: 0.02}
  - stage: Second
    touchpoints:
      - touchpoint: Paid
        when: {activity: [payout, /^paid_/]}
""")
SEEN = Seen(
    journeys=10,
    journeys_explained=7,
    events=40,
    events_bound=30,
    values={
        "activity": {"visit": 20, "payout": 5, "paid_out": 5, "call": 8, "fax": 2},
        "channel": {"web": 30, "app": 10},
        "status": {"ok": 39, "failed": 1},
    },
    unbound={"fax": (2, 1), "call": (8, 6), "visit": (0, 0)},
    reached={"Visit": 10, "Paid": 8},
    followed={"Visit": 8},
    scored={"Visit": 3},
)


def changed(old: str, new: str) -> Map:
    text = """\
map: Loan
goal: [Paid]
stages:
  - stage: First
    touchpoints:
      - touchpoint: Visit
        when: {activity: [visit], channel: [web]}
      - touchpoint: Paid
        when: {activity: [payout]}
"""
    assert old in text
    return parse_map(text.replace(old, new, 1))


def test_a_map_that_fits() -> None:
    found = check(MAP, SEEN)
    assert found.fits
    assert (found.journeys_share, found.events_share) == (0.7, 0.75)
    assert found.unbound == (Unbound("call", 8, 6, 0.2), Unbound("fax", 2, 1, 0.05)), "by volume, nothing of 0 events"
    assert found.sentences == (
        "'call' is not on the map: 8 events (20.0% of all) on 6 journeys.",
        "'fax' is not on the map: 2 events (5.0% of all) on 1 journey.",
    )


def test_expectations_that_the_data_cannot_check() -> None:
    bare = replace(SEEN, followed={}, scored={}, values={**SEEN.values, "status": {"ok": 30, "held": 10}})
    assert check(MAP, bare).uncheckable == (
        Uncheckable("Visit", "within", "no touchpoint ever follows it and no promised time is known"),
        Uncheckable("Visit", "score", "nobody gave a score there"),
        Uncheckable("Visit", "failures", "no event anywhere has the status 'failed' or a word for it (only 'held')"),
    )
    assert not check(MAP, bare).fits
    promised = replace(bare, promised={"Visit": 4}, values={"activity": {"visit": 1}})
    assert [part.expectation for part in check(MAP, promised).uncheckable] == ["score", "failures"]


def test_failures_can_be_checked_by_words_of_the_source() -> None:
    told = ({"status": {"ok": 30, "ошибка": 10}}, {"status": {"ok": 30, "declined": 10}})
    for values in (*told, {"activity": {"visit": 30, "visit_failed": 10}}):
        spoken = replace(SEEN, values={**SEEN.values, **values})
        assert "failures" not in [part.expectation for part in check(MAP, spoken).uncheckable]


def test_expectations_where_nobody_comes() -> None:
    empty = replace(SEEN, reached={"Paid": 8}, followed={}, scored={})
    assert {part.because for part in check(MAP, empty).uncheckable} == {"no journey reaches the touchpoint"}


def test_values_and_columns_that_never_occur() -> None:
    misspelt = check(changed("[visit]", "[visitt, visit, /^vst/]"), SEEN)
    assert misspelt.unknown == (
        Unknown("Visit", "activity", "visitt", "visit"),
        Unknown("Visit", "activity", "/^vst/", None),
    )
    assert "'Visit': activity 'visitt' never occurs. Did you mean 'visit'?" in misspelt.sentences
    column = check(changed("channel: [web]", "chanel: [web]"), SEEN)
    assert column.unknown == (Unknown("Visit", "chanel", None, "channel"),)
    assert "'Visit': events have no column 'chanel'. Did you mean 'channel'?" in column.sentences


def test_why_nothing_reaches_a_touchpoint() -> None:
    nobody = replace(SEEN, reached={"Paid": 8})

    def why(old: str, new: str) -> str:
        (missing,) = check(changed(old, new), nobody).unreached
        assert (missing.stage, missing.touchpoint) == ("First", "Visit")
        return missing.because

    assert why("activity: [visit], channel: [web]", "") == "it has no rule (`when`)"
    assert why("activity: [visit], channel: [web]", "chanel: [web]") == "events have no column 'chanel'"
    assert why("[visit]", "[a, b]") == "no event has activity 'a' or 'b'"
    assert why("[web]", "[web]") == "no event has activity and channel as its rule asks at once"
    assert why(", channel: [web]", "") == "no journey has such an event"


def test_goal() -> None:
    never = check(changed("[Paid]", "[Paid]"), replace(SEEN, reached={"Visit": 10}))
    assert never.goal_never_reached
    assert never.sentences[0] == "No journey reaches the goal."
    assert never.unreached == (Unreached("First", "Paid", "no journey has such an event"),)
    none = check(changed("goal: [Paid]\n", ""), SEEN)
    assert (none.goal_missing, none.goal_never_reached, none.fits) == (True, False, False)


def test_events_of_two_touchpoints() -> None:
    small, large = Together("Visit", "Paid", {"channel": "app"}, 3), Together("Visit", "Paid", {"channel": "web"}, 9)
    found = check(MAP, replace(SEEN, together=(small, large)))
    assert found.double == (large, small)
    assert found.sentences[0] == "'Visit' and 'Paid' both bind channel 'web' (9 events); the first one gets them."


def test_no_data() -> None:
    found = check(MAP, Seen(0, 0, 0, 0, {}))
    assert (found.journeys_share, found.events_share) == (None, None)
    assert len(found.unreached) == 2
    assert found.goal_never_reached
