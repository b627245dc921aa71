"""A flag counts what its sign says, in words and drawn; the stream goes past what nothing is bound to."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exports.sheets import many
from tests.findings.test_because import BARRIER
from tests.helpers import event_rows, make_workspace

from tropa.exports import curves
from tropa.exports.drawing.heads import paint_touchpoints
from tropa.exports.drawing.rows import Band
from tropa.exports.drawing.stream import paint_stream
from tropa.exports.drawing.style import FLOW, FLOW_PALE
from tropa.exports.make import About, make_sheet
from tropa.exports.picture import Picture
from tropa.exports.sheet import Flag, Sheet
from tropa.exports.slides.content import column_cell, finding_rows, overview_rows
from tropa.exports.snapshot import snapshot
from tropa.exports.snapshot_drawing import stream_drawing
from tropa.exports.take import sheet_of, take_params
from tropa.exports.volumes import volumes_of
from tropa.exports.words import Words
from tropa.findings.finding import Findings

RU = Words("ru")
MAP = """map: Клуб
goal: [Договор]
stages:
  - stage: Начало
    touchpoints:
      - {touchpoint: Заявка, when: {activity: [form]}}
      - {touchpoint: Реклама}
  - stage: Середина
    touchpoints:
      - {touchpoint: Письмо}
  - stage: Конец
    touchpoints:
      - {touchpoint: Договор, when: {activity: [pay]}}
"""


@pytest.fixture(scope="module")
def flagged() -> Sheet:
    """At one touchpoint a barrier, the moment of truth that only repeats it, and two findings of other kinds."""
    barrier = replace(BARRIER, touchpoint="Точка 0", stage="Этап 0")
    found = (
        barrier,
        replace(barrier, id="told", kind="moment_of_truth", money=None, told_under=barrier.id),
        replace(barrier, id="gap", kind="gap", money=None),
        replace(barrier, id="slow", kind="bottleneck"),
        replace(barrier, id="calm", kind="harmless"),
    )
    findings = Findings(100, 5, found, 1, 6.0, None, 0.01, (), 0.0)
    return make_sheet(many(1, name="Точка {n}"), None, findings, About("Клуб", "ru", "RUB"))


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text)


def test_a_flag_counts_its_own_kind_and_money(flagged: Sheet) -> None:
    flag = flagged.columns[0].flag
    assert flag == Flag("barrier", 1, flag.money if flag else "", 2) and plain(flag.money) == "310 тыс. ₽"
    assert flagged.columns[0].moment_data, "the mark of a moment of truth stays"


def test_drawn_and_in_words_it_is_the_same(flagged: Sheet) -> None:
    picture = Picture(600, 300)
    paint_touchpoints(picture, flagged, Band(0, 1, 160), 0, RU)
    drawn = [plain(shape[3]) for shape in picture.shapes if shape[0] == "t"]
    assert "1 · 310 тыс. ₽ · +2" in drawn
    said = "Барьер (1) · 310 тыс. ₽ · ещё находок: 2"
    assert said in [plain(text.text) for text in column_cell(flagged.columns[0], RU).texts]
    assert said in plain(snapshot(flagged).decode())


def test_slides_count_what_the_list_shows(flagged: Sheet) -> None:
    assert len(finding_rows(flagged, RU)) == 3
    said = [
        text.text for row in overview_rows(flagged, flagged.stages, RU) for cell in row.cells for text in cell.texts
    ]
    assert any(text.startswith("3 ·") for text in said)


@pytest.fixture(scope="module")
def unbound(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    stories = {f"client-{n}": "form@0 pay@5" if n < 60 else "form@0" for n in range(100)}
    folder: Path = tmp_path_factory.mktemp("stream") / "ws"
    workspace = make_workspace(folder, event_rows(stories), map_text=MAP)
    return sheet_of(workspace, take_params({"findings": "no"}))


def test_the_stream_goes_past_what_nothing_is_bound_to(unbound: Sheet) -> None:
    volumes = volumes_of(unbound)
    assert volumes.own == (100.0, 0.0, 0.0, 60.0)
    assert volumes.whole == (100.0, 100.0, 60.0, 60.0) and volumes.most == 100.0
    picture = Picture(900, 200)
    lane = next(lane for lane in unbound.lanes if lane.key == "journeys")
    paint_stream(picture, unbound, lane, 0, 4, 0, 160)
    fills = [shape[2] for shape in picture.shapes if shape[0] == "p"]
    assert fills[:2] == [FLOW_PALE, FLOW], "behind the touchpoints, the stages"
    assert stream_drawing(unbound).count("var(--flow)") == 2
    assert min(curves.thickness(value, volumes.most, 34) for value in volumes.whole) > 20
