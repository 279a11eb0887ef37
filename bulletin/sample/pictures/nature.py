"""Trees, bushes, hills, clouds and water."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.sample.pictures import geometry
from bulletin.sample.pictures.canvas import ACROSS, Canvas, Patch
from bulletin.sample.pictures.geometry import Outline, Point
from bulletin.sample.pictures.palette import INK, Colour, Tone, mix


def tree(
    canvas: Canvas,
    at: Point,
    high: float,
    leaves: Tone,
    *,
    bark: Colour = INK,
    broad: float = 0.62,
    shadow: Colour | None = None,
) -> None:
    """Draw a broad-leaved tree: trunk, a few masses of leaves lit from one side, cut leaf marks.

    Args:
        canvas: the sheet.
        at: the foot of its trunk.
        high: its height in units.
        leaves: the ink of its crown.
        bark: the colour of its trunk.
        broad: the crown's breadth as a share of its height.
        shadow: the ground's colour under it; none is drawn without.
    """
    x, y = at
    rng = canvas.rng
    wide = high * broad
    if shadow is not None:
        canvas.fill(geometry.ellipse(x + wide * 0.25, y, wide * 0.62, high * 0.045), shadow)
    trunk(canvas, at, high * 0.6, high * 0.055, bark)
    middle = y - high * 0.66
    masses = [
        (-0.27, 0.12, 0.27, 0.17),
        (0.28, 0.1, 0.27, 0.17),
        (0.02, 0.14, 0.3, 0.16),
        (-0.16, -0.08, 0.3, 0.2),
        (0.18, -0.1, 0.28, 0.19),
        (0.0, -0.2, 0.24, 0.16),
    ]
    crowns = [
        geometry.blob(x + u * wide * 1.25, middle + v * high, a * wide * 1.2, b * high * 0.92, rng)
        for u, v, a, b in masses
    ]
    crown(canvas, crowns, leaves, depth=high * 0.045, leaf=high * 0.03)


def crown(
    canvas: Canvas, masses: list[Outline], leaves: Tone, *, depth: float, leaf: float
) -> None:
    """Draw overlapping masses of leaves, each with a dark side and cut leaf marks."""
    for i, mass in enumerate(masses):
        colour = mix(leaves.dark, leaves.mid, i / max(1, len(masses) - 1))
        canvas.put(Patch(mass, colour, mix(colour, INK, 0.3), depth))
        left, top, right, bottom = geometry.bounds(mass)
        area = (right - left) * (bottom - top)
        lit = geometry.shift(
            geometry.stretch(mass, 0.8, 0.75, about=((left + right) / 2, (top + bottom) / 2)),
            canvas.light[0] * depth * 0.7,
            canvas.light[1] * depth * 0.7,
        )
        count = min(150, int(area / (leaf * leaf * 6)))
        canvas.gouge(
            lit,
            mix(colour, leaves.light, 0.6),
            count=count,
            length=leaf,
            width=leaf * 0.32,
            angle=-35,
            spread=40,
        )


def trunk(canvas: Canvas, at: Point, high: float, wide: float, bark: Colour) -> None:
    """Draw a trunk that flares at the foot and forks twice."""
    x, y = at
    stem = [(x, y), (x - wide * 0.1, y - high * 0.3), (x + wide * 0.1, y - high)]
    canvas.stroke(stem, bark, wide * 1.7, wide * 1.05, wide * 0.7)
    for side, rise in ((-1, 0.62), (1, 0.5)):
        fork = [
            (x, y - high * rise),
            (x + side * high * 0.16, y - high * (rise + 0.2)),
            (x + side * high * 0.3, y - high * (rise + 0.38)),
        ]
        canvas.stroke(fork, bark, wide * 0.7, wide * 0.45, wide * 0.25)
    lit = [(px + canvas.light[0] * wide * 0.3, py) for px, py in stem[:2]]
    canvas.stroke(lit, mix(bark, (255, 240, 214), 0.28), wide * 0.3, wide * 0.12)


def willow(
    canvas: Canvas, at: Point, high: float, leaves: Tone, *, bark: Colour = INK, sway: float = 20
) -> None:
    """Draw a willow: a leaning trunk and leafy strands falling from a wide crown."""
    x, y = at
    rng = canvas.rng
    stem = geometry.smooth(
        [(x, y), (x + high * 0.03, y - high * 0.3), (x - high * 0.02, y - high * 0.62)],
        closed=False,
    )
    canvas.stroke(stem, bark, high * 0.12, high * 0.066, high * 0.05, high * 0.04)
    for side, reach in ((-1, 0.24), (1, 0.26), (-1, 0.1), (1, 0.12)):
        limb = [
            (x, y - high * 0.55),
            (x + side * high * reach * 0.5, y - high * 0.78),
            (x + side * high * reach, y - high * 0.84),
        ]
        canvas.stroke(geometry.smooth(limb, closed=False), bark, high * 0.03, high * 0.012)
    masses = [
        geometry.blob(x + u * high, y - v * high, a * high, b * high, rng)
        for u, v, a, b in ((-0.17, 0.8, 0.15, 0.1), (0.17, 0.8, 0.15, 0.1), (0.0, 0.86, 0.2, 0.11))
    ]
    for mass in masses:
        canvas.put(Patch(mass, leaves.dark, leaves.deep, high * 0.03))
    strands = []
    for _ in range(105):
        reach = rng.uniform(-1, 1)
        start = (
            x + reach * high * 0.31,
            y - high * (0.78 + (1 - reach * reach) * rng.uniform(-0.02, 0.17)),
        )
        long = high * rng.uniform(0.24, 0.5) * (0.8 + 0.3 * abs(reach))
        strands.append((rng.random(), start, long, reach * high * 0.09))
    for share, start, long, bow in sorted(strands):
        _strand(canvas, start, long, bow, sway, mix(leaves.dark, leaves.light, share), high)


def _strand(
    canvas: Canvas, start: Point, long: float, bow: float, sway: float, colour: Colour, high: float
) -> None:
    x, y = start
    path = geometry.smooth(
        [
            (x, y),
            (x + bow * 0.8, y + long * 0.35),
            (x + bow + sway * 0.6, y + long * 0.75),
            (x + bow + sway, y + long),
        ],
        closed=False,
        steps=6,
    )
    canvas.stroke(path, colour, 1, high * 0.006, high * 0.005, high * 0.002)
    for spot in path[2::2]:
        side = canvas.rng.choice((-1, 1))
        tip = (spot[0] + side * high * 0.014, spot[1] + high * 0.03)
        canvas.stroke([spot, geometry.between(spot, tip, 0.5), tip], colour, 1, high * 0.009, 0.6)


def bush(canvas: Canvas, x: float, ground: float, wide: float, high: float, leaves: Tone) -> None:
    """Draw a clipped or wild bush standing on the ground."""
    rng = canvas.rng
    masses = [
        geometry.blob(x + u * wide * 0.5, ground - high * v, wide * a, high * 0.52, rng, rough=0.08)
        for u, v, a in ((-0.5, 0.4, 0.3), (0.5, 0.38, 0.3), (0.0, 0.55, 0.36))
    ]
    crown(canvas, masses, leaves, depth=high * 0.12, leaf=max(9.0, high * 0.12))


def hills(canvas: Canvas, base: float, high: float, colour: Colour, *, peaks: int = 4) -> Outline:
    """Draw a range of soft hills across the sheet, down to `base`; return its outline."""
    rng = canvas.rng
    ridge = [
        (
            -80 + (ACROSS + 160) * i / (2 * peaks),
            base - high * (rng.uniform(0.7, 1) if i % 2 else rng.uniform(0.3, 0.5)),
        )
        for i in range(2 * peaks + 1)
    ]
    outline = [*geometry.smooth(ridge, closed=False), (ACROSS + 80, base), (-80, base)]
    canvas.fill(outline, colour)
    return outline


def cloud(canvas: Canvas, x: float, y: float, wide: float, colour: Colour) -> None:
    """Draw a flat-bottomed cloud."""
    puffs = [(-0.34, 0.2, 0.2), (-0.08, 0.34, 0.27), (0.22, 0.25, 0.23), (0.42, 0.12, 0.14)]
    with canvas.within(geometry.rect(x - wide, y - wide, x + wide, y)):
        for u, v, r in puffs:
            canvas.fill(
                geometry.ellipse(x + u * wide, y - v * wide * 0.3, r * wide, r * wide * 0.62),
                colour,
            )


def sky(canvas: Canvas, horizon: float, high: Colour, low: Colour, *, angle: float = 0) -> None:
    """Print a sky that lightens to the horizon in cut strokes rather than in a blend."""
    canvas.box(0, 0, ACROSS, horizon, low)
    soft = mix(high, low, 0.3)
    edge = [
        (x, horizon * (0.1 + canvas.rng.uniform(-0.035, 0.035)))
        for x in range(ACROSS + 100, -101, -130)
    ]
    canvas.fill([(-100, -10), (ACROSS + 100, -10), *geometry.smooth(edge, closed=False)], soft)
    for share, count, width in (
        (0.1, 170, 22),
        (0.2, 130, 16),
        (0.32, 90, 12),
        (0.46, 60, 9),
        (0.62, 40, 7),
        (0.8, 24, 5),
    ):
        strip = geometry.rect(-60, horizon * (share - 0.09), ACROSS + 60, horizon * (share + 0.09))
        colour = mix(soft, low, share * 0.5)
        canvas.gouge(strip, colour, count=count, length=230, width=width, angle=angle, spread=1.2)


def ripples(
    canvas: Canvas, area: Sequence[Point], colour: Colour, *, count: int = 90, long: float = 90
) -> None:
    """Cut level strokes into water, finer to the top of the area."""
    _, top, _, bottom = geometry.bounds(area)
    for x, y in geometry.scatter(area, count, canvas.rng):
        near = 0.25 + 0.75 * (y - top) / (bottom - top)
        half = long * near * canvas.rng.uniform(0.3, 1) / 2
        canvas.stroke([(x - half, y), (x, y), (x + half, y)], colour, 0.5, 7 * near, 0.5)


def tufts(
    canvas: Canvas, area: Sequence[Point], colour: Colour, *, count: int, high: float
) -> None:
    """Cut tufts of grass over an area, larger to its foot."""
    _, top, _, bottom = geometry.bounds(area)
    rng = canvas.rng
    for x, y in sorted(geometry.scatter(area, count, rng), key=lambda spot: spot[1]):
        near = 0.35 + 0.65 * (y - top) / max(1.0, bottom - top)
        for lean in (-0.5, 0.0, 0.5):
            tip = (
                x + lean * high * near * rng.uniform(0.6, 1.2),
                y - high * near * rng.uniform(0.6, 1),
            )
            canvas.stroke([(x + lean * 4, y), tip], colour, 4 * near, 0.5)
