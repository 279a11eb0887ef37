"""What machines are told of stations and places, in the words of schema.org.

Nothing is told here that the page does not show. `geo` is left out: schema.org's is WGS-84, and
what is kept is GCJ-02.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from communities.models import Community, OpeningHours, ServiceStation, SpecialDay, Weekday
from communities.models.hours import MIDNIGHT
from communities.structured_data import without_blanks

DAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "PublicHolidays",
)
DAY = datetime.timedelta(days=1)


def station(place: ServiceStation, root: str, today: datetime.date | None = None) -> dict[str, Any]:
    """Return a station.

    Args:
        place: fetched with `for_page`.
        root: scheme and host of the site, without a slash at the end.
        today: special days that are over are left out; today, if nothing is given.

    """
    address = root + place.get_absolute_url()
    return without_blanks(
        {
            "@type": "GovernmentOffice" if _is_office(place) else "CivicStructure",
            "@id": address,
            "url": address,
            "name": place.name,
            "description": place.description,
            "additionalType": place.kind.name,
            "address": _address(place.address, place.community),
            "telephone": place.phone,
            "image": [root + photo.image.url for photo in place.photos.all()],
            "openingHoursSpecification": [*_week(place.hours.all())],
            "specialOpeningHoursSpecification": [*_special(place, today or timezone.localdate())],
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": one.name, "value": True}
                for one in place.amenities.all()
            ],
            "containedInPlace": _named(place.community, root),
            "publicAccess": True,
            "isAccessibleForFree": True,
        }
    )


def community(place: Community, root: str) -> dict[str, Any]:
    """Return a place, and the larger ones it lies in.

    Args:
        place: fetched `with_parents`.
        root: as above.

    """
    return without_blanks(
        {
            **_named(place, root),
            "description": place.intro,
            "address": _address(place.address, place.parent) if place.address else None,
            "telephone": place.phone,
            "image": root + place.image.url if place.image else None,
        }
    )


def _is_office(place: ServiceStation) -> bool:
    """Whether people come for services of an office, or for a chair and hot water."""
    return bool(place.offers.all())


def _named(place: Community, root: str) -> dict[str, Any]:
    """Return a place by its name, with those it lies in one inside the other."""
    address = root + place.get_absolute_url()
    return without_blanks(
        {
            "@type": "AdministrativeArea",
            "@id": address,
            "url": address,
            "name": place.name,
            "alternateName": place.other_name,
            "containedInPlace": _named(place.parent, root) if place.parent else None,
        }
    )


def _address(street: str, place: Community | None) -> dict[str, Any]:
    way = [*place.parents, place] if place is not None else []
    return without_blanks(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": "".join(one.name for one in way),
            "addressCountry": "CN",
        }
    )


def _week(rows: Iterable[OpeningHours]) -> Iterable[dict[str, Any]]:
    """Yield spans of the week, those of the same hours together."""
    days: dict[tuple[datetime.time, datetime.time], list[str]] = {}
    for row in rows:
        days.setdefault((row.opens_at, row.closes_at), []).append(DAYS[Weekday(row.weekday)])
    for (opens, closes), names in days.items():
        yield {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{name}" for name in names],
            **_hours(opens, closes),
        }


def _special(place: ServiceStation, today: datetime.date) -> Iterable[dict[str, Any]]:
    """Yield days with hours of their own, and those of a repair; closed is 00:00 to 00:00."""
    for row in place.special_days.all():
        if row.last_on >= today:
            yield {**_dates(row), **_hours(row.opens_at, row.closes_at)}
    if place.closed_from is not None and place.has_closure_to_tell(today):
        until = place.closed_until
        yield without_blanks(
            {
                "@type": "OpeningHoursSpecification",
                "validFrom": place.closed_from.isoformat(),
                "validThrough": until.isoformat() if until else None,
                **_hours(None, None),
            }
        )


def _dates(row: SpecialDay) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": row.first_on.isoformat(),
        "validThrough": row.last_on.isoformat(),
    }


def _hours(opens: datetime.time | None, closes: datetime.time | None) -> dict[str, str]:
    """Return hours as search engines read them: to the day's end is 23:59, closed 00:00 twice."""
    if opens is None or closes is None:
        return {"opens": "00:00", "closes": "00:00"}
    ends = "23:59" if closes == MIDNIGHT else f"{closes:%H:%M}"
    return {"opens": f"{opens:%H:%M}", "closes": ends}
