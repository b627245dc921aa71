"""A first map drawn from the data alone: touchpoints from activities, stages from their order in real journeys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.cx.durations import SECONDS
from tropa.cx.map import Map, Stage, Touchpoint, Unit
from tropa.cx.map_file import parse_map, render_map
from tropa.cx.naming import comment_text, rule_value, touchpoint_names, trouble_of
from tropa.errors import TropaError
from tropa.stats.ordering import count_groups, natural_breaks, potential, without_background

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

RARE_SHARE = 0.001
MAX_TOUCHPOINTS = 60
FEWEST_STAGES, MOST_STAGES = 4, 7
_NAMED_IN_COMMENT = 20
# Words of ends that no company draws as its goal.
_BAD_END = re.compile(
    r"fail|error|reject|declin|refus|den(?:y|ied)|cancel|abandon|expire|complain|return|refund|churn|unsubscri"
    r"|collection|penalt|отказ|отклон|отмен|ошибк|сбой|жалоб|возврат|истек|отток|взыскан|штраф",
    re.IGNORECASE,
)
# Words of ends that companies do draw as a goal.
_GOOD_END = re.compile(
    r"activat|approv|accept|complet|deliver|disburs|paid|payment|payout|purchas|success|signed|subscribed"
    r"|актив|выда[нч]|оплат|оплач|доставл|заверш|одобр|подписан|получен|куплен",
    re.IGNORECASE,
)
# Numbers with which a source begins its names: the map numbers its stages itself, wherever they are shown.
_NUMBER = re.compile(r"\s*\d+(\.\d+)*\s*(?:[.):]\s*|[–-]\s+)(?=[^\W\d])")
_HORIZONS = tuple(
    sorted(
        number * SECONDS[letter]
        for letter, numbers in {
            "s": (1, 2, 5, 10, 15, 20, 30, 45),
            "m": (1, 2, 3, 4, 5, 10, 15, 20, 30, 45),
            "h": (1, 2, 3, 4, 6, 8, 12, 18),
            "d": (1, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, *range(365, 3651, 365)),
        }.items()
        for number in numbers
    )
)
"""Times that people set as limits."""
_LONGEST_SHARE = 0.5
"""A horizon beyond this share of the data would leave hardly anybody who was watched that long: then there is none."""
# A goal that is surely the end is the last event of most journeys that have it; a guess needs some journeys at least.
_SURE_END = 0.6
_GOAL_SHARE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """What folds counted of the activities; arrays go by the place of the activity in `names`.

    Attributes:
        names: activities in the source's own words.
        journeys: journeys that have the activity.
        successions: `successions[i, j]` times j directly followed i in one journey.
        total_journeys: all journeys.
        ends: journeys whose last event this is.
        slow_seconds: 99.5 % of the journeys that have the activity reach it within this time from their start.
        data_seconds: from the first event of the data to the last one.
        followed: places of the activities that rows and columns of `successions` are; all of them where None.
    """

    names: Sequence[str]
    journeys: Counts
    successions: Counts
    total_journeys: int
    ends: Counts | None = None
    slow_seconds: Floats | None = None
    data_seconds: float = np.inf
    followed: Counts | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The map, its YAML with comments that say what is only proposed, and the same remarks one by one."""

    map: Map
    text: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """One touchpoint to be: an activity and those that look like its trouble (`_failed`, `_error`, `_retry`)."""

    name: str
    members: tuple[int, ...]


def propose(observed: Observed, name: str = "Proposed map", unit: Unit = "customer") -> Proposal:
    """Draw a first map.

    An activity and its trouble (`doc_upload`, `doc_upload_failed`) share a touchpoint. Touchpoints lie in the order of
    the net flow between them and are cut into 4 to 7 stages at the natural breaks of that order. Activities on less
    than 0.1 % of journeys, and those beyond the 60 most frequent touchpoints, stay off the map and are named.

    Raises:
        TropaError: (kind `no_data`) when there is no journey to draw from.
    """
    if observed.total_journeys <= 0 or not len(observed.names) or not observed.journeys.any():
        raise TropaError("There are no journeys to propose a map from.", "Load events first.", kind="no_data")
    groups, left_out = _touchpoints_to_be(observed)
    flow = _merged(observed, groups)
    level = potential(without_background(flow))
    stages = natural_breaks(level, count_groups(level, FEWEST_STAGES, MOST_STAGES))
    volume = np.array([_volume(observed, group) for group in groups])
    goal = _goal(observed, groups, level, volume)
    within = _horizon_seconds(observed, groups[goal])
    draft = Map(
        name=name,
        unit=unit,
        goal=(groups[goal].name,),
        within_seconds=within,
        stages=_stages(observed, groups, level, volume, stages),
    )
    remarks = _remarks(observed, groups[goal], within, left_out)
    comments = {"": ["Proposed from the data: mend it until it is yours.", *remarks[2:]], "goal": [remarks[0]]}
    if within is not None:
        comments["within"] = [remarks[1]]
    text = render_map(draft, comments)
    return Proposal(parse_map(text, "the proposed map"), text, tuple(remark for remark in remarks if remark))


def _touchpoints_to_be(observed: Observed) -> tuple[list[_Group], list[int]]:
    """Groups of activities that make a touchpoint, most frequent first, and the activities left out."""
    usable = [place for place, name in enumerate(observed.names) if rule_value(name) is not None]
    places = {observed.names[place]: place for place in usable}
    base = {place: places.get(trouble_of(observed.names[place], places), place) for place in usable}
    members: dict[int, list[int]] = {}
    for place in usable:
        root = base[place]
        while base[root] != root:
            root = base[root]
        members.setdefault(root, []).append(place)
    ordered = sorted(
        ((root, *sorted(set(places) - {root})) for root, places in members.items()),
        key=lambda places: (-max(int(observed.journeys[place]) for place in places), observed.names[places[0]]),
    )
    enough = max(1.0, RARE_SHARE * observed.total_journeys)
    kept = [places for places in ordered if max(int(observed.journeys[place]) for place in places) >= enough]
    kept = kept[:MAX_TOUCHPOINTS]
    names = touchpoint_names([observed.names[places[0]] for places in kept])
    shown = {place for places in kept for place in places}
    left_out = [place for place in range(len(observed.names)) if place not in shown and observed.journeys[place] > 0]
    return [_Group(name, places) for name, places in zip(names, kept, strict=True)], left_out


def _volume(observed: Observed, group: _Group) -> int:
    return max(int(observed.journeys[place]) for place in group.members)


def _merged(observed: Observed, groups: Sequence[_Group]) -> Counts:
    """Successions between groups; members that are too rare to be followed add nothing."""
    successions, followed = observed.successions, observed.followed
    row_of = {int(place): row for row, place in enumerate(range(len(observed.names)) if followed is None else followed)}
    members = [[row_of[place] for place in group.members if place in row_of] for group in groups]
    rows = np.array([successions[rows_of_group].sum(axis=0) for rows_of_group in members])
    return np.array([rows[:, rows_of_group].sum(axis=1) for rows_of_group in members], dtype=np.int64).T


def _stages(
    observed: Observed, groups: Sequence[_Group], level: Floats, volume: Counts, stage_of: Counts
) -> tuple[Stage, ...]:
    inside = [
        sorted(np.flatnonzero(stage_of == stage).tolist(), key=lambda index: (level[index], -volume[index]))
        for stage in range(int(stage_of.max()) + 1)
    ]
    names = [_stage_name(groups, members, volume) for members in inside]
    plain = [" – ".join(_NUMBER.sub("", part, count=1) for part in parts) for parts in names]
    # What only its number tells from another stage keeps the number.
    titles = [
        short if plain.count(short) == 1 else " – ".join(parts) for parts, short in zip(names, plain, strict=True)
    ]
    return tuple(
        Stage(name, tuple(_touchpoint(observed, groups[index]) for index in members))
        for name, members in zip(titles, inside, strict=True)
    )


def _stage_name(groups: Sequence[_Group], members: Sequence[int], volume: Counts) -> list[str]:
    """The one touchpoint, or the two most frequent of several, in their order: together no touchpoint is called so."""
    frequent = sorted(members, key=lambda index: -int(volume[index]))[:2]
    # A name may have 500 characters.
    return [groups[index].name[:240] for index in members if index in frequent]


def _touchpoint(observed: Observed, group: _Group) -> Touchpoint:
    rules = tuple(value for place in group.members if (value := rule_value(observed.names[place])) is not None)
    return Touchpoint(group.name, {"activity": rules})


def _goal(observed: Observed, groups: Sequence[_Group], level: Floats, volume: Counts) -> int:
    """The touchpoint that completes the journey, as far as names, order and ends can tell.

    First among those that sound like a success and lie in the later half of the way or are surely the end; then among
    all of the later half, refusals, cancellations and the like only where there is nothing else. Of these the one that
    most often and most surely is the last (ends * ends / journeys). Where none of the successes surely is, as when
    paperwork goes on after the customer has got everything, the farthest of them.
    """
    names = [observed.names[group.members[0]] for group in groups]
    ends = np.zeros(len(groups))
    if observed.ends is not None:
        ends += [sum(int(observed.ends[place]) for place in group.members) for group in groups]
    late, sure = level >= np.median(level), ends >= _SURE_END * volume
    good = np.array([not _BAD_END.search(name) for name in names])
    success = good & np.array([bool(_GOOD_END.search(name)) for name in names])
    success &= (late | sure) & (volume >= _GOAL_SHARE * observed.total_journeys)
    allowed = np.flatnonzero(next(mask for mask in (success, late & good, good, late) if mask.any()))
    by_order = not ends[allowed].any() or (success.any() and not sure[allowed].any())
    rank = level if by_order else ends**2 / volume
    return int(allowed[rank[allowed].argmax()])


def _horizon_seconds(observed: Observed, goal: _Group) -> float | None:
    """A time in which nearly all who reach the goal get there, rounded up to one that people would set.

    A shorter one would take slow successes for failures, and blame all that makes journeys slow for them. None where
    the data is too short to see such times, for they are longer than what it shows.
    """
    if observed.slow_seconds is None:
        return None
    slow = observed.slow_seconds[list(goal.members)]
    slow = slow[np.isfinite(slow) & (slow > 0)]
    if not len(slow):
        return None
    # Times are counted in buckets of 1 %: what lies that near to a round time is that time.
    seconds = 0.99 * float(slow.max())
    horizon = next((float(limit) for limit in _HORIZONS if limit >= seconds), None)
    return None if horizon is None or horizon > _LONGEST_SHARE * observed.data_seconds else horizon


def _remarks(observed: Observed, goal: _Group, within: float | None, left_out: Sequence[int]) -> list[str]:
    """Remark on the goal, on the horizon (empty where there is none), then on what stayed off the map."""
    quoted = comment_text(goal.name)
    ended = ""
    if observed.ends is not None:
        count = sum(int(observed.ends[place]) for place in goal.members)
        ended = f" {count:,} of {observed.total_journeys:,} journeys end there."
    remarks = [f"A guess: {quoted} completes the journey.{ended} Name the true goal.", ""]
    if within is not None:
        remarks[1] = (
            f"A guess: at least 99 % of the journeys that reach {quoted} do so in this time. A shorter one counts the "
            "slow ones as lost."
        )
    elif observed.slow_seconds is not None:
        remarks[0] += " No `within`: some take so long to get there that this data is too short to set a time."
    if left_out:
        frequent = sorted(left_out, key=lambda place: -int(observed.journeys[place]))
        listed = ", ".join(
            f"{comment_text(observed.names[place])} ({int(observed.journeys[place]):,})"
            for place in frequent[:_NAMED_IN_COMMENT]
        )
        more = f" and {len(frequent) - _NAMED_IN_COMMENT} more" if len(frequent) > _NAMED_IN_COMMENT else ""
        remarks.append(f"Left out as too rare (journeys): {listed}{more}.")
    return remarks
