"""Which stories stand under a standing column's head, and bear its name."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import is_collective
from .genres import is_picture_column
from .parsed import ParsedArticle


def spread_columns(articles: Sequence[ParsedArticle]) -> None:
    """Give a column's name to all its stories.

    A head over a 本报讯 item stands over all such items up to the next head; one that gathers
    short pieces by its name (简讯, 速递) over all short ones, one of photo news over all photos,
    one over a row of one-paragraph stories over the row. Any other head stands over one story.
    """
    name = ""
    first: ParsedArticle | None = None
    for at, article in enumerate(articles):
        if article.column_head:
            name, first = article.column_head, article
            article.is_item = _heads_a_row(articles[at:])
        elif first is not None and _belongs(article, first, name):
            article.column = article.column or name
            article.is_item = first.is_item
        else:
            first = None


_ROW = 3  # one-paragraph stories that make the head over the first one that of all
_ITEM_LENGTH = 200  # characters


def _heads_a_row(articles: Sequence[ParsedArticle]) -> bool:
    """Whether a head stands over a row of stories of a single short paragraph each."""
    row = articles[:_ROW]
    return (
        len(row) == _ROW
        and all(map(_is_one_short_paragraph, row))
        and not any(article.column_head for article in row[1:])
        and len({(bool(a.headline), a.dateline, a.photo) for a in row}) == 1
    )


def _is_one_short_paragraph(article: ParsedArticle) -> bool:
    return (
        len(article.paragraphs) == 1
        and not (article.subheads or article.kicker or article.deck)
        and len(article.paragraphs[0]) <= _ITEM_LENGTH
    )


def _belongs(article: ParsedArticle, first: ParsedArticle, name: str) -> bool:
    """Whether a story without a head of its own belongs to the column above it."""
    if (first.photo, first.dateline, bool(first.headline)) != (
        article.photo,
        article.dateline,
        bool(article.headline),
    ):
        return False
    if is_picture_column(name) and first.photo:
        return is_small(article)
    if first.dateline:
        return True
    if first.is_item:
        return _is_one_short_paragraph(article)
    return is_collective(name) and is_small(article)


def is_small(article: ParsedArticle) -> bool:
    """Whether a story is of a brief's size: three paragraphs at most, no subheads."""
    return (
        not article.subheads
        and len(article.paragraphs) <= 3
        and sum(map(len, article.paragraphs)) <= 400
    )
