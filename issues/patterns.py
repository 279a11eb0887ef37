"""Issues that take their shape from a standing pattern, or from an issue before them.

Whoever makes issues stands in line at one row, so that two editors never give the same number:
第N期 follows the last.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.stages import Person
from issues.models import Issue, Page, Pattern, PatternPage
from issues.scheduling import ScheduleError, refuse_taken_day

Shape = Pattern | Issue
# How far ahead standing issues are made in one go.
WEEKS = 4
MOST_WEEKS = 12


class PatternError(ScheduleError):
    """A refusal, with what a person can do about it."""


@dataclass(frozen=True)
class Made:
    """What came of making standing issues.

    Attributes:
        issues: the new ones, the earliest first.
        kept: those that were there already on a day some pattern is for; nothing was done to them.

    """

    issues: list[Issue]
    kept: list[Issue]


def may_make_issues(by: Person) -> bool:
    """Whether somebody may make issues with their pages."""
    return by.has_perms(("issues.add_issue", "issues.add_page"))


def pattern_for(day: datetime.date, patterns: Iterable[Pattern]) -> Pattern | None:
    """Return the first of the patterns that is meant for the weekday of a day."""
    return next((pattern for pattern in patterns if pattern.is_for(day)), None)


def usual_hour(shape: Shape) -> datetime.time | None:
    """Return the hour at which issues of a shape appear: as planned, or as it was set."""
    if isinstance(shape, Pattern):
        return shape.hour
    if shape.planned_hour is None and shape.publish_at is not None:
        return timezone.localtime(shape.publish_at).time()
    return shape.planned_hour


@transaction.atomic
def issue_from(
    shape: Shape, *, date: datetime.date, by: Person, number: int | None = None
) -> Issue:
    """Make an issue to be planned, of the shape of a pattern or of another issue.

    It gets the pages with their names, people, budgets and standing columns, and the usual hour;
    no story.

    Args:
        shape: what it takes its pages from.
        date: the day it is of.
        by: who makes it.
        number: its number; the one after the last, if none is given.

    Raises:
        PermissionDenied: without the rights to add issues and pages.
        ScheduleError: when that day has an issue, or the number is another's.

    """
    if not may_make_issues(by):
        raise PermissionDenied
    _stand_in_line()
    issue = Issue(date=date, number=number or next_number(), planned_hour=usual_hour(shape))
    refuse_taken_day(issue, date)
    _write([(issue, shape)])
    return issue


@transaction.atomic
def make_standing(*, by: Person, weeks: int = WEEKS, today: datetime.date | None = None) -> Made:
    """Make the issues of the coming weeks that the patterns in use are for.

    Where several patterns are for a weekday, the first by name is taken. A day that has an issue
    is left alone; so a second run does nothing.

    Args:
        by: who makes them.
        weeks: how many weeks, from tomorrow on (1 to 12).
        today: the day before the first; the current one, if none is given.

    Raises:
        PermissionDenied: without the rights to add issues and pages.
        PatternError: when no pattern in use is for any weekday.

    """
    if not may_make_issues(by):
        raise PermissionDenied
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(weeks)
    _stand_in_line()
    patterns = list(Pattern.objects.in_use().with_pages())
    if not any(pattern.weekdays for pattern in patterns):
        raise PatternError(
            _("No standing pattern in use is for any weekday; make one, or tick its weekdays.")
        )
    first = (today or timezone.localdate()) + datetime.timedelta(days=1)
    days = [first + datetime.timedelta(days=n) for n in range(weeks * 7)]
    there = {issue.date: issue for issue in Issue.objects.dated_between(days[0], days[-1])}
    number = next_number()
    made: list[tuple[Issue, Shape]] = []
    kept = []
    for day in days:
        pattern = pattern_for(day, patterns)
        if pattern is None:
            continue
        if day in there:
            kept.append(there[day])
            continue
        running = None if number is None else number + len(made)
        made.append((Issue(date=day, number=running, planned_hour=pattern.hour), pattern))
    _write(made)
    return Made([issue for issue, _pattern in made], kept)


@transaction.atomic
def take_shape(issue: Issue, shape: Shape, *, by: Person) -> list[Page]:
    """Give an issue the pages of a shape that it has not; those it has stay as they are.

    Args:
        issue: an issue that is being planned.
        shape: what it takes its pages from.
        by: who does it.

    Returns:
        The new pages.

    Raises:
        PermissionDenied: without the right to add pages.
        issues.models.gate.LockedError: when the issue is locked.

    """
    if not by.has_perm("issues.add_page"):
        raise PermissionDenied
    if issue.planned_hour is None and (hour := usual_hour(shape)):
        issue.planned_hour = hour
        issue.save(update_fields=["planned_hour"])
    return _write_pages([(issue, shape)], there=set(issue.pages.values_list("code", flat=True)))


@transaction.atomic
def pattern_of(issue: Issue, *, name: str, by: Person) -> Pattern:
    """Keep an issue's shape as a standing pattern, for the weekday it is of.

    Args:
        issue: the issue.
        name: what the pattern is called.
        by: who keeps it.

    Raises:
        PermissionDenied: without the rights to add patterns and their pages.
        PatternError: when there is a pattern of this name, or the issue has no page.

    """
    if not by.has_perms(("issues.add_pattern", "issues.add_patternpage")):
        raise PermissionDenied
    name = name.strip()
    if not name:
        raise PatternError(_("A pattern needs a name."))
    if Pattern.objects.filter(name=name).exists():
        raise PatternError(_("There is a pattern “%(name)s” already.") % {"name": name})
    pages = list(issue.pages.prefetch_related("columns"))
    if not pages:
        raise PatternError(_("The issue has no page yet; there is nothing to keep."))
    pattern = Pattern.objects.create(
        name=name,
        weekdays=str(issue.date.isoweekday()) if issue.date else "",
        hour=usual_hour(issue),
    )
    kept = PatternPage.objects.bulk_create(
        PatternPage(pattern=pattern, **_shape_of(page)) for page in pages
    )
    _give_columns(PatternPage, list(zip(kept, pages, strict=True)))
    return pattern


def next_number() -> int | None:
    """Return the number after the last; None where no issue has one to follow."""
    last = Issue.objects.aggregate(last=Max("number"))["last"]
    return None if last is None else last + 1


def _stand_in_line() -> None:
    """Wait for whoever else is making issues: the oldest row is the door."""
    list(Issue.objects.select_for_update().order_by("pk").values_list("pk")[:1])


def _write(made: Sequence[tuple[Issue, Shape]]) -> None:
    """Write new issues and their pages.

    Raises:
        PatternError: when somebody took a day or a number by another way meanwhile.

    """
    try:
        with transaction.atomic():
            Issue.objects.bulk_create([issue for issue, _shape in made])
    except IntegrityError as refusal:
        raise PatternError(
            _("There is an issue of this date or number already; look again and repeat it.")
        ) from refusal
    _write_pages(made)


def _write_pages(made: Sequence[tuple[Issue, Shape]], there: Iterable[str] = ()) -> list[Page]:
    """Give issues the pages of their shapes, but for those of the codes that are there."""
    taken = set(there)
    pairs = [
        (Page(issue=issue, **_shape_of(page)), page)
        for issue, shape in made
        for page in _pages_of(shape)
        if page.code not in taken
    ]
    pages = Page.objects.bulk_create([page for page, _model in pairs])
    _give_columns(Page, pairs)
    return pages


def _pages_of(shape: Shape) -> list[Page | PatternPage]:
    pages = shape.pages.all()
    if "pages" not in getattr(shape, "_prefetched_objects_cache", {}):
        pages = pages.prefetch_related("columns")
    return list(pages)


def _shape_of(page: Page | PatternPage) -> dict[str, object]:
    return {name: getattr(page, name) for name in page.SHAPE}


def _give_columns(
    model: type[Page | PatternPage],
    pairs: Sequence[tuple[Page | PatternPage, Page | PatternPage]],
) -> None:
    """Give pages the standing columns of the pages they were made after (one query)."""
    through: Any = model.columns.through
    key = f"{model._meta.model_name}_id"
    through._default_manager.bulk_create(
        through(**{key: page.pk, "section_id": column.pk})
        for page, example in pairs
        for column in example.columns.all()
    )
