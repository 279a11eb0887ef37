"""Whether a station is open, until when, and when it opens next.

What holds on a day, the first that speaks of it: closed for repair; a special day of the station;
a public holiday or a weekend that is worked, from the newsroom's list; the week. On a holiday the
station's hours for holidays hold, and where it has none, what it says of holidays (`on_holidays`).
`ServiceStation.objects.open_at` asks the same of the database.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Calendar, Holiday, OpeningHours, ServiceStation, SpecialDay, Weekday
from communities.models.hours import MIDNIGHT
from communities.models.standing import DAY, Standing

# How far ahead the next opening is looked for: the longest holidays last nine days.
HORIZON = 14
Moments = tuple[datetime.datetime, datetime.datetime]


@dataclass(frozen=True)
class DayHours:
    """What a station's table says of one day.

    Attributes:
        label: the weekday, or the date.
        hours: the spans as printed; "" where it is closed.
        is_today: whether the row is today's.
        note: why it differs.

    """

    label: str
    hours: str
    is_today: bool = False
    note: str = ""
    first_on: datetime.date | None = None
    last_on: datetime.date | None = None


def tell(
    stations: Iterable[ServiceStation], at: datetime.datetime | None = None
) -> list[ServiceStation]:
    """Give each station its `standing`, or None where it has told no hours (one query for all).

    Args:
        stations: fetched `with_details`, or their hours are asked for one by one.
        at: the moment; now, if none is given.

    Returns:
        The stations, in their order.

    """
    moment = timezone.localtime(at)
    found = list(stations)
    if found:
        calendar = Holiday.objects.calendar(moment.date(), moment.date() + HORIZON * DAY)
        for station in found:
            station.standing = standing(station, moment, calendar)
    return found


def standing(station: ServiceStation, at: datetime.datetime, calendar: Calendar) -> Standing | None:
    """Return how a station stands at a moment; None where it has told no hours.

    Args:
        station: with its hours and special days, those of past days need not be among them.
        at: the moment, with its zone.
        calendar: what the newsroom's list of holidays says of the two weeks from then on.

    """
    moment = timezone.localtime(at)
    today = moment.date()
    if station.is_closed_on(today):
        return Standing(moment, is_open=False, changes_at=None, closed_for_repair=True)
    if not station.hours.all() and not any(row.covers(today) for row in station.special_days.all()):
        return None
    coming = _coming(station, today, calendar)
    ahead = next((pair for pair in coming if pair[1] > moment), None)
    if ahead is None:
        return Standing(
            moment,
            is_open=False,
            changes_at=None,
            closed_all_day=not spans_on(station, today, calendar),
            reason=reason_on(station, today, calendar),
        )
    opens, closes = ahead
    if opens <= moment:
        for_good = closes.date() > today + (HORIZON - 1) * DAY
        return Standing(moment, is_open=True, changes_at=None if for_good else closes)
    closed_all_day = not spans_on(station, today, calendar)
    return Standing(
        moment,
        is_open=False,
        changes_at=opens,
        closed_all_day=closed_all_day,
        reason=reason_on(station, today, calendar) if closed_all_day else "",
    )


def is_open(station: ServiceStation, at: datetime.datetime, calendar: Calendar) -> bool:
    """Whether a station is open at a moment (`standing` says more)."""
    local = timezone.localtime(at)
    return any(
        row.opens_at <= local.time() and (local.time() < row.closes_at or row.closes_at == MIDNIGHT)
        for row in spans_on(station, local.date(), calendar)
        if row.opens_at is not None and row.closes_at is not None
    )


def spans_on(
    station: ServiceStation, day: datetime.date, calendar: Calendar
) -> Sequence[OpeningHours | SpecialDay]:
    """Return the rows by which a station is open on a day, the earliest first; none: closed."""
    if station.is_closed_on(day):
        return []
    special = [row for row in station.special_days.all() if row.covers(day)]
    if special:
        timed = [row for row in special if row.opens_at is not None]
        return sorted(timed, key=lambda row: row.opens_at or MIDNIGHT)
    rows = list(station.hours.all())
    weekday = day.weekday()
    holiday = calendar.get(day)
    if holiday is not None and holiday.is_worked:
        weekday = holiday.works_like
    elif holiday is not None:
        if any(row.weekday == Weekday.HOLIDAY for row in rows):
            weekday = Weekday.HOLIDAY
        elif station.on_holidays == ServiceStation.OnHolidays.CLOSED:
            return []
    return sorted((row for row in rows if row.weekday == weekday), key=lambda row: row.opens_at)


def reason_on(station: ServiceStation, day: datetime.date, calendar: Calendar) -> str:
    """Return what makes a day differ from others: a special day's note or a holiday's name."""
    special = [row for row in station.special_days.all() if row.covers(day)]
    if special:
        return next((row.note for row in special if row.note), "")
    holiday = calendar.get(day)
    return holiday.name if holiday is not None and not holiday.is_worked else ""


def week(station: ServiceStation, today: datetime.date) -> list[DayHours]:
    """Return a station's week, Monday first, with its hours for holidays at the end if it has any.

    Returns:
        Seven or eight rows, today's marked; none where the station has told no hours.

    """
    rows = list(station.hours.all())
    if not rows:
        return []
    days = [day for day in Weekday if day != Weekday.HOLIDAY]
    table = [
        DayHours(
            str(day.label),
            joined(row for row in rows if row.weekday == day),
            is_today=day == today.weekday(),
        )
        for day in days
    ]
    own = joined(row for row in rows if row.weekday == Weekday.HOLIDAY)
    if own or station.on_holidays == ServiceStation.OnHolidays.CLOSED:
        table.append(DayHours(str(Weekday.HOLIDAY.label), own))
    return table


def coming_special_days(station: ServiceStation, today: datetime.date) -> list[DayHours]:
    """Return a station's special days from today on, rows of the same days joined."""
    groups: dict[tuple[datetime.date, datetime.date], list[SpecialDay]] = {}
    for row in station.special_days.all():
        if row.last_on >= today:
            groups.setdefault((row.first_on, row.last_on), []).append(row)
    return [
        DayHours(
            "",
            joined(rows),
            is_today=first <= today <= last,
            note=next((row.note for row in rows if row.note), ""),
            first_on=first,
            last_on=last if last != first else None,
        )
        for (first, last), rows in sorted(groups.items())
    ]


def joined(rows: Iterable[OpeningHours | SpecialDay]) -> str:
    """Return spans as printed, e.g. "8:30–12:00, 14:00–17:30"."""
    timed = sorted((row for row in rows if row.span), key=lambda row: row.opens_at or MIDNIGHT)
    return _(", ").join(row.span for row in timed)


def _coming(station: ServiceStation, first: datetime.date, calendar: Calendar) -> list[Moments]:
    """Return when a station is open in the two weeks from a day on, what touches made one."""
    zone = timezone.get_current_timezone()
    found: list[Moments] = []
    for number in range(HORIZON):
        day = first + number * DAY
        for row in spans_on(station, day, calendar):
            if row.opens_at is None or row.closes_at is None:
                continue
            opens = datetime.datetime.combine(day, row.opens_at, zone)
            last = day + DAY if row.closes_at == MIDNIGHT else day
            closes = datetime.datetime.combine(last, row.closes_at, zone)
            if found and opens <= found[-1][1]:
                found[-1] = (found[-1][0], max(closes, found[-1][1]))
            else:
                found.append((opens, closes))
    return found
