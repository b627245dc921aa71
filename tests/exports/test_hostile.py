"""Whatever an author or a customer wrote stays text: no formula, no markup, nothing that breaks a file."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import fastexcel
import pytest
from lxml import etree, html
from tests.exports.sheets import many, sheet_of, squashed

from tropa.exports.drawing.paper import draw
from tropa.exports.slides.deck import deck
from tropa.exports.snapshot import snapshot
from tropa.exports.tables import cards_csv, workbook

HOSTILE = [
    "=HYPERLINK(\"http://example.com\",\"x\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "  =1", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "]]></style></html>", "a\x00b\x07c\x1b[31m", "#set page(width: 1pt)",
    "$ \\ # * _ ` @x",
    "{{7*7}} ${7*7}", "😀👍🏽👨‍👩‍👧", "שלום مرحبا", "漢字", "\ud800", "e\u0301\u200b\u202eabc", "x" * 2000,
    "слово " * 400,
]  # fmt: skip


def document(texts: list[str] = HOSTILE) -> dict[str, Any]:
    return {
        "map": "<b>&\"'=1+1",
        "stages": [
            {
                "stage": f"=Э{n} <i>",
                "touchpoints": [
                    {"touchpoint": f"@Т{n} " + "очень длинное имя " * 28, "actions": [text], "own": {text: text}}
                ],
            }
            for n, text in enumerate(texts)
        ],
    }


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    data = workbook(sheet_of(document()))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.startswith("xl/worksheets/"):
                tree = etree.fromstring(book.read(name))
                assert not tree.findall(".//{*}f") and not tree.findall(".//{*}hyperlink")
    table = fastexcel.read_excel(data).load_sheet(0, dtypes="string").to_polars()
    texts = table[table.columns[3]].to_list()
    assert HOSTILE[0] in texts and "+1+1" in texts and "@SUM(A1)" in texts
    for row in csv.reader(io.StringIO(cards_csv(sheet_of(document())).decode("utf-8-sig"))):
        assert not any(value.lstrip().startswith(("=", "+", "-", "@")) for value in row)


def test_no_text_becomes_markup() -> None:
    page = html.document_fromstring(snapshot(sheet_of(document())))
    assert not page.xpath("//script|//img|//b[.='&']|//*[@onerror]")
    text = page.text_content()
    for words in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]></style></html>", "{{7*7}} ${7*7}"):
        assert words in text
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize(("picture", "layout"), [(False, "fit"), (False, "pages"), (True, "fit")])
def test_the_drawing_comes_out(picture: bool, layout: Any) -> None:
    data = draw(sheet_of(document()), picture, "a3", "landscape", layout, 72)
    assert data.startswith(b"\x89PNG" if picture else b"%PDF")


def test_slides_come_out() -> None:
    from pptx import Presentation

    slides = Presentation(io.BytesIO(deck(sheet_of(document())))).slides
    text = "".join(
        cell.text_frame.text
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    )
    for words in ("<script>alert(1)</script>", "x" * 2000, "שלום مرحبا", "#set page(width: 1pt)"):
        assert squashed(words) in squashed(text)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        {},
        {"map": "", "stages": []},
        {"map": 5, "stages": [{"stage": "Один"}]},
        {"stages": "нет"},
        {
            "stages": [
                None,
                3,
                {"stage": "A", "touchpoints": [None, "x", {"touchpoint": "B", "pains": 7, "expects": "быстро"}]},
            ]
        },
        {
            "stages": [
                {"stage": "A", "touchpoints": [{"touchpoint": "B", "process": [1], "evidence": 3, "emotion": "зло"}]}
            ]
        },
        {"stages": [{"stage": "A", "touchpoints": [{"touchpoint": "B", "emotion": 9, "expects": {"score": True}}]}]},
        {"kind": "новый", "lanes": 5, "hidden_lanes": {"a": 1}, "benchmarks": "все", "stages": [{"stage": "A"}]},
    ],
)
def test_a_map_of_any_shape_is_taken_away(odd: dict[str, Any] | None) -> None:
    sheet = sheet_of(odd)
    assert draw(sheet, False, "a4", "portrait", "fit", 72).startswith(b"%PDF")
    assert draw(sheet, False, "a4", "portrait", "pages", 72).startswith(b"%PDF")
    assert deck(sheet)[:2] == b"PK" and workbook(sheet)[:2] == b"PK"
    assert b"</html>" in snapshot(sheet) and cards_csv(sheet)


def test_a_thousand_touchpoints_come_out() -> None:
    sheet = sheet_of(many(1000))
    assert draw(sheet, False, "a1", "landscape", "fit", 72).startswith(b"%PDF")
    assert snapshot(sheet).count(b'<th scope="col"') == 1000
