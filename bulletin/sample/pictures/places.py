"""Buildings, ground and rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin.sample.pictures import geometry
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.geometry import Outline
from bulletin.sample.pictures.palette import INK, PAPER, WHITE, Colour, Tone, mix

Window = Callable[[Canvas, float, float, float, float], None]


def facade(
    canvas: Canvas,
    area: tuple[float, float, float, float],
    wall: Colour,
    *,
    storeys: int,
    bays: int,
    window: Window,
    gap: tuple[float, float] = (0.24, 0.34),
    ledge: Colour | None = None,
) -> None:
    """Draw a flat front with a grid of windows.

    Args:
        canvas: the sheet.
        area: its left, top, right and bottom.
        wall: its colour.
        storeys: rows of windows.
        bays: windows in a row.
        window: draws one, given the canvas and its left, top, right, bottom.
        gap: the share of a bay, across and down, that is wall.
        ledge: the colour of a line under each storey; none without.
    """
    left, top, right, bottom = area
    canvas.box(left, top, right, bottom, wall)
    wide, high = (right - left) / bays, (bottom - top) / storeys
    for storey in range(storeys):
        y = top + storey * high
        if ledge is not None:
            canvas.box(left, y + high - high * 0.05, right, y + high, ledge)
        for bay in range(bays):
            x = left + bay * wide
            window(
                canvas,
                x + wide * gap[0] / 2,
                y + high * gap[1] * 0.45,
                x + wide * (1 - gap[0] / 2),
                y + high * (1 - gap[1] * 0.55),
            )


def plain_window(
    glass: Colour, frame: Colour, *, lit: Colour | None = None, share: float = 0.3
) -> Window:
    """Return a window of two panes with a slanting reflection, a `share` of them `lit`."""

    def draw(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
        wide, high = right - left, bottom - top
        pane = glass
        if lit is not None and canvas.rng.random() < share:
            pane = lit
        canvas.box(
            left - wide * 0.06, top - high * 0.06, right + wide * 0.06, bottom + high * 0.06, frame
        )
        canvas.box(left, top, right, bottom, pane)
        bright = mix(pane, PAPER, 0.35)
        with canvas.within(geometry.rect(left, top, right, bottom)):
            if canvas.rng.random() < 0.6:
                slant = [
                    (left + wide * 0.1, bottom),
                    (left + wide * 0.55, top),
                    (left + wide * 0.85, top),
                    (left + wide * 0.4, bottom),
                ]
                canvas.fill(slant, bright)
            elif canvas.rng.random() < 0.6:
                canvas.box(left, top, left + wide * 0.28, bottom, mix(pane, PAPER, 0.6))
        middle = (left + right) / 2
        canvas.box(middle - wide * 0.035, top, middle + wide * 0.035, bottom, frame)
        canvas.box(
            left - wide * 0.1,
            bottom + high * 0.06,
            right + wide * 0.1,
            bottom + high * 0.13,
            mix(frame, INK, 0.3),
        )

    return draw


def balcony_window(glass: Colour, frame: Colour, rail: Colour, cloths: Sequence[Colour]) -> Window:
    """Return a balcony: glass above, a solid rail below, washing on some."""
    plain = plain_window(glass, frame)

    def draw(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
        wide, high = right - left, bottom - top
        plain(canvas, left, top, right, bottom)
        if canvas.rng.random() < 0.45:
            x = left + wide * 0.1
            canvas.box(
                left - wide * 0.05, top + high * 0.08, right + wide * 0.05, top + high * 0.11, INK
            )
            while x < right - wide * 0.2:
                long = high * canvas.rng.uniform(0.26, 0.42)
                canvas.box(
                    x,
                    top + high * 0.1,
                    x + wide * 0.17,
                    top + high * 0.1 + long,
                    canvas.rng.choice(cloths),
                )
                x += wide * canvas.rng.uniform(0.22, 0.3)
        canvas.box(
            left - wide * 0.12,
            bottom - high * 0.32,
            right + wide * 0.12,
            bottom + high * 0.12,
            rail,
        )
        canvas.box(
            left - wide * 0.12,
            bottom - high * 0.32,
            right + wide * 0.12,
            bottom - high * 0.25,
            mix(rail, WHITE, 0.4),
        )
        canvas.box(
            left - wide * 0.12,
            bottom + high * 0.06,
            right + wide * 0.12,
            bottom + high * 0.12,
            mix(rail, INK, 0.3),
        )

    return draw


def tiled_roof(
    canvas: Canvas, outline: Outline, tiles: Tone, *, rows: float = 18, lean: float = 0.0
) -> None:
    """Draw a slope of grey tiles: ridges running down it and a pale eave.

    Args:
        canvas: the sheet.
        outline: four corners: ridge left, ridge right, eave right, eave left.
        tiles: their ink.
        rows: units between ridges at the eave.
        lean: shifts the light on the ridges, in units.
    """
    a, b, c, d = outline
    canvas.fill(outline, tiles.dark)
    count = max(2, round((c[0] - d[0]) / rows))
    for i in range(count):
        share = (i + 0.5) / count
        up, down = geometry.between(a, b, share), geometry.between(d, c, share)
        canvas.stroke([up, down], tiles.mid, rows * 0.3, rows * 0.5)
        canvas.stroke(
            [(up[0] + lean - 1, up[1]), (down[0] - rows * 0.12, down[1])],
            tiles.light,
            1,
            rows * 0.14,
        )
        canvas.fill(geometry.ellipse(down[0], down[1], rows * 0.32, rows * 0.3), tiles.light)
    canvas.line([a, b], rows * 0.7, tiles.deep)


def paving(
    canvas: Canvas,
    horizon: float,
    vanish: float,
    colour: Colour,
    *,
    lines: int = 16,
    foot: float = DOWN,
) -> None:
    """Rule a floor in one-point perspective: joints towards (vanish, horizon) and across."""
    for i in range(-lines, 2 * lines):
        x = ACROSS * i / lines
        start = geometry.between((vanish, horizon), (vanish + (x - vanish) * 3, foot), 0.06)
        canvas.stroke([start, (vanish + (x - vanish) * 3, foot)], colour, 0.8, 3)
    depth = 1.0
    while depth < 14:
        y = horizon + (foot - horizon) / depth
        canvas.line([(0, y), (ACROSS, y)], max(1.0, 3 / depth), colour)
        depth *= 1.28


def brick_marks(
    canvas: Canvas, area: tuple[float, float, float, float], colour: Colour, *, count: int = 40
) -> None:
    """Scatter single bricks over a wall, enough to say what it is made of."""
    left, top, right, bottom = area
    rng = canvas.rng
    for _ in range(count):
        row = int(rng.uniform(0, (bottom - top) / 13))
        x = left + 28 * int(rng.uniform(0, (right - left - 40) / 28)) + (14 if row % 2 else 0)
        canvas.box(x, top + row * 13 + 1, x + 25, top + row * 13 + 11, colour)


def awning(
    canvas: Canvas,
    left: float,
    top: float,
    right: float,
    drop: float,
    first: Colour,
    second: Colour,
    *,
    stripes: int = 9,
    out: float = 24,
) -> None:
    """Draw a striped awning with a scalloped edge; `out` is how much wider its foot is."""
    for i in range(stripes):
        colour = second if i % 2 else first
        up = (left + (right - left) * i / stripes, left + (right - left) * (i + 1) / stripes)
        low_left, low_right = left - out, right + out
        down = (
            low_left + (low_right - low_left) * i / stripes,
            low_left + (low_right - low_left) * (i + 1) / stripes,
        )
        foot = top + drop
        canvas.fill([(up[0], top), (up[1], top), (down[1], foot), (down[0], foot)], colour)
        middle, half = (down[0] + down[1]) / 2, (down[1] - down[0]) / 2
        canvas.fill(
            geometry.arc(middle, foot - 1, half, drop * 0.32, 0, 180), mix(colour, INK, 0.16)
        )


def lamp_post(x: float, ground: float, high: float, colour: Colour = INK) -> list[Patch]:
    """Return a street lamp."""
    return [
        Patch(
            geometry.ribbon([(x, ground), (x, ground - high)], high * 0.03, high * 0.016), colour
        ),
        Patch(
            geometry.ribbon(
                geometry.smooth(
                    [
                        (x, ground - high),
                        (x + high * 0.05, ground - high * 1.06),
                        (x + high * 0.16, ground - high * 1.07),
                    ],
                    closed=False,
                ),
                high * 0.016,
            ),
            colour,
        ),
        Patch(
            geometry.rounded(
                x + high * 0.1, ground - high * 1.09, x + high * 0.24, ground - high * 1.05, 4
            ),
            colour,
        ),
    ]
