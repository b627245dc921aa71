"""Small drawn signs: they say without colour what colour says, and need no font."""

from __future__ import annotations

import math

from tropa.exports.drawing.style import ACCENT, INK2, SURFACE
from tropa.exports.picture import Picture, Segment


def polygon(points: list[tuple[float, float]]) -> list[Segment]:
    return [("m" if place == 0 else "l", [*point]) for place, point in enumerate(points)] + [("z", [])]


def star(picture: Picture, x: float, y: float, radius: float, colour: str, filled: bool = True) -> None:
    """A moment of truth: filled by the author, an outline by the data."""
    corners = [
        (
            x + math.sin(place * math.pi / 5) * (radius if place % 2 == 0 else radius * 0.45),
            y - math.cos(place * math.pi / 5) * (radius if place % 2 == 0 else radius * 0.45),
        )
        for place in range(10)
    ]
    picture.path(polygon(corners), fill=colour if filled else "", stroke=colour, thick=0.6)


def flag(picture: Picture, x: float, y: float, size: float, colour: str) -> None:
    """The goal."""
    picture.line(x, y - size, x, y + size, colour, 0.9)
    picture.path(polygon([(x, y - size), (x + size * 1.5, y - size * 0.4), (x, y + size * 0.2)]), fill=colour)


def kind(picture: Picture, name: str, x: float, y: float, r: float, ink: str) -> None:
    """A kind of finding: each has a shape of its own."""
    if name == "barrier":
        picture.path(
            polygon([(x - r, y - r * 0.45), (x + r, y - r * 0.45), (x + r, y + r * 0.45), (x - r, y + r * 0.45)]), ink
        )
    elif name == "inconvenience":
        picture.path(polygon([(x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)]), ink)
    elif name == "bottleneck":
        picture.path(polygon([(x - r, y - r), (x + r, y - r), (x - r, y + r), (x + r, y + r)]), ink)
    elif name == "gap":
        picture.line(x - r * 0.7, y - r, x - r * 0.7, y + r, ink, 1.2)
        picture.line(x + r * 0.7, y - r, x + r * 0.7, y + r, ink, 1.2)
    elif name == "moment_of_truth":
        star(picture, x, y, r * 1.2, ink)
    else:
        picture.circle(x, y, r * 0.85, fill=ink)


def verdict(picture: Picture, word: str, x: float, y: float, r: float, ink: str) -> None:
    """A tick for kept, an arrow up for missed, two waves for unsure."""
    if word == "kept":
        picture.path(
            [("m", [x - r, y]), ("l", [x - r * 0.25, y + r * 0.8]), ("l", [x + r, y - r * 0.8])], stroke=ink, thick=1.1
        )
    elif word in ("missed", "partly"):
        picture.path(
            polygon([(x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)]),
            fill=ink if word == "missed" else "",
            stroke=ink,
            thick=0.7,
        )
    else:
        for lift in (-0.45, 0.45):
            y2 = y + lift * r
            picture.path(
                [("m", [x - r, y2]), ("c", [x - r * 0.4, y2 - r, x + r * 0.4, y2 + r, x + r, y2])],
                stroke=ink,
                thick=0.8,
            )


def source(picture: Picture, name: str, x: float, y: float, r: float) -> None:
    """What a card rests on: full is observed, half surveyed, a dot interviewed, empty assumed."""
    picture.circle(
        x, y, r, fill=ACCENT if name == "observed" else SURFACE, stroke=ACCENT if name != "assumed" else INK2
    )
    if name == "surveyed":
        bow = r * 0.5523
        half: list[Segment] = [
            ("m", [x, y - r]),
            ("c", [x + bow, y - r, x + r, y - bow, x + r, y]),
            ("c", [x + r, y + bow, x + bow, y + r, x, y + r]),
            ("z", []),
        ]
        picture.path(half, fill=ACCENT)
    elif name == "interviewed":
        picture.circle(x, y, r * 0.45, fill=ACCENT)


def face(picture: Picture, x: float, y: float, r: float, emotion: float, fill: str, ink: str, few: bool) -> None:
    """A face whose mouth bends with the emotion (-100..100)."""
    picture.circle(x, y, r, fill=fill or SURFACE, stroke=ink, thick=0.5 if few else 0.8)
    for side in (-0.35, 0.35):
        picture.circle(x + side * r, y - 0.25 * r, r * 0.11, fill=ink)
    bend = max(-1.0, min(1.0, emotion / 60)) * r * 0.45
    mouth = y + r * 0.36
    third = r * 0.4
    picture.path(
        [
            ("m", [x - third, mouth - bend / 2]),
            ("c", [x - third / 3, mouth + bend / 2, x + third / 3, mouth + bend / 2, x + third, mouth - bend / 2]),
        ],
        stroke=ink,
        thick=0.8,
    )
