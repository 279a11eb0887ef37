"""The inks the sample's pictures are printed in."""

from __future__ import annotations

from typing import NamedTuple

Colour = tuple[int, int, int]

PAPER: Colour = (243, 233, 214)
INK: Colour = (36, 33, 34)
RED: Colour = (181, 18, 27)
SKIN: Colour = (222, 176, 140)
TAN: Colour = (197, 143, 106)
GREY_HAIR: Colour = (176, 170, 160)
WHITE: Colour = (251, 246, 236)

SLATE: Colour = (92, 118, 138)
MOSS: Colour = (118, 131, 82)
OCHRE: Colour = (206, 160, 82)
CLAY: Colour = (186, 122, 92)
TEAL: Colour = (82, 132, 128)
STONE: Colour = (168, 158, 142)
DUSK: Colour = (44, 56, 78)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return `first` with a `share` (0 to 1) of `second` stirred in."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )


class Tone(NamedTuple):
    """One ink at the five strengths a scene needs, from a tint of the paper to nearly black."""

    pale: Colour
    light: Colour
    mid: Colour
    dark: Colour
    deep: Colour


def tone(ink: Colour, *, paper: Colour = PAPER) -> Tone:
    """Return the five strengths of an ink on a paper."""
    return Tone(
        pale=mix(ink, paper, 0.74),
        light=mix(ink, paper, 0.45),
        mid=ink,
        dark=mix(ink, INK, 0.38),
        deep=mix(ink, INK, 0.68),
    )
