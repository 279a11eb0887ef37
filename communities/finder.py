"""The finder: which stations are nearest to a point, and how far it is on foot.

A box on the index (latitude, longitude) gives the candidates, the exact distance decides among
them. The box grows until it holds enough and shrinks where it holds too many, so that neither a
village nor a crowded centre costs more than a few short queries.
"""

from __future__ import annotations

from dataclasses import dataclass

from communities import walking
from communities.coordinates import Point, box_around, metres_between
from communities.models import ServiceStation
from communities.models.station import ServiceStationQuerySet

# How many stations are shown, and how many metres off the farthest of them may be: beyond ten
# kilometres nobody walks.
COUNT = 20
REACH = 10_000.0
FIRST_LOOK = 400.0
GROWTH = 2.5
# More candidates than this are not fetched; the box gets smaller instead.
MOST = 1500


@dataclass(frozen=True)
class Found:
    """A station and its distance from where somebody stands.

    Attributes:
        station: with its kind, community, amenities and hours.
        metres: in a straight line.

    """

    station: ServiceStation
    metres: float

    @property
    def minutes(self) -> int:
        """How long the walk takes, as `communities.walking` estimates it."""
        return walking.minutes_for(self.metres)

    @property
    def is_in_circle(self) -> bool:
        """Whether it lies within fifteen minutes."""
        return self.minutes <= walking.CIRCLE


def nearest(
    point: Point,
    stations: ServiceStationQuerySet,
    *,
    count: int = COUNT,
    reach: float = REACH,
) -> list[Found]:
    """Return the stations nearest to a point, the nearest first.

    Args:
        point: in GCJ-02, as the stations are.
        stations: those that come into question (`open_at`, `equipped_with`, `of_kind` …).
        count: how many at most.
        reach: metres in a straight line beyond which nothing is looked for.

    """
    chosen = _nearest_keys(point, stations, count, reach)
    rows = ServiceStation.objects.with_details().in_bulk([key for _metres, key in chosen])
    # Whoever was deleted between the two queries is left out.
    return [Found(rows[key], metres) for metres, key in chosen if key in rows]


def _nearest_keys(
    point: Point, stations: ServiceStationQuerySet, count: int, reach: float
) -> list[tuple[float, int]]:
    """Return (metres, primary key) of the nearest stations, the nearest first."""
    too_few, too_many = 0.0, None
    radius = min(FIRST_LOOK, reach)
    while True:
        rows = list(
            stations.in_box(box_around(point, radius))
            .order_by()
            .values_list("pk", "longitude", "latitude")[: MOST + 1]
        )
        # Fifteen hundred stations within a metre are a mistake, but no reason to search for ever.
        if len(rows) > MOST and radius - too_few > 1:
            too_many = radius
            radius = (too_few + radius) / 2
            continue
        measured = (
            (metres_between(point, Point(float(longitude), float(latitude))), key)
            for key, longitude, latitude in rows
            if longitude is not None and latitude is not None
        )
        found = sorted(one for one in measured if one[0] <= radius)
        if len(found) >= count or radius >= reach or len(rows) > MOST:
            return found[:count]
        too_few = radius
        radius = min(radius * GROWTH, reach) if too_many is None else (radius + too_many) / 2
