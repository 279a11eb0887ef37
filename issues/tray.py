"""The tray of an issue's board: stories that may come into it and do not stand in it yet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleQuerySet, Section
from articles.stages import Person
from communities.models import Community
from issues.models import Issue, Placement
from issues.models.issue import live_at

PER_PAGE = 24
# Whoever looks through more pages than this wants the filters, not the next page.
MOST_PAGES = 40


class Length(TextChoices):
    """How long a story is, by the newsroom's count."""

    SHORT = "short", _("up to 300 characters")
    MIDDLE = "middle", _("300 to 1,000 characters")
    LONG = "long", _("more than 1,000 characters")


LENGTHS = {
    Length.SHORT: Q(characters__lte=300),
    Length.MIDDLE: Q(characters__gt=300, characters__lte=1000),
    Length.LONG: Q(characters__gt=1000),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the tray.

    Attributes:
        section: a section or a standing column; None for all.
        community: a place and all within it; None for all.
        days: stories that have come as far as they have within so many days; None for all.
        length: a `Length`; "" for all.
        text: words of the kicker, the headline or the deck.
        printed: whether those are shown too that stand in an issue the public sees.

    """

    section: Section | None = None
    community: Community | None = None
    days: int | None = None
    length: str = ""
    text: str = ""
    printed: bool = False


@dataclass(frozen=True)
class Tray:
    """One page of the tray.

    Attributes:
        stories: the stories, the latest first, with their photos and where else they stand.
        page: which page this is, from 1.
        has_more: whether another comes after it.

    """

    stories: list[Article]
    page: int
    has_more: bool


def stories_for(
    issue: Issue, by: Person, wanted: Wanted, at: datetime.datetime | None = None
) -> ArticleQuerySet:
    """Return what may come into an issue, the latest first.

    Args:
        issue: the issue; what stands in it already is left out.
        by: who asks; only what they may see in the admin is shown.
        wanted: what they look for.
        at: the moment; now, if none is given.

    """
    moment = at or timezone.now()
    elsewhere = Placement.objects.filter(article=OuterRef("pk"))
    found = Article.objects.ready().editable_by(by)
    found = found.exclude(Exists(elsewhere.filter(page__issue=issue)))
    if not wanted.printed:
        found = found.exclude(Exists(elsewhere.filter(live_at(moment, "page__issue__"))))
    if wanted.section:
        found = found.in_section(wanted.section)
    if wanted.community:
        found = found.about(wanted.community)
    if wanted.days:
        found = found.filter(stage_since__gte=moment - datetime.timedelta(days=wanted.days))
    if wanted.length:
        found = found.filter(LENGTHS[Length(wanted.length)])
    for word in wanted.text.split():
        found = found.filter(
            Q(headline__icontains=word) | Q(kicker__icontains=word) | Q(deck__icontains=word)
        )
    return found


def slice_of(stories: ArticleQuerySet, page: int) -> ArticleQuerySet:
    """Return what one page of the tray is made of: its stories, and one of the next page."""
    first = (min(max(page, 1), MOST_PAGES) - 1) * PER_PAGE
    return stories[first : first + PER_PAGE + 1]


def tray_of(
    issue: Issue,
    by: Person,
    wanted: Wanted,
    page: int = 1,
    at: datetime.datetime | None = None,
) -> Tray:
    """Return one page of the tray (three queries).

    Args:
        issue: the issue.
        by: who asks.
        wanted: what they look for.
        page: which page, from 1.
        at: the moment; now, if none is given.

    """
    number = min(max(page, 1), MOST_PAGES)
    others = Placement.objects.select_related("page__issue").order_by("page__issue__date")
    found = (
        stories_for(issue, by, wanted, at)
        .select_related("section", "column")
        .prefetch_related("photos", Prefetch("placements", others))
        .defer("body")
    )
    rows = list(slice_of(found, number))
    return Tray(rows[:PER_PAGE], number, len(rows) > PER_PAGE and number < MOST_PAGES)
