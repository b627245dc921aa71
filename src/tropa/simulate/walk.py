"""The life of a company told in steps, with the words for steps that companies share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tropa.simulate.clock import DAY, HOUR, MINUTE, Hours
from tropa.simulate.life import Life
from tropa.simulate.log import EventLog
from tropa.simulate.people import Journeys
from tropa.simulate.queues import Desk
from tropa.simulate.streams import Flags, Floats, Ints

Column = str | Ints | Floats | None


class Walk(Life):
    """One life of all journeys of a company.

    Args:
        desks: departments with queues, by name.
        severe: the few for whom it goes very wrong.
        columns: extra columns of what customers do.
    """

    def __init__(
        self,
        journeys: Journeys,
        off: frozenset[str],
        log: EventLog,
        desks: Mapping[str, Desk],
        severe: Ints,
        columns: Callable[[Walk, Ints], dict[str, Column]],
    ) -> None:
        super().__init__(journeys, off, log)
        self.journeys, self.people = journeys, journeys.people
        self.everybody = np.arange(self.size)
        self.is_severe: Flags = np.isin(self.everybody, severe)
        self._desks, self._columns = desks, columns

    # -- events ------------------------------------------------------------------------------------------------

    def act(self, activity: str, who: Ints, after_seconds: float = 20.0, **columns: Column) -> None:
        """Customers do something now, in their channel; then a little time goes by."""
        self.log.emit(
            activity, who, self.time[who], **{"channel": self.channel[who], **self._columns(self, who), **columns}
        )
        self.time[who] += after_seconds

    def system(self, activity: str, who: Ints, **columns: Column) -> None:
        """A machine does something now; no time goes by for the customer but a few seconds."""
        self.log.emit(activity, who, self.time[who], **{"actor": "system", **columns})
        self.time[who] += 3.0

    def work(
        self, activity: str, who: Ints, performer: str, minutes: float, spread: float = 0.4, **columns: Column
    ) -> None:
        """An employee works on it from now on; the clock stands at the end."""
        start = self.time[who]
        end = start + minutes * MINUTE * np.exp(spread * self.normal(f"{activity}.minutes", who))
        self.log.emit(activity, who, start, **{"actor": "employee", "performer": performer, "ended_at": end, **columns})
        self.time[who] = end + 5.0

    def ask(
        self, activity: str, who: Ints, at: Floats, performer: str, channel: str = "call", **columns: Column
    ) -> None:
        """Customers ask for help at some moment; their clock is not touched."""
        end = at + 4.0 * MINUTE * np.exp(0.5 * self.normal(f"{activity}.talk", who))
        self.log.emit(activity, who, at, **{"channel": channel, "performer": performer, "ended_at": end, **columns})

    def advertise(self, activity: str, channel: str) -> None:
        """Messages of marketing while the journey goes on, whatever the customer does meanwhile."""
        who = self.everybody[self.chance("advert", self.everybody, 0.25)]
        at = self.started[who] + self.uniform("advert.at", who) * (self.time[who] - self.started[who])
        self.log.emit(activity, who, at, channel=channel, actor="system", performer="Marketing")

    # -- time --------------------------------------------------------------------------------------------------

    def reopen(self, name: str, who: Ints, hours: Hours) -> None:
        """Moves the clock to working hours."""
        self.time[who] = hours.next_open(self.time[who], self.uniform(f"{name}.open", who))

    def since(self, who: Ints, day: int) -> Flags:
        """For whom it is this day of the simulation or later."""
        return np.asarray(self.time[who] >= day * DAY)

    def by_day(self, who: Ints, at: Floats, opens: float = 9.0, closes: float = 21.0) -> Flags:
        """For whom the moment falls into these hours."""
        hour = np.mod(at, DAY) / HOUR
        return np.asarray((hour >= opens) & (hour < closes))

    # -- queues ------------------------------------------------------------------------------------------------

    def desk_wait(self, desk: str, who: Ints, spread: float = 0.4) -> Floats:
        """Seconds until the department turns to those who ask now."""
        asked = self.time[who]
        jitter = np.exp(spread * self.normal(f"{desk}.jitter", who))
        wait = self._desks[desk].start(asked + 3 * MINUTE * self.exponential(f"{desk}.pickup", who), jitter) - asked
        for key, numbers in ((desk, asked), (f"{desk}.jitter", jitter), (f"{desk}.wait", wait)):
            self.arrivals.setdefault(key, []).append(numbers)
        return wait

    def wait_or_leave(
        self, obstacle: str, who: Ints, wait: Floats, limit_seconds: float, patience: Floats
    ) -> tuple[Ints, Floats]:
        """Everybody waits until served or out of patience; returns those who were served, and the wait of each.

        Who is still there beyond the limit has met the obstacle; without it nobody waits longer than the limit.
        """
        over = (wait > limit_seconds) & (patience > limit_seconds)
        self.meet(obstacle, who[over], who)
        if obstacle in self.off:
            wait = np.minimum(wait, limit_seconds)
        felt = np.minimum(wait, patience)
        served = patience >= wait
        self.leave(who[~served])
        self.time[who] += felt
        return who[served], felt

    # -- complaints --------------------------------------------------------------------------------------------

    def could_be_severe(self) -> Flags:
        """Who got to the goal early enough for the data to show what came of it."""
        return np.asarray(self.goal_at < 140 * DAY)

    def complain(self, name: str, who: Ints, at: Floats, performer: str, channel: str) -> None:
        """A complaint and its answer some days later; one in six is never answered."""
        self.log.emit("complaint_filed", who, at, channel=channel, promised_at=at + 5 * DAY)
        self.fact("complaint_at")[who] = at
        answered = who[self.chance(f"{name}.answered", who, 0.84)]
        days = 2.5 * np.exp(0.4 * self.normal(f"{name}.days", answered))
        when = Hours(9.0, 18.0).next_open(
            self.fact("complaint_at")[answered] + days * DAY, self.uniform(f"{name}.open", answered)
        )
        self.log.emit("complaint_answered", answered, when, channel=channel, actor="employee", performer=performer)

    def go_wrong(self, performer: str, channel: str) -> None:
        """The few for whom it goes very wrong complain, and complain again."""
        who = self.everybody[self.is_severe & ~np.isnan(self.goal_at)]
        morning = (np.floor(self.goal_at[who] / DAY) + 1) * DAY + (9.5 + 4 * self.uniform("severe.at", who)) * HOUR
        self.log.emit("complaint_filed", who, morning, channel=channel, promised_at=morning + 5 * DAY)
        self.complain("severe", who, morning + 6 * DAY, performer, channel)
