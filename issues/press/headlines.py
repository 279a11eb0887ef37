"""Where on a page its stories stand: their headlines found in the text of the press's PDF.

A layout program writes each character by itself; between two of a headline there may be blanks,
line breaks, nothing. So the text is compared without blanks and punctuation, character by
character. What is found is a proposal: an editor accepts it, or draws another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeVar

from issues import shapes

from .pdf import Character

Key = TypeVar("Key")
# A line this much taller than the page's ordinary text begins something else.
DISPLAY = 1.7
# Two characters of one line are at most so many of their heights apart.
REACH = 1.2
# Permille around a proposal, so that the outline does not cut its characters.
MARGIN = 4


@dataclass(frozen=True)
class Box:
    """An upright box in permille of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Its height."""
        return self.bottom - self.top

    def shared_width(self, other: Box) -> float:
        """Return how much of their widths two boxes have in common; negative when apart."""
        return min(self.right, other.right) - max(self.left, other.left)


def propose(
    characters: Sequence[Character], headlines: Mapping[Key, str]
) -> dict[Key, list[shapes.Point]]:
    """Propose a rectangle for each headline that stands on a page.

    It holds the headline and the text whose nearest headline above it is, down to the next
    headline, or to another line set as large as one.

    Args:
        characters: the page's text.
        headlines: by whatever a story is known by; the key is given back.

    Returns:
        The rectangles of those that were found. A headline that stands on the page twice (before
        the story and in a list of contents) is taken where it is set larger.

    """
    found = {key: box for key, words in headlines.items() if (box := _place_of(words, characters))}
    lines = list(_lines(characters))
    ordinary = median(line.height for line in lines) if lines else 0.0
    text = [
        line
        for line in lines
        if line.height <= DISPLAY * ordinary
        and not any(_touch(line, head) for head in found.values())
    ]
    heads = [*found.values(), *_foreign_heads(found.values(), lines, text)]
    whose = {id(line): _head_above(line, heads) for line in text}
    return {
        key: _block(head, [line for line in text if whose[id(line)] is head], heads)
        for key, head in found.items()
    }


def _place_of(words: str, characters: Sequence[Character]) -> Box | None:
    wanted = "".join(_folded(words))
    text: list[str] = []
    whose: list[int] = []
    for index, character in enumerate(characters):
        for letter in _folded(character.text):
            text.append(letter)
            whose.append(index)
    line, best = "".join(text), None
    start = line.find(wanted) if wanted else -1
    while start >= 0:
        end = whose[start + len(wanted) - 1]
        box = _around(characters[whose[start] : end + 1])
        size = median(one.bottom - one.top for one in characters[whose[start] : end + 1])
        if best is None or size > best[0]:
            best = (size, box)
        start = line.find(wanted, start + 1)
    return best[1] if best else None


def _folded(text: str) -> Iterator[str]:
    """Yield what of a text is compared: letters, digits and Chinese characters, folded."""
    for letter in unicodedata.normalize("NFKC", text).casefold():
        if letter.isalnum():
            yield letter


def _around(boxes: Iterable[Box | Character]) -> Box:
    every = list(boxes)
    return Box(
        min(one.left for one in every),
        min(one.top for one in every),
        max(one.right for one in every),
        max(one.bottom for one in every),
    )


def _lines(characters: Sequence[Character]) -> Iterator[Box]:
    """Yield the lines of the text: runs of characters beside one another."""
    run: list[Character] = []
    for before, here in pairwise([None, *characters]):
        if before and here and not _continues(before, here):
            yield _around(run)
            run = []
        if here:
            run.append(here)
    if run:
        yield _around(run)


def _continues(before: Character, here: Character) -> bool:
    height = max(before.bottom - before.top, here.bottom - here.top)
    shared = min(before.bottom, here.bottom) - max(before.top, here.top)
    return shared > height / 2 and -height / 2 < here.left - before.right < REACH * height


def _foreign_heads(
    found: Iterable[Box], lines: Sequence[Box], text: Sequence[Box]
) -> Iterator[Box]:
    """Yield lines set as large as headlines that begin something nobody asked for.

    A large line with no text between it and the headline above is that headline's own deck.
    """
    sizes = {id(line) for line in text}
    for line in lines:
        if id(line) in sizes or any(_touch(line, head) for head in found):
            continue
        above = _head_above(line, list(found))
        if above is None or any(
            above.bottom <= one.top + one.height / 2 <= line.top and one.shared_width(line) > 0
            for one in text
        ):
            yield line


def _touch(line: Box, head: Box) -> bool:
    return line.shared_width(head) > 0 and line.top < head.bottom and head.top < line.bottom


def _head_above(line: Box, heads: Sequence[Box]) -> Box | None:
    """Return the headline whose story a line belongs to.

    It is the nearest one above it; or one at its left, under which the page begins anew: a short
    headline often stands over the first column alone.
    """
    above = [head for head in heads if line.top + line.height / 2 >= head.bottom]
    over = max(
        (head for head in above if head.shared_width(line) > 0),
        key=lambda head: (head.bottom, head.shared_width(line)),
        default=None,
    )
    beside = [
        head
        for head in above
        if head.left <= line.left
        and (over is None or (head.top >= over.bottom and head.shared_width(over) > 0))
    ]
    return max(beside, key=lambda head: (head.bottom, head.right), default=over)


def _block(head: Box, lines: Sequence[Box], heads: Sequence[Box]) -> list[shapes.Point]:
    """Return the rectangle of a headline and its lines, cut off where the next headline begins."""
    box = _around([head, *lines])
    below = (
        other.top
        for other in heads
        if other is not head and other.top >= head.bottom and other.shared_width(head) > 0
    )
    bottom = min([box.bottom + MARGIN, *below])
    return shapes.rectangle(
        max(0, round(box.left) - MARGIN),
        max(0, round(box.top) - MARGIN),
        min(shapes.WHOLE, round(box.right) + MARGIN),
        min(shapes.WHOLE, round(bottom)),
    )
