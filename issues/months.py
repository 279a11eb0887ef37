"""The issues of a month as a calendar shows them: weeks of seven days, Monday first."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise

from issues.models import Issue

MONTH = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)


@dataclass(frozen=True)
class Day:
    """A day of a calendar: its date and the issue of that day, if the public sees one."""

    date: datetime.date
    issue: Issue | None


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


def latest_of_each_year(months: Sequence[datetime.date]) -> list[datetime.date]:
    """Return each year's last month that has an issue, out of such months, the latest first."""
    years: dict[int, datetime.date] = {}
    for month in sorted(months, reverse=True):
        years.setdefault(month.year, month)
    return list(years.values())


def weekdays() -> list[tuple[Promise | str, Promise | str]]:
    """Return the days of a week, Monday first: each whole and short."""
    return [(WEEKDAYS[day], WEEKDAYS_ABBR[day]) for day in range(7)]
