"""Shapes drawn over a page's picture: their corners, read, checked and written.

A corner is a pair of whole numbers, permille of the picture's width from its left edge and of its
height from its top. People read and write them as per cent with one decimal: "12.5,3 40,3 40,20".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Point = tuple[int, int]
WHOLE = 1000
FEWEST, MOST = 3, 60
# Permille: what is thinner nobody can click.
THINNEST = 5
NUMBER = r"(\d{1,3}(?:\.\d{1,4})?)"
CORNER = re.compile(rf"{NUMBER}\s*%?\s*[,、]\s*{NUMBER}\s*%?")
BETWEEN = re.compile(r"[\s;|]*")


def rectangle(left: int, top: int, right: int, bottom: int) -> list[Point]:
    """Return a rectangle's corners, clockwise from its upper left, all in permille."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def box_of(points: Sequence[Point]) -> tuple[int, int, int, int]:
    """Return the left, top, right and bottom of the smallest upright box around a shape."""
    across, down = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(down), max(across), max(down)


def is_rectangle(points: Sequence[Point]) -> bool:
    """Whether a shape is an upright rectangle."""
    return len(points) == 4 and set(points) == set(rectangle(*box_of(points)))


def check(points: Sequence[Point]) -> None:
    """Make sure that a shape can be drawn, seen and clicked.

    Raises:
        ValidationError: codes "count", "outside", "thin" and "crossing".

    """
    if not FEWEST <= len(points) <= MOST:
        raise ValidationError(
            _("An outline has %(few)d to %(most)d corners; this one has %(count)d."),
            code="count",
            params={"few": FEWEST, "most": MOST, "count": len(points)},
        )
    if any(not 0 <= value <= WHOLE for point in points for value in point):
        raise ValidationError(_("The area reaches beyond the page."), code="outside")
    left, top, right, bottom = box_of(points)
    if right - left < THINNEST or bottom - top < THINNEST or not _surface(points):
        raise ValidationError(_("The area is too small: nobody could click on it."), code="thin")
    if _crosses_itself(points):
        raise ValidationError(_("The outline crosses itself."), code="crossing")


def read_corners(text: str) -> list[Point]:
    """Read corners as people write them: pairs of per cent, divided by blanks or lines.

    Full-width digits and punctuation are read like the others.

    Raises:
        ValidationError: code "unreadable", with what could not be read.

    """
    plain = unicodedata.normalize("NFKC", text).strip()
    points, place = [], 0
    while place < len(plain):
        found = CORNER.match(plain, place)
        if found is None:
            raise ValidationError(
                _("“%(text)s” is no corner; write each as 12.5,30 with a blank between two."),
                code="unreadable",
                params={"text": plain[place : place + 20]},
            )
        points.append((_permille(found[1]), _permille(found[2])))
        gap = BETWEEN.match(plain, found.end())
        place = gap.end() if gap else found.end()
    return points


def write_corners(points: Sequence[Point]) -> str:
    """Write corners as `read_corners` reads them."""
    return " ".join(f"{percent(x)},{percent(y)}" for x, y in points)


def percent(permille: int) -> str:
    """Write permille as per cent: 125 becomes "12.5"."""
    return f"{permille / 10:g}"


def _permille(percent: str) -> int:
    return round(float(percent) * 10)


def _edges(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    return [*pairwise(points), (points[-1], points[0])]


def _surface(points: Sequence[Point]) -> int:
    """Return twice the surface, by the shoelace formula; nought for what lies on one line."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(points)))


def _side(a: Point, b: Point, c: Point) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _crosses_itself(points: Sequence[Point]) -> bool:
    """Whether two edges cross inside both; those that only touch do no harm."""
    edges = _edges(points)
    return any(
        _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0
        for number, (a, b) in enumerate(edges)
        for c, d in edges[number + 1 :]
    )
