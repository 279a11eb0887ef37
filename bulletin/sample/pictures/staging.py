"""Bringing people on: how old they are, what they wear, and the shadow they throw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin.sample.pictures import figures
from bulletin.sample.pictures.canvas import Canvas, Patch
from bulletin.sample.pictures.figures import STAND, Figure, Look, Pose
from bulletin.sample.pictures.palette import (
    GREY_HAIR,
    INK,
    OCHRE,
    PAPER,
    RED,
    TAN,
    WHITE,
    Colour,
    mix,
)

ADULT, ELDER, CHILD = 168, 158, 118  # centimetres


def elder(look: Look) -> Look:
    """Age a look: grey hair, a little broader."""
    return replace(look, hair_colour=GREY_HAIR, build=look.build * 1.06)


def child(look: Look) -> Look:
    """Make a look a child's: a larger head on a narrower body."""
    return replace(look, head=1.32, build=look.build * 0.98)


def volunteer(look: Look) -> Look:
    """Put the volunteers' red vest over a look."""
    return replace(look, vest=RED)


def doctor(*, hair: str = "short") -> Look:
    """Return a doctor's white coat."""
    return Look(WHITE, mix(INK, WHITE, 0.2), hair=hair, garment="coat")


def courier(jacket: Colour, *, hat: str = "rider", hat_colour: Colour = OCHRE) -> Look:
    """Return a courier's jacket and helmet."""
    return Look(jacket, INK, skin=TAN, hat=hat, hat_colour=hat_colour, stripe=WHITE)


def enter(
    canvas: Canvas,
    look: Look,
    x: float,
    ground: float,
    height: float,
    *,
    pose: Pose = STAND,
    facing: str = "right",
    shadow: Colour | None = None,
    halo: Colour | None = PAPER,
    held: Sequence[Patch] = (),
) -> Figure:
    """Draw a person with a shadow on the ground and what is held; return the figure.

    Args:
        canvas: the sheet.
        look: the clothes.
        x: where the person stands.
        ground: the y of the ground there.
        height: standing height in units.
        pose: how the body is held.
        facing: right, left, front or back.
        shadow: the ground's colour in shadow; none is cast without.
        halo: the colour cut around the figure to lift it off what is behind; none is cut with None.
        held: patches between the body and the arms.
    """
    figure = figures.person(look, x, ground, height, pose=pose, facing=facing)
    if shadow is not None:
        canvas.cast([*figure.patches, *held], ground, shadow)
    canvas.place([*figure.body, *held, *figure.arms], halo=halo, margin=max(2.0, height * 0.009))
    return figure


def stand(
    canvas: Canvas,
    thing: Sequence[Patch],
    ground: float,
    *,
    shadow: Colour | None = None,
    halo: Colour | None = PAPER,
    margin: float = 3,
) -> None:
    """Draw a thing with a shadow on the ground."""
    if shadow is not None:
        canvas.cast(thing, ground, shadow)
    canvas.place(thing, halo=halo, margin=margin)
