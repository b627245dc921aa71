"""`make truth`: companies with planted truth, what Tropa says of them, and how much of it is right."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.truth.aliens import ALIENS
from bench.truth.score import Tally, score
from bench.truth.table import chapter
from bench.truth.work import Task, run

HEAD = """\
# Truth

Made by `make truth`; do not edit by hand.

Companies are simulated with obstacles built in: barriers, inconveniences, and harmless ones that only look bad, because
of who meets them, when, or how long the journey is. The effect of each is known, for the same customers are lived a
second time without it, with the same random numbers. Tropa gets the files that a company would bring (events, feedback,
customers, the map), nothing else, through the commands that everybody uses. What `tropa find --all` says is held
against what was planted.

A finding is right when kind, obstacle and touchpoint are those of a planted row, or when it names the same events seen
otherwise (the row says under which names); each row counts once, and everything else that is called a barrier or an
inconvenience counts as false. *Kind right of decided* leaves out what was said to be undetermined; *of planted* counts
it as wrong. *Effect in interval*: the true effect lies in the 95 % interval. *Where right*: the planted segments are
named, and first. Shares stand with Wilson's 95 % interval and the counts.

The *correlation list* is what a dashboard shows: the goal rate of those who ever met an obstacle less that of those who
never did, a z-test at 5 %, and the same for scores. It is asked only about what was planted, and told the true
activities and thresholds, which no dashboard knows.
"""

OWN = ("bank", "delivery", "fintech", "school", "tshirts", "calm")


def seeds(text: str) -> list[int]:
    """`1-3,7`."""
    chosen: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        chosen.extend(range(int(first), int(last or first) + 1))
    return chosen


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make truth", description=__doc__)
    parser.add_argument("--companies", default=",".join((*OWN, *ALIENS)), help="names, with commas")
    parser.add_argument("--large", default="", help="those of them that are made large too; all unless told")
    parser.add_argument("--customers", type=int, default=100_000, help="of a large company")
    parser.add_argument("--seeds", type=seeds, default=seeds("101-103"), help="of large companies, such as 1-3,7")
    parser.add_argument("--small", type=int, default=5_000, help="customers of a small company")
    parser.add_argument("--small-seeds", type=seeds, default=seeds("201-203"), help="of small companies; '' for none")
    parser.add_argument("--often", default="tshirts", help="the small company that is made most often")
    parser.add_argument("--often-seeds", type=seeds, default=seeds("501-550"), help="of that one; '' for none")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--misses", action="store_true", help="also print every single thing that was wrong")
    parser.add_argument("--json", type=Path, help="write the counts and all misses there")
    parser.add_argument("--markdown", type=Path, help="write the page there, such as docs/truth.md")
    return parser.parse_args(given)


def results(tasks: Sequence[Task], processes: int) -> Iterator[dict[str, Any]]:
    """Runs in the order of the tasks; told on standard error as they end."""
    began = time.monotonic()
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        for done, result in enumerate(pool.map(run, tasks), 1):
            what = result.get("failed") or f"{result['find_seconds']:.1f} s of finding"
            name = f"{result['company']} {result['customers']} seed {result['seed']}"
            print(
                f"[{done}/{len(tasks)}, {time.monotonic() - began:.0f} s] {name}: {what}", file=sys.stderr, flush=True
            )
            yield result


def tallied(runs: Sequence[dict[str, Any]]) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Counts by company, of Tropa and of the correlation list."""
    ours: dict[str, Tally] = {}
    naives: dict[str, Tally] = {}
    for result in runs:
        name = result["company"]
        tally = score(result["truth"], result.get("findings", []))
        for miss in tally.missed:
            miss.update(company=name, customers=result["customers"], seed=result["seed"])
        ours.setdefault(name, Tally()).add(tally)
        naives.setdefault(name, Tally()).add(score(result["truth"], result["naive"]))
    return ours, naives


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    names = [name for name in asked.companies.split(",") if name]
    unknown = [name for name in (*names, asked.often) if name not in (*OWN, *ALIENS)]
    if unknown:
        print(f"There is no company {', '.join(unknown)}; there are {', '.join((*OWN, *ALIENS))}.", file=sys.stderr)
        return 2
    large = [name for name in names if not asked.large or name in asked.large.split(",")]
    groups = [
        (f"{title}, {size:,} customers, {len(of)} seeds", [name for name in members if name in group], size, of)
        for members, size, of in ((large, asked.customers, asked.seeds), (names, asked.small, asked.small_seeds))
        for title, group in (("The companies of `tropa simulate`", OWN), ("Companies of another make", tuple(ALIENS)))
    ]
    title = f"One small company, {asked.often}, {asked.small:,} customers, {len(asked.often_seeds)} seeds"
    groups.append((title, [asked.often], asked.small, asked.often_seeds))
    tasks = list(dict.fromkeys(Task(name, size, seed) for _, of, size, each in groups for seed in each for name in of))
    runs = list(results(tasks, asked.processes))
    chapters: list[str] = []
    plain: list[dict[str, Any]] = []
    failed = [r for r in runs if "failed" in r]
    for heading, members, size, of in groups:
        # A run that failed says nothing: counted as clean it would be praise.
        part = [
            r
            for r in runs
            if "failed" not in r and r["customers"] == size and r["seed"] in of and r["company"] in members
        ]
        if part:
            ours, naives = tallied(part)
            chapters.append(chapter(heading, ours, naives))
            plain.append({"title": heading, "companies": {name: _plain(tally) for name, tally in ours.items()}})
    print("\n\n".join(chapters))
    if asked.misses:
        for told in plain:
            for tally in told["companies"].values():
                print(*(json.dumps(miss, ensure_ascii=False) for miss in tally["missed"]), sep="\n")
    if asked.json:
        asked.json.write_text(json.dumps({"chapters": plain, "failed": failed}, ensure_ascii=False, indent=1) + "\n")
    if asked.markdown and not failed:
        asked.markdown.write_text(HEAD + "\n" + "\n\n".join(chapters) + "\n", encoding="utf-8")
    for result in failed:
        print(f"FAILED {result['company']} seed {result['seed']}: {result['failed']}", file=sys.stderr)
    return 1 if failed else 0


def _plain(tally: Tally) -> dict[str, Any]:
    kinds = {f"{kind} -> {verdict}": n for (kind, verdict), n in tally.kinds.items()}
    return {**vars(tally), "kinds": kinds}


if __name__ == "__main__":
    sys.exit(main())
