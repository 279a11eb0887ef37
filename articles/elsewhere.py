"""A story's text for readers outside the site: feeds, other systems.

There every address has scheme and host, and every character is one that XML may hold.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.body import (
    Block,
    Body,
    Link,
    List,
    Paragraph,
    Quotation,
    Spans,
    Strong,
    Subhead,
    Table,
)
from articles.models import Article, Photo
from articles.printing import set_text


def text_for_elsewhere(story: Article, root: str) -> SafeString:
    """Print a story's text with its photos, as well-formed XHTML with whole addresses.

    Args:
        story: with its photos fetched.
        root: scheme and host of the site, without a slash at the end.

    """
    figures = {
        number: _figure(photo, root) for number, photo in enumerate(story.photos.all(), start=1)
    }
    return set_text(with_whole_links(story.blocks, root), figures, dateline=story.dateline)


def photo_address(photo: Photo, root: str) -> str:
    """Return a photo's whole address, wherever pictures are kept."""
    return urljoin(f"{root}/", photo.image.url)


def media_type(photo: Photo) -> str:
    """Return what kind of picture a photo is, by its name."""
    return mimetypes.guess_type(photo.image.name or "")[0] or "image/jpeg"


def with_whole_links(body: Body, root: str) -> Body:
    """Return a text whose links within the site have scheme and host: it is read elsewhere."""
    return Body(tuple(_linked(block, root) for block in body.blocks))


def _figure(photo: Photo, root: str) -> SafeString:
    said = " ".join(part for part in (photo.caption, photo.credit) if part)
    caption = format_html("<figcaption>{}</figcaption>", said) if said else ""
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}" />{}</figure>',
        photo_address(photo, root),
        photo.alt or photo.caption,
        photo.width,
        photo.height,
        caption,
    )


def _linked(block: Block, root: str) -> Block:
    if isinstance(block, Paragraph | Subhead):
        return replace(block, spans=_spans(block.spans, root))
    if isinstance(block, Quotation):
        return replace(block, lines=_lines(block.lines, root))
    if isinstance(block, List):
        return replace(block, items=_lines(block.items, root))
    if isinstance(block, Table):
        return replace(block, rows=tuple(_lines(row, root) for row in block.rows))
    return block


def _lines(lines: Iterable[Spans], root: str) -> tuple[Spans, ...]:
    return tuple(_spans(line, root) for line in lines)


def _spans(spans: Spans, root: str) -> Spans:
    return tuple(_span(span, root) for span in spans)


def _span(span: Any, root: str) -> Any:
    if isinstance(span, Strong):
        return Strong(tuple(_span(inner, root) for inner in span.spans))
    if isinstance(span, Link) and span.address.startswith("/"):
        return Link(span.text, root + span.address)
    return span
