"""Outlines: the curves, ribbons and marks every picture is cut from.

Lengths are in picture units: a picture is 1500 units wide and 1000 high, y grows downwards.
An outline is a list of (x, y) points; nothing here draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random

Point = tuple[float, float]
Outline = list[Point]


def trace(text: str) -> Outline:
    """Return the points written "x,y x,y ...", as an SVG path writes them."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> Outline:
    """Return the Catmull-Rom curve through the points, `steps` pieces between each pair."""
    count = len(points)
    spans = count if closed else count - 1
    curve: Outline = []
    for i in range(spans):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append(
                (_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t))
            )
    if not closed:
        curve.append(points[-1])
    return curve


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    )


def rect(left: float, top: float, right: float, bottom: float) -> Outline:
    """Return an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """Return an upright rectangle with round corners."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return [
        (x + radius * math.cos(a), y + radius * math.sin(a))
        for x, y, start in corners
        for a in (math.radians(start + step * 15) for step in range(7))
    ]


def ellipse(x: float, y: float, across: float, down: float, *, turned: float = 0) -> Outline:
    """Return an ellipse by its centre and half-axes, `turned` by degrees clockwise."""
    ring = [
        (x + across * math.cos(a), y + down * math.sin(a))
        for a in (math.tau * step / 40 for step in range(40))
    ]
    return turn(ring, turned, about=(x, y)) if turned else ring


def arc(
    x: float, y: float, across: float, down: float, start: float, end: float, steps: int = 24
) -> Outline:
    """Return the points of an ellipse's arc, in degrees clockwise from the right."""
    return [
        (x + across * math.cos(a), y + down * math.sin(a))
        for a in (math.radians(start + (end - start) * s / steps) for s in range(steps + 1))
    ]


def capsule(a: Point, b: Point, first: float, second: float) -> Outline:
    """Return a limb from a to b: round ends of radius `first` and `second`."""
    along = math.atan2(b[1] - a[1], b[0] - a[0])
    start = [along + math.pi / 2 + math.pi * s / 10 for s in range(11)]
    end = [along - math.pi / 2 + math.pi * s / 10 for s in range(11)]
    return [(a[0] + first * math.cos(t), a[1] + first * math.sin(t)) for t in start] + [
        (b[0] + second * math.cos(t), b[1] + second * math.sin(t)) for t in end
    ]


def ribbon(path: Sequence[Point], *widths: float) -> Outline:
    """Return a stroke along a path, its width running evenly through `widths`."""
    left: Outline = []
    right: Outline = []
    last = len(path) - 1
    for i, (x, y) in enumerate(path):
        before, after = path[max(i - 1, 0)], path[min(i + 1, last)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        long = math.hypot(dx, dy) or 1.0
        half = _along(widths, i / last) / 2
        left.append((x - dy / long * half, y + dx / long * half))
        right.append((x + dy / long * half, y - dx / long * half))
    return left + right[::-1]


def _along(values: Sequence[float], t: float) -> float:
    if len(values) == 1:
        return values[0]
    place = t * (len(values) - 1)
    low = min(int(place), len(values) - 2)
    return values[low] + (values[low + 1] - values[low]) * (place - low)


def blob(
    x: float,
    y: float,
    across: float,
    down: float,
    rng: Random,
    *,
    lumps: int = 11,
    rough: float = 0.12,
) -> Outline:
    """Return a lumpy ellipse: a tree's crown, a bush, a heap."""
    ring = []
    for lump in range(lumps):
        angle = math.tau * (lump + rng.uniform(-0.25, 0.25)) / lumps
        reach = 1 + rng.uniform(-rough, rough)
        ring.append((x + across * reach * math.cos(angle), y + down * reach * math.sin(angle)))
    return smooth(ring, steps=7)


def between(a: Point, b: Point, share: float) -> Point:
    """Return the point a `share` of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def shift(points: Iterable[Point], dx: float, dy: float) -> Outline:
    """Return the points moved."""
    return [(x + dx, y + dy) for x, y in points]


def stretch(points: Iterable[Point], across: float, down: float, *, about: Point) -> Outline:
    """Return the points scaled about one of them; a negative factor mirrors."""
    return [
        (about[0] + (x - about[0]) * across, about[1] + (y - about[1]) * down) for x, y in points
    ]


def turn(points: Iterable[Point], degrees: float, *, about: Point) -> Outline:
    """Return the points turned clockwise."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ox, oy = about
    return [(ox + (x - ox) * c - (y - oy) * s, oy + (x - ox) * s + (y - oy) * c) for x, y in points]


def bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def contains(points: Sequence[Point], spot: Point) -> bool:
    """Say whether a spot lies inside an outline (even-odd rule)."""
    x, y = spot
    inside = False
    ax, ay = points[-1]
    for bx, by in points:
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            inside = not inside
        ax, ay = bx, by
    return inside


def hatch(points: Sequence[Point], spacing: float, angle: float) -> list[tuple[Point, Point]]:
    """Return parallel lines, clipped to an outline, `spacing` apart at `angle` degrees."""
    level = turn(points, -angle, about=(0, 0))
    _, top, _, bottom = bounds(level)
    lines: list[tuple[Point, Point]] = []
    y = top + spacing / 2
    while y < bottom:
        crossings = sorted(
            a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
            for a, b in zip(level, level[1:] + level[:1], strict=True)
            if (a[1] > y) != (b[1] > y)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            start, end = turn([(left, y), (right, y)], angle, about=(0, 0))
            lines.append((start, end))
        y += spacing
    return lines


def scatter(points: Sequence[Point], count: int, rng: Random) -> list[Point]:
    """Return up to `count` random spots inside an outline (fewer when it is thin)."""
    left, top, right, bottom = bounds(points)
    spots = []
    for _ in range(count * 3):
        spot = (rng.uniform(left, right), rng.uniform(top, bottom))
        if contains(points, spot):
            spots.append(spot)
            if len(spots) == count:
                break
    return spots
