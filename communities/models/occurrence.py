"""One time something takes place, with its hours as printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext

from .hours import MIDNIGHT, clock
from .repetition import DAY

if TYPE_CHECKING:
    from .activity import Activity


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time an activity takes place, or would have.

    Attributes:
        day: the day it takes place on.
        starts_at: by the newsroom's clocks.
        activity_id: the activity's key; orders what begins at the same time.
        on: the day the repetition gives, where it was moved another one than `day`.
        note: why it is cancelled or moved.

    """

    day: datetime.date
    starts_at: datetime.time
    activity_id: int
    activity: Activity = field(compare=False)
    ends_at: datetime.time | None = field(compare=False)
    on: datetime.date = field(compare=False)
    is_cancelled: bool = field(default=False, compare=False)
    is_moved: bool = field(default=False, compare=False)
    note: str = field(default="", compare=False)

    @property
    def begins(self) -> datetime.datetime:
        """The moment it begins, with the newsroom's zone."""
        return moment(self.day, self.starts_at)

    @property
    def usual_begins(self) -> datetime.datetime:
        """The moment it would begin if nothing had been moved."""
        return moment(self.on, self.activity.starts_at)

    @property
    def ends(self) -> datetime.datetime | None:
        """The moment it ends; None where nobody said."""
        if self.ends_at is None:
            return None
        return moment(self.day + DAY if self.ends_at == MIDNIGHT else self.day, self.ends_at)

    @property
    def hours(self) -> str:
        """The hours as printed, e.g. "9:00–11:00"."""
        return span(self.starts_at, self.ends_at)

    @property
    def weekday(self) -> str:
        """The weekday, e.g. "周三"."""
        return str(WEEKDAYS_ABBR[self.day.weekday()])

    @property
    def usual_day(self) -> str:
        """The day it was moved from, e.g. "12月2日"."""
        return short_day(self.on)

    @property
    def short_day(self) -> str:
        """The day without its year, e.g. "12月2日"."""
        return short_day(self.day)

    def is_over(self, at: datetime.datetime) -> bool:
        """Whether it is past; what has no end is so when its day is."""
        return (self.ends or moment(self.day + DAY, MIDNIGHT)) <= at


def expand(
    activities: Iterable[Activity], first: datetime.date, last: datetime.date
) -> list[Occurrence]:
    """Return when activities take place in a window, both its ends included, in order of time.

    Of what is cancelled altogether the first time alone: a calendar says so once.
    """
    found: list[Occurrence] = []
    for activity in activities:
        times = activity.occurrences(first, last)
        found += times[:1] if activity.is_cancelled else times
    return sorted(found)


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """Return a day and a time by the newsroom's clocks as a moment."""
    return datetime.datetime.combine(day, time, timezone.get_default_timezone())


def short_day(day: datetime.date) -> str:
    """Return a day without its year, e.g. "12月2日"."""
    return gettext("%(month)d-%(day)d") % {"month": day.month, "day": day.day}


def span(starts_at: datetime.time, ends_at: datetime.time | None) -> str:
    """Return hours as printed; of what has no end, its beginning."""
    if ends_at is None:
        return clock(starts_at)
    return f"{clock(starts_at)}–{'24:00' if ends_at == MIDNIGHT else clock(ends_at)}"
