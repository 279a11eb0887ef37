"""A page set in type."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from issues import shapes
from issues.models import Page, Placement
from issues.models.page_shape import PAGES_PER_LETTER

from . import compiler, measuring
from .blocks import Matter
from .composing import Composition
from .dividing import arranged
from .page_head import PageHead
from .sheets import BROADSHEET, Sheet
from .stories import Story, rest_of, story_of

# More is no page of a newspaper, and would take minutes to divide.
MOST_STORIES = 30


@dataclass(frozen=True)
class Overset:
    """A story that has no room: its placement's key, and how many characters too many it has.

    `turns_to` is the code of the page they stand on instead, "" where they stand nowhere.
    """

    key: int
    headline: str
    characters: int
    turns_to: str = ""


@dataclass(frozen=True)
class Typeset:
    """A page set in type.

    Attributes:
        pdf: the page.
        areas: where each story stands, by the key of its placement, as corners in permille.
        overset: the stories that have no room.
        fingerprint: a short text that is another one as soon as the page would be.

    """

    pdf: bytes
    areas: dict[int, list[shapes.Point]]
    overset: list[Overset]
    fingerprint: str


@dataclass(frozen=True)
class Copy:
    """All that a page is set from."""

    head: PageHead
    title: str
    stories: tuple[Story, ...]

    @property
    def fingerprint(self) -> str:
        """Return a short text that is another one as soon as a word or a picture is."""
        written = json.dumps(asdict(self), default=str, sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:32]


def typeset(page: Page, sheet: Sheet = BROADSHEET) -> Typeset:
    """Set a page in type.

    Raises:
        ValidationError: when it cannot be; the codes are "crowded" and those of `compiler`.

    """
    copy = copy_of(page, sheet)
    composition, matters = _composed(copy, sheet)
    pdf = compiler.compose(_data(composition, copy), composition.crops)
    return Typeset(
        pdf=pdf,
        areas=areas_of(composition, matters),
        overset=overset_of(composition, matters),
        fingerprint=copy.fingerprint,
    )


def copy_of(page: Page, sheet: Sheet) -> Copy:
    """Return what a page is set from: its own stories, and what other pages turn to it.

    A page that takes the rest of a story turns none itself (`Placement.clean`), so that no page
    waits for itself.
    """
    stories = tuple(story_of(placement) for placement in page.placements.with_stories())
    if len(stories) > MOST_STORIES:
        raise ValidationError(
            _("A page of %(count)d stories cannot be set; at most %(most)d stand on one."),
            code="crowded",
            params={"count": len(stories), "most": MOST_STORIES},
        )
    turned = tuple(_turned_to(page, sheet))
    head = head_of(page)
    date = head.date.isoformat() if head.date else ""
    title = " ".join(part for part in (head.paper, date, str(page)) if part)
    return Copy(head, title, (*stories, *turned))


def _turned_to(page: Page, sheet: Sheet) -> list[Story]:
    """Return the rests of stories that go on on a page, set on their own pages first."""
    sources = {
        placement.page_id: placement.page
        for placement in Placement.objects.filter(continued_on=page).select_related("page__issue")
    }
    rests = []
    for source in sources.values():
        stories = tuple(story_of(placement) for placement in source.placements.with_stories())
        composition, matters = _composed(Copy(head_of(source), "", stories), sheet)
        for matter in matters:
            standing = composition.standings.get(matter.story.key)
            if standing and standing.rest and matter.story.turns_to == page.code:
                rests.append(rest_of(matter.story, standing.rest, matter.words, source.code))
    return rests


def head_of(page: Page) -> PageHead:
    """Return what the head of a page says."""
    issue = page.issue
    pages = list(issue.pages.all())
    people = (
        (_("page editor"), page.editor),
        (_("layout"), page.layout),
        (_("proof-reader"), page.proof),
    )
    return PageHead(
        paper=settings.SITE_NAME,
        motto=settings.SITE_MOTTO,
        cn_number=settings.PAPER_CN_NUMBER,
        date=issue.date,
        number=issue.number,
        code=page.code,
        name=page.name,
        answerable=tuple((str(what), who) for what, who in people if who),
        is_first=page.place_of(page.code) % PAGES_PER_LETTER == 1 and pages[0].pk == page.pk,
        pages=len(pages),
    )


def _composed(copy: Copy, sheet: Sheet) -> tuple[Composition, list[Matter]]:
    """Divide a page among its stories and put everything at its place."""
    head = copy.head
    matters = measuring.measured(copy.stories, sheet)
    composition = Composition(sheet, sheet.margin + sheet.head(is_first=head.is_first))
    composition.things += head.things(sheet)
    if matters:
        composition.place(arranged(matters, sheet, sheet.rows(is_first=head.is_first)))
    return composition, matters


def overset_of(composition: Composition, matters: Sequence[Matter]) -> list[Overset]:
    """Return the stories that have no room, in their order."""
    found = []
    for matter in matters:
        standing = composition.standings.get(matter.story.key)
        # A story that found no place at all has no room for any of it.
        over = standing.overset if standing else sum(line.characters for line in matter.lines)
        if over:
            story = matter.story
            found.append(Overset(story.key, story.headline, over, story.turns_to))
    return found


def areas_of(composition: Composition, matters: Sequence[Matter]) -> dict[int, list[shapes.Point]]:
    """Return where the page's own stories stand, as rectangles in permille of the sheet."""
    sheet = composition.sheet
    own = {matter.story.key for matter in matters if not matter.story.turned_from}
    return {
        key: shapes.rectangle(
            round(one.left / sheet.width * shapes.WHOLE),
            round(one.top / sheet.height * shapes.WHOLE),
            round(one.right / sheet.width * shapes.WHOLE),
            round(one.bottom / sheet.height * shapes.WHOLE),
        )
        for key, one in composition.rectangles.items()
        if key in own
    }


def _data(composition: Composition, copy: Copy) -> dict[str, Any]:
    sheet, date = composition.sheet, copy.head.date
    return {
        "task": "compose",
        "body": sheet.body,
        "pitch": sheet.pitch,
        "width": round(sheet.width, 2),
        "height": round(sheet.height, 2),
        "title": copy.title,
        "author": copy.head.paper,
        "date": [date.year, date.month, date.day] if date else None,
        "things": composition.things,
    }
