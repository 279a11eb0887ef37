"""The sample's activities: weekly, monthly, once; cancelled ones, changed dates, a past one."""

from __future__ import annotations

import datetime
from typing import Any

from bulletin.sample import reading
from communities.models import Activity, ChangedDate, Community, ServiceStation
from communities.models.repetition import DAY


def load_activities(today: datetime.date) -> None:
    """Load the activities, or move them on to another day; what is the same stays untouched."""
    for row in reading.table("activities")["activities"]:
        _load(row, today)


def _load(row: dict[str, Any], today: datetime.date) -> None:
    changes = row.pop("changes", [])
    starts_on = today + row.pop("in_days") * DAY
    if (in_days := row.pop("month_day_of", None)) is not None:
        # No month lacks it, so that none is passed over.
        row["month_day"] = min((today + in_days * DAY).day, 28)
    station, community = row.pop("station", ""), row.pop("community", "")
    wanted = {
        **row,
        "description": row["description"].strip(),
        "starts_on": starts_on,
        "station": ServiceStation.objects.get(name=station) if station else None,
        "community": Community.objects.get(name=community) if community else None,
    }
    activity = Activity.objects.filter(title=row["title"]).first() or Activity()
    if all(getattr(activity, name, None) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(activity, name, value)
    activity.clean()
    activity.save()
    activity.changed_dates.all().delete()
    for change in changes:
        _change(activity, today, **change)
    activity.save()


def _change(
    activity: Activity, today: datetime.date, *, time: int, note: str, **moved: Any
) -> None:
    on = activity.dates(today, today + 120 * DAY)[time - 1]
    days = moved.pop("days", None)
    ChangedDate.objects.create(
        activity=activity,
        on=on,
        moved_to=on + days * DAY if days is not None else None,
        note=note,
        **moved,
    )
