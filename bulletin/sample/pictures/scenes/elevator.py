"""A glass lift shaft against an old six-storey block, neighbours at its foot."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.figures import FRONT, STROLL, WALK, Look, Pose
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
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, CHILD, ELDER, child, elder, enter


def draw(canvas: Canvas) -> None:
    """A glass lift shaft against an old six-storey block, neighbours at its foot."""
    slate, moss = tone(SLATE), tone(MOSS)
    nature.sky(canvas, 780, mix(slate.light, PAPER, 0.35), mix(PAPER, WHITE, 0.4))
    nature.cloud(canvas, 150, 190, 190, WHITE)
    _old_block(canvas)
    ground = mix(STONE, PAPER, 0.5)
    shadow = mix(ground, INK, 0.24)
    canvas.box(0, 830, ACROSS, DOWN, ground)
    places.paving(canvas, 830, 800, mix(ground, INK, 0.1), lines=8)
    canvas.box(0, 824, ACROSS, 836, mix(ground, INK, 0.3))
    _lift_shaft(canvas)
    nature.tree(canvas, (120, 850), 560, moss, bark=mix(INK, CLAY, 0.3), shadow=shadow)
    nature.bush(canvas, 1290, 848, 210, 96, moss)
    nature.bush(canvas, 1460, 856, 200, 120, moss)
    nature.bush(canvas, 400, 846, 180, 76, moss)
    enter(
        canvas,
        Look(slate.mid, INK, hair="bob"),
        1010,
        962,
        ADULT * 1.22,
        pose=STROLL,
        facing="left",
        shadow=shadow,
    )
    walker = elder(Look(slate.dark, INK, hair="short"))
    lean = Pose(lean=8, hands=((0.17, 0.45), (0.1, 0.46)), feet=((0.06, 0), (-0.08, 0)), hip=0.475)
    figure = enter(canvas, walker, 560, 975, ELDER * 1.28, pose=lean, shadow=shadow)
    canvas.line([figure.hands[0], (figure.hands[0][0] + 12, 975)], 5, INK)
    friend = elder(Look(RED, INK, hair="bun"))
    enter(canvas, friend, 480, 968, ELDER * 1.26, pose=STROLL, shadow=shadow)
    enter(
        canvas,
        child(Look(mix(OCHRE, WHITE, 0.1), slate.deep)),
        1120,
        972,
        CHILD * 1.26,
        pose=WALK,
        facing="left",
        shadow=shadow,
    )


def _old_block(canvas: Canvas) -> None:
    slate, clay = tone(SLATE), tone(CLAY)
    wall = mix(clay.light, PAPER, 0.15)
    window = places.balcony_window(
        slate.dark, WHITE, mix(clay.mid, PAPER, 0.1), (RED, WHITE, slate.light, OCHRE)
    )
    places.facade(
        canvas,
        (250, 90, 1380, 832),
        wall,
        storeys=6,
        bays=9,
        window=window,
        ledge=mix(wall, INK, 0.14),
    )
    canvas.fill(trace("1380,90 1440,122 1440,832 1380,832"), mix(wall, INK, 0.32))
    canvas.box(232, 66, 1398, 94, clay.dark)
    canvas.fill(trace("1398,66 1452,96 1452,122 1398,94"), clay.deep)
    for x in (330, 480, 1230):
        canvas.put(
            Patch(geometry.rect(x, 26, x + 64, 66), mix(slate.light, WHITE, 0.2), slate.mid, 10)
        )
        canvas.line([(x + 10, 66), (x + 10, 26)], 4, slate.dark)
    for x in (372, 498, 1126, 1252):
        for y in (196, 320, 444, 568, 690):
            if canvas.rng.random() < 0.5:
                canvas.put(Patch(geometry.rect(x - 14, y, x + 22, y + 26), WHITE, slate.light, 5))
                canvas.fill(geometry.ellipse(x + 2, y + 13, 9, 9), slate.light)
    stair = (628, 94, 770, 832)
    canvas.box(*stair, mix(wall, INK, 0.1))


def _lift_shaft(canvas: Canvas) -> None:
    slate = tone(SLATE)
    left, right, top, bottom = 690, 890, 60, 850
    side = [(right, top), (right + 62, top + 34), (right + 62, bottom - 18), (right, bottom)]
    glass = mix(slate.light, WHITE, 0.45)
    thrown = [
        (right + 62, 94),
        (right + 150, 94),
        (right + 190, 130),
        (right + 190, 832),
        (right + 62, 832),
    ]
    canvas.hatch(thrown, mix(tone(CLAY).dark, INK, 0.3), spacing=9, angle=38, width=5)
    canvas.fill(geometry.rect(left, top, right, bottom), glass)
    canvas.fill(side, mix(slate.light, slate.mid, 0.45))
    storey = (bottom - top) / 6
    for level in range(6):
        y = top + level * storey
        with canvas.within(geometry.rect(left, y, right, y + storey)):
            canvas.fill(
                [
                    (left + 20, y + storey),
                    (left + 120, y),
                    (left + 165, y),
                    (left + 65, y + storey),
                ],
                mix(glass, WHITE, 0.6),
            )
    _lift_car(canvas, left + 20, top + 2 * storey + 14, right - 20, top + 3 * storey - 8)
    canvas.line(
        [((left + right) / 2 - 14, top), ((left + right) / 2 - 14, top + 2 * storey + 14)], 3, INK
    )
    canvas.line(
        [((left + right) / 2 + 14, top), ((left + right) / 2 + 14, top + 2 * storey + 14)], 3, INK
    )
    frame = slate.deep
    for level in range(7):
        y = top + level * storey
        canvas.box(left, y - 6, right, y + 6, frame)
        drop = 34 - level * 52 / 6
        canvas.stroke([(right, y), (right + 62, y + drop)], frame, 11, 8)
    for x in (left, right):
        canvas.box(x - 8, top - 6, x + 8, bottom, frame)
    canvas.box(right + 58, top + 30, right + 66, bottom - 18, frame)
    canvas.put(
        Patch(
            [
                (left - 22, top - 26),
                (right + 10, top - 26),
                (right + 84, top + 14),
                (right + 84, top + 36),
                (right + 6, top - 4),
                (left - 22, top - 4),
            ],
            RED,
            mix(RED, INK, 0.35),
            8,
        )
    )
    canvas.box(left + 34, bottom - 118, right - 34, bottom, slate.dark)
    canvas.box(left + 42, bottom - 110, (left + right) / 2 - 3, bottom, mix(STONE, WHITE, 0.45))
    canvas.box((left + right) / 2 + 3, bottom - 110, right - 42, bottom, mix(STONE, WHITE, 0.3))
    canvas.put(
        Patch(geometry.rect(left - 50, bottom - 138, right + 40, bottom - 122), WHITE, slate.mid, 5)
    )
    canvas.box(left - 30, bottom - 2, right + 60, bottom + 12, mix(STONE, WHITE, 0.4))


def _lift_car(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    canvas.box(left, top, right, bottom, mix(OCHRE, WHITE, 0.72))
    canvas.box(left, top, right, top + 12, tone(OCHRE).mid)
    with canvas.within(geometry.rect(left, top, right, bottom - 8)):
        enter(
            canvas,
            elder(Look(tone(SLATE).mid, INK, hair="bun")),
            left + 52,
            bottom - 8,
            86,
            pose=FRONT,
            facing="front",
            halo=None,
        )
        enter(
            canvas,
            Look(tone(CLAY).dark, INK),
            left + 106,
            bottom - 8,
            92,
            pose=FRONT,
            facing="front",
            halo=None,
        )
    canvas.box(left, bottom - 10, right, bottom, tone(OCHRE).dark)
    canvas.line(
        [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
        4,
        tone(SLATE).deep,
    )
