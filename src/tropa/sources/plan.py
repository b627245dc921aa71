"""Which column of a file means what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tropa.errors import TropaError, did_you_mean
from tropa.sources.formats.block import is_nameless
from tropa.sources.model import CANONICAL, CLOCKS, REQUIRED, FileKind, Reading
from tropa.sources.spellings import SPELLINGS, plain_name

RESERVED = "tropa_"
"""Columns that the log adds itself begin so."""

#: In a wide table the milestones say what happened and when; a column is the end of nothing unless somebody says so.
_NOT_IN_WIDE = ("time", "activity", "ended_at")


@dataclass(slots=True)
class Plan:
    """The meaning of a file's columns; `learn` takes in columns as they appear (JSON and XES name them late).

    `columns`: canonical -> column, those of `CLOCKS` too. `constants`: canonical -> text. `attributes`: column -> name
    of the attribute. `milestone_clocks`: of a milestone's column, the one that tells its time of day.
    """

    kind: FileKind
    how: Reading
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    milestone_clocks: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    released: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        canonical = [*CANONICAL[self.kind], *(CLOCKS[name] for name in CANONICAL[self.kind] if name in CLOCKS)]
        for name, theirs in self.how.columns.items():
            if name not in canonical:
                raise TropaError(f"'{name}' is no column of {self.kind}.", did_you_mean(name, canonical), "usage")
            if theirs.startswith(":"):
                self.constants[name] = theirs[1:]
        if self.how.milestones and self.kind != "events":
            raise TropaError(f"Milestones make events; {self.kind} have none.", "Leave milestones out.", "usage")

    @property
    def wide(self) -> bool:
        """Whether a row makes several events, one a milestone."""
        return bool(self.how.milestones)

    def learn(self, names: Iterable[str]) -> None:
        """Gives each new column its meaning; what has been settled stays."""
        fresh = [name for name in names if name not in self.known]
        if not fresh:
            return
        self.known.extend(fresh)
        for canonical, theirs in self.how.columns.items():
            if canonical not in self.constants and canonical not in self.columns:
                found, clock = find_dated(theirs, self.known) if canonical in CLOCKS else (None, None)
                found = found or find_column(theirs, self.known)
                if found is not None:
                    self.columns[canonical] = found
                if clock is not None and CLOCKS[canonical] not in self.how.columns:
                    self.columns[CLOCKS[canonical]] = clock
        for theirs in self.how.milestones.values():
            found, clock = find_dated(theirs, self.known)
            if found is not None and clock is not None:
                self.milestone_clocks[found] = clock
        self._recognise(fresh)
        self._settle_attributes()

    def guessed(self) -> list[str]:
        """Optional canonical columns that were taken for it by a spelling alone, not by name or by mapping."""
        return [
            name
            for name, column in self.columns.items()
            if name in CANONICAL[self.kind]
            and name not in REQUIRED[self.kind]
            and name not in self.how.columns
            and plain_name(column) != name
        ]

    def release(self, canonical: str) -> None:
        """Gives a guessed column back: it is an attribute like any other."""
        del self.columns[canonical]
        self.released.add(canonical)
        self._settle_attributes()

    def take_date(self, canonical: str, column: str) -> None:
        """Take a column of dates for a time, in the place of one that holds times of day alone."""
        self.columns[canonical] = column
        self._settle_attributes()

    def take_clock(self, clock: str, column: str) -> None:
        """Take a column for the time of day of a date that has none; `clock` is one of `CLOCKS`."""
        self.columns[clock] = column
        self._settle_attributes()

    def take_milestone_clock(self, date: str, column: str) -> None:
        """The same for the date of a milestone."""
        self.milestone_clocks[date] = column
        self._settle_attributes()

    def missing(self) -> list[str]:
        """Required canonical columns that neither the file nor the mapping gives."""
        have = {*self.columns, *self.constants}
        missing = [name for name in REQUIRED[self.kind] if name not in have]
        if self.wide:
            missing = [name for name in missing if name not in _NOT_IN_WIDE]
        if "customer_id" in missing and (self.identifier_columns() or self.case_for_customer()):
            missing.remove("customer_id")
        return missing

    def case_for_customer(self) -> bool:
        """Whether the case stands for the customer, as in process logs that name no customer at all."""
        given = {*self.columns, *self.constants}
        return self.kind in ("events", "feedback") and "case_id" in given and "customer_id" not in given

    def identifier_columns(self) -> list[str]:
        """The declared identifier columns that the file has, in the declared order."""
        found = (find_column(name, self.known) for name in self.how.identifiers)
        return [name for name in found if name is not None]

    def milestone_columns(self) -> dict[str, str]:
        """Activity -> column of the file."""
        found = {activity: find_dated(column, self.known)[0] for activity, column in self.how.milestones.items()}
        return {activity: column for activity, column in found.items() if column is not None}

    def check(self, file: str) -> None:
        """Refuses a file that lacks what was asked of it or what cannot be done without.

        Raises:
            TropaError: a mapped column that is not there (with the nearest names), or a required one.
        """
        names = [name for name in self.known if not is_nameless(name)]
        asked = [*self.how.columns.values(), *self.how.milestones.values(), *self.how.identifiers]
        dated = {*(self.how.columns.get(name) for name in CLOCKS), *self.how.milestones.values()}
        for theirs in asked:
            found = find_dated(theirs, names)[0] if theirs in dated else find_column(theirs, names)
            if not theirs.startswith(":") and found is None:
                raise TropaError(f"{file} has no column '{theirs}'.", did_you_mean(theirs, names), "usage")
        for base, clock in CLOCKS.items():
            if clock in self.columns and base not in self.columns:
                raise TropaError(
                    f"'{self.columns[clock]}' tells a time of day, and no column is said to be its date.",
                    f"Name it too: --columns {base}=...,{clock}={self.columns[clock]}.",
                    "usage",
                )
        missing = self.missing()
        if self.kind == "feedback" and not {"score", "text"} & {*self.columns, *self.constants}:
            missing.append("score or text")
        if missing:
            raise TropaError(
                f"{file} has no column for {_named(missing)}; its columns are {listed(names)}.",
                _how_to_say(missing),
            )

    def _recognise(self, fresh: list[str]) -> None:
        plain = {plain_name(name): name for name in reversed(fresh) if not is_nameless(name)}
        used = {*self.columns.values(), *self.milestone_columns().values(), *self.milestone_clocks.values()}
        mapped = {*self.how.columns, *self.released}
        open_names = [name for name in CANONICAL[self.kind] if name not in mapped and name not in self.columns]
        if self.wide:
            open_names = [name for name in open_names if name not in _NOT_IN_WIDE]
        for canonical in open_names:  # a canonical name wins over every spelling of another
            if plain.get(canonical) not in (None, *used):
                self.columns[canonical] = plain[canonical]
                used.add(plain[canonical])
        if self.kind == "events" and not self.wide:
            self._recognise_pair(plain, used, open_names)
        for canonical in open_names:
            for spelling in SPELLINGS[self.kind][canonical].split():
                found = plain.get(spelling)
                if canonical not in self.columns and found is not None and found not in used:
                    self.columns[canonical] = found
                    used.add(found)

    def _recognise_pair(self, plain: dict[str, str], used: set[str], open_names: list[str]) -> None:
        """A start beside `time:timestamp` makes the latter the end, as interval logs write it."""
        start, end = plain.get("start_timestamp"), plain.get("time:timestamp")
        free = "time" in open_names and "ended_at" in open_names and not {"time", "ended_at"} & set(self.columns)
        if free and start is not None and end is not None and not {start, end} & used:
            self.columns["time"], self.columns["ended_at"] = start, end
            used.update((start, end))

    def _settle_attributes(self) -> None:
        canonical = CANONICAL[self.kind]
        taken = {*self.columns.values(), *self.milestone_columns().values(), *self.milestone_clocks.values()}
        if self.kind == "identities":
            self.ignored = [name for name in self.known if name not in taken]
            return
        self.ignored = [name for name in self.known if is_nameless(name)]
        for name in [name for name in self.attributes if name in taken]:
            del self.attributes[name]
        for name in self.known:
            if name in taken or name in self.attributes or is_nameless(name):
                continue
            # A column that only bears a canonical name, its meaning having gone to another, must not pass for it.
            label = f"source_{name}" if name in canonical or name.startswith(RESERVED) else name
            while label in self.attributes.values() or (label != name and label in self.known):
                label += "_"
            self.attributes[name] = label


def _named(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _how_to_say(missing: list[str]) -> str:
    given = [name.partition(" or ")[0] for name in missing]
    hint = f"Say which column it is: --columns {','.join(f'{name}=...' for name in given)}"
    if "kind" in missing:
        return f"{hint} (kind=:rating gives all rows one kind)."
    if "time" in missing and "activity" in missing:
        return f"{hint}; or, where each column is a milestone, --milestones 'activity=column,...'."
    return f"{hint}."


def find_column(wanted: str, names: Iterable[str]) -> str | None:
    """The column that is meant: by its exact name, else the only one that differs in case or outer spaces."""
    listed_names = list(names)
    if wanted in listed_names:
        return wanted
    folded = wanted.strip().casefold()
    near = [name for name in listed_names if name.casefold() == folded]
    return near[0] if len(near) == 1 else None


def find_dated(wanted: str, names: Iterable[str]) -> tuple[str | None, str | None]:
    """The column that is meant, and the one that tells its time of day where both are named with a plus between them.

    A column with a plus in its own name is that column.
    """
    known = list(names)
    whole = find_column(wanted, known)
    for place in (place for place, letter in enumerate(wanted) if letter == "+" and whole is None):
        date, clock = find_column(wanted[:place], known), find_column(wanted[place + 1 :], known)
        if date is not None and clock is not None:
            return date, clock
    return whole, None


def listed(names: Iterable[str], limit: int = 30) -> str:
    """Names in quotes for a message."""
    shown = list(names)
    text = ", ".join(f"'{name}'" for name in shown[:limit])
    return f"{text} and {len(shown) - limit} more" if len(shown) > limit else text or "none"
