"""Every format carries every card: nothing that an author wrote is lost on the way out."""

from __future__ import annotations

import csv
import io

import fastexcel
import pytest
from lxml import html
from tests.exports.sheets import everything, many, sheet_of, squashed

from tropa.exports.drawing.pages import many_pages, one_page
from tropa.exports.numbers import Language
from tropa.exports.sheet import Sheet
from tropa.exports.slides.deck import deck
from tropa.exports.snapshot import snapshot
from tropa.exports.tables import cards_csv, workbook
from tropa.exports.words import WORDS, Words


def cards(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    return [(stage, touchpoint, title, card.text) for stage, touchpoint, _, title, card in sheet.written()]


@pytest.fixture(scope="module", params=["ru", "en"])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return sheet_of(everything(), request.param)


def test_nothing_of_the_document_is_left_out(sheet: Sheet) -> None:
    told = " ".join(text for *_, text in cards(sheet))
    for words in (
        "С первого раза", "Ехать в отделение", "Форма сбрасывается", "Дорого", "ИТ", "Верификация", "CRM, ЭДО",
        "Иванов",
        "Фотографирует паспорт", "Распознавать фото", "Попытки: 3 → 1 раз", "свои слова", "Быстро передать документы",
        "Конверсия этапа", "С госуслугами", "Не знают, какие бумаги нужны", "Отзывы в сети", "Ответ за день",
        "Задача пустого этапа",
    ):  # fmt: skip
        assert words in told
    assert ("Документы", "Загрузка документов") in {card[:2] for card in cards(sheet)}


def test_csv_and_xlsx_have_a_row_for_each(sheet: Sheet) -> None:
    rows = list(csv.reader(io.StringIO(cards_csv(sheet).decode("utf-8-sig"))))
    # The touchpoint on which nothing is written stands at the end.
    assert tuple(rows.pop()[:4]) == ("Документы", "Ответ банка", "", "")
    assert [tuple(row[:4]) for row in rows[1:]] == [
        (stage, touchpoint, title, f"'{text}" if text[0] in "=+-@" else text)
        for stage, touchpoint, title, text in cards(sheet)
    ]
    table = fastexcel.read_excel(workbook(sheet)).load_sheet(0, dtypes="string").to_polars()
    assert [tuple(value or "" for value in row[:4]) for row in table.iter_rows()][:-1] == cards(sheet)
    said = next(row for row in rows if row[3] == "Форма сбрасывается")
    assert said[6:9] == ["120", "2020-05-01", "опрос весной"] and said[4] and said[5]


def test_a_touchpoint_on_which_nothing_is_written_has_a_row_too() -> None:
    bare = {"map": "m", "stages": [{"stage": "s", "touchpoints": [{"touchpoint": "a"}, {"touchpoint": "b"}]}]}
    rows = list(csv.reader(io.StringIO(cards_csv(sheet_of(bare)).decode("utf-8-sig"))))
    assert [row[:4] for row in rows[1:]] == [["s", "a", "", ""], ["s", "b", "", ""]]


def test_html_has_each_as_text(sheet: Sheet) -> None:
    page = html.document_fromstring(snapshot(sheet))
    text = squashed(page.text_content())
    assert not page.xpath("//script|//link|//img|//iframe") and not page.xpath("//@src|//@href|//@onclick")
    for *_, card in cards(sheet):
        assert squashed(card) in text
    assert page.get("lang") == sheet.language


def test_slides_have_each(sheet: Sheet) -> None:
    from pptx import Presentation

    deck_ = Presentation(io.BytesIO(deck(sheet)))
    text = ""
    for slide in deck_.slides:
        for shape in slide.shapes:
            if shape.has_table:
                text += "".join(cell.text_frame.text for row in shape.table.rows for cell in row.cells)
    for *_, card in cards(sheet):
        assert squashed(card) in squashed(text)


@pytest.mark.parametrize("layout", [one_page, many_pages])
def test_the_drawing_has_each(sheet: Sheet, layout: object) -> None:
    pages = layout(sheet, "a4", True, Words(sheet.language))  # type: ignore[operator]
    text = squashed("".join(shape[3] for page in pages for shape in page.shapes if shape[0] == "t"))
    for _, touchpoint, _, card in cards(sheet):
        assert squashed(card) in text
        assert squashed(touchpoint) in text


def test_many_touchpoints_are_all_there_in_pages() -> None:
    sheet = sheet_of(many(40))
    pages = many_pages(sheet, "a4", True, Words("ru"))
    text = squashed("".join(shape[3] for page in pages for shape in page.shapes if shape[0] == "t"))
    for n in range(40):
        assert f"Точкаконтакта{n}собычнымименем" in text and f"Форма{n}сбрасывается" in text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_words_are_whole(language: Language) -> None:
    """Both languages say the same things with the same gaps."""
    import re

    other = WORDS["en" if language == "ru" else "ru"]
    assert set(WORDS[language]) == set(other)
    for key, text in WORDS[language].items():
        assert sorted(set(re.findall(r"\{(\w+)\}", text))) == sorted(set(re.findall(r"\{(\w+)\}", other[key]))), key
