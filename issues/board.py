"""An issue's board: its pages as dummies, each with how full it is and what it lacks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from articles.models import Section
from issues.lacks import Lack, characters_on, lacks_of
from issues.models import Issue, Move, Page, Placement, Role

# A page that is emptier than this is said to be short.
SHORT = 0.85
LATEST_MOVES = 8


class Fill(StrEnum):
    """How full a page is; unmeasured where it has no budget."""

    UNMEASURED = "unmeasured"
    SHORT = "short"
    FITS = "fits"
    OVER = "over"


@dataclass(frozen=True)
class Fullness:
    """How full a page is against its budget.

    Attributes:
        characters: how many its stories have, as newsrooms count.
        budget: how many it holds; None where nobody has said.

    """

    characters: int
    budget: int | None

    @property
    def fill(self) -> Fill:
        """How full it is."""
        if not self.budget:
            return Fill.UNMEASURED
        if self.characters > self.budget:
            return Fill.OVER
        return Fill.SHORT if self.characters < self.budget * SHORT else Fill.FITS

    @property
    def difference(self) -> int:
        """How many characters too many or too few."""
        return abs(self.characters - (self.budget or 0))

    @property
    def percent(self) -> int:
        """How full, in per cent."""
        return round(self.characters * 100 / self.budget) if self.budget else 0

    @property
    def bar(self) -> int:
        """The same for a bar that ends at a hundred."""
        return min(self.percent, 100)


@dataclass(frozen=True)
class Head:
    """Briefs under a standing column's head.

    Attributes:
        column: the column; None for briefs of none.
        places: what stands under it, in order.
        lacks: whether the page has nothing at all of a column that stands there each time.

    """

    column: Section | None
    places: list[Placement] = field(default_factory=list)
    lacks: bool = False


@dataclass(frozen=True)
class Zone:
    """The place of one role on a page.

    Attributes:
        role: the role.
        heads: what stands there; briefs under their columns, all else under one head of none.

    """

    role: Role
    heads: list[Head]

    @property
    def is_empty(self) -> bool:
        """Whether no story stands there."""
        return not any(head.places for head in self.heads)


@dataclass(frozen=True)
class Sheet:
    """A page on the board.

    Attributes:
        page: the page.
        zones: the places of the roles.
        fullness: how full it is.
        lacks: what is wrong with it.
        lead: the key of the story that leads it; 0 where none does.
        count: how many stories stand on it.

    """

    page: Page
    zones: list[Zone]
    fullness: Fullness
    lacks: list[Lack]
    lead: int
    count: int


@dataclass(frozen=True)
class Board:
    """What the board of an issue shows.

    Attributes:
        sheets: its pages.
        lacks: what is wrong with the issue as a whole.
        moves: who moved what, the latest first.

    """

    sheets: list[Sheet]
    lacks: list[Lack]
    moves: list[Move]


def board_of(issue: Issue, at: datetime.datetime | None = None) -> Board:
    """Return the board of an issue (five queries, whatever stands in it).

    Args:
        issue: the issue.
        at: the moment; now, if none is given.

    """
    lacks = lacks_of(issue, at)
    moves = issue.moves.select_related("by", "story")[:LATEST_MOVES]
    return Board(
        [_sheet(page, lacks) for page in issue.pages.all()],
        [lack for lack in lacks if lack.page is None],
        list(moves),
    )


def _sheet(page: Page, lacks: Sequence[Lack]) -> Sheet:
    places = list(page.placements.all())
    lead = next((one.article_id for one in places if one.role == Role.LEAD), 0)
    zones = [_zone(page, role, places) for role in Role]
    fullness = Fullness(characters_on(places), page.budget)
    mine = [lack for lack in lacks if lack.page == page]
    return Sheet(page, zones, fullness, mine, lead, len(places))


def _zone(page: Page, role: Role, places: Sequence[Placement]) -> Zone:
    mine = [one for one in places if one.role == role]
    if role != Role.BRIEF:
        return Zone(role, [Head(None, mine)])
    filled = {one.article.column_id for one in places}
    heads: dict[int | None, Head] = {
        column.pk: Head(column, lacks=column.pk not in filled) for column in page.columns.all()
    }
    for one in mine:
        column = one.article.column
        heads.setdefault(column.pk if column else None, Head(column)).places.append(one)
    return Zone(role, sorted(heads.values(), key=lambda head: head.column is None))
