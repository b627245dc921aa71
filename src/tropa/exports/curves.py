"""The stream of journeys and the emotion curve as paths, drawn as the page draws them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tropa.exports.picture import Segment

Point = tuple[float, float]
_SHOULDER = 0.28


def slopes(points: Sequence[Point]) -> list[float]:
    """Slopes after Fritsch and Carlson (1980): flat at turning points, so that no false peak is drawn."""
    if len(points) < 2:
        return [0.0] * len(points)
    steps = [other[0] - one[0] for one, other in pairwise(points)]
    secants = [(other[1] - one[1]) / (step or 1) for (one, other), step in zip(pairwise(points), steps, strict=True)]
    found = [secants[0]]
    for place in range(1, len(points) - 1):
        before, after = secants[place - 1], secants[place]
        left, right = steps[place - 1], steps[place]
        if before * after <= 0:
            found.append(0.0)
        else:
            found.append(3 * (left + right) / ((2 * right + left) / before + (right + 2 * left) / after))
    return [*found, secants[-1]]


def smooth(points: Sequence[Point], start: str = "m") -> list[Segment]:
    """A line through the points that never overshoots them."""
    if not points:
        return []
    bends = slopes(points)
    path: list[Segment] = [(start, [*points[0]])]
    for place in range(1, len(points)):
        one, other = points[place - 1], points[place]
        third = (other[0] - one[0]) / 3
        path.append(
            (
                "c",
                [
                    one[0] + third,
                    one[1] + third * bends[place - 1],
                    other[0] - third,
                    other[1] - third * bends[place],
                    *other,
                ],
            )
        )
    return path


def band(points: Sequence[tuple[float, float, float]]) -> list[Segment]:
    """The area between lower and upper ends, given as (x, low, high)."""
    top = [(x, high) for x, _, high in points]
    bottom = [(x, low) for x, low, _ in reversed(points)]
    return [*smooth(top), *smooth(bottom, "l"), ("z", [])] if points else []


def thickness(value: float, most: float, height: float) -> float:
    """By volume; a stream that exists is never thinner than a hair."""
    return max(1.0, value / most * height) if value > 0 and most > 0 else 0.0


def ribbon(values: Sequence[float], most: float, left: float, top: float, width: float, height: float) -> list[Segment]:
    """A stream through columns of one width, as thick in each as its volume; its upper edge is straight."""
    if not values or most <= 0:
        return []
    shoulder, last = width * _SHOULDER, len(values) - 1
    path: list[Segment] = [("m", [left, top]), ("l", [left + width * len(values), top])]
    for place in range(last, -1, -1):
        y = top + thickness(values[place], most, height)
        x1, x2 = left + place * width, left + (place + 1) * width
        if place == last:
            path.append(("l", [x2, y]))
        else:
            path.append(("l", [x2 - shoulder, y]))
        if place:
            before = top + thickness(values[place - 1], most, height)
            path.append(("l", [x1 + shoulder, y]))
            path.append(("c", [x1, y, x1, before, x1 - shoulder, before]))
        else:
            path.append(("l", [x1, y]))
    return [*path, ("z", [])]


def leak(x: float, top: float, edge: float, thick: float, run: float, depth: float) -> list[Segment]:
    """What is lost peels off the lower edge and falls. `x` is the middle of the column, `depth` where the fall ends."""
    left, right, edge = x - thick / 2, x + thick / 2, top + edge
    fall = max(3.0, min(12.0, (top + depth - edge) * 0.6))
    bottom = max(top + depth, edge + fall + 2)
    start = left - run
    return [
        ("m", [start, edge - 0.4]),
        ("c", [left, edge - 0.4, right, edge, right, edge + fall]),
        ("l", [right, bottom]),
        ("l", [left, bottom]),
        ("l", [left, edge + fall]),
        ("c", [left, edge + fall * 0.4, left - run * 0.25, edge, start, edge - 0.4]),
        ("z", []),
    ]


def runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Splits where a value is missing: what was not measured is not drawn as if it were."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if run]
