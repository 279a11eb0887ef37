"""Children cross to the school gate while a volunteer's flag holds the cars."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import Look, Pose
from bulletin.sample.pictures.geometry import Point, trace
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
from bulletin.sample.pictures.staging import ADULT, CHILD, child, enter, volunteer


def draw(canvas: Canvas) -> None:
    """Children cross to the school gate while a volunteer's flag holds the cars."""
    slate, ochre, moss = tone(SLATE), tone(OCHRE), tone(MOSS)
    nature.sky(canvas, 430, mix(slate.pale, WHITE, 0.1), mix(PAPER, WHITE, 0.4))
    _school(canvas)
    for x, high in ((80, 330), (330, 280), (1180, 290), (1420, 340)):
        nature.tree(canvas, (x, 545), high, moss, bark=mix(INK, MOSS, 0.2))
    road = mix(slate.mid, STONE, 0.35)
    canvas.box(0, 545, ACROSS, 600, mix(ochre.pale, INK, 0.06))
    canvas.box(0, 592, ACROSS, 606, mix(ochre.light, INK, 0.25))
    canvas.box(0, 606, ACROSS, DOWN, road)
    canvas.gouge(
        geometry.rect(0, 610, ACROSS, DOWN),
        mix(road, WHITE, 0.13),
        count=120,
        length=130,
        width=5,
        spread=1,
    )
    _zebra(canvas)
    shadow = mix(road, INK, 0.35)
    car(canvas, (-70, 800), 2.5, ochre.mid, shadow)
    car(canvas, (1560, 730), 2.1, slate.light, shadow, flip=True)
    _schoolchildren(canvas, shadow)
    guide = volunteer(Look(slate.dark, INK, hair="short", hat="cap", hat_colour=RED))
    arm = Pose(hands=((0.33, 0.78), (-0.05, 0.45)), elbows=(1, -1), feet=((-0.05, 0), (0.06, 0)))
    figure = enter(canvas, guide, 375, 955, ADULT * 3.1, pose=arm, shadow=shadow)
    hand = figure.hands[0]
    canvas.stroke([(hand[0] - 4, hand[1] + 90), (hand[0] + 6, hand[1] - 150)], ochre.light, 9)
    cloth = geometry.smooth(
        [
            (hand[0] + 6, hand[1] - 148),
            (hand[0] + 80, hand[1] - 160),
            (hand[0] + 150, hand[1] - 140),
        ],
        closed=False,
    )
    low = geometry.shift(cloth[::-1], -4, 96)
    canvas.put(Patch([*cloth, *low], RED, mix(RED, INK, 0.3), 12))


def _zebra(canvas: Canvas) -> None:
    y, high = 622.0, 16.0
    while y < DOWN + 40:
        spread = (y - 420) / 580
        middle = 780
        canvas.fill(
            [
                (middle - 330 * spread - 120, y),
                (middle + 330 * spread + 120, y),
                (middle + 345 * (spread + high / 580) + 120, y + high),
                (middle - 345 * (spread + high / 580) - 120, y + high),
            ],
            PAPER,
        )
        y += high * 1.85
        high *= 1.32


def _school(canvas: Canvas) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    window = places.plain_window(slate.mid, WHITE)
    places.facade(
        canvas,
        (200, 130, 1360, 470),
        ochre.light,
        storeys=3,
        bays=11,
        window=window,
        ledge=ochre.mid,
    )
    canvas.box(180, 108, 1380, 134, ochre.dark)
    canvas.box(660, 70, 900, 470, mix(ochre.light, WHITE, 0.35))
    canvas.box(646, 54, 914, 78, ochre.dark)
    canvas.fill(geometry.ellipse(780, 150, 44, 44), WHITE)
    canvas.fill(geometry.ellipse(780, 150, 36, 36), slate.deep)
    canvas.line([(780, 150), (780, 124)], 5, WHITE)
    canvas.line([(780, 150), (800, 158)], 5, WHITE)
    canvas.line([(1010, 545), (1010, 20)], 6, slate.dark)
    flag = geometry.smooth(trace("1012,24 1050,16 1090,30 1120,24"), closed=False)
    canvas.fill([*flag, *geometry.shift(flag[::-1], 0, 62)], RED)
    canvas.box(0, 440, ACROSS, 548, mix(ochre.pale, INK, 0.1))
    for x in range(10, ACROSS, 24):
        canvas.box(x, 420, x + 6, 548, slate.deep)
    canvas.box(0, 432, ACROSS, 440, slate.deep)
    canvas.box(560, 350, 1000, 548, mix(ochre.pale, WHITE, 0.3))
    canvas.box(560, 350, 1000, 474, ochre.light)
    canvas.box(660, 340, 900, 474, mix(ochre.light, WHITE, 0.35))
    canvas.box(706, 376, 854, 474, slate.deep)
    for x in (716, 784):
        canvas.box(x, 384, x + 60, 474, mix(slate.light, WHITE, 0.3))
    for step in range(3):
        canvas.box(
            690 - step * 12,
            474 + step * 7,
            870 + step * 12,
            481 + step * 7,
            mix(WHITE, STONE, 0.2 * step),
        )
    for left in (520, 960):
        canvas.put(Patch(geometry.rect(left, 340, left + 80, 552), CLAY, mix(CLAY, INK, 0.35), 16))
        canvas.box(left - 10, 326, left + 90, 346, mix(CLAY, INK, 0.45))
    canvas.put(
        Patch(
            geometry.arc(780, 345, 232, 70, 180, 360) + geometry.arc(780, 345, 232, 34, 360, 180),
            slate.dark,
            slate.deep,
            6,
        )
    )
    for x in range(6):
        canvas.line([(606 + x * 16, 440), (606 + x * 16, 548)], 4, slate.dark)
        canvas.line([(874 + x * 16, 440), (874 + x * 16, 548)], 4, slate.dark)


def car(
    canvas: Canvas, at: Point, cm: float, colour: Colour, shadow: Colour, *, flip: bool = False
) -> None:
    """Draw a small car from the side, facing right, on the ground at its middle."""
    cut = Cutter(at, cm, flip, depth=6)
    glass = mix(tone(SLATE).dark, WHITE, 0.15)
    patches = [
        cut.flat(
            [
                *geometry.smooth(
                    trace(
                        "-196,-58 -186,-84 -122,-93 -72,-137 -20,-143 36,-138 92,-96 "
                        "160,-86 190,-72 198,-50"
                    ),
                    closed=False,
                ),
                (196, -26),
                (-194, -26),
            ],
            colour,
        ),
        cut.flat(trace("-104,-92 -64,-130 -20,-131 -20,-92"), glass, depth=0),
        cut.flat(trace("-10,-92 -10,-131 34,-131 76,-92"), glass, depth=0),
        cut.bar([(-15, -90), (-15, -32)], mix(colour, INK, 0.35), 2),
        cut.box(-196, -40, 196, -26, mix(colour, INK, 0.5), radius=4, depth=0),
        cut.round((182, -64), 8, 9, WHITE, depth=0),
        *props.wheel(cut, (-112, -30), 31),
        *props.wheel(cut, (112, -30), 31),
    ]
    canvas.fill(geometry.ellipse(at[0] + 14 * cm, at[1], 215 * cm, 14 * cm), shadow)
    canvas.place(patches, halo=PAPER, margin=4)


def _schoolchildren(canvas: Canvas, shadow: Colour) -> None:
    slate, ochre, moss = tone(SLATE), tone(OCHRE), tone(MOSS)
    walking = Pose(
        hands=((-0.17, 0.45), (0.17, 0.45)),
        elbows=(0, 0),
        knees=(0, 0),
        feet=((-0.05, 0.03), (0.05, 0.0)),
    )
    far = (
        (745, 660, 1.45, moss.mid, "short", ochre.mid),
        (838, 668, 1.5, slate.light, "tail", RED),
        (915, 656, 1.45, ochre.mid, "bob", slate.mid),
    )
    for x, ground, cm, top, hair, pack in far:
        _pupil(canvas, x, ground, cm, top, hair, pack, walking, shadow)
    parent = Look(moss.dark, INK, hair="bob", garment="coat")
    enter(
        canvas,
        parent,
        1130,
        900,
        ADULT * 2.75,
        pose=Pose(
            hands=((-0.2, 0.44), (0.15, 0.44)),
            elbows=(0, 0),
            knees=(0, 0),
            feet=((-0.05, 0), (0.05, 0.02)),
        ),
        facing="back",
        shadow=shadow,
    )
    _pupil(canvas, 1000, 912, 2.75, ochre.light, "tail", RED, walking, shadow)
    _pupil(canvas, 820, 860, 2.45, slate.mid, "short", ochre.mid, walking, shadow)
    _pupil(canvas, 690, 905, 2.6, WHITE, "short", moss.mid, walking, shadow)


def _pupil(
    canvas: Canvas,
    x: float,
    ground: float,
    cm: float,
    top: Colour,
    hair: str,
    pack: Colour,
    pose: Pose,
    shadow: Colour,
) -> None:
    look = child(Look(top, tone(SLATE).deep, hair=hair, shoes=WHITE))
    enter(canvas, look, x, ground, CHILD * cm, pose=pose, facing="back", shadow=shadow)
    cut = Cutter((x, ground - CHILD * cm * 0.64), cm, depth=4)
    dark = mix(pack, INK, 0.35)
    canvas.place(
        [
            cut.box(-15, -19, 15, 22, pack, radius=7),
            cut.box(-11, 3, 11, 18, dark, radius=3, depth=0),
            cut.box(-3, -23, 3, -18, dark, depth=0),
            cut.bar([(-9, -10), (9, -10)], mix(pack, WHITE, 0.6), 2.4),
        ]
    )
