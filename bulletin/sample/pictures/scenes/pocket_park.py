"""A winding path between blocks: a slide and children, a bench and their elders."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import WALK, Look, Pose
from bulletin.sample.pictures.geometry import trace
from bulletin.sample.pictures.palette import (
    CLAY,
    INK,
    MOSS,
    OCHRE,
    PAPER,
    RED,
    SLATE,
    STONE,
    WHITE,
    Colour,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, CHILD, ELDER, child, elder, enter, stand

ON_BENCH = Pose(
    hip=0.28,
    hands=((-0.05, 0.32), (0.05, 0.32)),
    elbows=(-0.4, 0.4),
    feet=((-0.055, 0), (0.055, 0)),
    knees=(0, 0),
)


def draw(canvas: Canvas) -> None:
    """A winding path between blocks: a slide and children, a bench and their elders."""
    slate, moss, ochre = tone(SLATE), tone(MOSS), tone(OCHRE)
    nature.sky(canvas, 560, mix(slate.pale, WHITE, 0.15), mix(PAPER, WHITE, 0.4))
    window = places.plain_window(mix(slate.light, slate.mid, 0.3), WHITE)
    wall = mix(ochre.pale, WHITE, 0.15)
    places.facade(
        canvas,
        (-60, 20, 400, 560),
        wall,
        storeys=7,
        bays=5,
        window=window,
        ledge=mix(wall, INK, 0.07),
    )
    places.facade(
        canvas,
        (1080, -60, 1560, 560),
        mix(tone(CLAY).pale, PAPER, 0.2),
        storeys=7,
        bays=5,
        window=window,
        ledge=mix(tone(CLAY).light, PAPER, 0.3),
    )
    for x, high in ((330, 300), (540, 340), (760, 300), (950, 330), (1180, 300)):
        nature.tree(canvas, (x, 575), high, moss, bark=mix(INK, MOSS, 0.2))
    for x in range(0, 1600, 150):
        nature.bush(canvas, x, 596, 170, 70, moss)
    lawn = mix(moss.light, moss.mid, 0.25)
    canvas.box(0, 585, ACROSS, DOWN, lawn)
    canvas.gouge(
        geometry.rect(0, 590, ACROSS, DOWN),
        mix(lawn, moss.dark, 0.3),
        count=220,
        length=26,
        width=5,
        angle=-70,
        spread=20,
    )
    _path(canvas)
    shadow = mix(lawn, INK, 0.3)
    _slide(canvas, shadow)
    _bench_party(canvas, shadow)
    _flowers(canvas)
    ground = mix(mix(ochre.pale, STONE, 0.1), INK, 0.22)
    walker = elder(Look(slate.dark, INK, hair="short"))
    lean = Pose(
        lean=7, hands=((0.16, 0.45), (-0.06, 0.46)), feet=((0.07, 0), (-0.08, 0.01)), hip=0.475
    )
    figure = enter(canvas, walker, 690, 735, ELDER * 1.5, pose=lean, facing="left", shadow=ground)
    canvas.line([figure.hands[0], (figure.hands[0][0] - 12, 735)], 5, INK)
    runner = child(Look(mix(WHITE, OCHRE, 0.2), slate.dark, hair="bob"))
    enter(
        canvas,
        runner,
        745,
        905,
        CHILD * 2.2,
        pose=replace(WALK, hands=((0.2, 0.62), (-0.16, 0.5)), lean=8),
        shadow=ground,
    )
    canvas.put(Patch(geometry.ellipse(880, 895, 24, 24), RED, mix(RED, INK, 0.35), 8))


def _path(canvas: Canvas) -> None:
    ochre = tone(OCHRE)
    path_colour = mix(ochre.pale, STONE, 0.1)
    left = geometry.smooth(trace("640,590 560,640 590,710 650,780 560,880 380,1010"), closed=False)
    right = geometry.smooth(trace("980,1010 990,900 960,800 830,710 720,640 720,590"), closed=False)
    path = [*left, *right]
    canvas.fill(geometry.shift(path, 0, 7), mix(path_colour, INK, 0.3))
    canvas.fill(path, path_colour)
    with canvas.within(path):
        canvas.gouge(path, mix(path_colour, INK, 0.12), count=110, length=34, width=5, spread=4)


def _slide(canvas: Canvas, shadow: Colour) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    canvas.fill(geometry.ellipse(1180, 890, 330, 62), mix(ochre.light, PAPER, 0.2))
    canvas.gouge(
        geometry.ellipse(1180, 890, 320, 56),
        mix(ochre.light, INK, 0.14),
        count=50,
        length=20,
        width=5,
        spread=20,
    )
    sand_shadow = mix(mix(ochre.light, PAPER, 0.2), INK, 0.22)
    cut = Cutter((1270, 900), 2.35)
    chute = geometry.smooth(trace("-12,-122 -34,-108 -80,-46 -104,-18 -136,-14"), closed=False)
    under = geometry.shift(chute[::-1], 4, 13)
    frame = [
        cut.bar([(-14, 0), (-14, -212)], slate.dark, 5),
        cut.bar([(36, 0), (36, -212)], slate.dark, 5),
        *[cut.bar([(38, -y), (58 - y * 0.13, -y)], slate.dark, 4) for y in range(14, 116, 22)],
        cut.bar([(62, 0), (40, -122)], slate.dark, 5),
        cut.box(-18, -124, 42, -117, ochre.mid),
        cut.bar([(20, -150), (36, -150)], slate.dark, 4),
    ]
    roof = cut.flat([(-30, -206), (11, -242), (52, -206)], RED, depth=6)
    slide = cut.flat([*chute, *under], RED, depth=5)
    canvas.cast([*frame, slide, roof], 900, sand_shadow, slant=0.35)
    canvas.place(frame, halo=PAPER, margin=3)
    girl = child(Look(ochre.mid, slate.deep, hair="tail"))
    enter(
        canvas,
        girl,
        1288,
        900 - 122 * 2.35,
        CHILD * 2.0,
        pose=Pose(
            hip=0.09, hands=((0.2, 0.26), (0.22, 0.26)), feet=((0.38, 0.02), (0.4, 0.02)), lean=-4
        ),
        facing="left",
    )
    canvas.place([roof], halo=PAPER, margin=3)
    canvas.place([slide], halo=PAPER, margin=3)
    boy = child(Look(slate.mid, INK))
    enter(
        canvas,
        boy,
        1440,
        905,
        CHILD * 2.25,
        pose=Pose(hands=((0.19, 0.6), (0.17, 0.55)), lean=3),
        facing="left",
        shadow=sand_shadow,
    )


def _bench_party(canvas: Canvas, shadow: Colour) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    seat = props.bench((265, 850), 2.3, ochre.dark, long=165)
    stand(canvas, seat, 850, shadow=shadow)
    enter(
        canvas,
        elder(Look(slate.mid, INK, hair="bun")),
        190,
        858,
        ELDER * 2.35,
        pose=replace(ON_BENCH, nod=3),
        facing="front",
    )
    enter(
        canvas,
        Look(mix(WHITE, slate.light, 0.3), slate.deep, hair="bob"),
        345,
        858,
        ADULT * 2.3,
        pose=replace(ON_BENCH, nod=-4),
        facing="front",
    )


def _flowers(canvas: Canvas) -> None:
    moss, ochre = tone(MOSS), tone(OCHRE)
    bed = geometry.blob(120, 1010, 340, 90, canvas.rng, lumps=14, rough=0.06)
    canvas.fill(bed, moss.dark)
    for x, y in sorted(geometry.scatter(bed, 130, canvas.rng), key=lambda spot: spot[1]):
        if y > 1010:
            continue
        tip = (x + canvas.rng.uniform(-14, 14), y - canvas.rng.uniform(24, 52))
        canvas.stroke([(x, y), tip], canvas.rng.choice((moss.mid, moss.light)), 5, 3)
        colour = canvas.rng.choice((RED, WHITE, ochre.mid, RED))
        size = canvas.rng.uniform(8, 13)
        canvas.put(
            Patch(geometry.ellipse(*tip, size, size * 0.85), colour, mix(colour, INK, 0.25), 4)
        )
        canvas.fill(geometry.ellipse(*tip, 3, 3), ochre.deep)
