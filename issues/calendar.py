"""The newsroom's calendar: what is planned, scheduled and published, day by day."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from articles.models import Article, ArticleQuerySet
from articles.stages import Person
from communities.days import month_ends
from issues import moving
from issues.lacks import Lack, fetch_for_lacks, lacks_of
from issues.models import Issue, Pattern, Placement, Stage
from issues.months import month_of
from issues.patterns import pattern_for

DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
ONE = datetime.timedelta(days=1)
WEEK = datetime.timedelta(weeks=1)
# How many stories of the web alone a day shows: in a month's square, and in a week.
MONTHLY, WEEKLY = 3, 60
# Years a newspaper's calendar is asked for; beyond them days cannot be counted any more.
YEARS = range(1800, 2201)


@dataclass(frozen=True)
class Span:
    """The days a calendar shows.

    Attributes:
        kind: "month" or "week".
        day: the first of the month, or the Monday.
        first: the first day shown; a month's weeks are whole.
        last: the last day shown.

    """

    kind: str
    day: datetime.date
    first: datetime.date
    last: datetime.date

    @classmethod
    def of_month(cls, day: datetime.date) -> Span:
        """Return the whole weeks that the month of a day lies in."""
        first, last = month_ends(day)
        return cls("month", first, monday(first), monday(last) + 6 * ONE)

    @classmethod
    def of_week(cls, day: datetime.date) -> Span:
        """Return the week of a day, Monday to Sunday."""
        first = monday(day)
        return cls("week", first, first, first + 6 * ONE)

    @classmethod
    def read(cls, *, month: str = "", week: str = "", today: datetime.date) -> Span:
        """Return the span an address asks for; the month of today where it asks for none.

        Args:
            month: such as "2026-03".
            week: a day of the week, such as "2026-03-05".
            today: the current day.

        Raises:
            ValueError: when it is no month or day, or none a newspaper has.

        """
        if week:
            if not DAY.match(week):
                raise ValueError(week)
            day = datetime.date.fromisoformat(week)
        else:
            day = month_of(month) if month else today
        if day.year not in YEARS:
            raise ValueError(day)
        return cls.of_week(day) if week else cls.of_month(day)

    @property
    def before(self) -> datetime.date:
        """A day of the span before this one."""
        return (self.day - ONE).replace(day=1) if self.kind == "month" else self.day - WEEK

    @property
    def after(self) -> datetime.date:
        """A day of the span after this one."""
        return (self.day + 31 * ONE).replace(day=1) if self.kind == "month" else self.day + WEEK

    def query(self, day: datetime.date) -> str:
        """Return how an address asks for the span of this kind that a day lies in."""
        return f"month={day:%Y-%m}" if self.kind == "month" else f"week={day.isoformat()}"

    def shows(self, day: datetime.date) -> bool:
        """Whether a day is the span's own, and not only fills its first or last week."""
        return self.kind == "week" or day.month == self.day.month


@dataclass
class PlannedIssue:
    """An issue in the calendar.

    Attributes:
        issue: the issue.
        stage: how far it has come.
        moves: whether the person who looks may move it, or be told how.
        asks: whether it has to be said why it is moved.
        lacks: what is wrong with it; nothing is looked for in one that is live.

    """

    issue: Issue
    stage: Stage
    moves: bool
    asks: bool
    lacks: list[Lack]

    @property
    def hour_is_elsewhere(self) -> bool:
        """Whether it appears on another day than the one it is of."""
        hour = self.issue.publish_at
        return hour is not None and timezone.localtime(hour).date() != self.issue.date

    @property
    def blocking(self) -> int:
        """How many things have to be mended."""
        return sum(lack.blocks for lack in self.lacks)

    @property
    def warning(self) -> int:
        """How many things are to be looked at."""
        return len(self.lacks) - self.blocking


@dataclass
class Day:
    """A day: its issue, the stories that appear on it by themselves, and what it may get.

    Attributes:
        date: the day.
        inside: whether it belongs to the month that is shown.
        issue: its issue, if it has one.
        stories: the first of the stories of the web alone.
        more: how many more there are.
        pattern: the pattern that a new issue of this day takes its shape from.

    """

    date: datetime.date
    inside: bool
    issue: PlannedIssue | None = None
    stories: list[Article] = field(default_factory=list)
    more: int = 0
    pattern: Pattern | None = None


def monday(day: datetime.date) -> datetime.date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * ONE


def days_of(span: Span, *, by: Person, at: datetime.datetime | None = None) -> list[Day]:
    """Return the days of a span with what stands on each (eight queries at most).

    Args:
        span: the days.
        by: who looks; they see the stories that are theirs to see.
        at: the moment; now, if none is given.

    """
    moment = at or timezone.now()
    issues = {
        planned.issue.date: planned
        for planned in _planned(Issue.objects.dated_between(span.first, span.last), by, moment)
    }
    patterns = list(Pattern.objects.in_use())
    by_day: dict[datetime.date, list[Article]] = defaultdict(list)
    for story in alone_on_the_web(Article.objects.editable_by(by), span):
        by_day[story.day].append(story)  # type: ignore[attr-defined]
    days = []
    for number in range((span.last - span.first).days + 1):
        date = span.first + number * ONE
        found = by_day[date]
        days.append(
            Day(
                date,
                span.shows(date),
                issues.get(date),
                found,
                found[0].of_day - len(found) if found else 0,  # type: ignore[attr-defined]
                pattern_for(date, patterns),
            )
        )
    return days


def undated(*, by: Person, at: datetime.datetime | None = None) -> list[PlannedIssue]:
    """Return the issues that have no day yet, for somebody who looks."""
    issues = Issue.objects.filter(date__isnull=True).order_by("number", "pk")
    return _planned(issues, by, at or timezone.now())


def alone_on_the_web(stories: ArticleQuerySet, span: Span) -> ArticleQuerySet:
    """Return the first stories of each day that appear by themselves, in no issue (one query).

    Each has `day`, its day by the newsroom's calendar, and `of_day`, how many that day has.
    """
    begin, end = midnight(span.first), midnight(span.last + ONE)
    in_an_issue = Placement.objects.filter(article=OuterRef("pk"))
    of_day: dict[str, Any] = {"partition_by": TruncDate("publish_at")}
    return (
        stories.timed_between(begin, end)
        .filter(~Exists(in_an_issue))
        .only("headline", "status", "publish_at")
        .annotate(
            day=TruncDate("publish_at"),
            of_day=Window(Count("pk"), **of_day),
            rank=Window(RowNumber(), order_by=["publish_at", "pk"], **of_day),
        )
        .filter(rank__lte=MONTHLY if span.kind == "month" else WEEKLY)
    )


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the beginning of a day by the newsroom's clocks."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _planned(issues: Iterable[Issue], by: Person, moment: datetime.datetime) -> list[PlannedIssue]:
    found = list(issues)
    coming = [issue for issue in found if not issue.is_live(moment)]
    fetch_for_lacks(coming)
    lacks = {issue.pk: lacks_of(issue, moment) for issue in coming}
    return [
        PlannedIssue(
            issue,
            issue.stage(moment),
            moving.may_move(issue, by, moment),
            moving.asks_for_reason(issue, moment),
            lacks.get(issue.pk, []),
        )
        for issue in found
    ]
