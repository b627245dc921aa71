"""What is known of the whole data before any question: its ends, its pace, and which moment is now."""

from __future__ import annotations

import datetime as dt

import numpy as np

from tropa.cx.lens import Facts
from tropa.store.head import Head
from tropa.store.manifest import Manifest
from tropa.workspace.settings import Settings


def facts_of(head: Head, manifest: Manifest, settings: Settings) -> Facts:
    """Facts of the data that these journeys hold.

    Now is the last event, for nothing is known of what came after it. Events dated later than the load did not happen
    yet or carry a wrong time: now is then the last event before the load. Where more than half of all events are later
    than the load, the data has a clock of its own (a simulation, a computer whose clock is slow), and now is its end;
    where all are, there is nothing to be told of it.

    Args:
        head: tells when data was last taken in.
        manifest: of any arrangement; all hold the same events.
        settings: tell the time zone whose days are counted, and what money is in.
    """
    loaded_at = head.loads[-1].at if head.loads else None
    now_us, later, later_first_us = manifest.last_us, 0, None
    if loaded_at is not None and now_us is not None:
        # The load is told to the second.
        loaded_us = round((dt.datetime.fromisoformat(loaded_at).timestamp() + 1) * 1e6)
        if now_us > loaded_us:
            before, later, later_first_us = _before(manifest, loaded_us)
            if before is None:
                later, later_first_us = 0, None
            elif 2 * later <= manifest.total("events"):
                now_us = before
    return Facts(
        first_us=manifest.first_us,
        last_us=manifest.last_us,
        idle_us=manifest.idle_us,
        loaded_at=loaded_at,
        now_us=now_us,
        later_events=later,
        later_first_us=later_first_us,
        zone=settings.timezone,
        currency=settings.currency,
        goal_price=settings.goal_price,
        topic_service=settings.topic_service,
    )


def _before(manifest: Manifest, loaded_us: int) -> tuple[int | None, int, int | None]:
    """The last event by then, how many are later, and the first of them; only partitions that have both are opened."""
    last: list[int] = []
    first: list[int] = []
    later = 0
    for bucket, (_, facts) in manifest.partitions.items():
        if facts.last_us <= loaded_us:
            last.append(facts.last_us)
        elif facts.first_us > loaded_us:
            later += facts.events
            first.append(facts.first_us)
        else:
            time = manifest.journeys[bucket].events.array("time")
            happened = time <= loaded_us
            later += int(np.count_nonzero(~happened))
            last.append(int(time[happened].max()))
            first.append(int(time[~happened].min()))
    return max(last, default=None), later, min(first, default=None)
