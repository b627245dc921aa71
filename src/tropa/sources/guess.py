"""What a file is and which of its columns mean what, guessed by names first and by values where names say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tropa.sources.answers import answers, is_feedback_kind, kind_named, scale_of
from tropa.sources.clues import speaks_of
from tropa.sources.contents import outcome_words, own_words
from tropa.sources.known import Key, Known
from tropa.sources.looks import FileLook, look_at
from tropa.sources.model import ACTORS, FileKind, Reading
from tropa.sources.seen import Candidate, Seen
from tropa.sources.spellings import plain_name

Shape = Literal["events", "wide", "feedback", "customers", "identities"]
"""What a person calls a file; a wide table is events too, one row a case."""

KIND_OF: Mapping[Shape, FileKind] = {
    "events": "events",
    "wide": "events",
    "feedback": "feedback",
    "customers": "customers",
    "identities": "identities",
}

_ACTOR_WORDS = frozenset([*ACTORS, "клиент", "сотрудник", "система"])
_AHEAD = 0.9
"""So much more must speak for the first candidate than for the second for a guess to be sure."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file is taken for what it is: a word that the page says in either language, and the columns meant."""

    why: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """`columns` and `milestones` are those that names alone do not give; `by_values` names their canonical columns.

    `unsure` are those of them for which others would do as well, or next to nothing speaks; `others` names the columns
    that would do, by canonical column.
    """

    shape: Shape
    reasons: tuple[Reason, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    milestones: Mapping[str, str] = field(default_factory=dict)
    by_values: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def guess(path: Path, look: FileLook, shape: Shape | None = None, known: Known | None = None) -> Guess:
    """What a file is, with reasons, and the columns that its names do not tell.

    Args:
        path: names the file; an event without any other name is called after it.
        look: its first rows.
        shape: what it is, where a person has said so.
        known: whose customers are known; of several columns the one that has them is whose a row is.
    """
    seen = Seen(path, look, known or Known())
    chosen, reasons = (shape, ()) if shape is not None else _shape(seen)
    if chosen == "wide":
        return _wide(seen, reasons)
    return _Guessing(seen, chosen).guess(reasons)


def keys_of(path: Path, how: Reading) -> tuple[Key, ...]:
    """Columns by whose values the rows of a file and of another one may be put together.

    Raises:
        TropaError: the file is not what its name says.
    """
    return Seen(path, look_at(path, how)).joins()


def _shape(seen: Seen) -> tuple[Shape, tuple[Reason, ...]]:
    identities, feedback, events = seen.plan("identities"), seen.plan("feedback"), seen.plan("events")
    times = [column.name for column in seen.like("time")]
    if not identities.missing() and not times and len(seen.look.columns) <= 3:
        return "identities", (Reason("two_identifiers", tuple(identities.columns.values())),)
    activity = events.columns.get("activity")
    key = _first(seen.keys(events))
    case = events.columns.get("case_id") or seen.clue("case_id", "text", "number")
    likely = _first(seen.activities(events, key or case, {*events.columns.values(), *([case] if case else [])}))
    milestones = seen.milestones(events)
    said = answers(seen, feedback, likely is not None or len(milestones) > 2)
    if said and times and (activity is None or is_feedback_kind(seen, feedback)):
        return "feedback", (Reason("has_answers", tuple(said)), Reason("has_time", tuple(times[:1])))
    if activity is None and len(milestones) >= 2 and _is_wide(seen, milestones, likely):
        return "wide", (Reason("many_times", tuple(milestones)), Reason("no_activity"))
    when = _first(seen.times(events, set()))
    if activity is not None and times:
        return "events", (Reason("has_activity", (activity,)), Reason("has_time", (when or times[0],)))
    owner = _first(seen.keys(seen.plan("customers")))
    if owner is not None and seen.unique(seen.of(owner)) and likely is None:
        return "customers", (Reason("one_row_a_customer", (owner,)),)
    if times:
        why = (Reason("looks_like_activity", (likely,)),) if likely is not None else ()
        return "events", (Reason("has_time", (when or times[0],)), *why)
    return "customers", (Reason("no_time"),)


def _first(found: list[Candidate]) -> str | None:
    return found[0].name if found else None


def _is_wide(seen: Seen, milestones: list[str], likely: str | None) -> bool:
    """Whether several times in a row are several things that happened, not one with its end."""
    wide = 1 + (len(milestones) >= 3) + seen.one_after_the_other(milestones)
    wide += any(seen.unique(column) for column in seen.like("text", "number"))
    long = 0 if likely is None else 2 + speaks_of("activity", likely)
    paired = any(speaks_of("started", one) for one in milestones) and any(speaks_of("ended", one) for one in milestones)
    return wide >= long + (paired and likely is not None)


def _wide(seen: Seen, reasons: tuple[Reason, ...]) -> Guess:
    plan = seen.plan("events")
    milestones = {" ".join(name.replace("_", " ").split()): name for name in seen.milestones(plan)}
    columns: dict[str, str] = {}
    customer, keys = plan.columns.get("customer_id"), seen.keys(plan)
    if keys and keys[0].name != customer:
        columns["customer_id"] = customer = keys[0].name
    if "case_id" not in plan.columns:
        case = seen.clue("case_id", "text", "number", taken={customer} if customer else set())
        columns |= {} if case is None else {"case_id": case}
    promise = seen.promise(plan, {*plan.columns.values(), *milestones.values()})
    columns |= {} if promise is None else {"promised_at": promise}
    return Guess("wide", reasons, columns, milestones, tuple(columns))


class _Guessing:
    """Columns of one file that are needed and that no name gives."""

    def __init__(self, seen: Seen, shape: Shape) -> None:
        self.seen, self.shape = seen, shape
        self.plan = seen.plan(KIND_OF[shape])
        self.columns: dict[str, str] = {}
        self.unsure: list[str] = []
        self.others: dict[str, tuple[str, ...]] = {}
        self.reasons: list[Reason] = []

    def taken(self) -> set[str]:
        return {*self.plan.columns.values(), *self.columns.values()}

    def guess(self, reasons: tuple[Reason, ...]) -> Guess:
        missing = self.plan.missing()
        if self.shape == "identities":
            self._pair(missing)
        else:
            self._who()
        if self.shape in ("events", "feedback"):
            self._when("time" in missing)
        if "activity" in missing:
            self._what()
        if self.shape == "feedback":
            self._answers()
        if self.shape == "events":
            self._beside()
        told = (*reasons, *self.reasons)
        columns = self.columns
        return Guess(self.shape, told, columns, {}, tuple(columns), tuple(self.unsure), self.others)

    def _take(self, canonical: str, found: list[Candidate], least: float) -> None:
        """Take the first candidate; it is sure where enough speaks for it, and clearly more than for the second."""
        self.others[canonical] = tuple(one.name for one in found[:3])
        if not found:
            return
        self.columns[canonical] = found[0].name
        second = found[1].score if len(found) > 1 else 0.0
        if found[0].score < least or found[0].score - second < _AHEAD:
            self.unsure.append(canonical)

    def _pair(self, missing: list[str]) -> None:
        free = [one.name for one in self.seen.keys(self.plan) if one.name not in self.plan.columns.values()]
        for canonical, column in zip(missing, free, strict=False):
            self.columns[canonical] = column
            self.unsure.append(canonical)

    def _who(self) -> None:
        named, seen = self.plan.columns.get("customer_id"), self.seen
        keys = seen.keys(self.plan)
        if named is not None and plain_name(named) == "customer_id":
            return
        if self.shape == "customers" and named is None:
            keys.sort(key=lambda one: -one.score - 2 * seen.unique(seen.of(one.name)))
        strong = [one for one in keys if one.score >= 2.0]
        case = self.plan.columns.get("case_id") or seen.clue("case_id", "text", "number")
        if not strong and case is not None and self.shape != "customers":
            # The case stands for the customer: what merely repeats is an attribute of it more likely than a customer.
            if "case_id" not in self.plan.columns:
                self.columns["case_id"] = case
            return
        if keys and keys[0].name != named:
            self._take("customer_id", keys, 2.0)
            if keys[0].overlap:
                self.reasons.append(Reason("same_customers", (keys[0].name,)))
        elif not keys and named is None:
            self.others["customer_id"] = ()

    def _when(self, missing: bool) -> None:
        named = self.plan.columns.get("time")
        times = self.seen.times(self.plan, self.taken() - {named})
        if missing:
            self._take("time", times, -0.5)
        elif named is not None and self.seen.of(named).looks not in ("time", "empty") and times:
            self._take("time", times, 0.0)

    def _what(self) -> None:
        customer = self.plan.columns.get("customer_id") or self.columns.get("customer_id")
        customer = customer or self.plan.columns.get("case_id") or self.columns.get("case_id")
        found = self.seen.activities(self.plan, customer, self.taken())
        self._take("activity", found, 1.2)
        if not found:
            word = _stem(self.seen.path)
            self.columns["activity"] = f":{word}"
            self.unsure.append("activity")
            self.reasons.append(Reason("constant_activity", (word,)))

    def _beside(self) -> None:
        """Columns that an event may have, by a word in their names, or by the words in them."""
        seen, plan = self.seen, self.plan
        if (promise := seen.promise(plan, self.taken())) is not None:
            self.columns["promised_at"] = promise
        remarks = {column.name for column in seen.like("text") if speaks_of("remark", column.name)}
        for column in seen.like("text"):
            if "actor" in plan.columns or column.name in self.taken() or column.distinct > len(_ACTOR_WORDS):
                continue
            words = seen.look.texts[column.name].drop_nulls().str.to_lowercase()
            if words.len() and words.is_in(list(_ACTOR_WORDS)).all():
                self.columns["actor"] = column.name
                break
        for canonical, looks in (
            ("case_id", ("text", "number")),
            ("channel", ("text",)),
            ("performer", ("text",)),
            ("value", ("number",)),
        ):
            clue = seen.clue(canonical, *looks, taken=self.taken() | remarks)
            if canonical not in {*plan.columns, *self.columns} and clue is not None:
                self.columns[canonical] = clue
        if "status" not in plan.columns and (status := outcome_words(seen, self.taken() | remarks)) is not None:
            self.columns["status"] = status
        began = self.columns.get("time") or plan.columns.get("time")
        if began is not None and speaks_of("started", began) and "ended_at" not in plan.columns:
            ends = [one.name for one in seen.like("time") if speaks_of("ended", one.name)]
            if len(ends) == 1 and ends[0] not in self.taken():
                self.columns["ended_at"] = ends[0]

    def _answers(self) -> None:
        seen, plan = self.seen, self.plan
        score = plan.columns.get("score")
        if score is None and (score := seen.clue("score", "number", taken=self.taken())) is not None:
            self.columns["score"] = score
        if "text" not in plan.columns:
            text = seen.clue("text", "text", taken=self.taken()) or own_words(seen, self.taken())
            self.columns |= {} if text is None else {"text": text}
        if "kind" in plan.missing() or not is_feedback_kind(seen, plan):
            scale = None if score is None else scale_of(seen, score)
            self.columns["kind"] = f":{scale or 'review'}"
            if scale is None or scale != kind_named(score or ""):
                self.unsure.append("kind")


def _stem(path: Path) -> str:
    return path.name.split(".", 1)[0].replace("_", " ").strip() or "event"
