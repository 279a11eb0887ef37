"""Three neighbours with armbands and torches walk between lit blocks."""

from __future__ import annotations

from bulletin.sample.pictures import geometry, nature, places
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import WALK, Look, Pose
from bulletin.sample.pictures.geometry import trace
from bulletin.sample.pictures.palette import (
    DUSK,
    INK,
    MOSS,
    OCHRE,
    PAPER,
    RED,
    SLATE,
    WHITE,
    Colour,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, elder, enter, volunteer


def draw(canvas: Canvas) -> None:
    """Three neighbours with armbands and torches walk between lit blocks."""
    dusk = tone(DUSK)
    high, low = mix(DUSK, INK, 0.3), mix(DUSK, SLATE, 0.45)
    nature.sky(canvas, 700, high, low)
    canvas.fill(geometry.ellipse(1065, 130, 60, 60), mix(OCHRE, WHITE, 0.7))
    canvas.fill(geometry.ellipse(1042, 118, 55, 55), mix(mix(high, low, 0.3), low, 0.3))
    for _ in range(26):
        x, y = canvas.rng.uniform(0, ACROSS), canvas.rng.uniform(10, 330)
        canvas.fill(geometry.ellipse(x, y, 2.4, 2.4), mix(PAPER, low, 0.25))
    lit = mix(OCHRE, WHITE, 0.35)
    _night_block(canvas, (560, 250, 1010, 690), mix(DUSK, SLATE, 0.24), 6, 7, lit, 0.42)
    _night_block(canvas, (-60, 60, 470, 720), mix(DUSK, INK, 0.08), 7, 5, lit, 0.4)
    _night_block(canvas, (1120, 190, 1560, 720), mix(DUSK, INK, 0.02), 6, 5, lit, 0.36)
    ground = mix(DUSK, INK, 0.38)
    canvas.box(0, 690, ACROSS, DOWN, ground)
    path = [(600, 690), (920, 690), (1600, DOWN), (-160, DOWN)]
    paved = mix(DUSK, SLATE, 0.5)
    canvas.fill(path, paved)
    with canvas.within(path):
        canvas.gouge(path, mix(paved, PAPER, 0.16), count=90, length=110, width=5, spread=1)
    moss = tone(mix(MOSS, DUSK, 0.62), paper=DUSK)
    for x, wide, tall in ((60, 320, 120), (330, 220, 84), (1210, 240, 96), (1440, 300, 130)):
        nature.bush(canvas, x, 730 + tall * 0.2, wide, tall, moss)
    _lamp(canvas, lit, paved)
    _patrol(canvas, paved, dusk.deep, lit)


def _night_block(
    canvas: Canvas,
    area: tuple[float, float, float, float],
    wall: Colour,
    storeys: int,
    bays: int,
    lit: Colour,
    share: float,
) -> None:
    dark = mix(wall, INK, 0.45)

    def pane(sheet: Canvas, left: float, top: float, right: float, bottom: float) -> None:
        if sheet.rng.random() < share:
            sheet.box(left - 4, top - 4, right + 4, bottom + 4, mix(wall, INK, 0.4))
            sheet.box(left, top, right, bottom, lit)
            if sheet.rng.random() < 0.5:
                sheet.box(left, top, left + (right - left) * 0.3, bottom, mix(lit, OCHRE, 0.6))
            if sheet.rng.random() < 0.25:
                middle = left + (right - left) * 0.62
                sheet.fill(geometry.ellipse(middle, bottom - 26, 8, 9), wall)
                sheet.fill(geometry.ellipse(middle, bottom, 17, 20), wall)
            sheet.box(
                (left + right) / 2 - 2, top, (left + right) / 2 + 2, bottom, mix(wall, INK, 0.4)
            )
        else:
            sheet.box(left - 4, top - 4, right + 4, bottom + 4, mix(wall, PAPER, 0.07))
            sheet.box(left, top, right, bottom, dark)
            sheet.box(
                (left + right) / 2 - 2, top, (left + right) / 2 + 2, bottom, mix(wall, PAPER, 0.07)
            )

    places.facade(canvas, area, wall, storeys=storeys, bays=bays, window=pane, gap=(0.4, 0.5))
    canvas.box(area[0] - 10, area[1] - 14, area[2] + 10, area[1] + 4, mix(wall, INK, 0.4))


def _lamp(canvas: Canvas, lit: Colour, paved: Colour) -> None:
    pool = geometry.ellipse(560, 800, 250, 42)
    canvas.fill(pool, mix(paved, lit, 0.3))
    canvas.fill(geometry.ellipse(560, 802, 170, 26), mix(paved, lit, 0.46))
    canvas.place(places.lamp_post(455, 790, 470, mix(INK, DUSK, 0.3)))
    canvas.fill(geometry.ellipse(455 + 0.17 * 470, 790 - 1.045 * 470, 30, 9), mix(lit, WHITE, 0.5))


def _patrol(canvas: Canvas, paved: Colour, shadow: Colour, lit: Colour) -> None:
    slate = tone(SLATE)
    steady = Pose(
        lean=3, hands=((0.2, 0.56), (-0.1, 0.45)), feet=((-0.14, 0.02), (0.14, 0)), hip=0.47
    )
    people = (
        (
            560,
            850,
            2.35,
            Look(
                mix(slate.light, DUSK, 0.15),
                mix(INK, SLATE, 0.25),
                hair="bob",
                vest=None,
                armband=RED,
            ),
            WALK,
        ),
        (
            720,
            905,
            2.6,
            volunteer(
                Look(
                    mix(slate.mid, DUSK, 0.1),
                    mix(INK, SLATE, 0.15),
                    hair="short",
                    hat="cap",
                    hat_colour=RED,
                    armband=RED,
                )
            ),
            steady,
        ),
        (
            330,
            930,
            2.65,
            elder(Look(mix(OCHRE, DUSK, 0.25), mix(INK, SLATE, 0.2), hair="short", armband=RED)),
            steady,
        ),
    )
    hands = [(x + 0.25 * ADULT * cm, ground - 0.565 * ADULT * cm) for x, ground, cm, _, _ in people]
    for hand, (_x, ground, _cm, _look, _pose) in zip(hands[1:], people[1:], strict=True):
        spot = (hand[0] + 520, ground + 24)
        beam = [hand, (spot[0] + 24, spot[1] - 36), (spot[0] - 40, spot[1] + 34)]
        canvas.fill(beam, mix(paved, lit, 0.3))
        canvas.hatch(beam, mix(paved, lit, 0.48), spacing=15, angle=31, width=4)
        canvas.fill(geometry.ellipse(*spot, 140, 38), mix(paved, lit, 0.72))
    halo = mix(DUSK, PAPER, 0.62)
    for i, (x, ground, cm, look, pose) in enumerate(people):
        canvas.fill(geometry.ellipse(x + 20, ground, 118, 15), shadow)
        torch = Cutter(hands[i], cm, turned=24)
        held = [
            torch.box(-8, -3, 14, 3, INK, radius=2, depth=0),
            torch.flat(trace("12,-3 20,-6 20,6 12,3"), lit, depth=0),
        ]
        enter(
            canvas,
            look,
            x,
            ground,
            ADULT * cm,
            pose=pose,
            halo=halo,
            held=held if i else (),
        )
