"""Wide tables: one row a case, one column a milestone, into events."""

from __future__ import annotations

import polars as pl

from tropa.sources.model import REJECTS_SCHEMA
from tropa.sources.normalise import Normaliser, Part
from tropa.sources.problems import reject_rows
from tropa.sources.times import Times


class WideNormaliser(Normaliser):
    """Each filled milestone of a row becomes an event at its time.

    What the other columns say stands on each event of the row. Only `value` stands on the last event alone (the last of
    the declared milestones that the row has), so that money is not counted once a milestone. An `event_id` gets the
    activity after a colon, for each event needs its own. A milestone that is no time is set aside alone.
    """

    def _rows(self, part: Part) -> tuple[pl.DataFrame, pl.DataFrame, list[pl.DataFrame]]:
        columns: dict[str, pl.Series] = {}
        links = self.customer(part, columns)
        milestones = {
            activity: part.frame[column]
            for activity, column in self.plan.milestone_columns().items()
            if column in part.frame.columns
        }
        # Read together with the milestones, a promised time may owe them the order of its day and month.
        beside = [self.plan.milestone_clocks.get(column.name) for column in milestones.values()]
        clocks = [part.frame[name] if name in part.frame.columns else None for name in beside]
        read = dict(zip(milestones, self.times.read(list(milestones.values()), clocks), strict=True))
        self.read_times(part, columns, required=False)
        self.event_columns(part, columns)
        columns.update(self.attributes(part))
        cells = self._unreadable_cells(part, milestones, read)
        self._complain_of_empty_rows(part, milestones, read)
        links_frame = self.seen_links(part, links)
        return self._events(part, columns, read), links_frame, cells

    def _unreadable_cells(
        self, part: Part, milestones: dict[str, pl.Series], read: dict[str, Times]
    ) -> list[pl.DataFrame]:
        good = part.problems.good()
        rejects = []
        for activity, times in read.items():
            bad = times.unreadable()
            if bad is None:
                continue
            if good is not None:
                bad = bad & good
            column = self.plan.milestone_columns()[activity]
            words = times.reasons(column, milestones[activity], bad)
            reasons = words.str.strip_suffix(".") + f"; the event '{activity}' of this row is left out."
            rejects.append(reject_rows(self.file, part.lines.filter(bad), reasons, part.frame.filter(bad)))
        return [reject.select(list(REJECTS_SCHEMA)) for reject in rejects if reject.height]

    def _complain_of_empty_rows(self, part: Part, milestones: dict[str, pl.Series], read: dict[str, Times]) -> None:
        filled = pl.repeat(False, part.frame.height, eager=True)
        for times in read.values():
            bad = times.unreadable()
            filled = filled | times.values.is_not_null()
            filled = filled if bad is None else filled | bad  # that cell has its own reject
        part.problems.add(~filled, f"No milestone: {_quoted(milestones)} are all empty.")

    def _events(self, part: Part, columns: dict[str, pl.Series], read: dict[str, Times]) -> pl.DataFrame:
        rows = self.finish(part, columns)
        good = part.problems.good()
        moments = {a: t.values if good is None else t.values.filter(good) for a, t in read.items()}
        index = pl.int_range(0, rows.height, eager=True, dtype=pl.UInt32)
        parts = []
        for position, (activity, times) in enumerate(moments.items()):
            filled = times.is_not_null()
            parts.append(
                pl.DataFrame({"row": index.filter(filled), "time": times.filter(filled)}).with_columns(
                    activity=pl.lit(activity), position=pl.lit(position, dtype=pl.UInt32)
                )
            )
        order = pl.concat(parts).sort("row", "position")
        events = rows[order["row"]].with_columns(order["time"], order["activity"])
        if "event_id" in events.columns:
            events = events.with_columns(event_id=pl.concat_str("event_id", pl.lit(":"), "activity"))
        if "value" in events.columns:
            last = (order["row"] != order["row"].shift(-1)).fill_null(True)
            events = events.with_columns(value=pl.when(last).then("value"))
        lead = ["customer_id", "time", "activity"]
        return events.select(*lead, *(name for name in events.columns if name not in lead))


def _quoted(names: dict[str, pl.Series]) -> str:
    return ", ".join(f"'{series.name}'" for series in names.values())
