"""What each block of the page shows by itself, before anything is decided.

A block's signs are observations: how it ends, whether it is a credit, how much it looks like a
heading. The rules weigh them; nothing here gives a block its label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from . import cues
from .columns import ColumnHead, read_column_head
from .lines import width_of
from .wrapping import Block


class Ending(Enum):
    """How a block ends: at a sentence's end, at a colon, at a pause, or anywhere."""

    STOP = "stop"
    COLON = "colon"
    PAUSE = "pause"
    OPEN = "open"


class Hint(Enum):
    """What a block was cut off for, which settles what it is."""

    COLUMN = "column"
    CREDIT = "credit"
    TITLE = "title"
    SUBHEAD = "subhead"


@dataclass
class Signs:
    """What a block shows by itself and beside its neighbours.

    Attributes:
        block: the block.
        hint: what it was cut off for.
        width: in full-width cells.
        ending: how it ends.
        quotes_open: quotation marks opened and not closed; likewise `brackets_open`.
        is_entry: whether it is complete without a full stop: an entry of a list, a row of a
            table, a verse, a signature, a date.
        is_notice_head: whether it heads a notice: by its words, and by how the text below ends.
        is_about_author: whether it says who the author is (作者系…), as under a commentary.
        is_in_brackets: whether it stands in brackets from end to end.
        is_item: whether it is one of several short items under a standing column's head, each
            opening with its place or with 本报讯.
        is_verse: whether it is a line of a poem.
        is_brief_head: whether it is the headline of one of several briefs under a column's head.
        is_after_series: whether the questions and answers, or the items, before it end with it.
        shape: the widths of the pieces between pauses and spaces, by which parallel headings
            are known.
        siblings: how like it the likest headings of the same story are.
        is_odd_one: whether others are alike and it is not.
        cohesion: how much the text below a short block shares with the text above, beyond what
            the whole page shares; about 0.2 between stories, 0.4 inside one.

    """

    block: Block
    hint: Hint | None = None
    width: float = 0.0
    ending: Ending = Ending.OPEN
    quotes_open: int = 0
    brackets_open: int = 0
    is_credit: bool = False
    is_photo_credit: bool = False
    has_dateline: bool = False
    is_signed_dateline: bool = False
    is_note: bool = False
    is_caption: bool = False
    is_speech: bool = False
    is_about_author: bool = False
    is_in_brackets: bool = False
    is_numbered: bool = False
    is_list_entry: bool = False
    is_salutation: bool = False
    is_entry: bool = False
    is_jumping: bool = False
    is_notice_head: bool = False
    is_item: bool = False
    is_verse: bool = False
    is_brief_head: bool = False
    is_after_series: bool = False
    column: ColumnHead = field(default_factory=lambda: ColumnHead(0, 0, -9.0, is_marked=False))
    shape: tuple[float, ...] = ()
    siblings: float = 0.0
    is_odd_one: bool = False
    cohesion: float | None = None

    @property
    def text(self) -> str:
        """The block's text."""
        return self.block.text

    @property
    def is_short(self) -> bool:
        """Whether the block could be a heading: short, and no full stop in or after it."""
        return (
            self.width <= 48
            and not (self.ending is Ending.STOP and not cues.QUESTION.search(self.text))
            and cues.FULL_STOP_INSIDE.search(self.text) is None
        )


_DATELINE = re.compile(
    r"[【(（\[]?(?:本[报刊网台社]|[\u4e00-\u9fff]{2,6}[报网社台刊])(?:[\u4e00-\u9fff]{0,4}|\d+月\d+日|[\u4e00-\u9fff]{2,8}\d+月\d+日)"
    r"(?:专?讯(?!员)|[电])(?=[\s(（\[【】)）:：,，“\"]|(?=[\u4e00-\u9fff\d]))|"
    r"[【(（\[]?(?:本报|晚报|日报|晨报|早报|都市报|快报|商报|时报|周报|社区报)讯(?=[\s(（\[【】)）:：,，“\"\d\u4e00-\u9fff])"
)


_BRACKETED = re.compile("[(（][^()（）]+[)）]")
SIGNED = re.compile("记者|通讯员")
PHOTO_CREDIT = re.compile(r"摄(?!像)|图(?!书)|照片|拍")


def has_dateline(text: str) -> bool:
    """Whether a paragraph opens as a news item does (本报讯, 晚报讯, 本报10月3日讯)."""
    return _DATELINE.match(text) is not None


def ending_of(text: str) -> Ending:
    """Return how a text ends."""
    if cues.STOP.search(text):
        return Ending.STOP
    if cues.COLON.search(text):
        return Ending.COLON
    if cues.PAUSE.search(text):
        return Ending.PAUSE
    return Ending.OPEN


def quotes_open_in(text: str) -> int:
    """Count double quotation marks opened and not closed; straight ones by their parity."""
    depth = text.count("“") - text.count("”") + text.count("「") - text.count("」")
    if depth == 0 and text.count('"') % 2:
        return 1
    return depth


def shape_of(text: str) -> tuple[float, ...]:
    """Return the widths of the pieces a heading is divided into by pauses, colons and spaces."""
    bare = cues.CJK_NUMBERED.sub("", text, count=1)
    return tuple(width_of(p) for p in re.split(r"[\s，,、：:；;！!？?—]+", bare) if p)


def observe(block: Block, hint: Hint | None) -> Signs:
    """Observe one block, with what it was cut off for."""
    text = block.text
    width = width_of(text)
    signs = Signs(
        block, hint, width=width, ending=ending_of(text), quotes_open=quotes_open_in(text)
    )
    signs.brackets_open = len(re.findall("[(（]", text)) - len(re.findall("[)）]", text))
    signs.is_credit = hint is Hint.CREDIT
    signs.is_photo_credit = signs.is_credit and PHOTO_CREDIT.search(text) is not None
    signs.is_jumping = block.ends_in_jump
    signs.has_dateline = has_dateline(text)
    signs.is_signed_dateline = signs.has_dateline and SIGNED.search(text[:30]) is not None
    signs.is_note = cues.NOTE.match(text) is not None
    signs.is_caption = cues.CAPTION.match(text) is not None
    signs.is_about_author = cues.ABOUT_AUTHOR.match(text) is not None
    signs.is_in_brackets = _BRACKETED.fullmatch(text) is not None
    signs.is_numbered = cues.CJK_NUMBERED.match(text) is not None
    signs.is_list_entry = (
        cues.BULLET.match(text) is not None or cues.NUMBERED.match(text) is not None
    )
    signs.is_salutation = width < 30 and cues.SALUTATION.fullmatch(text) is not None
    signs.is_speech = _is_speech(text)
    if signs.is_short:
        signs.shape = shape_of(text)
        signs.column = read_column_head(text, width)
    if hint is Hint.COLUMN:
        signs.column = ColumnHead(signs.column.start, signs.column.end, 10.0, is_marked=True)
    return signs


def _is_speech(text: str) -> bool:
    """Whether a block opens with who is speaking, as in an interview."""
    found = cues.SPEAKER.match(text)
    if found is None:
        return False
    return found["who"] is not None
