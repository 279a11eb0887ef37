"""The text that is checked, with all that the rules need to know about it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from articles.body.grammar import BAR, HEADS, MARK, Kind, kind_of
from articles.body.normalising import BLANKS

# Stands for every character that is a mark of the body's grammar or part of an address.
HOLE = "\x00"
ADDRESS = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)


@dataclass(frozen=True)
class TermEntry:
    """A line of the newsroom's own list of words.

    Attributes:
        text: the word.
        kind: `sensitive` or `preferred`.
        replacement: what to write instead; "" where nothing is prescribed.
        reason: why; may be empty.

    """

    text: str
    kind: str
    replacement: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Copy:
    r"""A story as the rules see it.

    Attributes:
        texts: the fields with words in them, in reading order, with line ends as "\n".
        date: the day it runs or was written; the year of a date in the text is told from it.
        communities: every name a community, town or subdistrict goes by in the directory.
        stations: the same for service stations.
        persons: names of people known to be right, such as those in the byline.
        terms: the newsroom's own list.

    """

    texts: Mapping[str, str]
    date: datetime.date | None = None
    communities: frozenset[str] = frozenset()
    stations: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()
    terms: Mapping[str, TermEntry] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The texts with a hole in place of every mark and address; places stay the same."""
        return {
            name: without_marks(text) if name == "body" else without_addresses(text)
            for name, text in self.texts.items()
        }

    def lines(self) -> Iterator[tuple[str, int, str]]:
        """Every line with words: its field, where it begins there, and its words."""
        for name, text in self.words.items():
            start = 0
            for line in text.split("\n"):
                if line.strip(HOLE + BLANKS):
                    yield name, start, line
                start += len(line) + 1


def without_addresses(text: str) -> str:
    """Return a text of the same length with holes where web and mail addresses stand."""
    return ADDRESS.sub(lambda found: HOLE * len(found[0]), text)


def without_marks(body: str) -> str:
    """Return a body of the same length with holes where the marks of its grammar stand."""
    return "\n".join(_bare(line) for line in body.split("\n"))


def _bare(line: str) -> str:
    stripped = line.strip(BLANKS)
    kind = kind_of(stripped)
    if kind is Kind.PHOTO:
        return HOLE * len(line)
    lead = len(line) - len(line.lstrip(BLANKS))
    if kind is Kind.ROW:
        line = BAR.sub(lambda found: HOLE if found["bar"] else found[0], line)
    elif kind in HEADS and (head := HEADS[kind].match(stripped)):
        line = line[:lead] + HOLE * head.end() + line[lead + head.end() :]
    return without_addresses(MARK.sub(_hole, line))


def _hole(mark: re.Match[str]) -> str:
    if mark["escaped"]:
        return HOLE + mark["escaped"]
    words = mark["words"] or ""
    return (HOLE + words if words else "").ljust(len(mark[0]), HOLE)


def before(text: str, at: int) -> str:
    """Return the character before a place, holes left out; "" at the beginning of a line."""
    while at > 0 and text[at - 1] == HOLE:
        at -= 1
    return "" if at == 0 or text[at - 1] == "\n" else text[at - 1]


def after(text: str, at: int) -> str:
    """Return the character that stands at a place or behind its holes; "" at the end of a line."""
    while at < len(text) and text[at] == HOLE:
        at += 1
    return "" if at >= len(text) or text[at] == "\n" else text[at]


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return bool(character) and ("\u3400" <= character <= "\u9fff" or character in "〇々")
