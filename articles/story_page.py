"""A story as its own page shows it, with all that belongs to it: one query, written once.

What readers see is decided by `Article.objects.published` and `Activity.objects.public` here as
everywhere.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField

from articles.models import Article, Byline, Correction, Photo, Section, Tag
from articles.related import RELATED, ties_of, weighed
from communities import every_page
from communities.every_page import AT, Parts
from communities.models import Activity, Community, ServiceStation
from communities.together import Given, GivenKeys, Prepared, hang

MORE_STORIES = 5
PK, SECTION = Given("pk", BigIntegerField()), Given("section", BigIntegerField())
# What a line in a list of headlines prints.
HEADLINE = ("headline", "publish_at")
BELONGINGS = (
    *("bylines", "photos", "communities", "stations", "activities"),
    *("tags", "corrections", "placements"),
)


# Of some, readers see a part; whoever asks for less of what was fetched is to see no more.
AMONG = {"activities": Activity.objects.public()}


@Prepared
def STORY() -> Parts:  # noqa: N802 (a constant, made by a function)
    """Return what a story's page shows of the story."""
    placements: Any = Article._meta.get_field("placements").related_model
    return {
        "story": Article.objects.published(AT).filter(pk=PK).select_related("section", "column"),
        "bylines": Byline.objects.filter(article=PK),
        "photos": Photo.objects.filter(article=PK),
        "communities": Community.objects.filter(articles=PK),
        "stations": ServiceStation.objects.filter(articles=PK),
        "activities": AMONG["activities"].filter(articles=PK),
        "tags": Tag.objects.filter(tagged__content_object=PK).order_by("tagged__pk"),
        "corrections": Correction.objects.filter(article=PK),
        "placements": placements.objects.filter(article=PK).select_related("page__issue"),
        **every_page.parts(),
    }


@Prepared
def BESIDE() -> Parts:  # noqa: N802
    """Return what a story's page shows of other stories."""
    current = Article.objects.published(AT).current(AT).only(*HEADLINE)
    return {
        "related": current.filter(GivenKeys("pk", "keys")),
        # As many more as may stand among the related ones.
        "more": current.filter(section=SECTION).exclude(pk=PK)[: MORE_STORIES + RELATED],
    }


@dataclass(frozen=True)
class StoryPage:
    """What a story's page shows.

    Attributes:
        story: with everything that belongs to it.
        related: stories about the same.
        more: the latest of its section.
        every_page: what stands on every page, as templates name it.

    """

    story: Article
    related: list[Article]
    more: list[Article]
    every_page: dict[str, Any]


def story_page(pk: int, at: datetime.datetime) -> StoryPage | None:
    """Return what a story's page shows; None where the public sees no such story (three queries).

    Args:
        pk: the story's key.
        at: the moment the page is for.

    """
    # A key that no database has: SQLite would not even take it in.
    if pk > BigIntegerField.MAX_BIGINT:
        return None
    found = STORY.fetch(pk=pk, at=at)
    if not found["story"]:
        return None
    (story,) = found["story"]
    for name in BELONGINGS:
        hang(story, name, found[name], AMONG.get(name))
    section = story.section
    is_section = section is not None and section.kind == Section.Kind.SECTION
    ties = ties_of(story)
    beside = BESIDE.fetch(
        pk=pk, at=at, keys=list(ties), section=section.pk if section and is_section else None
    )
    related = weighed(story, ties, beside["related"])
    shown = {one.pk for one in related}
    more = [one for one in beside["more"] if one.pk not in shown][:MORE_STORIES]
    return StoryPage(story, related, more, every_page.shown(found))
