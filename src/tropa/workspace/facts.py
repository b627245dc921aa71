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
    yet or carry a wrong time: now is then the last event before the load. Where half of all events or more are later
    than the load, the data has a clock of its own (a simulation, a computer whose clock is slow), and now is its end.

    Args:
        head: tells when data was last taken in.
        manifest: of any arrangement; all hold the same events.
        settings: tell the time zone whose days are counted, and what money is in.
    """
    loaded_at = head.loads[-1].at if head.loads else None
    now_us, later = manifest.last_us, 0
    if loaded_at is not None and now_us is not None:
        # The load is told to the second.
        loaded_us = round((dt.datetime.fromisoformat(loaded_at).timestamp() + 1) * 1e6)
        if now_us > loaded_us:
            before, later = _before(manifest, loaded_us)
            if before is not None and 2 * later < manifest.total("events"):
                now_us = before
            else:
                later = 0
    return Facts(
        first_us=manifest.first_us,
        last_us=manifest.last_us,
        idle_us=manifest.idle_us,
        loaded_at=loaded_at,
        now_us=now_us,
        later_events=later,
        zone=settings.timezone,
        currency=settings.currency,
        goal_price=settings.goal_price,
        topic_service=settings.topic_service,
    )


def _before(manifest: Manifest, loaded_us: int) -> tuple[int | None, int]:
    """The last event by then, and how many are later; only partitions that have later ones are opened."""
    last: list[int] = []
    later = 0
    for bucket, (_, facts) in manifest.partitions.items():
        if facts.last_us <= loaded_us:
            last.append(facts.last_us)
        elif facts.first_us > loaded_us:
            later += facts.events
        else:
            time = manifest.journeys[bucket].events.array("time")
            happened = time <= loaded_us
            later += int(np.count_nonzero(~happened))
            last.append(int(time[happened].max()))
    return max(last, default=None), later
