"""A roofed row of chargers, scooters nosed in, a rider plugging in her own."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import Look, Pose
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
from bulletin.sample.pictures.staging import ADULT, enter, stand


def draw(canvas: Canvas) -> None:
    """A roofed row of chargers, scooters nosed in, a rider plugging in her own."""
    slate, moss, ochre = tone(SLATE), tone(MOSS), tone(OCHRE)
    nature.sky(canvas, 640, mix(slate.pale, WHITE, 0.15), mix(PAPER, WHITE, 0.4))
    window = places.balcony_window(
        slate.mid, WHITE, mix(ochre.light, INK, 0.06), (RED, WHITE, slate.light)
    )
    places.facade(
        canvas,
        (90, -60, 900, 640),
        ochre.pale,
        storeys=5,
        bays=6,
        window=window,
        ledge=mix(ochre.pale, INK, 0.08),
    )
    nature.tree(canvas, (1330, 700), 620, moss, bark=mix(INK, CLAY, 0.25))
    nature.tree(canvas, (1060, 690), 420, moss, bark=mix(INK, CLAY, 0.25))
    ground = mix(STONE, PAPER, 0.45)
    shadow = mix(ground, INK, 0.25)
    canvas.box(0, 690, ACROSS, DOWN, ground)
    canvas.fill(trace("40,800 1380,800 1480,900 -40,900"), shadow)
    _shed(canvas)
    tints = (slate.mid, RED, mix(WHITE, STONE, 0.15), moss.mid, slate.dark)
    for i, tint in enumerate(tints):
        x = 225 + i * 178
        ride = props.scooter((x, 838), 1.72, tint)
        canvas.place(ride, halo=mix(shadow, PAPER, 0.55), margin=3)
        cable = geometry.smooth(
            [(x - 40, 598), (x - 70, 640), (x - 34, 686), (x - 44, 714)], closed=False
        )
        canvas.stroke(cable, INK, 5)
    for x in range(60, 1480, 172):
        canvas.fill([(x + 40, 905), (x + 48, 905), (x + 20, DOWN), (x + 8, DOWN)], WHITE)
    _riders(canvas, mix(ground, INK, 0.25))


def _shed(canvas: Canvas) -> None:
    slate = tone(SLATE)
    canvas.box(80, 470, 1330, 800, mix(slate.pale, WHITE, 0.2))
    for x in range(80, 1330, 46):
        canvas.box(x, 470, x + 3, 800, mix(slate.light, WHITE, 0.3))
    canvas.box(80, 790, 1330, 806, slate.light)
    canvas.box(80, 520, 1330, 534, slate.mid)
    for i in range(7):
        box = Cutter((185 + i * 178, 600), 1.7)
        canvas.place(
            [
                box.box(-17, -46, 17, 0, WHITE, radius=3, depth=4),
                box.box(-11, -40, 11, -24, slate.deep, depth=0),
                box.round((-7, -12), 4, 4, tone(MOSS).mid if i % 3 else RED, depth=0),
                box.round((7, -12), 4, 4, slate.mid, depth=0),
            ]
        )
    for x in (96, 452, 986, 1316):
        canvas.put(Patch(geometry.rect(x - 12, 400, x + 12, 850), slate.dark, slate.deep, 7))
    canvas.put(Patch(trace("40,330 1340,330 1420,420 -30,420"), slate.mid, slate.dark, 8))
    for i in range(9):
        left, right = 40 + i * 1300 / 9, 40 + (i + 1) * 1300 / 9
        low_left, low_right = -30 + i * 1450 / 9, -30 + (i + 1) * 1450 / 9
        canvas.fill(
            [(left + 10, 338), (right - 10, 338), (low_right - 12, 408), (low_left + 12, 408)],
            slate.deep,
        )
        for share in (0.33, 0.66):
            canvas.line(
                [
                    (left + (right - left) * share, 338),
                    (low_left + (low_right - low_left) * share, 408),
                ],
                2.5,
                slate.mid,
            )
        canvas.line(
            [((left + low_left) / 2 + 10, 373), ((right + low_right) / 2 - 10, 373)], 2.5, slate.mid
        )
    canvas.box(-30, 418, 1420, 452, RED)
    canvas.box(-30, 446, 1420, 458, mix(RED, INK, 0.45))
    can = props.extinguisher((1370, 800), 2.0)
    canvas.box(1342, 690, 1398, 806, mix(RED, WHITE, 0.75))
    canvas.place(can)


def _riders(canvas: Canvas, shadow: Colour) -> None:
    slate, moss, ochre = tone(SLATE), tone(MOSS), tone(OCHRE)
    ride = props.scooter((1210, 950), 2.6, ochre.mid, flip=True)
    pushing = Pose(
        hands=((0.16, 0.6), (0.2, 0.6)), elbows=(-1, -1), feet=((0.1, 0), (-0.12, 0.02)), lean=5
    )
    enter(
        canvas,
        Look(slate.dark, INK, hat="rider", hat_colour=RED),
        1240,
        925,
        ADULT * 2.7,
        pose=pushing,
        facing="left",
        shadow=shadow,
    )
    stand(canvas, ride, 950, shadow=shadow)
    plug = Pose(hands=((0.24, 0.86), (0.2, 0.7)), elbows=(-1, -1), lean=3, nod=-4)
    figure = enter(
        canvas, Look(moss.mid, INK, hair="tail"), 800, 930, ADULT * 2.6, pose=plug, shadow=shadow
    )
    hand = figure.hands[0]
    cable = geometry.smooth(
        [hand, (hand[0] + 26, hand[1] - 30), (hand[0] + 50, hand[1] - 10)], closed=False
    )
    canvas.stroke(cable, RED, 6)
