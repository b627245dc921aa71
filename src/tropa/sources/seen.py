"""A file while it is guessed at: its columns as candidates for a meaning, with how much speaks for each."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from tropa.cx.columns import NUMBERS, TIMES
from tropa.sources.clues import speaks_of
from tropa.sources.known import Key, Known
from tropa.sources.looks import ColumnLook, FileLook
from tropa.sources.model import FileKind, Reading
from tropa.sources.plan import Plan
from tropa.sources.spellings import plain_name, speaks_of_promise, speaks_of_term

_MOST_ACTIVITIES = 300
_UNIQUE = 0.98
_PROSE_WORDS = 3.5
_VARIED = 0.4
"""So many different ones a row at least, within one customer, make a column tell what happened."""
_SAME = 0.3
"""Share of values that must be common to two files for them to be keyed alike."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column, and how much speaks for it; `overlap` is the share of its values that other data has."""

    name: str
    score: float
    overlap: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What is known of a file while it is guessed at."""

    path: Path
    look: FileLook
    known: Known = field(default_factory=Known)

    def of(self, name: str) -> ColumnLook:
        """The column of a name."""
        return next(column for column in self.look.columns if column.name == name)

    def like(self, *looks: str) -> list[ColumnLook]:
        """Columns that look so."""
        return [column for column in self.look.columns if column.looks in looks]

    def plan(self, kind: FileKind) -> Plan:
        """What the names alone say; a column of times or numbers must look like it."""
        plan = Plan(kind, Reading())
        plan.learn([column.name for column in self.look.columns])
        for canonical in plan.guessed():
            wanted = "time" if canonical in TIMES else "number" if canonical in NUMBERS else None
            if wanted is not None and self.of(plan.columns[canonical]).looks not in (wanted, "empty"):
                plan.release(canonical)
        return plan

    def unique(self, column: ColumnLook) -> bool:
        """Whether no value of it comes twice."""
        told = column.filled * self.look.rows
        return told > 1 and column.distinct >= _UNIQUE * told

    def clue(self, canonical: str, *looks: str, taken: set[str] | None = None) -> str | None:
        """The first column whose name has a word in it that speaks of the canonical one."""
        for column in self.like(*looks):
            if column.name not in (taken or set()) and speaks_of(canonical, column.name):
                return column.name
        return None

    # Who ------------------------------------------------------------------------------------------------------

    def keys(self, plan: Plan) -> list[Candidate]:
        """Columns that may say whose a row is, the likeliest first."""
        named = plan.columns.get("customer_id")
        found = [
            self._key(column, named == column.name)
            for column in self.like("text", "number")
            if column.name == named or self._may_be_key(column, plan)
        ]
        return sorted((one for one in found if one.score > 0), key=lambda one: -one.score)

    def _may_be_key(self, column: ColumnLook, plan: Plan) -> bool:
        others = {theirs for ours, theirs in plan.columns.items() if ours not in ("customer_id", "case_id")}
        return (
            column.name not in others
            and column.filled > 0.5
            and column.distinct > 1
            and not speaks_of("remark", column.name)
            and not self.is_prose(column)
        )

    def _key(self, column: ColumnLook, named: bool) -> Candidate:
        name, rows = column.name, max(self.look.rows, 1)
        key = self._telling(column)
        values = key.values
        loaded = self.known.in_loaded(values) * (1.0 if named else key.telling)
        beside = self.known.in_beside(key) if named or _may_join(column) else 0.0
        score = 5.0 if named else 0.0
        if not named:
            score += 3.0 * speaks_of("customer_id", name) - 0.5 * speaks_of("reach", name)
            many = column.filled > 0.9 and rows * 0.02 < column.distinct and column.distinct > 5
            if speaks_of("number", name) and many:
                score += 1.5
            # Whatever repeats, yet has many values, most likely says whose the row is; what is called a case does not.
            if many and column.distinct < rows * 0.9 and not self._is_case(name):
                score += 0.5 + 0.4 * column.distinct / rows + 0.3 * self._is_coded(values)
            if any(speaks_of(word, name) for word in ("channel", "performer", "value", "score", "text")):
                score -= 1.0
        overlap = max(loaded, min(beside, 1.0))
        if loaded >= _SAME:
            score += 10.0 * loaded
        if beside >= _SAME:
            score += 4.0 * beside
        return Candidate(name, score, overlap if overlap >= _SAME else 0.0)

    def _telling(self, column: ColumnLook) -> Key:
        told = max(column.filled * self.look.rows, 1.0)
        most = max((one.distinct for one in self.like("text", "number") if _may_join(one)), default=1)
        telling = max(column.distinct / told, column.distinct / max(most, 1))
        return Key(self.look.texts[column.name].drop_nulls().unique(), min(1.0, telling))

    def joins(self) -> tuple[Key, ...]:
        """Columns by whose values the rows of this file and of another one may be put together."""
        return tuple(
            self._telling(column)
            for column in self.like("text", "number")
            if _may_join(column) and column.distinct > 1 and not self.is_prose(column)
        )

    def _is_case(self, name: str) -> bool:
        return speaks_of("case_id", name) and not speaks_of("customer_id", name)

    def _is_coded(self, values: pl.Series) -> bool:
        """Whether values are numbers of something: digits in them, and no spaces."""
        return float(values.head(200).str.contains(r"^\S*\d\S*$").mean() or 0.0) > 0.9  # type: ignore[arg-type]

    def is_prose(self, column: ColumnLook) -> bool:
        """Whether somebody wrote sentences there."""
        return column.looks == "text" and self.words_a_value(column) >= _PROSE_WORDS

    def words_a_value(self, column: ColumnLook) -> float:
        """How many words a different value of it has, on average."""
        words = self.look.texts[column.name].drop_nulls().unique().head(500).str.count_matches(r"\S+")
        return float(words.mean() or 0.0)  # type: ignore[arg-type]

    # When -----------------------------------------------------------------------------------------------------

    def times(self, plan: Plan, taken: set[str]) -> list[Candidate]:
        """Columns that may say when a row happened, the likeliest first."""
        promised = plan.columns.get("promised_at")
        found = [
            Candidate(column.name, _when(column.name) + 0.5 * (column.filled > 0.9))
            for column in self.like("time")
            if column.name not in taken and column.name != promised
        ]
        return sorted(found, key=lambda one: -one.score)

    def milestones(self, plan: Plan) -> list[str]:
        """Times at each of which something may have happened."""
        return [
            column.name
            for column in self.like("time")
            if column.name != plan.columns.get("promised_at")
            and not speaks_of_term(column.name)
            and not speaks_of("not_when", column.name)
        ]

    def promise(self, plan: Plan, taken: set[str]) -> str | None:
        """The times until which something was promised, by words in the name; None where its spelling gives them."""
        if "promised_at" in plan.columns:
            return None
        found = (column.name for column in self.like("time") if speaks_of_promise(column.name))
        return next((name for name in found if name not in taken), None)

    def one_after_the_other(self, milestones: list[str]) -> bool:
        """Whether some rows have no value from one of the columns on, and hardly any have one after an empty one."""
        filled = [self.look.texts[name].is_not_null() for name in milestones]
        later_only = sum(int((~one & other).sum()) for one, other in itertools.pairwise(filled))
        first_only = sum(int((one & ~other).sum()) for one, other in itertools.pairwise(filled))
        return first_only > 0 and later_only <= 0.1 * first_only

    # What -----------------------------------------------------------------------------------------------------

    def activities(self, plan: Plan, customer: str | None, taken: set[str]) -> list[Candidate]:
        """Columns that may say what happened: of words in their names, or of values that change within a customer."""
        most = max(2, min(_MOST_ACTIVITIES, self.look.rows // 3))
        # A status is all that many exports have: then it is what happened.
        busy = (taken | {customer}) - {plan.columns.get("status")}
        free = [
            column
            for column in self.like("text")
            if column.name not in busy
            and 2 <= column.distinct <= most
            and column.filled > 0.8
            and (speaks_of("activity", column.name) or not speaks_of("remark", column.name))
        ]
        found = [self._what(column, customer) for column in free]
        return sorted((one for one in found if one.score > 0), key=lambda one: -one.score)

    def _what(self, column: ColumnLook, customer: str | None) -> Candidate:
        varied = self.varied(column.name, customer) if customer is not None else 0.0
        called = speaks_of("activity", column.name) and not speaks_of("customer_id", column.name)
        score = 2.0 * called + (1.5 * varied if varied >= _VARIED else 0.0)
        others = ("channel", "performer", "text", "customer_id", "number")
        score -= 0.9 * any(speaks_of(word, column.name) for word in others) * (not called)
        return Candidate(column.name, score - 0.3 * self.is_prose(column))

    def varied(self, name: str, customer: str) -> float:
        """How many different values a row the customers of several rows have, 0 where there are hardly any of them.

        Groups whose every row says the same are about the customer, not about what happened.
        """
        groups = self.look.texts.group_by(customer).agg(n=pl.col(name).n_unique(), rows=pl.len())
        several = groups.filter(pl.col("rows") > 1)
        if several.height < max(2, 0.1 * groups.height):
            return 0.0
        most = pl.min_horizontal("rows", pl.lit(self.of(name).distinct))
        return float(several.select(((pl.col("n") - 1) / (most - 1).clip(1)).mean()).item() or 0.0)


def _may_join(column: ColumnLook) -> bool:
    """Whether equal values of a column in two files may mean one and the same: amounts, scores and kinds do not."""
    words = ("remark", "score", "value", "performer", "channel")
    who = any(speaks_of(word, column.name) for word in ("customer_id", "number", "case_id"))
    return who or (column.looks == "text" and not any(speaks_of(word, column.name) for word in words))


def _when(name: str) -> float:
    score = 1.0 * speaks_of("time", name) + 0.6 * speaks_of("started", name) + 0.4 * speaks_of("done", name)
    score -= 1.0 * speaks_of("ended", name) + 2.0 * speaks_of("not_when", name) + 3.0 * speaks_of_term(name)
    return score + 0.2 * (plain_name(name) in ("дата", "время", "date", "time", "когда", "when"))
