"""Stretches of the page's text that remember which lines they come from.

The parser never copies text about: it cuts the page into runs and says what each run is. So every
character can be followed from the page into a story, and none can be lost or doubled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Part:
    """A piece of one line: its 1-based line number, its place in the cleaned line, its text."""

    line: int
    column: int
    text: str


def _glue(left: str, right: str) -> str:
    """Return what belongs between two lines: a space between two words in Latin letters."""
    is_latin = left[-1:].isascii() and left[-1:].isalpha()
    return " " if is_latin and right[:1].isascii() and right[:1].isalpha() else ""


@dataclass(frozen=True)
class Run:
    """One or more parts read as one text."""

    parts: tuple[Part, ...]

    @cached_property
    def _laid_out(self) -> tuple[str, tuple[int, ...]]:
        """The text, and where each part begins in it."""
        texts: list[str] = []
        starts: list[int] = []
        length = 0
        for part in self.parts:
            glue = _glue(texts[-1], part.text) if texts else ""
            if glue:
                texts.append(glue)
            starts.append(length + len(glue))
            length += len(glue) + len(part.text)
            texts.append(part.text)
        return "".join(texts), tuple(starts)

    @property
    def text(self) -> str:
        """The run as one text, line breaks gone."""
        return self._laid_out[0]

    @property
    def first_line(self) -> int:
        """The line the run begins in."""
        return self.parts[0].line

    @property
    def last_line(self) -> int:
        """The line the run ends in."""
        return self.parts[-1].line

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines the run takes its text from, in order, each once."""
        return tuple(dict.fromkeys(part.line for part in self.parts))

    def cut(self, start: int, end: int | None = None) -> Run | None:
        """Return a part of the run without white space at its ends; None where nothing is left.

        Args:
            start: where to begin, counted in `text`.
            end: where to end; the run's end if None.

        """
        text, starts = self._laid_out
        end = len(text) if end is None else end
        kept = []
        for part, at in zip(self.parts, starts, strict=True):
            low, high = max(start - at, 0), min(end - at, len(part.text))
            if low >= high:
                continue
            piece = part.text[low:high]
            if piece.strip():
                kept.append(Part(part.line, part.column + low, piece))
        if not kept:
            return None
        first, last = kept[0], kept[-1]
        indent = len(first.text) - len(first.text.lstrip())
        kept[0] = Part(first.line, first.column + indent, first.text.lstrip())
        last = kept[-1]
        kept[-1] = Part(last.line, last.column, last.text.rstrip())
        return Run(tuple(kept))

    def __add__(self, other: Run) -> Run:
        return Run(self.parts + other.parts)
