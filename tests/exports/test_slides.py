"""Slides hold what is on them: nothing beyond the edge, no cell fuller than it is tall; charts are native."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from tests.exports.sheets import everything, many, sheet_of

from tropa.exports.sheet import Sheet
from tropa.exports.slides.charts import Chart, Series, valleys
from tropa.exports.slides.deck import deck
from tropa.exports.slides.paging import LINE, PAD_X, PAD_Y, Cell, Row, Text, measured, tables
from tropa.exports.slides.paint import Slides
from tropa.exports.typeface import plain, wrap

POINT = 12_700


def opened(sheet: Sheet) -> Any:
    return Presentation(io.BytesIO(deck(sheet)))


def needed(cell: Any, width: float) -> float:
    """How tall the texts of a cell are, set in a typeface that is wider than the slide's."""
    tall = 2 * PAD_Y
    for paragraph in cell.text_frame.paragraphs:
        if paragraph.runs and paragraph.text:
            run = paragraph.runs[0]
            size = run.font.size.pt
            tall += len(wrap(plain(paragraph.text), width - 2 * PAD_X, size, bool(run.font.bold))) * size * LINE
    return tall


def holds(presentation: Any) -> None:
    wide, high = presentation.slide_width, presentation.slide_height
    for slide in presentation.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= wide and shape.top + shape.height <= high, shape.name
            if shape.has_table:
                _holds_table(shape.table, shape)


def _holds_table(table: Any, shape: Any) -> None:
    assert abs(sum(row.height for row in table.rows) - shape.height) < POINT * len(table.rows)
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            if not cell.is_spanned:
                across = cell.span_width if cell.is_merge_origin else 1
                width = sum(column.width for column in list(table.columns)[place : place + across]) / POINT
                assert needed(cell, width) <= row.height / POINT + 0.5, cell.text_frame.text[:60]


@pytest.mark.parametrize("count", [1, 5, 6, 60])
def test_nothing_stands_beyond_the_slide(count: int) -> None:
    presentation = opened(sheet_of(many(count)))
    holds(presentation)
    assert len(presentation.slides) > count / 5


def test_sixty_columns_in_one_stage_are_split() -> None:
    presentation = opened(sheet_of(many(60, across=60)))
    holds(presentation)
    widest = max(len(shape.table.columns) for slide in presentation.slides for shape in slide.shapes if shape.has_table)
    assert widest <= 6


def test_a_cell_fuller_than_a_slide_goes_on() -> None:
    document = everything()
    document["stages"][0]["touchpoints"][0]["actions"] = ["слово " * 900, *(f"Шаг {n}" for n in range(150))]
    presentation = opened(sheet_of(document))
    holds(presentation)
    text = "\n".join(
        cell.text_frame.text
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    )
    assert text.count("слово") == 900 and "Шаг 149" in text


def test_the_authors_curve_is_a_native_chart() -> None:
    presentation = opened(sheet_of(many(10)))
    charts = [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    series = next(iter(charts[0].plots[0].series))
    assert list(series.values) == [(n % 5 - 2) * 50 for n in range(10)]
    assert next(iter(charts[0].plots[0].categories)).startswith("Точка контакта 0")


def test_numbers_of_a_line_stand_beside_it() -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE

    assert valleys([3, 1, 2, None, 5, 4]) == [1, 5]
    assert valleys([1]) == [] and valleys([2, 2, 2]) == []
    values = (-61.0, 1.0, 59.0, -27.0, 37.0)
    told = Series("measured", values, "#0a5a50", labels=True), Series("low", values, "#cccccc", points=False)
    slides = Slides("Map", "", "en")
    slides.chart("Curve", Chart(False, tuple("abcde"), told, -100, 100, "+0;−0;0"))
    data = io.BytesIO()
    slides.save(data)
    (chart,) = (shape.chart for slide in Presentation(data).slides for shape in slide.shapes if shape.has_chart)
    line, low = chart.plots[0].series
    assert line.data_labels.position == XL_LABEL_POSITION.ABOVE
    below = [place for place in range(5) if line.points[place].data_label.position == XL_LABEL_POSITION.BELOW]
    assert below == [0, 3]
    assert low.marker.style == XL_MARKER_STYLE.NONE


def _sizes(presentation: Any) -> list[float]:
    return [
        run.font.size.pt
        for slide in presentation.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
    ]


def test_letters_grow_into_the_room_that_a_slide_has() -> None:
    assert max(_sizes(opened(sheet_of(many(1))))) >= 13


def test_what_has_no_letters_is_no_taller_than_what_has() -> None:
    """An empty paragraph is as tall as its own end says, else as the 18 points of the format."""
    for slide in opened(sheet_of(everything())).slides:
        for shape in slide.shapes:
            for cell in (cell for row in shape.table.rows for cell in row.cells) if shape.has_table else ():
                for paragraph in cell.text_frame.paragraphs:
                    end = paragraph._p.find("{http://schemas.openxmlformats.org/drawingml/2006/main}endParaRPr")
                    assert cell.is_spanned or (end is not None and int(end.get("sz")) <= 1700)


def test_parts_of_a_table_are_filled_alike() -> None:
    row = Row((Cell((Text("line"),)),))
    parts = tables((300.0,), [], [row] * 25, 20 * measured(row, (300.0,)).height)
    assert [len(part.rows) for part in parts] in ([13, 12], [12, 13])
    assert sum(len(part.rows) for part in parts) == 25
