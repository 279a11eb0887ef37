"""A resident puts out a pan fire, a firefighter at her shoulder, the engine behind."""

from __future__ import annotations

from bulletin.sample.pictures import figures, geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import Look, Pose
from bulletin.sample.pictures.geometry import trace
from bulletin.sample.pictures.palette import (
    INK,
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
from bulletin.sample.pictures.staging import ADULT, elder, enter, stand


def draw(canvas: Canvas) -> None:
    """A resident puts out a pan fire, a firefighter at her shoulder, the engine behind."""
    slate, ochre = tone(SLATE), tone(OCHRE)
    nature.sky(canvas, 680, mix(slate.pale, WHITE, 0.2), mix(PAPER, WHITE, 0.4))
    window = places.balcony_window(
        slate.mid, WHITE, mix(ochre.light, INK, 0.05), (WHITE, slate.light, ochre.mid)
    )
    places.facade(
        canvas,
        (560, -80, 1560, 690),
        ochre.pale,
        storeys=6,
        bays=7,
        window=window,
        ledge=mix(ochre.pale, INK, 0.08),
    )
    ground = mix(slate.pale, STONE, 0.4)
    shadow = mix(ground, INK, 0.24)
    canvas.box(0, 680, ACROSS, DOWN, ground)
    places.paving(canvas, 680, 620, mix(ground, INK, 0.09), lines=8)
    canvas.fill(geometry.ellipse(200, 820, 480, 32), shadow)
    _engine(canvas, (130, 815), 1.32)
    _smoke(canvas)
    crowd = (
        (1130, Look(slate.light, INK, hair="bob")),
        (1215, elder(Look(ochre.dark, INK, hair="short"))),
        (1300, Look(slate.dark, INK, hair="tail")),
        (1385, elder(Look(ochre.mid, INK, hair="bun"))),
        (1465, Look(slate.mid, INK)),
    )
    for i, (x, look) in enumerate(crowd):
        pose = figures.STAND if i % 2 else Pose(hands=((0.12, 0.52), (0.14, 0.52)))
        enter(
            canvas,
            look,
            x,
            790 + 12 * (i % 2),
            ADULT * 1.75,
            pose=pose,
            facing="left",
            shadow=shadow,
        )
    _fire(canvas, (640, 910))
    _spraying(canvas, shadow)


def _engine(canvas: Canvas, at: tuple[float, float], cm: float) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    cut = Cutter(at, cm, depth=9)
    glass, dark = mix(slate.dark, WHITE, 0.2), mix(RED, INK, 0.4)
    shutters = [
        cut.box(x, -205, x + 78, -104, mix(STONE, WHITE, 0.3), depth=4) for x in (-252, -166, -80)
    ]
    slats = [
        cut.box(x + 2, y, x + 76, y + 3, STONE, depth=0)
        for x in (-252, -166, -80)
        for y in range(-196, -106, 12)
    ]
    canvas.place(
        [
            cut.box(-270, -300, 90, -290, ochre.mid, depth=0),
            cut.box(-270, -276, 90, -266, ochre.mid, depth=0),
            *[cut.box(x, -296, x + 6, -270, ochre.mid, depth=0) for x in range(-262, 90, 34)],
            cut.box(-250, -268, -236, -240, STONE, depth=0),
            cut.box(60, -268, 74, -240, STONE, depth=0),
            cut.box(-280, -242, 90, -50, RED),
            cut.flat(trace("90,-262 210,-262 250,-150 256,-50 90,-50"), RED),
            *shutters,
            *slats,
            cut.flat(trace("104,-244 150,-244 150,-160 104,-160"), glass, depth=0),
            cut.flat(trace("166,-244 202,-244 230,-160 166,-160"), glass, depth=0),
            cut.bar([(158, -250), (158, -56)], dark, 3),
            cut.bar([(96, -256), (96, -56)], dark, 4),
            cut.box(-280, -92, 256, -74, WHITE, depth=0),
            cut.box(-284, -52, 262, -38, dark, depth=0),
            cut.box(120, -282, 176, -262, slate.mid, radius=6),
            cut.box(228, -128, 252, -106, mix(OCHRE, WHITE, 0.5), radius=3, depth=0),
            *[
                patch
                for x in (-190, 168)
                for patch in (
                    cut.round((x, -50), 52, 48, dark, depth=0),
                    *props.wheel(cut, (x, -42), 42),
                )
            ],
        ],
        halo=PAPER,
    )


def _smoke(canvas: Canvas) -> None:
    rng = canvas.rng
    grey = mix(STONE, INK, 0.2)
    rise = trace("640,744 666,664 640,574 694,474 660,354 740,232 690,92 800,10")
    for i, (x, y) in enumerate(rise):
        r = 50 + 18.5 * i
        colour = mix(grey, PAPER, 0.12 + 0.075 * i)
        puff = geometry.blob(x, y, r, r * 0.82, rng)
        canvas.put(Patch(puff, colour, mix(colour, INK, 0.16), r * 0.2))
        with canvas.within(puff):
            canvas.gouge(
                puff,
                mix(colour, PAPER, 0.35),
                count=16,
                length=r * 0.5,
                width=6,
                angle=-30,
                spread=30,
            )


def _fire(canvas: Canvas, at: tuple[float, float]) -> None:
    cut = Cutter(at, 2.6, depth=0)
    flame = trace(
        "-34,-14 -40,-40 -28,-58 -26,-84 -12,-70 -4,-104 10,-78 20,-92 26,-62 38,-46 34,-14"
    )
    canvas.fill(geometry.ellipse(at[0] + 10, at[1], 160, 18), mix(STONE, INK, 0.4))
    for scale, colour in ((1.0, RED), (0.74, OCHRE), (0.46, mix(OCHRE, WHITE, 0.7))):
        inner = geometry.stretch(flame, scale, scale, about=(0, -14))
        canvas.put(cut.shape(inner, colour))
    canvas.put(cut.flat(trace("-46,-20 46,-20 38,2 -38,2"), mix(INK, STONE, 0.25), depth=5))


def _spraying(canvas: Canvas, shadow: Colour) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    nozzle = (812, 690)
    jet = trace("770,704 710,738 662,776 604,818 590,868 634,884 668,908 726,896 742,850 784,756")
    cloud = geometry.smooth([nozzle, *jet])
    canvas.fill(cloud, mix(WHITE, STONE, 0.12))
    with canvas.within(cloud):
        for end in ((630, 830), (640, 870), (690, 890), (720, 870), (680, 800)):
            canvas.stroke([nozzle, end], WHITE, 4, 16)
        canvas.gouge(
            cloud, mix(WHITE, STONE, 0.4), count=26, length=60, width=6, angle=-40, spread=14
        )
    resident = Look(ochre.mid, INK, hair="tail")
    pose = Pose(
        hands=((0.21, 0.53), (0.3, 0.6)),
        elbows=(-1, -1),
        feet=((-0.12, 0), (0.11, 0)),
        lean=6,
        hip=0.47,
    )
    figure = figures.person(resident, 955, 945, ADULT * 2.85, pose=pose, facing="left")
    tank = props.extinguisher((figure.hands[0][0] - 6, figure.hands[0][1] + 130), 2.6, flip=True)
    hose = geometry.smooth(
        [
            (figure.hands[0][0] - 10, figure.hands[0][1] - 2),
            (870, 770),
            (826, 760),
            figure.hands[1],
            nozzle,
        ],
        closed=False,
    )
    held = [Patch(geometry.ribbon(hose, 8), INK), *tank]
    canvas.cast([*figure.patches, *tank], 945, shadow)
    canvas.place([*figure.body, *held, *figure.arms], halo=PAPER)
    crew = Look(
        slate.deep,
        slate.deep,
        hat="fire",
        hat_colour=RED,
        stripe=mix(OCHRE, WHITE, 0.45),
        build=1.12,
    )
    coach = Pose(hands=((0.3, 0.66), (0.1, 0.46)), elbows=(-1, -1), lean=4)
    enter(canvas, crew, 1120, 955, ADULT * 3.0, pose=coach, facing="left", shadow=shadow)
    stand(canvas, props.extinguisher((1290, 950), 2.6), 950, shadow=shadow)
    stand(canvas, props.extinguisher((1350, 960), 2.6), 960, shadow=shadow)
