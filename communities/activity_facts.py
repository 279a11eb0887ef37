"""An activity in the words of schema.org (`Event`)."""

from __future__ import annotations

from typing import Any

from communities.models import Activity, Occurrence
from communities.structured_data import without_blanks


def event(activity: Activity, occurrence: Occurrence | None, *, root: str) -> dict[str, Any]:
    """Return what machines are told of an activity.

    Args:
        activity: with its places.
        occurrence: the time that is told: the next, or the last there was.
        root: the site's scheme and host.

    """
    facts: dict[str, Any] = {
        "@type": "Event",
        "name": activity.title,
        "description": "\n".join(activity.paragraphs),
        "url": f"{root}{activity.get_absolute_url()}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": not activity.cost,
        "maximumAttendeeCapacity": activity.places,
        "audience": without_blanks({"@type": "Audience", "audienceType": activity.for_whom})
        if activity.for_whom
        else None,
        "organizer": {"@type": "Organization", "name": activity.organiser}
        if activity.organiser
        else None,
        "location": _place(activity),
    }
    if occurrence is not None:
        facts |= _time(occurrence)
    return without_blanks(facts)


def _time(occurrence: Occurrence) -> dict[str, Any]:
    status = "EventScheduled"
    if occurrence.is_cancelled:
        status = "EventCancelled"
    elif occurrence.is_moved:
        status = "EventRescheduled"
    usual = occurrence.usual_begins
    return {
        "startDate": occurrence.begins.isoformat(timespec="minutes"),
        "endDate": occurrence.ends.isoformat(timespec="minutes") if occurrence.ends else None,
        "eventStatus": f"https://schema.org/{status}",
        "previousStartDate": usual.isoformat(timespec="minutes") if occurrence.is_moved else None,
    }


def _place(activity: Activity) -> dict[str, Any]:
    where = activity.where
    # A community's address is its office's.
    street = activity.station.address if activity.station is not None else activity.spot
    return {
        "@type": "Place",
        "name": activity.where_in_words,
        "address": without_blanks(
            {
                "@type": "PostalAddress",
                "streetAddress": street,
                "addressLocality": where.name,
                "addressRegion": where.parent.name if where.parent else "",
                "addressCountry": "CN",
            }
        ),
    }
