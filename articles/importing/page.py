"""A page's text into stories: the steps in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from . import grammar
from .cutting import cut_blocks, stands_alone
from .directory import EMPTY, Directory
from .furniture import take_out
from .header import PageHeader
from .lines import read_lines
from .observing import read_signs
from .parsed import ParsedArticle, ParsedPage, PieceKind
from .places import Mention, ProposedPlace, find_communities, level_of
from .problems import Remark, RemarkKind
from .reading import MAX_BYTES, empty, too_long
from .stations import find_stations
from .stories import assemble, pieces_of
from .whole import page_of
from .wrapping import join_lines, measure


def parse_page(text: str, *, directory: Directory = EMPTY) -> ParsedPage:
    """Read the plain text of a newspaper page.

    Args:
        text: the page as `read_text` returns it, or as pasted.
        directory: the places the newsroom knows.

    Returns:
        The page. Every character that is not layout is in one story, in the furniture or in the
        leftover, once.

    Raises:
        PageTextError: `empty` where there is no text, `too_long` where there is far too much.

    """
    if len(text) > MAX_BYTES:
        raise too_long(len(text))
    lines = read_lines(text)
    if not lines:
        raise empty()
    found = take_out(lines)
    layout = measure(found.lines)
    blocks = cut_blocks(join_lines(found.lines, layout, stands_alone=stands_alone))
    signs = read_signs(blocks)
    labels = grammar.read(page_of(signs, is_indented=layout.is_indented))
    articles, leftover = assemble(signs, labels)
    page = ParsedPage(articles=articles, leftover=leftover)
    page.furniture = [
        piece for run in found.furniture for piece in pieces_of(run, PieceKind.FURNITURE)
    ]
    _take_header(page, found.header)
    _find_places(page, directory)
    _remark(page)
    return page


def _take_header(page: ParsedPage, header: PageHeader) -> None:
    page.masthead = header.masthead
    page.date = header.date
    page.weekday = header.weekday
    page.page_code = header.page_code
    page.page_name = header.page_name
    page.issue_number = header.issue_number
    page.editor = header.staff.get("editor", "")
    page.layout = header.staff.get("layout", "")
    page.proof = header.staff.get("proof", "")
    if header.impossible_date_line and page.date is None:
        page.remarks.append(
            Remark(
                RemarkKind.DATE_IMPOSSIBLE,
                _("The page's date is no day of the calendar."),
                header.impossible_date_line,
            )
        )
    if page.date is not None and page.weekday not in (None, page.date.weekday()):
        page.remarks.append(
            Remark(RemarkKind.WEEKDAY_WRONG, _("The page's date and day of the week differ."))
        )


def _texts_of(article: ParsedArticle) -> list[tuple[str, int]]:
    """Return a story's texts with the line each begins in, as read from top to bottom."""
    head = [(text, article.first_line) for text in (article.kicker, article.headline, article.deck)]
    return [(text, line) for text, line in head if text] + [
        (block.text, block.lines[0]) for block in article.blocks
    ]


def _find_places(page: ParsedPage, directory: Directory) -> None:
    sources = [(article, *entry) for article in page.articles for entry in _texts_of(article)]
    texts = [text for _article, text, _line in sources]
    communities = find_communities(texts, directory)
    stations = find_stations(texts, communities, directory)
    for (article, _text, _line), places, posts in zip(sources, communities, stations, strict=True):
        article.communities += [name for name in _names(places) if name not in article.communities]
        article.stations += [name for name in _names(posts) if name not in article.stations]
    lines = [line for _article, _text, line in sources]
    page.proposed_places = [
        *_proposals("community", communities, lines),
        *_proposals("station", stations, lines),
    ]


def _names(mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.name for mention in mentions))


def _proposals(
    kind: str, mentions: Sequence[Sequence[Mention]], lines: Sequence[int]
) -> list[ProposedPlace]:
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for found, line in zip(mentions, lines, strict=True):
        for mention in found:
            if not mention.is_known:
                counts[mention.name] += 1
                first.setdefault(mention.name, (level_of(mention.suffix), line))
    return [
        ProposedPlace(name, kind, level, line, counts[name])
        for name, (level, line) in first.items()
    ]


def _remark(page: ParsedPage) -> None:
    if page.leftover:
        page.remarks.append(
            Remark(
                RemarkKind.TEXT_LEFT_OVER,
                _("Some lines belong to no story. They are listed and not lost."),
                page.leftover[0].line,
            )
        )
    if not page.articles:
        page.remarks.append(Remark(RemarkKind.NO_STORIES, _("There is no story on this page.")))
