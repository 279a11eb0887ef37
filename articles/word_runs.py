"""Runs of equal and of differing tokens in two passages.

Difflib alone takes minutes for two Chinese passages of some length: every character is common. Here
what stands once in both, and in the same order, is found first (as patience diff does); difflib
sees only the short stretches in between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# A number, a foreign word, a title in its marks and a short name in quotation marks change whole;
# every other character is a token of its own.
TOKENS = re.compile(
    r"\d+(?:[.,:]\d+)*[%％]?|[A-Za-z]+|《[^《》\n]{1,16}》"
    r"|“[^“”，。！？；：、\s]{1,8}”|[^\S\n]+|.",
    re.DOTALL,
)
# Stretches are handed to difflib up to this product of their lengths.
SMALL = 40_000
# How many tokens in a row make a landmark: long ones first, they are surest.
LANDMARKS = (8, 4, 2)

Match = tuple[int, int, int]


def tokens_of(text: str) -> list[str]:
    """Return a text as tokens; joined they are the text."""
    return TOKENS.findall(text)


def equal_runs(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return the runs two lists of tokens share, in order: (place in old, in new, length)."""
    found: list[Match] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i, end, m, stop = waiting.pop()
        start = i
        while i < end and m < stop and old[i] == new[m]:
            i, m = i + 1, m + 1
        if i > start:
            found.append((start, m - (i - start), i - start))
        tail = 0
        while i < end - tail and m < stop - tail and old[end - tail - 1] == new[stop - tail - 1]:
            tail += 1
        end, stop = end - tail, stop - tail
        if tail:
            found.append((end, stop, tail))
        if i == end or m == stop:
            continue
        if (end - i) * (stop - m) <= SMALL:
            matcher = SequenceMatcher(None, old[i:end], new[m:stop], autojunk=False)
            found += [(i + a, m + b, n) for a, b, n in matcher.get_matching_blocks() if n]
        else:
            waiting += _between_landmarks(old, new, (i, end, m, stop))
    return list(_grown(sorted(found)))


def _between_landmarks(
    old: Sequence[str], new: Sequence[str], stretch: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """Cut a stretch before each of its landmarks; nothing where it has none: all has changed."""
    i, end, m, stop = stretch
    for length in LANDMARKS:
        ours, theirs = _once(old, i, end, length), _once(new, m, stop, length)
        places = sorted((ours[words], theirs[words]) for words in ours.keys() & theirs.keys())
        if not places:
            continue
        for left, right in in_order(places):
            if left < i or right < m:
                continue  # inside the landmark before
            if left > i or right > m:
                yield (i, left, m, right)
            yield (left, left + length, right, right + length)
            i, m = left + length, right + length
        yield (i, end, m, stop)
        return


def _once(tokens: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Return where the runs of a length stand that occur once between two places."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(start, end - length + 1):
        words = tuple(tokens[at : at + length])
        places[words] = -1 if words in places else at
    return {words: at for words, at in places.items() if at >= 0}


def in_order(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs in which both numbers grow.

    Args:
        places: pairs, by their first number, which is there once.

    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_left, right) in enumerate(places):
        at = bisect_left(ends, right)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(right)
            last.append(number)
        else:
            ends[at], last[at] = right, number
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(places[number])
        number = before[number]
    return chain[::-1]


def _grown(runs: Sequence[Match]) -> Iterator[Match]:
    """Join runs that follow each other in both texts."""
    held: Match | None = None
    for run in runs:
        if held and held[0] + held[2] == run[0] and held[1] + held[2] == run[1]:
            held = (held[0], held[1], held[2] + run[2])
            continue
        if held:
            yield held
        held = run
    if held:
        yield held
