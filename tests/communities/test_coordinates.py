"""Coordinates against the pairs that others have published, and distances against known ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.coordinates import (
    Point,
    bd09_from_gcj02,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    metres_between,
)
from communities.walking import CIRCLE, metres_for, minutes_for

# (WGS-84, GCJ-02): the tests of googollee/eviltransform (Shanghai, Shenzhen, Beijing), and the
# README of wandergis/coordtransform (the last).
WGS84_GCJ02 = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
# (GCJ-02, BD-09) and (BD-09, GCJ-02): the README of wandergis/coordtransform.
GCJ02_BD09 = ((116.404, 39.915), (116.41036949371029, 39.92133699351021))
BD09_GCJ02 = ((116.404, 39.915), (116.39762729119315, 39.90865673957631))
# A tenth of a metre, as positions are kept.
CLOSE = 0.000001
CHINA = {
    "longitude": st.floats(73, 135, allow_nan=False),
    "latitude": st.floats(3, 53, allow_nan=False),
}


def near(point, pair):
    return (point.longitude, point.latitude) == pytest.approx(pair, abs=CLOSE)


@pytest.mark.parametrize(("said", "drawn"), WGS84_GCJ02)
def test_a_phones_position_is_drawn_where_others_draw_it(said, drawn):
    assert near(gcj02_from_wgs84(Point(*said)), drawn)


def test_baidus_positions_agree_with_published_ones_both_ways():
    assert near(bd09_from_gcj02(Point(*GCJ02_BD09[0])), GCJ02_BD09[1])
    assert near(gcj02_from_bd09(Point(*BD09_GCJ02[0])), BD09_GCJ02[1])


@given(**CHINA)
def test_baidus_way_there_and_back_ends_within_a_metre(longitude, latitude):
    start = Point(longitude, latitude)
    back = gcj02_from_bd09(bd09_from_gcj02(start))
    assert metres_between(start, back) < 1


@given(**CHINA)
def test_the_shift_stays_below_a_kilometre(longitude, latitude):
    start = Point(longitude, latitude)
    assert metres_between(start, gcj02_from_wgs84(start)) < 1000


@pytest.mark.parametrize("pair", [(2.3522, 48.8566), (139.6917, 35.6895), (-74.006, 40.7128)])
def test_outside_china_every_system_is_the_same(pair):
    point = Point(*pair)
    assert gcj02_from_wgs84(point) == bd09_from_gcj02(point) == gcj02_from_bd09(point) == point


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        ((0, 0), (0, 0), 0),
        # A degree of a meridian on a sphere of 6,371,008.8 m.
        ((117, 30), (117, 31), 111_195.1),
        ((0, 0), (180, 0), 20_015_114.4),
        # Beijing to Shanghai.
        ((116.4074, 39.9042), (121.4737, 31.2304), 1_067_311),
    ],
)
def test_distances_are_those_of_the_great_circle(here, there, metres):
    assert metres_between(Point(*here), Point(*there)) == pytest.approx(metres, abs=1)


@pytest.mark.parametrize(
    ("metres", "minutes"), [(0, 1), (51, 1), (52, 2), (500, 10), (769.23, 15), (770, 16)]
)
def test_a_walk_is_estimated_from_the_straight_line(metres, minutes):
    assert minutes_for(metres) == minutes


def test_fifteen_minutes_are_the_standards_kilometre_of_way():
    assert metres_for(CIRCLE) * 1.3 == pytest.approx(1000)
    assert minutes_for(metres_for(CIRCLE)) == CIRCLE
