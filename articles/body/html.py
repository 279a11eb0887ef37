"""From blocks to HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .blocks import (
    Block,
    Body,
    Link,
    List,
    Paragraph,
    PhotoMark,
    Quotation,
    Span,
    Spans,
    Strong,
    Subhead,
    Table,
)

# The most columns a cell may span in HTML:
# https://html.spec.whatwg.org/multipage/tables.html#attr-tdth-colspan
MAX_COLSPAN = 1000


def render_html(
    body: Body, *, photos: Sequence[str] | Mapping[int, str] = (), dateline: str = ""
) -> SafeString:
    """Render a body as HTML, a block to a line.

    Args:
        body: the parsed body.
        photos: figures as safe HTML, in their order or by number from 1; a string not marked safe
            is escaped. A mark without a figure, or one given before, prints nothing;
            `body.photo_numbers` says which photos have a mark.
        dateline: words set before the first paragraph (本报讯), "" for none.
    """
    figures = dict(photos if isinstance(photos, Mapping) else enumerate(photos, start=1))
    parts: list[SafeString] = []
    for block in body.blocks:
        if isinstance(block, PhotoMark):
            parts.append(conditional_escape(figures.pop(block.number, "")))
        elif isinstance(block, Paragraph):
            parts.append(_paragraph(block, dateline))
            dateline = ""
        else:
            parts.append(_block(block))
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def _paragraph(paragraph: Paragraph, dateline: str) -> SafeString:
    if not dateline:
        return format_html("<p>{}</p>", _inline(paragraph.spans))
    return format_html(
        '<p><span class="dateline">{}</span>\u3000{}</p>', dateline, _inline(paragraph.spans)
    )


def _block(block: Block) -> SafeString:
    if isinstance(block, Subhead):
        return format_html('<h2 class="subhead">{}</h2>', _inline(block.spans))
    if isinstance(block, Quotation):
        return format_html("<blockquote>{}</blockquote>", _each("<p>{}</p>", block.lines))
    if isinstance(block, List):
        return format_html("<ul>{}</ul>", _each("<li>{}</li>", block.items))
    if isinstance(block, Table):
        return _table(block)
    raise TypeError(f"{type(block).__name__} is no block of a body")


def _table(table: Table) -> SafeString:
    width = max(map(len, table.rows), default=0)
    rows = list(table.rows)
    head = body = SafeString("")
    if table.has_head and rows:
        cells = _row(rows.pop(0), width, '<th scope="col">{}</th>')
        head = format_html("<thead>{}</thead>", cells)
    if rows:
        lines = format_html_join("", "{}", ((_row(row, width, "<td>{}</td>"),) for row in rows))
        body = format_html("<tbody>{}</tbody>", lines)
    return format_html(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="{}">'
        "<table>{}{}</table></div>",
        _("Table"),
        head,
        body,
    )


def _row(cells: Sequence[Spans], width: int, cell: str) -> SafeString:
    # One wide cell ends a short row: filling it cell by cell could make a huge page of little text.
    missing = min(width - len(cells), MAX_COLSPAN)
    filler = format_html('<td colspan="{}"></td>', missing) if missing else ""
    return format_html("<tr>{}{}</tr>", _each(cell, cells), filler)


def _each(element: str, lines: Sequence[Spans]) -> SafeString:
    return format_html_join("", element, ((_inline(spans),) for spans in lines))


def _inline(spans: Sequence[Span]) -> SafeString:
    return format_html_join("", "{}", ((_span(span),) for span in spans))


def _span(span: Span) -> SafeString:
    if isinstance(span, Strong):
        return format_html("<strong>{}</strong>", _inline(span.spans))
    if isinstance(span, Link):
        # A story that leads to another site does not recommend it to search engines.
        leads_away = span.address[:4].lower() == "http"
        rel = mark_safe(' rel="noopener nofollow"') if leads_away else ""
        return format_html('<a href="{}"{}>{}</a>', span.address, rel, span.text)
    return conditional_escape(span.text)
