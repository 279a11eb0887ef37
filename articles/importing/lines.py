"""The page as lines: layout characters gone, line numbers kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from .runs import Part, Run

_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[ \u3000]{2,}")
_TAB_CELLS = 2.0
_WIDE_SPACE = "\u3000"


def _layout_table(text: str) -> dict[int, str | None]:
    """Return how this text's characters are cleaned.

    White space becomes a space, but for the full-width one, which is text (as behind 问); what has
    no width (byte order mark, zero-width space and joiners, soft hyphen, controls) goes; full-width
    digits and Latin letters become half-width. Everything else stays as printed, straight quotes
    and half-width commas included.
    """
    table: dict[int, str | None] = {}
    for character in set(text):
        code = ord(character)
        if "０" <= character <= "９" or "Ａ" <= character <= "Ｚ" or "ａ" <= character <= "ｚ":
            table[code] = chr(code - 0xFEE0)
        elif character.isspace():
            table[code] = character if character == _WIDE_SPACE else " "
        elif unicodedata.category(character) in {"Cc", "Cf"}:
            table[code] = None
    return table


def clean(text: str) -> str:
    """Return a text as the parser keeps it: layout gone, each run of white space one space."""
    return _one_space(text.translate(_layout_table(text)))


def _one_space(text: str) -> str:
    return _SPACES.sub(lambda run: _WIDE_SPACE if _WIDE_SPACE in run[0] else " ", text).strip()


def width_of(text: str) -> float:
    """Return how wide a text is in print, in full-width cells; half-width characters are half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "FWA" else 0.5 for c in text)


@dataclass(frozen=True)
class Line:
    """A line of the page, or what is left of it.

    Attributes:
        number: 1-based, in the text as given.
        text: cleaned.
        column: where `text` begins in the cleaned line; more than 0 once its start was cut off.
        indent: white space before the text, in full-width cells.
        gap: blank lines before it; a printed rule counts for three.
        cells: pieces between wide spaces or tabs; more than one in a row of a table.
        begins_in_jump: whether 上接 was printed before it, so the text comes from elsewhere.
        ends_in_jump: whether 下转 was printed behind it, so the text goes on elsewhere.

    """

    number: int
    text: str
    column: int = 0
    indent: float = 0.0
    gap: int = 0
    cells: int = 1
    begins_in_jump: bool = False
    ends_in_jump: bool = False

    @cached_property
    def width(self) -> float:
        """The text's width in full-width cells."""
        return width_of(self.text)

    @property
    def extent(self) -> float:
        """Where the line ends, counted from the column's left edge."""
        return self.indent + self.width

    @property
    def run(self) -> Run:
        """The line as a run."""
        return Run((Part(self.number, self.column, self.text),))

    def keeping(self, start: int, end: int) -> Line:
        """Return the line cut to a part of its text."""
        text = self.text[start:end]
        column = self.column + start + len(text) - len(text.lstrip())
        return replace(self, text=text.strip(), column=column)


def read_lines(text: str) -> list[Line]:
    """Split a page into its lines that hold text.

    Args:
        text: the page as decoded, with any line ends.

    Returns:
        The lines in order, blank ones counted in the `gap` of the next.

    """
    table = _layout_table(text)
    lines = []
    gap = 0
    for number, raw in enumerate(_LINE_ENDS.split(text), start=1):
        plain = raw.translate(table)
        content = _one_space(plain)
        if not content:
            gap += 1
            continue
        lines.append(
            Line(
                number,
                content,
                indent=_indent_of(raw),
                gap=gap,
                cells=len(
                    [c for c in re.split(r"\t+|[ \u3000\xa0]{2,}", raw.strip()) if c.strip()]
                ),
            )
        )
        gap = 0
    return lines


def _indent_of(raw: str) -> float:
    """Return the white space a line begins with, in full-width cells."""
    cells = 0.0
    for character in raw:
        if character == "\t":
            cells += _TAB_CELLS
        elif character.isspace():
            cells += width_of(character) if character != "\u2003" else 1.0
        elif unicodedata.category(character) not in {"Cc", "Cf"}:
            break
    return cells
