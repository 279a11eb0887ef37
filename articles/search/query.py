"""What was typed, read: words, phrases in quotation marks, and words that are not wanted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .units import Run, canonical, pairs, runs

# What is longer is cut, and the page says so: nobody looks for a sentence of a hundred characters.
LONGEST = 100
MOST_WORDS = 8
QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』«»", '"'))
PART = re.compile(r'(?P<minus>(?<!\S)[-－−](?=[^\s-]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Word:
    """Something that has to stand in a story side by side.

    Attributes:
        typed: as it was typed, without its marks.
        divided: its runs of units; more than one only in a phrase with punctuation.
        quoted: whether it was typed as a phrase.

    """

    typed: str
    divided: tuple[tuple[str, ...], ...]
    phrase: str
    grams: frozenset[str]
    quoted: bool = False

    @classmethod
    def of(cls, typed: str, divided: list[Run], *, quoted: bool = False) -> Word:
        """Make a word of the runs a text was divided into."""
        found: set[str] = set()
        for run in divided:
            found.update(pairs(run) if len(run) > 1 else (run[0].text[:80],))
        texts = tuple(tuple(unit.text for unit in run) for run in divided)
        return cls(typed, texts, canonical(divided), frozenset(found), quoted)

    @property
    def is_exact(self) -> bool:
        """Whether the index alone can say where it stands: a unit, or a pair of them."""
        return len(self.divided) == 1 and len(self.divided[0]) <= 2 and len(self.phrase) < 60

    def __str__(self) -> str:
        return f"“{self.typed}”" if self.quoted else self.typed


@dataclass(frozen=True)
class Query:
    """What somebody looks for.

    Attributes:
        text: what was typed, without what no search can use.
        words: all of them have to be in a story.
        without: none of these may be.
        is_cut: whether it was too long, and only its beginning counts.

    """

    text: str
    words: tuple[Word, ...]
    without: tuple[Word, ...]
    is_cut: bool = False

    @classmethod
    def read(cls, typed: str) -> Query:
        """Read what was typed; nothing that can be typed is an error."""
        tidy = " ".join("".join(map(_visible, typed[: 4 * LONGEST])).split())
        text = tidy[:LONGEST].strip()
        wanted: dict[str, Word] = {}
        unwanted: dict[str, Word] = {}
        for part in PART.finditer(_closed(text.translate(QUOTES))):
            words = _phrase(part["phrase"]) if part["word"] is None else _words(part["word"])
            into = unwanted if part["minus"] else wanted
            for word in words:
                into.setdefault(word.phrase, word)
        many = len(wanted) > MOST_WORDS or len(unwanted) > MOST_WORDS
        return cls(
            text,
            tuple(wanted.values())[:MOST_WORDS],
            tuple(unwanted.values())[:MOST_WORDS],
            is_cut=many or len(tidy) > LONGEST or len(typed) > 4 * LONGEST,
        )

    @cached_property
    def together(self) -> Word | None:
        """All words as one, side by side in their order; None where there is one alone."""
        if len(self.words) < 2:
            return None
        typed = " ".join(word.typed for word in self.words)
        return Word.of(typed, [[unit for run in runs(typed) for unit in run]])

    @property
    def is_contradictory(self) -> bool:
        """Whether a word that may not be is in one that has to be."""
        return any(no.phrase in word.phrase for no in self.without for word in self.words)

    def with_words(self, words: Iterable[Word]) -> Query:
        """Return the same question with other words."""
        chosen = tuple(words)
        parts = [*map(str, chosen), *(f"-{word}" for word in self.without)]
        return Query(" ".join(parts), chosen, self.without)


def _visible(character: str) -> str:
    """Return a space for what cannot be seen (NUL and its like)."""
    return " " if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") else character


def _closed(text: str) -> str:
    """Take out a quotation mark that none closes."""
    if text.count('"') % 2:
        begin, _mark, end = text.rpartition('"')
        return f"{begin} {end}"
    return text


def _phrase(text: str) -> Iterator[Word]:
    if divided := runs(text):
        yield Word.of(text.strip(), divided, quoted=True)


def _words(text: str) -> Iterator[Word]:
    """Yield what punctuation divides as words of their own."""
    for run in runs(text):
        yield Word.of(text[run[0].start : run[-1].end], [run])
