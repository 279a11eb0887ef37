"""Chinese maps' three systems of coordinates, and distances.

Positions are kept in GCJ-02, which Amap and Tencent draw; Baidu draws BD-09; satellites, and so
phones, say WGS-84. The algorithm is the public one that every Chinese map library carries
(eviltransform, coordtransform); the tests compare it with the pairs those have published.
There is no way from GCJ-02 back to WGS-84 here: nothing in a newspaper needs it, and whether one
may is doubtful (Surveying and Mapping Law).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from communities.models.position import CHINA_BOX, Box

# Krasovsky's ellipsoid of 1940: half its long axis in metres, and its eccentricity squared.
AXIS = 6378245.0
ECCENTRICITY = 0.00669342162296594323
# BD-09 turns and stretches GCJ-02 with a wave of this frequency.
BD_WAVE = math.pi * 3000.0 / 180.0
EARTH_RADIUS = 6371008.8  # metres, the mean of IUGG


@dataclass(frozen=True)
class Point:
    """A longitude and a latitude in degrees; which system they are in, its user knows."""

    longitude: float
    latitude: float

    @property
    def is_in_china(self) -> bool:
        """Whether the point lies in the box outside which the systems are the same."""
        return CHINA_BOX.holds(Decimal(self.longitude), Decimal(self.latitude))


def gcj02_from_wgs84(point: Point) -> Point:
    """Return where a Chinese map shows what a satellite receiver says; the same outside China."""
    if not point.is_in_china:
        return point
    x, y = point.longitude - 105.0, point.latitude - 35.0
    latitude = math.radians(point.latitude)
    flattening = 1 - ECCENTRICITY * math.sin(latitude) ** 2
    north = math.radians(AXIS * (1 - ECCENTRICITY) / flattening**1.5)
    east = math.radians(AXIS / math.sqrt(flattening) * math.cos(latitude))
    return Point(
        point.longitude + _metres_east(x, y) / east,
        point.latitude + _metres_north(x, y) / north,
    )


def bd09_from_gcj02(point: Point) -> Point:
    """Return where Baidu's map shows a GCJ-02 position; the same outside China."""
    if not point.is_in_china:
        return point
    x, y = point.longitude, point.latitude
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * BD_WAVE)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * BD_WAVE)
    return Point(radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006)


def gcj02_from_bd09(point: Point) -> Point:
    """Return the GCJ-02 position of what stands on Baidu's map, within a metre."""
    if not point.is_in_china:
        return point
    x, y = point.longitude - 0.0065, point.latitude - 0.006
    radius = math.hypot(x, y) - 0.00002 * math.sin(y * BD_WAVE)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * BD_WAVE)
    return Point(radius * math.cos(angle), radius * math.sin(angle))


def metres_between(here: Point, there: Point) -> float:
    """Return the great-circle distance between two points of one system (haversine)."""
    south, north = math.radians(here.latitude), math.radians(there.latitude)
    across = math.radians(there.longitude - here.longitude)
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def box_around(point: Point, metres: float) -> Box:
    """Return a rectangle that holds everything so many metres from a point, and little more.

    Rounded outwards to the sixth place, as positions are kept. China does not reach the poles or
    the date line; a box there ends at 90 and 180 degrees.
    """
    up = math.degrees(metres / EARTH_RADIUS)
    widest = min(89.0, abs(point.latitude) + up)
    aside = up / math.cos(math.radians(widest))
    return Box(
        west=_degrees(max(-180.0, point.longitude - aside), ROUND_FLOOR),
        south=_degrees(max(-90.0, point.latitude - up), ROUND_FLOOR),
        east=_degrees(min(180.0, point.longitude + aside), ROUND_CEILING),
        north=_degrees(min(90.0, point.latitude + up), ROUND_CEILING),
    )


def _degrees(value: float, rounding: str) -> Decimal:
    return Decimal(value).quantize(Decimal("0.000001"), rounding=rounding)


def _waves(value: float, *waves: tuple[float, float]) -> float:
    """Add up sines of a value: pairs of (amplitude, half a period)."""
    return sum(amplitude * math.sin(value * math.pi / half) for amplitude, half in waves) * 2 / 3


def _metres_east(x: float, y: float) -> float:
    flat = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    fine = _waves(x, (20.0, 1 / 6), (20.0, 0.5))
    return flat + fine + _waves(x, (20.0, 1), (40.0, 3), (150.0, 12), (300.0, 30))


def _metres_north(x: float, y: float) -> float:
    flat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    fine = _waves(x, (20.0, 1 / 6), (20.0, 0.5))
    return flat + fine + _waves(y, (20.0, 1), (40.0, 3), (160.0, 12), (320.0, 30))
