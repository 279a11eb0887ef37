"""Willows over an embankment path, walkers, and someone on a bench watching the river."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, nature
from bulletin.sample.pictures.canvas import ACROSS, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import WALK, Look, Pose
from bulletin.sample.pictures.geometry import Outline, trace
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
    """Willows over an embankment path, walkers, and someone on a bench watching the river."""
    slate, moss, ochre = tone(SLATE), tone(MOSS), tone(OCHRE)
    nature.sky(canvas, 400, mix(slate.light, PAPER, 0.25), mix(PAPER, WHITE, 0.4))
    canvas.fill(geometry.ellipse(360, 190, 62, 62), mix(OCHRE, WHITE, 0.45))
    nature.hills(canvas, 404, 150, mix(slate.light, PAPER, 0.35))
    _far_bank(canvas)
    _river(canvas)
    grass = mix(moss.light, moss.mid, 0.2)
    slope: Outline = trace("980,418 1560,410 1560,1010 1290,1010 1060,560")
    walk: Outline = trace("930,418 985,418 1330,1010 560,1010")
    paved = mix(ochre.pale, STONE, 0.15)
    canvas.fill(slope, grass)
    nature.tufts(canvas, slope, moss.dark, count=130, high=34)
    canvas.fill(walk, paved)
    with canvas.within(walk):
        depth = 1.0
        while depth < 16:
            y = 400 + 600 / depth
            canvas.line([(400, y), (ACROSS, y)], max(1.0, 4 / depth), mix(paved, INK, 0.13))
            depth *= 1.2
    canvas.fill(trace("925,418 932,418 570,1010 470,1010"), mix(STONE, WHITE, 0.25))
    canvas.fill(trace("925,418 470,1010 420,1010 922,420"), mix(STONE, INK, 0.3))
    nature.willow(canvas, (1130, 560), 330, moss, bark=mix(INK, CLAY, 0.25), sway=-12)
    shadow = mix(paved, INK, 0.22)
    canvas.fill(trace("640,905 980,850 1240,870 1330,1010 700,1010"), shadow)
    _railing(canvas)
    _river_walkers(canvas, shadow)
    nature.willow(canvas, (1385, 900), 860, moss, bark=mix(INK, CLAY, 0.2), sway=-30)


def _far_bank(canvas: Canvas) -> None:
    slate, moss = tone(SLATE), tone(MOSS)
    for left, wide, high in (
        (40, 70, 74),
        (124, 58, 110),
        (196, 80, 60),
        (480, 60, 96),
        (556, 84, 66),
        (650, 54, 88),
        (760, 76, 58),
    ):
        colour = canvas.rng.choice((slate.light, mix(slate.light, PAPER, 0.3), tone(CLAY).light))
        canvas.put(
            Patch(
                geometry.rect(left, 404 - high, left + wide, 404), colour, mix(colour, INK, 0.2), 14
            )
        )
        for y in range(int(404 - high) + 12, 392, 16):
            for x in range(left + 8, left + wide - 18, 16):
                canvas.box(x, y, x + 8, y + 8, mix(colour, WHITE, 0.5))
    for level in range(6):
        y, half = 392 - level * 33, 34 - level * 4.4
        canvas.box(330 - half * 0.72, y - 33, 330 + half * 0.72, y, mix(CLAY, PAPER, 0.25))
        canvas.fill(
            [
                (330 - half * 1.3, y - 26),
                (330 - half * 0.6, y - 36),
                (330 + half * 0.6, y - 36),
                (330 + half * 1.3, y - 26),
            ],
            slate.dark,
        )
    canvas.stroke([(330, 200), (330, 150)], slate.deep, 7, 1)
    canvas.box(0, 392, 950, 412, moss.mid)
    for x in range(10, 940, 44):
        canvas.fill(
            geometry.blob(x, 396, 30, canvas.rng.uniform(12, 22), canvas.rng, lumps=8),
            moss.mid if x % 3 else moss.dark,
        )


def _river(canvas: Canvas) -> None:
    slate = tone(SLATE)
    water = mix(slate.light, slate.mid, 0.35)
    area: Outline = trace("0,408 930,408 500,1010 0,1010")
    canvas.fill(area, water)
    with canvas.within(area):
        nature.ripples(
            canvas, geometry.rect(0, 412, 940, 1000), mix(water, WHITE, 0.42), count=150, long=150
        )
        nature.ripples(canvas, geometry.rect(0, 412, 940, 1000), slate.mid, count=90, long=130)
        for y in range(420, 800, 17):
            half = 16 + (y - 410) * 0.16 * canvas.rng.uniform(0.5, 1.2)
            x = 360 + canvas.rng.uniform(-12, 12)
            canvas.stroke([(x - half, y), (x, y), (x + half, y)], mix(OCHRE, WHITE, 0.55), 1, 8, 1)
    boat = Cutter((170, 640), 1.5)
    canvas.stroke([(60, 650), (180, 654), (330, 650)], slate.dark, 2, 14, 2)
    canvas.place(
        [
            boat.flat(trace("-90,-12 90,-18 70,6 -64,6"), mix(CLAY, INK, 0.45)),
            boat.flat(trace("-30,-14 -22,-42 34,-44 44,-16"), tone(OCHRE).mid),
            boat.bar([(-60, -12), (-64, -52)], INK, 2.5),
            boat.flat([(-64, -52), (-92, -46), (-64, -38)], RED),
        ]
    )


def _railing(canvas: Canvas) -> None:
    slate = tone(SLATE)
    top_far, top_near = (932, 392), (540, 800)
    foot_far, foot_near = (932, 420), (540, 1000)
    for i in range(13):
        share = 1 - (1 - i / 12) ** 2.1
        foot = geometry.between(foot_near, foot_far, share)
        top = geometry.between(top_near, top_far, share)
        wide = 20 * (1 - share) + 3
        canvas.stroke([foot, top], slate.deep, wide)
    for rise in (0.0, 0.4):
        near = geometry.between(top_near, foot_near, rise)
        far = geometry.between(top_far, foot_far, rise)
        canvas.stroke([near, far], slate.deep, 16, 3)


def _river_walkers(canvas: Canvas, shadow: Colour) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    strolling = Pose(
        hands=((-0.145, 0.44), (0.145, 0.43)),
        elbows=(0, 0),
        knees=(0, 0),
        feet=((-0.05, 0.02), (0.05, 0)),
    )
    enter(
        canvas,
        Look(ochre.mid, INK),
        962,
        548,
        ADULT * 0.66,
        pose=strolling,
        facing="back",
        shadow=shadow,
    )
    jog = replace(WALK, lean=7, hands=((0.16, 0.66), (-0.1, 0.6)), feet=((-0.2, 0.1), (0.14, 0.0)))
    enter(
        canvas,
        Look(WHITE, slate.deep, hair="tail", shoes=RED),
        890,
        690,
        ADULT * 1.2,
        pose=jog,
        facing="left",
        shadow=shadow,
    )
    enter(
        canvas,
        elder(Look(slate.mid, INK, hair="short", hat="cap", hat_colour=slate.dark)),
        1000,
        835,
        ADULT * 1.95,
        pose=strolling,
        facing="back",
        shadow=shadow,
    )
    enter(
        canvas,
        elder(Look(RED, slate.deep, hair="bun")),
        1098,
        839,
        ELDER * 1.95,
        pose=strolling,
        facing="back",
        shadow=shadow,
    )
    watcher = elder(Look(ochre.dark, INK, hair="bald"))
    seat = Pose(
        hip=0.27, hands=((0.14, 0.34), (0.18, 0.34)), feet=((0.2, 0), (0.26, 0)), lean=-4, nod=-4
    )
    base = Cutter((745, 970), 2.6)
    canvas.place(
        [
            base.box(-30, -44, 44, -37, ochre.dark, radius=2),
            base.bar([(-22, -40), (-22, 0)], INK, 6),
            base.bar([(36, -40), (36, 0)], INK, 6),
            base.bar([(40, -40), (50, -86)], ochre.dark, 7),
        ],
        halo=PAPER,
    )
    enter(canvas, watcher, 775, 975, ADULT * 2.6, pose=seat, facing="left")
