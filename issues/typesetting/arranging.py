"""How a page is divided: bands from top to bottom, in each stacks of blocks side by side.

Every division in the order of the blocks is weighed: which of them share a band, how many columns
each stack has, how many lines each band and each block gets. The cheapest fills the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Protocol

# Rows of white between two blocks, with a hairline in the middle.
BETWEEN = 1
MOST_IN_STACK, MOST_IN_BAND = 3, 5
# Two headlines beside each other at one height.
TOMBSTONE = 3.0
# No block is lower than so many rows.
LOWEST = 4
SLACK = 160.0


class Block(Protocol):
    """What can be arranged."""

    # The fewest and the most columns it may have.
    narrowest: int
    widest: int

    def cost(self, columns: int, rows: int) -> float:
        """Return what it costs to stand in so many columns and rows."""


@dataclass(frozen=True)
class Place:
    """Where a block stands: its first column and row, how many columns and rows it has."""

    block: Block
    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True)
class Band:
    """The bounds of a stack in its band: where rules are drawn."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True)
class Arrangement:
    """A page, or a box, divided."""

    cost: float
    places: list[Place]
    stacks: list[Band]


Items = tuple[Block, ...]
# For each number of rows: the cost, and how it comes about.
Curve = list[tuple[float, tuple[int, ...]]]
Shapes = list[tuple[float, tuple[tuple[int, int], ...]]]
NONE: tuple[float, tuple[int, ...]] = (math.inf, ())


class Arranger:
    """Divides areas of so many rows at most; what was weighed once is kept."""

    def __init__(self, most_rows: int, slack: float = SLACK) -> None:
        """Begin with nothing weighed.

        Args:
            most_rows: of the largest area.
            slack: how much dearer than at its best a block may stand; what is dearer is not
                looked at. Where nothing is left, everything has to be (`math.inf`).

        """
        self.most = most_rows
        self.slack = slack
        self._stacks: dict[tuple[Items, int], Curve] = {}
        self._bands: dict[tuple[Items, int], Shapes] = {}
        self._areas: dict[tuple[Items, int], Curve] = {}

    def best(self, orders: Sequence[Items], columns: int, rows: int) -> Arrangement:
        """Return the cheapest division of an area, over several orders of its blocks."""
        items = min(orders, key=lambda one: self.cost(one, columns, rows))
        return self._arrangement(items, columns, rows)

    def cost(self, items: Items, columns: int, rows: int) -> float:
        """Return what blocks in this order cost in an area."""
        return self._area(items, columns)[rows][0]

    def _area(self, items: Items, columns: int) -> Curve:
        """Return the curve of blocks in bands: (cost, (how many in the first, its rows))."""
        key = (items, columns)
        if key in self._areas:
            return self._areas[key]
        curve = [NONE] * (self.most + 1)
        for count in range(1, min(MOST_IN_BAND, len(items)) + 1):
            band = self._band(items[:count], columns)
            heights = self._affordable([price for price, _shape in band])
            if count == len(items):
                for rows, price in heights:
                    if price < curve[rows][0]:
                        curve[rows] = (price, (count, rows))
                continue
            below = self._area(items[count:], columns)
            for height, price in heights:
                for rows in range(height + BETWEEN + LOWEST, self.most + 1):
                    both = price + below[rows - height - BETWEEN][0]
                    if both < curve[rows][0]:
                        curve[rows] = (both, (count, height))
        self._areas[key] = curve
        return curve

    def _affordable(self, prices: Sequence[float]) -> list[tuple[int, float]]:
        most = min(prices) + self.slack
        return [
            (rows, price)
            for rows, price in enumerate(prices)
            if rows >= LOWEST and price <= most and price < math.inf
        ]

    def _band(self, items: Items, columns: int) -> Shapes:
        """Return for each height of a band its cost and its stacks: (how many, columns) each."""
        key = (items, columns)
        if key in self._bands:
            return self._bands[key]
        best: Shapes = [(math.inf, ())] * (self.most + 1)
        for division in _divisions(items, columns):
            curves = [self._stack(stack, wide) for stack, wide in division]
            beside = TOMBSTONE * (len(division) - 1)
            shape = tuple((len(stack), wide) for stack, wide in division)
            first, others = curves[0], curves[1:]
            for rows in range(LOWEST, self.most + 1):
                whole = beside + first[rows][0]
                if whole >= best[rows][0]:
                    continue
                for curve in others:
                    whole += curve[rows][0]
                if whole < best[rows][0]:
                    best[rows] = (whole, shape)
        self._bands[key] = best
        return best

    def _stack(self, items: Items, columns: int) -> Curve:
        """Return the curve of blocks one above the other: (cost, rows of the first)."""
        key = (items, columns)
        if key in self._stacks:
            return self._stacks[key]
        first, rest = items[0], items[1:]
        own = [math.inf] * (self.most + 1)
        if first.narrowest <= columns <= first.widest:
            own = [math.inf, *(first.cost(columns, rows) for rows in range(1, self.most + 1))]
        curve: Curve = [(price, (rows,)) for rows, price in enumerate(own)]
        if rest:
            below = self._stack(rest, columns)
            curve = [NONE] * (self.most + 1)
            for height, price in self._affordable(own):
                for rows in range(height + BETWEEN + LOWEST, self.most + 1):
                    both = price + below[rows - height - BETWEEN][0]
                    if both < curve[rows][0]:
                        curve[rows] = (both, (height,))
        self._stacks[key] = curve
        return curve

    def _arrangement(self, items: Items, columns: int, rows: int) -> Arrangement:
        price = self.cost(items, columns, rows)
        places: list[Place] = []
        stacks: list[Band] = []
        row = 0
        while items and price < math.inf:
            count, height = self._area(items, columns)[rows][1]
            band, items, column = items[:count], items[count:], 0
            for many, wide in self._band(band, columns)[height][1]:
                stacks.append(Band(column, row, wide, height))
                places += self._in_stack(band[:many], column, row, wide, height)
                band, column = band[many:], column + wide
            row, rows = row + height + BETWEEN, rows - height - BETWEEN
        return Arrangement(price, places, stacks)

    def _in_stack(
        self, items: Items, column: int, row: int, columns: int, rows: int
    ) -> Iterator[Place]:
        while items:
            height = self._stack(items, columns)[rows][1][0]
            yield Place(items[0], column, row, columns, height)
            items, row, rows = items[1:], row + height + BETWEEN, rows - height - BETWEEN


def _divisions(items: Items, columns: int) -> Iterator[list[tuple[Items, int]]]:
    """Yield every division of blocks in their order into stacks of so many columns in all."""
    for stacks in range(1, min(len(items), columns) + 1):
        for cuts in combinations(range(1, len(items)), stacks - 1):
            bounds = [0, *cuts, len(items)]
            groups = [items[a:b] for a, b in pairwise(bounds)]
            if any(len(group) > MOST_IN_STACK for group in groups):
                continue
            least = [max(one.narrowest for one in group) for group in groups]
            most = [min(one.widest for one in group) for group in groups]
            for edges in combinations(range(1, columns), stacks - 1):
                sides = [0, *edges, columns]
                widths = [b - a for a, b in pairwise(sides)]
                if all(a <= wide <= b for a, wide, b in zip(least, widths, most, strict=True)):
                    yield list(zip(groups, widths, strict=True))
