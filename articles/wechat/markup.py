"""From blocks to the HTML that the WeChat editor keeps: every element with a style of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from articles.body import (
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
from articles.body.html import MAX_COLSPAN

_TYPE = "font-size:16px;line-height:1.75;color:#333333;"
_JUSTIFIED = f"{_TYPE}text-align:justify;"
SHEET = f"{_JUSTIFIED}letter-spacing:0.5px;word-break:break-word;"
PARAGRAPH = f"margin:0 0 16px 0;{_JUSTIFIED}"
SUBHEAD = (
    "margin:28px 0 14px 0;padding-left:10px;border-left:4px solid #b5121b;"
    "font-size:18px;line-height:1.5;color:#1a1a18;text-align:left;"
)
HEADING = "margin:32px 0 16px 0;font-size:20px;line-height:1.5;color:#1a1a18;text-align:left;"
QUIET = "margin:0 0 16px 0;font-size:14px;line-height:1.75;color:#666666;text-align:left;"
SIGNED = "margin:0 0 16px 0;font-size:15px;line-height:1.75;color:#666666;text-align:right;"
QUOTATION = "margin:0 0 16px 0;padding:10px 14px;border-left:3px solid #cfcbc1;background:#f7f5f0;"
QUOTED = f"margin:0;{_JUSTIFIED}"
LIST = "margin:0 0 16px 0;padding-left:24px;"
ITEM = f"margin:0 0 6px 0;{_JUSTIFIED}"
TABLE_FRAME = "margin:0 0 16px 0;overflow-x:auto;"
TABLE = "width:100%;border-collapse:collapse;font-size:14px;line-height:1.6;color:#333333;"
CELL = "padding:6px 8px;border:1px solid #cfcbc1;text-align:left;vertical-align:top;"
HEAD_CELL = f"{CELL}font-weight:bold;background:#f7f5f0;"
FIGURE = "margin:0 0 16px 0;text-align:center;"
PICTURE = "display:block;width:100%;max-width:100%;height:auto;margin:0 auto;"
CAPTION = "margin:6px 0 0 0;font-size:13px;line-height:1.6;color:#888888;text-align:center;"
CODE = "display:inline-block;width:140px;height:140px;"


def set_body(body: Body, figures: Mapping[int, SafeString], *, dateline: str, root: str) -> str:
    """Set a text.

    Args:
        body: with a mark for each of its photos (`articles.printing.with_photos`).
        figures: the photos as safe HTML, by number from 1.
        dateline: words before the first paragraph (本报讯), "" for none.
        root: scheme and host, for links within the site.

    """
    parts: list[SafeString] = []
    for block in body.blocks:
        if isinstance(block, PhotoMark):
            parts.append(figures.get(block.number, SafeString("")))
        elif isinstance(block, Paragraph):
            opening = (
                format_html('<strong style="font-weight:bold;">{}</strong>\u3000', dateline)
                if dateline
                else ""
            )
            words = _inline(block.spans, root)
            parts.append(format_html('<p style="{}">{}{}</p>', PARAGRAPH, opening, words))
            dateline = ""
        else:
            parts.append(_block(block, root))
    return together(parts)


def together(parts: Iterable[str]) -> SafeString:
    """Return pieces of HTML as one, each on a line; those not marked safe are escaped."""
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def set_line(style: str, text: str) -> SafeString:
    """Set a line of words in a style; "" where there are none."""
    return format_html('<p style="{}">{}</p>', style, text) if text else SafeString("")


def set_heading(text: str, style: str = HEADING) -> SafeString:
    """Set a heading, as a bold line: the editor has headings of its own for the title alone."""
    return format_html('<p style="{}"><strong>{}</strong></p>', style, text)


def set_figure(address: str, alt: str, caption: str) -> SafeString:
    """Set a picture with what stands under it."""
    return format_html(
        '<section style="{}"><img src="{}" alt="{}" style="{}">{}</section>',
        FIGURE,
        address,
        alt,
        PICTURE,
        set_line(CAPTION, caption),
    )


def _block(block: Block, root: str) -> SafeString:
    if isinstance(block, Subhead):
        return set_heading(_inline(block.spans, root), SUBHEAD)
    if isinstance(block, Quotation):
        lines = _each("p", QUOTED, block.lines, root)
        return format_html('<blockquote style="{}">{}</blockquote>', QUOTATION, lines)
    if isinstance(block, List):
        return format_html('<ul style="{}">{}</ul>', LIST, _each("li", ITEM, block.items, root))
    if isinstance(block, Table):
        return _table(block, root)
    raise TypeError(f"{type(block).__name__} is no block of a body")


def _table(table: Table, root: str) -> SafeString:
    width = max(map(len, table.rows), default=0)
    rows = format_html_join(
        "",
        "<tr>{}{}</tr>",
        (
            (
                _each("td", HEAD_CELL if table.has_head and not number else CELL, cells, root),
                _missing(width - len(cells)),
            )
            for number, cells in enumerate(table.rows)
        ),
    )
    return format_html(
        '<section style="{}"><table style="{}"><tbody>{}</tbody></table></section>',
        TABLE_FRAME,
        TABLE,
        rows,
    )


def _missing(cells: int) -> SafeString:
    if cells < 1:
        return SafeString("")
    return format_html('<td colspan="{}" style="{}"></td>', min(cells, MAX_COLSPAN), CELL)


def _each(element: str, style: str, lines: Sequence[Spans], root: str) -> SafeString:
    return format_html_join(
        "",
        '<{} style="{}">{}</{}>',
        ((element, style, _inline(spans, root), element) for spans in lines),
    )


def _inline(spans: Iterable[Span], root: str) -> SafeString:
    return format_html_join("", "{}", ((_span(span, root),) for span in spans))


def _span(span: Span, root: str) -> SafeString:
    if isinstance(span, Strong):
        words = _inline(span.spans, root)
        return format_html('<strong style="font-weight:bold;">{}</strong>', words)
    if isinstance(span, Link):
        return conditional_escape(link_in_words(span, root))
    return conditional_escape(span.text)


def link_in_words(link: Link, root: str) -> str:
    """Return a link's words and, where they do not say it themselves, where it led."""
    is_web = link.address.startswith("/") or link.address[:4].lower() == "http"
    shown = urljoin(root + "/", link.address) if is_web else link.address.partition(":")[2]
    return link.text if shown in link.text else f"{link.text}（{shown}）"
