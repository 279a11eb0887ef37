"""Whether a feed has changed since a reader fetched it, told from a few columns.

Feed readers ask every few minutes and mostly for nothing: an answer that nothing has changed reads
no text, no byline and no photo.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet

from articles.models import Article, ArticleQuerySet, TaggedArticle
from communities.together import fetch

# To be moved on when the feeds print something else from the same stories.
EDITION = 1
BEFORE_ALL = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
Scope = Callable[[ArticleQuerySet], ArticleQuerySet]


@dataclass(frozen=True)
class Freshness:
    """What a feed shows, and since when.

    Attributes:
        keys: the stories it shows, in its order.
        changed_at: when one of them appeared or changed last, or one left.
        etag: differs when anything the feed prints differs.

    """

    keys: list[int]
    changed_at: datetime.datetime
    etag: str


def freshness_of(
    scope: Scope, *, at: datetime.datetime, count: int, said: Iterable[object]
) -> Freshness:
    """Tell what a feed shows at a moment (two queries).

    Args:
        scope: leaves of some stories those the feed is about.
        at: the moment.
        count: how many of the newest it shows.
        said: what else it prints: its title, its address.

    """
    columns = ("pk", "publish_at", "updated_at", "section__name", "column__name")
    rows = list(scope(Article.objects.published(at).current(at)).values_list(*columns)[:count])
    keys = [row[0] for row in rows]
    # Only what is newer than the oldest story of a full feed can have stood in it.
    since = rows[-1][1] if len(rows) == count else BEFORE_ALL
    through = Article.communities.through.objects.filter(article__in=keys)
    places = through.values_list("article", "community__name")
    tagged = TaggedArticle.objects.filter(content_object__in=keys)
    words = tagged.values_list("content_object", "tag__name")
    departures = _departures(scope, since, at)
    fetch(places, words, *departures)
    seen = [
        EDITION,
        settings.SITE_NAME,
        settings.USAGE_TERMS,
        settings.WEBSUB_HUB,
        settings.LANGUAGE_CODE,
        *said,
        rows,
        sorted(places),
        sorted(words),
    ]
    changes = [moment for row in rows for moment in row[1:3]]
    changed_at = max([BEFORE_ALL, *changes, *(moment for some in departures for moment in some)])
    digest = hashlib.sha256(repr([*seen, changed_at]).encode()).hexdigest()
    return Freshness(keys, changed_at, f'"{digest[:32]}"')


def _departures(
    scope: Scope, since: datetime.datetime, at: datetime.datetime
) -> list[QuerySet[Any, datetime.datetime]]:
    """Return what asks when a story was withdrawn last, and when a notice's time was over last."""
    gone = scope(Article.objects.withdrawn(at)).filter(publish_at__gte=since)
    over = scope(Article.objects.published(at).expired(at)).filter(publish_at__gte=since)
    return [
        # All have one status: grouped by it, the last of them is one row, or none.
        stories.order_by()
        .values("status")
        .annotate(last=Max(column))
        .values_list("last", flat=True)
        for stories, column in ((gone, "withdrawn_at"), (over, "expires_at"))
    ]
