"""Text poured into columns: lines of type on the page's grid, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line of type, or what cannot be divided.

    Attributes:
        passage: its place among the story's passages.
        number: its place among the passage's lines.
        characters: how many characters of the story it holds, blanks left out.
        rows: how many lines of the grid it takes.
        is_head: a subhead: it has air above it, and never ends a column.

    """

    passage: int
    number: int
    characters: int
    rows: int = 1
    is_head: bool = False


@dataclass(frozen=True)
class Set:
    """A line in its column; `row` counts from the column's first."""

    line: Line
    row: int


@dataclass(frozen=True)
class Poured:
    """Columns filled, and the lines that no column holds."""

    columns: list[list[Set]]
    rest: Sequence[Line]


def pour(lines: Sequence[Line], depths: Sequence[int]) -> Poured:
    """Fill columns from the first to the last.

    Args:
        lines: in their order.
        depths: how many rows each column has.

    """
    columns: list[list[Set]] = []
    place = 0
    for depth in depths:
        column: list[Set] = []
        row = 0
        while place < len(lines):
            line = lines[place]
            rows = line.rows + 1 if line.is_head and column else line.rows
            # A subhead takes a line of its text along.
            needed = rows + (1 if line.is_head and place + 1 < len(lines) else 0)
            if row + needed > depth:
                break
            column.append(Set(line, row + rows - line.rows))
            row += rows
            place += 1
        columns.append(column)
    return Poured(columns, lines[place:])


def level(lines: Sequence[Line], depths: Sequence[int]) -> list[int]:
    """Return depths at which the columns end level: the last ones give up the rows left over.

    Each is at most one row shorter, or where there is more to spare, all of them are.
    """
    best = list(depths)
    while True:
        for place in reversed(range(len(best))):
            trial = [*best]
            trial[place] -= 1
            if trial[place] < 1 or pour(lines, trial).rest:
                return best
            best = trial
