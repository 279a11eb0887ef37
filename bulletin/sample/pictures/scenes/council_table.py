"""Residents around a long table with cups and notebooks, one on her feet."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import figures, geometry, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.figures import AT_TABLE, Look, Pose
from bulletin.sample.pictures.geometry import trace
from bulletin.sample.pictures.palette import (
    INK,
    MOSS,
    OCHRE,
    PAPER,
    RED,
    SLATE,
    TAN,
    WHITE,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, elder, enter, volunteer


def draw(canvas: Canvas) -> None:
    """Residents around a long table with cups and notebooks, one on her feet."""
    slate, ochre = tone(SLATE), tone(OCHRE)
    _meeting_room(canvas)
    talker = volunteer(Look(slate.dark, INK, hair="bob"))
    pose = Pose(hands=((0.27, 0.86), (0.12, 0.52)), elbows=(-1, -1), lean=2)
    enter(canvas, talker, 985, 800, ADULT * 3.0, pose=pose, halo=slate.pale)
    writing = replace(AT_TABLE, lean=-2, nod=5, hands=((-0.04, 0.395), (0.13, 0.4)))
    asking = replace(
        AT_TABLE, hands=((-0.1, 0.4), (0.14, 0.81)), elbows=(-0.8, -0.5), lean=2, nod=-4
    )
    listening = replace(AT_TABLE, hands=((0.16, 0.42), (0.19, 0.42)), elbows=(-1, -1), lean=8)
    seated = [
        figures.person(look, x, 800, ADULT * 3.3, pose=pose, facing=facing)
        for x, look, pose, facing in (
            (375, elder(Look(slate.mid, INK, hair="bald")), listening, "right"),
            (570, Look(ochre.mid, INK, hair="short"), asking, "front"),
            (790, elder(Look(mix(slate.light, WHITE, 0.4), INK, hair="bun")), writing, "front"),
            (1225, Look(slate.deep, INK, hair="short", skin=TAN), listening, "left"),
        )
    ]
    for figure in seated:
        canvas.place(figure.body, halo=slate.pale, margin=4)
    _long_table(canvas)
    for figure in seated:
        canvas.place(figure.arms)
    _things_on_table(canvas)
    _near_side(canvas)


def _near_side(canvas: Canvas) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    at_end = Pose(hip=0.27, hands=((0.24, 0.45), (0.27, 0.45)), feet=((0.2, 0), (0.24, 0)), lean=6)
    for x, look, facing in (
        (120, Look(ochre.dark, INK, hair="tail"), "right"),
        (1395, elder(Look(slate.dark, INK, hair="short")), "left"),
    ):
        canvas.place(props.chair((x, 1010), 3.7, ochre.deep, flip=facing == "left"))
        enter(canvas, look, x, 1010, ADULT * 3.6, pose=at_end, facing=facing)
    for x, look, lean in (
        (480, Look(slate.deep, INK, hair="short", build=1.1), 3),
        (1010, elder(Look(ochre.light, INK, hair="bob")), -4),
    ):
        pose = replace(
            AT_TABLE, lean=lean, nod=lean, hands=((-0.06, 0.4), (0.06, 0.4)), elbows=(-0.45, 0.45)
        )
        figure = figures.person(look, x, 1205, ADULT * 4.4, pose=pose, facing="back")
        canvas.place(figure.patches, halo=PAPER, margin=5)
        canvas.place(props.chair_back((x, 1205), 4.4, mix(ochre.dark, INK, 0.45)))


def _meeting_room(canvas: Canvas) -> None:
    slate = tone(SLATE)
    canvas.box(0, 0, ACROSS, DOWN, slate.pale)
    canvas.box(0, 590, ACROSS, DOWN, mix(slate.light, INK, 0.1))
    canvas.box(0, 582, ACROSS, 596, slate.light)
    for left in (90, 350):
        beam = [(left + 280, 90), (left + 500, 90), (left + 830, 582), (left + 610, 582)]
        canvas.fill(beam, mix(slate.pale, WHITE, 0.42))
        canvas.hatch(beam, slate.pale, spacing=17, angle=56, width=4)
    for left in (90, 350):
        _window(canvas, left, 60, left + 220, 400)
    _notice_board(canvas, (1110, 90, 1440, 370))
    lamp = [(690, 0), (690, 96)]
    canvas.line(lamp, 4, INK)
    canvas.put(Patch(trace("672,92 708,92 772,148 608,148"), RED, mix(RED, INK, 0.35), 14))
    canvas.fill(geometry.ellipse(690, 148, 82, 9), mix(OCHRE, WHITE, 0.6))


def _window(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    slate, moss = tone(SLATE), tone(MOSS)
    canvas.box(left - 12, top - 12, right + 12, bottom + 12, WHITE)
    canvas.box(left, top, right, bottom, mix(slate.light, WHITE, 0.5))
    with canvas.within(geometry.rect(left, top, right, bottom)):
        for u, v, r in ((0.05, 1.0, 120), (0.75, 1.05, 110), (1.05, 0.8, 90), (0.3, 0.9, 70)):
            x, y = left + u * (right - left), top + v * (bottom - top)
            lump = geometry.blob(x, y, r, r * 0.8, canvas.rng)
            canvas.put(Patch(lump, moss.light, mix(moss.light, moss.mid, 0.5), 18))
            canvas.gouge(lump, moss.pale, count=16, length=16, width=5, angle=-35, spread=40)
    middle = (left + right) / 2
    canvas.box(middle - 4, top, middle + 4, bottom, WHITE)
    canvas.box(left - 24, bottom + 12, right + 24, bottom + 26, slate.light)


def _notice_board(canvas: Canvas, area: tuple[float, float, float, float]) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    left, top, right, bottom = area
    board = geometry.rect(*area)
    canvas.fill(geometry.shift(board, 10, 12), slate.light)
    canvas.fill(board, ochre.dark)
    canvas.box(left + 12, top + 12, right - 12, bottom - 12, WHITE)
    for dx, dy, wide, colour in (
        (30, 34, 84, ochre.light),
        (128, 30, 86, slate.light),
        (228, 36, 74, RED),
        (34, 150, 116, slate.light),
        (164, 142, 136, ochre.pale),
    ):
        x, y = left + dx, top + dy
        canvas.box(x, y, x + wide, y + 94, colour)
        ink = WHITE if colour == RED else mix(colour, INK, 0.4)
        for row in range(3):
            foot = y + 22 + row * 22
            canvas.box(x + 12, foot, x + wide * (0.86 - 0.14 * row), foot + 6, ink)


def _long_table(canvas: Canvas) -> None:
    ochre = tone(OCHRE)
    top = trace("255,560 1245,560 1430,850 70,850")
    canvas.box(0, 850, ACROSS, DOWN, mix(SLATE, INK, 0.3))
    canvas.fill(trace("70,850 1430,850 1430,896 70,896"), ochre.dark)
    canvas.fill([(110, 896), (1390, 896), (1390, DOWN), (110, DOWN)], mix(SLATE, INK, 0.62))
    canvas.fill(top, ochre.mid)
    canvas.fill(trace("255,560 1245,560 1250,568 250,568"), ochre.light)
    with canvas.within(top):
        for share, count, width in (
            (mix(OCHRE, PAPER, 0.3), 110, 5),
            (mix(OCHRE, INK, 0.14), 60, 4),
        ):
            canvas.gouge(top, share, count=count, length=210, width=width, spread=1.5)


def _things_on_table(canvas: Canvas) -> None:
    shade, slate = mix(OCHRE, INK, 0.3), tone(SLATE)
    for x, y, skew, size in (
        (535, 690, -24, 0.95),
        (830, 660, 6, 0.9),
        (850, 790, 10, 1.2),
        (1060, 725, 26, 1.0),
        (300, 680, -30, 0.85),
    ):
        page = [
            (x - 62 * size - skew, y + 26 * size),
            (x + 62 * size - skew, y + 26 * size),
            (x + 56 * size + skew, y - 26 * size),
            (x - 56 * size + skew, y - 26 * size),
        ]
        canvas.fill(geometry.shift(page, 8, 7), shade)
        canvas.fill(page, WHITE)
        canvas.stroke(
            [geometry.between(page[0], page[1], 0.5), geometry.between(page[3], page[2], 0.5)],
            mix(WHITE, INK, 0.25),
            3,
        )
        for row in range(3):
            share = 0.3 + row * 0.2
            a, b = (
                geometry.between(page[3], page[0], share),
                geometry.between(page[2], page[1], share),
            )
            for low, high in ((0.1, 0.42), (0.58, 0.9)):
                canvas.stroke(
                    [geometry.between(a, b, low), geometry.between(a, b, high)],
                    mix(WHITE, INK, 0.45),
                    2.4,
                )
        canvas.stroke([(x + 20 * size, y - 14), (x + 64 * size, y + 16 * size)], RED, 5, 2)
    for x, y, cm in (
        (440, 632, 3),
        (660, 626, 3),
        (905, 632, 3),
        (1075, 640, 3),
        (368, 752, 3.4),
        (700, 800, 3.8),
        (1225, 745, 3.4),
    ):
        cup = props.cup((x, y), cm)
        canvas.cast(cup, y, shade, slant=0.9, squash=0.1)
        canvas.place(cup)
    flask = props.thermos((745, 700), 2.9, slate.dark)
    canvas.cast(flask, 700, shade, slant=0.9, squash=0.1)
    canvas.place(flask)
