"""What was measured, as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from bench.truth.score import MEASURES, PLANTED, VERDICTS, Tally

from tropa.stats.intervals import wilson

# What issue 3 asks for; None: no bar.
BARS = {
    "barrier recall": 0.95, "barrier precision": 0.95, "inconvenience recall": 0.95, "inconvenience precision": 0.95,
    "kind right of decided": 0.95, "effect in interval": 0.90, "runs with nothing wrong, clean": 0.95,
    "where right": 0.90, "since within 3 days": 0.90,
}  # fmt: skip
NAIVE_MEASURES = (*MEASURES[:8], "runs with nothing wrong, clean")


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def share(hits: int, n: int) -> str:
    """`0.95 (0.93-0.97), 380 of 400`."""
    if n == 0:
        return "–"
    at = wilson(hits, n)
    return f"{hits / n:.3f} ({at.low:.3f}–{at.high:.3f}), {hits} of {n}"


def measures(total: Tally, naive: Tally) -> str:
    """All measures, with intervals, beside the correlation list."""
    rows = []
    for name in MEASURES:
        bar = BARS.get(name)
        mine, theirs = total.rates.get(name, (0, 0)), naive.rates.get(name, (0, 0))
        beside = share(*theirs) if name in NAIVE_MEASURES else "–"
        if mine[1]:
            rows.append([name, "" if bar is None else f"≥ {bar:.2f}", share(*mine), beside])
    return grid(["measure", "asked", "Tropa", "correlation list"], rows)


def by_company(tallies: Mapping[str, Tally]) -> str:
    """Right ones of all, a column a company."""
    rows = []
    for name in MEASURES:
        counts = [tally.rates.get(name, (0, 0)) for tally in tallies.values()]
        if any(n for _, n in counts):
            rows.append([name, *("–" if not n else f"{hits} of {n}" for hits, n in counts)])
    for name in ("bottleneck", "gap", "moment of truth", "single case"):
        rows.append([f"{name}: further ones told", *(str(tally.extras[name]) for tally in tallies.values())])
    return grid(["measure", *tallies], rows)


def kinds(total: Tally, naive: Tally) -> str:
    """What was said (columns) of what was planted (rows); the correlation list stands in brackets."""
    rows = [
        [kind, *(f"{total.kinds[(kind, said)]} ({naive.kinds[(kind, said)]})" for said in VERDICTS)] for kind in PLANTED
    ]
    return grid(["planted", *VERDICTS], rows)


def errors(total: Tally, naive: Tally) -> str:
    """Mean error of the effect on the goal, in points of the share, and how wide the errors are in their own unit."""
    rows = []
    for kind in PLANTED:
        for name, tally in (("Tropa", total), ("correlation list", naive)):
            mine = [(error, claimed) for of, error, claimed in tally.errors if of == kind]
            if len(mine) > 1:
                bias = statistics.fmean(error for error, _ in mine)
                spread = [error / claimed for error, claimed in mine if claimed > 0]
                scale = f"{statistics.fmean(spread):+.2f} ± {statistics.pstdev(spread):.2f}" if spread else "–"
                rows.append([f"{kind}, {name}", str(len(mine)), f"{100 * bias:+.2f}", scale])
    return grid(["effect on the goal", "estimates", "mean error, points", "error / its standard error"], rows)


def chapter(title: str, tallies: Mapping[str, Tally], naives: Mapping[str, Tally]) -> str:
    total, naive = Tally(), Tally()
    for tally in tallies.values():
        total.add(tally)
    for tally in naives.values():
        naive.add(tally)
    parts = [
        f"## {title}",
        measures(total, naive),
        "Right ones of all, by company:",
        by_company(tallies),
        "What was said of what was planted (in brackets: the correlation list):",
        kinds(total, naive),
        "Errors of the estimated effects:",
        errors(total, naive),
    ]
    return "\n\n".join(parts)
