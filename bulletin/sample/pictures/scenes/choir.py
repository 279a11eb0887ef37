"""Three rows of singers with red songbooks, their conductor's arms raised."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import FRONT, Look, Pose
from bulletin.sample.pictures.palette import CLAY, INK, OCHRE, PAPER, RED, SLATE, WHITE, mix, tone
from bulletin.sample.pictures.staging import ADULT, elder, enter


def draw(canvas: Canvas) -> None:
    """Three rows of singers with red songbooks, their conductor's arms raised."""
    slate, clay = tone(SLATE), tone(CLAY)
    _old_canteen(canvas)
    hair = ("bun", "short", "bob", "bald", "short", "bob", "tail", "short", "bun", "bob")
    rows = ((590, 8, 2.3, 700), (545, 7, 2.45, 795), (480, 6, 2.6, 910))
    for row, (spread, count, cm, ground) in enumerate(rows):
        if row < 2:
            left, right = 750 - spread - 80, 750 + spread + 80
            riser = geometry.rect(left, ground - 8, right, rows[row + 1][3] - 12)
            canvas.put(Patch(riser, clay.dark, clay.deep, 8))
            canvas.box(left, ground - 14, right, ground - 2, clay.light)
        for i in range(count):
            x = 750 + spread * (2 * i / (count - 1) - 1)
            style = hair[(i * 3 + row * 4) % len(hair)]
            man = style in ("short", "bald")
            look = Look(
                WHITE if man else (slate.mid, slate.light, slate.dark)[(i + row) % 3],
                INK if man else slate.deep,
                hair=style,
                garment="jacket" if man else "skirt",
            )
            if (i + 2 * row) % 3 != 1 or style in ("bun", "bald"):
                look = elder(look)
            height = ADULT * cm * canvas.rng.uniform(0.94, 1.02)
            singing = replace(
                FRONT,
                hands=((-0.085, 0.57), (0.085, 0.57)),
                elbows=(-0.45, 0.45),
                nod=canvas.rng.uniform(-4, 4),
            )
            book = props.folder((x, ground - 0.6 * height), cm * 0.92, RED)
            enter(
                canvas,
                look,
                x,
                ground - 10,
                height,
                pose=singing,
                facing="front",
                halo=mix(clay.pale, WHITE, 0.2),
                held=book,
            )
    _accordion(canvas)
    leader = Look(INK, INK, hair="short")
    beat = Pose(
        hip=0.485, hands=((-0.28, 0.93), (0.27, 0.9)), elbows=(1, -1), feet=FRONT.feet, knees=(0, 0)
    )
    figure = enter(canvas, leader, 760, 1190, ADULT * 3.5, pose=beat, facing="back")
    hand = figure.hands[1]
    canvas.stroke([hand, (hand[0] + 74, hand[1] - 96)], WHITE, 7, 3)


def _old_canteen(canvas: Canvas) -> None:
    slate, clay = tone(SLATE), tone(CLAY)
    canvas.box(0, 0, ACROSS, 760, clay.pale)
    places.brick_marks(canvas, (0, 20, ACROSS, 700), mix(clay.pale, clay.mid, 0.22), count=110)
    for left in (90, 450, 810, 1170):
        arch = [*geometry.arc(left + 120, 190, 120, 120, 180, 360), (left + 240, 420), (left, 420)]
        canvas.fill(geometry.stretch(arch, 1.1, 1.06, about=(left + 120, 300)), clay.light)
        canvas.fill(arch, mix(slate.light, WHITE, 0.5))
        with canvas.within(arch):
            canvas.fill(
                [(left + 40, 420), (left + 150, 60), (left + 220, 60), (left + 110, 420)],
                mix(slate.pale, WHITE, 0.6),
            )
        for x in (left + 80, left + 160):
            canvas.box(x - 4, 70, x + 4, 420, WHITE)
        for y in (190, 300):
            canvas.box(left, y - 4, left + 240, y + 4, WHITE)
    canvas.box(0, 0, ACROSS, 34, clay.dark)
    for x in (390, 750, 1110):
        canvas.line([(x, 34), (x, 92)], 4, INK)
        canvas.put(
            Patch(
                [(x - 16, 90), (x + 16, 90), (x + 46, 124), (x - 46, 124)],
                slate.dark,
                slate.deep,
                8,
            )
        )
        canvas.fill(geometry.ellipse(x, 124, 46, 7), mix(OCHRE, WHITE, 0.6))
    canvas.box(0, 640, ACROSS, DOWN, mix(clay.light, PAPER, 0.1))
    for i in range(14):
        y = 640 + 7 * (i + 1) ** 1.45
        canvas.line([(0, y), (ACROSS, y)], 2, mix(clay.light, INK, 0.1))


def _accordion(canvas: Canvas) -> None:
    slate, clay = tone(SLATE), tone(CLAY)
    canvas.place(props.chair((170, 965), 2.8, clay.deep))
    player = elder(Look(slate.dark, INK, hair="short", hat="cap", hat_colour=slate.deep))
    pose = Pose(hip=0.27, hands=((0.2, 0.5), (0.24, 0.46)), feet=((0.18, 0), (0.26, 0)), lean=-2)
    box = Cutter((255, 750), 2.7)
    folds = [
        box.flat(
            [(-12 + i * 6, -30), (-8 + i * 6, -32), (-8 + i * 6, 24), (-12 + i * 6, 22)],
            INK if i % 2 else WHITE,
            depth=0,
        )
        for i in range(5)
    ]
    held = [
        box.box(-22, -32, -8, 24, RED, radius=3),
        *folds,
        box.box(16, -34, 32, 26, RED, radius=3),
        box.box(24, -28, 30, 20, WHITE, depth=0),
    ]
    enter(canvas, player, 170, 965, ADULT * 2.85, pose=pose, held=held)
