"""Credits known by where they stand, for their words alone could be anything.

（知新） is a pen name behind a story's last sentence, 何处 one between a headline and its text,
（工会） an author between a text and the next headline; anywhere else they are words.
"""

from __future__ import annotations

import re

from articles.bylines import is_credit_line

from . import cues
from .signs import Ending, ending_of
from .wrapping import Block

_LONGEST_HEADING = 40
_LONGEST_BRACKET = 40
_NAME = "[\u4e00-\u9fff]{2,3}"
_NAMES = f"{_NAME}(?:[ \u3000、]{_NAME}){{0,2}}"
_AT_THE_END = re.compile(rf"(?<=[。！？”])[(（](?P<names>{_NAMES})[)）]$")
_NAMES_ALONE = re.compile(rf"[(（]?(?P<names>{_NAMES})[)）]?")
_LISTED = re.compile("[:：].+、")
_BRACKETED = re.compile(r"[(（](?P<inside>[^()（）。！？!?，,；;]+)[)）]")
_NO_PERSON = re.compile("[会部局委办站所院校处科队厂社联]$|记者|通讯员|作者|读者|摄|摄影|供稿|整理")
_BARE_NAMES = re.compile(_NAMES)
_ASIDE_WORDS = """
下同 略去 如图 见图 组图 待续 未完 未完待续 完结 全文完 完 全文 节选 摘编 续完 上图 下图 左图 右图
左一 右一 资料 资料图 资料图片 大笑 微笑 掌声 笑声 沉默 哽咽 化名 原文 有删节 有删改 本报讯
之一 之二 之三 上 中 下
"""
_ASIDES = frozenset(_ASIDE_WORDS.split())
_NO_NAME = re.compile(r"图|第|[一二三四五六七八九十\d]+$")
_HEADS_OF_BOXES = frozenset(("后记", "题记", "前言", "序", "尾声", "引子", "编者", "本报"))


def pen_names_of(text: str) -> list[str]:
    """Return the pen names a credit is made of; none where it is of another kind."""
    found = _NAMES_ALONE.fullmatch(text)
    return re.split("[ \u3000、]", found["names"]) if found and not names_office(text) else []


def names_office(text: str) -> bool:
    """Whether what stands in brackets ends as offices do (工会, 宣传科), or is a role."""
    return text[0] in "(（" and any(map(_NO_PERSON.search, re.split("[ \u3000、]", text[1:-1])))


def pen_name_at_end(text: str) -> int | None:
    """Return where pen names in brackets begin behind a story's last sentence, if they do."""
    found = _AT_THE_END.search(text)
    return None if found is None or found["names"] in _ASIDES else found.start()


def is_signed_below(block: Block, before: Block | None, following: Block | None) -> bool:
    """Whether a line in brackets between a text's end and the next heading says who wrote it."""
    found = _BRACKETED.fullmatch(block.text)
    if found is None or len(block.text) > _LONGEST_BRACKET or before is None:
        return False
    inside = found["inside"]
    if inside in _ASIDES or _NO_NAME.match(inside) or cues.ABOUT_AUTHOR.match(block.text):
        return False
    is_text = ending_of(before.text) is Ending.STOP or _LISTED.search(before.text) is not None
    return is_text and _is_heading_like(following)


def is_signed_above(block: Block, before: Block | None, following: Block | None) -> bool:
    """Whether a line between a headline and its text is a bare name.

    What a headline says is said again in the text; the author's name is not.
    """
    if before is None or following is None or _BARE_NAMES.fullmatch(block.text) is None:
        return False
    text = following.text
    return (
        block.text not in _HEADS_OF_BOXES
        and is_credit_line("□" + block.text)
        and _is_heading_like(before)
        and ending_of(before.text) in (Ending.OPEN, Ending.STOP)
        and ending_of(text) is Ending.STOP
        and len(text) > len(block.text) * 4
        and not any(word in text for word in re.split("[ \u3000、]", block.text))
    )


def _is_heading_like(block: Block | None) -> bool:
    if block is None:
        return True
    text = block.text
    return len(text) <= _LONGEST_HEADING and (
        ending_of(text) is Ending.OPEN or cues.QUESTION.search(text) is not None
    )
