"""Finding a marked passage in a text: the words are as shown, the text has its own marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# What stands in a body's text and not on the page: bold, links, escapes. Possessive: a text full
# of brackets is not tried in every way.
_BETWEEN = r"(?:\*\*|\\|\[|\]\([^()\s]*+\))*+"
# From one paragraph to the next, over the mark at the head of its line.
_NEXT_LINE = r"[ \u3000]*\n\s*(?:[#＃]{2}|[>＞\-－|｜])?[ \u3000]*"
# Where a link leads is no word of the page.
_ADDRESS = re.compile(r"\]\([^()\s]*\)")


@dataclass(frozen=True)
class Passage:
    """What a comment is about.

    Attributes:
        number: the comment's number in its list, from 1.
        quote: the passage as it was shown.
        start: where it began when the comment was written; None where nobody knows.

    """

    number: int
    quote: str
    start: int | None = None


def _pattern(quote: str) -> str:
    lines = [line.strip() for line in quote.splitlines() if line.strip()]
    return _NEXT_LINE.join(_BETWEEN.join(map(re.escape, line)) for line in lines)


def spans_of(quote: str, text: str) -> list[tuple[int, int]]:
    """Return where a passage stands in a text: the first character and the one behind the last.

    Args:
        quote: words as a page shows them, without the marks of the body's grammar.
        text: a field's text, with its marks.

    """
    quote = quote.strip()
    if not quote:
        return []
    if quote in text:
        return [match.span() for match in re.finditer(re.escape(quote), text)]
    return [match.span() for match in re.finditer(_pattern(quote), text)]


def nearest(passage: Passage, text: str) -> tuple[int, int] | None:
    """Return where a passage stands now: of several places the one nearest to where it was."""
    found = spans_of(passage.quote, text)
    return min(found, key=lambda span: abs(span[0] - (passage.start or 0)), default=None)


def loosely(quote: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a text that somebody has copied or typed from memory.

    White space, punctuation, the body's marks, full and half width and the case of letters do not
    count; the first such place is returned, None where there is none.

    Args:
        quote: the words.
        text: a field's text, with its marks.

    """
    wanted = "".join(letter for letter, _at in _letters(quote))
    letters = _letters(text)
    begin = "".join(letter for letter, _at in letters).find(wanted) if wanted else -1
    if begin < 0:
        return None
    return letters[begin][1], letters[begin + len(wanted) - 1][1] + 1


def _letters(text: str) -> list[tuple[str, int]]:
    """Return the letters and digits of a text, each with its place; addresses of links left out."""
    text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    return [
        (letter, at)
        for at, written in enumerate(text)
        for letter in unicodedata.normalize("NFKC", written).casefold()
        if letter.isalnum()
    ]
