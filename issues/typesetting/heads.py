"""Headlines: how large they are set, and over how many lines they run."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from issues.models import Role

from .sheets import Sheet
from .stories import Story

# What may not begin a line, what may not end one, and what is not divided.
CLOSING = "”’」』）》〉】，。、；：！？…—·%％"
OPENING = "“‘「『（《〈【"
# In display type these take half their width.
HALF = "“”‘’「」『』（）《》〈〉【】，。、；：·"
WORD = re.compile(r"[0-9A-Za-z.%+\-]")
# How much a size may differ from the largest before a second line is better, by role.
SPACING = 1.16


@dataclass(frozen=True)
class Words:
    """A line of display type: its words, size, face and how far below the head's top it begins."""

    text: str
    part: str
    size: float
    face: str
    top: float


@dataclass(frozen=True)
class Head:
    """A story's head: its lines, and how high they are together, in points."""

    words: tuple[Words, ...]
    height: float

    def rows(self, sheet: Sheet) -> int:
        """Return how many lines of the grid it takes, with a little air under it."""
        return math.ceil((self.height + 0.45 * sheet.pitch) / sheet.pitch) if self.words else 0


# The largest and the smallest size of a headline on a broadsheet, by how many columns it has.
SIZES: dict[str, dict[int, tuple[float, float]]] = {
    Role.LEAD: {3: (50, 32), 4: (60, 40), 5: (72, 46), 6: (80, 50), 7: (88, 54)},
    Role.FEATURE: {1: (20, 15), 2: (33, 23), 3: (40, 29), 4: (46, 33), 5: (50, 36), 7: (54, 38)},
    Role.PHOTO: {1: (18, 14), 2: (27, 20), 3: (31, 22), 4: (34, 24)},
    Role.BRIEF: {1: (17, 14), 2: (23, 18), 3: (27, 20), 4: (30, 21), 6: (32, 23)},
}
# (kicker, deck, byline) against the headline, and their limits on a broadsheet.
SMALLER = {"kicker": (0.46, 13, 31), "deck": (0.42, 12, 25)}


def head_of(story: Story, columns: int, sheet: Sheet, largeness: float = 1) -> Head:
    """Return a story's head over so many columns.

    Args:
        story: the story.
        columns: how many.
        sheet: the sheet.
        largeness: of the headline, 1 as it is meant.

    """
    width = sheet.across(columns)
    limits = SIZES[story.role]
    most, least = limits[max(n for n in limits if n <= max(columns, min(limits)))]
    scale = max(sheet.scale, 0.8) if story.role == Role.BRIEF else sheet.scale
    lines, size = fitted(story.headline, width, most * scale * largeness, least * scale)
    face = "serif" if story.role == Role.LEAD else "sans"
    words: list[Words] = []
    top = 0.0
    if story.turned_from:
        size = 17 * max(scale, 0.85)
        lines, size = fitted(story.headline, width, size, size * 0.85)

    def add(texts: Sequence[str], part: str, size: float, face: str, after: float) -> None:
        nonlocal top
        for text in texts:
            words.append(Words(text, part, round(size, 2), face, round(top, 2)))
            top += size * SPACING
        top += after

    def smaller(text: str, part: str, face: str, after: float) -> None:
        share, low, high = SMALLER[part]
        wanted = min(max(size * share, low), high * scale)
        texts, fits = fitted(text, width, wanted, min(wanted, low))
        add(texts, part, fits, face, after)

    if story.turned_from:
        words_before = _("(continued from %(page)s)") % {"page": story.turned_from}
        add([words_before], "turn", sheet.body, "light", 2)
    if story.column and story.role != Role.BRIEF:
        add([f"【{story.column}】"], "column", round(size * 0.42 + 4, 1), "sans", 1)
    if story.kicker:
        smaller(story.kicker, "kicker", "light", size * 0.16)
    add(lines, "headline", size, face, 0)
    if story.deck:
        top += size * 0.14
        smaller(story.deck, "deck", "light", 0)
    if story.credit:
        top += size * 0.16
        texts, fits = fitted(story.credit, width, sheet.body * 1.1, sheet.body)
        add(texts, "credit", fits, "serif-light", 0)
    return Head(tuple(words), round(top, 2))


def fitted(text: str, width: float, most: float, least: float) -> tuple[list[str], float]:
    """Return display words in lines, and the largest size at which they fit a width.

    One line is best, two may be, more where nothing else fits. A line is divided at a blank where
    there is one near the middle; else where no word in digits or letters, no quotation and no
    punctuation suffers.

    Args:
        text: the words.
        width: in points.
        most: the largest size, in points.
        least: the smallest; with lines enough every text fits.

    """
    text = " ".join(text.split())
    single = min(most, width / max(ems(text), 0.1))
    if single >= 0.78 * most:
        return [text], single
    for count in range(2, 9):
        lines = _divided(text, count)
        size = min(most, width / max(map(ems, lines)))
        if single >= least and size < 1.3 * single:
            return [text], single
        if size >= least:
            return lines, size
    return lines, size


def ems(text: str) -> float:
    """Return how wide words are, in ems: Chinese characters one, others by their kind."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter == " ":
        return 0.6
    if letter in HALF:
        return 0.5
    if letter in "—…" or unicodedata.east_asian_width(letter) in "WFA":
        return 1
    return 0.68 if letter.isupper() else 0.58


def _divided(text: str, count: int) -> list[str]:
    """Divide words into so many lines, as even as their meaning allows."""
    lines = []
    for left in range(count, 1, -1):
        cut = _best_cut(text, ems(text) / left)
        lines.append(text[:cut].strip())
        text = text[cut:].strip()
    return [line for line in [*lines, text] if line]


def _best_cut(text: str, wanted: float) -> int:
    best, cost = len(text), math.inf
    depth, width = 0, 0.0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        width += _width(before)
        depth += (before in OPENING) - (before in CLOSING[:8])
        if after in CLOSING or before in OPENING:
            continue
        if WORD.match(before) and WORD.match(after):
            continue
        price = abs(width - wanted) + (1.5 if depth > 0 else 0)
        if before == " " or after == " ":
            price -= 3.5
        elif before in "，；：！？":
            price -= 2.5
        if price < cost:
            best, cost = place, price
    return best
