"""Queues of departments: a customer waits because of the working hours and of those who came before.

The backlog follows from the arrivals and the staff (a fluid queue: what comes in minus what can be done, never below
zero). It is computed once and then frozen: a customer who lives twice meets the same colleagues and the same
backlog both times, so one obstacle switched off for one customer changes nothing for another.
"""

from __future__ import annotations

import numpy as np

from tropa.simulate.clock import CELL_SECONDS, DAY, DAYS, HORIZON_DAYS, HOUR, Hours
from tropa.simulate.streams import Floats

CELLS = int(HORIZON_DAYS * DAY / CELL_SECONDS)
CELLS_A_DAY = int(DAY / CELL_SECONDS)


class Desk:
    """A department that serves in order of arrival during its working hours.

    Args:
        name: the department, as it appears in `performer`.
        hours: its working hours.
        illness: daily relative swing of the staff, one number a day (zeros: steady staff).
    """

    def __init__(self, name: str, hours: Hours, illness: Floats | None = None) -> None:
        self.name = name
        self.hours = hours
        self._open = hours.cells()
        self._staff = np.ones(HORIZON_DAYS) if illness is None else np.clip(1.0 + illness, 0.6, 1.4)
        self._edges = np.arange(CELLS + 1) * CELL_SECONDS
        self._worked = np.concatenate([[0.0], np.cumsum(self._open * CELL_SECONDS)])
        self._open_cells = np.flatnonzero(self._open)
        self.backlog_seconds = np.zeros(CELLS + 1)
        self.load = 0.0

    def fit(self, arrivals: Floats, jitter: Floats, threshold_seconds: float, share: float) -> None:
        """Sizes the staff so that `share` of the arrivals wait longer than `threshold_seconds`."""
        counts = np.bincount(np.minimum((arrivals / CELL_SECONDS).astype(np.int64), CELLS - 1), minlength=CELLS).astype(
            np.float64
        )
        low, high = 0.02, 1.15
        for _ in range(14):
            self.load = (low + high) / 2
            self.backlog_seconds = self._backlog(counts, self.load)
            waits = self.start(arrivals, jitter) - arrivals
            seen = arrivals < DAYS * DAY
            late = float(np.mean(waits[seen] > threshold_seconds)) if seen.any() else 0.0
            low, high = (low, self.load) if late > share else (self.load, high)

    def _backlog(self, counts: Floats, load: float) -> Floats:
        """Seconds of work ahead of somebody who comes at each edge of the grid."""
        daily = counts[: DAYS * CELLS_A_DAY].reshape(DAYS, CELLS_A_DAY).sum(axis=1)
        window = 14
        padded = np.pad(daily, window, mode="reflect") if len(daily) > window else daily
        trend = np.convolve(padded, np.ones(2 * window + 1) / (2 * window + 1), mode="valid")
        trend = np.concatenate([trend, np.full(HORIZON_DAYS - DAYS, trend[-1])])
        open_a_day = self._open.reshape(HORIZON_DAYS, CELLS_A_DAY).sum(axis=1)
        usual = max(float(open_a_day[:DAYS].mean()), 1.0)
        rate = np.repeat(np.maximum(trend, 1e-9) * self._staff / (load * usual), CELLS_A_DAY)
        flow = np.cumsum(counts - rate * self._open)
        backlog = flow - np.minimum(np.minimum.accumulate(flow), 0.0)
        seconds = backlog / rate * CELL_SECONDS
        return np.concatenate([[0.0], np.minimum(seconds, 12 * 10 * HOUR)])

    def start(self, asked: Floats, jitter: Floats) -> Floats:
        """When the service starts for those who asked; `jitter` scales the queue ahead (1 is strict order)."""
        ahead = np.interp(asked, self._edges, self.backlog_seconds) * jitter
        wanted = np.interp(asked, self._edges, self._worked) + ahead
        worked_before = self._worked[self._open_cells]
        cell = np.clip(np.searchsorted(worked_before, wanted, side="right") - 1, 0, len(worked_before) - 1)
        inside = np.minimum(wanted - worked_before[cell], CELL_SECONDS)
        return np.asarray(np.maximum(self._edges[self._open_cells[cell]] + inside, asked), dtype=np.float64)


class Crowd:
    """A queue made by people who are not in the simulation: a branch hall, a telephone line.

    Args:
        base_seconds: usual wait of each place.
        swing: daily relative swing, places x days.
    """

    HOURS = np.array([1, 1, 1, 1, 1, 1, 1, 1, 0.7, 0.8, 0.9, 1.1, 1.5, 1.5, 1.1, 0.9, 1.0, 1.4, 1.6, 1.1, 1, 1, 1, 1])
    WEEKDAYS = np.array([1.35, 1.0, 0.9, 0.9, 1.15, 1.05, 0.9])

    def __init__(self, base_seconds: Floats, swing: Floats) -> None:
        self._base = base_seconds
        self._swing = swing

    def wait_seconds(self, place: Floats, asked: Floats, jitter: Floats) -> Floats:
        """How long somebody waits who comes to `place` at `asked`."""
        day = np.minimum((asked // DAY).astype(np.int64), HORIZON_DAYS - 1)
        hour = (np.mod(asked, DAY) // HOUR).astype(np.int64)
        from_monday = day % 7  # the first day of the simulation is a Monday
        where = place.astype(np.int64)
        busy = self.HOURS[hour] * self.WEEKDAYS[from_monday] * self._swing[where, day]
        return np.asarray(self._base[where] * busy * jitter, dtype=np.float64)
