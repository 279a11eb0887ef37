"""The archive by the calendar: which months and days have stories, without counting any.

Each period costs one look into the index of publication, however many stories lie in it; all
periods that are asked for together cost one query.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection, connections, router
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, ArticleQuerySet
from communities.together import fetch

# How far 'on this day' looks back, and how many stories of each year it brings.
YEARS_BACK, STORIES_A_YEAR = 20, 2
# The smallest step of a moment in the database.
TICK = datetime.timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """Some days of the newsroom's calendar, the last of them left out."""

    first: datetime.date
    end: datetime.date

    @classmethod
    def year(cls, year: int) -> Period:
        """Return a year."""
        return cls(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return a month."""
        first = datetime.date(year, month, 1)
        return cls(first, (first + datetime.timedelta(days=31)).replace(day=1))

    @classmethod
    def day(cls, day: datetime.date) -> Period:
        """Return a day."""
        return cls(day, day + datetime.timedelta(days=1))

    def stories(self, at: datetime.datetime) -> ArticleQuerySet:
        """Return the public stories that appeared in the period, the newest first."""
        begin, upto = self.bounds(at)
        return Article.objects.published(upto).filter(publish_at__gte=begin)

    def bounds(self, at: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
        """Return the period's first moment and its last, as far as it is over.

        One upper bound, not two: with "until now" and "until its end" SQLite walks through the
        index from now on.
        """
        return midnight(self.first), min(midnight(self.end) - TICK, at)

    def days(self) -> list[Period]:
        """Return the days of the period."""
        count = (self.end - self.first).days
        return [Period.day(self.first + datetime.timedelta(days=n)) for n in range(count)]


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the moment a day begins in the newsroom."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def years(at: datetime.datetime) -> list[int]:
    """Return the years from the first public story to the last, the latest first (one query)."""
    moments = Article.objects.published(at).values_list("publish_at", flat=True)
    last, first = moments[:1], moments.reverse()[:1]
    fetch(last, first)
    latest, earliest = next(iter(last), None), next(iter(first), None)
    if latest is None or earliest is None:
        return []
    return list(range(timezone.localdate(latest).year, timezone.localdate(earliest).year - 1, -1))


def months_of(years: Sequence[int]) -> list[Period]:
    """Return the months of some years, the latest first."""
    return [Period.month(year, month) for year in years for month in range(12, 0, -1)]


def latest_in(periods: Sequence[Period], at: datetime.datetime) -> dict[Period, datetime.datetime]:
    """Return when the last story of each period appeared (one query).

    Periods without a story are left out.
    """
    rows = _look(periods, at, "publish_at")
    return {period: as_moment(row[0]) for period, row in rows if row[0] is not None}


def _look(
    periods: Sequence[Period], at: datetime.datetime, column: str, count: int = 1
) -> list[tuple[Period, tuple[Any, ...]]]:
    """Return a column of the last public stories of each period, None where there are fewer.

    Written in SQL: a subquery of Django's for each of a year's days takes half a second to write
    down. The periods are rows of values, and one subquery, planned once, is run for each of them.
    """
    if not periods:
        return []
    upto = RawSQL("period.upto", [])
    stories = Article.objects.published(cast(datetime.datetime, upto))
    inner, within = stories.order_by().values("id", "publish_at").query.sql_with_params()
    looks = ", ".join(
        f"(SELECT story.{column} FROM ({inner}) story"  # noqa: S608 (of our own words alone)
        " WHERE story.publish_at >= period.begins"
        f" ORDER BY story.publish_at DESC, story.id DESC LIMIT 1 OFFSET {number})"
        for number in range(count)
    )
    adapt = connection.ops.adapt_datetimefield_value
    spans = [
        (number, *(adapt(moment) for moment in period.bounds(at)))
        for number, period in enumerate(periods)
    ]
    rows = ", ".join(["(%s, %s, %s)"] * len(spans))
    with connections[router.db_for_read(Article)].cursor() as cursor:
        cursor.execute(
            f"WITH period (number, begins, upto) AS (VALUES {rows}) "  # noqa: S608
            f"SELECT number, {looks} FROM period ORDER BY number",
            [value for span in spans for value in span] + list(within) * count,
        )
        return [(periods[number], tuple(found)) for number, *found in cursor.fetchall()]


def as_moment(value: Any) -> datetime.datetime:
    """Return a moment as the database gives it; SQLite leaves out that it is universal time."""
    moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    aware: datetime.datetime = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return aware


def days_with_stories(period: Period, at: datetime.datetime) -> set[datetime.date]:
    """Return the days of a period, of a year at most, on which stories appeared (one query)."""
    return {day.first for day in latest_in(period.days(), at)}


def neighbours(
    period: Period, at: datetime.datetime, *others: QuerySet[Any]
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the last day with stories before a period, and the first after it (one query).

    Args:
        period: the period.
        at: the moment asked about.
        others: query sets that are to be filled in the same query.

    """
    moments = Article.objects.published(at).values_list("publish_at", flat=True)
    earlier = Article.objects.published(min(at, midnight(period.first) - TICK))
    before = earlier.values_list("publish_at", flat=True)[:1]
    after = moments.filter(publish_at__gte=midnight(period.end)).reverse()[:1]
    fetch(before, after, *others)
    return _day_of(before), _day_of(after)


def _day_of(moments: Iterable[datetime.datetime | None]) -> datetime.date | None:
    """Return the day of the first of some moments, None where there is none."""
    moment = next(iter(moments), None)
    return timezone.localdate(moment) if moment else None


@dataclass(frozen=True)
class Leaf:
    """A month on the wall: its first day and its weeks, Monday first.

    Each day is a date and whether it has stories; None where it belongs to another month.
    """

    month: datetime.date
    weeks: list[list[tuple[datetime.date, bool] | None]]


def leaf(month: datetime.date, days: Collection[datetime.date]) -> Leaf:
    """Return the leaf of a month.

    Args:
        month: any day of it.
        days: those with stories.

    """
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    return Leaf(
        month.replace(day=1),
        [
            [(day, day in days) if day.month == month.month else None for day in week]
            for week in weeks
        ],
    )


def keys_on_this_day(day: datetime.date, at: datetime.datetime) -> list[int]:
    """Return the keys of stories of the same day in earlier years, the latest year first.

    One query.
    """
    rows = _look(_same_days(day), at, "id", STORIES_A_YEAR)
    return [key for _period, found in rows for key in found if key is not None]


def on_this_day(day: datetime.date, at: datetime.datetime) -> list[Article]:
    """Return stories of the same day in earlier years, the latest year first (two queries)."""
    keys = keys_on_this_day(day, at)
    stories = Article.objects.published(at).in_bulk(keys)
    return [stories[key] for key in keys if key in stories]


def _same_days(day: datetime.date) -> list[Period]:
    """Return the day in earlier years; the 29th of February is there in leap years alone."""
    years = range(day.year - 1, day.year - 1 - YEARS_BACK, -1)
    return [
        Period.day(datetime.date(year, day.month, day.day))
        for year in years
        if day.day <= calendar.monthrange(year, day.month)[1]
    ]
