"""Four bins under a roof; a neighbour drops her bag in while a volunteer looks on."""

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
    """Four bins under a roof; a neighbour drops her bag in while a volunteer looks on."""
    slate, moss, ochre = tone(SLATE), tone(MOSS), tone(OCHRE)
    nature.sky(canvas, 620, mix(moss.pale, WHITE, 0.2), mix(PAPER, WHITE, 0.4))
    window = places.plain_window(mix(slate.light, slate.mid, 0.4), WHITE)
    places.facade(
        canvas,
        (980, -40, 1560, 680),
        ochre.pale,
        storeys=5,
        bays=5,
        window=window,
        ledge=mix(ochre.pale, INK, 0.08),
    )
    nature.tree(canvas, (140, 700), 560, moss, bark=mix(INK, CLAY, 0.25))
    for x, wide in ((330, 200), (1290, 220), (1440, 240)):
        nature.bush(canvas, x, 720, wide, 110, moss)
    ground = mix(STONE, PAPER, 0.5)
    shadow = mix(ground, INK, 0.22)
    canvas.box(0, 705, ACROSS, DOWN, ground)
    places.paving(canvas, 705, 700, mix(ground, INK, 0.1), lines=9)
    _bin_shelter(canvas)
    grey = mix(INK, STONE, 0.3)
    for x, colour, lid in (
        (430, moss.mid, True),
        (610, slate.mid, False),
        (790, RED, False),
        (970, grey, False),
    ):
        thing = props.wheelie_bin((x, 845), 2.75, colour, open_lid=lid)
        stand(canvas, thing, 845, shadow=mix(ground, INK, 0.35), halo=None)
    pose = Pose(hands=((0.26, 0.78), (0.1, 0.5)), elbows=(-1, -1), lean=4)
    figure = enter(
        canvas,
        Look(ochre.mid, INK, hair="tail", garment="coat"),
        255,
        930,
        ADULT * 2.75,
        pose=pose,
        shadow=shadow,
    )
    canvas.place(props.bag(figure.hands[0], 2.3, mix(moss.light, WHITE, 0.2)), halo=PAPER)
    guide = volunteer(elder(Look(slate.dark, INK, hair="short", hat="cap", hat_colour=RED)))
    enter(
        canvas,
        guide,
        1165,
        930,
        ELDER * 2.85,
        pose=Pose(hands=((0.3, 0.62), (0.04, 0.46)), elbows=(-1, -1), lean=2),
        facing="left",
        shadow=shadow,
    )
    boy = child(Look(mix(WHITE, slate.light, 0.2), slate.deep))
    figure = enter(
        canvas,
        boy,
        1330,
        950,
        CHILD * 2.75,
        pose=Pose(hands=((0.2, 0.56), (0.08, 0.42)), lean=2, feet=((0.09, 0), (-0.1, 0.01))),
        facing="left",
        shadow=shadow,
    )
    bottle = Cutter(figure.hands[0], 2.6, depth=2)
    canvas.place(
        [
            bottle.box(-5, -24, 5, 2, slate.light, radius=3),
            bottle.box(-2.5, -30, 2.5, -23, RED, depth=0),
        ],
        halo=PAPER,
    )


def _bin_shelter(canvas: Canvas) -> None:
    slate, moss = tone(SLATE), tone(MOSS)
    canvas.box(312, 330, 1098, 840, mix(moss.pale, WHITE, 0.35))
    for x in range(330, 1098, 32):
        canvas.box(x, 330, x + 4, 840, mix(moss.light, WHITE, 0.2))
    for i, colour in enumerate((moss.mid, slate.mid, RED, mix(INK, STONE, 0.3))):
        x = 430 + i * 180
        canvas.put(
            Patch(geometry.rounded(x - 66, 372, x + 66, 520, 8), colour, mix(colour, INK, 0.3), 5)
        )
        canvas.fill(geometry.ellipse(x, 446, 44, 44), WHITE)
        _sorting_mark(canvas, i, (x, 446), colour)
    for x in (318, 1092):
        canvas.put(Patch(geometry.rect(x - 11, 300, x + 11, 852), slate.dark, slate.deep, 6))
    canvas.put(Patch(trace("250,226 1160,268 1160,312 250,312"), moss.dark, moss.deep, 10))
    canvas.fill(trace("250,226 1160,268 1160,280 250,240"), moss.light)
    canvas.fill(trace("300,312 1110,312 1110,338 300,330"), mix(moss.deep, INK, 0.3))
    canvas.box(330, 838, 1080, 852, slate.light)


def _sorting_mark(canvas: Canvas, which: int, at: Point, colour: Colour) -> None:
    cut = Cutter(at, 1, depth=0)
    if which == 1:
        canvas.place([cut.box(-9, -20, 9, 26, colour, radius=5), cut.box(-5, -32, 5, -18, colour)])
    elif which == 0:
        canvas.place(
            [
                cut.shape(trace("-24,18 -20,-14 10,-26 26,-24 22,4 2,20"), colour),
                cut.bar([(-28, 26), (18, -18)], WHITE, 4),
            ]
        )
    elif which == 2:
        canvas.place(
            [
                cut.box(-16, -18, 16, 26, colour, radius=3),
                cut.box(-6, -27, 6, -18, colour),
                cut.flat(trace("3,-12 -10,8 -1,8 -4,20 10,0 1,0"), WHITE),
            ]
        )
    else:
        canvas.place(
            [
                cut.flat(trace("-18,-16 18,-16 13,26 -13,26"), colour),
                cut.box(-22, -26, 22, -19, colour),
            ]
        )
