"""Service stations a story names: those with a name of their own.

驿站 or 党群服务站 alone is a kind of place. A name is a community's before it (某某社区党群服务站),
quotation marks (“某某”驿站), or a word of its own that the page uses as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from . import naming
from .directory import Directory
from .places import Mention

_REACH = 32  # characters before a kind of station that are looked at
_QUOTED = re.compile(
    r"(?:“[^“”，。]{1,12}”|\"[^\"，。]{1,12}\"|‘[^‘’，。]{1,12}’|「[^「」，。]{1,12}」)"
    r"[\u4e00-\u9fff]{0,4}$"
)
_INSIDE_QUOTES = re.compile(r"[“\"「](?P<inside>[^“”\"「」，。、；：]{2,16})$")
_AFTER_COMMUNITY = re.compile(r"[\u4e00-\u9fff“”‘’\"·]{0,12}")
# What cannot stand between a community and a station that is named after it.
_BREAKS = re.compile(
    "[的在到和与及、了是有为把被对个座处将让来去从向由给于等也就都还里中内外边旁]|居民|社区|街道|书记|村民|党委|建成|设立|打造|"
    "建立|成立|开设|启用|联合|依托|通过|利用|开展|举办|走进|积极|充分"
)
_OWN_WORD = re.compile(
    r"(?P<left>^|[^\u4e00-\u9fff]|的|在|到|走进|来到|位于|走近)(?P<word>[\u4e00-\u9fff]{2,4})$"
)
_LEVEL = re.compile("(?:社区|街道|[镇乡村])$")
_ARRIVING = ("走进", "来到", "位于", "走近")


def find_stations(
    texts: Sequence[str], communities: Sequence[Sequence[Mention]], directory: Directory
) -> list[list[Mention]]:
    """Find the named service stations in a page's texts.

    Args:
        texts: the page's texts.
        communities: the communities found in each of them.
        directory: the names known beforehand.

    Returns:
        For every text its mentions in order, without overlaps.

    """
    finder = _StationFinder(texts, communities, directory)
    return [
        sorted(finder.find(text, places), key=lambda mention: mention.start)
        for text, places in zip(texts, communities, strict=True)
    ]


class _StationFinder:
    """Finds stations' names with what the whole page shows of them."""

    def __init__(
        self,
        texts: Sequence[str],
        communities: Sequence[Sequence[Mention]],
        directory: Directory,
    ) -> None:
        """Count the words that stand before a kind of station, over all texts."""
        self.directory = directory
        self.stems = {_LEVEL.sub("", place.name) for places in communities for place in places}
        self.own_words: Counter[str] = Counter()
        for text in texts:
            for found in naming.STATION.finditer(text):
                before = text[max(0, found.start() - 4) : found.start()]
                self.own_words.update(
                    before[i:] + found.group() for i in range(len(before) - 1) if before[i:]
                )

    def find(self, text: str, places: Sequence[Mention]) -> Iterator[Mention]:
        """Find the stations of one text: the known ones, the longest first, then others."""
        taken = [False] * len(text)
        for printed in sorted(self.directory.stations, key=len, reverse=True):
            at = text.find(printed) if len(printed) >= 2 else -1
            while at >= 0:
                end = at + len(printed)
                if not any(taken[at:end]):
                    taken[at:end] = [True] * (end - at)
                    yield Mention(at, end, self.directory.stations[printed], is_known=True)
                at = text.find(printed, end)
        for found in naming.STATION.finditer(text):
            if not any(taken[found.start() : found.end()]):
                span = self._span_of(text, found.start(), found.end(), places)
                if span is not None:
                    yield Mention(*span, text[slice(*span)])

    def _span_of(
        self, text: str, at: int, end: int, places: Sequence[Mention]
    ) -> tuple[int, int] | None:
        """Return where a station's name begins and ends; None where the words are general."""
        offset = max(0, at - _REACH)
        before = text[offset:at]
        inside = _INSIDE_QUOTES.search(before)
        is_quoted_whole = inside is not None and text[end : end + 1] in ("”", '"', "」")
        if inside and is_quoted_whole and _is_proper(inside["inside"]):
            return offset + inside.start("inside"), end
        quoted = _QUOTED.search(before)
        place = max((p for p in places if p.end <= at), key=lambda p: p.end, default=None)
        if quoted and _is_proper(quoted.group()):
            begins = offset + quoted.start()
            lead = text[place.end : begins] if place and place.end <= begins else "的"
            if _AFTER_COMMUNITY.fullmatch(lead) and not _BREAKS.search(lead) and place:
                return place.start, end
            return begins - (text[begins - 1 : begins] == "暖"), end
        if place is not None:
            between = text[place.end : at]
            if _AFTER_COMMUNITY.fullmatch(between) and not _BREAKS.search(between):
                return place.start, end + is_quoted_whole
        if start := self._after_stem(before):
            return offset + start, end
        own = _OWN_WORD.search(before)
        if own and self._is_own(own["word"], own["left"], text[at:end]):
            return offset + own.start("word"), end
        return None

    def _after_stem(self, before: str) -> int:
        """Return where a community's name begins that a station bears without its 社区; else 0.

        Only words that describe a station may stand between (某某暖心驿站).
        """
        for stem in sorted(self.stems, key=len, reverse=True):
            at = before.rfind(stem)
            between = before[at + len(stem) :]
            if len(stem) < 2 or at <= 0 or _BREAKS.search(between):
                continue
            if not _is_proper(between):
                return at
        return 0

    def _is_own(self, word: str, left: str, kind: str) -> bool:
        """Whether a word is a station's own name: a community's too, said twice, or gone to."""
        if not _is_proper(word) or naming.WORDS.search(word) or naming.GRAMMAR & set(word):
            return False
        return word in self.stems or self.own_words[word + kind] > 1 or left in _ARRIVING


def _is_proper(words: str) -> bool:
    """Whether words before a kind of station are more than a description of it."""
    bare = re.sub('[“”"‘’「」]', "", words)
    return naming.STATION_GENERIC.fullmatch(bare) is None
