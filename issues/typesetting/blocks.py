"""Blocks of a page: a story, or the briefs of a standing column in their box.

A block is asked what it would cost to stand in so many columns and so many lines, and then stands
there. Costs are counted in lines of one column: a line left white costs about one, a line of text
that has no room four.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from issues.models import Role

from .flowing import Line, Poured, Set, level, pour
from .heads import Head, ems, head_of
from .sheets import Sheet
from .stories import Picture, Runs, Story

# What a headline larger or smaller than meant costs, by column.
LARGENESS = {1.0: 0.0, 1.15: 0.5, 0.87: 1.2, 0.75: 2.6}
# What text without room costs: at all, by the line, and for the share of the story it is, squared.
HOPELESS, OVERSET, BEHEADED = 25.0, 4.0, 150.0
# What it costs to turn a story whose editor has said to which page, and the most of it to turn.
TURNED, MOST_TURNED = 12.0, 0.75
# A picture narrower than meant, by the column that is missing.
NARROWER = 2.5
CAPTION, CAPTION_PITCH = 8.0, 10.5
# Points between a picture's caption and the text under it, at least.
UNDER_CAPTION = 6.0
MOST_COLUMNS = {str(Role.PHOTO): 4}
# How much of a picture's height may be cropped, and how much of its width.
LOWEST, HIGHEST = 0.66, 1.22
SHOWN_ACROSS = {1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4}


@dataclass(frozen=True)
class Matter:
    """A story and the lines the compiler divides it into."""

    story: Story
    lines: tuple[Line, ...]
    # The words of each line, by passage.
    words: tuple[tuple[Runs, ...], ...] = ()

    @cached_property
    def depth(self) -> int:
        """How many rows its text takes in one endless column."""
        return sum(line.rows + line.is_head for line in self.lines)


@dataclass(frozen=True)
class Shown:
    """A picture in its block: first column, columns, rows together with its caption."""

    picture: Picture
    column: int
    columns: int
    rows: int


@dataclass(frozen=True)
class Standing:
    """A story as it stands in its block.

    Attributes:
        head: its head.
        head_rows: how many rows that takes, white space with it.
        shown: its picture.
        tops: the row at which the text of each column begins.
        columns: the lines in each.
        rest: the lines no column holds.

    """

    head: Head
    head_rows: int
    shown: Shown | None
    tops: list[int]
    columns: list[list[Set]]
    rest: Sequence[Line]
    # The row at which it says where the story goes on.
    turn_row: int | None = None

    @property
    def overset(self) -> int:
        """How many characters have no room."""
        return sum(line.characters for line in self.rest)


@dataclass(frozen=True)
class Way:
    """A way for a story to stand: what it costs, its head, the columns and rows of its picture."""

    price: float
    head: Head
    head_rows: int
    across: int
    depth: int

    def tops(self, columns: int) -> list[int]:
        """Return at which row the text of each column begins: the picture stands at the right."""
        below = self.head_rows + self.depth
        return [self.head_rows] * (columns - self.across) + [below] * self.across


@dataclass(eq=False)
class StoryBlock:
    """A story that stands by itself."""

    matter: Matter
    sheet: Sheet
    # Rows its text lacked when it stood as was reckoned.
    lacking: int = 0
    narrowest: int = field(init=False)
    widest: int = field(init=False)
    _costs: dict[tuple[int, int], float] = field(default_factory=dict)

    @property
    def story(self) -> Story:
        """The story."""
        return self.matter.story

    def __post_init__(self) -> None:
        """Say how many columns it may have."""
        whole, role = self.sheet.columns, self.story.role
        self.widest = min(MOST_COLUMNS.get(role, whole), whole)
        if role == Role.LEAD:
            self.narrowest = math.ceil(whole * 0.6)
        elif self.story.turned_from or role == Role.BRIEF:
            self.narrowest = 1
        else:
            self.narrowest = min(2, whole)

    def cost(self, columns: int, rows: int) -> float:
        """Return what it costs to stand in so many columns and rows."""
        key = (columns, rows)
        if key not in self._costs:
            best = min((way.price for way in self._ways(columns, rows)), default=math.inf)
            self._costs[key] = best + self._shape(columns, rows)
        return self._costs[key]

    def stand(self, columns: int, rows: int) -> Standing:
        """Set the story in so many columns and rows, as well as they let it."""
        best: tuple[int, Way, Poured, list[int]] | None = None
        for way in sorted(self._ways(columns, rows, every=True), key=lambda way: way.price):
            tops = way.tops(columns)
            poured = pour(self.matter.lines, [rows - top for top in tops])
            over = sum(line.characters for line in poured.rest)
            if best is None or over < best[0]:
                best = (over, way, poured, tops)
            if not over:
                break
        if best is None:
            return Standing(Head((), 0), 0, None, [0] * columns, [[]] * columns, self.matter.lines)
        _over, way, poured, tops = best
        head_rows, turn_row = way.head_rows, None
        if poured.rest and self.story.turns_to:
            turn_row = rows - 1
            depths = [rows - top for top in tops]
            poured = pour(self.matter.lines, [*depths[:-1], max(0, depths[-1] - 1)])
        elif not poured.rest:
            head_rows, tops, poured = self._levelled(head_rows, tops, rows)
        shown = None
        if self.story.picture:
            shown = Shown(self.story.picture, columns - way.across, way.across, way.depth)
        return Standing(way.head, head_rows, shown, tops, poured.columns, poured.rest, turn_row)

    def _levelled(
        self, head_rows: int, tops: list[int], rows: int
    ) -> tuple[int, list[int], Poured]:
        """Let the columns end level, and spread what is white: first around the headline."""
        lines = self.matter.lines
        depths = level(lines, [rows - top for top in tops])
        spare = min(rows - top - depth for top, depth in zip(tops, depths, strict=True))
        air = min(spare, 1 + head_rows // 4) if head_rows else 0
        tops = [top + air for top in tops]
        poured = pour(lines, depths)
        columns = [
            spread(column, lines, rows - top - (column[-1].row + column[-1].line.rows))
            if column
            else column
            for column, top in zip(poured.columns, tops, strict=True)
        ]
        return head_rows + air, tops, Poured(columns, poured.rest)

    def _ways(self, columns: int, rows: int, *, every: bool = False) -> Iterator[Way]:
        """Yield ways to stand; unless every one is wanted, only those that may be the best."""
        for largeness, price in LARGENESS.items():
            head = self._head(columns, largeness)
            head_rows = head.rows(self.sheet)
            left = rows - head_rows
            if left < 1:
                continue
            meant_across = self._shown_across(columns)
            for across in range(meant_across, max(0, meant_across - 2), -1) or (0,):
                low, meant, high = self._picture_rows(across)
                room = columns * left - self.matter.depth - self.lacking
                depths = set(range(low, high + 1))
                if not every and across:
                    exact = min(max(int(room / across), low), high)
                    depths = {low, meant, high, exact, max(low, exact - 1)}
                narrower = (meant_across - across) * NARROWER
                for depth in depths:
                    if depth <= left:
                        bent = abs(depth - meant) * across * 0.12
                        white = self._white(room - across * depth, columns)
                        whole = price * columns + narrower + bent + white
                        yield Way(whole, head, head_rows, across, depth)

    def _white(self, room: float, columns: int) -> float:
        """Return what rows that are left white, or that lack, cost."""
        if room < 0:
            share = -room / max(self.matter.depth, 1)
            if self.story.turns_to:
                return TURNED + (math.inf if share > MOST_TURNED else 10 * share)
            return HOPELESS + OVERSET * -room + BEHEADED * share * share
        if room < columns:
            return 0.3 * room
        over = room / columns - 1
        return columns * (0.3 + 0.9 * over + 0.35 * over * over)

    def _head(self, columns: int, largeness: float) -> Head:
        key = (columns, largeness)
        heads: dict[tuple[int, float], Head] = self.__dict__.setdefault("_heads", {})
        if key not in heads:
            heads[key] = head_of(self.story, columns, self.sheet, largeness)
        return heads[key]

    def _shape(self, columns: int, rows: int) -> float:
        """Return what an ungainly shape costs."""
        text = rows - self._head(columns, 1.0).rows(self.sheet)
        price = 0.0
        if text < 5:
            price += (5 - text) * columns * 1.2
        width, height = columns * self.sheet.cell, rows * self.sheet.pitch
        if height > 1.9 * width:
            price += (height / width - 1.9) * 12
        if self.story.role != Role.LEAD and width > 5 * height:
            price += (width / height - 5) * 8
        if self.story.role == Role.LEAD:
            price += (self.sheet.columns - columns) * 1.0
        if self.story.role == Role.FEATURE and columns >= self.sheet.columns:
            price += 6
        if self.story.role == Role.PHOTO and columns == 1:
            price += 10
        return price

    def _shown_across(self, columns: int) -> int:
        if self.story.picture is None:
            return 0
        return columns if self.story.role == Role.PHOTO else SHOWN_ACROSS[columns]

    def _picture_rows(self, across: int) -> tuple[int, int, int]:
        """Return the fewest, the meant and the most rows of its picture, caption and all."""
        picture = self.story.picture
        if picture is None or not across:
            return 0, 0, 0
        width = self.sheet.across(across)
        height = width * min(max(picture.height / max(picture.width, 1), 0.5), 1.1)
        below = caption_height(picture, width) + UNDER_CAPTION
        rows = [
            math.ceil((height * part + below) / self.sheet.pitch) for part in (LOWEST, 1, HIGHEST)
        ]
        return rows[0], rows[1], rows[2]


def caption_height(picture: Picture, width: float) -> float:
    """Return how high a picture's caption is, with the space between them, in points."""
    if not picture.line:
        return 0
    return 4 + math.ceil(ems(picture.line) * CAPTION * 1.02 / width) * CAPTION_PITCH


def spread(column: list[Set], lines: Sequence[Line], spare: int) -> list[Set]:
    """Spread rows a column has to spare over its subheads and, if there are many, its paragraphs.

    A single one stays at the foot, unless a subhead can have it.
    """
    if spare <= 0 or not column:
        return column
    heads = [n for n, one in enumerate(column) if one.line.is_head and n]
    starts = [n for n, one in enumerate(column) if n and not one.line.number]
    places = heads if spare == 1 else sorted({*heads, *starts})
    if column[-1].line == lines[-1] and spare < 3:
        places = []
    chosen = set(heads[:spare])
    others = [place for place in places if place not in chosen]
    wanted = min(spare - len(chosen), len(others))
    chosen |= {others[int((n + 0.5) * len(others) / wanted)] for n in range(wanted)}
    moved, by = [], 0
    for n, one in enumerate(column):
        by += n in chosen
        moved.append(Set(one.line, one.row + by))
    return moved
