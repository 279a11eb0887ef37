"""Half-width and full-width forms of one mark in one story: “，” here and “,” there.

A text that uses one width throughout is left alone: that is a matter of taste, or of the program
it came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .copy import Copy, after, before, is_han
from .problem import Problem, found_at, key_of

HALF, FULL = ',;:!?()%."', "，；：！？（）％。“"
TO_FULL = dict(zip(HALF, FULL, strict=True))
MARK = re.compile(r'[,;:!?()%."，；：！？（）％。“”]')
CLOSING = frozenset("”’」』》）)】]％%")
WIDE_RUN = re.compile(r"[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ．，]*")
NARROW_RUN = re.compile(r"[0-9A-Za-z]+")
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
MIXED_PAIR = re.compile(r"（[^（）()\n]{0,60}\)|\([^（）()\n]{0,60}）")
# Up to so many are each pointed out; more are one remark on the whole text.
EACH = 6
# A text that is all full-width but for one or two marks.
STRAY, STYLE = 2, 3


@dataclass(frozen=True)
class _Mark:
    field: str
    start: int
    mark: str


def widths(copy: Copy) -> Iterator[Problem]:
    """Find marks, letters and figures whose width differs from the rest of the story."""
    yield from _pairs(copy)
    yield from _letters(copy)
    marks = list(_marks(copy))
    narrow = Counter(one.mark for one in marks if one.mark in TO_FULL)
    wide = Counter("“" if one.mark == "”" else one.mark for one in marks if one.mark not in TO_FULL)
    is_wide = sum(wide.values()) >= STYLE * sum(narrow.values())
    for half in HALF:
        full = TO_FULL[half]
        here = [one for one in marks if one.mark == half]
        is_stray = is_wide and len(here) <= STRAY and half not in '%"'
        if not here or not (wide[full] or is_stray):
            continue
        yield from _reported(copy, here, half, wide[full])


def _reported(copy: Copy, here: list[_Mark], half: str, wide: int) -> Iterator[Problem]:
    full = TO_FULL[half]
    suggestion = None if half == '"' else full
    if len(here) > EACH and len(here) > wide:
        message = format_lazy(
            _("“{half}” stands {narrow} times in half width and {wide} times in full width."),
            half=half,
            narrow=len(here),
            wide=wide,
        )
        one = here[0]
        key = key_of("width", half)
        yield Problem(key, "width", message, one.field, one.start, one.start + 1, half, suggestion)
        return
    for one in here:
        message = _("A half-width mark in a text with full-width ones.")
        text, span = copy.texts[one.field], (one.start, one.start + 1)
        yield found_at("width", message, one.field, text, span, suggestion)


def _marks(copy: Copy) -> Iterator[_Mark]:
    """Yield the marks that stand in Chinese."""
    for field, start, line in copy.lines():
        paired = [found.span() for found in MIXED_PAIR.finditer(line)]
        for found in MARK.finditer(line):
            at, mark = found.start(), found[0]
            if mark in TO_FULL and not _is_chinese(line, at, mark):
                continue
            if mark in "()" and any(left <= at < right for left, right in paired):
                continue
            yield _Mark(field, start + at, mark)


def _is_chinese(line: str, at: int, mark: str) -> bool:
    """Whether a half-width mark stands where Chinese is written."""
    left, right = before(line, at), after(line, at + 1)
    if mark == "%":
        return True
    if mark == ".":
        return is_han(left) and (is_han(right) or right in ("", "”"))
    if mark == "(":
        return is_han(right) and (is_han(left) or left in CLOSING or not left)
    if mark == ")":
        return is_han(left)
    if mark == '"':
        return is_han(left) or is_han(right)
    if is_han(left) or left in CLOSING - {"]", ")"}:
        return True
    return is_han(right) and (left.isalnum() or left == ")")


def _pairs(copy: Copy) -> Iterator[Problem]:
    """Find brackets of which one is wide and the other narrow."""
    for field, start, line in copy.lines():
        for found in MIXED_PAIR.finditer(line):
            inside = found[0][1:-1]
            # a) and b) number points and have no partner.
            if found[0].endswith(")") and re.fullmatch(r"[^)]*\W[0-9a-zA-Z]", inside):
                continue
            message = _("One bracket is full-width, the other half-width.")
            span = (start + found.start(), start + found.end())
            text = copy.texts[field]
            yield found_at("width", message, field, text, span, f"（{_whole(text, span)}）")


def _whole(text: str, span: tuple[int, int]) -> str:
    return text[span[0] + 1 : span[1] - 1]


def _letters(copy: Copy) -> Iterator[Problem]:
    """Find full-width figures and letters where others are half-width."""
    lines = list(copy.lines())
    narrow = sum(len(NARROW_RUN.findall(line)) for _field, _start, line in lines)
    if not narrow:
        return
    for field, start, line in lines:
        for found in WIDE_RUN.finditer(line):
            run = found[0].rstrip("．，")
            span = (start + found.start(), start + found.start() + len(run))
            message = _("Full-width figures or letters; elsewhere they are half-width.")
            plain = run.translate(NARROW)
            yield found_at("width", message, field, copy.texts[field], span, plain)
