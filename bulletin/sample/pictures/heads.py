"""Heads: hair, hats and the plain shape of a face, seen from four sides."""

from __future__ import annotations

from typing import Protocol

from bulletin.sample.pictures import geometry
from bulletin.sample.pictures.canvas import Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.geometry import Point
from bulletin.sample.pictures.palette import INK, PAPER, Colour, mix


class Wearer(Protocol):
    """What a head has to know of a person's look.

    `hair` is short, bob, long, bun, tail or bald; `hat` is empty or one of cap, straw, hard (a
    worker's helmet), rider (a scooter helmet), fire (a firefighter's helmet).
    """

    @property
    def skin(self) -> Colour:
        """The colour of the face."""

    @property
    def hair(self) -> str:
        """How the hair is cut."""

    @property
    def hair_colour(self) -> Colour:
        """The hair's colour."""

    @property
    def hat(self) -> str:
        """What is worn on the head, or nothing."""

    @property
    def hat_colour(self) -> Colour:
        """The hat's colour."""


# In head heights from the middle of the head, x to where the face looks, y down.
_PROFILE: list[Point] = [
    (0.30, -0.40), (0.40, -0.22), (0.405, -0.08), (0.50, 0.09), (0.42, 0.15), (0.42, 0.25),
    (0.38, 0.42), (0.22, 0.48), (0.0, 0.36), (-0.2, 0.34), (-0.42, 0.05), (-0.36, -0.3),
    (-0.05, -0.49),
]  # fmt: skip
_FACE: list[Point] = [
    (0, -0.49), (0.28, -0.38), (0.385, -0.08), (0.34, 0.22), (0.18, 0.44), (0, 0.5),
    (-0.18, 0.44), (-0.34, 0.22), (-0.385, -0.08), (-0.28, -0.38),
]  # fmt: skip
_SIDE_HAIR: dict[str, list[Point]] = {
    "short": [
        (0.41, -0.24), (0.34, -0.44), (0.1, -0.56), (-0.22, -0.5), (-0.45, -0.25), (-0.47, 0.06),
        (-0.34, 0.3), (-0.2, 0.3), (-0.14, 0.02), (-0.02, -0.12), (0.1, -0.14), (0.2, -0.26),
    ],
    "bob": [
        (0.42, -0.22), (0.32, -0.46), (0.04, -0.58), (-0.3, -0.48), (-0.5, -0.15), (-0.5, 0.25),
        (-0.4, 0.44), (-0.08, 0.4), (0.06, 0.26), (0.06, -0.04), (0.2, -0.22),
    ],
    "long": [
        (0.42, -0.22), (0.32, -0.46), (0.04, -0.58), (-0.3, -0.48), (-0.5, -0.15), (-0.54, 0.4),
        (-0.5, 0.8), (-0.2, 0.78), (0.0, 0.4), (0.06, -0.04), (0.2, -0.22),
    ],
}  # fmt: skip
_SIDE_HAIR["bun"] = _SIDE_HAIR["tail"] = _SIDE_HAIR["short"]
_FRONT_HAIR: dict[str, list[Point]] = {
    "short": [
        (-0.42, 0.02), (-0.43, -0.28), (-0.26, -0.52), (0.05, -0.58), (0.3, -0.5), (0.43, -0.26),
        (0.42, 0.02), (0.34, -0.14), (0.2, -0.26), (-0.08, -0.22), (-0.3, -0.2),
    ],
    "bob": [
        (-0.36, 0.42), (-0.5, 0.3), (-0.48, -0.2), (-0.28, -0.52), (0.02, -0.59), (0.3, -0.52),
        (0.48, -0.2), (0.5, 0.3), (0.36, 0.42), (0.33, 0.0), (0.12, -0.24), (-0.1, -0.2),
        (-0.33, 0.0),
    ],
}  # fmt: skip
_FRONT_HAIR["long"] = _FRONT_HAIR["bob"]
_FRONT_HAIR["bun"] = _FRONT_HAIR["tail"] = _FRONT_HAIR["short"]


def head(
    centre: Point, size: float, wearer: Wearer, *, facing: str, turned: float = 0
) -> list[Patch]:
    """Cut a head.

    Args:
        centre: its middle, in picture units.
        size: from chin to crown, in units.
        wearer: whose it is.
        facing: right, left, front or back.
        turned: how far it nods, in degrees clockwise.
    """
    cutter = Cutter(centre, size, flip=facing == "left", turned=turned, depth=0.07)
    skin, hair = wearer.skin, wearer.hair_colour
    if facing == "back":
        return _back(cutter, wearer)
    if facing == "front":
        patches = [
            cutter.round((-0.39, 0.03), 0.06, 0.1, mix(skin, INK, 0.12)),
            cutter.round((0.39, 0.03), 0.06, 0.1, mix(skin, INK, 0.12)),
            cutter.shape(_FACE, skin, depth=0.16),
        ]
        if wearer.hair == "bald":
            patches += [
                cutter.shape([(s * 0.4, 0.06), (s * 0.43, -0.16), (s * 0.36, -0.12)], hair)
                for s in (-1, 1)
            ]
        elif wearer.hat not in ("hard", "fire", "rider") or wearer.hair == "bob":
            patches.append(cutter.shape(_FRONT_HAIR[wearer.hair], hair))
        if wearer.hair == "bun":
            patches.insert(0, cutter.round((0, -0.6), 0.17, 0.15, hair))
        return patches + _front_hat(cutter, wearer)
    patches = [cutter.shape(_PROFILE, skin, depth=0.1)]
    if wearer.hair == "bald":
        rim = [
            (-0.12, 0.02),
            (-0.14, -0.12),
            (-0.43, -0.12),
            (-0.47, 0.08),
            (-0.34, 0.3),
            (-0.2, 0.3),
        ]
        patches.append(cutter.shape(rim, hair))
    else:
        patches.append(cutter.shape(_SIDE_HAIR[wearer.hair], hair))
    patches.append(cutter.round((-0.06, 0.06), 0.065, 0.11, mix(skin, INK, 0.16)))
    if wearer.hair == "bun":
        patches.append(cutter.round((-0.52, -0.05), 0.17, 0.16, hair))
    if wearer.hair == "tail":
        tail = [
            (-0.42, -0.2),
            (-0.66, -0.12),
            (-0.72, 0.3),
            (-0.6, 0.6),
            (-0.55, 0.2),
            (-0.42, 0.04),
        ]
        patches.append(cutter.shape(tail, hair))
    return patches + _side_hat(cutter, wearer)


def _back(cutter: Cutter, wearer: Wearer) -> list[Patch]:
    skin, hair = wearer.skin, wearer.hair_colour
    patches = [
        cutter.round((-0.39, 0.03), 0.06, 0.1, mix(skin, INK, 0.12)),
        cutter.round((0.39, 0.03), 0.06, 0.1, mix(skin, INK, 0.12)),
        cutter.shape(_FACE, skin, depth=0.12),
    ]
    if wearer.hair == "bald":
        rim = [(-0.4, -0.1), (0.4, -0.1), (0.38, 0.16), (0.22, 0.32), (-0.22, 0.32), (-0.38, 0.16)]
        patches.append(cutter.shape(rim, hair))
    else:
        low = {"bob": 0.42, "long": 0.75}.get(wearer.hair, 0.28)
        cap = [
            (0, -0.57), (0.3, -0.46), (0.44, -0.1), (0.42, low - 0.12), (0.26, low),
            (-0.26, low), (-0.42, low - 0.12), (-0.44, -0.1), (-0.3, -0.46),
        ]  # fmt: skip
        patches.append(cutter.shape(cap, hair))
    if wearer.hair == "bun":
        patches.append(cutter.round((0, -0.14), 0.19, 0.17, mix(hair, PAPER, 0.12)))
    if wearer.hair == "tail":
        tail = [(-0.1, -0.2), (0.1, -0.2), (0.14, 0.3), (0.0, 0.72), (-0.14, 0.3)]
        patches.append(cutter.shape(tail, mix(hair, PAPER, 0.1)))
    return patches + _front_hat(cutter, wearer, back=True)


def _side_hat(cutter: Cutter, wearer: Wearer) -> list[Patch]:
    colour, dark = wearer.hat_colour, mix(wearer.hat_colour, INK, 0.35)
    if wearer.hat == "straw":
        crown = [(0.34, -0.3), (0.26, -0.62), (-0.1, -0.7), (-0.4, -0.56), (-0.44, -0.26)]
        brim = [
            (0.95, -0.12),
            (0.36, -0.34),
            (-0.42, -0.32),
            (-0.95, 0.02),
            (-0.4, -0.14),
            (0.34, -0.18),
        ]
        return [cutter.shape(crown, colour), cutter.shape(brim, dark)]
    if wearer.hat == "cap":
        crown = [(0.44, -0.22), (0.34, -0.5), (0.0, -0.64), (-0.34, -0.5), (-0.47, -0.18)]
        peak = [(0.36, -0.3), (0.8, -0.2), (0.82, -0.13), (0.4, -0.16)]
        return [cutter.shape(crown, colour), cutter.shape(peak, dark)]
    if wearer.hat in ("hard", "fire"):
        crown = [(0.48, -0.2), (0.38, -0.54), (0.02, -0.7), (-0.36, -0.56), (-0.52, -0.16)]
        brim = [(0.72, -0.14), (0.5, -0.28), (-0.5, -0.22), (-0.6, -0.08)]
        patches = [cutter.shape(crown, colour, depth=0.14), cutter.flat(brim, dark)]
        if wearer.hat == "fire":
            neck = [(-0.56, -0.14), (-0.2, -0.12), (-0.3, 0.34), (-0.62, 0.3)]
            patches.insert(0, cutter.flat(neck, dark))
        return patches
    if wearer.hat == "rider":
        shell = [
            (0.46, -0.2), (0.4, -0.52), (0.06, -0.7), (-0.34, -0.6), (-0.58, -0.2), (-0.52, 0.2),
            (-0.3, 0.36), (-0.06, 0.3), (0.02, 0.0), (0.2, -0.16),
        ]  # fmt: skip
        peak = [(0.3, -0.3), (0.66, -0.22), (0.64, -0.12), (0.3, -0.16)]
        return [cutter.shape(shell, colour, depth=0.14), cutter.flat(peak, dark)]
    return []


def _front_hat(cutter: Cutter, wearer: Wearer, *, back: bool = False) -> list[Patch]:
    colour, dark = wearer.hat_colour, mix(wearer.hat_colour, INK, 0.35)
    if not wearer.hat:
        return []
    crown = [(-0.46, -0.18), (-0.4, -0.5), (0, -0.7), (0.4, -0.5), (0.46, -0.18)]
    if wearer.hat == "straw":
        brim = geometry.ellipse(0, -0.22, 0.92, 0.17)
        return [cutter.flat(brim, dark), cutter.shape([*crown, (0.3, -0.2), (-0.3, -0.2)], colour)]
    if wearer.hat == "rider":
        low = 0.32 if back else 0.12
        shell = [
            (-0.5, low), (-0.54, -0.2), (-0.4, -0.56), (0, -0.72), (0.4, -0.56), (0.54, -0.2),
            (0.5, low), *([] if back else [(0.4, -0.1), (0.2, -0.22), (-0.2, -0.22), (-0.4, -0.1)]),
        ]  # fmt: skip
        return [cutter.shape(shell, colour, depth=0.14)]
    band = [(-0.5, -0.28), (0.5, -0.28), (0.54, -0.12), (-0.54, -0.12)]
    patches = [cutter.shape(crown, colour, depth=0.14)]
    if not back or wearer.hat != "cap":
        patches.append(cutter.flat(band, dark))
    if back and wearer.hat == "fire":
        flap = [(-0.42, -0.14), (0.42, -0.14), (0.46, 0.34), (-0.46, 0.34)]
        patches.insert(0, cutter.flat(flap, dark))
    return patches
