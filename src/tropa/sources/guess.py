"""What a file is and which of its columns mean what, guessed by names first and by values where names say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from tropa.sources.looks import ColumnLook, FileLook
from tropa.sources.model import ACTORS, FEEDBACK_SCALES, FileKind, Reading
from tropa.sources.plan import Plan
from tropa.sources.spellings import SPELLINGS, plain_name

Shape = Literal["events", "wide", "feedback", "customers", "identities"]
"""What a person calls a file; a wide table is events too, one row a case."""

KIND_OF: Mapping[Shape, FileKind] = {
    "events": "events",
    "wide": "events",
    "feedback": "feedback",
    "customers": "customers",
    "identities": "identities",
}

_CLUES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "customer_id": "client|customer|user|guest|patient|student|buyer|member|subscriber|person|phone|e_?mail"
        "|клиент|пациент|покупател|учени|студент|гост|абонент|пользоват|участник|телефон|почта|лицев",
        "case_id": "case|order|ticket|deal|request|application|booking|visit|contract|invoice"
        "|заказ|заявк|сделк|обращен|договор|визит|запис[ьи]|накладн",
        "activity": "activ|event|action|step|stage|operation|status|milestone|task"
        "|событ|действ|операц|этап|шаг|стади|статус|что_|работ",
        "time": "time|date|_at$|_ts$|when|дата|время|когда",
        "channel": "channel|device|platform|point_of|канал|устройств|^где$",
        "performer": "employee|agent|operator|department|master|manager"
        "|сотрудник|исполнител|оператор|отдел|мастер|менеджер",
        "score": "score|rating|stars|grade|nps|csat|ces|оценк|балл|рейтинг",
        "text": "comment|text|review|feedback|message|коммент|отзыв|текст|пожелан",
        "value": "amount|sum|total|revenue|сумм|стоимост|выручк|итог|руб",
    }.items()
}
_PROMISED = frozenset(SPELLINGS["events"]["promised_at"].split()) | {"promised_at"}
_MOST_ACTIVITIES = 300
_UNIQUE = 0.98
_ACTOR_WORDS = frozenset([*ACTORS, "клиент", "сотрудник", "система"])


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file is taken for what it is: a word that the page says in either language, and the columns meant."""

    why: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """`columns` and `milestones` are those that names alone do not give; `by_values` names their canonical columns."""

    shape: Shape
    reasons: tuple[Reason, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    milestones: Mapping[str, str] = field(default_factory=dict)
    by_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What is known of a file while it is guessed at."""

    path: Path
    look: FileLook

    def of(self, name: str) -> ColumnLook:
        return next(column for column in self.look.columns if column.name == name)

    def like(self, *looks: str) -> list[ColumnLook]:
        return [column for column in self.look.columns if column.looks in looks]

    def plan(self, kind: FileKind) -> Plan:
        plan = Plan(kind, Reading())
        plan.learn([column.name for column in self.look.columns])
        return plan

    def unique(self, column: ColumnLook) -> bool:
        told = column.filled * self.look.rows
        return told > 1 and column.distinct >= _UNIQUE * told


def guess(path: Path, look: FileLook, shape: Shape | None = None) -> Guess:
    """What a file is, with reasons, and the columns that its names do not tell.

    Args:
        path: names the file; an event without any other name is called after it.
        look: its first rows.
        shape: what it is, where a person has said so.
    """
    seen = _Seen(path, look)
    chosen, reasons = (shape, ()) if shape is not None else _shape(seen)
    if chosen == "wide":
        return _wide(seen, reasons)
    columns = _by_values(seen, chosen)
    constants = {name: word for name, word in columns.items() if word.startswith(":")}
    told = tuple(Reason(f"constant_{name}", (word[1:],)) for name, word in constants.items() if name == "activity")
    return Guess(chosen, (*reasons, *told), columns, {}, tuple(columns))


def _shape(seen: _Seen) -> tuple[Shape, tuple[Reason, ...]]:
    identities, feedback, events = seen.plan("identities"), seen.plan("feedback"), seen.plan("events")
    times = [column.name for column in seen.like("time")]
    if not identities.missing() and not times and len(seen.look.columns) <= 3:
        return "identities", (Reason("two_identifiers", tuple(identities.columns.values())),)
    said = _said(seen, feedback)
    activity = events.columns.get("activity")
    if said and times and (activity is None or _is_feedback_kind(seen, feedback)):
        return "feedback", (Reason("has_answers", tuple(said)), Reason("has_time", tuple(times[:1])))
    milestones = _milestones(seen)
    if activity is None and len(milestones) >= 2:
        return "wide", (Reason("many_times", tuple(milestones)), Reason("no_activity"))
    if activity is not None and times:
        return "events", (Reason("has_activity", (activity,)), Reason("has_time", tuple(times[:1])))
    customer = _customer(seen, seen.plan("customers"))
    if customer is not None and seen.unique(seen.of(customer)) and _activity(seen, customer) is None:
        return "customers", (Reason("one_row_a_customer", (customer,)),)
    if times:
        found = _activity(seen, customer)
        why = (Reason("looks_like_activity", (found,)),) if found is not None else ()
        return "events", (Reason("has_time", tuple(times[:1])), *why)
    return "customers", (Reason("no_time"),)


def _said(seen: _Seen, plan: Plan) -> list[str]:
    """Columns that hold what customers said: scores on a scale, or words."""
    found = []
    score = plan.columns.get("score") or _clue(seen, "score", "number")
    if score is not None and seen.of(score).looks == "number" and _scale(seen, score) is not None:
        found.append(score)
    text = plan.columns.get("text") or _clue(seen, "text", "text")
    if text is not None and seen.of(text).looks == "text" and seen.of(text).distinct > 1:
        found.append(text)
    kind = plan.columns.get("kind")
    if kind is not None and _is_feedback_kind(seen, plan):
        found.append(kind)
    # Words alone, beside something that happened, are an attribute of it.
    return found if score in found or kind in found or not _clue(seen, "activity", "text") else []


def _is_feedback_kind(seen: _Seen, plan: Plan) -> bool:
    kind = plan.columns.get("kind")
    if kind is None:
        return False
    words = seen.look.texts[kind].drop_nulls().str.to_lowercase().unique()
    return bool(words.len()) and bool(words.is_in(list(FEEDBACK_SCALES)).all())


def _scale(seen: _Seen, score: str) -> str | None:
    """The kind of feedback whose scale holds the values of a column, None where none does."""
    values = seen.look.texts[score].str.replace(",", ".", literal=True).cast(pl.Float64, strict=False).drop_nulls()
    if not values.len():
        return None
    low, high = float(values.min() or 0.0), float(values.max() or 0.0)  # type: ignore[arg-type]
    name = plain_name(score)
    for word, kind in (("nps", "nps"), ("csat", "csat"), ("ces", "ces")):
        scale = FEEDBACK_SCALES[kind]
        if word in name and scale is not None and scale[0] <= low and high <= scale[1]:
            return kind
    if low >= 1 and high <= 5:
        return "rating"
    if low >= 0 and high <= 10:
        return "nps" if low == 0 or high > 7 else "ces"
    return None


def _milestones(seen: _Seen) -> list[str]:
    return [column.name for column in seen.like("time") if plain_name(column.name) not in _PROMISED]


def _wide(seen: _Seen, reasons: tuple[Reason, ...]) -> Guess:
    plan = seen.plan("events")
    milestones = {" ".join(name.replace("_", " ").split()): name for name in _milestones(seen)}
    columns: dict[str, str] = {}
    customer = plan.columns.get("customer_id")
    if customer is None and (found := _customer(seen, plan)) is not None:
        columns["customer_id"] = found
    if "case_id" not in plan.columns and (case := _clue(seen, "case_id", "text", "number")) not in (None, customer):
        columns |= {"case_id": case} if case is not None and case not in columns.values() else {}
    return Guess("wide", reasons, columns, milestones, tuple(columns))


def _by_values(seen: _Seen, shape: Shape) -> dict[str, str]:
    """Columns that are needed and that no name gives."""
    plan = seen.plan(KIND_OF[shape])
    columns: dict[str, str] = {}
    missing = plan.missing()
    customer = _customer(seen, plan) if "customer_id" in missing else _clue(seen, "customer_id", "text", "number")
    if customer is not None and customer not in plan.columns.values() and "customer_id" not in plan.columns:
        columns["customer_id"] = customer
    customer = plan.columns.get("customer_id") or columns.get("customer_id")
    taken = {*plan.columns.values(), *columns.values()}
    if "time" in missing and (times := [c.name for c in seen.like("time") if c.name not in taken]):
        columns["time"] = next((name for name in times if _CLUES["time"].search(plain_name(name))), times[0])
    if "activity" in missing:
        found = _activity(seen, customer, {*taken, *columns.values()})
        columns["activity"] = found if found is not None else f":{_stem(seen.path)}"
    if shape == "feedback":
        columns |= _answers(seen, plan, {*taken, *columns.values()})
    if shape == "events":
        columns |= _beside(seen, plan, {*taken, *columns.values()})
    return columns


def _beside(seen: _Seen, plan: Plan, taken: set[str]) -> dict[str, str]:
    """Columns that an event may have, by a word in their names, or by the words in them."""
    found: dict[str, str] = {}
    for column in seen.like("text"):
        if "actor" in plan.columns or column.name in taken or column.distinct > len(_ACTOR_WORDS):
            continue
        words = seen.look.texts[column.name].drop_nulls().str.to_lowercase()
        if words.len() and words.is_in(list(_ACTOR_WORDS)).all():
            found["actor"] = column.name
            break
    for canonical, looks in (
        ("case_id", ("text", "number")),
        ("channel", ("text",)),
        ("performer", ("text",)),
        ("value", ("number",)),
    ):
        if canonical not in plan.columns:
            clue = _clue(seen, canonical, *looks, taken={*taken, *found.values()})
            if clue is not None:
                found[canonical] = clue
    return found


def _answers(seen: _Seen, plan: Plan, taken: set[str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    score = plan.columns.get("score")
    if score is None and (score := _clue(seen, "score", "number", taken=taken)) is not None:
        columns["score"] = score
    if "text" not in plan.columns and (text := _clue(seen, "text", "text", taken=taken)) is not None:
        columns["text"] = text
    if "kind" in plan.missing() or not _is_feedback_kind(seen, plan):
        scale = None if score is None else _scale(seen, score)
        columns["kind"] = f":{scale or 'review'}"
    return columns


def _customer(seen: _Seen, plan: Plan) -> str | None:
    named = plan.columns.get("customer_id")
    if named is not None:
        return named
    if (found := _clue(seen, "customer_id", "text", "number")) is not None:
        return found
    # Whatever repeats, yet has many values, most likely says whose the row is; what is called a case does not.
    rows = max(seen.look.rows, 1)
    case = plan.columns.get("case_id") or _clue(seen, "case_id", "text", "number")
    several = [
        column
        for column in seen.like("text", "number")
        if column.filled > 0.9 and rows * 0.02 < column.distinct < rows * 0.9 and column.name != case
    ]
    best = max(several, key=lambda column: column.distinct, default=None)
    return None if best is None else best.name


def _activity(seen: _Seen, customer: str | None, taken: set[str] | None = None) -> str | None:
    """The column whose values change most within one customer, one called like an activity first."""
    most = max(2, min(_MOST_ACTIVITIES, seen.look.rows // 3))
    free = [
        column
        for column in seen.like("text")
        if column.name not in (taken or set()) | {customer} and 2 <= column.distinct <= most and column.filled > 0.8
    ]
    called = [column for column in free if _CLUES["activity"].search(plain_name(column.name))]
    if not (called or free):
        return None
    if customer is None:
        return max(called or free, key=lambda column: column.distinct).name
    # Groups whose every row says the same are about the customer, not about what happened.
    varying = {
        column.name: float(
            seen.look.texts.group_by(customer).agg(pl.col(column.name).n_unique().alias("n"))["n"].mean() or 0.0  # type: ignore[arg-type]
        )
        for column in called or free
    }
    best = max(varying, key=lambda name: varying[name])
    return best if called or varying[best] > 1.2 else None


def _clue(seen: _Seen, canonical: str, *looks: str, taken: set[str] | None = None) -> str | None:
    """The first column whose name has a word in it that speaks of the canonical one."""
    for column in seen.like(*looks):
        if column.name not in (taken or set()) and _CLUES[canonical].search(plain_name(column.name)):
            return column.name
    return None


def _stem(path: Path) -> str:
    return path.name.split(".", 1)[0].replace("_", " ").strip() or "event"
