"""Places a story names: communities, villages, subdistricts, towns.

Known names are found wherever they stand. An unknown one is taken only where its surroundings
show a name: it follows a larger place (…区某某街道某某社区), opens a sentence, or follows a
preposition; once shown, it is found on the whole page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import naming
from .directory import Directory

_SUFFIX = re.compile("社区|街道|镇|乡|村")
_HAN = re.compile("[\u3400-\u9fff〇]")
_CITY = re.compile("(?=([㐀-鿿]{2})[市省])")
_LONGEST = 7  # characters before 社区, 街道 …
_REACH = 16  # characters before a name that are looked at
_LEVELS = {"社区": "community", "街道": "subdistrict", "镇": "town", "乡": "town", "村": "village"}
_LARGER_PRINTED = re.compile(r"^[新老东西南北大小上下前后中]$")
# How sure the left edge of a name is.
_IN_LARGER, _AT_MARK, _AFTER_WORD, _LOOSE = 4.0, 3.0, 2.0, 0.0


@dataclass(frozen=True)
class ProposedPlace:
    """A place the page names that the directory does not know.

    Attributes:
        name: as printed.
        kind: `community` or `station`.
        level: `subdistrict`, `town`, `community` or `village`; empty for a station.
        line: the 1-based line of the page it is first named in.
        mentions: how often the page names it.

    """

    name: str
    kind: str
    level: str
    line: int
    mentions: int


@dataclass(frozen=True)
class Mention:
    """A place's name at its place in a text."""

    start: int
    end: int
    name: str
    suffix: str = ""
    is_known: bool = False


@dataclass
class _Occurrence:
    """One 社区, 街道 … with the names that may end in it and how sure each one's left edge is."""

    text: int
    end: int
    suffix: str
    starts: dict[int, float] = field(default_factory=dict)


def find_communities(texts: Sequence[str], directory: Directory) -> list[list[Mention]]:
    """Find the communities, towns and villages in a page's texts.

    Args:
        texts: the page's texts; what one of them shows to be a name is found in all.
        directory: the names known beforehand.

    Returns:
        For every text its mentions in order, without overlaps.

    """
    occurrences = [
        occurrence for i, text in enumerate(texts) for occurrence in _occurrences(i, text)
    ]
    support = _support(texts, occurrences)
    cities = {found for text in texts for found in _CITY.findall(text)}
    mentions: list[list[Mention]] = [[] for _ in texts]
    for occurrence in occurrences:
        text = texts[occurrence.text]
        start = _best_start(text, occurrence, support, cities)
        if start is not None:
            mentions[occurrence.text].append(
                Mention(start, occurrence.end, text[start : occurrence.end], occurrence.suffix)
            )
    return [
        _with_known(text, found, directory) for text, found in zip(texts, mentions, strict=True)
    ]


def level_of(suffix: str) -> str:
    """Return the level a name's last word stands for."""
    return _LEVELS.get(suffix, "")


def _occurrences(index: int, text: str) -> Iterator[_Occurrence]:
    for found in _SUFFIX.finditer(text):
        suffix = found.group()
        if naming.GOES_ON[suffix].match(text, found.end()):
            continue
        occurrence = _Occurrence(index, found.end(), suffix)
        stem_end = found.start()
        for start in range(stem_end - 1, max(-1, stem_end - _LONGEST - 1), -1):
            if not _HAN.match(text[start]):
                break
            stem = text[start:stem_end]
            if stem[0] in naming.GRAMMAR:
                break
            if _is_name(stem, suffix):
                edge = _edge(text, start, suffix)
                if edge == _AT_MARK or not naming.NOT_FIRST.match(stem):
                    occurrence.starts[start] = edge
        if occurrence.starts:
            yield occurrence


def _is_name(stem: str, suffix: str) -> bool:
    """Whether a word may be a place's name by its own characters."""
    if stem in naming.GENERIC[suffix] or naming.WORDS.search(stem) or naming.NOT_LAST.search(stem):
        return False
    if len(stem) == 1 and suffix in ("社区", "街道"):
        return False
    if any(stem.endswith(word) for word in naming.GENERIC[suffix] if len(word) > 1):
        return False
    return not any(character in naming.GRAMMAR for character in stem)


def _edge(text: str, start: int, suffix: str) -> float:
    """How sure it is that a name begins at a place in a text."""
    if start == 0:
        return _AT_MARK
    before = text[max(0, start - _REACH) : start]
    last = before[-1]
    if last.isdigit():
        return _LOOSE
    if not _HAN.match(last):
        return _AT_MARK + (0.5 if naming.LISTED.search(before) else 0.0)
    if naming.NOT_FIRST.match(text[start : start + 3]):
        return _LOOSE
    if naming.LARGER[suffix].search(before) and _has_stem(before, suffix):
        return _IN_LARGER
    if naming.LISTED.search(before):
        joins = last in "、及与" or naming.NOT_FIRST.match(last + text[start : start + 1])
        return _IN_LARGER if joins else _AFTER_WORD
    if naming.STRONG_BEFORE.search(before):
        return _AFTER_WORD + 0.5
    if naming.BEFORE_NAME.search(before) or last == "和":
        return _AFTER_WORD - 0.5
    return _LOOSE


def _has_stem(before: str, suffix: str) -> bool:
    """Whether the larger place a text ends in has a name of its own.

    Behind 区 the 镇 of 镇海 has none: it is the first character of another name.
    """
    found = naming.LARGER[suffix].search(before)
    if found is None or found.start() == 0:
        return False
    stem_last = before[found.start() - 1]
    if not _HAN.match(stem_last) or stem_last in naming.GRAMMAR:
        return found.group() in ("区", "市", "县") and stem_last not in "的了"
    return not (len(found.group()) == 1 and stem_last in "区县市道" and found.group() in "镇乡")


def _support(texts: Sequence[str], occurrences: Sequence[_Occurrence]) -> dict[str, float]:
    """Add up how well each name is shown to be one, over the whole page."""
    support: defaultdict[str, float] = defaultdict(float)
    for occurrence in occurrences:
        text = texts[occurrence.text]
        for start, edge in occurrence.starts.items():
            if edge:
                support[text[start : occurrence.end]] += edge
    return support


def _best_start(
    text: str, occurrence: _Occurrence, support: dict[str, float], cities: set[str]
) -> int | None:
    """Return where the name before a 社区 … begins; None where there is no name.

    A city's name before it is no name of its own: 江城社区食堂 are the canteens of 江城市.
    """
    best: tuple[float, int] | None = None
    for start, edge in occurrence.starts.items():
        name = text[start : occurrence.end]
        shown = support.get(name, 0.0)
        stem_length = len(name) - len(occurrence.suffix)
        if name.removesuffix(occurrence.suffix) in cities and edge < _IN_LARGER:
            continue
        if not _is_shown(occurrence.suffix, stem_length, edge, shown):
            continue
        score = edge + min(shown, 12.0) * 0.4 - max(0, stem_length - 3) * 0.7
        if stem_length == 1:
            score -= 1.0
        if best is None or score > best[0]:
            best = (score, start)
    return best[1] if best else None


def _is_shown(suffix: str, stem_length: int, edge: float, shown: float) -> bool:
    """Whether a name is shown well enough: inside a larger place, at a clause's start, or often."""
    if stem_length == 1:
        return edge >= _IN_LARGER or shown >= 2 * _IN_LARGER
    if edge >= _IN_LARGER:
        return True
    if edge >= _AT_MARK:
        return stem_length <= 4 or shown >= 2 * _AT_MARK
    if edge >= _AFTER_WORD + 0.5:
        return stem_length <= 4 or shown > edge
    return shown - edge >= _AT_MARK - 0.5 or (edge >= 1.0 and shown - edge >= 1.5)


def _with_known(text: str, found: list[Mention], directory: Directory) -> list[Mention]:
    """Add the known names, the longest first; they give way only to a longer name of the page."""
    known: list[Mention] = []
    taken = [False] * len(text)
    for printed in sorted(directory.communities, key=len, reverse=True):
        if len(printed) < 2:
            continue
        at = text.find(printed)
        while at >= 0:
            end = at + len(printed)
            if not any(taken[at:end]) and not _is_inside_longer(text, at, end, found):
                known.append(Mention(at, end, directory.communities[printed], is_known=True))
                taken[at:end] = [True] * (end - at)
            at = text.find(printed, end)
    unknown = [m for m in found if not any(taken[m.start : m.end])]
    return sorted([*known, *unknown], key=lambda mention: mention.start)


def _is_inside_longer(text: str, start: int, end: int, found: Sequence[Mention]) -> bool:
    """Whether a known name is only the end of another one: 北仓社区 in 新北仓社区."""
    return any(
        mention.end == end
        and mention.start < start
        and _LARGER_PRINTED.match(text[mention.start : start]) is not None
        for mention in found
    )
