"""Words typed twice: 的的, 进行进行, 居民们居民们; but not 常常, 讨论讨论, 一个一个.

Chinese doubles words on purpose, and where two words meet the end of one may be the beginning of
the next (社区社区工作者, 目的的). So single characters are looked at only where grammar never
doubles them, with the words they may belong to; two only where a word begins and isn't one that
people double.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .copy import Copy, after, before, is_han
from .lexicon import LISTS
from .problem import Problem, found_at

SINGLE = {
    line[0]: (frozenset(line[1]), frozenset(line[2]))
    for line in map(str.split, LISTS.lines("single_characters"))
}
PAIR = re.compile(r"([\u4e00-\u9fff])\1")
LONGER = re.compile(r"([\u4e00-\u9fff]{3,12}?)\1")
TWO = re.compile(r"(?=([\u4e00-\u9fff]{2})\1)")

REDUPLICATED = frozenset(LISTS.words("reduplicated"))
CLOSED = frozenset(LISTS.words("never_doubled"))
SOUNDS = frozenset("哗啦叮咚咯吱噼啪嘀嗒嘎呼噜咕扑通咔嚓轰隆滴答嘻哈呵嘿嘟当铛咣哐喵汪唧喳啾呜嗡嗖")
COUNTING = frozenset("一二两三四五六七八九十百千几半每")
# A word begins behind these.
BEFORE_WORDS = frozenset("的了是在和与为对把将被从向到让使给等及并也都就还又已请由以则而且能会要可")
FINAL_PARTICLES = frozenset("啊呀吧呢吗哦嘞啦哟了的么嘛")


def doubled_words(copy: Copy) -> Iterator[Problem]:
    """Find characters and words that stand twice where they are meant once."""
    for field, start, line in copy.lines():
        taken: list[tuple[int, int]] = []
        for left, right, word in (*_longer(line), *_two(line), *_single(line)):
            if any(left < end and begin < right for begin, end in taken):
                continue
            taken.append((left, right))
            message = format_lazy(_("“{word}” stands twice."), word=word)
            span = (start + left, start + right)
            yield found_at("doubled_word", message, field, copy.texts[field], span, word)


def _longer(line: str) -> Iterator[tuple[int, int, str]]:
    for found in LONGER.finditer(line):
        word = found[1]
        if word[-1] in FINAL_PARTICLES or word[0] in COUNTING or len(set(word)) == 1:
            continue
        if len(word) % 2 == 0 and word[: len(word) // 2] * 2 == word:
            continue
        if not all(character in SOUNDS for character in word):
            yield *found.span(), word


def _two(line: str) -> Iterator[tuple[int, int, str]]:
    for found in TWO.finditer(line):
        word, left = found[1], found.start()
        first, second = word[0], word[1]
        if first == second or first in COUNTING or word in REDUPLICATED:
            continue
        if word[-1] in FINAL_PARTICLES or {first, second} <= SOUNDS:
            continue
        if line[left + 4 : left + 6] == word or line[max(0, left - 2) : left] == word:
            continue
        previous = before(line, left)
        if word in CLOSED or not is_han(previous) or previous in BEFORE_WORDS:
            yield left, left + 4, word


def _single(line: str) -> Iterator[tuple[int, int, str]]:
    for found in PAIR.finditer(line):
        character = found[1]
        if character not in SINGLE:
            continue
        left, right = before(line, found.start()), after(line, found.end())
        joins_left, joins_right = SINGLE[character]
        # 我我我 is somebody stammering; three of a kind are meant.
        if left == character or right == character:
            continue
        if left not in joins_left and right not in joins_right and not _spread(line, found):
            yield *found.span(), character


def _spread(line: str, found: re.Match[str]) -> bool:
    """Whether a word's both characters are doubled: 和和美美, 确确实实."""
    start, end = found.span()
    behind, ahead = line[end : end + 2], line[max(0, start - 2) : start]
    return any(len(pair) == 2 and pair[0] == pair[1] for pair in (behind, ahead))
