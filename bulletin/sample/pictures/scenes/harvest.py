"""A red combine in ripe rice; villagers in straw hats fill sacks on the ridge."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature
from bulletin.sample.pictures.canvas import ACROSS, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import Look, Pose
from bulletin.sample.pictures.geometry import Outline, trace
from bulletin.sample.pictures.palette import (
    INK,
    MOSS,
    OCHRE,
    PAPER,
    RED,
    SLATE,
    STONE,
    TAN,
    WHITE,
    Colour,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, elder, enter


def draw(canvas: Canvas) -> None:
    """A red combine in ripe rice; villagers in straw hats fill sacks on the ridge."""
    moss, ochre = tone(MOSS), tone(OCHRE)
    nature.sky(canvas, 430, mix(tone(SLATE).pale, PAPER, 0.1), mix(PAPER, WHITE, 0.4))
    canvas.fill(geometry.ellipse(1230, 150, 74, 74), mix(OCHRE, WHITE, 0.3))
    nature.hills(canvas, 440, 250, mix(moss.light, PAPER, 0.45), peaks=3)
    nature.hills(canvas, 444, 150, mix(moss.light, moss.mid, 0.2), peaks=5)
    for left, wide in ((150, 110), (290, 90), (400, 120), (1010, 100)):
        cottage(canvas, left, 446, wide)
    for x, high in ((100, 110), (555, 130), (600, 96), (960, 120), (1150, 100)):
        nature.tree(canvas, (x, 452), high, moss, bark=mix(INK, MOSS, 0.3))
    canvas.box(0, 438, ACROSS, 490, ochre.mid)
    _rice(canvas, 462, 640)
    stubble: Outline = trace("0,640 700,600 1500,622 1500,800 0,820")
    canvas.fill(stubble, mix(ochre.light, PAPER, 0.2))
    nature.tufts(canvas, stubble, ochre.dark, count=170, high=20)
    _combine(canvas, (1090, 745), 1.2)
    _rice(canvas, 690, 770, left=1435)
    edge = geometry.smooth(trace("-40,800 400,780 900,800 1540,770"), closed=False)
    ridge: Outline = [*edge, (1540, 1010), (-40, 1010)]
    soil = mix(moss.mid, OCHRE, 0.3)
    canvas.fill(ridge, soil)
    canvas.gouge(ridge, mix(soil, INK, 0.25), count=120, length=44, width=7, angle=-6, spread=14)
    _sacking(canvas, mix(soil, INK, 0.35))
    _ears(canvas)


def cottage(canvas: Canvas, left: float, ground: float, wide: float) -> None:
    """Draw a small white house with a tiled roof, far off."""
    slate = tone(SLATE)
    high = wide * 0.4
    canvas.put(
        Patch(
            geometry.rect(left, ground - high, left + wide, ground),
            WHITE,
            mix(WHITE, STONE, 0.5),
            wide * 0.12,
        )
    )
    canvas.put(
        Patch(
            [
                (left - wide * 0.08, ground - high),
                (left + wide * 0.12, ground - high * 1.75),
                (left + wide * 0.88, ground - high * 1.75),
                (left + wide * 1.08, ground - high),
            ],
            slate.dark,
            slate.deep,
            wide * 0.04,
        )
    )
    for share in (0.2, 0.62):
        canvas.box(
            left + wide * share,
            ground - high * 0.7,
            left + wide * (share + 0.16),
            ground - high * 0.3,
            slate.deep,
        )


def _rice(canvas: Canvas, top: float, bottom: float, *, left: float = -20) -> None:
    ochre = tone(OCHRE)
    rows = max(3, int((bottom - top) / 17))
    for row in range(rows):
        near = row / rows
        y = top + (bottom - top) * (row + 1) / rows
        colour = mix(ochre.mid, (ochre.light, ochre.dark)[row % 2], 0.3 + 0.2 * near)
        high = 14 + 26 * near
        canvas.box(left, y - high * 0.5, ACROSS, y + 8, colour)
        x = left
        while x < ACROSS + 20:
            tip = (x + canvas.rng.uniform(2, 12), y - high * canvas.rng.uniform(0.7, 1.15))
            canvas.stroke([(x, y), tip], mix(colour, WHITE, canvas.rng.uniform(0, 0.35)), 7, 2)
            x += canvas.rng.uniform(7, 15)


def _combine(canvas: Canvas, at: tuple[float, float], cm: float) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    cut = Cutter(at, cm, depth=8)
    canvas.fill(geometry.ellipse(at[0] + 20, at[1] + 4, 330, 26), mix(ochre.dark, INK, 0.1))
    reel = [
        cut.bar(
            geometry.turn([(250, -58), (250, -110)], angle, about=(250, -58)),
            mix(INK, OCHRE, 0.3),
            4,
        )
        for angle in range(0, 360, 60)
    ]
    canvas.place(
        [
            cut.box(-210, -50, 130, -6, INK, radius=22, depth=0),
            *[
                cut.round((x, -28), 17, 17, mix(STONE, INK, 0.3), depth=0)
                for x in (-180, -110, -40, 30, 100)
            ],
            cut.flat(trace("-240,-60 -250,-190 -60,-206 -10,-206 10,-60"), RED),
            cut.box(-226, -150, -90, -96, WHITE, radius=4, depth=4),
            cut.box(-216, -130, -100, -118, RED, depth=0),
            cut.flat(trace("-10,-60 -6,-240 104,-240 128,-140 128,-60"), mix(RED, INK, 0.15)),
            cut.flat(
                trace("8,-226 90,-226 108,-150 8,-150"), mix(slate.light, WHITE, 0.35), depth=0
            ),
            cut.box(-24, -256, 122, -240, WHITE, radius=4),
            cut.bar(
                geometry.smooth(trace("-200,-196 -206,-260 -250,-290 -330,-270"), closed=False),
                ochre.dark,
                18,
                15,
            ),
            cut.flat(trace("120,-96 200,-60 216,-20 180,-10 118,-50"), mix(RED, INK, 0.4)),
            *reel,
            cut.ring((250, -58), 52, 5, ochre.dark),
            cut.ring((250, -58), 20, 4, ochre.dark),
            cut.flat(trace("196,-14 300,-22 312,-4 196,0"), slate.dark),
        ],
        halo=PAPER,
    )
    driver = Cutter((at[0] + 50 * cm, at[1] - 150 * cm), cm, depth=3)
    canvas.place(
        [
            driver.shape(trace("-22,0 -20,-32 -6,-42 10,-38 20,0"), slate.dark),
            driver.round((0, -52), 12, 14, TAN),
            driver.flat(trace("-26,-58 -10,-62 -6,-72 8,-72 12,-62 28,-58"), ochre.light),
        ]
    )


def _sacking(canvas: Canvas, shadow: Colour) -> None:
    moss, ochre, slate = tone(MOSS), tone(OCHRE), tone(SLATE)
    sack_colour = mix(WHITE, OCHRE, 0.18)
    for x, y in ((1285, 900), (1385, 896), (1215, 935), (1345, 940), (1445, 930)):
        cut = Cutter((x, y), 2.4)
        bag = [
            cut.shape(trace("-19,0 -22,-26 -14,-52 14,-52 22,-26 19,0"), sack_colour),
            cut.bar([(-12, -46), (12, -46)], RED, 4),
        ]
        canvas.cast(bag, y, shadow)
        canvas.place(bag, halo=mix(shadow, PAPER, 0.85))
    holder = Look(moss.dark, slate.deep, hat="straw", hat_colour=ochre.light, skin=TAN, hair="bob")
    hold = Pose(
        hands=((0.2, 0.5), (0.24, 0.5)),
        elbows=(-1, -1),
        lean=16,
        nod=6,
        hip=0.47,
        feet=((-0.08, 0), (0.08, 0)),
    )
    enter(canvas, holder, 620, 930, ADULT * 2.55, pose=hold, shadow=shadow)
    cut = Cutter((752, 938), 2.5)
    canvas.place(
        [
            cut.shape(trace("-20,0 -23,-40 -19,-80 19,-80 23,-40 20,0"), sack_colour),
            cut.round((0, -80), 19, 5, ochre.mid, depth=0),
        ],
        halo=PAPER,
    )
    pourer = Look(mix(WHITE, slate.light, 0.35), INK, hat="straw", hat_colour=ochre.mid, skin=TAN)
    pour = Pose(hands=((0.24, 0.66), (0.26, 0.6)), elbows=(-1, -1), lean=8, nod=8)
    basket = Cutter((812, 672), 2.3, flip=True, turned=-28)
    grain = geometry.smooth([(777, 694), (760, 724), (754, 746)], closed=False)
    canvas.stroke(grain, ochre.mid, 26, 16, 12)
    held = [
        basket.flat(trace("-24,-14 24,-14 16,14 -16,14"), ochre.dark),
        basket.round((0, -14), 24, 6, ochre.mid, depth=0),
    ]
    enter(
        canvas, pourer, 912, 932, ADULT * 2.65, pose=pour, facing="left", shadow=shadow, held=held
    )
    carrier = elder(Look(RED, INK, hat="straw", hat_colour=ochre.light, skin=TAN))
    sack = Cutter((420, 664), 2.3)
    held = [sack.shape(trace("-30,-12 -26,-26 24,-30 34,-16 28,0 -24,4"), sack_colour)]
    enter(
        canvas,
        carrier,
        400,
        900,
        ADULT * 2.4,
        pose=Pose(
            hands=((0.08, 0.86), (0.1, 0.84)),
            elbows=(-1, -1),
            lean=8,
            feet=((0.13, 0), (-0.13, 0.01)),
            hip=0.475,
        ),
        shadow=shadow,
        held=[],
    )
    canvas.place(
        [Patch(geometry.shift(p.points, -46, -60), p.colour, p.shade, p.depth) for p in held],
        halo=PAPER,
    )


def _ears(canvas: Canvas) -> None:
    ochre, moss = tone(OCHRE), tone(MOSS)
    for i in range(22):
        x = -50 + i * 16 + canvas.rng.uniform(-8, 8)
        high = canvas.rng.uniform(230, 420) * (1 - i / 40)
        bow = canvas.rng.uniform(30, 110)
        stem = geometry.smooth(
            [
                (x, 1020),
                (x + bow * 0.15, 1020 - high * 0.6),
                (x + bow * 0.6, 1020 - high),
                (x + bow * 1.2, 1020 - high * 0.9),
            ],
            closed=False,
            steps=8,
        )
        canvas.stroke(stem, canvas.rng.choice((moss.dark, ochre.dark)), 7, 4, 2)
        for k, spot in enumerate(stem[-13:]):
            side = 1 if k % 2 else -1
            grain = geometry.ellipse(spot[0] + side * 6, spot[1] + 5, 6, 11, turned=side * -28)
            canvas.put(Patch(grain, ochre.mid, ochre.dark, 4))
