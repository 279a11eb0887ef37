"""A flagstone lane between white walls and grey eaves, washing above, a neighbour below."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import Look, Pose
from bulletin.sample.pictures.geometry import Outline, Point, trace
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
from bulletin.sample.pictures.staging import ADULT, ELDER, elder, enter


def draw(canvas: Canvas) -> None:
    """A flagstone lane between white walls and grey eaves, washing above, a neighbour below."""
    slate, ochre = tone(SLATE), tone(OCHRE)
    nature.sky(canvas, 620, mix(slate.pale, PAPER, 0.15), mix(PAPER, WHITE, 0.4), angle=-4)
    _lane_end(canvas)
    _lane_floor(canvas)
    _lane_wall(
        canvas,
        trace("-30,150 650,372 650,600 -30,960"),
        mix(WHITE, slate.pale, 0.32),
        doors=((0.12, 0.4), (0.66, 0.8)),
        windows=((0.47, 0.58),),
    )
    _lane_wall(
        canvas,
        trace("1530,40 900,350 900,596 1530,980"),
        WHITE,
        doors=((0.4, 0.58),),
        windows=((0.08, 0.28), (0.72, 0.84)),
    )
    _lane_eaves(canvas)
    _washing(canvas)
    shadow = mix(slate.light, INK, 0.3)
    sitter = elder(Look(slate.mid, INK, hair="bun"))
    canvas.place(props.chair((300, 930), 2.5, ochre.dark))
    enter(
        canvas,
        sitter,
        300,
        930,
        ELDER * 2.5,
        pose=Pose(
            hip=0.27, hands=((0.16, 0.42), (0.18, 0.4)), feet=((0.2, 0), (0.24, 0)), lean=2, nod=8
        ),
        shadow=shadow,
        halo=WHITE,
    )
    basket = Cutter((452, 925), 2.3)
    canvas.place(
        [
            basket.shape(trace("-15,-16 15,-16 12,0 -12,0"), ochre.mid),
            *[basket.round((x, -18), 5, 5, tone(MOSS).mid) for x in (-9, 0, 9)],
        ]
    )
    canvas.place(props.bicycle((1210, 880), 2.3, RED, flip=True), halo=WHITE)
    walker = Look(ochre.dark, INK, hair="short")
    figure = enter(
        canvas,
        walker,
        800,
        735,
        ADULT * 1.42,
        pose=Pose(
            hands=((-0.14, 0.44), (0.15, 0.43)),
            elbows=(0, 0),
            knees=(0, 0),
            feet=((-0.05, 0.02), (0.05, 0)),
        ),
        facing="back",
        shadow=shadow,
        halo=slate.pale,
    )
    canvas.place(props.bag(figure.hands[1], 1.4, RED))
    _cat(canvas, (640, 905))


def _lane_end(canvas: Canvas) -> None:
    slate, moss = tone(SLATE), tone(MOSS)
    nature.tree(canvas, (900, 570), 380, moss, bark=INK)
    canvas.fill(trace("600,400 800,420 800,610 600,610"), mix(slate.pale, WHITE, 0.3))
    for x, y in ((640, 372), (700, 396), (760, 420)):
        canvas.box(x - 34, y - 6, x + 40, y + 8, slate.deep)
        canvas.box(x - 28, y + 8, x + 34, 600, mix(slate.pale, WHITE, 0.3))
    canvas.box(726, 500, 770, 606, slate.dark)
    canvas.fill(trace("790,452 930,452 930,610 790,610"), mix(slate.light, WHITE, 0.25))
    places.tiled_roof(canvas, trace("800,418 940,418 950,456 776,456"), slate, rows=12)
    canvas.box(836, 500, 872, 540, slate.dark)


def _lane_floor(canvas: Canvas) -> None:
    slate = tone(SLATE)
    floor: Outline = [(650, 598), (900, 594), (1560, DOWN + 20), (-60, DOWN + 20)]
    colour = mix(slate.light, PAPER, 0.3)
    canvas.fill([(0, 590), (ACROSS, 590), (ACROSS, DOWN), (0, DOWN)], mix(slate.light, INK, 0.1))
    canvas.fill(floor, colour)
    with canvas.within(floor):
        dark = mix(slate.mid, INK, 0.1)
        y, high, row = 598.0, 9.0, 0
        while y < DOWN:
            canvas.stroke(
                [(-60, y), (ACROSS + 60, y + canvas.rng.uniform(-2, 2))], dark, 1 + high * 0.06
            )
            share, next_share = (y - 520) / 480, (y + high - 520) / 480
            for i in range(-7, 8):
                u = (i + (0.5 if row % 2 else 0.0)) * 175 + canvas.rng.uniform(-22, 22)
                canvas.stroke(
                    [(775 + u * share, y), (775 + u * next_share, y + high)], dark, 1 + high * 0.05
                )
                if canvas.rng.random() < 0.3:
                    a, b = u + 5, u + 168
                    slab = [
                        (775 + a * share, y + 2),
                        (775 + b * share, y + 2),
                        (775 + b * next_share, y + high - 2),
                        (775 + a * next_share, y + high - 2),
                    ]
                    canvas.fill(slab, mix(colour, canvas.rng.choice((WHITE, slate.mid)), 0.3))
            y += high
            high *= 1.3
            row += 1


def _lane_wall(
    canvas: Canvas,
    corners: Outline,
    colour: Colour,
    *,
    doors: tuple[tuple[float, float], ...],
    windows: tuple[tuple[float, float], ...],
) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)

    def at(deep: float, up: float) -> Point:
        foot = geometry.between(corners[3], corners[2], deep)
        return geometry.between(foot, geometry.between(corners[0], corners[1], deep), up)

    def panel(a: float, b: float, low: float, high: float) -> Outline:
        return [at(a, high), at(b, high), at(b, low), at(a, low)]

    canvas.fill(corners, colour)
    canvas.gouge(
        corners, mix(colour, STONE, 0.35), count=60, length=46, width=5, angle=84, spread=14
    )
    canvas.fill(panel(0, 1, 0, 0.13), mix(STONE, INK, 0.12))
    canvas.fill(panel(0, 1, 0.125, 0.14), mix(STONE, INK, 0.4))
    for a, b in doors:
        canvas.fill(panel(a - 0.02, b + 0.02, 0, 0.72), mix(STONE, WHITE, 0.2))
        canvas.fill(panel(a, b, 0, 0.67), mix(CLAY, INK, 0.62))
        middle = (a + b) / 2
        canvas.fill(panel(a, middle - 0.004, 0.02, 0.65), mix(CLAY, INK, 0.4))
        canvas.fill(panel(middle + 0.004, b, 0.02, 0.65), mix(CLAY, INK, 0.45))
        canvas.fill(panel(a - 0.03, b + 0.03, 0.72, 0.77), slate.deep)
        for side in (a - 0.012, b + 0.012):
            spot = at(side, 0.64)
            reach = abs(at(0, 1)[1] - at(0, 0)[1]) * (1 - 0.68 * side) * 0.028
            canvas.put(
                Patch(
                    geometry.ellipse(spot[0], spot[1], reach * 1.1, reach),
                    RED,
                    mix(RED, INK, 0.4),
                    8,
                )
            )
            canvas.line([(spot[0], spot[1] - reach), (spot[0], spot[1] - reach * 1.8)], 3, INK)
            canvas.stroke(
                [(spot[0], spot[1] + reach), (spot[0], spot[1] + reach * 1.8)], ochre.mid, 5, 2
            )
    for a, b in windows:
        canvas.fill(panel(a - 0.01, b + 0.01, 0.4, 0.68), mix(CLAY, INK, 0.4))
        canvas.fill(panel(a, b, 0.42, 0.66), mix(slate.deep, INK, 0.2))
        for i in range(1, 5):
            share = a + (b - a) * i / 5
            canvas.stroke([at(share, 0.66), at(share, 0.42)], mix(CLAY, INK, 0.3), 5)
        for up in (0.5, 0.58):
            canvas.stroke([at(a, up), at(b, up)], mix(CLAY, INK, 0.3), 5)
        canvas.fill(panel(a - 0.02, b + 0.02, 0.69, 0.73), slate.deep)


def _lane_eaves(canvas: Canvas) -> None:
    slate = tone(SLATE)
    left: Outline = trace("-30,-160 640,300 690,384 -30,176")
    right: Outline = trace("1530,-260 915,270 858,362 1530,78")
    for near_top, far_top, far_low, near_low in (left, right):
        canvas.fill([near_top, far_top, far_low, near_low], slate.dark)
        canvas.fill(
            geometry.shift([near_low, far_low], 0, 0) + geometry.shift([far_low, near_low], 0, 0),
            slate.deep,
        )
        canvas.stroke(
            [(near_low[0], near_low[1] + 18), (far_low[0], far_low[1] + 5)],
            mix(slate.light, INK, 0.45),
            34,
            9,
        )
        for i in range(27):
            deep = 1 - (1 - i / 26) ** 1.6
            up = geometry.between(near_top, far_top, deep)
            down = geometry.between(near_low, far_low, deep)
            wide = 26 * (1 - deep) + 5
            canvas.stroke([up, down], slate.mid, wide * 0.5, wide * 0.75)
            canvas.stroke([up, down], slate.light, 1, wide * 0.2)
            canvas.fill(geometry.ellipse(down[0], down[1], wide * 0.5, wide * 0.46), slate.light)
            canvas.fill(geometry.ellipse(down[0], down[1], wide * 0.26, wide * 0.24), slate.deep)
        canvas.stroke([near_top, far_top], slate.deep, 26, 8)


def _washing(canvas: Canvas) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    canvas.line([(360, 268), (1180, 236)], 6, mix(OCHRE, INK, 0.3))
    x = 470.0
    for wide, long, colour, shirt in (
        (120, 120, ochre.mid, True),
        (84, 150, slate.mid, False),
        (112, 108, RED, True),
        (70, 140, WHITE, False),
        (110, 112, slate.dark, True),
    ):
        y = 268 - (x - 360) * 0.039
        if shirt:
            piece = [
                (x, y),
                (x + wide, y),
                (x + wide + 26, y + 52),
                (x + wide + 2, y + 62),
                (x + wide - 6, y + 44),
                (x + wide - 8, y + long),
                (x + 8, y + long),
                (x + 6, y + 44),
                (x - 2, y + 62),
                (x - 26, y + 52),
            ]
        else:
            piece = geometry.rect(x, y, x + wide, y + long)
        canvas.put(Patch(piece, colour, mix(colour, INK, 0.28), 9))
        x += wide + 46


def _cat(canvas: Canvas, at: Point) -> None:
    cut = Cutter(at, 2.2, depth=2)
    coat = mix(OCHRE, INK, 0.1)
    canvas.place(
        [
            cut.bar(
                geometry.smooth(trace("-10,-2 -20,-4 -24,-14 -18,-20"), closed=False), coat, 4, 3
            ),
            cut.shape(trace("-12,0 -11,-12 -2,-22 6,-20 8,0"), coat),
            cut.shape(trace("-2,-22 -3,-32 0,-30 6,-30 9,-33 10,-24 5,-18"), coat),
        ],
        halo=PAPER,
        margin=3,
    )
