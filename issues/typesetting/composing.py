"""A page put together: every line, picture and rule at its place on the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from issues.models import Role

from .arranging import Arrangement, Band, Place
from .blocks import CAPTION, CAPTION_PITCH, Matter, Shown, Standing, StoryBlock, caption_height
from .box import LABEL_ROWS, Box
from .compiler import Crop
from .flowing import Set
from .heads import Words
from .measuring import inset, runs_as_data
from .sheets import Sheet
from .stories import turn_line
from .things import RED, Thing, display, rect, rule

HAIRLINE = 0.3
LEVELS = {Role.LEAD: 1, Role.FEATURE: 2, Role.PHOTO: 2, Role.BRIEF: 3}


@dataclass(frozen=True)
class Rectangle:
    """A rectangle on the sheet, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Composition:
    """What is drawn, in the order it is read, and where the stories are."""

    sheet: Sheet
    top: float
    things: list[Thing] = field(default_factory=list)
    crops: list[Crop] = field(default_factory=list)
    rectangles: dict[int, Rectangle] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)

    def y(self, row: float) -> float:
        """Return where a row of the grid begins, counted from the first under the page's head."""
        return round(self.top + row * self.sheet.pitch, 2)

    def _between(self, row: float) -> float:
        """Return the middle of the white above a row: there a rule stands."""
        return round(self.y(row - 0.5) - (self.sheet.pitch - self.sheet.body) / 2, 2)

    def place(self, arrangement: Arrangement) -> None:
        """Put the blocks of a page at their places, and rules between them."""
        for place in arrangement.places:
            if isinstance(place.block, Box):
                self._box(place.block, place)
            elif isinstance(place.block, StoryBlock):
                self._story(place.block, place)
        self._rules(arrangement.stacks, 0, 0, arrangement.places)

    def _box(self, box: Box, place: Place) -> None:
        sheet = self.sheet
        left = sheet.left + place.column * sheet.cell
        top, bottom = self._between(place.row), self._between(place.row + place.rows + 1)
        self.things.append(rect(left, top, place.columns * sheet.cell, bottom - top, weight=0.8))
        width = round((len(box.name) + 1.6) * 15, 2)
        self.things += [
            rect(left, top, width, 21, fill=RED),
            display([box.name], (left, top + 3.4, width), 14, "sans", "center", white=True),
            rule(left, top + 21, place.columns * sheet.cell, 0.8),
        ]
        inside = box.inside(place.columns, place.rows)
        for one in inside.places:
            moved = Place(
                one.block,
                place.column + one.column,
                place.row + LABEL_ROWS + one.row,
                one.columns,
                one.rows,
            )
            if isinstance(one.block, StoryBlock):
                self._story(one.block, moved)
        self._rules(
            inside.stacks, place.column, place.row + LABEL_ROWS, inside.places, place.columns
        )

    def _story(self, block: StoryBlock, place: Place) -> None:
        sheet = self.sheet
        story = block.story
        standing = block.stand(place.columns, place.rows)
        self.standings[story.key] = standing
        self.rectangles[story.key] = Rectangle(
            sheet.left + place.column * sheet.cell,
            self.y(place.row) - 0.5 * sheet.pitch,
            sheet.left + (place.column + place.columns) * sheet.cell,
            self.y(place.row + place.rows),
        )
        spare = (standing.head_rows * sheet.pitch - standing.head.height) * 0.42
        top = self.y(place.row) + max(0, spare - 2)
        self._head(standing, place, top, LEVELS[Role(story.role)])
        if standing.shown:
            self._picture(standing.shown, place, standing.head_rows)
        for number, column in enumerate(standing.columns):
            self._column(
                block.matter,
                column,
                place.column + number,
                place.row + standing.tops[number],
            )
        if standing.turn_row is not None:
            self.things.append(
                {
                    "t": "passage",
                    "kind": "turn",
                    "x": round(sheet.text_left(place.column + place.columns - 1), 2),
                    "y": self.y(place.row + standing.turn_row),
                    "w": sheet.column,
                    "lines": [runs_as_data((turn_line(story),))],
                    "first": True,
                    "last": True,
                }
            )

    def _head(self, standing: Standing, place: Place, top: float, level: int) -> None:
        left, width = self.sheet.text_left(place.column), self.sheet.across(place.columns)
        for _part, group in groupby(standing.head.words, key=lambda words: words.part):
            lines: list[Words] = list(group)
            first = lines[0]
            self.things.append(
                display(
                    [line.text for line in lines],
                    (left, top + first.top, width),
                    first.size,
                    first.face,
                    "center",
                    level=level if first.part == "headline" else 0,
                )
            )

    def _picture(self, shown: Shown, place: Place, head_rows: int) -> None:
        sheet = self.sheet
        left = sheet.text_left(place.column + shown.column)
        width = sheet.across(shown.columns)
        below = caption_height(shown.picture, width)
        top = self.y(place.row + head_rows)
        height = shown.rows * sheet.pitch - below - (sheet.pitch - sheet.body) - 2
        self._photo(shown.picture, left, top, width, height)

    def _photo(self, picture: Any, left: float, top: float, width: float, height: float) -> None:
        target = f"picture-{len(self.crops)}.jpg"
        focus = (picture.focus_x, picture.focus_y)
        size = round(width, 2), round(height, 2)
        self.crops.append(Crop(picture.file, target, *size, focus))
        self.things.append(
            {
                "t": "picture",
                "x": left,
                "y": round(top, 2),
                "w": size[0],
                "h": size[1],
                "file": target,
                "alt": picture.alt,
            }
        )
        if picture.line:
            self.things.append(
                {
                    "t": "caption",
                    "x": left,
                    "y": round(top + height + 4, 2),
                    "w": size[0],
                    "size": CAPTION,
                    "pitch": CAPTION_PITCH,
                    "words": picture.line,
                }
            )

    def _column(self, matter: Matter, column: list[Set], number: int, row: int) -> None:
        """Put the lines of a column: those of one passage that follow one another as one thing."""
        sheet = self.sheet
        for key, group in groupby(_numbered(column), key=lambda pair: pair[0]):
            lines = [one for _key, one in group]
            first = lines[0]
            passage = matter.story.passages[key[0]]
            words = matter.words[key[0]]
            left = sheet.text_left(number) + inset(passage, sheet)
            width = sheet.column - inset(passage, sheet)
            top = self.y(row + first.row)
            if passage.picture is not None:
                height = first.line.rows * sheet.pitch - caption_height(passage.picture, width) - 6
                self._photo(passage.picture, left, top, width, height)
                continue
            if passage.kind == "table":
                cells = [[runs_as_data(cell) for cell in line] for line in passage.cells]
                self.things.append(
                    {
                        "t": "table",
                        "x": left,
                        "y": top,
                        "w": width,
                        "cells": cells,
                        "head": passage.has_head,
                    }
                )
                continue
            whole = (len(lines) == 1 and first.line.rows > 1) or passage.kind in WHOLE
            kept = words if whole else words[first.line.number : lines[-1].line.number + 1]
            if passage.kind == "item" and first.line.number == 0:
                self.things.append(
                    display(["•"], (left - sheet.body, top, sheet.body), sheet.body, "light")
                )
            if passage.kind == "quote":
                self.things.append(
                    rule(left - 0.6 * sheet.body, top, len(lines) * sheet.pitch - 4, 0.8, down=True)
                )
            self.things.append(
                {
                    "t": "passage",
                    "kind": passage.kind,
                    "x": round(left, 2),
                    "y": top,
                    "w": round(width, 2),
                    "lines": [runs_as_data(line) for line in kept],
                    "first": first.line.number == 0 and not passage.is_rest,
                    "last": whole or lines[-1].line.number == len(words) - 1,
                }
            )

    def _rules(
        self,
        stacks: Sequence[Band],
        column: int,
        row: int,
        places: Sequence[Place],
        columns: int | None = None,
    ) -> None:
        """Draw hairlines between bands, between stacks, and between the blocks of a stack."""
        sheet = self.sheet
        whole = columns or sheet.columns
        for band in stacks:
            left = sheet.left + (column + band.column) * sheet.cell
            if band.column:
                self.things.append(
                    rule(
                        left,
                        self.y(row + band.row),
                        band.rows * sheet.pitch - (sheet.pitch - sheet.body),
                        HAIRLINE,
                        down=True,
                        grey=60,
                    )
                )
            if band.row and not band.column:
                at = self._between(row + band.row)
                self.things.append(rule(left, at, whole * sheet.cell, HAIRLINE))
            for place in places:
                inside = band.row < place.row < band.row + band.rows
                if inside and band.column <= place.column < band.column + band.columns:
                    at = self._between(row + place.row)
                    self.things.append(rule(left, at, band.columns * sheet.cell, HAIRLINE))


WHOLE = ("subhead", "credit", "turn")


def _numbered(column: Sequence[Set]) -> Iterator[tuple[tuple[int, int], Set]]:
    """Yield lines with a key that those share which follow one another without a gap."""
    run, before = 0, None
    for one in column:
        if before is None or one.row != before.row + before.line.rows:
            run += 1
        before = one
        yield (one.line.passage, run), one
