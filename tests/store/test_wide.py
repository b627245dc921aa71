"""Attributes of many values: no filters, but a map may bind by them, and old files of journeys never mislead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.helpers import Row, load_rows, make_workspace

from tropa.errors import TropaError
from tropa.store import dictionaries
from tropa.workspace.describe import describe
from tropa.workspace.workspace import Workspace

MAP = """
map: Site
stages:
  - stage: Look
    touchpoints:
      - touchpoint: Prices
        when: {page: [/^pricing/]}
      - touchpoint: Ninth
        when: {page: [page9]}
"""


def visits(first: int, last: int, page: str = "page") -> list[Row]:
    return [
        {"customer_id": f"c{n}", "time": f"2026-01-01T10:{n % 60:02d}", "activity": "view", "page": f"{page}{n}"}
        for n in range(first, last)
    ]


def bound(workspace: Workspace) -> dict[str, int]:
    graph: Any = workspace.ask("transitions").result
    return {node.node: node.journeys for node in graph.nodes if node.journeys}


@pytest.mark.parametrize("limit", [1_000, 45, 20])
def test_a_map_binds_by_an_attribute_of_many_values(
    limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "MAX_VALUES", limit)
    site = make_workspace(tmp_path / "ws", visits(0, 40), map_text=MAP)
    assert bound(site) == {"Ninth": 1}
    for first in (40, 50):
        load_rows(site, [*visits(first, first + 5), *visits(first + 5, first + 10, "pricing")])
        for workspace in (site, Workspace(site.folder)):
            assert bound(workspace) == {"Ninth": 1, "Prices": (first - 30) // 2}
    assert ("page" in describe(site).wide_attributes) == (limit < 60)
    assert ("page" in [attribute.attribute for attribute in describe(site).attributes]) == (limit == 1_000)
    assert site.ask("coverage").warnings == ()


def test_a_wide_attribute_is_no_filter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "MAX_VALUES", 20)
    site = make_workspace(tmp_path / "ws", visits(0, 40), map_text=MAP)
    with pytest.raises(TropaError, match="no attribute 'page'"):
        site.ask("overview", segment=["page=page9"])


def test_codes_of_an_attribute_that_lost_them_bind_nothing_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "MAX_CODED", 45)
    site = make_workspace(tmp_path / "ws", visits(0, 40), map_text=MAP)
    load_rows(site, visits(40, 44, "pricing"))
    assert bound(site) == {"Ninth": 1, "Prices": 4}
    load_rows(site, visits(44, 50))
    # Most partitions are not made anew and keep the codes: they are 0 to 43, of a dictionary that is no more.
    for workspace in (site, Workspace(site.folder)):
        assert bound(workspace) == {}
        answer = workspace.ask("coverage")
        assert answer.result.events_bound == 0
        assert ["'page', which has too many values" in warning for warning in answer.warnings] == [True]
    assert site.ask("overview").journeys == 50


def test_values_of_wide_attributes_survive_many_loads_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "MAX_VALUES", 5)
    site = make_workspace(tmp_path / "ws", visits(0, 10))
    for first in range(10, 40, 10):
        load_rows(site, visits(first, first + 10))
    saved = site.store.dictionaries(site.store.head)
    assert saved.wide_values(["attribute:page", "activity"]) == {"attribute:page": [f"page{n}" for n in range(40)]}
    assert "attribute:page" not in saved.values
    assert {path.stem for path in site.folder.glob("dictionaries-*")} >= {Path(site.store.head.dictionaries or "").stem}


def test_a_load_that_costs_an_attribute_its_codes_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "MAX_CODED", 45)
    site = make_workspace(tmp_path / "ws", visits(0, 40))
    path = tmp_path / "more.csv"
    path.write_text("customer_id,time,activity,page\n" + "".join(f"d{n},2026-01-01,view,new{n}\n" for n in range(10)))
    assert ["'page' has more than 45 values" in note for note in site.load([path], "events").files[0].notes] == [True]
