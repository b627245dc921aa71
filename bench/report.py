"""What was measured, as Markdown."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bars import bars, ratio
from measure import OURS, Measured
from peers.peer import FUNNEL, FUNNEL_UNLIMITED, THREADS, TRANSITIONS, VARIANTS
from process import cores
from worker import PEERS, peer_class

ASKED = {
    TRANSITIONS: "direct successions of activities: how often, and mean time between",
    FUNNEL: "five steps in order within seven days, best over all entries: customers who reached each step",
    VARIANTS: "distinct orders of activities: how many there are, and the twenty most frequent",
    FUNNEL_UNLIMITED: "the same five steps with no limit of time",
}


def machine() -> str:
    """What all this ran on."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{model}, {len(cores())} cores used by everybody, {total:.0f} GB of memory, Python {platform.python_version()}"
    )


def versions(names: list[str]) -> str:
    told = []
    for name in names:
        kind = peer_class(name)
        try:
            told.append(f"{kind.title} {version(kind.package)}")
        except PackageNotFoundError:
            told.append(kind.title)
    return ", ".join(told)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:,.0f}"


def question_table(measured: Measured, question: str) -> str:
    """All forms of all peers for one question; ours first, then by time."""
    rows = []
    ours = measured.fastest(question, OURS)
    for name, forms in measured.timings.get(question, {}).items():
        for form, timing in forms.items():
            times = "" if ours is None or name == OURS else f"{timing.best / ours[1].best:.1f}"
            told = [
                f"{peer_class(name).title}: {form}" if name != OURS else "**Tropa**",
                _seconds(timing.best),
                _seconds(sorted(timing.seconds)[len(timing.seconds) // 2]),
                _seconds(timing.best_cpu),
                times,
                _megabytes(timing.peak_bytes),
            ]
            rows.append((name != OURS, timing.best, told))
    rows.sort(key=lambda row: row[:2])
    head = ["", "best, s", "median, s", "CPU, s", "× Tropa", "peak memory, MB"]
    text = table(head, [row[2] for row in rows])
    silent = measured.silent.get(question, {})
    if silent:
        text += "\n\nNot asked: " + "; ".join(f"{peer_class(name).title}: {why}" for name, why in silent.items()) + "."
    return text


def load_table(measured: Measured) -> str:
    rows = [
        [
            peer_class(name).title,
            _seconds(report["seconds"]),
            f"{measured.events / report['seconds']:,.0f}",
            _seconds(report["cpu_seconds"]),
            _megabytes(report["peak_bytes"]),
        ]
        for name, report in measured.loads.items()
    ]
    return table(["", "s", "events/s", "CPU, s", "peak memory, MB"], rows)


def alone_text(measured: Measured) -> str:
    alone = measured.alone
    if not alone:
        return ""
    floor = alone["floor"]
    rate = floor["bytes"] / 1e9
    parts = [
        "A fresh process opens the workspace and gives its first answer after "
        f"**{alone['first_answer_seconds']:.2f} s**, the start of Python and the imports included; "
        "opening and answering alone take "
        f"{alone['open_and_ask_seconds']:.2f} s.",
        f"The floor: summing the columns that the transition graph reads ({rate:.2f} GB) takes "
        f"{floor['sum_1']:.3f} s on one thread and {floor['sum_2']:.3f} s on two; the fold takes "
        f"{floor['fold_1']:.3f} s and {floor['fold_2']:.3f} s: {floor['fold_1'] / floor['sum_1']:.1f} and "
        f"{floor['fold_2'] / floor['sum_2']:.1f} times the floor.",
    ]
    rows = []
    for slug, facts in alone["analyses"].items():
        if "error" in facts:
            rows.append([slug, "failed: " + facts["error"], "", ""])
        else:
            rows.append(
                [slug, _seconds(facts["seconds"]), _megabytes(facts["peak_bytes"]), _megabytes(facts["own_bytes"])]
            )
    head = ["each analysis in a fresh process", "s", "peak memory, MB", "of it not mapped files, at the end, MB"]
    return "\n\n".join([*parts, table(head, rows)])


def size_text(measured: Measured) -> str:
    parts = [f"## {measured.events / 1e6:g} million events"]
    reached = bars(measured)
    if reached:
        rows = [[bar.what, bar.asked, bar.reached, "yes" if bar.met else "**no**"] for bar in reached]
        parts.append(table(["bar", "asked", "reached", "met"], rows))
    for question in measured.timings:
        parts += [f"### {question}", ASKED[question].capitalize() + ".", question_table(measured, question)]
    parts += ["### Loading", load_table(measured)]
    if measured.alone:
        parts += ["### Tropa alone", alone_text(measured)]
    if measured.disagreements:
        parts += ["### Answers that differ", "\n".join(f"- {line}" for line in measured.disagreements)]
    return "\n\n".join(parts)


def summary(everything: list[Measured], names: list[str]) -> str:
    """Times that each peer's fastest form takes, as multiples of ours, by size."""
    rows = []
    for question in (TRANSITIONS, FUNNEL, VARIANTS, FUNNEL_UNLIMITED):
        for measured in everything:
            ours = measured.fastest(question, OURS)
            if ours is None:
                continue
            ratios = [ratio(measured, question, name) for name in names if name != OURS]
            rows.append(
                [question, f"{measured.events / 1e6:g}", _seconds(ours[1].best)]
                + ["–" if value is None else f"{value:.1f} ×" for value in ratios]
            )
    titles = [peer_class(name).title for name in names if name != OURS]
    return table(["question", "million events", "Tropa, s", *titles], rows)


def whole(everything: list[Measured], repeat: int, load: float) -> str:
    names = [
        name for name in PEERS if any(name in measured.loads or _silent(measured, name) for measured in everything)
    ]
    head = f"""# Benchmark

Made by `make bench` on {dt.datetime.now(dt.UTC):%Y-%m-%d}; every number below is from that one run.

{machine()}. {versions(names)}. Load of the machine when the run began: {load:.1f}.

The events are generated, the same each time: 30 activities in a chain with one strong main way and many detours,
about 14 events a customer, rows in order of time with all customers mixed. All tools answer the same questions, each
in a process of its own, with {THREADS} threads on the same {len(cores())} cores; they take turns within one run, so
that noise hits all alike. Each has its data where it likes it best: ClickHouse in a MergeTree table in the order of
customers and times, DuckDB in such a table of its own, Polars in a sorted frame in memory, all with the smallest types
(numbers for customers, enumerations for activities); PM4Py and Retentioneering as they format it themselves. Every
form of a question that was tried is in the tables and the fastest one counts. After a warm-up each is asked
{repeat} times (slow ones less often); nobody keeps answers between runs. Answers are compared: counts have to be equal,
means to one in a million; a tool that disagrees fails the run. Retentioneering tells the median of times, no mean: only
its counts are compared.

CPU is the time of both cores together. Peak memory is the resident memory of the process at its highest during the
question, pages of mapped files included (the kernel can take those back at any time).

## How many times longer the others take
"""
    sizes = "\n\n".join(size_text(measured) for measured in everything)
    return f"{head}\n{summary(everything, names)}\n\n{sizes}\n"


def _silent(measured: Measured, name: str) -> bool:
    return any(name in silent for silent in measured.silent.values())
