"""A reading room: full shelves, a long table, readers of three generations."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import figures, geometry, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.figures import AT_TABLE, FRONT, Look, Pose
from bulletin.sample.pictures.palette import CLAY, INK, MOSS, PAPER, RED, TAN, WHITE, mix, tone
from bulletin.sample.pictures.staging import ADULT, CHILD, ELDER, child, elder, enter, stand


def draw(canvas: Canvas) -> None:
    """A reading room: full shelves, a long table, readers of three generations."""
    moss, clay = tone(MOSS), tone(CLAY)
    canvas.box(0, 0, ACROSS, DOWN, moss.pale)
    canvas.box(0, 730, ACROSS, DOWN, clay.light)
    for i in range(12):
        y = 730 + 9 * (i + 1) ** 1.35
        canvas.line([(0, y), (ACROSS, y)], 2, mix(clay.light, INK, 0.09))
    _shelves(canvas, (40, 60, 640, 740))
    _reading_window(canvas)
    floor = mix(clay.light, INK, 0.22)
    reach = Pose(hands=((0.17, 1.02), (0.08, 0.6)), elbows=(-1, -1), lean=2, nod=-14)
    enter(
        canvas,
        Look(clay.mid, INK, hair="tail", garment="skirt"),
        560,
        800,
        ADULT * 2.7,
        pose=reach,
        facing="left",
        shadow=floor,
        halo=moss.pale,
    )
    girl = child(Look(RED, moss.deep, hair="bob"))
    sitting = Pose(
        hip=0.055,
        hands=((0.22, 0.28), (0.25, 0.28)),
        feet=((0.36, 0.0), (0.4, 0.0)),
        lean=8,
        nod=20,
        knees=(1, 1),
    )
    spread = props.book((338, 815), 2.7, moss.dark)
    enter(canvas, girl, 250, 875, CHILD * 3.0, pose=sitting, shadow=floor, held=spread)
    _readers(canvas, floor)


def _shelves(canvas: Canvas, area: tuple[float, float, float, float]) -> None:
    moss, clay = tone(MOSS), tone(CLAY)
    left, top, right, bottom = area
    rng = canvas.rng
    canvas.box(left - 16, top - 16, right + 16, bottom, clay.dark)
    rows = 5
    high = (bottom - top) / rows
    spines = [moss.mid, moss.dark, clay.mid, clay.light, WHITE, moss.light, INK, clay.deep]
    for row in range(rows):
        floor = top + (row + 1) * high - 14
        canvas.box(left, floor - high + 14, right, floor, clay.deep)
        x = left + 6
        while x < right - 40:
            if rng.random() < 0.08:
                x += rng.uniform(20, 44)
                continue
            wide, tall = rng.uniform(13, 30), high * rng.uniform(0.55, 0.8)
            colour = RED if rng.random() < 0.05 else rng.choice(spines)
            spine = geometry.rect(x, floor - tall, x + wide, floor)
            if rng.random() < 0.07:
                spine = geometry.turn(spine, 9, about=(x + wide, floor))
                x += tall * 0.14
            canvas.put(Patch(spine, colour, mix(colour, INK, 0.3), 5))
            band = mix(colour, PAPER if colour != WHITE else INK, 0.4)
            canvas.box(x + 3, floor - tall * 0.8, x + wide - 4, floor - tall * 0.74, band)
            x += wide + 2
    for x in (left + (right - left) / 2,):
        canvas.box(x - 7, top - 10, x + 7, bottom, clay.dark)


def _reading_window(canvas: Canvas) -> None:
    moss, clay = tone(MOSS), tone(CLAY)
    left, top, right, bottom = 800, 80, 1400, 480
    canvas.box(left - 16, top - 16, right + 16, bottom + 16, WHITE)
    canvas.box(left, top, right, bottom, mix(moss.pale, WHITE, 0.6))
    with canvas.within(geometry.rect(left, top, right, bottom)):
        for stalk in range(15):
            x = left + 20 + stalk * 42 + canvas.rng.uniform(-10, 10)
            colour = canvas.rng.choice((moss.light, moss.mid))
            canvas.stroke([(x, bottom), (x + 6, top - 20)], colour, 11, 8)
            for joint in range(5):
                y = top + joint * 90 + canvas.rng.uniform(0, 40)
                canvas.box(x - 7, y, x + 10, y + 4, moss.dark)
                for _ in range(3):
                    tip = (x + canvas.rng.uniform(-70, 70), y + canvas.rng.uniform(20, 60))
                    canvas.stroke(
                        [(x, y), geometry.between((x, y), tip, 0.5), tip], moss.mid, 1, 12, 1
                    )
    for x in (left + 200, left + 400):
        canvas.box(x - 5, top, x + 5, bottom, WHITE)
    canvas.box(left - 30, bottom + 16, right + 30, bottom + 32, clay.mid)
    for x in (940, 1240):
        canvas.line([(x, 0), (x, 210)], 3, INK)
        canvas.put(
            Patch(
                [(x - 22, 206), (x + 22, 206), (x + 62, 252), (x - 62, 252)],
                clay.dark,
                clay.deep,
                10,
            )
        )
        canvas.fill(geometry.ellipse(x, 252, 62, 8), WHITE)


def _readers(canvas: Canvas, floor: tuple[int, int, int]) -> None:
    moss, clay = tone(MOSS), tone(CLAY)
    old = elder(Look(moss.dark, INK, hair="short"))
    sit = Pose(
        hip=0.27, hands=((0.2, 0.47), (0.23, 0.48)), feet=((0.2, 0), (0.26, 0)), lean=4, nod=10
    )
    canvas.place(props.chair((800, 950), 3.3, clay.dark))
    enter(canvas, old, 800, 950, ELDER * 3.4, pose=sit, shadow=floor, halo=moss.pale)
    young = Look(clay.mid, INK, hair="short", skin=TAN)
    canvas.place(props.chair((1370, 950), 3.3, clay.dark, flip=True))
    enter(
        canvas,
        young,
        1370,
        950,
        ADULT * 3.4,
        pose=replace(sit, nod=16),
        facing="left",
        shadow=floor,
        halo=moss.pale,
    )
    middle = figures.person(
        Look(WHITE, INK, hair="bob"),
        1090,
        930,
        ADULT * 3.2,
        pose=replace(
            AT_TABLE, hands=((-0.03, 0.43), (0.07, 0.43)), legs=True, feet=FRONT.feet, knees=(0, 0)
        ),
        facing="front",
    )
    canvas.place(middle.body, halo=moss.pale)
    desk = props.table((1085, 950), 3.3, clay.light, long=120, high=72)
    stand(canvas, desk, 950, shadow=floor, halo=None)
    for x, flip in ((925, False), (1232, True)):
        canvas.place(props.book((x, 706), 2.9, RED if flip else moss.dark, flip=flip))
    canvas.place(middle.arms)
    canvas.place(props.folder((1110, 676), 2.6, moss.mid))
    for i, colour in enumerate((clay.dark, moss.mid, WHITE)):
        canvas.put(
            Patch(
                geometry.rect(1000 - i * 3, 697 - i * 15, 1060 - i * 6, 712 - i * 15),
                colour,
                mix(colour, INK, 0.3),
                4,
            )
        )
