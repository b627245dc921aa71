"""Taking a map away from a workspace: what is measured is on it, the filters hold, what cannot be done is said."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import fastexcel
import pytest
from fastapi.testclient import TestClient
from tests.helpers import event_rows, make_workspace

from tropa.cli import main
from tropa.errors import TropaError
from tropa.exports import turn
from tropa.exports.sheet import Sheet
from tropa.exports.slides.deck import deck
from tropa.exports.take import MEDIA, file_name, sheet_of, take, take_params
from tropa.service.app import create_app
from tropa.service.exports import disposition
from tropa.workspace.settings import Settings
from tropa.workspace.workspace import Workspace

MAP = """map: Заявка на кредит
goal: [Выдача]
stages:
  - stage: Начало
    touchpoints:
      - touchpoint: Анкета
        when: {activity: [form]}
        emotion: -2
        expects: {within: 5m, failures: 0.02}
  - stage: Конец
    touchpoints:
      - touchpoint: Выдача
        when: {activity: [pay]}
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A hundred customers fill a form, half of them fail at it and are not happy; sixty get their loan."""
    stories = {f"client-{n}": f"form@0 form!@{3 if n % 2 else 1} pay@{20 + n}" for n in range(60)}
    stories |= {f"client-{n}": "form!@0" for n in range(60, 100)}
    rows = [row | {"channel": "web" if index % 3 else "app"} for index, row in enumerate(event_rows(stories))]
    said = [
        {"customer_id": f"client-{n}", "time": "2026-01-02T00:00:00", "kind": "csat", "score": 5, "activity": "form"}
        for n in range(50)
    ]
    settings = Settings("Банк", language="ru", currency="RUB")
    return make_workspace(tmp_path_factory.mktemp("take") / "ws", rows, said, map_text=MAP, settings=settings)


@pytest.fixture(scope="module")
def sheet(workspace: Workspace) -> Sheet:
    return sheet_of(workspace, take_params({"findings": "no"}))


def test_measured_lanes_stand_beside_the_drawn(sheet: Sheet) -> None:
    assert [lane.key for lane in sheet.lanes if lane.measured][:3] == ["journeys", "emotion", "expectations"]
    form, goal = sheet.columns
    assert form.row is not None and form.row.journeys == 100 and goal.goal
    assert form.opinion == -100 and form.row.emotion == 100 and form.disagrees
    flow = next(lane for lane in sheet.lanes if lane.key == "journeys").cells[0].facts
    assert flow[0].value == "100" and flow[1].value.startswith("−40")
    failures = next(lane for lane in sheet.lanes if lane.key == "failures").cells[0].facts[0]
    assert failures.value == "100\u00a0%" and failures.tone == "level-4" and not failures.few
    assert "Версия карты 1" in " ".join(sheet.context)
    assert {tile.label for tile in sheet.tiles} >= {"Пути", "Дошли до цели", "CSAT"}


def test_the_workbook_has_the_numbers_as_numbers(workspace: Workspace) -> None:
    taken = take(workspace, take_params({"format": "xlsx", "findings": "no"}))
    book = fastexcel.read_excel(taken.data)
    numbers = book.load_sheet("Числа").to_polars()
    row = dict(zip(numbers.columns, numbers.row(0), strict=True))
    assert row["Точка контакта"] == "Анкета" and row["Путей"] == 100 and row["Потеряно путей"] == 40
    assert row["Доля со сбоем"] == 1.0 and row["Эмоция, по мнению авторов"] == -100


def test_charts_carry_the_counts(sheet: Sheet) -> None:
    from pptx import Presentation

    slides = Presentation(io.BytesIO(deck(sheet))).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert list(next(iter(charts[0].plots[0].series)).values) == [100, 60]
    assert next(iter(next(iter(charts[1].plots[0].series)).values)) == 100


def test_no_file_names_a_customer(workspace: Workspace) -> None:
    for form in ("csv", "html", "xlsx", "pptx", "pdf"):
        data = take(workspace, take_params({"format": form, "findings": "no"})).data
        assert b"client-" not in data
        if form in ("xlsx", "pptx"):
            import zipfile

            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                assert not any(b"client-" in parts.read(name) for name in parts.namelist())


def test_filters_narrow_and_are_said(workspace: Workspace) -> None:
    sheet = sheet_of(workspace, take_params({"findings": "no", "until": "2026-01-01", "channel": "app"}))
    assert sheet.columns[0].row is not None and sheet.columns[0].row.journeys < 100
    assert any("канал: app" in line and "2026" in line for line in sheet.context)


def test_lanes_are_as_they_are_on_the_screen(workspace: Workspace) -> None:
    asked = {"findings": "no", "lane": ["failures", "journeys"], "hide": ["reality", "emotion"]}
    assert [lane.key for lane in sheet_of(workspace, take_params(asked)).lanes][:2] == ["failures", "journeys"]
    keys = {lane.key for lane in sheet_of(workspace, take_params(asked)).lanes}
    assert not keys & {"expectations", "emotion"}


def test_the_document_comes_back_to_the_byte(workspace: Workspace) -> None:
    assert take(workspace, take_params({"format": "yaml"})).data.decode() == MAP


def test_findings_are_there_when_asked_for(workspace: Workspace) -> None:
    assert sheet_of(workspace, take_params({"findings": "ready", "since": "2026-01-01"})).findings == ()
    assert sheet_of(workspace, take_params({"findings": "yes"})).findings
    assert sheet_of(workspace, take_params({"findings": "ready"})).findings


def test_no_map_and_no_data(tmp_path: Path) -> None:
    bare = make_workspace(tmp_path / "events", event_rows({"a": "visit@0 pay@5", "b": "visit@1"}))
    sheet = sheet_of(bare, take_params({"findings": "no", "language": "en"}))
    assert not sheet.has_map and [column.name for column in sheet.columns] == ["visit", "pay"]
    assert take(bare, take_params({"format": "pdf", "findings": "no"})).data.startswith(b"%PDF")
    with pytest.raises(TropaError) as told:
        take(bare, take_params({"format": "yaml"}))
    assert told.value.kind == "map"
    drawn = make_workspace(tmp_path / "drawn", map_text=MAP)
    assert not sheet_of(drawn, take_params({})).has_data
    assert take(drawn, take_params({"format": "pptx"})).data.startswith(b"PK")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"format": "docx"}, "format"),
        ({"paper": "a9"}, "paper"),
        ({"colour": "red"}, "colour"),
        ({"format": "png", "layout": "pages"}, "picture"),
        ({"compare": ["channel=web", "channel=app"]}, "one group"),
        ({"dots": 5000}, "dots"),
        ({"format": "png", "paper": "a1", "dots": 400}, "124 megapixels; it may have 40. Take 227 dots at most"),
    ],
)
def test_what_cannot_be_done_is_said(workspace: Workspace, asked: dict[str, object], said: str) -> None:
    with pytest.raises(TropaError) as told:
        take(workspace, take_params(asked))
    assert told.value.kind == "usage" and said in str(told.value)


@pytest.mark.parametrize(("module", "form"), [("typst", "pdf"), ("pptx", "pptx"), ("xlsxwriter", "xlsx")])
def test_a_missing_extra_names_its_mend(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, module: str, form: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(TropaError) as told:
        take(workspace, take_params({"format": form, "findings": "no"}))
    assert "pip install 'tropa[exports]'" in told.value.hint


def test_one_file_is_made_at_a_time(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE_SECONDS", 0.01)
    with turn.one_at_a_time(), pytest.raises(TropaError, match="Other files are being made") as refused:
        take(workspace, take_params({"format": "csv", "findings": "no"}))
    assert refused.value.kind == "throttled"
    assert take(workspace, take_params({"format": "csv", "findings": "no"})).data


def test_names_that_every_disk_takes() -> None:
    assert file_name("Кредит: «наличными» / 2026?", "pdf") == "Кредит «наличными» 2026.pdf"
    assert file_name("../../etc/passwd\x00\n", "pdf") == "etc passwd.pdf"
    assert file_name("...", "pdf") == "map.pdf" and len(file_name("я" * 500, "pdf")) < 100
    assert file_name("\u202efdp.exe\ud800", "pdf") == "fdp.exe.pdf"


def test_a_name_in_any_script_reaches_the_browser() -> None:
    header = disposition('Кредит "наличными" 1.pdf')
    assert header.isascii() and "\n" not in header
    assert header.startswith("attachment; filename=\"1.pdf\"; filename*=UTF-8''%D0%9A")
    assert '"map.pdf"' in disposition("Карта.pdf")


def test_over_http(workspace: Workspace) -> None:
    client = TestClient(create_app(workspace.folder))
    for form, media in MEDIA.items():
        reply = client.get("/api/maps/live/export", params={"format": form, "findings": "no"})
        assert reply.status_code == 200, reply.text
        assert reply.headers["content-type"].partition(";")[0] == media.partition(";")[0]
        assert f".{form}" in reply.headers["content-disposition"]
    live = workspace.documents.maps.heads()[0].id
    assert client.get(f"/api/maps/{live}/export", params={"format": "csv", "findings": "no"}).status_code == 200
    assert client.get("/api/maps/none/export").status_code == 404
    wrong = client.get("/api/maps/live/export", params={"format": "png", "layout": "pages"})
    assert wrong.status_code == 422 and wrong.json()["error"]["hint"]


def test_on_the_command_line(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["map", str(workspace.folder), *args])
        return int(ended.value.code or 0), *capsys.readouterr()

    out = tmp_path / "map.pdf"
    status, printed, _ = run("export", "--format", "pdf", "--paper", "a4", "--out", str(out), "--json")
    assert status == 0 and out.read_bytes().startswith(b"%PDF")
    assert json.loads(printed) == {"file": str(out), "bytes": out.stat().st_size}
    assert run("export") == (0, MAP, "")
    status, _, said = run("export", "--paper", "a4")
    assert status == 2 and "format" in said
    status, _, said = run("check", "--format", "pdf")
    assert status == 2 and "export" in said
