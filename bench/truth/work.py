"""One run: a company is made, loaded and asked for findings by the commands that users call, and scored."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.truth.aliens import ALIENS, make
from bench.truth.naive import correlation_list

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "truth"

# What the scorer reads; the rest (quotes, weeks, examples) would fill the cache.
KEPT = (
    "kind", "obstacle", "stage", "touchpoint", "activity", "threshold", "reached", "exposed", "on_goal", "on_score",
    "where", "since", "since_low", "since_high", "department", "customer_id", "case_id", "under", "reason", "compared",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A company of some size, made of a seed."""

    company: str
    customers: int
    seed: int

    @property
    def cached(self) -> Path:
        return CACHE / f"{self.company}-{self.customers}-{self.seed}-{version()}.json"


@cache
def version() -> str:
    """Of everything that a run depends on: a run is not taken from the cache when a line of it has changed."""
    told = hashlib.sha256()
    files = [*(ROOT / "src" / "tropa").rglob("*.py"), *(ROOT / "bench" / "truth" / "aliens").glob("*.py")]
    for path in sorted([*files, Path(__file__), Path(__file__).with_name("naive.py")]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]


def run(task: Task) -> dict[str, Any]:
    """Truth, findings and the correlation list of one company; `failed` says what went wrong instead of findings."""
    if task.cached.exists():
        known: dict[str, Any] = json.loads(task.cached.read_text(encoding="utf-8"))
        return known
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="truth-") as folder:
        files, workspace = Path(folder) / "files", Path(folder) / "workspace"
        truth = _made(task, files)
        found, seconds = _found(files, workspace, "UTC" if task.company in ALIENS else "Europe/Moscow")
        naive = correlation_list(files, truth)
    result = {
        "company": task.company,
        "customers": task.customers,
        "seed": task.seed,
        "truth": {"findings": truth["findings"], "harmless": truth["harmless"]},
        "naive": naive,
        "find_seconds": seconds,
        "seconds": time.perf_counter() - began,
        **found,
    }
    if "failed" not in result:
        task.cached.parent.mkdir(parents=True, exist_ok=True)
        half = task.cached.with_suffix(".half")
        half.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        half.replace(task.cached)
    return result


def _made(task: Task, files: Path) -> dict[str, Any]:
    if task.company in ALIENS:
        return make(task.company, files, task.customers, task.seed)
    from tropa.simulate import simulate

    simulate(task.company, files, customers=task.customers, seed=task.seed)
    told: dict[str, Any] = json.loads((files / "truth.json").read_text(encoding="utf-8"))
    return told


def _found(files: Path, workspace: Path, timezone: str) -> tuple[dict[str, Any], float]:
    """What `tropa find` says, and how many seconds it thought."""
    for arguments in (
        ["init", workspace, "--timezone", timezone],
        ["map", workspace, "import", files / "map.yaml"],
        ["load", workspace, files / "customers.csv", "--as", "customers"],
        ["load", workspace, files / "events.csv", "--as", "events"],
        ["load", workspace, files / "feedback.csv", "--as", "feedback"],
    ):
        status, told = command([*map(str, arguments), "--json"])
        if status:
            return {"failed": _failure(arguments[0], told)}, 0.0
    began = time.perf_counter()
    status, told = command(["find", str(workspace), "--all", "--json"])
    seconds = time.perf_counter() - began
    if status:
        return {"failed": _failure("find", told)}, seconds
    answer = json.loads(told)
    findings = [{key: row[key] for key in KEPT if row.get(key) is not None} for row in answer["findings"]]
    return {"findings": findings, "tested": answer["tested"], "journeys": answer["journeys"]}, seconds


def _failure(what: object, told: str) -> str:
    return f"{what}: {' '.join(told.split())[:500]}"


def command(arguments: Sequence[str]) -> tuple[int, str]:
    """Exit status and standard output of `tropa`, called within this process: its loops are compiled only once."""
    from tropa.cli import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        try:
            main(list(arguments))
        except SystemExit as ended:
            return (ended.code if isinstance(ended.code, int) else 1), said.getvalue()
        except Exception as error:  # a traceback of the product is a result of the measurement, not its end
            return 1, f"{said.getvalue()}{type(error).__name__}: {error}"
    return 0, said.getvalue()
