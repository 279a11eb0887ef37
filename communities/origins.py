"""Where a walk begins: what somebody typed, found among our own places, stations and addresses.

Nobody else is asked. What the directory does not have is not found, and the page says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Avg, Q

from communities.coordinates import Point
from communities.models import Community, ServiceStation

# A street and a house number in it: "望塔路72号一楼", "望塔路72".
HOUSE = re.compile(
    r"(?P<street>[^\s\d]{1,12}?(?:大道|胡同|[路街巷弄道里村]))\s*(?P<number>\d{1,5})?(?:号.*|弄.*|-.*)?"
)
SUGGESTED = 6
# Addresses of one street that are compared with the number typed.
HOUSES = 200


@dataclass(frozen=True)
class Origin:
    """A place to start from.

    Attributes:
        name: as the directory has it.
        point: in GCJ-02.
        is_exact: whether it is what was typed, and not only the nearest house of the same street.

    """

    name: str
    point: Point
    is_exact: bool = True


def origins_named(text: str) -> list[Origin]:
    """Return where somebody may mean to start, the likeliest first; empty where nothing fits.

    Places come before stations, and stations before the addresses of stations; in each, the same
    name before one that begins so, and that before one that only contains it. Two to five queries.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return []
    return _places(typed) or _stations(typed) or _houses(typed)


def _places(typed: str) -> list[Origin]:
    fits = Q(name__contains=typed) | Q(other_name__contains=typed) | Q(address=typed)
    places = sorted(
        Community.objects.filter(fits)[:HOUSES], key=lambda place: _rank(place.name, typed)
    )[:SUGGESTED]
    lacking = [place for place in places if place.longitude is None]
    middles = {place.pk: _middle(place) for place in lacking}
    found = [(place.name, point_of(place) or middles[place.pk]) for place in places]
    return [Origin(name, point) for name, point in found if point is not None]


def _middle(place: Community) -> Point | None:
    """Return the middle of a place's stations, where the place itself has no position."""
    middle = place.stations_within().aggregate(longitude=Avg("longitude"), latitude=Avg("latitude"))
    if middle["longitude"] is None:
        return None
    return Point(float(middle["longitude"]), float(middle["latitude"]))


def _stations(typed: str) -> list[Origin]:
    rows = ServiceStation.objects.filter(longitude__isnull=False, name__contains=typed)
    found = sorted(rows.order_by()[:HOUSES], key=lambda one: _rank(one.name, typed))[:SUGGESTED]
    return [Origin(one.name, point_of(one)) for one in found]  # type: ignore[arg-type]


def _houses(typed: str) -> list[Origin]:
    """Return stations at an address, or at the house of the same street whose number is nearest."""
    typed = _behind_places(typed)
    match = HOUSE.fullmatch(typed)
    street = match["street"] if match else typed
    rows = list(
        ServiceStation.objects.filter(longitude__isnull=False, address__contains=street)
        .order_by()
        .only("address", "longitude", "latitude")[:HOUSES]
    )
    number = int(match["number"] or 0) if match else 0
    rows.sort(key=lambda one: (typed not in one.address, _houses_off(one.address, street, number)))
    seen: dict[str, Origin] = {}
    for one in rows:
        off = _houses_off(one.address, street, number)
        is_exact = typed in one.address or (number > 0 and off == 0)
        point = point_of(one)
        if point is not None:
            seen.setdefault(one.address, Origin(one.address, point, is_exact))
    exact = [origin for origin in seen.values() if origin.is_exact and number]
    return (exact or list(seen.values()))[:SUGGESTED]


def _behind_places(typed: str) -> str:
    """Cut off the places an address begins with, since ours begin with the street."""
    names = Community.objects.values_list("name", flat=True)
    ends = [typed.rfind(name) + len(name) for name in names if name in typed]
    return typed[max(ends, default=0) :].strip() or typed


def _houses_off(address: str, street: str, number: int) -> int:
    """Return by how many house numbers an address differs; very many where it has none."""
    found = re.search(re.escape(street) + r"\s*(\d{1,5})", address)
    return abs(int(found[1]) - number) if found else 100_000


def _rank(name: str, typed: str) -> tuple[bool, bool, int]:
    return (name != typed, not name.startswith(typed), len(name))


def point_of(place: Community | ServiceStation) -> Point | None:
    """Return a place's position for reckoning, None where it has none."""
    if place.longitude is None or place.latitude is None:
        return None
    return Point(float(place.longitude), float(place.latitude))
