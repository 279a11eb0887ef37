"""The finder: the nearest first, whatever the box, and what was typed found in our own data."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities import finder
from communities.coordinates import Point, box_around, metres_between
from communities.finder import nearest
from communities.models import Amenity, ServiceStation
from communities.models import station as station_module
from communities.origins import origins_named, point_of
from tests.factories import make_community

from .positions import Town, X, Y, north

pytestmark = pytest.mark.django_db

MIDDLE = Point(float(X), float(Y))


@pytest.fixture
def town():
    return Town()


def names(point=MIDDLE, stations=None, **options):
    wanted = ServiceStation.objects.all() if stations is None else stations
    return [one.station.name for one in nearest(point, wanted, **options)]


def scatter(town, count, seed=1):
    """Make stations all over: some in a crowd, some far off."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    rows = []
    for n in range(count):
        wide = 0.002 if n % 3 == 0 else 0.15
        rows.append(
            ServiceStation(
                name=f"站{n}",
                slug=f"zhan-{n}",
                kind=town.kind,
                community=town.community,
                longitude=round(float(X) + chance.uniform(-wide, wide), 6),
                latitude=round(float(Y) + chance.uniform(-wide, wide), 6),
            )
        )
    ServiceStation.objects.bulk_create(rows)


def brute(point, count, reach):
    placed = [(one, point_of(one)) for one in ServiceStation.objects.all()]
    measured = sorted((metres_between(point, there), one.pk) for one, there in placed if there)
    return [pair for pair in measured if pair[0] <= reach][:count]


def test_nearest_comes_first_and_says_how_far(town):
    for name, steps in (("远", 9), ("近", 1), ("中", 4)):
        town.station(name, steps)
    town.station("没有位置", None)
    found = nearest(MIDDLE, ServiceStation.objects.all())
    assert [one.station.name for one in found] == ["近", "中", "远"]
    assert [round(one.metres) for one in found] == [111, 445, 1001]
    assert [one.minutes for one in found] == [3, 9, 20]
    assert [one.is_in_circle for one in found] == [True, True, False]


@pytest.mark.parametrize("most", [5, 40, finder.MOST])
def test_answers_are_those_of_a_walk_over_every_station(town, monkeypatch, most):
    """Also where the box holds more than are fetched at a time."""
    monkeypatch.setattr(finder, "MOST", most)
    scatter(town, 300)
    count = min(4, most)
    points = [MIDDLE, Point(117.3, 30.7), Point(117.6, 30.96), Point(117.452, 30.8101)]
    for point in points:
        found = nearest(point, ServiceStation.objects.all(), count=count)
        assert [(one.metres, one.station.pk) for one in found] == brute(point, count, finder.REACH)


def test_nothing_beyond_its_reach_is_found(town):
    town.station("十公里外", 91)
    assert names() == []
    assert names(reach=20_000) == ["十公里外"]


def test_many_at_one_place_come_to_an_end(town, monkeypatch):
    monkeypatch.setattr(finder, "MOST", 3)
    for n in range(6):
        town.station(f"站{n}", 0)
    assert len(names(count=5)) == 4


def test_only_stations_in_question_are_found(town):
    microwave = Amenity.objects.create(name="微波炉", slug="weibolu")
    water = Amenity.objects.create(name="热水", slug="reshui")
    both, one, none = (town.station(name, n) for n, name in enumerate(["两样", "一样", "没有"], 1))
    both.amenities.set([microwave, water])
    one.amenities.set([microwave])
    rows = ServiceStation.objects
    assert names(stations=rows.equipped_with([microwave])) == ["两样", "一样"]
    assert names(stations=rows.equipped_with([microwave, water])) == ["两样"]
    assert names(stations=rows.equipped_with([])) == ["两样", "一样", "没有"]
    assert none.amenities.count() == 0


def test_what_many_stations_offer_is_found_the_same_way(town, monkeypatch):
    monkeypatch.setattr(station_module, "FEW", 1)
    test_only_stations_in_question_are_found(town)


def test_queries_do_not_grow_with_what_is_found(town):
    asked = []
    for count in (20, 200):
        ServiceStation.objects.all().delete()
        for n in range(count):
            town.station(f"站{n}", n % 30 / 10, slug=f"zhan-{n}")
        with CaptureQueriesContext(connection) as queries:
            nearest(MIDDLE, ServiceStation.objects.all())
        asked.append(len(queries))
    # One box; the stations; what belongs to them, all together.
    assert asked == [3, 3]


def test_box_is_rounded_outwards_and_ends_where_the_earth_does():
    box = box_around(MIDDLE, 1000)
    for steps in (8.9, -8.9):
        assert box.holds(**north(steps))
    assert not box.holds(**north(9.1))
    assert box_around(Point(179.99, 89.9), 50_000).north == 90


class TestOrigins:
    """What somebody typed, found among places, stations and addresses."""

    @pytest.fixture(autouse=True)
    def _directory(self, town):
        self.town = town
        make_community("桥头社区", within=town.street, **north(2), other_name="老桥头")
        make_community("无位社区", within=town.street)
        town.station("桂花驿站", 3, address="桂花路3号（老粮站东侧）")
        town.station("桂花书屋", 5, address="桂花路88号")
        town.station("无位驿站", None, address="云影路1号")

    def found(self, text):
        return [origin.name for origin in origins_named(text)]

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("桂花社区", ["桂花社区"]),
            ("  桂花社区 ", ["桂花社区"]),
            ("桥头", ["桥头街道", "桥头社区"]),
            ("老桥头", ["桥头社区"]),
            ("书屋", ["桂花书屋"]),
            ("桂花路3号", ["桂花路3号（老粮站东侧）"]),
            ("青禾区桥头街道桂花路88号", ["桂花路88号"]),
            ("桂花路", ["桂花路88号", "桂花路3号（老粮站东侧）"]),
            ("桂花路８８号", ["桂花路88号"]),
            # Without a position nobody can start from there.
            ("无位驿站", []),
            ("云影路1号", []),
            ("天边", []),
            ("%", []),
            ("", []),
        ],
    )
    def test_are_found(self, typed, names):
        assert sorted(self.found(typed)) == sorted(names)
        assert self.found(typed)[:1] == names[:1] or typed in ("桂花路", "桥头")

    def test_house_that_is_not_there_is_the_nearest_of_its_street_and_says_so(self):
        first = origins_named("桂花路80号")[0]
        assert (first.name, first.is_exact) == ("桂花路88号", False)
        assert origins_named("桂花路88号")[0].is_exact

    def test_place_without_a_position_is_the_middle_of_its_stations(self):
        place = make_community("新社区", within=self.town.street)
        for steps in (10, 20):
            self.town.station(f"新站{steps}", steps, community=place)
        [origin] = origins_named("新社区")
        assert origin.point.latitude == pytest.approx(float(Y) + 0.015)
        assert self.found("无位社区") == []
