"""The parts under the companies: numbers of one's own, working hours, queues, comments."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.simulate.bank.words_en import ENGLISH
from tropa.simulate.bank.words_ru import RUSSIAN
from tropa.simulate.clock import DAY, HOUR, Hours, hour_of_day, weekday
from tropa.simulate.queues import Desk
from tropa.simulate.streams import Streams
from tropa.simulate.voice import Fragments, Speaker

OFFICE = Hours(9.0, 18.0)


def test_a_case_keeps_its_numbers_whoever_else_is_asked() -> None:
    few, many = Streams(7, 10), Streams(7, 1000)
    assert np.array_equal(few.uniform("q"), many.uniform("q")[:10])
    rows = np.array([3, 500, 999])
    assert np.array_equal(many.only(rows).normal("q"), many.normal("q")[rows])
    assert np.array_equal(many.exponential("q", rows), many.exponential("q")[rows])


def test_questions_and_seeds_are_independent() -> None:
    streams = Streams(7, 20_000)
    first, second, other = streams.uniform("a"), streams.uniform("b"), Streams(8, 20_000).uniform("a")
    for left, right in ((first, second), (first, other), (first[:-1], first[1:])):
        assert abs(np.corrcoef(left, right)[0, 1]) < 0.03
    assert first.mean() == pytest.approx(0.5, abs=0.01)
    assert first.std() == pytest.approx(12**-0.5, abs=0.01)
    assert streams.normal("a").std() == pytest.approx(1.0, abs=0.02)
    shares = np.bincount(streams.choice("c", (1, 3)), minlength=2) / 20_000
    assert shares == pytest.approx([0.25, 0.75], abs=0.015)


def test_next_open_skips_nights_weekends_and_holidays() -> None:
    friday_evening, saturday, holiday, tuesday_noon = (
        4 * DAY + 19 * HOUR,
        5 * DAY + 12 * HOUR,
        7 * DAY,
        8 * DAY + 12 * HOUR,
    )
    asked = np.array([friday_evening, saturday, holiday, tuesday_noon])  # 9 March 2026, day 7, is a day off
    opened = OFFICE.next_open(asked, np.full(4, 0.5))
    assert (opened // DAY).tolist() == [8, 8, 8, 8]
    assert opened[3] == tuesday_noon
    assert ((hour_of_day(opened) >= 9) & (hour_of_day(opened) < 18)).all()


def test_an_idle_desk_serves_at_once_and_in_working_hours_only() -> None:
    desk = Desk("office", OFFICE)
    rng = np.random.default_rng(1)
    asked = rng.random(2000) * 60 * DAY
    start = desk.start(asked, np.ones(2000))
    assert (start >= asked).all()
    assert ((hour_of_day(start) >= 9) & (hour_of_day(start) < 18)).all()
    assert (weekday(start) < 5).all()
    inside = (hour_of_day(asked) >= 9) & (hour_of_day(asked) < 18) & (weekday(asked) < 5) & (asked // DAY != 7)
    inside &= (asked // DAY).astype(int) != 60
    assert np.allclose(start[inside & (start // DAY == asked // DAY)], asked[inside & (start // DAY == asked // DAY)])


def test_a_desk_is_staffed_so_that_the_stated_share_waits_too_long() -> None:
    desk = Desk("office", OFFICE)
    rng = np.random.default_rng(2)
    asked = np.sort(rng.random(20_000) * 182 * DAY)
    strict = np.ones(len(asked))
    desk.fit(asked, strict, 2 * DAY, 0.45)
    waits = desk.start(asked, strict) - asked
    assert np.mean(waits > 2 * DAY) == pytest.approx(0.45, abs=0.03)
    inverted = np.minimum(np.diff(desk.start(asked, strict)), 0.0)
    assert inverted.min() > -0.25 * HOUR, "served in order of arrival, but for the grid of a quarter of an hour"


def test_both_languages_know_the_same_themes_and_moods() -> None:
    assert set(RUSSIAN.themes) == set(ENGLISH.themes)
    for language in (RUSSIAN, ENGLISH):
        assert set(language.openings) == set(language.endings) == {"good", "bad", "plain"}


def test_a_comment_speaks_in_the_gender_of_who_speaks() -> None:
    only = Fragments({"bad": ["x"]}, {"bad": ["y"]}, {"call": ["ждал[|а] {WHAT}"]}, {"WHAT": ["звонка"]})
    speaker = Speaker(only, only, np.random.default_rng(3))
    women = {speaker.say(["call"], "bad", english=False, woman=True).lower() for _ in range(50)}
    men = {speaker.say(["call"], "bad", english=False, woman=False).lower() for _ in range(50)}
    assert any("ждала звонка" in text for text in women)
    assert not any("ждала" in text for text in men)
