"""What is known of a single story's text that the importer, who expects a page, cannot know.

On a page a line may go on in the next one. In a text that was typed none does: what was joined is
parted again, and short lines at the head are titles. And what looks like a page's next story may
be a part of this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from articles.importing import BlockKind, BodyBlock, ParsedArticle, Piece, PieceKind
from articles.importing.genres import genre_of
from articles.importing.lines import width_of
from articles.importing.runs import Part, Run
from articles.importing.stories import open_at, pieces_of
from articles.importing.titles import joined, tell_apart

# A line at least as wide is no title.
LONGEST_TITLE = 32.0
MOST_TITLES = 4
ENDS = ("。", "！", "？", "”", "）", ")", "…", "：", "；", "，", "!", "?")
_TITLES = (PieceKind.KICKER, PieceKind.HEADLINE, PieceKind.DECK)


def part_paragraphs(article: ParsedArticle, *, is_first: bool, wrapped_from: int) -> None:
    """Part the paragraphs of a story line by line, and take its head for titles.

    Args:
        article: a story.
        is_first: whether the text begins with it: a short line above the rest is its headline.
        wrapped_from: from this line on, as the importer counts, lines may go on in the next.

    """
    blocks = [one for block in article.blocks for one in _lines_of(article, block, wrapped_from)]
    taken: list[BodyBlock] = []
    titles = [piece for piece in article.pieces if piece.kind in _TITLES]
    while (titles or is_first) and len(blocks) > 1 and _is_title(blocks[0]):
        taken.append(blocks.pop(0))
    article.blocks = blocks
    if not taken:
        return
    group = [*titles, *_pieces(article, taken)]
    if len({piece.line for piece in group}) > MOST_TITLES:
        article.blocks = [*taken, *blocks]
        return
    _retitle(article, group)
    _open(article)


def _open(article: ParsedArticle) -> None:
    """Let a story begin where its titles have been taken off."""
    first = article.blocks[0]
    if first.kind is not BlockKind.PARAGRAPH or article.dateline:
        return
    pieces = _pieces(article, [first])
    rest = open_at(article, Run(tuple(Part(one.line, one.column, one.text) for one in pieces)))
    if rest is None:
        article.blocks.pop(0)
    elif rest.text != first.text:
        article.blocks[0] = BodyBlock(first.kind, rest.text, rest.lines)
    article.pieces = [piece for piece in article.pieces if piece not in pieces]
    article.pieces += pieces_of(rest, PieceKind.PARAGRAPH)
    article.pieces.sort(key=lambda piece: (piece.line, piece.column))


def _lines_of(article: ParsedArticle, block: BodyBlock, wrapped_from: int) -> Iterator[BodyBlock]:
    if len(block.lines) == 1 or block.kind is not BlockKind.PARAGRAPH:
        yield block
        return
    pieces = [
        piece
        for piece in article.pieces
        if piece.kind is PieceKind.PARAGRAPH
        and piece.line in block.lines
        and piece.line < wrapped_from
    ]
    rest = block.text
    for line, group in groupby(pieces, key=lambda piece: piece.line):
        text = "".join(piece.text for piece in group)
        rest = rest.removeprefix(text).lstrip(" ")
        yield BodyBlock(block.kind, text, (line,))
    if rest:
        yield BodyBlock(block.kind, rest, tuple(at for at in block.lines if at >= wrapped_from))


def _is_title(block: BodyBlock) -> bool:
    """Whether a line at the head is one of the titles."""
    if block.kind is not BlockKind.PARAGRAPH or block.text.endswith(ENDS):
        return False
    return width_of(block.text) <= LONGEST_TITLE


def _pieces(article: ParsedArticle, blocks: list[BodyBlock]) -> list[Piece]:
    lines = {line for block in blocks for line in block.lines}
    return [
        piece
        for piece in article.pieces
        if piece.kind is PieceKind.PARAGRAPH and piece.line in lines
    ]


def _retitle(article: ParsedArticle, group: list[Piece]) -> None:
    """Tell kicker, headline and deck apart anew, as the importer does."""
    in_order = sorted(group, key=lambda piece: (piece.line, piece.column))
    runs = [
        Run((Part(line, 0, " ".join(piece.text for piece in pieces)),))
        for line, pieces in groupby(in_order, key=lambda piece: piece.line)
    ]
    title = tell_apart(runs)
    article.kicker = joined(title.kicker)
    article.headline = joined(title.headline)
    article.deck = joined(title.deck)


def merged(articles: Sequence[ParsedArticle]) -> ParsedArticle:
    """Return stories as one: the titles of later ones become subheads of the first."""
    first = articles[0]
    if len(articles) == 1:
        return first
    one = ParsedArticle(
        kicker=first.kicker,
        headline=first.headline,
        deck=first.deck,
        column=first.column,
        dateline=first.dateline,
        photo=any(article.photo for article in articles),
        first_line=first.first_line,
        last_line=max(article.last_line for article in articles),
    )
    for article in articles:
        if article is not first:
            titles = (article.column_head, article.kicker, article.headline, article.deck)
            lines = (article.first_line,)
            one.blocks += [BodyBlock(BlockKind.SUBHEAD, text, lines) for text in titles if text]
        one.blocks += article.blocks
        one.bylines += [credit for credit in article.bylines if credit not in one.bylines]
        one.unread += article.unread
        one.pieces += article.pieces
    one.genre = genre_of(one)
    return one
