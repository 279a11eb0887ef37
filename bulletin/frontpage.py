"""The home page's choice of stories."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.archive import keys_on_this_day
from articles.models import Article, ArticleQuerySet, Byline, Genre, Photo, Section
from communities.every_page import AT, Parts
from communities.models import Community, ServiceStation
from communities.models.community import in_tree
from communities.together import Given, GivenKeys, Prepared, hand_out, hang
from issues.models import Issue, Page, Placement, Role

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
    shown = ("name", "slug", "parent")
    places = Community.objects.below_the_district().order_by("position", "pk").only(*shown)

    def newest(stories: ArticleQuerySet, count: int) -> QuerySet[Any, Any]:
        return stories.values_list("pk", flat=True)[:count]

    return {
        "issue": Issue.objects.newest(AT),
        "news": newest(published.of_genre(Genre.STORY), HEADS),
        "photos": newest(published.of_genre(Genre.PHOTO).illustrated(), ABOVE_BRIEFS),
        "briefs": newest(published.of_genre(Genre.BRIEF), ABOVE_BRIEFS + BRIEFS),
        "sections": Section.objects.on_the_bar().with_latest(published, REACH),
        "places": places[: COMMUNITIES + 1],
        "larger": places.right_below_the_district(),
        "newest": stations.newest()[:STATIONS],
        "stations": stations[:STATIONS],
    }


@Prepared
def ISSUE() -> Parts:  # noqa: N802
    """Return what the latest issue gives: its pages, and the keys of what leads on them."""
    issue = Given("issue", BigIntegerField())
    current = Article.objects.current(AT).filter(pk=OuterRef("article"))
    placements = Placement.objects.public(AT).filter(
        Exists(current), page__issue=issue, role__in=(Role.LEAD, Role.FEATURE)
    )
    # "lead" sorts behind "feature".
    order = ("page__position", "page__code", "-role", "position")
    return {
        "placed": placements.order_by(*order).values_list("article_id", flat=True),
        "pages": Page.objects.filter(issue=issue),
    }


@Prepared
def STORIES() -> Parts:  # noqa: N802
    """Return stories that are known by their keys, with what lists show of them."""
    current = Article.objects.published(AT).current(AT).select_related("section", "column")
    return {
        "stories": current.filter(GivenKeys("pk", "keys")),
        "bylines": Byline.objects.filter(GivenKeys("article", "keys")),
        "photos": Photo.objects.filter(GivenKeys("article", "keys")),
    }


def compose(at: datetime.datetime | None = None) -> FrontPage:
    """Choose the home page's stories as an editor would.

    The latest issue leads: its front page's lead story, then its features, filled up with the
    newest news. Photo news and briefs are the newest of their genre; each section then shows its
    newest stories that do not stand above already. Four queries, whatever the size of the
    archive: stories are chosen by their keys, and those that were are fetched.

    Args:
        at: the moment the page is for; now, if none is given.

    """
    # One moment for all: an issue and its stories appear in the same instant.
    at = at or timezone.now()
    found = HOME.fetch(at=at)
    issue = next(iter(found["issue"]), None)
    shown: set[int] = set()
    heads = _take([*_placed(issue, at)[:HEADS], *found["news"]], shown, HEADS)
    photos = _take(found["photos"], shown, PHOTOS)
    briefs = _take(found["briefs"], shown, BRIEFS)
    sections = [(one, _take(one.latest, shown, PER_SECTION)) for one in found["sections"]]
    # A notice of that day may have expired since: it is left out when all are here.
    this_day = [key for key in keys_on_this_day(timezone.localdate(at), at) if key not in shown]
    stories = _stories([*shown, *this_day], at)

    def here(keys: list[int]) -> list[Article]:
        # What was withdrawn in this very moment is not among them any more.
        return [stories[key] for key in keys if key in stories]

    headlines = here(heads)
    return FrontPage(
        issue=issue,
        lead=headlines[0] if headlines else None,
        features=headlines[1:],
        photos=here(photos),
        briefs=here(briefs),
        sections=[(section, _illustrated_first(here(keys))) for section, keys in sections],
        communities=_larger_places(found["places"], found["larger"]),
        # Where no opening day is known, the first by name.
        stations=found["newest"] or found["stations"],
        this_day=here(this_day)[:ON_THIS_DAY],
    )


def _placed(issue: Issue | None, at: datetime.datetime) -> list[int]:
    """Return an issue's public news in page order, each page's lead before its features.

    The issue gets its pages with it (one query for both).
    """
    if issue is None:
        return []
    found = ISSUE.fetch(at=at, issue=issue.pk)
    hang(issue, "pages", found["pages"])
    return found["placed"]


def _stories(keys: list[int], at: datetime.datetime) -> dict[int, Article]:
    """Return stories as lists show them, by their keys (one query)."""
    found = STORIES.fetch(at=at, keys=keys)
    stories = found["stories"]
    for name in ("bylines", "photos"):
        hand_out(stories, name, found[name])
    return {story.pk: story for story in stories}


def _larger_places(places: list[Community], larger: list[Community]) -> list[Community]:
    """Return what lies right below a district, with the places in it.

    Where there are many, those are left out; they are one step away, on the larger place's page.

    Args:
        places: all below the districts, or so many that they are too many.
        larger: of all of them those that lie right below a district.

    """
    if len(places) > COMMUNITIES:
        for place in larger:
            place.children_shown = []
        return larger
    keys = {place.pk for place in larger}
    return [place for place in in_tree(places) if place.pk in keys]


def _illustrated_first(stories: list[Article]) -> list[Article]:
    """Let the newest story with a picture open; the others keep their order."""
    opener = next((story for story in stories if story.first_photo), None)
    return sorted(stories, key=lambda story: story is not opener)


def _take(keys: Iterable[int], shown: set[int], count: int) -> list[int]:
    """Return the first `count` stories that are not shown yet, and mark them as shown."""
    taken = [key for key in dict.fromkeys(keys) if key not in shown][:count]
    shown.update(taken)
    return taken
