"""Where nothing was found: what else might be meant."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from .filters import Filters
from .finding import Found, find, occurs
from .query import Query, Word
from .units import runs

# Characters: what is shorter is one word, and is not taken apart.
LONG = 4
# No more than so many characters of a word are taken apart, and a part has no more.
LONGEST = 24
LONGEST_PART = 8
# So many words are left out in turn.
MOST_LEFT_OUT = 4


@dataclass(frozen=True)
class Way:
    """Another question that finds something.

    Attributes:
        query: that question.
        left_out: the word it does without.
        found: what it finds.

    """

    query: Query
    left_out: Word
    found: Found


def apart(query: Query, at: datetime.datetime) -> Query | None:
    """Take long words apart where the parts occur and the whole does not.

    People type 加装电梯补贴 where stories say 加装电梯的补贴. The longest beginning that occurs is
    a word, then the longest of what follows, and so on; a single character between them is left
    out.

    Returns:
        The looser question; None where no word can be taken apart.

    """
    words: list[Word] = []
    for word in query.words:
        length = len(word.divided[0])
        if word.quoted or not LONG <= length <= LONGEST or occurs(word, at):
            words.append(word)
        else:
            words += _parts(word, at)
    if not words or words == list(query.words):
        return None
    unique = {word.phrase: word for word in words}
    return query.with_words(list(unique.values())[:8])


def _parts(word: Word, at: datetime.datetime) -> list[Word]:
    run = runs(word.typed)[0]
    found: list[Word] = []
    begin = 0
    while begin < len(run) - 1:
        # The more of it, the rarer: half of what is possible is tried, then half of the rest.
        low, high = 1, min(LONGEST_PART, len(run) - begin)
        while low < high:
            middle = (low + high + 1) // 2
            if occurs(_cut(word, begin, begin + middle), at):
                low = middle
            else:
                high = middle - 1
        if low > 1:
            found.append(_cut(word, begin, begin + low))
        begin += low
    return found


def _cut(word: Word, begin: int, end: int) -> Word:
    run = runs(word.typed)[0][begin:end]
    return Word.of(word.typed[run[0].start : run[-1].end], [run])


def ways_on(query: Query, filters: Filters, at: datetime.datetime) -> list[Way]:
    """Return the questions with one word less that find something."""
    if len(query.words) < 2:
        return []
    ways = []
    for left_out in query.words[:MOST_LEFT_OUT]:
        fewer = query.with_words(word for word in query.words if word is not left_out)
        found = find(fewer, filters, at=at)
        if found.total:
            ways.append(Way(fewer, left_out, found))
    return ways
