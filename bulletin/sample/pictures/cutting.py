"""Cutting patches in an object's own measures: heads in head heights, props in centimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.sample.pictures import geometry
from bulletin.sample.pictures.canvas import Patch
from bulletin.sample.pictures.geometry import Outline, Point
from bulletin.sample.pictures.palette import INK, Colour, mix


@dataclass(frozen=True)
class Cutter:
    """Turns an object's measures (x to where it faces, y down) into picture units.

    `size` is units per measure, `flip` faces the object left, `turned` turns it by degrees
    clockwise, and `depth` is how broad a patch's shaded side is, in the object's measures.
    """

    origin: Point
    size: float
    flip: bool = False
    turned: float = 0
    depth: float = 3

    def at(self, spot: Point) -> Point:
        """Turn one place into picture units."""
        return self.outline([spot])[0]

    def outline(self, points: Sequence[Point]) -> Outline:
        """Turn places into picture units."""
        x, y = self.origin
        ahead = -self.size if self.flip else self.size
        placed = [(x + ahead * u, y + self.size * v) for u, v in points]
        return geometry.turn(placed, self.turned, about=self.origin) if self.turned else placed

    def flat(self, points: Sequence[Point], colour: Colour, *, depth: float | None = None) -> Patch:
        """Cut a shape with straight sides; `depth` 0 leaves it unshaded."""
        deep = self.depth if depth is None else depth
        shade = mix(colour, INK, 0.22) if deep else None
        return Patch(self.outline(points), colour, shade, deep * self.size)

    def shape(
        self, points: Sequence[Point], colour: Colour, *, depth: float | None = None
    ) -> Patch:
        """Cut a shape with a curved outline."""
        return self.flat(geometry.smooth(points, steps=6), colour, depth=depth)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        colour: Colour,
        *,
        radius: float = 0,
        depth: float | None = None,
    ) -> Patch:
        """Cut an upright rectangle, its corners round if a radius is given."""
        if radius:
            points = geometry.rounded(left, top, right, bottom, radius)
        else:
            points = geometry.rect(left, top, right, bottom)
        return self.flat(points, colour, depth=depth)

    def round(
        self, spot: Point, across: float, down: float, colour: Colour, *, depth: float | None = None
    ) -> Patch:
        """Cut an ellipse by its middle and half-axes."""
        return self.flat(geometry.ellipse(*spot, across, down), colour, depth=depth)

    def bar(self, path: Sequence[Point], colour: Colour, *widths: float) -> Patch:
        """Cut a rod or cable along a path."""
        return self.flat(geometry.ribbon(path, *widths), colour, depth=0)

    def ring(self, spot: Point, radius: float, width: float, colour: Colour) -> Patch:
        """Cut a hoop."""
        outer = geometry.ellipse(*spot, radius, radius)
        inner = geometry.ellipse(*spot, radius - width, radius - width)
        return self.flat([*outer, outer[0], inner[0], *inner[:0:-1], inner[0]], colour, depth=0)
