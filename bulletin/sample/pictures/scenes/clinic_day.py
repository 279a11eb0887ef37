"""Under a canopy a doctor takes an old man's blood pressure; neighbours wait."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import FRONT, HANDS_BEHIND, STROLL, Look, Pose
from bulletin.sample.pictures.geometry import trace
from bulletin.sample.pictures.palette import (
    INK,
    MOSS,
    OCHRE,
    PAPER,
    RED,
    STONE,
    TAN,
    TEAL,
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
    doctor,
    elder,
    enter,
    stand,
    volunteer,
)


def draw(canvas: Canvas) -> None:
    """Under a canopy a doctor takes an old man's blood pressure; neighbours wait."""
    teal, ochre = tone(TEAL), tone(OCHRE)
    nature.sky(canvas, 700, mix(teal.pale, WHITE, 0.1), mix(PAPER, WHITE, 0.4))
    window = places.plain_window(teal.light, WHITE)
    places.facade(
        canvas,
        (-40, 120, 420, 740),
        ochre.pale,
        storeys=6,
        bays=5,
        window=window,
        ledge=mix(ochre.pale, INK, 0.08),
    )
    places.facade(
        canvas,
        (1120, 180, 1560, 740),
        mix(ochre.light, PAPER, 0.4),
        storeys=5,
        bays=5,
        window=window,
        ledge=mix(ochre.light, INK, 0.06),
    )
    leaves = tone(MOSS)
    nature.tree(canvas, (1010, 740), 430, leaves, bark=mix(INK, MOSS, 0.2))
    nature.tree(canvas, (470, 740), 380, leaves, bark=mix(INK, MOSS, 0.2))
    ground = mix(ochre.pale, STONE, 0.35)
    shadow = mix(ground, INK, 0.2)
    canvas.box(0, 735, ACROSS, DOWN, ground)
    places.paving(canvas, 735, 640, mix(ground, INK, 0.1), lines=9)
    canvas.fill(trace("150,900 1010,900 1180,960 300,960"), shadow)
    _canopy(canvas)
    nurse = replace(doctor(hair="bun"), legs=teal.dark)
    enter(
        canvas,
        nurse,
        560,
        850,
        ADULT * 2.6,
        pose=replace(FRONT, hands=((-0.085, 0.56), (0.085, 0.56)), elbows=(-0.5, 0.5)),
        facing="front",
        halo=mix(teal.pale, WHITE, 0.4),
        held=props.folder((560, 598), 1.9, teal.dark),
    )
    _blood_pressure(canvas, shadow)
    _waiting(canvas, shadow)


def _canopy(canvas: Canvas) -> None:
    teal = tone(TEAL)
    for x in (175, 985):
        canvas.box(x - 7, 300, x + 7, 905, teal.deep)
    for x in (260, 900):
        canvas.box(x - 4, 300, x + 4, 820, teal.dark)
    canvas.put(Patch(trace("230,150 930,150 1040,300 120,300"), RED, mix(RED, INK, 0.35), 10))
    for share in (0.2, 0.4, 0.6, 0.8):
        canvas.line([(230 + 700 * share, 152), (120 + 920 * share, 300)], 4, mix(RED, INK, 0.3))
    for i in range(14):
        middle = 120 + (i + 0.5) * 920 / 14
        colour = WHITE if i % 2 else RED
        canvas.box(middle - 33, 300, middle + 33, 326, colour)
        canvas.fill(geometry.arc(middle, 326, 33, 20, 0, 180), colour)
    canvas.box(114, 294, 1046, 304, mix(RED, INK, 0.45))


def _blood_pressure(canvas: Canvas, shadow: Colour) -> None:
    teal, ochre = tone(TEAL), tone(OCHRE)
    halo = PAPER
    canvas.place(props.chair((300, 930), 2.9, teal.dark))
    examine = Pose(
        hip=0.27, hands=((0.3, 0.47), (0.2, 0.46)), feet=((0.2, 0), (0.26, 0)), lean=9, nod=8
    )
    enter(canvas, doctor(), 300, 930, ADULT * 3.0, pose=examine, shadow=shadow, halo=halo)
    patient = elder(Look(ochre.mid, INK, hair="bald", sleeves=True))
    canvas.place(props.chair((850, 930), 2.9, teal.dark, flip=True))
    enter(
        canvas,
        patient,
        850,
        930,
        ELDER * 3.1,
        pose=Pose(
            hip=0.27, hands=((0.33, 0.47), (0.18, 0.36)), feet=((0.18, 0), (0.24, 0)), lean=3
        ),
        facing="left",
        shadow=shadow,
        halo=halo,
    )
    desk = props.table((570, 930), 3.0, WHITE, long=118, high=70, cloth=True)
    stand(canvas, desk, 930, shadow=shadow, halo=None)
    canvas.box(393, 790, 747, 800, RED)
    arm = Cutter((700, 694), 3.0, depth=2)
    canvas.place(
        [
            arm.flat(trace("0,-4 48,-26 52,-14 2,4"), ochre.mid),
            arm.flat(trace("14,-12 32,-21 36,-9 17,-1"), teal.deep),
            arm.round((-5, 0), 7, 4.5, patient.skin),
        ]
    )
    gauge = Cutter((588, 722), 2.2, depth=2)
    tube = geometry.smooth(trace("722,672 690,726 650,732 606,714"), closed=False)
    canvas.stroke(tube, INK, 5)
    canvas.place(
        [
            gauge.box(-16, -5, 16, 0, teal.dark),
            gauge.flat(trace("-15,-5 -11,-40 13,-40 15,-5"), teal.dark),
            gauge.flat(trace("-9,-10 -7,-36 9,-36 11,-10"), WHITE, depth=0),
            gauge.bar([(1, -12), (1, -34)], RED, 2.4),
        ]
    )
    for x, colour in ((452, WHITE), (478, mix(teal.light, WHITE, 0.3))):
        bottle = Cutter((x, 722), 2.5, depth=2)
        canvas.place(
            [bottle.box(-5, -20, 5, 0, colour, radius=2), bottle.box(-4, -25, 4, -19, RED, depth=0)]
        )


def _waiting(canvas: Canvas, shadow: Colour) -> None:
    teal, ochre = tone(TEAL), tone(OCHRE)
    grandmother = elder(Look(teal.mid, INK, hair="bun"))
    figure = enter(
        canvas,
        grandmother,
        1080,
        945,
        ELDER * 2.85,
        pose=Pose(hands=((0.15, 0.44), (0.05, 0.45)), lean=6),
        facing="left",
        shadow=shadow,
    )
    canvas.line([figure.hands[0], (figure.hands[0][0] - 18, 945)], 7, INK)
    enter(
        canvas,
        volunteer(Look(ochre.light, INK, hair="tail")),
        1200,
        915,
        ADULT * 2.6,
        pose=Pose(hands=((0.17, 0.58), (0.1, 0.46))),
        facing="left",
        shadow=shadow,
    )
    enter(
        canvas,
        Look(ochre.dark, INK, hair="short", skin=TAN),
        1345,
        950,
        ADULT * 2.8,
        pose=HANDS_BEHIND,
        facing="left",
        shadow=shadow,
    )
    enter(
        canvas,
        child(Look(mix(teal.light, WHITE, 0.3), teal.deep, hair="bob")),
        1440,
        955,
        CHILD * 2.75,
        pose=STROLL,
        facing="left",
        shadow=shadow,
    )
