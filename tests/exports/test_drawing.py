"""The drawn map stays on its paper, on any paper, and says what it must on each page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exports.sheets import everything, many, sheet_of

from tropa.exports import curves
from tropa.exports.drawing.moods import text_line
from tropa.exports.drawing.pages import Paper, many_pages, one_page, page_size
from tropa.exports.picture import Picture
from tropa.exports.typeface import FONTS, foreign, plain, typeface, width_of, wrap
from tropa.exports.words import Words

RU = Words("ru")


def points_of(shape: list[Any]) -> list[tuple[float, float]]:
    kind = shape[0]
    if kind == "t":
        return [(shape[1], shape[2]), (shape[1] + width_of(shape[3], shape[4], shape[6] > 400), shape[2])]
    if kind == "r":
        return [(shape[1], shape[2]), (shape[1] + shape[3], shape[2] + shape[4])]
    if kind == "l":
        return [(shape[1], shape[2]), (shape[3], shape[4])]
    if kind == "o":
        return [(shape[1] - shape[3], shape[2] - shape[3]), (shape[1] + shape[3], shape[2] + shape[3])]
    return [(part[at], part[at + 1]) for part in shape[1] for at in range(1, len(part), 2)]


def stays_on_paper(picture: Picture) -> None:
    for shape in picture.shapes:
        for x, y in points_of(shape):
            assert -0.5 <= x <= picture.width + 0.5, shape
            assert -0.5 <= y <= picture.height + 0.5, shape


def test_a_mood_is_not_written_on_the_authors_mark() -> None:
    for mood in range(-100, 101, 10):
        ends = (mood - 5.0, mood + 5.0)
        alone = text_line(float(mood), ends, lambda value: -value, None)
        assert (alone > -mood) is (mood < 0), "on the outer side of the curve"
        for mark in range(-100, 101, 50):
            line = text_line(float(mood), ends, lambda value: -value, float(-mark))
            assert abs(line + mark) > 4, (mood, mark)


def texts(picture: Picture) -> list[str]:
    return [shape[3] for shape in picture.shapes if shape[0] == "t"]


@pytest.mark.parametrize("paper", ["a4", "a3", "a2", "a1"])
@pytest.mark.parametrize("landscape", [True, False])
def test_the_whole_map_is_one_page_of_the_paper(paper: Paper, landscape: bool) -> None:
    for document in (everything(), many(25)):
        pages = one_page(sheet_of(document), paper, landscape, RU)
        assert len(pages) == 1
        assert (pages[0].width, pages[0].height) == page_size(paper, landscape)
        assert (pages[0].width > pages[0].height) is landscape
        stays_on_paper(pages[0])


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("count", [9, 25])
def test_the_sheet_is_used_to_its_end(count: int, landscape: bool) -> None:
    """What is drawn last but the foot stands near it: no third of the sheet is left empty."""
    picture = one_page(sheet_of(many(count)), "a3", landscape, RU)[0]
    ends = [shape[4] for shape in picture.shapes if shape[0] == "l"]
    lowest = max(end for end in ends if end < picture.height - 40)
    assert lowest > 0.8 * picture.height


def test_a_larger_sheet_makes_larger_letters() -> None:
    sheet = sheet_of(many(60))
    sizes = [one_page(sheet, paper, True, RU)[0].scale for paper in ("a4", "a3", "a2", "a1")]
    assert sizes == sorted(sizes) and sizes[-1] > 2 * sizes[0]


def test_many_columns_go_in_several_bands_when_that_is_larger() -> None:
    picture = one_page(sheet_of(many(60)), "a3", True, RU)[0]
    assert texts(picture).count(RU("touchpoint")) > 1


@pytest.mark.parametrize("count", [7, 60, 300])
def test_pages_repeat_their_heads_and_are_read_at_full_size(count: int) -> None:
    pages = many_pages(sheet_of(many(count)), "a3", True, RU)
    for number, picture in enumerate(pages):
        stays_on_paper(picture)
        assert picture.scale == 1.0
        said = texts(picture)
        assert RU("page", page=number + 1, pages=len(pages)) in said
        assert RU("touchpoint") in said or number == len(pages) - 1
    assert len(pages) >= count / 12


def test_a_row_taller_than_a_page_goes_on() -> None:
    document = everything()
    document["stages"][0]["touchpoints"][0]["actions"] = [f"Шаг {n} " + "слово " * 30 for n in range(80)]
    pages = many_pages(sheet_of(document), "a4", True, RU)
    for picture in pages:
        stays_on_paper(picture)
    everywhere = " ".join(text for picture in pages for text in texts(picture))
    for n in range(80):
        assert f"Шаг {n} " in everywhere


def test_bad_words_of_fonts_are_none() -> None:
    for name in FONTS:
        assert len(typeface(name).advances) > 400
    assert not foreign("Карта пути клиента – 1 234,5 % · «ё» ₽ №5 Ünïcödé 😀👍❤")
    assert foreign("漢") == {"漢"}
    assert plain("👍🏽") == "👍" and plain("a\x07b\tc") == "ab c"


@given(st.text(max_size=120), st.floats(20, 300))
@settings(max_examples=150, deadline=None)
def test_lines_are_no_wider_than_asked(text: str, width: float) -> None:
    said = plain(text)
    for line in wrap(said, width, 8.0):
        assert width_of(line, 8.0) <= width + 0.1 or len(line) == 1 or line.count("\u00a0") or line.count("\u202f")


@given(st.text(alphabet="абвгд оеи", max_size=200))
@settings(max_examples=100, deadline=None)
def test_wrapping_loses_no_letter(text: str) -> None:
    lines = wrap(text, 40.0, 8.0)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_the_curve_never_overshoots() -> None:
    points = [(float(x), y) for x, y in enumerate([5.0, 90.0, 88.0, 10.0, 11.0, 60.0])]
    ys = [value for _, values in curves.smooth(points) for value in values[1::2]]
    assert min(ys) >= 5 and max(ys) <= 90
    assert curves.smooth([]) == [] and curves.runs([None, (1.0, 2.0), None]) == [[(1.0, 2.0)]]


def test_the_stream_is_as_thick_as_its_volume() -> None:
    path = curves.ribbon([100, 40], 100, 0, 0, 10, 50)
    ys = [value for _, values in path for value in values[1::2]]
    assert max(ys) == 50 and 20 in ys
    assert curves.ribbon([], 0, 0, 0, 10, 50) == [] and curves.ribbon([0.0], 0, 0, 0, 10, 50) == []
