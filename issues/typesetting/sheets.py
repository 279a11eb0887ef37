"""The sheets of paper a page is set for, and the grid of columns and lines on each.

Measures are points (1/72 inch) and ems of the body's type. Chinese papers are printed on 对开,
about 390 by 545 mm, and 四开, half of it. The body's size is fixed for a sheet: what is short or
long is made up for with pictures, headlines and white space, never with smaller type.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper and its grid.

    Attributes:
        name: how it is called in addresses and commands.
        label: what the newsroom calls it.
        width: of the paper, in points.
        height: of the paper, in points.
        columns: how many columns the page has.
        body: the size of the body's type, in points.
        measure: how many Chinese characters a line holds.
        gap: between two columns, in points.
        pitch: from one line to the next, in points; the whole page stands on this grid.
        scale: of headlines, against those of a broadsheet.
        margin: above and below, in points.
        nameplate: the height of the first page's head, in points.
        folio: the height of the other pages' head, in points.

    """

    name: str
    label: str | Promise
    width: float
    height: float
    columns: int
    body: float
    measure: int
    gap: float
    pitch: float
    scale: float
    margin: float
    nameplate: float
    folio: float

    @property
    def column(self) -> float:
        """The width of a column's text."""
        return self.body * self.measure

    @property
    def cell(self) -> float:
        """From one column to the next."""
        return self.column + self.gap

    @property
    def frame(self) -> float:
        """The width of the type area: rules and boxes reach half a gap beyond the text."""
        return self.cell * self.columns

    @property
    def left(self) -> float:
        """Where the type area begins."""
        return (self.width - self.frame) / 2

    def head(self, *, is_first: bool) -> float:
        """Return the height of the page's head."""
        return self.nameplate if is_first else self.folio

    def rows(self, *, is_first: bool) -> int:
        """Return how many lines stand under the page's head."""
        return int((self.height - 2 * self.margin - self.head(is_first=is_first)) / self.pitch)

    def text_left(self, column: int) -> float:
        """Return where the text of a column begins, counted from 0."""
        return self.left + self.gap / 2 + column * self.cell

    def across(self, columns: int) -> float:
        """Return how wide the text of so many columns is, with the gaps between them."""
        return columns * self.cell - self.gap


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            name="broadsheet",
            label=_("broadsheet, 390 × 545 mm"),
            width=390 * POINTS_PER_MM,
            height=545 * POINTS_PER_MM,
            columns=7,
            body=10,
            measure=13,
            gap=13,
            pitch=14.5,
            scale=1,
            margin=40,
            nameplate=142,
            folio=60,
        ),
        Sheet(
            name="tabloid",
            label=_("tabloid, 270 × 390 mm"),
            width=270 * POINTS_PER_MM,
            height=390 * POINTS_PER_MM,
            columns=5,
            body=9.5,
            measure=13,
            gap=12,
            pitch=13.5,
            scale=0.74,
            margin=32,
            nameplate=112,
            folio=52,
        ),
    )
}
BROADSHEET = SHEETS["broadsheet"]
