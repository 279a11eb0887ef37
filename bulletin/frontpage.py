"""The home page's choice of stories."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.archive import keys_on_this_day
from articles.models import Article, ArticleQuerySet, Genre, Section
from communities.every_page import AT, Parts
from communities.models import Community, ServiceStation
from communities.models.community import in_tree
from communities.together import Prepared, fetch, hang
from issues.models import Issue, Placement, Role

FEATURES = 4
PHOTOS = 4
BRIEFS = 7
PER_SECTION = 4
STATIONS = 6
ON_THIS_DAY = 3
# Above so many places the home page names the larger ones alone.
COMMUNITIES = 80


@dataclass(frozen=True)
class FrontPage:
    """What the home page shows, from the most important down; no story stands in two places."""

    issue: Issue | None
    lead: Article | None
    features: list[Article]
    photos: list[Article]
    briefs: list[Article]
    sections: list[tuple[Section, list[Article]]]
    communities: list[Community]
    stations: list[ServiceStation]
    # Stories of the same day in earlier years.
    this_day: list[Article]

    @property
    def has_stories(self) -> bool:
        """Whether anything has been published yet."""
        return bool(
            self.lead or self.photos or self.briefs or any(stories for _, stories in self.sections)
        )


# A list is fetched longer by what may stand above it already, so that it stays full.
HEADS = 1 + FEATURES
ABOVE_BRIEFS = HEADS + PHOTOS
REACH = ABOVE_BRIEFS + BRIEFS + PER_SECTION


@Prepared
def HOME() -> Parts:  # noqa: N802 (a constant, made by a function)
    """Return what can be asked for before the latest issue is known: stories by their keys."""
    published = Article.objects.published(AT).current(AT)
    stations = ServiceStation.objects.select_related("kind", "community")

    def newest(stories: ArticleQuerySet, count: int) -> QuerySet[Any, Any]:
        return stories.values_list("pk", flat=True)[:count]

    return {
        "issue": Issue.objects.published(AT)[:1],
        "news": newest(published.of_genre(Genre.STORY), HEADS),
        "photos": newest(published.of_genre(Genre.PHOTO).illustrated(), ABOVE_BRIEFS),
        "briefs": newest(published.of_genre(Genre.BRIEF), ABOVE_BRIEFS + BRIEFS),
        "sections": Section.objects.on_the_bar().with_latest(published, REACH),
        "places": Community.objects.below_the_district().order_by("position", "pk"),
        "newest": stations.newest()[:STATIONS],
        "stations": stations[:STATIONS],
    }


def compose(at: datetime.datetime | None = None) -> FrontPage:
    """Choose the home page's stories as an editor would.

    The latest issue leads: its front page's lead story, then its features, filled up with the
    newest news. Photo news and briefs are the newest of their genre; each section then shows its
    newest stories that do not stand above already. Five queries, whatever the size of the
    archive.

    Args:
        at: the moment the page is for; now, if none is given.

    """
    # One moment for all: an issue and its stories appear in the same instant.
    at = at or timezone.now()
    found = HOME.fetch(at=at)
    issue = next(iter(found["issue"]), None)
    news = [*_placed(issue, at)[:HEADS], *found["news"]]
    photos, briefs, sections = found["photos"], found["briefs"], found["sections"]
    latest = {
        section.pk: [getattr(section, f"latest_{n}") for n in range(1, REACH + 1)]
        for section in sections
    }
    this_day = keys_on_this_day(timezone.localdate(at), at)
    wanted = {
        *this_day,
        *news,
        *photos,
        *briefs,
        *(key for keys in latest.values() for key in keys),
    }
    stories = Article.objects.published(at).current(at).for_lists().in_bulk(wanted - {None})

    shown: set[int] = set()
    headlines = _take(news, stories, shown, HEADS)
    return FrontPage(
        issue=issue,
        lead=headlines[0] if headlines else None,
        features=headlines[1:],
        photos=_take(photos, stories, shown, PHOTOS),
        briefs=_take(briefs, stories, shown, BRIEFS),
        sections=[
            (section, _illustrated_first(_take(latest[section.pk], stories, shown, PER_SECTION)))
            for section in sections
        ],
        communities=_larger_places(in_tree(found["places"])),
        # Where no opening day is known, the first by name.
        stations=found["newest"] or found["stations"],
        this_day=_take(this_day, stories, shown, ON_THIS_DAY),
    )


def _placed(issue: Issue | None, at: datetime.datetime) -> list[int]:
    """Return an issue's public news in page order, each page's lead before its features.

    The issue gets its pages with it (one query for both).
    """
    if issue is None:
        return []
    placements = Placement.objects.public(at).filter(
        page__issue=issue, role__in=(Role.LEAD, Role.FEATURE)
    )
    # "lead" sorts behind "feature".
    order = ("page__position", "page__code", "-role", "position")
    keys = placements.order_by(*order).values_list("article_id", flat=True)
    pages = issue.pages.all()
    fetch(keys, pages)
    hang(issue, "pages", list(pages))
    return list(keys)


def _larger_places(places: list[Community]) -> list[Community]:
    """Return what lies right below a district, with the places in it.

    Where there are many, those are left out; they are one step away, on the larger place's page.

    Args:
        places: all below the districts, in the order of the tree.

    """
    inner = {child.pk for place in places for child in place.children_shown}
    larger = [place for place in places if place.pk not in inner]
    if len(places) > COMMUNITIES:
        for place in larger:
            place.children_shown = []
    return larger


def _illustrated_first(stories: list[Article]) -> list[Article]:
    """Let the newest story with a picture open; the others keep their order."""
    opener = next((story for story in stories if story.first_photo), None)
    return sorted(stories, key=lambda story: story is not opener)


def _take(
    keys: Iterable[int | None], stories: dict[int, Article], shown: set[int], count: int
) -> list[Article]:
    """Return the first `count` stories that are not shown yet, and mark them as shown."""
    taken = [key for key in dict.fromkeys(keys) if key in stories and key not in shown][:count]
    shown.update(taken)
    return [stories[key] for key in taken]
