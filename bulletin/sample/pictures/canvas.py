"""The sheet a picture is printed on: flat fills, cut marks, cast shadows and the press's grain."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

from bulletin.sample.pictures import geometry
from bulletin.sample.pictures.geometry import Outline, Point
from bulletin.sample.pictures.palette import PAPER, Colour

ACROSS, DOWN = 1500, 1000
# Drawn this many times larger and reduced, for clean edges.
OVERSIZE = 2
# A picture is saved at the first of these qualities that keeps it under so many bytes.
QUALITIES = range(82, 50, -4)
LARGEST = 156_000
# How far the press's grain moves a tone, as a share of all 256.
GRAIN = 0.03


class Patch(NamedTuple):
    """One flat area; with a `shade`, its side away from the light is `depth` units of that.

    `more` are further outlines of the same area (a limb's lower half), shaded as one with it.
    """

    points: Outline
    colour: Colour
    shade: Colour | None = None
    depth: float = 0
    more: tuple[Outline, ...] = ()

    @property
    def outlines(self) -> list[Outline]:
        """All its outlines."""
        return [self.points, *self.more]


class Canvas:
    """A sheet of 1500 by 1000 units, printed at any width."""

    def __init__(self, width: int, seed: str, *, light: Point = (-0.8, -0.6)) -> None:
        """Lay a sheet of paper.

        Args:
            width: the finished picture's width in pixels; it is two thirds as high.
            seed: what the marks and the grain are drawn from; the same seed, the same sheet.
            light: the direction (a unit vector) the light comes from.
        """
        self.width, self.height = width, round(width * DOWN / ACROSS)
        self.rng = Random(seed)  # noqa: S311 - for texture, not for secrets
        self.light = light
        self._scale = OVERSIZE * width / ACROSS
        self._image = Image.new("RGB", (OVERSIZE * self.width, OVERSIZE * self.height), PAPER)
        self._pen = ImageDraw.Draw(self._image)
        # While drawing `within` an outline, the sheet is the piece around it, from this corner.
        self._corner = (0, 0)

    def _pixels(self, points: Iterable[Point]) -> list[Point]:
        left, top = self._corner
        return [(x * self._scale - left, y * self._scale - top) for x, y in points]

    def fill(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill an outline."""
        self._pen.polygon(self._pixels(points), fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Fill an upright rectangle."""
        self.fill(geometry.rect(left, top, right, bottom), colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """Draw a line of even width, its corners rounded."""
        thick = max(1, round(width * self._scale))
        self._pen.line(self._pixels(points), fill=colour, width=thick, joint="curve")

    def stroke(self, points: Sequence[Point], colour: Colour, *widths: float) -> None:
        """Draw a brush stroke whose width runs through `widths`."""
        self.fill(geometry.ribbon(points, *widths), colour)

    @contextmanager
    def within(self, *outlines: Sequence[Point]) -> Iterator[None]:
        """Keep what is drawn meanwhile inside the outlines."""
        shapes = [self._pixels(points) for points in outlines]
        edges = geometry.bounds([point for shape in shapes for point in shape])
        left, top, right, bottom = (round(edge) for edge in edges)
        piece = (left - 1, top - 1, right + 2, bottom + 2)
        sheet, corner = self._image, self._corner
        self._image = sheet.crop(piece)
        self._pen = ImageDraw.Draw(self._image)
        self._corner = (corner[0] + piece[0], corner[1] + piece[1])
        yield
        mask = Image.new("L", self._image.size, 0)
        for shape in shapes:
            ImageDraw.Draw(mask).polygon(geometry.shift(shape, -piece[0], -piece[1]), fill=255)
        sheet.paste(self._image, piece[:2], mask)
        self._image, self._corner = sheet, corner
        self._pen = ImageDraw.Draw(sheet)

    def put(self, patch: Patch) -> None:
        """Fill a patch, its shaded side included."""
        if patch.shade is None:
            for points in patch.outlines:
                self.fill(points, patch.colour)
            return
        dx, dy = self.light[0] * patch.depth, self.light[1] * patch.depth
        with self.within(*patch.outlines):
            for points in patch.outlines:
                self.fill(points, patch.shade)
            for points in patch.outlines:
                self.fill(geometry.shift(points, dx, dy), patch.colour)

    def place(
        self, patches: Sequence[Patch], *, halo: Colour | None = None, margin: float = 4
    ) -> None:
        """Fill patches in order, over a `halo` cut `margin` units around them all."""
        if halo is not None:
            rim = geometry.ellipse(0, 0, margin, margin)[::3]
            for patch in patches:
                for points in patch.outlines:
                    for dx, dy in rim:
                        self.fill(geometry.shift(points, dx, dy), halo)
        for patch in patches:
            self.put(patch)

    def cast(
        self,
        patches: Iterable[Patch],
        ground: float,
        colour: Colour,
        *,
        slant: float = 0.55,
        squash: float = 0.16,
    ) -> None:
        """Lay the flat shadow of patches standing on the line y = `ground`.

        Args:
            patches: what casts it.
            ground: the y its feet stand on.
            colour: the ground's colour in shadow.
            slant: units sideways for each unit of height.
            squash: units down the picture for each unit of height.
        """
        for outline in (points for patch in patches for points in patch.outlines):
            shadow = [
                (x + slant * (ground - y), ground + squash * (ground - y)) for x, y in outline
            ]
            self.fill(shadow, colour)

    def hatch(
        self, points: Sequence[Point], colour: Colour, *, spacing: float, angle: float, width: float
    ) -> None:
        """Cut parallel tapering lines into an outline."""
        for start, end in geometry.hatch(points, spacing, angle):
            middle = geometry.between(start, end, self.rng.uniform(0.3, 0.7))
            thick = width * self.rng.uniform(0.6, 1.2)
            self.stroke([start, middle, end], colour, thick * 0.3, thick, thick * 0.3)

    def gouge(
        self,
        points: Sequence[Point],
        colour: Colour,
        *,
        count: int,
        length: float,
        width: float,
        angle: float = 0,
        spread: float = 8,
    ) -> None:
        """Scatter short tapering cuts over an outline, as a lino cutter clears a plane."""
        for x, y in geometry.scatter(points, count, self.rng):
            long = length * self.rng.uniform(0.4, 1)
            thick = width * self.rng.uniform(0.5, 1)
            cut = [(x - long / 2, y), (x, y + self.rng.uniform(-1, 1) * thick), (x + long / 2, y)]
            cut = geometry.turn(cut, angle + self.rng.uniform(-spread, spread), about=(x, y))
            self.stroke(cut, colour, 0.4, thick, 0.4)

    def jpeg(self) -> bytes:
        """Return the printed sheet: reduced, grained, worn a little where ink is thick."""
        size = (self.width, self.height)
        sheet = self._image.resize(size, Image.Resampling.LANCZOS)
        half = (self.width // 2 + 1, self.height // 2 + 1)
        fine = Image.frombytes("L", half, self.rng.randbytes(half[0] * half[1]))
        grain = fine.point([round(128 + (value - 128) * GRAIN) for value in range(256)])
        grain = grain.resize(size, Image.Resampling.BICUBIC).convert("RGB")
        sheet = ImageChops.add(sheet, grain, 1, -128)
        worn = Image.frombytes("L", size, self.rng.randbytes(size[0] * size[1]))
        specks = worn.point([80 if value > 254 else 0 for value in range(256)])
        sheet.paste(PAPER, (0, 0, *size), specks)
        return _saved(sheet)


def _saved(sheet: Image.Image) -> bytes:
    saved = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        sheet.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        saved = file.getvalue()
        if len(saved) <= LARGEST:
            break
    return saved
