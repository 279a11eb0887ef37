"""Couriers at a station: one warms a meal at the counter, one rests over a cup."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.figures import FRONT, Pose
from bulletin.sample.pictures.palette import INK, MOSS, OCHRE, RED, SLATE, WHITE, mix, tone
from bulletin.sample.pictures.staging import ADULT, courier, enter, stand


def draw(canvas: Canvas) -> None:
    """Couriers at a station: one warms a meal at the counter, one rests over a cup."""
    slate, ochre = tone(SLATE), tone(OCHRE)
    _rest_room(canvas)
    floor = mix(ochre.light, INK, 0.2)
    canvas.place(props.fridge((130, 850), 3.3, slate.light), halo=None)
    _counter(canvas)
    pose = Pose(
        hands=((-0.15, 0.61), (0.15, 0.59)), elbows=(-0.45, 0.45), feet=FRONT.feet, knees=(0, 0)
    )
    enter(
        canvas,
        courier(ochre.mid, hat=""),
        470,
        880,
        ADULT * 3.15,
        pose=pose,
        facing="back",
        shadow=floor,
        halo=slate.pale,
    )
    bench = geometry.rect(880, 742, 1420, 770)
    for x in (930, 1370):
        canvas.stroke([(x, 760), (x, 925)], ochre.deep, 16)
    canvas.put(Patch(bench, ochre.dark, ochre.deep, 7))
    table = props.table((850, 945), 3.1, ochre.mid, long=66, high=66)
    stand(canvas, table, 945, shadow=floor, halo=None)
    for thing in (props.helmet((795, 740), 3.6, OCHRE), props.cup((905, 740), 3.6)):
        canvas.place(thing)
    resting = Pose(
        hip=0.275, hands=((0.2, 0.5), (0.17, 0.36)), feet=((0.2, 0), (0.27, 0)), lean=4, nod=-3
    )
    mug = props.cup((1030, 640), 3.2, RED)
    enter(
        canvas,
        courier(slate.mid, hat=""),
        1140,
        930,
        ADULT * 3.5,
        pose=resting,
        facing="left",
        shadow=floor,
        held=mug,
    )
    enter(
        canvas,
        replace(courier(slate.dark, hat_colour=slate.dark)),
        1330,
        930,
        ADULT * 3.3,
        pose=Pose(
            hip=0.275,
            hands=((0.15, 0.36), (0.18, 0.36)),
            feet=((0.22, 0), (0.3, 0)),
            lean=-4,
            nod=2,
        ),
        facing="left",
        shadow=floor,
    )


def _rest_room(canvas: Canvas) -> None:
    slate, ochre, moss = tone(SLATE), tone(OCHRE), tone(MOSS)
    canvas.box(0, 0, ACROSS, DOWN, mix(slate.pale, WHITE, 0.1))
    canvas.box(0, 800, ACROSS, DOWN, ochre.light)
    places.paving(canvas, 800, 760, mix(ochre.light, INK, 0.1), lines=10)
    canvas.box(0, 786, ACROSS, 800, slate.light)
    left, top, right, bottom = 690, 110, 1420, 600
    canvas.box(left - 18, top - 18, right + 18, bottom + 18, WHITE)
    canvas.box(left, top, right, bottom, mix(slate.light, WHITE, 0.55))
    with canvas.within(geometry.rect(left, top, right, bottom)):
        places.facade(
            canvas,
            (1010, 60, 1440, 470),
            slate.pale,
            storeys=4,
            bays=5,
            window=places.plain_window(slate.light, WHITE),
        )
        canvas.box(left, 470, right, bottom, mix(ochre.pale, WHITE, 0.3))
        canvas.stroke([(838, 330), (834, 540)], INK, 20, 26)
        for x, y, r in ((720, 330, 100), (830, 260, 110), (930, 350, 90)):
            lump = geometry.blob(x, y, r, r * 0.85, canvas.rng)
            canvas.put(Patch(lump, moss.mid, moss.dark, 20))
            canvas.gouge(lump, moss.light, count=26, length=18, width=6, angle=-35, spread=40)
        ride = props.scooter((1110, 575), 1.75, ochre.mid, box=RED)
        canvas.cast(ride, 575, ochre.light)
        canvas.place(ride)
    canvas.box((left + right) / 2 - 5, top, (left + right) / 2 + 5, bottom, WHITE)
    canvas.box(left - 34, bottom + 18, right + 34, bottom + 34, slate.light)
    light = [(760, 830), (1330, 830), (1480, DOWN), (880, DOWN)]
    canvas.fill(light, mix(ochre.light, WHITE, 0.35))


def _counter(canvas: Canvas) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    canvas.put(Patch(geometry.rect(250, 570, 640, 830), ochre.mid, ochre.dark, 12))
    for x in (380, 510):
        canvas.box(x - 3, 590, x + 3, 830, ochre.dark)
    for x in (362, 492, 622):
        canvas.box(x - 6, 660, x, 706, ochre.deep)
    canvas.put(Patch(geometry.rect(236, 552, 654, 576), WHITE, slate.light, 5))
    canvas.place(props.microwave((330, 556), 3.3, WHITE, glow=mix(OCHRE, WHITE, 0.4)))
    canvas.place(props.thermos((600, 554), 2.6, RED))
    for x in (545, 565):
        canvas.place(props.cup((x - 10, 554), 2.4))
    canvas.put(Patch(geometry.rect(250, 210, 620, 226), ochre.mid, ochre.dark, 4))
    for x, high, colour in (
        (280, 60, slate.mid),
        (322, 74, RED),
        (352, 66, ochre.light),
        (384, 72, slate.dark),
    ):
        canvas.put(
            Patch(geometry.rect(x, 210 - high, x + 30, 210), colour, mix(colour, INK, 0.25), 6)
        )
    for x in (470, 520, 570):
        canvas.place(props.cup((x, 210), 2.6))
