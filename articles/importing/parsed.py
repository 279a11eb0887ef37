"""What a parsed page is made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from articles.bylines import Credit

from .places import ProposedPlace
from .problems import Remark


class PieceKind(StrEnum):
    """What a piece of the page's text became."""

    COLUMN = "column"
    KICKER = "kicker"
    HEADLINE = "headline"
    DECK = "deck"
    DATELINE = "dateline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    CREDIT = "credit"
    MARK = "mark"
    FURNITURE = "furniture"
    LEFTOVER = "leftover"


@dataclass(frozen=True)
class Piece:
    """A piece of one line and what it became.

    The pieces of a page, put in order of line and column, are the page's text without its layout:
    that is how it is proved that nothing was lost and nothing doubled.

    Attributes:
        kind: what it became. MARK is a bracket or ornament that was only there for the eye.
        text: verbatim but for layout.
        line: the 1-based line of the page.
        column: the place in the line as `importing.lines.clean` leaves it.

    """

    kind: PieceKind
    text: str
    line: int
    column: int


class BlockKind(StrEnum):
    """The two kinds of block in a story's body."""

    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class BodyBlock:
    """A subhead or a whole paragraph, with the 1-based lines of the page it comes from."""

    kind: BlockKind
    text: str
    lines: tuple[int, ...]


@dataclass
class ParsedArticle:
    """A story as printed.

    Attributes:
        kicker: 引题, empty where there is none; likewise `headline`, `deck` and `column`.
        dateline: whether it opens with 本报讯, which is not in the text.
        genre: `story`, `photo`, `brief`, `notice` or `interview`.
        blocks: subheads and paragraphs in order.
        bylines: the credits in order, each (name, role) once.
        unread: words of its credit lines that could not be read.
        photo: whether a picture belongs to it.
        communities: villages, communities, towns and subdistricts it names, by first mention.
        stations: service stations it names, likewise.
        first_line: the 1-based line of the page it begins in.
        last_line: the line it ends in.
        remarks: what an editor should look at.
        pieces: where each of its words stands on the page.
        is_item: whether it is one of the short pieces a column gathers.
        column_head: the name of the column whose head stands over this very story; the stories
            below may belong to it too.

    """

    kicker: str = ""
    headline: str = ""
    deck: str = ""
    column: str = ""
    dateline: bool = False
    genre: str = "story"
    blocks: list[BodyBlock] = field(default_factory=list)
    bylines: list[Credit] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    photo: bool = False
    communities: list[str] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0
    remarks: list[Remark] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    is_item: bool = field(default=False, repr=False)
    column_head: str = field(default="", repr=False)

    @property
    def subheads(self) -> list[str]:
        """The subheads in order."""
        return [block.text for block in self.blocks if block.kind is BlockKind.SUBHEAD]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs in order, subheads left out."""
        return [block.text for block in self.blocks if block.kind is BlockKind.PARAGRAPH]

    def as_json(self) -> dict[str, Any]:
        """Return the story as `import_page --json` prints it."""
        return {
            "kicker": self.kicker,
            "headline": self.headline,
            "deck": self.deck,
            "column": self.column,
            "dateline": self.dateline,
            "genre": self.genre,
            "subheads": self.subheads,
            "paragraphs": self.paragraphs,
            "bylines": [{"name": credit.name, "role": credit.role} for credit in self.bylines],
            "photo": self.photo,
            "communities": self.communities,
            "stations": self.stations,
        }


@dataclass
class ParsedPage:
    """A newspaper page as printed.

    Attributes:
        articles: the stories in the page's order.
        masthead: the paper's name as printed; empty where the page does not say.
        date: the day it appeared, None where the page does not say; likewise the following.
        weekday: Monday 0 to Sunday 6, as printed.
        page_code: A03, 4; empty where the page does not say, likewise the following.
        page_name: 要闻.
        issue_number: 第N期.
        editor: 责编; several names with 、 between.
        layout: 版式, 美编.
        proof: 校对.
        furniture: what was printed around the stories.
        leftover: what could be placed nowhere; never dropped, always remarked on.
        proposed_places: places the stories name that the directory does not know.
        remarks: what an editor should look at; those on a story are with the story.

    """

    articles: list[ParsedArticle] = field(default_factory=list)
    masthead: str = ""
    date: datetime.date | None = None
    weekday: int | None = None
    page_code: str = ""
    page_name: str = ""
    issue_number: int | None = None
    editor: str = ""
    layout: str = ""
    proof: str = ""
    furniture: list[Piece] = field(default_factory=list)
    leftover: list[Piece] = field(default_factory=list)
    proposed_places: list[ProposedPlace] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """Every piece of the page's text in the page's order."""
        every: Iterable[Piece] = [
            *self.furniture,
            *self.leftover,
            *(piece for article in self.articles for piece in article.pieces),
        ]
        return sorted(every, key=lambda piece: (piece.line, piece.column))

    def as_json(self) -> dict[str, Any]:
        """Return the parse as `import_page --json` prints it."""
        return {"articles": [article.as_json() for article in self.articles]}
