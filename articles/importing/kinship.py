"""What blocks show beside one another: headings built alike, sections that speak of one matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import sqrt

from .signs import Signs

_HAN_PAIR = re.compile("[\u3400-\u9fff]{2}")


def count_siblings(signs: list[Signs]) -> None:
    """Find headings built alike between the same two credits.

    Subheads of a story are written in parallel: as many pieces, each as long, often with the same
    mark or word at the same place.
    """
    stretch: list[Signs] = []
    for sign in [*signs, None]:
        if sign is None or sign.is_credit or sign.has_dateline:
            _compare(stretch)
            stretch = []
        elif sign.is_short and sign.width <= 36 and not sign.is_entry and not sign.is_speech:
            stretch.append(sign)
        else:
            stretch.append(sign)


def _compare(stretch: list[Signs]) -> None:
    heads = [
        (i, sign)
        for i, sign in enumerate(stretch)
        if sign.is_short and 3 <= sign.width <= 36 and not sign.is_entry and not sign.is_speech
    ][:60]
    for i, one in heads:
        likeness = [_likeness(one, other) for j, other in heads if abs(i - j) >= 2]
        best = sorted(likeness, reverse=True)[:3]
        one.siblings = sum(best[:1]) + 0.5 * sum(best[1:])
    has_family = sum(1 for _i, sign in heads if sign.siblings >= 1.5) >= 2
    for _i, sign in heads:
        sign.is_odd_one = has_family and sign.siblings < 0.5


def _likeness(one: Signs, other: Signs) -> float:
    """How parallel two headings are, from 0 to 3."""
    if one.is_numbered != other.is_numbered:
        return 0.0
    if one.is_numbered:
        return 3.0
    if len(one.shape) != len(other.shape) or not one.shape:
        return 0.0
    apart = [abs(a - b) for a, b in zip(one.shape, other.shape, strict=True)]
    score = 0.0
    if max(apart) <= 0.5:
        score = 1.5
    elif max(apart) <= 1.5:
        score = 0.8
    elif max(apart) > 4:
        return 0.0
    if len(one.shape) > 1 and max(apart) <= 2.5:
        score += 0.7
    a, b = one.text, other.text
    if a[-1] == b[-1] or a[0] == b[0]:
        score += 0.5
    marks = [re.sub(r"[^“”：:，,！!？?·]", "", text) for text in (a, b)]
    if marks[0] and marks[0] == marks[1]:
        score += 0.8
    return min(score, 3.0)


_REACH = 2  # sections above a heading that are compared with the one below it


def measure_cohesion(signs: list[Signs]) -> None:
    """Compare the sections above and below every short block.

    Pairs of characters that only few sections of the page use speak of one matter: a person, a
    project, a thing. Where both sides share them, one story goes on.
    """
    heads = [
        i
        for i, sign in enumerate(signs)
        if sign.is_short and sign.width <= 36 and not sign.is_entry and not sign.is_credit
    ]
    if not 1 < len(heads) <= 400:
        return
    sections = [
        _pairs_of(signs[start:end]) for start, end in zip(heads, [*heads[1:], None], strict=True)
    ]
    used = Counter(pair for section in sections for pair in section)
    few = max(2.0, 0.3 * len(sections))
    for at in range(1, len(sections)):
        below = sections[at]
        above = set().union(*sections[max(0, at - _REACH) : at])
        shared = sum(1 for pair in above & below if used[pair] <= few)
        smaller = max(20, min(len(above), len(below)))
        signs[heads[at]].cohesion = shared / sqrt(smaller)


def _pairs_of(signs: Sequence[Signs]) -> set[str]:
    pairs: set[str] = set()
    for sign in signs:
        if not sign.is_credit:
            text = sign.text
            pairs.update(text[i : i + 2] for i in range(len(text) - 1))
    return {pair for pair in pairs if _HAN_PAIR.fullmatch(pair)}


class PageWords:
    """Which pairs of characters the page's own text knows, to tell whether a break cuts a word."""

    def __init__(self, signs: Sequence[Signs]) -> None:
        """Count the pairs of a page's blocks."""
        self._pairs: Counter[str] = Counter()
        for sign in signs:
            text = sign.text
            self._pairs.update(text[i : i + 2] for i in range(len(text) - 1))

    def joined(self, left: str, right: str) -> int:
        """How often the pair a break would cut stands elsewhere on the page."""
        return self._pairs[left[-1:] + right[:1]]

    def knows_ends(self, left: str, right: str) -> tuple[bool, bool]:
        """Whether the pairs before and after a break stand elsewhere on the page too."""
        return self._pairs[left[-2:]] > 1, self._pairs[right[:2]] > 1
