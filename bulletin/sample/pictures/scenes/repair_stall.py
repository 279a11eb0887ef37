"""A mender bends over a fan under a striped umbrella; villagers wait with their things."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import HANDS_BEHIND, Look, Pose
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
    TAN,
    WHITE,
    Colour,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import (
    ADULT,
    CHILD,
    ELDER,
    child,
    elder,
    enter,
    stand,
    volunteer,
)


def draw(canvas: Canvas) -> None:
    """A mender bends over a fan under a striped umbrella; villagers wait with their things."""
    moss, ochre, clay = tone(MOSS), tone(OCHRE), tone(CLAY)
    nature.sky(canvas, 560, mix(moss.pale, PAPER, 0.3), mix(PAPER, WHITE, 0.35))
    nature.hills(canvas, 604, 260, mix(moss.light, PAPER, 0.35))
    _farmhouse(canvas, 120, 600, 420)
    _farmhouse(canvas, 1120, 590, 330)
    nature.tree(canvas, (60, 640), 420, moss, bark=mix(INK, CLAY, 0.25))
    nature.tree(canvas, (1440, 640), 460, moss, bark=mix(INK, CLAY, 0.25))
    ground = mix(ochre.light, PAPER, 0.25)
    shadow = mix(ground, INK, 0.22)
    canvas.box(0, 600, ACROSS, DOWN, ground)
    canvas.gouge(
        geometry.rect(0, 610, ACROSS, DOWN),
        mix(ground, INK, 0.1),
        count=110,
        length=90,
        width=6,
        spread=3,
    )
    nature.tufts(canvas, geometry.rect(0, 600, ACROSS, 650), moss.mid, count=60, high=24)
    canvas.fill(geometry.ellipse(820, 905, 560, 62), shadow)
    canvas.place(props.umbrella((650, 905), 3.05, RED, WHITE, high=262, broad=300), halo=PAPER)
    mender = elder(Look(moss.dark, INK, hair="short", vest=None))
    canvas.place(props.stool((395, 930), 3.0, ochre.dark))
    bent = Pose(
        hip=0.28, hands=((0.28, 0.48), (0.34, 0.53)), feet=((0.18, 0), (0.26, 0)), lean=14, nod=18
    )
    enter(canvas, volunteer(mender), 395, 930, ADULT * 3.1, pose=bent)
    desk = props.table((690, 935), 3.05, ochre.mid, long=170, high=70)
    stand(canvas, desk, 935, halo=None)
    _stall_things(canvas)
    neighbour = elder(Look(clay.mid, INK, hair="bun"))
    figure = enter(
        canvas,
        neighbour,
        1065,
        940,
        ELDER * 2.95,
        pose=Pose(hands=((0.2, 0.52), (0.22, 0.52)), lean=3),
        facing="left",
        shadow=shadow,
    )
    hand = figure.hands[0]
    canvas.place(_rice_cooker((hand[0] - 18, hand[1] + 18), 2.8, WHITE), halo=PAPER)
    enter(
        canvas,
        Look(moss.light, INK, hair="short", hat="straw", hat_colour=ochre.light, skin=TAN),
        1215,
        920,
        ADULT * 2.75,
        pose=HANDS_BEHIND,
        facing="left",
        shadow=shadow,
    )
    figure = enter(
        canvas,
        child(Look(ochre.mid, INK)),
        1330,
        955,
        CHILD * 2.85,
        pose=Pose(hands=((0.15, 0.4), (0.1, 0.46))),
        facing="left",
        shadow=shadow,
    )
    kettle = Cutter((170, 930), 3.0)
    chest = [
        kettle.box(-34, -30, 34, 0, moss.deep, radius=2),
        kettle.box(-36, -36, 36, -28, moss.dark, depth=0),
        *[
            kettle.bar([(x, -34), (x - 5, -62)], c, 3, 5)
            for x, c in ((-20, INK), (-6, ochre.dark), (10, clay.dark), (24, INK))
        ],
    ]
    stand(canvas, chest, 930, shadow=shadow)


def _farmhouse(canvas: Canvas, left: float, ground: float, wide: float) -> None:
    slate = tone(SLATE)
    high = wide * 0.34
    canvas.box(left, ground - high, left + wide, ground + 20, mix(WHITE, STONE, 0.12))
    canvas.box(
        left + wide * 0.42,
        ground - high * 0.68,
        left + wide * 0.56,
        ground + 20,
        mix(CLAY, INK, 0.4),
    )
    for share in (0.12, 0.7):
        canvas.box(
            left + wide * share,
            ground - high * 0.66,
            left + wide * (share + 0.16),
            ground - high * 0.3,
            slate.deep,
        )
    places.tiled_roof(
        canvas,
        [
            (left + wide * 0.06, ground - high * 1.55),
            (left + wide * 0.94, ground - high * 1.55),
            (left + wide * 1.06, ground - high * 0.92),
            (left - wide * 0.06, ground - high * 0.92),
        ],
        slate,
        rows=15,
    )


def _stall_things(canvas: Canvas) -> None:
    top = 935 - 70 * 3.05
    ochre, moss = tone(OCHRE), tone(MOSS)
    canvas.place(props.fan((615, top), 3.0, moss.mid), halo=PAPER, margin=2)
    canvas.place(_rice_cooker((800, top), 3.0, mix(tone(CLAY).light, WHITE, 0.3)))
    for x, turned, colour in ((715, -14, RED), (745, 10, INK), (510, 18, RED)):
        tool = Cutter((x, top - 4), 2.8, turned=turned)
        canvas.place(
            [
                tool.bar([(-14, 0), (4, 0)], colour, 4.5),
                tool.bar([(4, 0), (17, 0)], (150, 152, 150), 2),
            ]
        )
    for x in (770, 780, 764):
        canvas.fill(geometry.ellipse(x, top - 4, 5, 4), ochre.deep)


def _rice_cooker(at: Point, cm: float, colour: Colour) -> list[Patch]:
    cut = Cutter(at, cm)
    return [
        cut.box(-15, -20, 15, 0, colour, radius=4, depth=5),
        cut.shape(trace("-16,-19 -12,-26 12,-26 16,-19"), mix(colour, INK, 0.3)),
        cut.box(-4, -30, 4, -25, INK, radius=1, depth=0),
        cut.box(-6, -10, 6, -4, INK, radius=2, depth=0),
        cut.round((2, -7), 1.6, 1.6, RED, depth=0),
    ]
