"""The same questions answered in plain Python, event by event: slow, obvious, and written apart from the product."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

MINUTE = 60_000_000
START = 1_767_225_600_000_000  # 2026-01-01T00:00Z, a Thursday

NODES = {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}
STAGES = {"A": 0, "B": 0, "C": 1, "D": 1, "E": 2}
GOAL = "E"
WITHIN = {"A": 90 * MINUTE, "C": 300 * MINUTE}
MAP = """
map: Small
goal: [E]
%s
stages:
  - stage: First
    touchpoints:
      - {touchpoint: A, when: {activity: [a]}, expects: {within: 90m}}
      - {touchpoint: B, when: {activity: [b]}, expects: {score: 4}}
  - stage: Second
    touchpoints:
      - {touchpoint: C, when: {activity: [c]}, expects: {within: 5h}}
      - {touchpoint: D, when: {activity: [d]}, expects: {failures: 0.1}}
  - stage: Third
    touchpoints:
      - {touchpoint: E, when: {activity: [e]}}
"""


@dataclass
class Event:
    time: int
    activity: str
    failed: bool
    promised: int | None
    ended: int | None

    @property
    def node(self) -> str | None:
        return NODES.get(self.activity)


@dataclass
class Journey:
    customer: str
    events: list[Event]
    on_map: list[Event] = field(init=False)

    def __post_init__(self) -> None:
        self.on_map = [event for event in self.events if event.node]

    def visits(self) -> list[list[Event]]:
        runs: list[list[Event]] = []
        for event in self.on_map:
            if runs and runs[-1][0].node == event.node:
                runs[-1].append(event)
            else:
                runs.append([event])
        return runs

    def outcome(self, horizon: int | None, now: int, idle: int) -> str:
        begin = self.events[0].time
        for event in self.on_map:
            if event.node == GOAL and (horizon is None or event.time <= begin + horizon):
                return "reached"
        open_yet = horizon is None or now < begin + horizon
        return "under_way" if open_yet and now - self.events[-1].time <= idle else "left"


def random_log(seed: int) -> tuple[list[Journey], list[dict[str, Any]], int | None]:
    """Journeys, answers and the horizon (microseconds, or none)."""
    chance = random.Random(seed)
    wide = seed % 3 == 0
    journeys = []
    answers = []
    for number in range(40):
        begin = START + chance.randrange(0, 30 * 1440) * MINUTE
        minutes = sorted(chance.sample(range(1, 3000), chance.randint(1, 9)))
        promise = begin + chance.randrange(0, 3000) * MINUTE
        events = []
        for minute in minutes:
            activity = chance.choices("abcdefg", (4, 3, 3, 3, 1, 2, 1))[0]
            time = begin + minute * MINUTE
            own = time + chance.randrange(0, 600) * MINUTE if activity in "cd" and chance.random() < 0.6 else None
            ended = time + chance.randrange(1, 400) * MINUTE if activity == "d" and chance.random() < 0.5 else None
            events.append(Event(time, activity, chance.random() < 0.15, promise if wide else own, ended))
        journeys.append(Journey(f"c{number}", events))
        if chance.random() < 0.6:
            at = chance.choice(events).time + chance.randrange(0, 90) * MINUTE + 1
            about = chance.choice([None, None, "b", "g"])
            kind = chance.choice(["csat", "csat", "nps"])
            score = chance.randint(1, 5) if kind == "csat" else chance.randint(0, 10)
            answers.append({"customer_id": f"c{number}", "time": at, "activity": about, "kind": kind, "score": score})
    return journeys, answers, None if seed % 2 else 1500 * MINUTE


def overruns(journeys: list[Journey], horizon: int | None, now: int, idle: int) -> dict[tuple[str, str], list[Any]]:
    """(check, touchpoint) -> (overrun, still waiting) of every journey whose outcome is known."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for journey in journeys:
        reached = journey.outcome(horizon, now, idle) == "reached"
        visits = journey.visits()
        for name, promise in WITHIN.items():
            first = next((place for place, visit in enumerate(visits) if visit[0].node == name), None)
            if first is None:
                continue
            begun = visits[first][0].time
            if first + 1 < len(visits):
                found["within", name].append((visits[first + 1][0].time - begun - promise, False))
            elif not reached and now - begun > promise:
                found["within", name].append((now - begun - promise, True))
        for name in STAGES:
            maker = next((event for event in journey.on_map if event.node == name and event.promised), None)
            if maker is None or maker.promised is None:
                continue
            done = maker.ended or (maker.time if name == GOAL else None)
            for event in journey.on_map[journey.on_map.index(maker) + 1 :]:
                settles = event.node == GOAL or event.promised != maker.promised
                if done is None and event.node != name and settles:
                    done = event.time
            earlier = [event.promised for event in journey.on_map[: journey.on_map.index(maker)] if event.promised]
            repeats = bool(earlier) and earlier[-1] == maker.promised
            if done is not None:
                found["promised", name].append((done - maker.promised, False))
            elif now > maker.promised and not (reached and repeats):
                found["promised", name].append((now - maker.promised, True))
    return found


def stages(journeys: list[Journey], horizon: int | None, now: int, idle: int) -> list[dict[str, Any]]:
    """Journeys, passed on, times to pass on, drop-off and under way by stage."""
    rows: list[dict[str, Any]] = [{"journeys": 0, "times": [], "left": 0, "under_way": 0} for _ in range(3)]
    for journey in journeys:
        outcome = journey.outcome(horizon, now, idle)
        for number, row in enumerate(rows):
            inside = [event for event in journey.on_map if STAGES[event.node or ""] == number]
            if not inside:
                continue
            row["journeys"] += 1
            entered = inside[0]
            for event in journey.on_map[journey.on_map.index(entered) :]:
                if STAGES[event.node or ""] > number or (event.node == GOAL and outcome == "reached"):
                    row["times"].append(event.time - entered.time)
                    break
        if journey.on_map and outcome != "reached" and journey.on_map[-1].node != GOAL:
            rows[STAGES[journey.on_map[-1].node or ""]][outcome] += 1
    return rows


def about(answer: dict[str, Any], journey: Journey) -> str | None:
    """Which touchpoint an answer is about: its own activity's, else the last one before it."""
    if answer["activity"] in NODES:
        return NODES[answer["activity"]]
    before = [event.node for event in journey.on_map if event.time <= answer["time"]]
    return before[-1] if before else None


def leaves(journeys: list[Journey]) -> Counter[str | None]:
    """Journeys by the touchpoint after which they step off the map (None: at the start)."""
    counts: Counter[str | None] = Counter()
    for journey in journeys:
        places = {None} if journey.events[0].node is None else set()
        for one, other in zip(journey.events, journey.events[1:], strict=False):
            if one.node is not None and other.node is None:
                places.add(one.node)
        counts.update(places)
    return counts


def quantile(values: list[int], share: float) -> float | None:
    """By rank, as the histograms do: the smallest value that `share` of all do not exceed; in seconds."""
    return sorted(values)[max(math.ceil(len(values) * share), 1) - 1] / 1e6 if values else None
