"""Published and recounted numbers of public process logs.

Counts of running-example and receipt were recounted from the files with the standard library alone; those of the BPI
Challenges, Sepsis and Road Traffic Fines are their owners' (4TU) and the literature's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tropa.sources import Reading
from tropa.workspace.workspace import Workspace

pytestmark = pytest.mark.real_data


def _load(folder: Path, file: Path, **how: Any) -> Workspace:
    workspace = Workspace.create(folder / "ws")
    report = workspace.load([file], "events", Reading(**how))
    assert report.files[0].set_aside == 0
    return workspace


def _counts(workspace: Workspace) -> tuple[int, int, int, int]:
    """Cases, events, activities, variants."""
    variants = workspace.ask("variants", unit="case")
    return variants.journeys, variants.events, len(_nodes(workspace)), variants.result.total


def _nodes(workspace: Workspace) -> dict[str, Any]:
    return {node.node: node for node in workspace.ask("transitions", unit="case").result.nodes}


def _edges(workspace: Workspace) -> dict[tuple[str, str], int]:
    edges = workspace.ask("transitions", unit="case").result.edges
    return {(edge.source, edge.target): edge.count for edge in edges}


def test_running_example(shared_data: Path, tmp_path: Path) -> None:
    """Six cases, 16 edges that are gone 36 times, 6 variants, 966,890 s on average."""
    workspace = _load(tmp_path, shared_data / "running_example" / "running-example.csv")
    assert _counts(workspace) == (6, 42, 8, 6)
    edges = _edges(workspace)
    assert (len(edges), sum(edges.values())) == (16, 36)
    assert edges["check ticket", "decide"] == max(edges.values()) == 6
    variants = workspace.ask("variants", unit="case").result.variants
    assert sum(variant.mean_seconds for variant in variants) / 6 == pytest.approx(966_890)


def test_receipt(shared_data: Path, tmp_path: Path) -> None:
    """1,434 cases: 116 variants, the first lived 713 times; 99 edges gone 7,143 times."""
    file = next((shared_data / "receipt_coselog").glob("*.xes.gz"))
    workspace = _load(tmp_path, file)
    assert _counts(workspace) == (1434, 8577, 27, 116)
    assert workspace.ask("variants", unit="case").result.variants[0].journeys == 713
    edges = _edges(workspace)
    assert (len(edges), sum(edges.values())) == (99, 7143)
    starting = {(source[:4], target[:4]): count for (source, target), count in edges.items()}
    assert starting["T04 ", "T05 "] == 1177
    assert starting["T06 ", "T10 "] == 1165
    ends = {name: node.ends for name, node in _nodes(workspace).items() if node.ends}
    assert (len(ends), sum(ends.values())) == (14, 1434)
    assert next(count for name, count in ends.items() if name.startswith("T10")) == 828


def test_bpi_challenge_2012(shared_data: Path, tmp_path: Path) -> None:
    """13,087 applications for a loan: 24 activities, 4,366 variants, and the funnel from pre-accepted to accepted."""
    workspace = _load(tmp_path, shared_data / "bpic2012" / "BPI_Challenge_2012.xes.gz")
    assert _counts(workspace) == (13_087, 262_200, 24, 4_366)
    steps = ["A_PREACCEPTED", "A_ACCEPTED", "A_FINALIZED", "O_SENT", "O_SENT_BACK", "O_ACCEPTED"]
    nodes = _nodes(workspace)
    assert [nodes[step].journeys for step in steps] == [7367, 5113, 5015, 5015, 3254, 2243]
    assert nodes["A_ACTIVATED"].journeys == 2246
    assert nodes["A_DECLINED"].journeys == 7635
    assert nodes["A_CANCELLED"].journeys == 2807
    ordered = [step.journeys for step in workspace.ask("funnel", unit="case", steps=steps).result.steps]
    assert ordered == [7367, 5113, 5015, 5015, 3254, 2243]


@pytest.mark.parametrize(
    ("name", "cases", "events", "variants"), [("incidents", 7554, 65_533, 1511), ("closed", 1487, 6660, 327)]
)
def test_bpi_challenge_2013(
    name: str, cases: int, events: int, variants: int, shared_data: Path, tmp_path: Path
) -> None:
    file = next(
        path for path in (shared_data / "bpic2013").iterdir() if name in path.name.lower() and ".xes" in path.name
    )
    found = _counts(_load(tmp_path, file))
    assert (found[0], found[1], found[3]) == (cases, events, variants)


def test_sepsis(shared_data: Path, tmp_path: Path) -> None:
    """1,050 patients, 16 activities, 846 variants; 294 return to the emergency room."""
    workspace = _load(tmp_path, next((shared_data / "sepsis").glob("*.xes.gz")))
    assert _counts(workspace) == (1050, 15_214, 16, 846)
    assert _nodes(workspace)["Return ER"].journeys == 294


@pytest.mark.slow
def test_road_traffic_fines(shared_data: Path, tmp_path: Path) -> None:
    """150,370 fines: 11 activities, 231 variants."""
    workspace = _load(tmp_path, next((shared_data / "road_traffic_fines").glob("*.xes.gz")))
    assert _counts(workspace) == (150_370, 561_470, 11, 231)
    events = {name: node.events for name, node in _nodes(workspace).items()}
    assert events["Create Fine"] == 150_370
    assert events["Send Fine"] == 103_987
    assert events["Insert Fine Notification"] == events["Add penalty"] == 79_860
    assert events["Payment"] == 77_601
    assert events["Send for Credit Collection"] == 59_013


def test_transition_graph_of_retentioneering(tmp_path: Path) -> None:
    """18 events of 3 users, all at one time: only the order of being told tells them apart.

    Origin: Retentioneering 5.2, tests/tools/transition_matrix_input.csv and transition_matrix_test.py (Apache-2.0).
    """
    stories = {
        ("user_1", "session_1"): "ABCABC",
        ("user_1", "session_2"): "BBB",
        ("user_2", "session_3"): "ABABCC",
        ("user_3", "session_4"): "BBB",
    }
    lines = [
        f"{user},{session},{activity},2020-01-01 00:00:00"
        for (user, session), story in stories.items()
        for activity in story
    ]
    file = tmp_path / "stream.csv"
    file.write_text("customer_id,case_id,activity,time\n" + "\n".join(lines) + "\n")
    workspace = _load(tmp_path, file)

    def matrix(unit: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        result = workspace.ask("transitions", unit=unit).result
        edges = {edge.source + edge.target: edge.count for edge in result.edges}
        starts = {node.node: node.starts for node in result.nodes if node.starts}
        return edges, starts, {node.node: node.ends for node in result.nodes if node.ends}

    by_user = {"AB": 4, "BA": 1, "BB": 4, "BC": 3, "CA": 1, "CB": 1, "CC": 1}
    assert matrix("customer") == (by_user, {"A": 2, "B": 1}, {"B": 2, "C": 1})
    by_session = {"AB": 4, "BA": 1, "BB": 4, "BC": 3, "CA": 1, "CC": 1}
    assert matrix("case") == (by_session, {"A": 2, "B": 2}, {"B": 2, "C": 2})
    unique = {
        edge.source + edge.target: edge.journeys for edge in workspace.ask("transitions", unit="case").result.edges
    }
    assert unique == {"AB": 2, "BA": 1, "BB": 2, "BC": 2, "CA": 1, "CC": 1}
