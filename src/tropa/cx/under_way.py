"""How it is decided that a journey is still under way, said to a person."""

from __future__ import annotations

from tropa.cx.lens import Lens
from tropa.cx.times import iso

_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def under_way_rule(lens: Lens) -> str:
    """One sentence with the limits that hold for this data (see `cx.outcome`)."""
    facts = lens.facts
    idle = spoken_duration((facts.idle_us or 0) / 1e6)
    waits = f"its last event is at most {idle} before the last event of the data ({iso(facts.now_us)})"
    usual = "95 % of the pauses between events of a journey are no longer than that"
    if lens.unit == "session":
        usual = "a longer pause begins a new session"
    if not lens.has_goal:
        return f"A journey is still under way when {waits}; {usual}."
    horizon = ""
    if lens.within_us is not None:
        horizon = f", fewer than {spoken_duration(lens.within_us / 1e6)} have passed since its first event"
    return f"A journey is still under way when it has not reached the goal{horizon}, and {waits}; {usual}."


def spoken_duration(seconds: float) -> str:
    """The two largest units: 93784 -> `1 day 2 hours`; less than a second keeps its fraction."""
    if seconds < 1:
        return f"{seconds:.3g} seconds"
    left = round(seconds)
    said: list[str] = []
    for name, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            said.append(f"{count} {name}{'' if count == 1 else 's'}")
        elif said:
            break
        if len(said) == 2:
            break
    return " ".join(said)
