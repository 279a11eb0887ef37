"""Briefs of a standing column, together in a box under its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations

from .arranging import Arrangement, Arranger
from .blocks import StoryBlock
from .sheets import Sheet

LABEL_ROWS = 2
MOST_ORDERED = 4


@dataclass(eq=False)
class Box:
    """The briefs of one standing column."""

    name: str
    briefs: tuple[StoryBlock, ...]
    sheet: Sheet
    arranger: Arranger
    narrowest: int = field(init=False)
    widest: int = field(init=False)
    _known: dict[tuple[int, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Say how many columns it may have."""
        self.narrowest, self.widest = min(2, self.sheet.columns), self.sheet.columns

    def cost(self, columns: int, rows: int) -> float:
        """Return what it costs to stand in so many columns and rows."""
        inner = rows - LABEL_ROWS
        if inner < 4:
            return float("inf")
        key = (columns, rows)
        if key not in self._known:
            self._known[key] = min(
                self.arranger.cost(order, columns, inner) for order in self._orders()
            )
        return self._known[key]

    def inside(self, columns: int, rows: int) -> Arrangement:
        """Return the briefs' places; their rows count from under the label."""
        return self.arranger.best(self._orders(), columns, rows - LABEL_ROWS)

    def _orders(self) -> list[tuple[StoryBlock, ...]]:
        if len(self.briefs) > MOST_ORDERED:
            return [self.briefs]
        return list(permutations(self.briefs))
