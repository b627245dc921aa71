"""Queue and work in BPI Challenge 2012 (a Dutch bank's loan applications), from SCHEDULE, START and COMPLETE.

Origin of the log: van Dongen, 4TU.ResearchData, doi 10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f. The description
beside the file gives queues in hours and mean working times in minutes, counted by somebody else; they are compared
here to the precision in which they are told.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tests.helpers import Row, make_workspace

NAMES = {
    "concept:name": "activity",
    "time:timestamp": "time",
    "org:resource": "performer",
    "lifecycle:transition": "lifecycle:transition",
}


def events(log: Path) -> Iterator[Row]:
    with gzip.open(log) as opened:
        for _, trace in etree.iterparse(opened, tag="{*}trace"):
            case = next(child.get("value") for child in trace if child.get("key") == "concept:name")
            for event in trace.iterfind("{*}event"):
                told = {NAMES[child.get("key")]: child.get("value") for child in event if child.get("key") in NAMES}
                yield {"customer_id": case, **told}
            trace.clear()


@pytest.mark.real_data
@pytest.mark.slow
def test_bpi_challenge_2012(tmp_path: Path, shared_data: Path) -> None:
    log = list(events(shared_data / "bpic2012" / "BPI_Challenge_2012.xes.gz"))
    assert len(log) == 262_200
    result = make_workspace(tmp_path / "ws", log).ask("waits").result
    steps = {row.name: row for row in result.steps}
    told = {
        name: (row.queue_median_seconds / 3600, row.service_mean_seconds / 60)
        for name, row in steps.items()
        if row.queue_median_seconds and row.service_mean_seconds
    }
    expected = {
        "W_Valideren aanvraag": (25.8, 20.9),
        "W_Completeren aanvraag": (1.8, 10.2),
        "W_Afhandelen leads": (0.7, 16.9),
    }
    for name, (queue_hours, work_minutes) in expected.items():
        assert told[name][0] == pytest.approx(queue_hours, rel=0.01, abs=0.06)
        assert told[name][1] == pytest.approx(work_minutes, abs=0.05)
    assert told["W_Nabellen incomplete dossiers"][1] == pytest.approx(12.7, abs=0.05)
    assert told["W_Nabellen offertes"][1] == pytest.approx(9.3, abs=0.05)
    assert (steps["W_Nabellen offertes"].queue_mean_seconds or 0) / 3600 == pytest.approx(67.7, abs=0.05)
