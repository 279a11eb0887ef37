"""Texts with a build of their own: notices, rows of short items, questions and answers."""

from __future__ import annotations

import re

from . import cues
from .columns import BOX_HEADS, is_collective
from .signs import Ending, Signs

_NOTICE_REACH = 16  # blocks below a notice's head that are looked at
_COLUMN_SCORE = 5.0  # by itself a standing column's head
_MARKED_SCORE = 3.5  # so too, with brackets or ornaments
_BRIEF_LENGTH = 250  # characters
_ITEM = re.compile(
    r"[●•·◆◇■□▪○◎★☆→▶►※▲△▍]?\s*[\u4e00-\u9fff]{2,8}(?:社区|街道|[镇乡村区县])(?:[\s:：丨|｜])\s*(?=\S)"
)
_ISSUED_BY = re.compile(
    r"(?:中共)?[\u4e00-\u9fff]{2,8}?(?:[省市区县镇乡村]|街道|社区|公司|集团)[\u4e00-\u9fff（）()]{0,20}"
)


def mark_notices(signs: list[Signs]) -> None:
    """Mark the heads of notices, and whoever signs below as a line of the text.

    公告 or 启事 ends other headlines too; a notice says when, where or whom to call, and closes
    with who gives it.
    """
    for i, sign in enumerate(signs):
        if not sign.is_short or sign.is_credit or not _is_notice_head(sign.text):
            continue
        for j in range(i + 1, min(i + _NOTICE_REACH, len(signs))):
            below = signs[j]
            if below.is_credit or below.has_dateline or _is_notice_head(below.text):
                break
            is_signature = _closes(signs, j)
            if is_signature or cues.DATE_ALONE.fullmatch(below.text):
                sign.is_notice_head = True
                below.is_entry = True
            elif cues.LABELLED.search(below.text):
                sign.is_notice_head = True


def _is_notice_head(text: str) -> bool:
    return (
        cues.NOTICE_HEAD.search(text) is not None and text.strip("【】[]■●◆▲▶ :：") not in BOX_HEADS
    )


def _closes(signs: list[Signs], i: int) -> bool:
    """Whether a line names who gives a notice, under the end of its text."""
    sign, before = signs[i], signs[i - 1]
    return (
        sign.ending is Ending.OPEN
        and sign.hint is None
        and (before.ending is Ending.STOP or before.is_entry)
        and not before.is_short
        and cues.SIGNATURE.fullmatch(sign.text) is not None
        and _ISSUED_BY.fullmatch(sign.text) is not None
    )


def mark_items(signs: list[Signs]) -> None:
    """Mark the items without headlines under a column's head: two or more, one paragraph each."""
    for i, sign in enumerate(signs):
        if not sign.is_short or sign.column.score < _COLUMN_SCORE:
            continue
        items = []
        for below in signs[i + 1 :]:
            if below.is_credit:
                continue
            if below.is_short or not (below.has_dateline or _ITEM.match(below.text)):
                break
            items.append(below)
        if len(items) > 1:
            for item in items:
                item.is_item = True


def mark_briefs(signs: list[Signs]) -> None:
    """Mark the headlines of briefs under the head of a column that gathers them.

    Two headlines or more, each over one short paragraph: under 快讯 they are not subheads.
    """
    for i, sign in enumerate(signs):
        name = sign.text[sign.column.start : sign.column.end]
        if not sign.is_short or sign.column.score < _MARKED_SCORE or not is_collective(name):
            continue
        heads = []
        for head, text in zip(signs[i + 1 :: 2], signs[i + 2 :: 2], strict=False):
            if not _is_brief(head, text):
                break
            heads.append(head)
        if len(heads) > 1:
            for head in heads:
                head.is_brief_head = True


def _is_brief(head: Signs, text: Signs) -> bool:
    return (
        head.is_short
        and head.ending is Ending.OPEN
        and not head.is_credit
        and not head.is_entry
        and text.ending is Ending.STOP
        and not text.is_short
        and len(text.text) <= _BRIEF_LENGTH
    )


def mark_series_ends(signs: list[Signs]) -> None:
    """Mark a heading over plain text behind questions and answers, a row of items or a poem."""
    for i, sign in enumerate(signs):
        if i < 2 or not sign.is_short or sign.is_credit or sign.is_speech or sign.is_entry:
            continue
        before, second = signs[i - 1], signs[i - 2]
        third = signs[max(0, i - 3)]
        is_after_speech = before.is_speech and (second.is_speech or third.is_speech)
        if not (before.is_item or before.is_verse or is_after_speech):
            continue
        below = []
        for other in signs[i + 1 :]:
            if other.is_credit:
                break
            below.append(other)
        if below and not any(other.is_speech or other.is_item for other in below):
            sign.is_after_series = True
