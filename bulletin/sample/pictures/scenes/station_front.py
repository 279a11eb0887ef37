"""A service station at street level: tea on the table outside, a courier at the door."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import FRONT, STROLL, Look, Pose
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
from bulletin.sample.pictures.staging import ADULT, courier, enter, stand, volunteer


def draw(canvas: Canvas) -> None:
    """A service station at street level: tea on the table outside, a courier at the door."""
    slate, ochre, moss = tone(SLATE), tone(OCHRE), tone(MOSS)
    canvas.box(0, 0, ACROSS, 820, ochre.pale)
    window = places.plain_window(mix(slate.light, slate.mid, 0.5), WHITE)
    places.facade(
        canvas, (0, -60, ACROSS, 250), mix(ochre.pale, INK, 0.05), storeys=1, bays=7, window=window
    )
    canvas.box(0, 236, ACROSS, 262, ochre.light)
    places.brick_marks(canvas, (0, 270, 300, 800), mix(ochre.pale, INK, 0.09), count=26)
    places.brick_marks(canvas, (1330, 270, 1500, 800), mix(ochre.pale, INK, 0.09), count=16)
    _shop_front(canvas)
    ground = mix(slate.pale, STONE, 0.25)
    shadow = mix(ground, INK, 0.2)
    canvas.box(0, 800, ACROSS, DOWN, ground)
    places.paving(canvas, 800, 720, mix(ground, INK, 0.1), lines=9)
    canvas.box(0, 796, ACROSS, 806, mix(ground, INK, 0.3))
    canvas.put(Patch(geometry.rect(700, 792, 1010, 822), WHITE, slate.light, 8))
    _tea_table(canvas, shadow)
    ride = props.scooter((1338, 940), 2.3, slate.mid, flip=True, box=ochre.mid)
    stand(canvas, ride, 935, shadow=shadow)
    enter(
        canvas,
        courier(ochre.mid, hat_colour=ochre.mid),
        1075,
        905,
        ADULT * 2.55,
        pose=STROLL,
        facing="left",
        shadow=shadow,
    )
    canvas.stroke([(60, 1010), (75, 600), (50, 0)], mix(INK, CLAY, 0.25), 84, 62, 50)
    crowns = [
        geometry.blob(x, y, a, b, canvas.rng)
        for x, y, a, b in ((-20, 60, 260, 170), (250, 10, 230, 110), (120, 120, 190, 90))
    ]
    nature.crown(canvas, crowns, moss, depth=26, leaf=22)


def _shop_front(canvas: Canvas) -> None:
    slate, ochre, moss = tone(SLATE), tone(OCHRE), tone(MOSS)
    canvas.box(330, 300, 1310, 800, slate.deep)
    warm = mix(OCHRE, WHITE, 0.62)
    for left, right in ((352, 690), (1024, 1288)):
        canvas.box(left, 410, right, 740, warm)
        with canvas.within(geometry.rect(left, 410, right, 740)):
            canvas.box(left, 560, right, 572, ochre.dark)
            for x in range(int(left) + 20, int(right), 46):
                high = canvas.rng.uniform(30, 66)
                colour = canvas.rng.choice((slate.mid, moss.mid, WHITE, ochre.mid))
                canvas.box(x, 560 - high, x + 30, 560, colour)
            canvas.box(left, 650, right, 740, ochre.light)
            canvas.fill(
                [(left + 40, 740), (left + 150, 410), (left + 205, 410), (left + 95, 740)],
                mix(warm, WHITE, 0.7),
            )
        canvas.box(left, 740, right, 800, slate.dark)
    canvas.box(722, 410, 992, 800, warm)
    with canvas.within(geometry.rect(722, 410, 992, 800)):
        canvas.box(722, 690, 992, 800, ochre.light)
        canvas.put(Patch(geometry.rect(760, 640, 940, 760), ochre.mid, ochre.dark, 10))
        canvas.box(750, 626, 950, 642, WHITE)
        inside = Look(slate.mid, INK, hair="bob")
        enter(
            canvas, volunteer(inside), 850, 800, ADULT * 1.9, pose=FRONT, facing="front", halo=None
        )
        canvas.put(Patch(geometry.rect(760, 650, 940, 770), ochre.mid, ochre.dark, 10))
        canvas.box(750, 640, 950, 654, WHITE)
    for left, right in ((722, 770), (944, 992)):
        canvas.fill(
            [(left, 410), (right, 410), (right, 800), (left, 800)], mix(slate.light, WHITE, 0.25)
        )
        canvas.box(left, 410, left + 6, 800, slate.dark)
        canvas.box(right - 6, 410, right, 800, slate.dark)
    canvas.put(Patch(geometry.rect(310, 286, 1330, 392), RED, mix(RED, INK, 0.35), 12))
    sign = Cutter((857, 338), 1)
    canvas.place(
        [
            sign.flat(trace("-44,2 0,-36 44,2 32,2 32,34 -32,34 -32,2"), WHITE, depth=0),
            sign.flat(trace("-11,34 -11,12 11,12 11,34"), RED, depth=0),
        ]
    )
    for y in (300, 376):
        canvas.line([(326, y), (1306, y)], 3, mix(RED, PAPER, 0.6))
    places.awning(canvas, 352, 396, 690, 62, WHITE, slate.mid, stripes=8, out=20)
    places.awning(canvas, 1024, 396, 1288, 62, WHITE, slate.mid, stripes=6, out=20)


def _tea_table(canvas: Canvas, shadow: Colour) -> None:
    slate, ochre, moss = tone(SLATE), tone(OCHRE), tone(MOSS)
    pour = Pose(hands=((0.2, 0.58), (0.22, 0.6)), elbows=(-1, -1), lean=4, nod=8)
    enter(
        canvas,
        volunteer(Look(slate.light, INK, hair="bun", garment="jacket")),
        330,
        895,
        ADULT * 2.5,
        pose=pour,
        shadow=shadow,
    )
    worker = Look(ochre.mid, slate.deep, hat="straw", hat_colour=ochre.light, stripe=WHITE)
    drink = Pose(hands=((0.14, 0.74), (0.16, 0.6)), elbows=(-1, -1), nod=-4)
    enter(
        canvas,
        worker,
        650,
        915,
        ADULT * 2.5,
        pose=drink,
        facing="left",
        shadow=shadow,
        held=props.cup((592, 612), 2.6),
    )
    desk = props.table((475, 915), 2.5, moss.mid, long=84, high=74, cloth=True)
    stand(canvas, desk, 915, shadow=shadow, halo=None)
    urn = Cutter((470, 730), 2.5)
    canvas.place(
        [
            urn.box(-16, -44, 16, 0, mix(SLATE, WHITE, 0.55), radius=3, depth=8),
            urn.box(-18, -50, 18, -42, slate.dark, radius=2),
            urn.bar([(14, -10), (23, -10), (23, -4)], INK, 3.5),
            urn.box(-12, -32, 8, -18, RED, depth=0),
        ]
    )
    for x in (395, 420, 545, 570):
        canvas.place(props.cup((x, 730), 1.9))
