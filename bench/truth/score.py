"""How far findings agree with what was planted: matching of rows, then counts that add up over companies.

A finding is right when its kind, obstacle and touchpoint are those of a planted row (or its obstacle is one of the
row's `also`: the same events seen otherwise), or when the row stands in its `under` list. Each row is found at most
once, each finding serves one row; further reports of the same events are neither hits nor false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Pair = tuple[str, str]

HARMFUL = ("barrier", "inconvenience")
PLANTED = (*HARMFUL, "harmless")
VERDICTS = (*PLANTED, "undetermined", "not tested")
SINCE_DAYS = 3

# The measures, in the order of the table; each counts right ones among all.
MEASURES = (
    "barrier recall", "barrier precision", "inconvenience recall", "inconvenience precision", "kind right of decided",
    "kind right of planted", "effect in interval", "effect in interval, barriers", "where right", "where named",
    "since within 3 days", "no onset invented", "runs with nothing wrong, clean", "bottleneck", "gap",
    "moment of truth", "single case",
)  # fmt: skip


@dataclass
class Tally:
    """Counts of one run, or of many: they add up.

    rates: measure to (right, all). kinds: (planted kind, verdict) to rows. errors: of each estimated effect: planted
    kind, estimate less truth, and the standard error that it claims. missed: what went wrong, for people.
    """

    rates: dict[str, tuple[int, int]] = field(default_factory=dict)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    extras: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, float, float]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)
    runs: int = 0

    def count(self, measure: str, right: bool) -> None:
        hits, n = self.rates.get(measure, (0, 0))
        self.rates[measure] = (hits + right, n + 1)

    def add(self, other: Tally) -> None:
        for measure, (hits, n) in other.rates.items():
            mine = self.rates.get(measure, (0, 0))
            self.rates[measure] = (mine[0] + hits, mine[1] + n)
        self.kinds.update(other.kinds)
        self.extras.update(other.extras)
        self.errors.extend(other.errors)
        self.missed.extend(other.missed)
        self.runs += other.runs


def pair(row: Row) -> Pair:
    return str(row.get("obstacle")), str(row.get("touchpoint"))


def names(row: Row) -> set[Pair]:
    """All pairs under which a planted row may rightly be seen."""
    obstacles = [row["obstacle"], *row.get("also", ())]
    return {(obstacle, place) for obstacle in obstacles for place in (row["touchpoint"], *row.get("also_at", ()))}


def closeness(row: Row, finding: Row) -> int:
    """How closely a finding names a planted row: 4 its very activity, 3 its pair, 2 another name, 1 under, 0 not."""
    if pair(finding) == pair(row):
        known = row.get("activity"), finding.get("activity")
        return 4 if known[0] == known[1] else 3
    if pair(finding) in names(row):
        return 2
    return int(any(pair(under) == pair(row) for under in finding.get("under") or ()))


def match(rows: Sequence[Row], findings: Sequence[Row]) -> dict[int, int]:
    """Place of a planted row to the place of the finding that tells it: closest pairs first, each used once."""
    ranked = sorted(
        ((closeness(row, finding), -r, -f) for r, row in enumerate(rows) for f, finding in enumerate(findings)),
        reverse=True,
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for near, r, f in ranked:
        if near and -r not in taken and -f not in used:
            taken[-r] = -f
            used.add(-f)
    return taken


def _of_kind(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row.get("kind") == kind]


def score(truth: Mapping[str, Any], findings: Sequence[Row]) -> Tally:
    """Counts of one run. `findings` are those of `tropa find --all --json`."""
    tally = Tally(runs=1)
    planted = [row for row in (*truth["findings"], *truth["harmless"]) if row["kind"] in PLANTED]
    told: dict[int, Row] = {}
    for kind in HARMFUL:
        rows, claimed = _of_kind(planted, kind), _of_kind(findings, kind)
        taken = match(rows, claimed)
        for r, row in enumerate(rows):
            tally.count(f"{kind} recall", r in taken)
            if r in taken:
                told[id(row)] = claimed[taken[r]]
        _precision(tally, kind, rows, claimed, taken)
    _kinds(tally, planted, findings, told)
    for row in planted:
        if id(row) in told:
            _where(tally, row, told[id(row)])
            _since(tally, row, told[id(row)])
    if not any(row["kind"] in HARMFUL for row in planted):
        tally.count("runs with nothing wrong, clean", not any(row.get("kind") in HARMFUL for row in findings))
    _others(tally, truth["findings"], findings)
    return tally


def _precision(tally: Tally, kind: str, rows: Sequence[Row], claimed: Sequence[Row], taken: Mapping[int, int]) -> None:
    """A claim that serves no row is false, unless it is another name of a row that was told."""
    echoes = set().union(*(names(rows[r]) - {pair(rows[r])} for r in taken)) if taken else set()
    served = set(taken.values())
    for f, finding in enumerate(claimed):
        again = any(closeness(rows[r], finding) == 4 for r in taken)
        if f in served:
            tally.count(f"{kind} precision", True)
        elif not again and pair(finding) not in echoes:
            tally.count(f"{kind} precision", False)
            tally.missed.append({"false": kind, **_brief(finding)})


def _verdict(row: Row, findings: Sequence[Row], others: set[Pair]) -> Row | None:
    """What the findings say of a planted row: by its own name first, then by another name that is no other row's."""
    heard = [(closeness(row, f), -PLANTED.index(f["kind"]) if f["kind"] in PLANTED else -9, n)
             for n, f in enumerate(findings) if pair(f) == pair(row) or pair(f) not in others]  # fmt: skip
    best = max(heard, default=(0, 0, 0))
    return findings[best[2]] if best[0] else None


def _kinds(tally: Tally, planted: Sequence[Row], findings: Sequence[Row], told: Mapping[int, Row]) -> None:
    judged = [f for f in findings if f.get("kind") in (*PLANTED, "undetermined")]
    for row in planted:
        others = {pair(other) for other in planted if other is not row}
        finding = told.get(id(row)) or _verdict(row, judged, others)
        verdict = finding["kind"] if finding else "not tested"
        tally.kinds[(row["kind"], verdict)] += 1
        tally.count("kind right of planted", verdict == row["kind"])
        if verdict in PLANTED:
            tally.count("kind right of decided", verdict == row["kind"])
        if verdict != row["kind"]:
            tally.missed.append({"planted": _brief(row), "said": _brief(finding) if finding else None})
        if finding and pair(finding) == pair(row):
            _interval(tally, row, finding)


def _interval(tally: Tally, row: Row, finding: Row) -> None:
    estimate, true = finding.get("on_goal") or {}, row.get("effect")
    low, high = estimate.get("low"), estimate.get("high")
    if true is None or low is None or high is None:
        return
    inside = bool(low <= true <= high)
    tally.count("effect in interval", inside)
    if row["kind"] == "barrier":
        tally.count("effect in interval, barriers", inside)
    tally.errors.append((row["kind"], estimate["effect"] - true, (high - low) / 3.92))
    if not inside:
        tally.missed.append({"outside": _brief(row), "said": _brief(finding)})


def _slices(row: Row) -> list[Pair]:
    return [(str(part["attribute"]).casefold(), str(part["value"]).casefold()) for part in row.get("where") or ()]


def _where(tally: Tally, row: Row, finding: Row) -> None:
    """Right: the planted slices are named, and nothing before them."""
    wanted, named = _slices(row), _slices(finding)
    if wanted:
        right = set(named[: len(wanted)]) == set(wanted)
        tally.count("where named", set(wanted) <= set(named))
        tally.count("where right", right)
        if not right:
            tally.missed.append({"where": _brief(row), "wanted": wanted, "named": named})


def _since(tally: Tally, row: Row, finding: Row) -> None:
    wanted, named = row.get("since"), finding.get("since")
    if wanted is None:
        tally.count("no onset invented", named is None)
        right = named is None
    else:
        right = named is not None and abs((_day(named) - _day(wanted)).days) <= SINCE_DAYS
        tally.count("since within 3 days", right)
    if not right:
        tally.missed.append({"since": _brief(row), "wanted": wanted, "named": named})


def _day(text: str) -> date:
    return date.fromisoformat(str(text)[:10])


def _others(tally: Tally, planted: Sequence[Row], findings: Sequence[Row]) -> None:
    """Kinds of which the truth need not be complete: how many of its rows are told, and how many more there are."""
    keys: dict[str, Callable[[Row], Any]] = {
        "bottleneck": lambda row: str(row.get("department")).casefold(),
        "gap": pair,
        "moment of truth": lambda row: row.get("touchpoint"),
        # A journey of a customer or a session has no case to name.
        "single case": lambda row: row.get("customer_id"),
    }
    for measure, key in keys.items():
        kind = measure.replace(" ", "_")
        wanted, named = [key(r) for r in _of_kind(planted, kind)], [key(f) for f in _of_kind(findings, kind)]
        for one in wanted:
            tally.count(measure, one in named)
        tally.extras[measure] += sum(one not in wanted for one in named)


def _brief(row: Row) -> dict[str, Any]:
    keys = ("kind", "obstacle", "touchpoint", "activity", "threshold", "effect", "reached", "exposed", "reason")
    brief = {key: row[key] for key in keys if row.get(key) is not None}
    if row.get("on_goal"):
        brief["on_goal"] = [row["on_goal"].get(key) for key in ("effect", "low", "high", "q")]
    if row.get("on_score"):
        brief["on_score"] = row["on_score"]
    return brief
