"""The report: sections in order, numbers as the analyses have them, nobody named, all formats say the same."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.exports.test_take import MAP
from tests.findings.test_because import BARRIER
from tests.helpers import event_rows, make_workspace

from tropa.errors import TropaError
from tropa.exports.report import report, report_of, report_params
from tropa.exports.report_html import page
from tropa.exports.report_items import item
from tropa.exports.report_parts import Grid, Item, Lines, Report
from tropa.exports.report_pdf import typeset_report
from tropa.exports.report_slides import slides
from tropa.exports.report_words import REPORT_WORDS, ReportWords
from tropa.exports.slides.paging import Cell, Row, Text, tables
from tropa.service.app import create_app
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

STORIES = {f"client-{n}": f"form@0 form!@{3 if n % 2 else 1} pay@{20 + n}" for n in range(60)}
STORIES |= {f"client-{n}": "form!@0" for n in range(60, 100)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A hundred customers; fifty give a score, all fill the form, sixty reach the goal."""
    said = [
        {"customer_id": f"client-{n}", "time": "2026-01-02T00:00:00", "kind": "csat", "score": 5, "activity": "form"}
        for n in range(50)
    ]
    settings = Settings("Банк <b>«Лес»</b>", language="ru", currency="RUB", goal_price=1000)
    folder = tmp_path_factory.mktemp("report") / "ws"
    return make_workspace(folder, event_rows(STORIES), said, map_text=MAP, settings=settings)


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> Report:
    return report_of(workspace, report_params({}))


def words_of(made: Report) -> str:
    found = [*made.summary]
    for section in made.sections:
        for block in section.blocks:
            if isinstance(block, Lines):
                found += block.texts
            elif isinstance(block, Grid):
                found += [block.title, *block.heads, *(text for row in block.rows for text in row)]
            elif isinstance(block, Item):
                found += [block.sentence, *(text for fact in block.facts for text in fact)]
                found += [quote.text for quote in block.quotes]
    return "\n".join(found)


def test_sections_stand_in_order_and_none_is_empty(made: Report) -> None:
    keys = ("aim", "numbers", "map", "findings", "gaps", "bottlenecks", "cases", "clean", "terms")
    assert [section.title for section in made.sections] == [REPORT_WORDS["ru"][f"s.{key}"] for key in keys]
    assert all(section.blocks for section in made.sections)
    assert "Узких мест не найдено." in words_of(made) and "Тяжёлых единичных случаев не найдено." in words_of(made)


def test_numbers_are_those_of_the_analyses(workspace: Workspace, made: Report) -> None:
    overview = workspace.ask("overview").result
    grid = next(block for block in made.sections[1].blocks if isinstance(block, Grid))
    rows = {row[0]: row[1:] for row in grid.rows}
    assert overview.goal_rate == 0.6 and rows["Дошли до цели"][0] == "60\u00a0%"
    assert rows["Дошли до цели"][1:] == ("50–69\u00a0%", "100") and rows["CSAT"] == (
        "100\u00a0%",
        "93–100\u00a0%",
        "50",
    )
    gap = next(block for block in made.sections[4].blocks if isinstance(block, Grid))
    assert ("Анкета", "сбоев не больше 2\u00a0%", "сбои в 100\u00a0% путей") in [row[:3] for row in gap.rows]


def test_a_step_is_not_said_to_be_in_charge() -> None:
    """Of a bottleneck of which nobody says whose it is the department is the step itself."""
    words = ReportWords("ru")

    def owner(**named: str | None) -> str:
        found = replace(BARRIER, kind="bottleneck", process="Звонок", **named)
        return dict(item(found, None, 6.0, words).facts)[words("i.owner")]

    assert owner(department="Звонок") == words("i.no_owner")
    assert owner(department="Отдел продаж") == "Отдел продаж"
    assert owner(department="Звонок", owner="Анна") == "Анна"


def test_both_languages_have_the_same_words(workspace: Workspace) -> None:
    assert set(REPORT_WORDS["ru"]) == set(REPORT_WORDS["en"])
    for key, text in REPORT_WORDS["ru"].items():
        assert set(re.findall(r"{(\w+)", text)) == set(re.findall(r"{(\w+)", REPORT_WORDS["en"][key])), key
    english = report_of(workspace, report_params({"language": "en"}))
    own = re.sub(r"Анкета|Выдача|Начало|Конец|Заявка на кредит|Банк|Лес", "", words_of(english))
    assert not re.search("[А-Яа-я]", own)


def test_the_page_asks_for_nothing_and_texts_are_texts(made: Report) -> None:
    text = page(made).decode()
    assert "<b>«Лес»</b>" not in text and "&lt;b&gt;«Лес»" in text and "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import", text)
    assert "default-src 'none'" in text and text.count("<h2>") == 2 + len(made.sections)


def test_pages_and_slides_hold_the_report(made: Report) -> None:
    from pptx import Presentation

    pages = typeset_report(made, "png", 36)
    assert len(pages) >= 5 and all(data.startswith(b"\x89PNG") for data in pages)
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(slides(made))).slides]
    assert titles[:3] == ["Заявка на кредит", "Главное", "Содержание"] and titles[-1].startswith("9. ")


def test_hostile_names_are_set(made: Report) -> None:
    name = "Очень длинное имя 🦊 \u202eשלום #let x = 1 " * 12
    sheet = replace(made.sheet, title=name)
    hostile = replace(made, title=name, about=name, summary=(name * 20,), sheet=sheet)
    assert typeset_report(hostile)[0].startswith(b"%PDF")
    assert slides(hostile)[:2] == b"PK" and "🦊" in page(hostile).decode()


def test_a_text_longer_than_a_slide_goes_on_in_the_next() -> None:
    whole = "слово " * 2000
    parts = tables((400.0,), [], [Row((Cell((Text(whole),)),))], 300.0)
    assert (
        len(parts) > 1
        and " ".join(
            text.text for part in parts for row in part.rows for cell in row.cells for text in cell.texts
        ).split()
        == whole.split()
    )


def test_nobody_is_named_whoever_asks(tmp_path: Path) -> None:
    stories = {f"client-{n}": f"form@0 pay@{5 + n % 60}" for n in range(300)}
    angry = [
        {"customer_id": "client-7", "time": "2026-01-02T00:00:00", "kind": "complaint",
         "text": "Деньги списали дважды, подаю в суд, звоните +7 916 123-45-67", "activity": "form"},
    ]  # fmt: skip
    workspace = make_workspace(tmp_path / "ws", event_rows(stories), angry, map_text=MAP)
    made = report_of(workspace, report_params({}))
    assert any(isinstance(block, Grid) for block in made.sections[6].blocks)
    text = page(made).decode()
    assert "client-7" not in text and "123-45-67" not in text and "~" in text


def test_without_a_map_and_without_scores(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws", event_rows(STORIES))
    made = report_of(workspace, report_params({"language": "ru"}))
    said = words_of(made)
    assert "Цель не названа" in said and "NPS, CSAT и CES не посчитать" in said and "Карты нет" in said
    assert typeset_report(made)[0].startswith(b"%PDF") and slides(made)


def test_what_cannot_be_told_of_is_said(tmp_path: Path, workspace: Workspace) -> None:
    with pytest.raises(TropaError, match="no events yet"):
        report(Workspace.create(tmp_path / "empty"), report_params({"format": "html"}))
    with pytest.raises(TropaError, match="no parameter 'langage'"):
        report_params({"langage": "ru"})
    with pytest.raises(TropaError, match="format"):
        report_params({"format": "docx"})
    with pytest.raises(TropaError, match="cannot compare"):
        report(workspace, report_params({"compare": ["channel=web"]}))


def test_the_route_gives_the_file(workspace: Workspace) -> None:
    client = TestClient(create_app(workspace.folder))
    answer = client.get("/api/report", params={"format": "html", "language": "en"})
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert "Report on the customer journey" in answer.text
    assert client.get("/api/report", params={"format": "docx"}).status_code in (400, 422)
