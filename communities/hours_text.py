"""Opening hours in OpenStreetMap's `opening_hours` syntax, for as much of it as a station keeps.

The syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Written and read
are weekdays, ranges and lists of them, `PH`, days of a year with an optional range, times with
breaks, `24/7`, `off` and `closed`, and a comment in quotation marks. What a station cannot keep is
refused with its place: sunrise, weeks of the year, the third Tuesday of a month, open ends.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.models import OpeningHours, ServiceStation, SpecialDay, Weekday
from communities.models.hours import MIDNIGHT

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEK = range(7)
TimeSpan = tuple[datetime.time, datetime.time]

DATE = r"(?P<{0}y>\d{{4}}) +(?P<{0}m>[A-Z][a-z]{{2}}) +(?P<{0}d>\d{{1,2}})"
DATES = re.compile(
    DATE.format("f")
    + r"(?: *- *(?:(?:(?P<ly>\d{4}) +)?(?P<lm>[A-Z][a-z]{2}) +)?(?P<ld>\d{1,2}))?(?: *:)?(?= |$)"
)
WEEKDAYS = re.compile(r"(?:[A-Z][A-Za-z])(?: *[-,] *[A-Z][A-Za-z])*(?= |$)")
TIMES = re.compile(r"\d{1,2}:\d{2} *- *\d{1,2}:\d{2}(?: *, *\d{1,2}:\d{2} *- *\d{1,2}:\d{2})*")
ONE_TIME = re.compile(r"(\d{1,2}):(\d{2}) *- *(\d{1,2}):(\d{2})")
COMMENT = re.compile(r'"([^"]*)"$')
RULE_ENDS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')


@dataclass(frozen=True)
class SpecialSpan:
    """One row of special days: from, to, the span or None for closed, and why."""

    first_on: datetime.date
    last_on: datetime.date
    span: TimeSpan | None
    note: str = ""


@dataclass
class Hours:
    """What a text in the syntax says.

    Attributes:
        week: the spans of each weekday, 0 (Monday) to 6, and 7 for public holidays.
        closed_on_holidays: whether holidays without spans of their own are closed (`PH off`).
        special: days of their own.

    """

    week: dict[int, list[TimeSpan]] = field(default_factory=dict)
    closed_on_holidays: bool = False
    special: list[SpecialSpan] = field(default_factory=list)

    @property
    def usual_week(self) -> dict[int, list[TimeSpan]]:
        """The week without public holidays."""
        return {day: spans for day, spans in self.week.items() if day in WEEK}

    @property
    def special_days(self) -> dict[tuple[datetime.date, datetime.date, str], list[TimeSpan]]:
        """The spans of special days by first day, last day and note; none where closed."""
        found: dict[tuple[datetime.date, datetime.date, str], list[TimeSpan]] = {}
        for row in self.special:
            spans = found.setdefault((row.first_on, row.last_on, row.note), [])
            if row.span is not None:
                spans.append(row.span)
        return found

    def rows(self, station: ServiceStation) -> Iterator[OpeningHours | SpecialDay]:
        """Yield the rows for a station, not saved."""
        for weekday, spans in sorted(self.week.items()):
            for opens, closes in spans:
                yield OpeningHours(
                    station=station, weekday=weekday, opens_at=opens, closes_at=closes
                )
        for row in self.special:
            opens_at, closes_at = row.span or (None, None)
            yield SpecialDay(
                station=station,
                first_on=row.first_on,
                last_on=row.last_on,
                opens_at=opens_at,
                closes_at=closes_at,
                note=row.note,
            )


def of(station: ServiceStation) -> Hours:
    """Return what a station's rows say (its hours and special days, fetched or not)."""
    hours = Hours()
    for row in sorted(station.hours.all(), key=lambda row: (row.weekday, row.opens_at)):
        hours.week.setdefault(row.weekday, []).append((row.opens_at, row.closes_at))
    if hours.week and Weekday.HOLIDAY not in hours.week:
        hours.closed_on_holidays = station.on_holidays == ServiceStation.OnHolidays.CLOSED
    for day in station.special_days.all():
        span = None
        if day.opens_at is not None and day.closes_at is not None:
            span = (day.opens_at, day.closes_at)
        hours.special.append(SpecialSpan(day.first_on, day.last_on, span, day.note))
    return hours


def written(station: ServiceStation) -> str:
    """Return a station's hours in the syntax, e.g. "Mo-Fr 08:30-12:00,14:00-17:30; PH off".

    Args:
        station: with its hours and special days; "" where it has told none.

    """
    rules = rules_of(of(station))
    if closed := closure(station.closed_from, station.closed_until, station.closure_notice):
        rules.append(closed)
    return "; ".join(rules)


def rules_of(hours: Hours) -> list[str]:
    """Return hours as rules of the syntax."""
    rules = [
        f"{_day_names(days)} {_times(hours.week[days[0]])}" for days in alike(hours.usual_week)
    ]
    if Weekday.HOLIDAY in hours.week:
        rules.append(f"PH {_times(hours.week[Weekday.HOLIDAY])}")
    elif hours.closed_on_holidays:
        rules.append("PH off")
    rules += [
        f"{_dates(first, last)} {_times(spans)}{_comment(note)}"
        for (first, last, note), spans in hours.special_days.items()
    ]
    return rules


def closure(first: datetime.date | None, last: datetime.date | None, notice: str) -> str:
    """Return the rule of a repair, "" where there is none."""
    if first is None:
        return ""
    dates = _dates(first, last) if last else f"{_date(first)}+"
    return f"{dates} off{_comment(notice)}"


def read(text: str) -> Hours:
    """Read hours in the syntax.

    A later rule replaces what an earlier one says of the same days, as the specification has it.

    Raises:
        ValidationError: naming the rule that cannot be read; code "opening_hours".

    """
    hours = Hours()
    for rule in filter(None, (part.strip() for part in RULE_ENDS.split(text))):
        read_rule(rule, hours)
    return hours


def read_rule(rule: str, hours: Hours) -> None:
    """Add to hours what one rule says, as `read` does; it raises what that raises."""
    rest, note = rule, ""
    if comment := COMMENT.search(rest):
        rest, note = rest[: comment.start()].strip(), comment[1]
    if rest == "24/7":
        hours.week.update({day: [(MIDNIGHT, MIDNIGHT)] for day in WEEK})
    elif dates := DATES.match(rest):
        first, last = _read_dates(dates, rule)
        spans = _read_times(rest[dates.end() :].strip(), rule)
        hours.special = [row for row in hours.special if not first <= row.first_on <= last]
        timed: list[TimeSpan | None] = [*spans] or [None]
        hours.special += [SpecialSpan(first, last, span, note) for span in timed]
    else:
        days: Iterable[int] = WEEK
        if names := WEEKDAYS.match(rest):
            days = _read_days(names[0], rule)
            rest = rest[names.end() :].strip()
        spans = _read_times(rest, rule)
        for day in days:
            hours.week[day] = spans
            if day == Weekday.HOLIDAY:
                hours.closed_on_holidays = not spans
        hours.week = {day: spans for day, spans in hours.week.items() if spans}


def _read_times(text: str, rule: str) -> list[TimeSpan]:
    if text in ("off", "closed"):
        return []
    if not TIMES.fullmatch(text):
        raise _refusal(rule)
    spans = [
        (_time(opens, half, rule), _time(closes, other_half, rule))
        for opens, half, closes, other_half in ONE_TIME.findall(text)
    ]
    # A span past midnight is two: to 24:00, and from 00:00 on the next day.
    if any(closes != MIDNIGHT and closes <= opens for opens, closes in spans):
        raise _refusal(rule)
    return spans


def _time(hour: str, minute: str, rule: str) -> datetime.time:
    if (hour, minute) == ("24", "00"):
        return MIDNIGHT
    try:
        return datetime.time(int(hour), int(minute))
    except ValueError:
        raise _refusal(rule) from None


def _read_days(text: str, rule: str) -> list[int]:
    found: list[int] = []
    for part in text.replace(" ", "").split(","):
        first, _dash, last = part.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise _refusal(rule)
        begin, end = DAYS.index(first), DAYS.index(last or first)
        if last and Weekday.HOLIDAY in (begin, end):
            raise _refusal(rule)
        # "Sa-Mo" goes round the week's end.
        found += range(begin, end + 1) if begin <= end else [*range(begin, 7), *range(end + 1)]
    return found


def _read_dates(match: re.Match[str], rule: str) -> tuple[datetime.date, datetime.date]:
    try:
        first = datetime.date(int(match["fy"]), MONTHS.index(match["fm"]) + 1, int(match["fd"]))
        if match["ld"] is None:
            return first, first
        month = MONTHS.index(match["lm"]) + 1 if match["lm"] else first.month
        last = datetime.date(int(match["ly"] or first.year), month, int(match["ld"]))
    except ValueError:
        raise _refusal(rule) from None
    if last < first:
        raise _refusal(rule)
    return first, last


def _refusal(rule: str) -> ValidationError:
    return ValidationError(
        _("“%(rule)s” cannot be read as opening hours; write e.g. “%(example)s”."),
        code="opening_hours",
        params={"rule": rule, "example": "Mo-Fr 08:30-12:00,14:00-17:30; PH off"},
    )


def alike(by_day: dict[int, list[TimeSpan]]) -> list[list[int]]:
    """Return days in groups of the same hours, each group where its first day stands."""
    groups: dict[tuple[TimeSpan, ...], list[int]] = {}
    for day, spans in sorted(by_day.items()):
        groups.setdefault(tuple(spans), []).append(day)
    return list(groups.values())


def runs_of(days: list[int]) -> list[list[int]]:
    """Return days in runs without a gap: [0, 1, 2, 4] is [0, 1, 2] and [4]."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _day_names(days: list[int]) -> str:
    return ",".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}"
        for run in runs_of(days)
    )


def _times(spans: list[TimeSpan]) -> str:
    if not spans:
        return "off"
    return ",".join(
        f"{opens:%H:%M}-{'24:00' if closes == MIDNIGHT else f'{closes:%H:%M}'}"
        for opens, closes in spans
    )


def _date(day: datetime.date) -> str:
    return f"{day.year:04d} {MONTHS[day.month - 1]} {day.day:02d}"


def _dates(first: datetime.date, last: datetime.date) -> str:
    return _date(first) if first == last else f"{_date(first)}-{_date(last)}"


def _comment(note: str) -> str:
    # The syntax has no way to write a quotation mark inside a comment.
    return ' "{}"'.format(note.replace('"', "”")) if note else ""
