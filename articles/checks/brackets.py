"""Quotation marks and brackets that open and don't close, or close what was never opened.

A quotation may run over several paragraphs: each begins with “ again and only the last is closed;
or it opens before a paragraph's end, behind a colon, and closes at the end of a later one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.body.normalising import BLANKS

from .copy import HOLE, Copy
from .problem import Problem, found_at

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "［": "］",
    "[": "]",
}
OPENS = {close: open_ for open_, close in PAIRS.items()}
# Half a mixed pair is a matter of width, not of closing.
WIDTH = str.maketrans("（）［］", "()[]")
MARKS = re.compile("[" + re.escape("".join(PAIRS) + "".join(OPENS)) + '"]')
QUOTES = frozenset("“‘「『")
# 1） and a) number a point.
NUMBERED = re.compile(
    r"(?:^|[\s\x00，。；：、])(?:[0-9０-９]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$"
)
# A quotation is followed over at most so many paragraphs.
REACH = 12


@dataclass(frozen=True)
class _Loose:
    """A mark without its partner on its line."""

    line: int
    at: int
    mark: str
    closes: bool


def brackets(copy: Copy) -> Iterator[Problem]:
    """Find quotation marks and brackets without their partner."""
    lines = list(copy.lines())
    loose = [one for number, (_f, _s, line) in enumerate(lines) for one in _on_line(number, line)]
    loose = _over_paragraphs(lines, loose)
    by_line: dict[int, list[_Loose]] = {}
    for one in loose:
        by_line.setdefault(one.line, []).append(one)
    for number, here in by_line.items():
        field, start, _line = lines[number]
        text = copy.texts[field]
        for one, turned in _turned(here):
            if turned:
                message = _("This mark is turned the wrong way.")
            elif one.closes:
                message = _("This mark closes what was not opened.")
            else:
                message = _("This mark is not closed.")
            instead = (PAIRS.get(one.mark) or OPENS.get(one.mark)) if turned else None
            span = (start + one.at, start + one.at + 1)
            yield found_at("unclosed", message, field, text, span, instead)


def _on_line(number: int, line: str) -> list[_Loose]:
    """Return the marks of a line that have no partner there."""
    open_: list[tuple[int, str]] = []
    loose: list[_Loose] = []
    straight: list[int] = []
    for found in MARKS.finditer(line):
        at, mark = found.start(), found[0]
        if mark == '"':
            straight.append(at)
        elif mark in PAIRS:
            open_.append((at, mark))
        elif not _is_no_mark(line, at, mark):
            _close(open_, loose, _Loose(number, at, mark, closes=True))
    loose += [_Loose(number, at, mark, closes=False) for at, mark in open_]
    if len(straight) % 2 and not line[: straight[-1]][-1:].isdigit():
        loose.append(_Loose(number, straight[-1], '"', closes=False))
    return sorted(loose, key=lambda one: one.at)


def _close(open_: list[tuple[int, str]], loose: list[_Loose], mark: _Loose) -> None:
    """Take the partner of a closing mark off the open ones; what stood open inside is loose."""
    wanted = OPENS[mark.mark].translate(WIDTH)
    for depth in range(len(open_) - 1, -1, -1):
        if open_[depth][1].translate(WIDTH) == wanted:
            loose += [_Loose(mark.line, at, left, closes=False) for at, left in open_[depth + 1 :]]
            del open_[depth:]
            return
    loose.append(mark)


def _is_no_mark(line: str, at: int, mark: str) -> bool:
    """Whether a closing mark is an apostrophe, a sign of feet and inches, or numbers a point."""
    previous = line[at - 1 : at]
    if mark == "’":
        following = line[at + 1 : at + 2]
        return any(one.isascii() and one.isalnum() for one in (previous, following))
    if mark in ")）":
        return NUMBERED.search(line[:at]) is not None
    return False


def _over_paragraphs(lines: list[tuple[str, int, str]], loose: list[_Loose]) -> list[_Loose]:
    """Leave out the marks of quotations that run over several paragraphs of one field."""
    carried: set[_Loose] = set()
    opened = [one for one in loose if not one.closes and one.mark in QUOTES]
    for one in opened:
        if one in carried:
            continue
        chain = _chain(lines, loose, one)
        carried |= set(chain)
    return [one for one in loose if one not in carried]


def _chain(lines: list[tuple[str, int, str]], loose: list[_Loose], first: _Loose) -> list[_Loose]:
    """Return a quotation's marks from the paragraph it opens in to the one it closes in."""
    field, _start, line = lines[first.line]
    opening = line[: first.at].strip(HOLE + BLANKS)
    if opening and not opening.endswith(("：", ":", "，", ",")):
        return []
    chain = [first]
    for number in range(first.line + 1, min(len(lines), first.line + REACH)):
        if lines[number][0] != field:
            return []
        words = lines[number][2].strip(HOLE + BLANKS)
        here = [one for one in loose if one.line == number]
        again = [one for one in here if one.mark == first.mark and not one.closes]
        closing = [one for one in here if one.closes and one.mark == PAIRS[first.mark]]
        if words.startswith(first.mark):
            if not again:
                return chain  # opened again and closed: the last of them
            chain.append(again[0])
        elif closing:
            return [*chain, closing[0]]
    return []


def _turned(here: list[_Loose]) -> Iterator[tuple[_Loose, bool]]:
    """Yield a line's loose marks; of two that both open (or both close) one is turned."""
    if len(here) == 2 and here[0].mark == here[1].mark and here[0].mark != '"':
        closes = here[0].closes
        yield (here[0] if closes else here[1]), True
        return
    for one in here:
        yield one, False
