"""What holds for a page as a whole: its spacing, its habits of signing and of breaking text."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .kinship import PageWords
from .signs import Ending, Signs


@dataclass(frozen=True)
class Page:
    """What holds for the page as a whole.

    Attributes:
        signs: every block's signs, in order.
        words: the pairs of characters the page uses.
        is_indented: whether paragraphs begin with white space.
        indents_subheads: whether some headings do so too, which are the subheads then.
        base_gap: blank lines usual between blocks.
        has_wider_gaps: whether some gaps are wider, so that they mean something.
        gaps_divide_stories: whether they stand between stories throughout.
        is_signed: whether the page signs its stories at all.
        breaks_paragraphs: whether column ends cut long paragraphs in mid-sentence.
        keeps_paragraphs: whether none is cut on a page that has many.

    """

    signs: Sequence[Signs]
    words: PageWords
    is_indented: bool
    indents_subheads: bool
    base_gap: int
    has_wider_gaps: bool
    gaps_divide_stories: bool
    is_signed: bool
    breaks_paragraphs: bool
    keeps_paragraphs: bool


def page_of(signs: Sequence[Signs], *, is_indented: bool) -> Page:
    """Gather what holds for the page as a whole."""
    gaps = Counter(sign.block.gap for sign in signs[1:])
    base = min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 0
    wider = sum(count for gap, count in gaps.items() if gap > base)
    breaks = any(
        sign.width > 48 and sign.ending in (Ending.OPEN, Ending.PAUSE) and not sign.is_jumping
        for sign in signs[:-1]
    )
    return Page(
        signs=signs,
        words=PageWords(signs),
        is_indented=is_indented,
        base_gap=base,
        has_wider_gaps=0 < wider <= 0.45 * max(1, len(signs) - 1),
        gaps_divide_stories=_gaps_divide_stories(signs, base),
        breaks_paragraphs=breaks,
        keeps_paragraphs=not breaks and sum(1 for sign in signs if not sign.is_short) >= 8,
        indents_subheads=is_indented and any(map(_is_indented_heading, signs)),
        is_signed=any(sign.is_credit or sign.is_signed_dateline for sign in signs),
    )


def _is_indented_heading(sign: Signs) -> bool:
    is_plain = sign.ending is Ending.OPEN and not sign.is_entry and not sign.is_credit
    return sign.is_short and is_plain and sign.width <= 30 and sign.block.indent >= 1.5


def _gaps_divide_stories(signs: Sequence[Signs], base: int) -> bool:
    """Whether wider gaps stand before headings only, and behind nearly every closing credit."""
    wide = [sign for sign in signs[1:] if sign.block.gap > base]
    if len(wide) < 2 or sum(1 for sign in wide if sign.is_short) < 0.8 * len(wide):
        return False
    after_credit = [
        sign.block.gap > base
        for before, sign in itertools.pairwise(signs)
        if before.is_credit and sign.is_short and not sign.is_credit
    ]
    return sum(after_credit) >= 0.8 * len(after_credit)
