"""A single stone arch and its reflection, old slabs and new, farmhouses on the banks."""

from __future__ import annotations

import math

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import STROLL, WALK, Look, Pose
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
from bulletin.sample.pictures.staging import ADULT, CHILD, ELDER, child, elder, enter


def draw(canvas: Canvas) -> None:
    """A single stone arch and its reflection, old slabs and new, farmhouses on the banks."""
    slate, moss, ochre = tone(SLATE), tone(MOSS), tone(OCHRE)
    nature.sky(canvas, 560, mix(slate.light, PAPER, 0.35), mix(PAPER, WHITE, 0.4))
    nature.hills(canvas, 560, 300, mix(slate.light, PAPER, 0.4), peaks=3)
    nature.hills(canvas, 564, 170, mix(moss.light, PAPER, 0.25), peaks=5)
    _banks_behind(canvas)
    water = mix(slate.light, slate.mid, 0.3)
    canvas.box(0, 660, ACROSS, DOWN, water)
    _reflection(canvas, water)
    _bridge(canvas)
    _near_banks(canvas)
    _on_the_bridge(canvas)
    nature.willow(canvas, (1370, 800), 700, moss, bark=mix(INK, CLAY, 0.2), sway=-22)
    for x, y in ((520, 900), (590, 925), (470, 940)):
        duck = Cutter((x, y), 1.5, depth=2)
        canvas.stroke(
            [(x - 60, y + 8), (x, y + 10), (x + 60, y + 8)], mix(water, WHITE, 0.5), 1, 6, 1
        )
        canvas.place(
            [
                duck.shape(trace("-20,-4 -26,-12 0,-16 16,-8 10,4 -12,4"), WHITE),
                duck.bar([(12, -8), (15, -24)], WHITE, 7, 6),
                duck.round((17, -26), 6, 5, WHITE, depth=0),
                duck.flat([(21, -28), (30, -25), (21, -23)], ochre.mid, depth=0),
            ]
        )


def _banks_behind(canvas: Canvas) -> None:
    slate, moss = tone(SLATE), tone(MOSS)
    canvas.box(0, 540, ACROSS, 662, mix(moss.light, moss.mid, 0.35))
    for left, ground, wide in ((60, 560, 250), (330, 556, 190), (1080, 560, 240)):
        high = wide * 0.4
        canvas.put(
            Patch(
                geometry.rect(left, ground - high, left + wide, ground),
                WHITE,
                mix(WHITE, STONE, 0.5),
                22,
            )
        )
        canvas.box(
            left + wide * 0.4, ground - high * 0.62, left + wide * 0.56, ground, mix(CLAY, INK, 0.4)
        )
        for share in (0.12, 0.72):
            canvas.box(
                left + wide * share,
                ground - high * 0.66,
                left + wide * (share + 0.15),
                ground - high * 0.32,
                slate.deep,
            )
        places.tiled_roof(
            canvas,
            [
                (left + wide * 0.06, ground - high * 1.6),
                (left + wide * 0.94, ground - high * 1.6),
                (left + wide * 1.07, ground - high * 0.94),
                (left - wide * 0.07, ground - high * 0.94),
            ],
            slate,
            rows=13,
        )
    for x, high in ((30, 260), (300, 210), (560, 230), (960, 220), (1060, 260)):
        nature.tree(canvas, (x, 575), high, moss, bark=mix(INK, CLAY, 0.25))


DECK = trace("60,640 330,560 560,486 720,462 880,486 1110,560 1380,640")


def _bridge(canvas: Canvas) -> None:
    stone = tone(mix(STONE, SLATE, 0.25))
    deck = geometry.smooth(DECK, closed=False, steps=12)
    arch = geometry.arc(720, 790, 262, 250, 180, 360, 48)
    body = [*deck, (1380, 800), *arch[::-1], (60, 800)]
    canvas.fill(body, stone.mid)
    with canvas.within(body):
        for row in range(16):
            y = 470 + row * 25
            canvas.line([(0, y), (ACROSS, y)], 3, mix(stone.mid, INK, 0.3))
            for x in range(0, ACROSS, 74):
                at = x + (37 if row % 2 else 0) + canvas.rng.uniform(-10, 10)
                canvas.line([(at, y), (at, y + 25)], 3, mix(stone.mid, INK, 0.3))
                if canvas.rng.random() < 0.34:
                    canvas.box(
                        at + 3,
                        y + 3,
                        at + 68,
                        y + 23,
                        mix(stone.mid, canvas.rng.choice((PAPER, INK)), 0.14),
                    )
        canvas.fill(
            [*geometry.stretch(arch, 1.3, 1.3, about=(720, 790)), (1120, 830), (320, 830)],
            mix(stone.mid, INK, 0.16),
        )
    for i in range(19):
        a, b = math.radians(180 + i * 180 / 19), math.radians(180 + (i + 1) * 180 / 19)
        wedge = [
            (720 + r * math.cos(t), 790 + r * 0.955 * math.sin(t))
            for r, t in ((262, a), (262, b), (312, b), (312, a))
        ]
        fresh = i in (5, 6, 12)
        canvas.fill(
            wedge,
            mix(stone.light, PAPER, 0.75)
            if fresh
            else mix(stone.light, stone.mid, 0.15 + 0.25 * (i % 3)),
        )
        canvas.line([wedge[0], wedge[3]], 3, stone.deep)
    canvas.line(geometry.arc(720, 790, 312, 298, 180, 360, 48), 4, stone.deep)
    canvas.stroke([(p[0], p[1] + 8) for p in deck], mix(stone.light, WHITE, 0.1), 26)
    for low, high in ((0.28, 0.36), (0.56, 0.66), (0.8, 0.86)):
        part = deck[int(low * len(deck)) : int(high * len(deck)) + 1]
        canvas.stroke([(x, y + 8) for x, y in part], mix(WHITE, PAPER, 0.5), 26)
    canvas.stroke([(p[0], p[1] + 22) for p in deck], stone.deep, 4)
    for i in range(4, len(deck) - 4, 5):
        joint = deck[i]
        canvas.line([(joint[0], joint[1] - 4), (joint[0], joint[1] + 20)], 3, stone.dark)


def _reflection(canvas: Canvas, water: Colour) -> None:
    stone, moss = tone(mix(STONE, SLATE, 0.25)), tone(MOSS)
    dark = mix(stone.dark, water, 0.42)
    body: Outline = trace("140,790 1300,790 1180,880 960,965 720,1000 480,965 260,880")
    canvas.fill(geometry.smooth(body), dark)
    arch = [*geometry.arc(720, 790, 262, 190, 0, 180, 40)]
    canvas.fill(arch, mix(water, WHITE, 0.38))
    canvas.fill(trace("0,780 330,800 250,880 0,900"), mix(moss.dark, water, 0.4))
    area = geometry.rect(0, 800, ACROSS, 1000)
    nature.ripples(canvas, area, water, count=110, long=220)
    nature.ripples(canvas, area, mix(water, WHITE, 0.45), count=60, long=170)
    within = [*geometry.arc(720, 790, 262, 250, 180, 360, 48)]
    with canvas.within(within):
        canvas.box(400, 500, 1040, 690, mix(moss.light, PAPER, 0.3))
        canvas.fill(geometry.ellipse(640, 700, 200, 60), moss.mid)
        canvas.fill(geometry.ellipse(860, 706, 170, 50), moss.dark)
        canvas.box(400, 700, 1040, 800, mix(water, WHITE, 0.25))
        nature.ripples(
            canvas, geometry.rect(430, 705, 1010, 795), mix(water, WHITE, 0.6), count=40, long=110
        )


def _near_banks(canvas: Canvas) -> None:
    moss = tone(MOSS)
    grass = mix(moss.light, moss.mid, 0.45)
    left: Outline = [
        *geometry.smooth(
            trace("-40,640 90,640 300,770 400,800 300,850 120,900 -40,960"), closed=False
        )
    ]
    right: Outline = [
        *geometry.smooth(
            trace("1540,640 1360,642 1140,770 1040,802 1150,850 1330,930 1540,990"), closed=False
        )
    ]
    for bank in (left, right):
        canvas.fill(geometry.shift(bank, 0, 10), moss.deep)
        canvas.fill(bank, grass)
        nature.tufts(canvas, bank, moss.dark, count=70, high=34)
        canvas.gouge(bank, moss.light, count=50, length=30, width=6, angle=-60, spread=25)
    for i in range(22):
        x = -20 + i * 15
        tip = (x + canvas.rng.uniform(-26, 40), 1000 - canvas.rng.uniform(90, 250) * (1 - i / 40))
        canvas.stroke(
            [(x, 1010), geometry.between((x, 1010), tip, 0.6), tip],
            canvas.rng.choice((moss.dark, moss.mid, moss.deep)),
            12,
            8,
            1,
        )


def _on_the_bridge(canvas: Canvas) -> None:
    slate, ochre = tone(SLATE), tone(OCHRE)
    ride = props.bicycle((838, 482), 1.05, INK)
    canvas.place(
        [
            Patch(geometry.turn(p.points, 9, about=(838, 482)), p.colour, p.shade, p.depth)
            for p in ride
        ],
        halo=PAPER,
        margin=2,
    )
    pushing = Pose(
        hands=((0.17, 0.58), (0.2, 0.58)), elbows=(-1, -1), lean=4, feet=((0.1, 0), (-0.1, 0.01))
    )
    enter(canvas, Look(RED, INK, hair="tail"), 808, 474, ADULT * 1.05, pose=pushing)
    enter(
        canvas,
        elder(Look(slate.dark, INK, hair="short", hat="straw", hat_colour=ochre.light)),
        600,
        482,
        ELDER * 1.08,
        pose=STROLL,
        facing="left",
    )
    enter(
        canvas, child(Look(ochre.mid, slate.deep)), 650, 470, CHILD * 1.08, pose=WALK, facing="left"
    )
