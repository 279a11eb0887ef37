"""Days of the calendar, for whatever is shown by month."""

from __future__ import annotations

import calendar
import datetime


def month_ends(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the month that a day lies in."""
    length = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=length)
