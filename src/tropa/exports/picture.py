"""A page as a list of shapes: what the layout makes and the typesetter sets. Lengths in points, y grows downward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tropa.exports.typeface import width_of

Segment = tuple[str, list[float]]


@dataclass(slots=True)
class Picture:
    """Shapes in the order in which they are painted; what is given is scaled and moved by the margins on the way in."""

    width: float
    height: float
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    shapes: list[list[Any]] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, align: str = "left"
    ) -> None:
        """One line; `y` is its base line; aligned left, middle or right of `x`."""
        if not text.strip():
            return
        wide = width_of(text, size, bold) if align != "left" else 0.0
        x -= wide if align == "right" else wide / 2 if align == "middle" else 0.0
        self.shapes.append(["t", self._x(x), self._y(y), text, _r(size * self.scale), colour, 600 if bold else 400])

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = "",
        stroke: str = "",
        radius: float = 0,
        thick: float = 0.5,
    ) -> None:
        if w > 0 and h > 0 and (fill or stroke):
            self.shapes.append(
                ["r", self._x(x), self._y(y), self._s(w), self._s(h), fill, stroke, self._s(radius), self._s(thick)]
            )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, thick: float = 0.5, dash: str = "") -> None:
        self.shapes.append(["l", self._x(x1), self._y(y1), self._x(x2), self._y(y2), colour, self._s(thick), dash])

    def path(
        self,
        segments: Iterable[Segment],
        fill: str = "",
        stroke: str = "",
        thick: float = 1,
        dash: str = "",
        fade: str = "",
    ) -> None:
        """Segments: m x y, l x y, c x1 y1 x2 y2 x y, z. With `fade`, the fill fades downward to that colour."""
        told = [
            [name, *(self._y(value) if place % 2 else self._x(value) for place, value in enumerate(values))]
            for name, values in segments
        ]
        if told:
            self.shapes.append(["p", told, fill, stroke, self._s(thick), dash, fade])

    def circle(self, x: float, y: float, radius: float, fill: str = "", stroke: str = "", thick: float = 0.7) -> None:
        self.shapes.append(["o", self._x(x), self._y(y), self._s(radius), fill, stroke, self._s(thick)])

    def _x(self, value: float) -> float:
        return _r(self.left + value * self.scale)

    def _y(self, value: float) -> float:
        return _r(self.top + value * self.scale)

    def _s(self, value: float) -> float:
        return _r(value * self.scale)


def _r(value: float) -> float:
    return round(value, 2)
