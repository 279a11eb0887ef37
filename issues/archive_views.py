"""Stories by the calendar: years, their months, days; beside the calendar of issues.

Every page is found by looks into the index of publication, and none counts: the first year of the
archive costs what the last one does.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import archive as periods
from articles.archive import Period
from articles.views import list_stories
from issues.models import Issue
from issues.months import weekdays


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Show the years with their months, and what appeared on this day in other years."""
    now = timezone.now()
    years = periods.years(now)
    found = periods.latest_in(periods.months_of(years), now)
    # A year reads forward, though the latest year stands first.
    months = [
        (year, [one.first for one in reversed(found) if one.first.year == year]) for year in years
    ]
    context = {
        "years": [(year, some) for year, some in months if some],
        "this_day": periods.on_this_day(timezone.localdate(now), now),
    }
    return render(request, "issues/archive.html", context)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year as the leaves of a calendar: its months with stories."""
    now, period = timezone.now(), Period.year(year)
    days = periods.days_with_stories(period, now)
    if not days:
        raise Http404("no story in that year")
    months = {day.replace(day=1) for day in days}
    context = {
        "year": year,
        "leaves": [periods.leaf(month, days) for month in sorted(months)],
        "weekdays": weekdays(),
        **_around(period, now),
    }
    return render(request, "issues/archive_year.html", context)


@require_safe
def month(request: HttpRequest, month: datetime.date) -> HttpResponse:
    """Show a month's stories beside its leaf of the calendar."""
    now, period = timezone.now(), Period.month(month.year, month.month)
    days = periods.days_with_stories(period, now)
    if not days:
        raise Http404("no story in that month")
    context = {
        "month": month,
        "leaf": periods.leaf(month, days),
        "weekdays": weekdays(),
        "listing": list_stories(request, period.stories(now)),
        **_around(period, now),
    }
    return render(request, "issues/archive_month.html", context)


@require_safe
def day(request: HttpRequest, day: datetime.date) -> HttpResponse:
    """Show a day's stories, its issue, and what appeared on the same day in other years."""
    now, period = timezone.now(), Period.day(day)
    listing = list_stories(request, period.stories(now))
    if not listing.rows:
        raise Http404("no story on that day")
    printed = Issue.objects.published(now).filter(date=day)[:1]
    context = {
        "day": day,
        "listing": listing,
        **_around(period, now, printed),
        "printed": next(iter(printed), None),
        "this_day": periods.on_this_day(day, now),
    }
    return render(request, "issues/archive_day.html", context)


def _around(period: Period, at: datetime.datetime, *others: QuerySet[Any]) -> dict[str, Any]:
    """Return where the pages before and after a period lead, and fetch others with them."""
    earlier, later = periods.neighbours(period, at, *others)
    return {"earlier": earlier, "later": later}
