"""A story's text with its photos, each in its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import body as body_text
from articles.body import Block, PhotoMark


def with_photos(blocks: body_text.Body, numbers: Collection[int]) -> body_text.Body:
    """Return a text in which each of its photos has exactly one place.

    Photos stand where the text marks them first. The first photo, if it is not marked, stands
    before the text; others that are not marked stand after it.

    Args:
        blocks: the parsed body.
        numbers: the photos there are, counted from 1, in their order.

    """
    placed: set[int] = set()
    kept: list[Block] = []
    for block in blocks.blocks:
        if isinstance(block, PhotoMark):
            if block.number in placed or block.number not in numbers:
                continue
            placed.add(block.number)
        kept.append(block)
    before = [PhotoMark(number) for number in numbers if number == 1 and number not in placed]
    after = [PhotoMark(number) for number in numbers if number > 1 and number not in placed]
    return body_text.Body((*before, *kept, *after))


def set_text(
    blocks: body_text.Body, figures: Mapping[int, SafeString], *, dateline: bool
) -> SafeString:
    """Print a text with its photos, as in the paper (see `with_photos`).

    Args:
        blocks: the parsed body.
        figures: the photos as HTML, by number from 1.
        dateline: whether it begins with 本报讯.

    """
    return body_text.render_html(
        with_photos(blocks, figures),
        photos=figures,
        dateline=_("Our own report") if dateline else "",
    )
