"""Steps: the events of a partition that obstacles look at, side by side and in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from tropa.cx.obstacles.acting import company_acts
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array, Codes, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """One entry a step; journey i has the steps offsets[i]:offsets[i + 1]. Journeys that filters drop have none.

    pair: code of (node, activity), see `Survey.pairs`; ABSENT for what is too rare to be looked at. channel: of the
    customer, the last one known. performer: who acted (ABSENT: not told). company: an employee or a system acted.
    """

    offsets: Ints
    journey: Codes
    event: Ints
    time: Ints
    node: Codes
    pair: Codes
    activity: Codes
    channel: Codes
    performer: Codes
    company: Array
    failed: Array

    def __len__(self) -> int:
        return len(self.event)


def steps_of(view: View, pair_of: Codes, contact: Array) -> Steps:
    """Steps of the journeys kept: events that the map shows, and calls for help wherever they are.

    Args:
        pair_of: [node, activity] -> pair.
        contact: for each activity whether it is a call for help; those that the map does not show belong to the
            touchpoint before.
    """
    offsets = view.offsets
    activity = view.column("activity")
    nodes = view.nodes
    shown = nodes != ABSENT
    if contact.any():
        known = np.append(contact, False)
        nodes = _last_node(offsets, nodes, known[activity])
        shown = nodes != ABSENT
    kept = shown if bool(view.selected.all()) else shown & np.repeat(view.selected, np.diff(offsets))
    event = np.flatnonzero(kept)
    starts = np.searchsorted(event, offsets)
    lengths = np.diff(starts)
    company = company_acts(view)[event]
    node, acted = nodes[event], activity[event]
    journey = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), lengths)
    return Steps(
        offsets=starts.astype(np.int64),
        journey=journey,
        event=event,
        time=view.time[event],
        node=node,
        pair=pair_of[node, acted],
        activity=acted,
        channel=_customer_channel(starts, view.column("channel")[event], company),
        performer=view.column("performer")[event],
        company=company,
        failed=view.failed[event],
    )


@njit(cache=True, nogil=True)
def _last_node(offsets: Ints, nodes: Codes, contact: Array) -> Codes:
    """Nodes, where calls for help that the map does not show take the node before them."""
    filled = nodes.copy()
    for journey in range(len(offsets) - 1):
        last = ABSENT
        for event in range(offsets[journey], offsets[journey + 1]):
            if nodes[event] != ABSENT:
                last = nodes[event]
            elif contact[event]:
                filled[event] = last
    return filled


@njit(cache=True, nogil=True)
def _customer_channel(offsets: Ints, channel: Codes, company: Array) -> Codes:
    filled = np.empty_like(channel)
    for journey in range(len(offsets) - 1):
        last = ABSENT
        for step in range(offsets[journey], offsets[journey + 1]):
            if not company[step] and channel[step] != ABSENT:
                last = channel[step]
            filled[step] = last
    return filled


@njit(cache=True, nogil=True)
def last_known(offsets: Ints, steps: Ints, starts: Ints, codes: Codes) -> Codes:
    """For each step the last value told in its journey up to then. offsets: of events; starts: of steps."""
    filled = np.empty(len(steps), dtype=np.int32)
    for journey in range(len(offsets) - 1):
        last = ABSENT
        event = offsets[journey]
        for step in range(starts[journey], starts[journey + 1]):
            while event <= steps[step]:
                if codes[event] != ABSENT:
                    last = codes[event]
                event += 1
            filled[step] = last
    return filled
