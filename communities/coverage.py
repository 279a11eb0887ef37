"""The fifteen-minute circle as a figure: which communities lie farther than that from a station.

A community is reckoned from its own position, which is one point for all who live there; the
estimate of the walk is that of `communities.walking`. Stations of the whole directory count, not
only those of the community itself: residents cross the street to the next one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from communities import walking
from communities.coordinates import Point, metres_between
from communities.models import Community, Level, ServiceStation, StationKind
from communities.models.community import CommunityQuerySet
from communities.origins import point_of

# Where people live; a subdistrict's position is its office's.
LEVELS = (Level.COMMUNITY, Level.VILLAGE)
# Side of a square of the grid in degrees, a kilometre or so.
SIDE = 0.01
# Rings of squares beyond which no station is looked for: some twenty kilometres.
RINGS = 20


@dataclass(frozen=True)
class Reach:
    """How far the nearest station of a kind is from a community.

    Attributes:
        metres: in a straight line; None where there is none within some twenty kilometres.

    """

    kind: StationKind
    metres: float | None

    @property
    def minutes(self) -> int | None:
        """The walk's minutes, None for no station."""
        return None if self.metres is None else walking.minutes_for(self.metres)

    @property
    def is_within(self) -> bool:
        """Whether the station lies within fifteen minutes."""
        return self.minutes is not None and self.minutes <= walking.CIRCLE


@dataclass(frozen=True)
class Row:
    """A community and how far it is to each kind of station, in the order of the kinds."""

    community: Community
    reaches: list[Reach]


@dataclass(frozen=True)
class Total:
    """How many communities with a position have a station of a kind within fifteen minutes."""

    kind: StationKind
    within: int
    of: int

    @property
    def beyond(self) -> int:
        """How many have none within fifteen minutes."""
        return self.of - self.within

    @property
    def percent(self) -> int:
        """The share, rounded down: a hundred means all of them."""
        return self.within * 100 // self.of if self.of else 0


@dataclass(frozen=True)
class Coverage:
    """What the page shows.

    Attributes:
        rows: communities with a position, in their own order.
        totals: one for each kind.
        without_position: communities that cannot be reckoned with.
        stations: those that count, with their positions.
        stations_without_position: how many do not count for want of one.

    """

    rows: list[Row]
    totals: list[Total]
    without_position: list[Community]
    stations: list[ServiceStation] = field(default_factory=list)
    stations_without_position: int = 0


def coverage(communities: CommunityQuerySet, kinds: Iterable[StationKind]) -> Coverage:
    """Reckon which communities have which kinds of station within fifteen minutes (two queries).

    Args:
        communities: those that come into question; places above a community are left out.
        kinds: the kinds asked about.

    """
    kinds = list(kinds)
    stations = list(
        ServiceStation.objects.filter(kind__in=kinds)
        .order_by("pk")
        .only("name", "kind_id", "longitude", "latitude")
    )
    grids: dict[int, Grid] = {kind.pk: Grid() for kind in kinds}
    placed = [station for station in stations if station.longitude is not None]
    for station in placed:
        if point := point_of(station):
            grids[station.kind_id].add(point)
    rows, lacking = [], []
    for community in communities.filter(level__in=LEVELS).select_related("parent"):
        point = point_of(community)
        if point is None:
            lacking.append(community)
        else:
            reaches = [Reach(kind, grids[kind.pk].metres_to_nearest(point)) for kind in kinds]
            rows.append(Row(community, reaches))
    totals = [
        Total(kind, sum(row.reaches[n].is_within for row in rows), len(rows))
        for n, kind in enumerate(kinds)
    ]
    return Coverage(rows, totals, lacking, placed, len(stations) - len(placed))


class Grid:
    """Points in squares, so that the nearest is found among a few of them."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.squares: dict[tuple[int, int], list[Point]] = defaultdict(list)

    def add(self, point: Point) -> None:
        """Put a point into its square."""
        self.squares[_square(point)].append(point)

    def metres_to_nearest(self, point: Point) -> float | None:
        """Return the distance to the nearest point, None where none lies within the rings."""
        across, up = _square(point)
        # A square's side in metres, the shorter of its two.
        side = SIDE * 111_000 * min(1.0, math.cos(math.radians(point.latitude)))
        best: float | None = None
        for ring in range(RINGS + 1):
            # What lies in this ring is at least so far off.
            if best is not None and best <= (ring - 1) * side:
                break
            for square in _ring(across, up, ring):
                for there in self.squares.get(square, ()):
                    metres = metres_between(point, there)
                    best = metres if best is None else min(best, metres)
        return best


def _square(point: Point) -> tuple[int, int]:
    return math.floor(point.longitude / SIDE), math.floor(point.latitude / SIDE)


def _ring(across: int, up: int, ring: int) -> Iterable[tuple[int, int]]:
    for x in range(-ring, ring + 1):
        ends = (-ring, ring) if abs(x) < ring else range(-ring, ring + 1)
        for y in dict.fromkeys(ends):
            yield across + x, up + y
