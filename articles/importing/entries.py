"""Lines that are complete without a full stop: entries of lists, rows of tables, verses."""

from __future__ import annotations

import re

from articles.bylines import is_credit_line

from . import cues
from .signs import Ending, Signs

_BRACKETED = re.compile("[(（][^()（）]+[)）]")
_PEN_NAME = re.compile("[\u4e00-\u9fff]{2,3}")
_COLUMN_SCORE = 5.0  # by itself a standing column's head
_NO_POET = frozenset(("后记", "题记", "前言", "序"))


def is_bare_name(text: str) -> bool:
    """Whether a line is a person's name and nothing else, as under a poem's headline."""
    return 2 <= len(text) <= 4 and text not in _NO_POET and is_credit_line("□" + text)


_MOST_HEADS = 2  # lines of heading between a poem and the prose below it


def mark_entries(signs: list[Signs]) -> None:
    """Mark lines that are complete without a full stop.

    Entries of a list show a bullet or a number, rows of a table wide spaces; a signature stands
    over a date; verses come four or more in a row, short, and most of them end in a mark.
    """
    for i, sign in enumerate(signs):
        text = sign.text
        following = signs[i + 1] if i + 1 < len(signs) else None
        if (
            cues.DATE_ALONE.fullmatch(text)
            or (cues.LABELLED.match(text) and sign.width <= 60)
            or (sign.is_list_entry and sign.ending is not Ending.STOP and _is_listed(signs, i))
            or (
                following is not None
                and cues.DATE_ALONE.fullmatch(following.text)
                and (cues.SIGNATURE.fullmatch(text) or cues.LABELLED.match(text))
            )
            or (sign.block.cells >= 3 and sign.ending is Ending.OPEN)
            or _is_row(signs, i)
            or (
                sign.block.cells == 2
                and any(
                    0 <= j < len(signs) and signs[j].block.cells >= 2 and not signs[j].is_credit
                    for j in (i - 1, i + 1)
                )
            )
        ):
            sign.is_entry = True
    _mark_listings(signs)
    _mark_verses(signs)


def _mark_listings(signs: list[Signs]) -> None:
    """Mark what is listed behind a colon without bullets: who won, what is closed when.

    Two lines or more without a stop. Where most of them are built in parts (一等奖：某某, or 《某》
    and who wrote it), a last one that is not is a heading.
    """
    for i, sign in enumerate(signs):
        if sign.ending is not Ending.COLON or (sign.is_short and sign.is_salutation):
            continue
        listed: list[Signs] = []
        for below in signs[i + 1 :]:
            if not _may_be_listed(below) or (listed and below.block.gap > listed[-1].block.gap):
                break
            listed.append(below)
        if sum(map(_is_in_parts, listed)) * 2 < len(listed):
            continue
        while listed and not _is_in_parts(listed[-1]):
            listed.pop()
        if len(listed) > 1:
            for below in listed:
                below.is_entry = True


def _may_be_listed(sign: Signs) -> bool:
    return (
        sign.ending is Ending.OPEN
        and not sign.is_credit
        and not sign.is_speech
        and sign.hint is None
        and not re.search("[，,]", sign.text)
    )


def _is_in_parts(sign: Signs) -> bool:
    return re.search(r"[\s:：]", sign.text.strip()) is not None or sign.text.startswith("《")


def _is_listed(signs: list[Signs], i: int) -> bool:
    """Whether a line with a bullet or number stands in a list; alone it is a subhead."""
    before = signs[i - 1] if i else None
    after = signs[i + 1] if i + 1 < len(signs) else None
    if before is not None and (before.ending is Ending.COLON or before.is_list_entry):
        return True
    return after is not None and after.is_list_entry


def _is_row(signs: list[Signs], i: int) -> bool:
    """Whether a line is one of several with as many pieces between spaces: rows of a table."""
    pieces = len(signs[i].text.split())
    if pieces < 3 or signs[i].is_credit or signs[i].ending is not Ending.OPEN:
        return False
    return any(
        0 <= j < len(signs)
        and len(signs[j].text.split()) == pieces
        and not signs[j].is_credit
        and signs[j].is_short
        for j in (i - 1, i + 1)
    )


def _mark_verses(signs: list[Signs]) -> None:
    """Mark the verses of a poem: many short lines in a row, more than any headline has.

    Stanzas are set apart by gaps. What stands right over prose is its heading. The first line is
    the poem's headline and a bare name under it the poet's; a few short lines with prose directly
    below are headings, not a stanza.
    """
    start = 0
    was_verse = False
    while start < len(signs):
        end = start
        inner_gap = min((sign.block.gap for sign in signs[start + 1 : start + 4]), default=0)
        while (
            end < len(signs)
            and _may_be_verse(signs[end])
            and (end == start or signs[end].block.gap <= inner_gap)
        ):
            end += 1
        verses = signs[start:end]
        if end < len(signs) and not signs[end].is_short and not signs[end].is_credit:
            most = len(verses) if signs[end].block.gap == 0 else _MOST_HEADS
            while verses and verses[-1].ending is Ending.OPEN and most:
                verses.pop()
                most -= 1
        if _are_verses(verses) or (was_verse and len(verses) >= 3):
            is_start = not was_verse and not _is_under_poet(signs, start)
            is_unsigned = not signs[end : end + 1] or not signs[end].is_credit
            _mark_poem(verses, is_start=is_start, is_unsigned=is_unsigned)
            was_verse = True
        else:
            was_verse = False
        start = max(end, start + 1)


def _is_under_poet(signs: list[Signs], start: int) -> bool:
    """Whether a headline and the poet's name stand over the verses already."""
    return start > 1 and signs[start - 1].is_credit and signs[start - 2].is_short


def _are_verses(verses: list[Signs]) -> bool:
    marked = sum(1 for sign in verses if sign.ending in (Ending.STOP, Ending.PAUSE))
    divided = sum(1 for sign in verses if re.search("[，。；,;].", sign.text))
    if divided > 0.3 * len(verses):
        return False  # lines of prose: they break anywhere, verses at their marks
    return len(verses) >= 6 or (len(verses) >= 4 and marked >= 0.4 * len(verses))


def _mark_poem(verses: list[Signs], *, is_start: bool, is_unsigned: bool) -> None:
    is_head = is_start
    if is_start and verses[0].column.score >= _COLUMN_SCORE:
        verses = verses[1:]
    for i, sign in enumerate(verses):
        if is_start and i == 0 and sign.ending is Ending.OPEN:
            continue
        if is_head and i == 1 and is_unsigned and _PEN_NAME.fullmatch(sign.text):
            sign.is_credit = True
            is_head = False
            continue
        if is_head and i < 3 and _BRACKETED.fullmatch(sign.text):
            continue
        if is_head and i < 3 and is_bare_name(sign.text):
            sign.is_credit = True
            is_head = False
            continue
        is_head = False
        sign.is_entry = sign.is_verse = True


def _may_be_verse(sign: Signs) -> bool:
    return (
        sign.width <= 18
        and not sign.is_credit
        and sign.ending is not Ending.COLON
        and sign.hint is None
        and not sign.is_caption
        and sign.text[0] not in '“"‘「'
        and not sign.text.endswith("、")
        and not sign.is_speech
    )
