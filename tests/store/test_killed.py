"""A load that is killed leaves the workspace as it was before or after, never between."""

from __future__ import annotations

import dataclasses
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tropa.errors import TropaError
from tropa.workspace.workspace import Workspace

Run = Callable[..., dict[str, Any]]

# A machine that does other things besides takes several times as long.
pytestmark = pytest.mark.timeout(600)

QUESTIONS = ("overview", "variants")
FULL = 20

# `make soak` kills more often.
KILLS = int(os.environ.get("TROPA_KILLS", "7"))


def _plain(value: Any) -> Any:
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value


def state(folder: Path) -> dict[str, Any]:
    """Everything that a person sees: answers, ledger, rows set aside, links refused."""
    workspace = Workspace(folder)
    answers: dict[str, Any] = {}
    for slug in QUESTIONS:
        answer = workspace.ask(slug)
        answers[slug] = (answer.journeys, answer.events, _plain(answer.result))
        answers[slug][2].pop("loaded_at", None)
        answers[slug][2].pop("freshness", None)
    head = workspace.store.head
    ledger = sorted(
        (load.kind, load.file, load.read, load.loaded, load.set_aside, load.duplicates) for load in head.loads
    )
    named = {load.rejects for load in head.loads if load.rejects is not None}
    rejects = sorted(line for name in named for line in (folder / "rejects" / name).read_text("utf-8").splitlines()[1:])
    return {
        "answers": answers,
        "ledger": ledger,
        "rejects": rejects,
        "refused": workspace.store.refused_identifiers(),
    }


def _events(path: Path, rows: int, first: int, seed: int, customers: int = 400) -> Path:
    """Events with keys; a tenth repeats keys of before, two in a hundred cannot be read."""
    draw = random.Random(seed)
    lines = ["customer_id,time,activity,channel,event_id,region"]
    for number in range(rows):
        key = f"e{first + number}" if draw.random() > 0.1 else f"e{draw.randrange(first + number + 1)}"
        when = f"2026-01-{draw.randrange(1, 29):02d}T{draw.randrange(20):02d}:{draw.randrange(60):02d}:00"
        when = when if draw.random() > 0.02 else "yesterday"
        activity, channel = draw.choice("abcdef"), draw.choice(("web", "app", ""))
        lines.append(f"c{draw.randrange(customers)},{when},{activity},{channel},{key},r{draw.randrange(5)}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace with a first load in it, and files of every kind for a second one."""
    folder = tmp_path_factory.mktemp("company")
    first = _events(folder / "first.csv", 6_000, 0, 1)
    files = {
        "events": _events(folder / "events.csv", 12_000, 4_000, 2),
        "more": _events(folder / "more.csv", 2_000, 0, 3),
    }
    draw = random.Random(4)
    links = [f"c{draw.randrange(400)},c{draw.randrange(400)}" for _ in range(60)]
    files["identities"] = folder / "identities.csv"
    files["identities"].write_text("identifier_a,identifier_b\n" + "\n".join(links) + "\n")
    files["customers"] = folder / "customers.csv"
    files["customers"].write_text("customer_id,tariff\n" + "".join(f"c{n},t{n % 3}\n" for n in range(400)))
    files["feedback"] = folder / "feedback.csv"
    answers = [
        f"c{draw.randrange(450)},2026-01-{draw.randrange(1, 29):02d},nps,{draw.randrange(12)}" for _ in range(900)
    ]
    files["feedback"].write_text("customer_id,time,kind,score\n" + "\n".join(answers) + "\n")
    base = folder / "workspace"
    Workspace.create(base).load([first], "events")
    state(base)
    return {"base": base, **files}


LOADS = {
    "two files of events": ("events", "more"),
    "identities": ("identities",),
    "customers": ("customers",),
    "feedback": ("feedback",),
}


def _arguments(name: str, company: dict[str, Path]) -> tuple[object, ...]:
    kind = LOADS[name][0]
    return (*(company[file] for file in LOADS[name]), "--as", kind)


def _check(folder: Path, before: dict[str, Any], after: dict[str, Any], files: list[Path], kind: Any) -> bool:
    """The killed workspace is one or the other, and the same load then makes it the other; whether it was before."""
    found = state(folder)
    assert found in (before, after)
    report = Workspace(folder).load(files, kind)
    assert [taken.before for taken in report.files] == [found == after] * len(files)
    assert state(folder) == after
    ledger = {load.rejects for load in Workspace(folder).store.head.loads if load.set_aside}
    assert {file.name for file in (folder / "rejects").glob("*")} == ledger
    return bool(found == before)


@pytest.mark.parametrize("name", LOADS)
def test_killed_at_any_step_is_before_or_after(
    name: str, company: dict[str, Path], run_tropa: Run, tmp_path: Path
) -> None:
    """Killed just before one of the changes that the command makes to files of the workspace."""
    files, kind = [company[file] for file in LOADS[name]], LOADS[name][0]
    before = state(company["base"])
    whole = tmp_path / "whole"
    shutil.copytree(company["base"], whole)
    done = run_tropa("load", whole, *_arguments(name, company), folder=str(whole))
    assert done["status"] == 0
    after = state(whole)
    assert after != before
    # The head is replaced by the load, and again when the journeys are made: just before and after are what matters.
    (taken, made), steps = done["heads"], done["steps"]
    around = {taken - 1, taken, taken + 1, made + 1}
    elsewhere = {1, taken // 2, made, steps} if name == next(iter(LOADS)) or KILLS >= FULL else set()
    chosen = sorted(around | elsewhere)
    was_before = []
    for step in chosen:
        folder = tmp_path / f"step{step}"
        shutil.copytree(company["base"], folder)
        ended = run_tropa("load", folder, *_arguments(name, company), folder=str(folder), kill_at_step=step)
        assert ended["killed"]
        was_before.append(_check(folder, before, after, files, kind))
        shutil.rmtree(folder)
    assert was_before == [step <= taken for step in chosen], "before, and from the one moment on after"


@pytest.mark.slow
def test_killed_at_any_moment_is_before_or_after(company: dict[str, Path], run_tropa: Run, tmp_path: Path) -> None:
    """Kills spread evenly over the time that the load takes, also inside of code that is not Python's."""
    name = "two files of events"
    files = [company[file] for file in LOADS[name]]
    before = state(company["base"])
    took = []
    for turn in range(2):
        whole = tmp_path / f"whole{turn}"
        shutil.copytree(company["base"], whole)
        took.append(run_tropa("load", whole, *_arguments(name, company))["seconds"])
    after = state(tmp_path / "whole0")
    kills = 0
    for turn in range(KILLS):
        folder = tmp_path / "killed"
        shutil.copytree(company["base"], folder)
        moment = min(took) * (turn + 0.5) / KILLS
        kills += run_tropa("load", folder, *_arguments(name, company), kill_after_seconds=moment)["killed"]
        _check(folder, before, after, files, "events")
        shutil.rmtree(folder)
    assert kills >= KILLS / 2, "most kills have to fall into the load"


def test_killed_twice_in_a_row(company: dict[str, Path], run_tropa: Run, tmp_path: Path) -> None:
    """Remains of one killed load do not confuse the next one that is killed."""
    before = state(company["base"])
    folder = tmp_path / "workspace"
    shutil.copytree(company["base"], folder)
    args = ("load", folder, company["events"], "--as", "events")
    steps = 0
    for step in (8, 6, 4, 7):
        assert run_tropa(*args, folder=str(folder), kill_at_step=step)["killed"]
        steps += 1
        assert state(folder) == before
    assert steps == 4
    assert run_tropa(*args)["status"] == 0
    whole = tmp_path / "whole"
    shutil.copytree(company["base"], whole)
    Workspace(whole).load([company["events"]], "events")
    assert state(folder) == state(whole)


def test_first_load_killed_leaves_an_empty_workspace(company: dict[str, Path], run_tropa: Run, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    Workspace.create(whole)
    steps = run_tropa("load", whole, company["events"], "--as", "events", folder=str(whole))["steps"]
    after = state(whole)
    empty = 0
    for step in (2, 6, steps // 2, steps - 2, steps):
        folder = tmp_path / f"step{step}"
        Workspace.create(folder)
        assert run_tropa("load", folder, company["events"], "--as", "events", folder=str(folder), kill_at_step=step)[
            "killed"
        ]
        if Workspace(folder).store.head.loads:
            assert state(folder) == after
        else:
            empty += 1
            with pytest.raises(TropaError, match="no events yet"):
                state(folder)
        Workspace(folder).load([company["events"]], "events")
        assert state(folder) == after
    assert empty >= 2


def test_killed_process_itself(company: dict[str, Path], tmp_path: Path) -> None:
    """The command as a person starts it, killed while it runs; the forks above are no other thing."""
    before = state(company["base"])
    folder = tmp_path / "workspace"
    shutil.copytree(company["base"], folder)
    command = [sys.executable, "-m", "tropa.cli", "load", str(folder), str(company["events"]), "--as", "events"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while process.poll() is None and not list((folder / "log" / "events").glob("00000003-*")):
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = tmp_path / "after"
    shutil.copytree(company["base"], after)
    Workspace(after).load([company["events"]], "events")
    _check(folder, before, state(after), [company["events"]], "events")
