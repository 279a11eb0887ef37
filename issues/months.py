"""The issues of a month as a calendar shows them: weeks of seven days, Monday first."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection, connections, router
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise

from articles.archive import as_moment
from communities.together import fetch
from issues.models import Issue

MONTH = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)


@dataclass(frozen=True)
class Day:
    """A day of a calendar: its date and the issue of that day, if the public sees one."""

    date: datetime.date
    issue: Issue | None


@dataclass(frozen=True)
class YearOfIssues:
    """A year that has issues: the day of its last one, and when one appeared last."""

    last: datetime.date
    changed_at: datetime.datetime

    @property
    def year(self) -> int:
        """The year's number."""
        return self.last.year


def month_of(text: str) -> datetime.date:
    """Return the first day of a month written as "2026-03".

    Raises:
        ValueError: when it is no month.

    """
    found = MONTH.match(text)
    if found is None:
        raise ValueError(text)
    return datetime.date(int(found[1]), int(found[2]), 1)


def weeks_of(month: datetime.date, issues: Iterable[Issue]) -> list[list[Day | None]]:
    """Return a month's weeks.

    Args:
        month: any day of it.
        issues: those dated in it; others are passed over.

    Returns:
        Seven days each, None where a day belongs to another month.

    """
    by_day = {issue.date: issue for issue in issues}
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    return [
        [Day(day, by_day.get(day)) if day.month == month.month else None for day in week]
        for week in weeks
    ]


def years_of_issues(at: datetime.datetime) -> list[YearOfIssues]:
    """Return the years that have issues, the latest first (two queries).

    Written in SQL, and years as rows of values: Django asks SQLite for an issue's year by a
    function of its own in Python, once an issue.

    Args:
        at: the moment at which the public sees the issues.

    """
    published = Issue.objects.published(at)
    days = published.values_list("date", flat=True)
    last, first = days[:1], days.reverse()[:1]
    fetch(last, first)
    # An issue that has appeared has a day: the database holds to it.
    latest, earliest = next(iter(last), None), next(iter(first), None)
    if latest is None or earliest is None:
        return []
    inner, within = published.order_by().values("date", "publish_at").query.sql_with_params()
    years = range(latest.year, earliest.year - 1, -1)
    adapt = connection.ops.adapt_datefield_value
    ends = ((1, 1), (12, 31))
    spans = [adapt(datetime.date(year, *day)) for year in years for day in ends]
    rows = ", ".join(["(%s, %s)"] * len(years))
    with connections[router.db_for_read(Issue)].cursor() as cursor:
        cursor.execute(
            f"WITH span (begins, upto) AS (VALUES {rows}) "  # noqa: S608 (of our own words alone)
            "SELECT max(issue.date), max(issue.publish_at) FROM span "
            f"JOIN ({inner}) issue ON issue.date >= span.begins AND issue.date <= span.upto "
            "GROUP BY span.begins ORDER BY span.begins DESC",
            [*spans, *within],
        )
        return [YearOfIssues(_as_day(day), as_moment(moment)) for day, moment in cursor.fetchall()]


def weekdays() -> list[tuple[Promise | str, Promise | str]]:
    """Return the days of a week, Monday first: each whole and short."""
    return [(WEEKDAYS[day], WEEKDAYS_ABBR[day]) for day in range(7)]


def _as_day(value: Any) -> datetime.date:
    """Return a day as the database gives it: SQLite as a text."""
    return (
        datetime.date.fromisoformat(value)
        if isinstance(value, str)
        else cast("datetime.date", value)
    )
