"""A worker on a ladder gathers a stairwell's loose wires into a trunking."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import FRONT, Look, Pose
from bulletin.sample.pictures.geometry import Outline, Point, trace
from bulletin.sample.pictures.palette import (
    CLAY,
    INK,
    OCHRE,
    PAPER,
    RED,
    SLATE,
    STONE,
    WHITE,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, ELDER, elder, enter, stand, volunteer


def draw(canvas: Canvas) -> None:
    """A worker on a ladder gathers a stairwell's loose wires into a trunking."""
    slate, ochre = tone(SLATE), tone(OCHRE)
    wall, low = mix(PAPER, WHITE, 0.3), mix(slate.light, PAPER, 0.1)
    canvas.box(0, 0, ACROSS, DOWN, wall)
    canvas.gouge(
        geometry.rect(0, 0, ACROSS, 520),
        mix(wall, STONE, 0.2),
        count=90,
        length=60,
        width=6,
        angle=80,
        spread=20,
    )
    canvas.box(0, 520, 860, 880, low)
    canvas.box(0, 512, 860, 524, slate.mid)
    _stairs(canvas)
    floor = mix(STONE, PAPER, 0.35)
    shadow = mix(floor, INK, 0.28)
    canvas.box(0, 880, ACROSS, DOWN, floor)
    places.paving(canvas, 880, 500, mix(floor, INK, 0.12), lines=9)
    _meters(canvas)
    _wires(canvas)
    steps = props.ladder((520, 955), 2.8, ochre.mid, high=150)
    stand(canvas, steps, 955, shadow=shadow, halo=wall)
    worker = Look(slate.dark, slate.deep, hat="hard", hat_colour=ochre.mid, stripe=ochre.light)
    pose = Pose(
        hands=((0.2, 0.98), (0.24, 0.82)),
        elbows=(-1, -1),
        feet=((-0.02, 0.05), (0.06, 0.0)),
        lean=2,
        nod=-16,
    )
    figure = enter(canvas, worker, 468, 700, ADULT * 2.65, pose=pose, halo=wall)
    canvas.put(Patch(geometry.rect(440, 455, 505, 472), CLAY, INK, 4))
    hand = figure.hands[0]
    coil = geometry.smooth(
        [
            hand,
            (hand[0] + 40, hand[1] + 60),
            (hand[0] + 14, hand[1] + 150),
            (hand[0] + 60, hand[1] + 210),
        ],
        closed=False,
    )
    canvas.stroke(coil, RED, 7)
    mate = volunteer(Look(ochre.dark, INK, hat="hard", hat_colour=WHITE))
    hold = Pose(
        hands=((0.22, 0.62), (0.2, 0.5)),
        elbows=(-1, -1),
        lean=5,
        nod=-12,
        feet=((-0.06, 0), (0.07, 0)),
    )
    enter(canvas, mate, 694, 968, ADULT * 2.75, pose=hold, facing="left", shadow=shadow, halo=wall)
    box = Cutter((220, 965), 2.7)
    kit = [
        box.bar(trace("-16,-24 -14,-36 14,-36 16,-24"), INK, 4),
        box.box(-30, -26, 30, 0, RED, radius=3, depth=6),
        box.box(-30, -17, 30, -14, mix(RED, INK, 0.5), depth=0),
        box.box(-5, -20, 5, -10, WHITE, depth=0),
    ]
    stand(canvas, kit, 965, shadow=shadow, halo=wall)
    neighbour = elder(Look(slate.mid, INK, hair="bun"))
    enter(
        canvas,
        neighbour,
        1215,
        512,
        ELDER * 2.05,
        pose=replace(FRONT, nod=-2),
        facing="front",
        halo=wall,
    )
    _rail(canvas)


def _stairs(canvas: Canvas) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    canvas.box(860, 0, ACROSS, DOWN, mix(slate.pale, WHITE, 0.1))
    canvas.box(1030, 60, 1180, 300, WHITE)
    canvas.box(1044, 74, 1166, 286, mix(OCHRE, WHITE, 0.75))
    canvas.box(1100, 74, 1110, 286, WHITE)
    canvas.box(1044, 176, 1166, 186, WHITE)
    canvas.put(
        Patch(geometry.rect(1270, 110, 1450, 512), mix(CLAY, INK, 0.2), mix(CLAY, INK, 0.5), 12)
    )
    canvas.box(1290, 134, 1430, 300, mix(CLAY, INK, 0.35))
    canvas.box(1290, 330, 1430, 490, mix(CLAY, INK, 0.35))
    canvas.fill(geometry.ellipse(1288, 318, 8, 8), ochre.light)
    canvas.box(960, 512, ACROSS, 546, mix(STONE, WHITE, 0.2))
    canvas.box(960, 546, ACROSS, 900, mix(slate.light, INK, 0.12))
    for step in range(9):
        y = 512 + step * 42
        left = 960 - step * 16
        right = 1290 - step * 14
        canvas.box(left, y, right, y + 13, mix(STONE, WHITE, 0.35))
        canvas.box(left, y + 13, right, y + 43, mix(STONE, INK, 0.12 + 0.02 * step))


def _rail(canvas: Canvas) -> None:
    slate = tone(SLATE)
    top, foot = (1300, 360), (1190, 700)
    for step in range(10):
        share = step / 9
        x, y = geometry.between(top, foot, share)
        canvas.line([(x, y), (x - 4, y + 158)], 7, slate.deep)
    canvas.stroke([(1306, 350), (1186, 706)], RED, 18, 22)
    canvas.line([(1188, 690), (1182, 890)], 16, slate.deep)
    canvas.line([(1300, 358), (1500, 358)], 16, RED)
    for x in range(1330, 1500, 36):
        canvas.line([(x, 366), (x, 512)], 7, slate.deep)


def _meters(canvas: Canvas) -> None:
    slate = tone(SLATE)
    for row in range(2):
        for column in range(3):
            x, y = 70 + column * 104, 200 + row * 132
            canvas.put(
                Patch(
                    geometry.rect(x, y, x + 88, y + 114), mix(slate.light, WHITE, 0.3), slate.mid, 8
                )
            )
            canvas.fill(geometry.ellipse(x + 40, y + 40, 26, 26), WHITE)
            canvas.line([(x + 40, y + 40), (x + 54, y + 26)], 3, INK)
            canvas.box(x + 16, y + 78, x + 64, y + 96, slate.dark)
    canvas.put(Patch(geometry.rect(560, 96, 604, 860), WHITE, slate.light, 9))
    canvas.put(Patch(geometry.rect(60, 96, 850, 136), WHITE, slate.light, 9))
    for x in (180, 330, 480, 700, 820):
        canvas.box(x, 96, x + 4, 136, slate.light)


def _wires(canvas: Canvas) -> None:
    slate = tone(SLATE)
    rng = canvas.rng
    colours = (INK, slate.dark, RED, mix(OCHRE, INK, 0.25), INK, slate.deep)
    for i in range(15):
        start: Point = (95 + (i % 6) * 52 + rng.uniform(-8, 8), 452)
        path: Outline = [start]
        x, y = start
        for step in range(4):
            x += rng.uniform(20, 74)
            y += rng.uniform(40, 110) * (1 if step < 2 else -0.7)
            path.append((x, y))
        path.append((rng.uniform(440, 548), rng.uniform(230, 420)))
        canvas.stroke(geometry.smooth(path, closed=False), colours[i % 6], 6)
    for _i in range(7):
        x = 640 + rng.uniform(0, 190)
        path = [
            (x, 136),
            (x + rng.uniform(-30, 30), 210),
            (x + rng.uniform(-50, 40), 260 + rng.uniform(0, 60)),
            (x + rng.uniform(-20, 40), 300),
        ]
        canvas.stroke(geometry.smooth(path, closed=False), rng.choice(colours), 6)
