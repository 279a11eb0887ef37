"""What is drawn on a page, as the compiler's file `page.typ` takes it; measures are points."""

from __future__ import annotations

from typing import Any

Thing = dict[str, Any]
RED = "#b3121d"


def rule(
    left: float, top: float, length: float, weight: float, *, down: bool = False, grey: int = 0
) -> Thing:
    """Return a line across, or down; `grey` is 0 for black to 255 for white."""
    return {
        "t": "rule",
        "x": round(left, 2),
        "y": round(top, 2),
        "len": round(length, 2),
        "weight": weight,
        "down": down,
        "grey": grey,
    }


def rect(
    left: float, top: float, width: float, height: float, weight: float = 0, fill: str | None = None
) -> Thing:
    """Return a rectangle, outlined by a line of this weight or filled with a colour."""
    return {
        "t": "rect",
        "x": round(left, 2),
        "y": round(top, 2),
        "w": round(width, 2),
        "h": round(height, 2),
        "weight": weight,
        "fill": fill,
    }


def display(
    lines: list[str],
    box: tuple[float, float, float],
    size: float,
    face: str,
    align: str = "left",
    *,
    level: int = 0,
    **more: Any,
) -> Thing:
    """Return display words.

    Args:
        lines: the words, line by line; one that is too wide is set smaller.
        box: left, top and width.
        size: of the type.
        face: "serif" and "sans" are bold, "serif-light" and "light" are not.
        align: "left", "center" or "right".
        level: of the heading they are, 0 for none.
        more: `red` or `white` ink, `tracking` between letters.

    """
    left, top, width = box
    return {
        "t": "display",
        "lines": lines,
        "x": round(left, 2),
        "y": round(top, 2),
        "w": round(width, 2),
        "size": round(size, 2),
        "face": face,
        "align": align,
        "level": level,
        **more,
    }
