"""The calendar of activities: days in weeks, Monday first, and the months around them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from communities.days import month_ends
from communities.models import Occurrence
from communities.models.repetition import DAY

# What a day shows at once; the rest is a tap away.
SHOWN = 4
WEEKS = 5
# A year is planned ahead; further on a calendar has nothing but what never ends.
MONTHS_AHEAD = 12


@dataclass(frozen=True)
class CalendarDay:
    """A day of the calendar.

    Attributes:
        date: the day.
        occurrences: what takes place, in the order of time.
        today: the day the page is for.
        opens: whether the month is to be said: the calendar's first day, or a month's.

    """

    date: datetime.date
    occurrences: list[Occurrence]
    today: datetime.date
    opens: bool

    @property
    def shown(self) -> list[Occurrence]:
        """What is shown at once."""
        return self.occurrences if self._is_short else self.occurrences[:SHOWN]

    @property
    def further(self) -> list[Occurrence]:
        """What is a tap away."""
        return [] if self._is_short else self.occurrences[SHOWN:]

    @property
    def _is_short(self) -> bool:
        # Nobody has to tap for a single one.
        return len(self.occurrences) <= SHOWN + 1

    @property
    def is_today(self) -> bool:
        """Whether it is the day the page is for."""
        return self.date == self.today

    @property
    def is_past(self) -> bool:
        """Whether it is over."""
        return self.date < self.today


@dataclass(frozen=True)
class Window:
    """The days a calendar shows, both ends included."""

    first: datetime.date
    last: datetime.date

    @property
    def column(self) -> int:
        """The column of the first day, Monday 1."""
        return self.first.isoweekday()

    def days(self, occurrences: Iterable[Occurrence], today: datetime.date) -> list[CalendarDay]:
        """Return the days with what takes place on each.

        Args:
            occurrences: in the order of time.
            today: the day the page is for.

        """
        by_day = {
            day: list(rows) for day, rows in itertools.groupby(occurrences, key=lambda one: one.day)
        }
        length = (self.last - self.first).days + 1
        dates = [self.first + number * DAY for number in range(length)]
        return [
            CalendarDay(
                date, by_day.get(date, []), today, opens=date in (self.first,) or date.day == 1
            )
            for date in dates
        ]


def coming_weeks(today: datetime.date) -> Window:
    """Return the weeks from this one on."""
    first = today - today.weekday() * DAY
    return Window(first, first + (7 * WEEKS - 1) * DAY)


def month_of(day: datetime.date) -> Window:
    """Return the month a day lies in."""
    return Window(*month_ends(day))


def months_around(
    month: datetime.date | None, today: datetime.date, earliest: datetime.date
) -> list[datetime.date]:
    """Return the months a calendar leads to.

    Args:
        month: the one it shows; None for the weeks to come.
        today: the day the page is for.
        earliest: the day of the first activity there ever was.

    """
    around = months_from(month, -1) if month else today.replace(day=1)
    months = [months_from(around, number) for number in range(3)]
    return [one for one in months if is_known(one, today, earliest)]


def is_known(month: datetime.date, today: datetime.date, earliest: datetime.date) -> bool:
    """Whether a month has a calendar: from that of the first activity on, and a year ahead."""
    first = min(earliest, today).replace(day=1)
    return first <= month <= months_from(today, MONTHS_AHEAD)


def months_from(day: datetime.date, count: int) -> datetime.date:
    """Return the first day of the month that lies so many months after a day's."""
    number = day.year * 12 + day.month - 1 + count
    return datetime.date(number // 12, number % 12 + 1, 1)
