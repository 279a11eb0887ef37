"""Activities as a calendar that phones subscribe to (RFC 5545, RFC 7986).

One component stands for an activity with its repetition; dates that are cancelled are left out of
it (EXDATE), dates that are moved stand beside it (RECURRENCE-ID). Positions are left out: GEO means
WGS-84, and ours are GCJ-02.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Case, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone

from communities.models import Activity, ActivityQuerySet, Occurrence, Repeats
from communities.models.activity_queryset import MOST
from communities.models.occurrence import moment

# How long past activities stay in a subscribed calendar.
KEPT = datetime.timedelta(days=92)
REFRESH = datetime.timedelta(hours=6)
# To be moved on when the same activities are written otherwise.
EDITION = 1
DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def in_feeds(activities: ActivityQuerySet, today: datetime.date) -> ActivityQuerySet:
    """Return the activities a calendar holds: what is coming and three months of what is past.

    Where that is more than a calendar may hold, what is past is left out first, then what begins
    last.
    """
    is_past = Case(When(last_on__lt=today, then=True), default=False)
    kept = activities.public().filter(last_on__gte=today - KEPT)
    return kept.order_by(is_past, "first_on", "pk")[:MOST]


def fingerprint(activities: ActivityQuerySet, *said: object) -> str:
    """Return an ETag: another one whenever the calendar would be written otherwise (one query).

    Args:
        activities: those it holds.
        said: what else stands in it.

    """
    columns = ("pk", "updated_at", "community__name", "station__name", "station__address")
    seen = [EDITION, settings.SITE_NAME, *said, *activities.values_list(*columns)]
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def subscription(request: HttpRequest, path: str) -> dict[str, str]:
    """Return a calendar's address (`file`), and the one that makes a phone subscribe to it."""
    address = request.build_absolute_uri(path)
    return {"file": address, "subscribe": f"webcal://{address.partition('://')[2]}"}


def calendar_of(activities: Iterable[Activity], *, name: str, address: str, root: str) -> bytes:
    """Return activities as a calendar file.

    Args:
        activities: fetched `with_details`.
        name: what a calendar program calls it.
        address: where it is fetched again.
        root: the site's scheme and host.

    """
    calendar = Calendar.new(
        prodid=f"-//{settings.SITE_NAME}//Bulletin//ZH",
        name=name,
        url=address,
        uid=hashlib.sha256(address.encode()).hexdigest()[:32],
    )
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    # Outlook knows its own name of the interval alone.
    calendar.add("X-PUBLISHED-TTL", "PT6H")
    rows = list(activities)
    if rows:
        first = min(activity.starts_on for activity in rows)
        calendar.add_component(_zone(first))
    for activity in rows:
        for component in _components(activity, root):
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def _zone(first: datetime.date) -> Timezone:
    zone = timezone.get_default_timezone()
    return Timezone.from_tzinfo(zone, first_date=first.replace(month=1, day=1))


def _components(activity: Activity, root: str) -> list[Event]:
    """Return an activity's component, then one for each date that is moved."""
    first = activity.first_date() or activity.starts_on
    master = _component(activity, activity.usual(first), root)
    if activity.repeats:
        master.add("rrule", _rule(activity))
    moved = []
    for row in activity.changed_dates.all():
        if not activity.dates(row.on, row.on):
            continue
        usual = activity.usual(row.on)
        if row.is_cancelled:
            master.add("exdate", usual.begins)
            continue
        component = _component(activity, activity.changed(row), root)
        component.add("recurrence-id", usual.begins)
        moved.append(component)
    return [master, *moved]


def _component(activity: Activity, occurrence: Occurrence, root: str) -> Event:
    event = Event()
    # The moment of its filing makes the key one of its own in the whole world.
    event.add("uid", f"{activity.created_at:%Y%m%dT%H%M%S%f}Z-{activity.pk}@activities.bulletin")
    event.add("dtstamp", activity.updated_at)
    event.add("created", activity.created_at)
    event.add("last-modified", activity.updated_at)
    event.add("sequence", activity.sequence)
    event.add("summary", activity.title)
    event.add("dtstart", occurrence.begins)
    if occurrence.ends is not None:
        event.add("dtend", occurrence.ends)
    event.add("status", "CANCELLED" if activity.is_cancelled else "CONFIRMED")
    # What is on in the neighbourhood takes nobody's time.
    event.add("transp", "TRANSPARENT")
    event.add("location", _location(activity))
    event.add("categories", [activity.get_kind_display()])
    event.add("description", "\n".join(_lines(activity, occurrence)))
    if activity.phone:
        event.add("contact", activity.phone)
    event.add("url", f"{root}{activity.get_absolute_url()}")
    return event


def _rule(activity: Activity) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "freq": {Repeats.DAILY: "daily", Repeats.WEEKLY: "weekly"}.get(
            Repeats(activity.repeats), "monthly"
        ),
        "wkst": "MO",
    }
    if activity.every > 1:
        rule["interval"] = activity.every
    days = [DAY_NAMES[int(digit) - 1] for digit in activity.weekdays]
    if activity.repeats == Repeats.WEEKLY:
        rule["byday"] = days
    elif activity.repeats == Repeats.MONTHLY_ON_WEEKDAY:
        rule["byday"] = [f"{activity.nth}{day}" for day in days]
    elif activity.repeats == Repeats.MONTHLY_ON_DAY:
        rule["bymonthday"] = activity.month_day
    if activity.count is not None:
        rule["count"] = activity.count
    elif activity.until is not None:
        # In universal time, as the standard wants it beside a beginning with a zone.
        end = moment(activity.until, activity.starts_at)
        rule["until"] = end.astimezone(datetime.UTC)
    return rule


def _location(activity: Activity) -> str:
    """Return where it is; a community's own address is its office's, and says nothing here."""
    if activity.station is None or not activity.station.address:
        return activity.where_in_words
    return gettext("%(name)s (%(where)s)") % {
        "name": activity.where_in_words,
        "where": activity.station.address,
    }


def _lines(activity: Activity, occurrence: Occurrence) -> list[str]:
    """Return what a calendar shows below the title."""
    lines = []
    if activity.is_cancelled:
        lines.append(gettext("Cancelled: %(why)s") % {"why": activity.cancellation_notice})
    if occurrence.note:
        lines.append(occurrence.note)
    lines += activity.paragraphs
    lines += [f"{label}：{value}" for label, value in activity.facts]
    return lines
