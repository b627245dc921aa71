"""Portions of a file as it stands -> portions under canonical names."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from tropa.cx.columns import FALLBACK
from tropa.sources.formats.block import Block, Source
from tropa.sources.model import ACTORS, CANONICAL, CLOCKS, FEEDBACK_SCALES, UTC_US, Chunk, empty_identities
from tropa.sources.plan import Plan
from tropa.sources.problems import Problems
from tropa.sources.spellings import speaks_of_time
from tropa.sources.times import TimeReader, Times
from tropa.sources.values import clean_identifier, clean_text, read_numbers

_DOUBT_ROWS = 1_000
_IDENTIFYING = frozenset(["customer_id", "case_id", "event_id", "identifier_a", "identifier_b"])
_ACTOR_WORDS = {"клиент": "customer", "сотрудник": "employee", "система": "system"}


@dataclass(slots=True)
class Part:
    """A portion on its way: raw columns, and what is wrong with its rows."""

    frame: pl.DataFrame
    lines: pl.Series
    problems: Problems


class Normaliser:
    """Turns blocks of one file into chunks.

    Args:
        source: the opened file.
        plan: what its columns mean.
        times: reads its times.
    """

    def __init__(self, source: Source, plan: Plan, times: TimeReader) -> None:
        self.file = source.path.name
        self.source = source
        self.plan = plan
        self.times = times
        #: Where semicolons part the fields a comma is the decimal sign.
        self.decimal_comma = True if source.delimiter == ";" else None

    def chunk(self, block: Block) -> Chunk:
        """One portion, normalised; rows that cannot be read are among the rejects."""
        part = Part(block.frame, block.line_series(), Problems(block.frame.height))
        known = len(self.times.serials)
        rows, identities, cells = self._rows(part)
        for column, (number, moment) in list(self.times.serials.items())[known:]:
            self.source.notes.append(
                f"Numbers in column '{column}' were taken for days of Excel: {number} is {moment}."
            )
        rejects = [block.rejects, part.problems.rejects(self.file, part.frame, part.lines), *cells]
        filled = [reject for reject in rejects if reject.height]
        gathered = pl.concat(filled).sort("line", maintain_order=True) if filled else block.rejects
        return Chunk(rows, identities, gathered, block.rows_read, block.bytes_done, self.source.bytes_total)

    def _rows(self, part: Part) -> tuple[pl.DataFrame, pl.DataFrame, list[pl.DataFrame]]:
        """Good rows, links between identifiers, and rejects that are not about whole rows."""
        columns: dict[str, pl.Series] = {}
        identities = empty_identities()
        if self.plan.kind == "identities":
            for name in ("identifier_a", "identifier_b"):
                columns[name] = self.required_text(part, name)
            return self.finish(part, columns), identities, []
        links = self.customer(part, columns)
        if self.plan.kind != "customers":
            self.read_times(part, columns)
        if self.plan.kind == "events":
            columns["activity"] = self.required_text(part, "activity")
            self.event_columns(part, columns)
        elif self.plan.kind == "feedback":
            self.feedback_columns(part, columns)
        columns.update(self.attributes(part))
        return self.finish(part, columns), self.seen_links(part, links), []

    def doubt(self, frame: pl.DataFrame) -> list[str]:
        """Gives back columns that were guessed by their names to be times or numbers, and are not.

        Returns:
            A note for each: most of what stands in it cannot be read as what it was taken for.
        """
        notes = []
        for canonical in self.plan.guessed():
            column = self.plan.columns[canonical]
            dtype = CANONICAL[self.plan.kind][canonical]
            if dtype == pl.String or column not in frame.columns:
                continue
            sample = frame[column].drop_nulls().head(_DOUBT_ROWS)
            if dtype == pl.Float64:
                bad = read_numbers(sample, self.decimal_comma)[1]
            else:
                bad = self.times.bad(sample, serials=speaks_of_time(column))
            if bad is not None and int(bad.sum()) * 2 > sample.len():
                self.plan.release(canonical)
                what = "numbers" if dtype == pl.Float64 else "times"
                notes.append(
                    f"Column '{column}' holds no {what} and was kept as an attribute, not taken for {canonical}."
                )
        return notes

    # Columns --------------------------------------------------------------------------------------------------

    def raw(self, part: Part, canonical: str) -> pl.Series | None:
        """The column that plays the part, as it stands in the file; a constant is spread over the rows."""
        constant = self.plan.constants.get(canonical)
        if constant is not None:
            return pl.Series(canonical, [constant], dtype=pl.String).new_from_index(0, part.frame.height)
        column = self.plan.columns.get(canonical)
        return None if column is None or column not in part.frame.columns else part.frame[column]

    def clock(self, part: Part, clock: str) -> pl.Series | None:
        """The times of day of a canonical time, where they stand in a column of their own; None: nowhere."""
        return None if self.plan.constants.get(clock) == "" else self.raw(part, clock)

    def text(self, part: Part, canonical: str) -> pl.Series | None:
        """The same as clean text; None where the file has nothing at all for it."""
        raw = self.raw(part, canonical)
        if raw is None:
            return None
        text = clean_identifier(raw) if canonical in _IDENTIFYING else clean_text(raw)
        return None if text.null_count() == text.len() else text

    def required_text(self, part: Part, canonical: str) -> pl.Series:
        """A text column that every good row has."""
        text = self.text(part, canonical)
        if text is None:
            text = pl.Series(canonical, [None], dtype=pl.String).new_from_index(0, part.frame.height)
        if text.null_count():
            part.problems.add(text.is_null(), f"No {canonical}: the column '{self.named(canonical)}' is empty.")
        return text

    def named(self, canonical: str) -> str:
        """What the column is called in the file."""
        return self.plan.columns.get(canonical, canonical)

    def customer(self, part: Part, columns: dict[str, pl.Series]) -> list[pl.Series]:
        """Fills `customer_id`: the first filled identifier, or the case where no customer is named at all.

        Where that is not always the customer_id of the file itself, a column of its own says in which rows it is not.

        Returns:
            The identifier columns of the rows, for their links.
        """
        if self.plan.case_for_customer() and not self.plan.identifier_columns():
            columns["customer_id"] = self.required_text(part, "case_id")
            return []
        found = [self.text(part, "customer_id")]
        found += [
            clean_identifier(part.frame[name]) for name in self.plan.identifier_columns() if name in part.frame.columns
        ]
        identifiers = [column for column in found if column is not None]
        if not identifiers:
            columns["customer_id"] = self.required_text(part, "customer_id")
            return []
        customer = identifiers[0]
        if customer.null_count() and len(identifiers) > 1:
            customer = pl.select(pl.coalesce(*identifiers)).to_series()
        if customer.null_count():
            names = [self.named("customer_id"), *self.plan.identifier_columns()]
            where = " and ".join(f"'{name}'" for name in dict.fromkeys(names))
            part.problems.add(customer.is_null(), f"No customer: {where} {'is' if len(names) == 1 else 'are'} empty.")
        columns["customer_id"] = customer
        own_missing = customer.len() if found[0] is None else found[0].null_count()
        if own_missing > customer.null_count():
            nobody = pl.repeat(True, customer.len(), eager=True)
            columns[FALLBACK] = nobody if found[0] is None else found[0].is_null()
        return identifiers if len(identifiers) > 1 else []

    def seen_links(self, part: Part, identifiers: list[pl.Series]) -> pl.DataFrame:
        """Links of each good row's customer with its other identifiers, each pair once."""
        if not identifiers:
            return empty_identities()
        good = part.problems.good()
        frame = pl.DataFrame([column.alias(str(i)) for i, column in enumerate(identifiers)])
        frame = frame if good is None else frame.filter(good)
        first = pl.coalesce(*frame.columns)
        pairs = [frame.select(identifier_a=first, identifier_b=pl.col(name)) for name in frame.columns[1:]]
        told = pl.col("identifier_b").is_not_null() & (pl.col("identifier_a") != pl.col("identifier_b"))
        return pl.concat(pairs).filter(told).unique(maintain_order=True)

    def read_times(self, part: Part, columns: dict[str, pl.Series], required: bool = True) -> None:
        """Fills the canonical times; `time` itself is required unless the milestones give it."""
        wanted = [name for name, dtype in CANONICAL[self.plan.kind].items() if dtype == UTC_US]
        raws = {name: self.raw(part, name) for name in wanted if required or name != "time"}
        present = {name: raw for name, raw in raws.items() if raw is not None}
        clocks = [self.clock(part, CLOCKS[name]) for name in present]
        for name, read in zip(present, self.times.read(list(present.values()), clocks), strict=True):
            self.complain(part, name, present[name], read)
            if name == "time" or read.values.null_count() < read.values.len():
                columns[name] = read.values
        if not required:
            return
        time = columns.get("time")
        if time is None:
            time = pl.Series("time", [None], dtype=UTC_US).new_from_index(0, part.frame.height)
            columns["time"] = time
        if time.null_count():
            part.problems.add(time.is_null(), f"No time: the column '{self.named('time')}' is empty.")

    def complain(self, part: Part, name: str, raw: pl.Series, read: Times) -> None:
        """Sets aside the rows in which something stands that is no time."""
        bad = read.unreadable()
        if bad is not None:
            part.problems.add(bad, lambda rows: read.reasons(self.named(name), raw, rows))

    def number(self, part: Part, canonical: str) -> pl.Series | None:
        """A column of numbers; rows in which something else stands are set aside."""
        raw = self.raw(part, canonical)
        if raw is None:
            return None
        numbers, bad = read_numbers(raw, self.decimal_comma)
        if bad is not None:
            named = self.named(canonical)
            part.problems.add(
                bad, lambda rows: f"{named} '" + clean_text(raw.filter(rows)).fill_null("") + "' is not a number."
            )
        elif numbers.null_count() == numbers.len():
            return None
        return numbers

    def event_columns(self, part: Part, columns: dict[str, pl.Series]) -> None:
        """Fills what an event may have besides who, when and what."""
        for name in ("case_id", "event_id", "channel", "performer"):
            text = self.text(part, name)
            if text is not None:
                columns[name] = text
        actor = self.text(part, "actor")
        if actor is not None:
            words = actor.str.to_lowercase().replace(_ACTOR_WORDS)
            bad = ~words.is_in(ACTORS).fill_null(True)
            part.problems.add(bad, lambda rows: "actor '" + actor.filter(rows) + f"' is none of {', '.join(ACTORS)}.")
            columns["actor"] = words.fill_null("customer")
        status = self.text(part, "status")
        if status is not None:
            lower = status.str.to_lowercase()
            known = lower.is_in(("ok", "failed"))
            columns["status"] = pl.select(pl.when(known).then(lower).otherwise(status).fill_null("ok")).to_series()
        value = self.number(part, "value")
        if value is not None:
            columns["value"] = value

    def feedback_columns(self, part: Part, columns: dict[str, pl.Series]) -> None:
        """Fills what a customer said; a score outside its kind's scale, or nothing said at all, sets the row aside."""
        kind = self.required_text(part, "kind").str.to_lowercase()
        known = kind.is_in(list(FEEDBACK_SCALES)).fill_null(True)
        if not known.all():
            part.problems.add(
                ~known, lambda rows: "kind '" + kind.filter(rows) + f"' is none of {', '.join(FEEDBACK_SCALES)}."
            )
        columns["kind"] = kind
        for name in ("case_id", "channel", "activity", "text"):
            text = self.text(part, name)
            if text is not None:
                columns[name] = text
        score = self.number(part, "score")
        if score is not None:
            for name, scale in FEEDBACK_SCALES.items():
                if scale is None:
                    continue
                outside = (kind == name) & ~score.is_between(*scale)
                low, high = (f"{end:g}" for end in scale)
                part.problems.add(outside, f"The score is outside {low}..{high}, the scale of {name}.")
            columns["score"] = score
        said = [columns[name].is_not_null() for name in ("score", "text") if name in columns]
        silent = ~pl.select(pl.any_horizontal(*said)).to_series() if said else pl.repeat(True, kind.len(), eager=True)
        part.problems.add(silent, "Neither score nor text.")

    def attributes(self, part: Part) -> dict[str, pl.Series]:
        """Every other column as text under its own name; columns that are wholly empty are left out."""
        result: dict[str, pl.Series] = {}
        for column, label in self.plan.attributes.items():
            if column in part.frame.columns:
                text = clean_text(part.frame[column])
                if text.null_count() < text.len():
                    result[label] = text
        return result

    def finish(self, part: Part, columns: dict[str, pl.Series]) -> pl.DataFrame:
        """Good rows, canonical columns first and in their order."""
        order = [name for name in CANONICAL[self.plan.kind] if name in columns]
        order += [name for name in columns if name not in CANONICAL[self.plan.kind]]
        rows = pl.DataFrame([columns[name].alias(name) for name in order])
        good = part.problems.good()
        return rows if good is None else rows.filter(good)
