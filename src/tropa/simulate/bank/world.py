"""One life of all cases: where each of them is now, and what has happened to it."""

from __future__ import annotations

import numpy as np

from tropa.simulate.bank.people import BRANCH_HOURS, CHANNELS, DEVICES, Cases
from tropa.simulate.bank.settings import BRANCHES, Settings
from tropa.simulate.clock import HORIZON_DAYS, MINUTE, Hours
from tropa.simulate.life import Life
from tropa.simulate.log import EventLog
from tropa.simulate.queues import Crowd, Desk
from tropa.simulate.streams import Floats, Ints, Streams

VERIFICATION, UNDERWRITING, SECURITY = "Верификация", "Андеррайтинг", "Служба безопасности"
CONTACT_CENTRE, OPERATIONS, QUALITY = "Контакт-центр", "Операционный центр", "Служба качества"
CHECK_PROMISE_SECONDS = 86400.0


class Company:
    """What does not change between two lives: the departments and their backlogs."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.settings = settings
        steady = Streams(seed, HORIZON_DAYS)
        illness = 0.09 * steady.normal("illness") + np.repeat(0.06 * steady.normal("week"), 7)[:HORIZON_DAYS]
        self.verification = Desk(VERIFICATION, Hours(9.0, 20.0, (0, 1, 2, 3, 4, 5)), illness)
        self.underwriting = Desk(UNDERWRITING, Hours(9.0, 19.0, (0, 1, 2, 3, 4, 5)))
        self.security = Desk(SECURITY, Hours(9.0, 18.0, (0, 1, 2, 3, 4, 5)))
        self.operations = Desk(OPERATIONS, Hours(9.0, 21.0, (0, 1, 2, 3, 4, 5)))
        swing = np.stack([np.exp(0.25 * steady.normal(f"branch.{name}")) for name in BRANCHES])
        swing[settings.slow_branch, settings.slow_branch_day :] *= 3.4
        self.branches = Crowd(np.full(len(BRANCHES), 7.5 * MINUTE), swing)
        lines = np.exp(0.35 * steady.normal("line"))[None, :]
        self.telephone = Crowd(np.array([1.6 * MINUTE]), lines)
        self.quality_hours = Hours(9.0, 18.0)
        self.telephone_hours = Hours(8.0, 22.0, (0, 1, 2, 3, 4, 5, 6), holidays=True)


class World(Life):
    """One life of all cases.

    Args:
        company: departments and parameters.
        cases: who lives.
        off: obstacles that are switched off in this life.
        recording: whether events are written down.
    """

    def __init__(
        self, company: Company, cases: Cases, off: frozenset[str] = frozenset(), recording: bool = True
    ) -> None:
        super().__init__(cases, off, EventLog(recording, ("device", "campaign"), ("amount",)))
        self.company, self.cases = company, cases
        self.settings, self.people = company.settings, cases.people
        self.performers = {name: self.log.vocabulary["performer"].code(name) for name in BRANCHES}
        self.branch_codes = np.array([self.performers[name] for name in BRANCHES], dtype=np.int64)
        self.log.vocabulary["channel"].codes(list(CHANNELS))
        self.log.vocabulary["device"].codes(list(DEVICES))

    def to_branch(self, name: str, who: Ints) -> None:
        """Moves the clock to the branch's working hours."""
        self.time[who] = BRANCH_HOURS.next_open(self.time[who], self.uniform(f"{name}.open", who))

    # -- words for events --------------------------------------------------------------------------------------

    def branch_of(self, who: Ints) -> Ints:
        """Code of the branch of the customer's region, as performer."""
        return self.branch_codes[self.people.region[who]]

    def device_of(self, who: Ints, channel: Ints | None = None) -> Ints:
        """Code of the device: the phone in the app and for half of the web, else the computer; -1 elsewhere."""
        where = self.channel[who] if channel is None else channel
        mobile = (where == 1) | self.chance("mobile.web", who, 0.5)
        device = np.where(mobile, self.people.phone[who], self.people.computer[who])
        return np.where(where <= 1, device, -1)

    def act(self, activity: str, who: Ints, **columns: str | Floats | Ints | None) -> None:
        """An event of the customer in the customer's present channel."""
        self.log.emit(
            activity, who, self.time[who], **{"channel": self.channel[who], "device": self.device_of(who), **columns}
        )
