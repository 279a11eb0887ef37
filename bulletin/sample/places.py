"""The sample district: its tree of places, its stations with their hours and special days."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from bulletin.sample import reading
from bulletin.sample.pictures import draw
from communities import hours_text
from communities.models import (
    Amenity,
    Community,
    ContactPerson,
    Holiday,
    OpeningHours,
    Service,
    ServiceStation,
    SpecialDay,
    StationKind,
    StationPhoto,
    StationService,
)

# Days off that the law itself dates (全国年节及纪念日放假办法); the others follow the moon.
DATED_HOLIDAYS = (("元旦", 1, 1, 1), ("劳动节", 5, 1, 2), ("国庆节", 10, 1, 3))


def load_places(today: datetime.date) -> None:
    """Load the tree of communities, the holidays, the service stations with their hours."""
    data = reading.table("places")
    for position, row in enumerate(data["communities"]):
        parent, people = row.pop("parent", "") or None, row.pop("people", [])
        place, _created = Community.objects.update_or_create(
            slug=row.pop("slug"),
            defaults={
                **_positioned(row),
                "position": position,
                "parent": Community.objects.get(name=parent) if parent else None,
            },
        )
        place.people.all().delete()
        ContactPerson.objects.bulk_create(
            ContactPerson(community=place, position=number, **person)
            for number, person in enumerate(people)
        )
    tables = ((StationKind, "kinds"), (Amenity, "amenities"), (Service, "services"))
    for model, name in tables:
        for position, row in enumerate(data[name]):
            model._default_manager.update_or_create(
                slug=row.pop("slug"), defaults={**row, "position": position}
            )
    _load_holidays(today)
    for number, row in enumerate(data["stations"]):
        _load_station(row, number, today)


def _load_holidays(today: datetime.date) -> None:
    for year in (today.year, today.year + 1):
        for name, month, day, length in DATED_HOLIDAYS:
            first = datetime.date(year, month, day)
            last = first + datetime.timedelta(days=length - 1)
            Holiday.objects.update_or_create(name=name, first_on=first, defaults={"last_on": last})


def _load_station(row: dict[str, Any], number: int, today: datetime.date) -> None:
    hours, amenities = hours_text.read(row.pop("hours")), row.pop("amenities", [])
    special, closed = row.pop("special", []), row.pop("closed", {})
    services, photos = row.pop("services", []), row.pop("photos", [])
    opened = today - datetime.timedelta(days=row.pop("opened_days_ago"))
    station, _created = ServiceStation.objects.update_or_create(
        slug=row.pop("slug"),
        defaults={
            **_positioned(row),
            "kind": StationKind.objects.get(name=row["kind"]),
            "community": Community.objects.get(name=row["community"]),
            "opened_on": opened,
            "on_holidays": "closed" if hours.closed_on_holidays else "usual",
            "closed_from": _later(today, closed.get("from")),
            "closed_until": _later(today, closed.get("until")),
            "closure_notice": closed.get("notice", ""),
            # Most have been checked within the half year that counts as fresh.
            "checked_on": today - datetime.timedelta(days=number * 17 % 230),
        },
    )
    station.amenities.set(Amenity.objects.filter(name__in=amenities))
    station.hours.all().delete()
    OpeningHours.objects.bulk_create(
        row for row in hours.rows(station) if isinstance(row, OpeningHours)
    )
    station.special_days.all().delete()
    SpecialDay.objects.bulk_create(
        SpecialDay(
            station=station,
            first_on=today + datetime.timedelta(days=row["first"]),
            last_on=today + datetime.timedelta(days=row.get("last", row["first"])),
            opens_at=row.get("opens"),
            closes_at=row.get("closes"),
            note=row["note"],
        )
        for row in special
    )
    station.offers.all().delete()
    StationService.objects.bulk_create(
        StationService(
            station=station,
            service=Service.objects.get(name=row["name"]),
            note=row.get("note", ""),
        )
        for row in services
    )
    if station.photos.count() != len(photos):
        station.photos.all().delete()
        for row in photos:
            photo = StationPhoto(station=station, alt=row["alt"])
            file = ContentFile(draw(row["scene"]), name=f"{row['scene']}.jpg")
            photo.image.save(file.name or "", file)


def _later(today: datetime.date, days: int | None) -> datetime.date | None:
    return None if days is None else today + datetime.timedelta(days=days)


def _positioned(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its coordinates as decimals, exact to the sixth place."""
    exact: dict[str, Any] = {
        key: Decimal(str(row[key])).quantize(Decimal("0.000001"))
        for key in ("longitude", "latitude")
        if key in row
    }
    return {**row, **exact}
