"""Genres: what kind of text a story is, by its build."""

from __future__ import annotations

import re

from articles.bylines import RoleKind, kind_of

from . import cues
from .columns import is_collective
from .parsed import ParsedArticle

_PICTURE_COLUMN = re.compile("图片|摄影|光影|镜头|影像|图说|大家拍|随手拍")
_PICTURE_ROLE = re.compile("摄|图(?!书)|照片|拍")
_CAPTION_LENGTH = 400  # characters; longer texts are stories with a picture
_SINGLE_BRIEF = 160


def shows_picture(article: ParsedArticle) -> bool:
    """Whether a picture belongs to a story: someone took it, or a caption speaks of it."""
    if any(
        kind_of(credit.role) is RoleKind.PHOTOGRAPHER or _PICTURE_ROLE.search(credit.role)
        for credit in article.bylines
    ):
        return True
    return any(cues.CAPTION.match(text) for text in article.paragraphs)


def is_picture_column(name: str) -> bool:
    """Whether a column by its name is one of photo news (图片新闻, 镜头)."""
    return _PICTURE_COLUMN.search(name) is not None


def genre_of(article: ParsedArticle) -> str:
    """Return a story's genre.

    Notices are known by their headline, or by the office and the date they close with, and carry
    nobody's name; interviews by their questions;
    photo news is a caption with a photographer; briefs open with 本报讯 under a standing column,
    or fill a single paragraph.
    """
    length = sum(map(len, article.paragraphs))
    if _is_notice(article):
        return "notice"
    if _is_interview(article):
        return "interview"
    is_caption = (
        article.photo
        and not article.subheads
        and len(article.paragraphs) <= 3
        and length <= _CAPTION_LENGTH
    )
    if is_caption and (
        not article.dateline
        or _PICTURE_COLUMN.search(article.column)
        or len(article.paragraphs) == 1
    ):
        return "photo"
    if article.column and _PICTURE_COLUMN.search(article.column) and length <= _CAPTION_LENGTH:
        return "photo"
    if article.dateline and article.column:
        return "brief"
    if article.dateline and len(article.paragraphs) == 1 and length <= _SINGLE_BRIEF:
        return "brief"
    if article.column and _is_item(article, length):
        return "brief"
    return "story"


def _is_item(article: ParsedArticle, length: int) -> bool:
    """Whether a story without 本报讯 is a brief all the same: an item of a collective column."""
    return (
        (article.is_item or is_collective(article.column))
        and len(article.paragraphs) <= 2
        and length <= 250
    )


def _is_notice(article: ParsedArticle) -> bool:
    if article.bylines or article.dateline:
        return False
    if cues.NOTICE_HEAD.search(article.headline.replace(" ", "")):
        return True
    office, day = ["", *article.paragraphs][-2:]
    return bool(cues.DATE_ALONE.fullmatch(day) and cues.SIGNATURE.fullmatch(office))


def _asks(text: str) -> bool:
    """Whether a paragraph asks in an interview: 问：, or a speaker with a question mark."""
    if cues.ASKING.match(text):
        return True
    return cues.SPEAKER.match(text) is not None and cues.QUESTION.search(text) is not None


def _is_interview(article: ParsedArticle) -> bool:
    texts = article.paragraphs
    asked = sum(1 for text in texts if _asks(text))
    spoken = sum(1 for text in texts if cues.SPEAKER.match(text))
    return asked >= 2 and spoken * 10 >= len(texts) * 4
