"""From labelled blocks to stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from articles.bylines import Credit, CreditLine, find_leading, find_trailing, parse

from . import cues
from .columns import read_column_head
from .gathering import spread_columns
from .genres import genre_of, shows_picture
from .labels import Label
from .lines import width_of
from .parsed import BlockKind, BodyBlock, ParsedArticle, Piece, PieceKind
from .problems import Remark, RemarkKind
from .runs import Run
from .signatures import names_office, pen_names_of
from .signs import Ending, Signs, ending_of
from .titles import joined, tell_apart

_BOXED_DATELINE = re.compile(r"[【\[(（]本报讯[】\])）]\s*")
_AFTER_DATELINE = re.compile(r"[\s:：,，、·—-]+")
_BRACKETS = re.compile(r"^[【〖［\[](?P<name>[^【】〖〗［］\[\]]+)[】〗］\]]$")


@dataclass
class _Draft:
    """The blocks of one story, sorted by what they are."""

    columns: list[Signs] = field(default_factory=list)
    tail_columns: list[Signs] = field(default_factory=list)
    titles: list[Signs] = field(default_factory=list)
    body: list[tuple[BlockKind, list[Signs]]] = field(default_factory=list)
    credits: list[Signs] = field(default_factory=list)
    in_order: list[tuple[str, int]] = field(default_factory=list)
    is_open: bool = True  # still in its head: no text yet

    @property
    def is_empty(self) -> bool:
        return not (self.columns or self.titles or self.body or self.credits)


def assemble(
    signs: Sequence[Signs], labels: Sequence[Label]
) -> tuple[list[ParsedArticle], list[Piece]]:
    """Put the labelled blocks of a page together as stories.

    Args:
        signs: the blocks' signs, in the page's order.
        labels: what each of them is.

    Returns:
        The stories in the page's order, without their places, and the pieces that are no part of
        any story (a headline without text).

    """
    articles: list[ParsedArticle] = []
    leftover: list[Piece] = []
    for draft in _drafts(signs, labels):
        if draft.body or draft.credits:
            articles.append(_article(draft))
        else:
            for sign in [*draft.columns, *draft.titles, *draft.tail_columns]:
                leftover.extend(pieces_of(sign.block.run, PieceKind.LEFTOVER))
    spread_columns(articles)
    for article in articles:
        article.genre = genre_of(article)
    return articles, leftover


def pieces_of(run: Run | None, kind: PieceKind) -> list[Piece]:
    """Return a run's parts as pieces of one kind."""
    if run is None:
        return []
    return [Piece(kind, part.text, part.line, part.column) for part in run.parts]


def _drafts(signs: Sequence[Signs], labels: Sequence[Label]) -> Iterable[_Draft]:
    draft = _Draft()
    for sign, label in zip(signs, labels, strict=True):
        starts = label in (Label.COLUMN, Label.TITLE, Label.NOTE, Label.OPENING)
        is_second_column = label is Label.COLUMN and bool(draft.titles)
        if starts and not draft.is_empty and (not draft.is_open or is_second_column):
            yield draft
            draft = _Draft()
        _add(draft, sign, label)
    if not draft.is_empty or draft.tail_columns:
        yield draft


def _add(draft: _Draft, sign: Signs, label: Label) -> None:
    if label is Label.COLUMN:
        draft.columns.append(sign)
    elif label is Label.TAIL_COLUMN:
        draft.tail_columns.append(sign)
    elif label is Label.TITLE:
        draft.titles.append(sign)
    elif label in (Label.CREDIT, Label.TOP_CREDIT):
        draft.credits.append(sign)
        draft.is_open = draft.is_open and label is Label.TOP_CREDIT and not draft.body
    elif label is Label.CONTINUED and draft.body:
        draft.body[-1][1].append(sign)
    else:
        kind = BlockKind.SUBHEAD if label is Label.SUBHEAD else BlockKind.PARAGRAPH
        draft.body.append((kind, [sign]))
        draft.is_open = label is Label.NOTE


def _article(draft: _Draft) -> ParsedArticle:
    article = ParsedArticle()
    credits: list[tuple[tuple[int, int], CreditLine]] = []
    _set_column(article, draft)
    _set_titles(article, draft)
    for sign in draft.credits:
        credits.append(_credit(article, sign.block.run))
    is_first = True
    for kind, signs in draft.body:
        run = signs[0].block.run
        for more in signs[1:]:
            run = run + more.block.run
        if kind is BlockKind.SUBHEAD:
            _add_subhead(article, run)
            continue
        if len(signs) > 1:
            run, trailing = _without_trailing(article, run)
            credits.extend(trailing)
        rest: Run | None = run
        if is_first and not signs[0].is_note:
            rest, opening = _without_opening(article, run)
            credits.extend(opening)
            is_first = False
        if rest is not None:
            article.blocks.append(BodyBlock(BlockKind.PARAGRAPH, rest.text, rest.lines))
            article.pieces.extend(pieces_of(rest, PieceKind.PARAGRAPH))
            _remark_if_open(article, rest, signs[-1])
    _set_bylines(article, credits)
    lines = [piece.line for piece in article.pieces]
    article.first_line, article.last_line = min(lines), max(lines)
    article.pieces.sort(key=lambda piece: (piece.line, piece.column))
    if not article.headline:
        article.remarks.append(
            Remark(
                RemarkKind.HEADLINE_MISSING, _("This story has no headline."), article.first_line
            )
        )
    if not article.paragraphs:
        article.remarks.append(
            Remark(RemarkKind.BODY_MISSING, _("This story has no text."), article.first_line)
        )
    return article


def _set_column(article: ParsedArticle, draft: _Draft) -> None:
    for sign in draft.columns:
        article.column = article.column_head = _column_name(article, sign.block.run)
    for sign in draft.tail_columns:
        article.column = _column_name(article, sign.block.run)


def _column_name(article: ParsedArticle, run: Run) -> str:
    head = read_column_head(run.text, width_of(run.text))
    article.pieces += pieces_of(run.cut(0, head.start), PieceKind.MARK)
    article.pieces += pieces_of(run.cut(head.start, head.end), PieceKind.COLUMN)
    article.pieces += pieces_of(run.cut(head.end), PieceKind.MARK)
    return run.text[head.start : head.end].strip()


def _set_titles(article: ParsedArticle, draft: _Draft) -> None:
    runs = [run for sign in draft.titles if (run := _unmarked(article, sign.block.run))]
    if not runs:
        return
    title = tell_apart(runs)
    article.kicker = joined(title.kicker)
    article.headline = joined(title.headline)
    article.deck = joined(title.deck)
    for kind, part in (
        (PieceKind.KICKER, title.kicker),
        (PieceKind.HEADLINE, title.headline),
        (PieceKind.DECK, title.deck),
    ):
        for run in part:
            article.pieces += pieces_of(run, kind)


def _unmarked(article: ParsedArticle, run: Run) -> Run | None:
    """Take ornaments off a heading's ends; they are print, not text."""
    text = run.text
    start, end = 0, len(text)
    boxed = _BRACKETS.match(text)
    if boxed:
        start, end = boxed.span("name")
    elif found := cues.HEAD_MARK.match(text):
        start = found.end()
    if not boxed and (found := cues.HEAD_MARK_END.search(text, start)):
        end = found.start()
    if not text[start:end].strip():
        return run
    article.pieces += pieces_of(run.cut(0, start), PieceKind.MARK)
    article.pieces += pieces_of(run.cut(end), PieceKind.MARK)
    return run.cut(start, end)


def _add_subhead(article: ParsedArticle, run: Run) -> None:
    bare = _unmarked(article, run) or run
    article.blocks.append(BodyBlock(BlockKind.SUBHEAD, joined([bare]), bare.lines))
    article.pieces.extend(pieces_of(bare, PieceKind.SUBHEAD))


def _credit(article: ParsedArticle, run: Run) -> tuple[tuple[int, int], CreditLine]:
    line = parse(run.text)
    is_news = line.dateline.endswith("讯")  # 本报讯 and its reporter on a line of their own
    article.dateline = article.dateline or is_news
    article.pieces += pieces_of(run, PieceKind.DATELINE if is_news else PieceKind.CREDIT)
    if not line and not names_office(run.text):
        bare = run.text.strip("()（） ")
        line = parse("□" + bare) or line  # a bare name, which its place vouches for
        if not line:
            line = CreditLine(map(Credit, pen_names_of(run.text))) or line
    return (run.parts[0].line, run.parts[0].column), line


def _without_opening(
    article: ParsedArticle, run: Run
) -> tuple[Run | None, list[tuple[tuple[int, int], CreditLine]]]:
    """Take 本报讯 and the credit behind it off a story's first paragraph.

    An agency's opening (新华社…电) stays in the text: it says where the story comes from.
    """
    text = run.text
    boxed = _BOXED_DATELINE.match(text)
    if boxed:
        opening, end = boxed.group(), boxed.end()
    else:
        opening, _body = find_leading(text)
        end = len(opening)
    if not end:
        return run, []
    line = parse(opening)
    place = (run.parts[0].line, run.parts[0].column)
    is_news = boxed is not None or line.dateline.endswith("讯")
    if not is_news and line.dateline:
        return run, [(place, line)] if line else []
    article.dateline = article.dateline or is_news
    after = _AFTER_DATELINE.match(text, end)
    body_from = after.end() if after else end
    article.pieces += pieces_of(
        run.cut(0, end), PieceKind.DATELINE if is_news else PieceKind.CREDIT
    )
    article.pieces += pieces_of(run.cut(end, body_from), PieceKind.MARK)
    return run.cut(body_from), [(place, line)] if line or line.unread else []


def open_at(article: ParsedArticle, run: Run) -> Run | None:
    """Make a paragraph the first of a story, whose titles stood where it began.

    Returns:
        What of it is text, without 本报讯 and the credit behind it; None where nothing is left.

    """
    rest, credits = _without_opening(article, run)
    _set_bylines(article, credits)
    return rest


def _without_trailing(
    article: ParsedArticle, run: Run
) -> tuple[Run, list[tuple[tuple[int, int], CreditLine]]]:
    """Take a bracketed credit off a paragraph that was broken in the middle of it."""
    if run.text[-1] not in ")）":
        return run, []
    body, credit = find_trailing(run.text)
    front, back = run.cut(0, len(body)), run.cut(len(body))
    if not credit or front is None or back is None:
        return run, []
    return front, [_credit(article, back)]


def _set_bylines(article: ParsedArticle, credits: list[tuple[tuple[int, int], CreditLine]]) -> None:
    seen: set[tuple[str, str]] = set()
    for (line, _column), credit_line in sorted(credits, key=lambda item: item[0]):
        for credit in credit_line:
            if (credit.name, credit.role) not in seen:
                seen.add((credit.name, credit.role))
                article.bylines.append(credit)
        for fragment in credit_line.unread:
            article.unread.append(fragment)
            article.remarks.append(
                Remark(
                    RemarkKind.CREDIT_UNREAD,
                    _("Part of this credit line could not be read."),
                    line,
                )
            )
    article.photo = shows_picture(article)


def _remark_if_open(article: ParsedArticle, run: Run, last: Signs) -> None:
    if last.is_entry or last.is_jumping or last.is_list_entry:
        return
    if ending_of(run.text) in (Ending.OPEN, Ending.PAUSE):
        article.remarks.append(
            Remark(
                RemarkKind.PARAGRAPH_OPEN,
                _("This paragraph does not end in a full stop. Something may be missing."),
                run.last_line,
            )
        )
