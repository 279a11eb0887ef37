"""The usage report (用稿统计): who wrote how much that was accepted and published, and where of.

Everything is counted over a period of days. A story counts as accepted on the day it passed the
final review (or came in as printed), and as published on the day it became public; a working copy
is a change of a story and counts as none.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Review, Stage
from communities.together import listed

ACCEPTING = (Stage.FINAL, Stage.PRINTED)
# What the report can be broken down by.
DIMENSIONS = ("contributor", "community", "section", "month")


@dataclass(frozen=True)
class Period:
    """Some whole days, the first and the last included, in the newsroom's time zone."""

    first: datetime.date
    last: datetime.date

    @property
    def bounds(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The period's first instant and the first one after it."""
        zone = timezone.get_current_timezone()
        midnight = datetime.time.min
        after = self.last + datetime.timedelta(days=1)
        return (
            datetime.datetime.combine(self.first, midnight, zone),
            datetime.datetime.combine(after, midnight, zone),
        )


@dataclass
class Row:
    """One line of the report.

    Attributes:
        key: what the stories behind it are found by: a primary key, or a month as 2026-11; "" for
            stories that have no such thing (a story without a section).
        name: what the line is called.
        accepted: stories that passed the final review in the period.
        published: stories that became public in it.
        characters: of those published, by the newsroom's count of the body.
        photos: of those published.

    """

    key: str
    name: str
    accepted: int = 0
    published: int = 0
    characters: int = 0
    photos: int = 0


@dataclass(frozen=True)
class Report:
    """The lines of one breakdown, and the stories of the whole period, each counted once."""

    dimension: str
    rows: list[Row]
    total: Row
    most: int = field(default=0)


def published_in(period: Period, at: datetime.datetime | None = None) -> ArticleQuerySet:
    """Return the stories that became public in a period and are public now."""
    start, end = period.bounds
    return Article.objects.published(at).filter(publish_at__gte=start, publish_at__lt=end)


def accepted_in(period: Period) -> dict[int, datetime.datetime]:
    """Return the stories accepted in a period: primary key → when they first were."""
    return dict(_firsts(period).values_list("article", "when"))


def _firsts(period: Period) -> Any:
    start, end = period.bounds
    passes = Review.objects.filter(stage__in=ACCEPTING, decision=Review.Decision.PASS).order_by()
    # The period's own, by their hour; of each it is asked whether the story had passed before.
    before = passes.filter(article=OuterRef("article"), at__lt=start)
    within = passes.filter(~Exists(before), at__gte=start, at__lt=end)
    return within.values("article").annotate(when=Min("at"))


def stories_behind(
    period: Period, dimension: str, key: str, at: datetime.datetime | None = None
) -> ArticleQuerySet:
    """Return the published stories a figure of the report counts.

    Args:
        period: the report's period.
        dimension: one of `DIMENSIONS`.
        key: the line's key.
        at: the moment; now, if none is given.

    Raises:
        ValueError: for a dimension or a key that no report has.

    """
    stories = published_in(period, at)
    if dimension == "month":
        month = datetime.datetime.strptime(key, "%Y-%m")  # noqa: DTZ007 - a month has no zone
        return stories.filter(publish_at__year=month.year, publish_at__month=month.month)
    path = {
        "contributor": "bylines__contributor",
        "community": "communities",
        "section": "section",
    }.get(dimension)
    if path is None:
        raise ValueError(dimension)
    if not key:
        return stories.filter(**{f"{path}__isnull": True})
    return stories.filter(pk__in=stories.filter(**{path: int(key)}).order_by().values("pk"))


def report(period: Period, dimension: str, at: datetime.datetime | None = None) -> Report:
    """Count a period's stories (five queries, whatever its length).

    Args:
        period: the days.
        dimension: one of `DIMENSIONS`.
        at: the moment; now, if none is given.

    Raises:
        ValueError: for any other dimension.

    """
    if dimension not in DIMENSIONS:
        raise ValueError(dimension)
    figures = {
        pk: (characters, photos, when)
        for pk, characters, photos, when in published_in(period, at)
        .annotate(pictures=Count("photos"))
        .order_by()
        .values_list("pk", "characters", "pictures", "publish_at")
    }
    accepted = accepted_in(period)
    rows: dict[str, Row] = {}
    for pk, key, name in _lines(dimension, figures, accepted):
        row = rows.setdefault(key, Row(key, name))
        row.accepted += pk in accepted
        if pk in figures:
            row.published += 1
            row.characters += figures[pk][0]
            row.photos += figures[pk][1]
    if dimension == "month":
        ordered = sorted(rows.values(), key=lambda row: row.key)
    else:
        ordered = sorted(
            rows.values(), key=lambda row: (-row.published, -row.characters, row.name, row.key)
        )
    total = Row(
        "",
        "",
        len(accepted),
        len(figures),
        sum(characters for characters, _photos, _when in figures.values()),
        sum(photos for _characters, photos, _when in figures.values()),
    )
    return Report(dimension, ordered, total, max((row.published for row in ordered), default=0))


def _lines(
    dimension: str, figures: dict[int, Any], accepted: dict[int, datetime.datetime]
) -> Iterable[tuple[int, str, str]]:
    """Yield (story, key, name) for each line a story counts in, each pair once."""
    if dimension == "month":
        for pk in set(figures) | set(accepted):
            # A story accepted in one month and published in the next counts in the latter.
            moment = figures[pk][2] if pk in figures else accepted[pk]
            month = timezone.localtime(moment).strftime("%Y-%m")
            yield pk, month, month
        return
    path, name = {
        "contributor": ("bylines__contributor", "bylines__contributor__name"),
        "community": ("communities", "communities__name"),
        "section": ("section", "section__name"),
    }[dimension]
    # They are known by now; PostgreSQL would go through all stories to ask each whether it is one.
    counted = Article.objects.filter(pk__in=listed(figures.keys() | accepted.keys()))
    seen: defaultdict[int, set[Any]] = defaultdict(set)
    for pk, key, label in counted.order_by().values_list("pk", path, name):
        if key not in seen[pk]:
            seen[pk].add(key)
            yield pk, "" if key is None else str(key), label or ""
