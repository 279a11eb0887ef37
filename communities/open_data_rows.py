"""What is public of stations and places, row by row, for `open_data`."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from communities import hours_text
from communities.hours_text import Hours, SpecialSpan
from communities.models import (
    Amenity,
    Community,
    OpeningHours,
    Service,
    ServiceStation,
    SpecialDay,
    StationService,
    Weekday,
)

SYSTEM = "GCJ-02"
AT_ONCE = 1000
Facts = dict[str, Any]


def stations() -> Iterator[Facts]:
    """Yield what is public of every station: four queries, and five for each thousand.

    Read as values: model instances would take ten times as long, most of it for signals.
    """
    columns = (
        *("pk", "slug", "name", "kind__name", "community", "address", "phone", "opened_on"),
        *("checked_on", "longitude", "latitude", "on_holidays"),
        *("closed_from", "closed_until", "closure_notice"),
    )
    ways = _ways()
    amenities = dict(Amenity.objects.values_list("pk", "name"))
    services = dict(Service.objects.values_list("pk", "name"))
    hours = _HoursWriter()
    rows = ServiceStation.objects.order_by("pk").values(*columns).iterator(AT_ONCE)
    while chunk := list(itertools.islice(rows, AT_ONCE)):
        keys = [row["pk"] for row in chunk]
        links = ServiceStation.amenities.through.objects.filter(servicestation__in=keys)
        links = links.order_by("amenity__position", "amenity")
        have = _grouped(links.values_list("servicestation", "amenity"))
        offers = StationService.objects.filter(station__in=keys)
        offers = offers.order_by("service__position", "pk")
        offer = _grouped(offers.values_list("station", "service"))
        hours.fetch(keys)
        for row in chunk:
            yield {
                "id": row["slug"],
                "page": f"{row['slug']}/",
                "name": row["name"],
                "kind": row["kind__name"],
                **ways[row["community"]],
                "address": row["address"],
                "phone": row["phone"],
                "opening_hours": hours.written(row),
                "amenities": [amenities[key] for (key,) in have[row["pk"]]],
                "services": [services[key] for (key,) in offer[row["pk"]]],
                "opened_on": row["opened_on"] and row["opened_on"].isoformat(),
                "checked_on": row["checked_on"] and row["checked_on"].isoformat(),
                **_position(row["longitude"], row["latitude"]),
            }


def _ways() -> dict[int, Facts]:
    """Return district, subdistrict and name of each place, by its key."""
    places = {place.pk: place for place in Community.objects.only("name", "level", "parent")}
    found: dict[int, Facts] = {}
    for place in places.values():
        levels: dict[str, str] = {}
        above: Community | None = place
        while above is not None:
            levels[above.level] = above.name
            above = places.get(above.parent_id or 0)
        found[place.pk] = {
            "district": levels.get("district", ""),
            "subdistrict": levels.get("subdistrict") or levels.get("town", ""),
            "community": place.name,
        }
    return found


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Return rows by their first value, without it."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


class _HoursWriter:
    """Writes opening hours of many stations; what many keep alike is written once."""

    def __init__(self) -> None:
        self.weeks: dict[int, list[tuple[Any, ...]]] = {}
        self.special: dict[int, list[tuple[Any, ...]]] = {}
        self.known: dict[tuple[Any, ...], str] = {}

    def fetch(self, keys: list[int]) -> None:
        """Fetch the hours of stations (two queries)."""
        spans = ("opens_at", "closes_at")
        weeks = OpeningHours.objects.filter(station__in=keys).order_by("weekday", "opens_at")
        self.weeks = _grouped(weeks.values_list("station", "weekday", *spans))
        days = SpecialDay.objects.filter(station__in=keys)
        self.special = _grouped(days.values_list("station", "first_on", "last_on", *spans, "note"))

    def written(self, row: Facts) -> str:
        """Return a station's hours in OpenStreetMap's syntax."""
        week, special = tuple(self.weeks[row["pk"]]), tuple(self.special[row["pk"]])
        closed = (row["closed_from"], row["closed_until"], row["closure_notice"])
        key = (week, special, row["on_holidays"], closed)
        if key not in self.known:
            hours = Hours()
            for weekday, opens, closes in week:
                hours.week.setdefault(weekday, []).append((opens, closes))
            if hours.week and Weekday.HOLIDAY not in hours.week:
                hours.closed_on_holidays = row["on_holidays"] == ServiceStation.OnHolidays.CLOSED
            for first, last, opens, closes, note in special:
                span = None if opens is None else (opens, closes)
                hours.special.append(SpecialSpan(first, last, span, note))
            rules = [*hours_text.rules_of(hours), hours_text.closure(*closed)]
            self.known[key] = "; ".join(filter(None, rules))
        return self.known[key]


def communities() -> Iterator[Facts]:
    """Yield what is public of every place (one query); people to call are left to its page."""
    for row in Community.objects.select_related("parent").order_by("pk").iterator(AT_ONCE):
        yield {
            "id": row.slug,
            "page": f"{row.slug}/",
            "name": row.name,
            "other_name": row.other_name,
            "level": row.level,
            "lies_in": row.parent.slug if row.parent else None,
            "address": row.address,
            "phone": row.phone,
            **_position(row.longitude, row.latitude),
        }


def _position(longitude: Decimal | None, latitude: Decimal | None) -> Facts:
    if longitude is None or latitude is None:
        return {"longitude": None, "latitude": None, "coordinate_system": None}
    return {
        "longitude": float(longitude),
        "latitude": float(latitude),
        "coordinate_system": SYSTEM,
    }
