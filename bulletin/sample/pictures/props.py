"""Things people sit on, ride, carry and use, measured in centimetres from the ground under them.

Every function takes `at`, the spot on the ground under the thing's middle, and `cm`, how many
units a centimetre is there, so that one scale serves a whole plane of a picture.
"""

from __future__ import annotations

from itertools import pairwise

from bulletin.sample.pictures import geometry
from bulletin.sample.pictures.canvas import Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.geometry import Point, trace
from bulletin.sample.pictures.palette import INK, PAPER, RED, WHITE, Colour, mix

STEEL: Colour = (150, 152, 150)


def scooter(
    at: Point, cm: float, body: Colour, *, flip: bool = False, box: Colour | None = None
) -> list[Patch]:
    """An electric scooter from the side, facing right; with `box`, a courier's chest behind."""
    cut = Cutter(at, cm, flip)
    dark = mix(body, INK, 0.45)
    patches = [
        *wheel(cut, (-58, -23), 23),
        *wheel(cut, (60, -23), 23),
        cut.bar([(60, -23), (49, -60), (40, -98)], STEEL, 7),
        cut.bar([(40, -98), (28, -104), (22, -103)], INK, 5),
        cut.shape(trace("42,-24 84,-34 78,-50 54,-50 44,-40"), body),
        cut.shape(trace("34,-24 26,-30 34,-62 40,-98 52,-96 58,-70 48,-36"), body),
        cut.flat(trace("-34,-30 -28,-16 30,-16 40,-26 38,-32"), dark),
        cut.shape(
            trace("-86,-50 -80,-62 -40,-68 -12,-66 -16,-40 -26,-20 -40,-22 -44,-42 -66,-48"), body
        ),
        cut.shape(trace("-80,-64 -74,-76 -40,-76 -6,-72 -6,-65 -40,-66"), INK),
        cut.round((52, -84), 6, 7, WHITE, depth=0),
        cut.bar([(40, -98), (33, -112)], INK, 2.5),
        cut.round((32, -115), 6, 4.5, INK, depth=0),
        cut.round((-84, -54), 4, 4, RED, depth=0),
    ]
    if box is not None:
        lid = mix(box, INK, 0.3)
        patches += [
            cut.box(-98, -118, -50, -74, box, radius=4, depth=7),
            cut.box(-100, -122, -48, -112, lid, radius=3),
            cut.box(-98, -92, -50, -89, lid, depth=0),
        ]
    return patches


def bicycle(at: Point, cm: float, frame: Colour, *, flip: bool = False) -> list[Patch]:
    """A plain bicycle from the side, facing right."""
    cut = Cutter(at, cm, flip)
    return [
        cut.ring((-50, -32), 32, 4, INK),
        cut.ring((52, -32), 32, 4, INK),
        cut.bar(trace("-50,-32 -18,-68 34,-68 -6,-32 -50,-32"), frame, 4),
        cut.bar([(-24, -82), (-6, -32)], frame, 4),
        cut.bar([(52, -32), (36, -88), (26, -92)], frame, 4),
        cut.shape(trace("-38,-82 -30,-87 -10,-84 -12,-80"), INK),
        cut.box(34, -84, 62, -62, mix(frame, PAPER, 0.4)),
    ]


def wheel(cut: Cutter, spot: Point, radius: float) -> list[Patch]:
    """A tyred wheel."""
    return [
        cut.round(spot, radius, radius, INK, depth=0),
        cut.round(spot, radius * 0.62, radius * 0.62, STEEL, depth=0),
        cut.round(spot, radius * 0.5, radius * 0.5, mix(STEEL, INK, 0.5), depth=0),
        cut.round(spot, radius * 0.16, radius * 0.16, STEEL, depth=0),
    ]


def stool(
    at: Point, cm: float, wood: Colour, *, high: float = 42, broad: float = 34
) -> list[Patch]:
    """A four-legged stool from the side."""
    cut, half = Cutter(at, cm), broad / 2
    dark = mix(wood, INK, 0.35)
    return [
        cut.bar([(-half + 6, -high), (-half + 4, 0)], mix(wood, INK, 0.55), 4),
        cut.bar([(half - 6, -high), (half - 4, 0)], mix(wood, INK, 0.55), 4),
        cut.bar([(-half + 3, -high), (-half, 0)], dark, 5),
        cut.bar([(half - 3, -high), (half, 0)], dark, 5),
        cut.box(-half, -high * 0.45, half, -high * 0.45 + 3, dark, depth=0),
        cut.box(-half - 2, -high - 1, half + 2, -high + 5, wood, radius=2),
    ]


def chair(at: Point, cm: float, colour: Colour, *, flip: bool = False) -> list[Patch]:
    """A chair from the side, its sitter facing right."""
    cut = Cutter(at, cm, flip)
    dark = mix(colour, INK, 0.4)
    return [
        cut.bar([(-17, -42), (-21, 0)], dark, 4.5),
        cut.bar([(19, -42), (21, 0)], dark, 4.5),
        cut.bar([(-19, -40), (-24, -68), (-27, -86)], dark, 5),
        cut.shape(trace("-22,-62 -29,-88 -24,-90 -17,-62"), colour),
        cut.box(-22, -46, 22, -40, colour, radius=3),
    ]


def chair_back(at: Point, cm: float, colour: Colour) -> list[Patch]:
    """A chair seen from behind, to be drawn over its sitter."""
    cut = Cutter(at, cm)
    dark = mix(colour, INK, 0.4)
    return [
        cut.bar([(-19, -88), (-20, 0)], dark, 5),
        cut.bar([(19, -88), (20, 0)], dark, 5),
        cut.box(-22, -46, 22, -38, dark, depth=0),
        cut.box(-22, -92, 22, -62, colour, radius=5),
    ]


def bench(at: Point, cm: float, wood: Colour, *, long: float = 150) -> list[Patch]:
    """A slatted park bench from the front."""
    cut, half = Cutter(at, cm), long / 2
    slats = [cut.box(-half, top, half, top + 8, wood, radius=2, depth=2) for top in (-84, -72, -60)]
    iron = mix(INK, wood, 0.15)
    legs = [
        patch
        for x in (-half + 14, half - 14)
        for patch in (
            cut.bar([(x, -88), (x, 0)], iron, 6),
            cut.bar([(x - 9, 0), (x + 9, 0)], iron, 5),
        )
    ]
    return [*legs, *slats, cut.box(-half - 3, -46, half + 3, -38, wood, radius=2)]


def table(
    at: Point,
    cm: float,
    colour: Colour,
    *,
    long: float = 140,
    high: float = 74,
    cloth: bool = False,
) -> list[Patch]:
    """A table from the side; with `cloth`, covered to near the ground."""
    cut, half = Cutter(at, cm), long / 2
    dark = mix(colour, INK, 0.4)
    top = cut.box(-half - 4, -high, half + 4, -high + 6, colour, radius=2, depth=2)
    if cloth:
        fold = [
            cut.bar([(x, -high + 8), (x + 2, -12)], mix(colour, INK, 0.18), 1, 3)
            for x in _spread(-half, half, 18)
        ]
        return [cut.box(-half, -high, half, -8, mix(colour, INK, 0.1), depth=6), *fold, top]
    legs = [cut.bar([(x, -high), (x, 0)], dark, 6) for x in (-half + 8, half - 8)]
    return [*legs, cut.box(-half + 4, -high + 6, half - 4, -high + 14, dark, depth=0), top]


def _spread(low: float, high: float, step: float) -> list[float]:
    count = int((high - low) // step)
    return [low + step * (i + 0.5) for i in range(count)]


def cup(at: Point, cm: float, colour: Colour = WHITE) -> list[Patch]:
    """A lidded tea cup, a little over life size so that it tells."""
    cut = Cutter(at, cm, depth=2.5)
    return [
        cut.ring((7, -7), 4.5, 1.6, mix(colour, INK, 0.25)),
        cut.flat(trace("-6,-13 6.5,-13 5,0 -4.5,0"), colour),
        cut.shape(trace("-7.5,-13 -4,-16.5 4,-16.5 8,-13"), colour),
        cut.round((0, -17.5), 1.8, 1.5, mix(colour, INK, 0.3), depth=0),
    ]


def thermos(at: Point, cm: float, colour: Colour) -> list[Patch]:
    """A hot-water flask."""
    cut = Cutter(at, cm)
    return [
        cut.ring((10, -22), 8, 2, INK),
        cut.box(-9, -34, 9, 0, colour, radius=3, depth=5),
        cut.flat(trace("-9,-32 -5,-40 5,-40 9,-32"), mix(colour, INK, 0.4)),
        cut.box(-9, -8, 9, -4, mix(colour, PAPER, 0.55), depth=0),
    ]


def book(
    at: Point, cm: float, cover: Colour, *, flip: bool = False, turned: float = 0
) -> list[Patch]:
    """An open songbook or book held up, from the side: a leaning V."""
    cut = Cutter(at, cm, flip, turned, depth=2)
    return [
        cut.flat(trace("-2,2 20,-18 22,-16 1,5"), cover),
        cut.flat(trace("-2,2 -16,-24 -13,-25 1,0"), WHITE),
        cut.flat(trace("-2,0 19,-20 20,-18 -1,3"), WHITE),
    ]


def folder(at: Point, cm: float, cover: Colour) -> list[Patch]:
    """A songbook held open, from the front: two covers and a spine."""
    cut = Cutter(at, cm, depth=2)
    return [
        cut.flat(trace("-22,-12 0,-8 0,12 -22,8"), cover),
        cut.flat(trace("22,-12 0,-8 0,12 22,8"), mix(cover, INK, 0.15)),
        cut.flat(trace("-22,-12 0,-8 22,-12 22,-14 0,-11 -22,-14"), WHITE, depth=0),
    ]


def fan(at: Point, cm: float, colour: Colour) -> list[Patch]:
    """A table fan, its cage to the viewer."""
    cut = Cutter(at, cm)
    dark = mix(colour, INK, 0.4)
    blades = [
        cut.flat(
            geometry.turn(geometry.ellipse(0, -43, 6.5, 8), angle, about=(0, -34)),
            mix(colour, PAPER, 0.35),
            depth=0,
        )
        for angle in (10, 130, 250)
    ]
    spokes = [
        cut.bar(geometry.turn([(0, -34), (0, -54)], angle, about=(0, -34)), dark, 0.8)
        for angle in range(0, 360, 30)
    ]
    return [
        cut.round((0, -2.5), 16, 4, dark, depth=0),
        cut.bar([(0, -3), (0, -20)], dark, 6),
        cut.round((0, -34), 20, 20, mix(INK, colour, 0.3), depth=0),
        *blades,
        *spokes,
        cut.ring((0, -34), 21.5, 2.2, colour),
        cut.ring((0, -34), 12, 1, dark),
        cut.round((0, -34), 4, 4, colour, depth=0),
    ]


def extinguisher(at: Point, cm: float, *, flip: bool = False, turned: float = 0) -> list[Patch]:
    """A fire extinguisher; its hose is drawn by the scene."""
    cut = Cutter(at, cm, flip, turned, depth=5)
    return [
        cut.box(-9, -44, 9, 0, RED, radius=8),
        cut.box(-9, -6, 9, 0, mix(RED, INK, 0.5), radius=2, depth=0),
        cut.box(-4, -50, 4, -43, INK, depth=0),
        cut.bar([(-3, -49), (14, -56)], INK, 3),
        cut.bar([(-3, -49), (13, -49)], INK, 2.5),
        cut.box(-6, -32, 6, -16, WHITE, depth=0),
    ]


def wheelie_bin(at: Point, cm: float, colour: Colour, *, open_lid: bool = False) -> list[Patch]:
    """A sorting bin from the front."""
    cut = Cutter(at, cm, depth=7)
    dark = mix(colour, INK, 0.35)
    if open_lid:
        lid = [
            cut.flat(trace("-29,-94 -26,-128 26,-128 29,-94"), dark),
            cut.flat(trace("-28,-98 -26,-92 26,-92 28,-98"), INK, depth=0),
        ]
    else:
        lid = [cut.flat(trace("-30,-92 -28,-104 28,-104 30,-92"), dark, depth=2)]
    return [
        cut.round((-20, -5), 7, 7, INK, depth=0),
        cut.round((20, -5), 7, 7, INK, depth=0),
        cut.flat(trace("-28,-94 28,-94 23,-4 -23,-4"), colour),
        *lid,
        cut.box(-31, -94, 31, -88, dark, depth=0),
        cut.round((0, -56), 12, 12, mix(colour, PAPER, 0.7), depth=0),
    ]


def ladder(at: Point, cm: float, colour: Colour, *, high: float = 180) -> list[Patch]:
    """A stepladder from the side, climbed from the left."""
    cut = Cutter(at, cm)
    dark = mix(colour, INK, 0.35)
    steps = max(3, round(high / 30))
    rungs = []
    for step in range(1, steps):
        y = -high * step / steps
        x = -46 + 42 * step / steps
        rungs.append(cut.box(x - 9, y - 2, x + 8, y + 3, colour, depth=0))
    return [
        cut.bar([(4, -high), (44, 0)], dark, 5),
        cut.bar([(-22, -high * 0.5), (23, -high * 0.5)], dark, 2),
        cut.bar([(-3, -high), (-46, 0)], colour, 6.5),
        *rungs,
        cut.box(-14, -high - 3, 14, -high + 4, colour, radius=2),
    ]


def umbrella(
    at: Point, cm: float, first: Colour, second: Colour, *, high: float = 230, broad: float = 250
) -> list[Patch]:
    """A market umbrella in alternating panels."""
    cut, half = Cutter(at, cm, depth=8), broad / 2
    peak, rim = -high, -high + 58
    edges = [-half, -half * 0.62, -half * 0.2, half * 0.2, half * 0.62, half]
    panels = []
    for i, (left, right) in enumerate(pairwise(edges)):
        sag = rim + (6 if 0 < i < 4 else 2)
        points = [
            (0, peak),
            (left * 0.62, peak + 22),
            (left, rim),
            ((left + right) / 2, sag - 8),
            (right, rim),
            (right * 0.62, peak + 22),
        ]
        panels.append(cut.flat(points, second if i % 2 else first, depth=5))
    return [
        cut.bar([(0, peak), (0, 0)], mix(INK, PAPER, 0.25), 5),
        cut.flat(
            [
                (-half, rim),
                (-half * 0.8, rim - 12),
                (half * 0.8, rim - 12),
                (half, rim),
                (0, rim + 12),
            ],
            mix(first, INK, 0.55),
            depth=0,
        ),
        *panels,
        cut.bar([(0, peak + 2), (0, peak - 10)], INK, 4),
    ]


def bag(at: Point, cm: float, colour: Colour) -> list[Patch]:
    """A full bag hanging from a hand at `at`."""
    cut = Cutter(at, cm)
    return [
        cut.bar([(-5, 12), (0, 0), (5, 12)], mix(colour, INK, 0.3), 2.5),
        cut.shape(trace("-8,9 8,9 15,26 12,42 -12,42 -15,26"), colour),
    ]


def fridge(at: Point, cm: float, colour: Colour) -> list[Patch]:
    """An upright two-door fridge from the front."""
    cut = Cutter(at, cm, depth=8)
    dark = mix(colour, INK, 0.4)
    return [
        cut.box(-30, -176, 30, -4, colour, radius=4),
        cut.box(-30, -110, 30, -108, dark, depth=0),
        cut.box(-25, -140, -21, -116, dark, radius=2, depth=0),
        cut.box(-25, -102, -21, -66, dark, radius=2, depth=0),
        cut.box(-26, -4, -18, 0, INK, depth=0),
        cut.box(18, -4, 26, 0, INK, depth=0),
    ]


def microwave(at: Point, cm: float, colour: Colour, *, glow: Colour) -> list[Patch]:
    """A microwave oven on a shelf at `at`, alight."""
    cut = Cutter(at, cm)
    return [
        cut.box(-26, -30, 26, -2, colour, radius=2),
        cut.box(-22, -26, 10, -7, INK, radius=2, depth=0),
        cut.box(-19, -23, 7, -10, glow, radius=2, depth=0),
        cut.round((18, -21), 3, 3, INK, depth=0),
        cut.box(15, -14, 21, -12, INK, depth=0),
        cut.box(15, -10, 21, -8, INK, depth=0),
    ]


def helmet(at: Point, cm: float, colour: Colour, *, flip: bool = False) -> list[Patch]:
    """A scooter helmet set down, facing right."""
    cut = Cutter(at, cm, flip)
    shell = trace("-15,0 -17,-10 -12,-21 -2,-27 9,-24 15,-16 8,-14 5,-7 8,0")
    opening = trace("6,0 4,-8 8,-15 15,-16 17,-9 14,-1")
    return [
        cut.shape(opening, mix(INK, PAPER, 0.2), depth=0),
        cut.flat(geometry.smooth(shell, steps=6), colour, depth=4),
        cut.flat(trace("7,-21 23,-17 23,-14 9,-15"), mix(colour, INK, 0.4), depth=0),
        cut.bar([(-16, -9), (-4, -11), (6, -10)], WHITE, 2.5),
    ]
