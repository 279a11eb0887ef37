"""Which of the texts on a set page is which of ours.

The press changes headlines to fit and cuts the ends of stories, and the reader of pages may take a
subhead for a headline or two stories for one. So texts are matched by the pairs of characters they
share: first whole texts, by headline and by body; then what is left over goes to the story that
holds its words; then a story that was found nowhere is looked for inside the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

# Two headlines, two bodies are the same one, changed, from this likeness on.
_TITLES_ALIKE = 0.5
_BODIES_ALIKE = 0.35
# A line stands in a text that holds so much of its pairs of characters.
_HELD = 0.6
# A story that was swallowed by another shows itself by so much of its text.
_ENOUGH = 0.3


@dataclass
class Printed:
    """A story's words, ours or as the press set them.

    Attributes:
        titles: kicker, headline and deck from top to bottom, those there are.
        body: paragraphs and subheads, in order.
        credits: the byline as printed.
        captions: what stands under its pictures.
        column: the name of the column the reader of pages put it into, "" for none.

    """

    titles: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    credits: str = ""
    captions: list[str] = field(default_factory=list)
    column: str = ""

    @cached_property
    def title_pairs(self) -> frozenset[str]:
        """The pairs of characters in its titles."""
        return pairs("".join(self.titles))

    @cached_property
    def body_pairs(self) -> frozenset[str]:
        """The pairs of characters in its body."""
        return pairs("".join(self.body))

    @cached_property
    def all_pairs(self) -> frozenset[str]:
        """The pairs of characters in all it prints."""
        return self.title_pairs | self.body_pairs | pairs("".join(self.captions))

    @property
    def lines(self) -> list[str]:
        """Titles and body from top to bottom."""
        return [*self.titles, *self.body]


def squeezed(text: str) -> str:
    """Return a text without white space, which is the page's and not the story's."""
    return "".join(text.split())


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters in a text, white space left out."""
    plain = squeezed(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def alike(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return how alike two texts are, 0 to 1 (Dice's coefficient of their pairs)."""
    return 2 * len(ours & theirs) / (len(ours) + len(theirs) or 1)


def held(part: frozenset[str], whole: frozenset[str]) -> float:
    """Return how much of a text stands in another, 0 to 1."""
    return len(part & whole) / (len(part) or 1)


def match(
    ours: Sequence[Printed], theirs: Sequence[Printed]
) -> tuple[list[Printed | None], list[Printed]]:
    """Find our stories among the texts of a page.

    Args:
        ours: the stories of the page.
        theirs: the texts that were read from it, in its order.

    Returns:
        For each of our stories its text there, or None; and the texts that are none of ours.

    """
    mains = _mains(ours, theirs)
    joined: dict[int, list[int]] = {number: [main] for number, main in mains.items()}
    strangers = []
    for place, text in enumerate(theirs):
        if place in mains.values():
            continue
        number = _holder(text, ours)
        if number is None:
            strangers.append(text)
        else:
            joined.setdefault(number, []).append(place)
    found: list[Printed | None] = [None] * len(ours)
    for number, places in joined.items():
        found[number] = _together(theirs, sorted(places), mains.get(number, places[0]))
    for number, story in enumerate(ours):
        if found[number] is None:
            found[number] = _swallowed(story, ours, found)
    return found, strangers


def _mains(ours: Sequence[Printed], theirs: Sequence[Printed]) -> dict[int, int]:
    """Pair whole texts, the most alike first."""
    wished = []
    for number, story in enumerate(ours):
        for place, text in enumerate(theirs):
            titles = alike(story.title_pairs, text.title_pairs)
            bodies = alike(story.body_pairs, text.body_pairs)
            if titles >= _TITLES_ALIKE or bodies >= _BODIES_ALIKE:
                wished.append((titles + 2 * bodies, number, place))
    mains: dict[int, int] = {}
    for _score, number, place in sorted(wished, key=lambda wish: (-wish[0], *wish[1:])):
        if number not in mains and place not in mains.values():
            mains[number] = place
    return mains


def _holder(text: Printed, ours: Sequence[Printed]) -> int | None:
    """Return the story that holds the words of a text, None where none does."""
    words = text.title_pairs | text.body_pairs
    shares = [held(words, story.all_pairs) for story in ours]
    best = max(range(len(ours)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= _HELD else None


def _together(theirs: Sequence[Printed], places: list[int], main: int) -> Printed:
    """Join the texts one of our stories was divided into; the main one has the titles."""
    body: list[str] = []
    for place in places:
        body += theirs[place].body if place == main else theirs[place].lines
    credits = " ".join(theirs[place].credits for place in places if theirs[place].credits)
    return Printed(list(theirs[main].titles), body, credits, column=theirs[main].column)


def _swallowed(
    story: Printed, ours: Sequence[Printed], found: list[Printed | None]
) -> Printed | None:
    """Take a story out of the text of another that was read together with it."""
    for number, text in enumerate(found):
        if text is None:
            continue
        mine = [line for line in text.lines if _is_rather(line, story, ours[number])]
        if sum(map(len, mine)) < _ENOUGH * sum(map(len, story.lines)):
            continue
        rest = [line for line in text.body if line not in mine]
        titles = [line for line in text.titles if line not in mine]
        found[number] = Printed(titles, rest, text.credits, column=text.column)
        heads = [line for line in mine if alike(pairs(line), story.title_pairs) >= _TITLES_ALIKE]
        return Printed(heads, [line for line in mine if line not in heads])
    return None


def _is_rather(line: str, story: Printed, other: Printed) -> bool:
    words = pairs(line)
    share = held(words, story.all_pairs)
    return share >= _HELD and share > held(words, other.all_pairs)
