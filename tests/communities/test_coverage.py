"""The fifteen-minute circle: figures to be checked by hand, for those who see stations."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.coordinates import Point, metres_between
from communities.coverage import Grid, coverage
from communities.models import Community, StationKind
from tests.factories import make_community, make_kind
from tests.newsroom import client_of, make_login

from .positions import Town, north

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:communities_servicestation_coverage")
TABLE = reverse("admin:communities_servicestation_coverage_csv")


@pytest.fixture
def town():
    """Fifteen minutes are 769 metres: six steps north lie within them, seven beyond."""
    town = Town()
    make_community("六步社区", within=town.street, **north(-6))
    make_community("七步社区", within=town.street, **north(-7))
    make_community("无位社区", within=town.street)
    town.station("中间的站", 0)
    town.station("没有位置的站", None)
    make_kind("书屋")
    return town


def reckoned():
    return coverage(Community.objects.all(), StationKind.objects.all())


def test_six_steps_lie_within_and_seven_beyond(town):
    found = reckoned()
    minutes = {
        row.community.name: [(reach.minutes, reach.is_within) for reach in row.reaches]
        for row in found.rows
    }
    assert minutes == {
        "桂花社区": [(1, True), (None, False)],
        "六步社区": [(14, True), (None, False)],
        "七步社区": [(16, False), (None, False)],
    }
    assert [(total.within, total.beyond, total.percent) for total in found.totals] == [
        (2, 1, 66),
        (0, 3, 0),
    ]
    assert [place.name for place in found.without_position] == ["无位社区"]
    assert found.stations_without_position == 1


def test_nearest_is_found_across_the_squares_of_the_grid(town):
    places = [Point(117 + x * 0.0137, 30 + y * 0.0093) for x in range(-9, 9) for y in range(-9, 9)]
    grid = Grid()
    for place in places[::7]:
        grid.add(place)
    for place in places:
        right = min(metres_between(place, other) for other in places[::7])
        assert grid.metres_to_nearest(place) == right


def test_three_queries_however_many(town):
    asked = []
    for count in (0, 30):
        for n in range(count):
            town.station(f"站{n}", n % 9, slug=f"zhan-{n}")
            make_community(f"社区{n}", within=town.street, **north(n))
        with CaptureQueriesContext(connection) as queries:
            reckoned()
        asked.append(len(queries))
    # The kinds, the stations, the communities with those above them.
    assert asked == [3, 3]


@pytest.mark.parametrize(
    ("role", "answer"),
    [("issue_editor", 200), ("correspondent", 200), ("community_manager", 200), (None, 403)],
)
def test_is_shown_to_those_who_see_stations(role, answer, town):
    client = client_of(make_login(role))
    assert client.get(PAGE).status_code == answer
    assert client.get(TABLE).status_code == answer


def test_a_manager_is_shown_the_places_they_keep(town):
    login = make_login("community_manager")
    Community.objects.get(name="七步社区").managers.add(login)
    html = client_of(login).get(PAGE).content.decode()
    assert 'data-community="七步社区"' in html
    assert "六步社区" not in html.split("<tbody>")[2]


def test_page_states_the_figure_and_what_it_rests_on(town):
    html = client_of(make_login("issue_editor")).get(PAGE).content.decode()
    for said in (
        "绕行系数1.3",
        "GB 50180-2018",
        "直线769米",
        "66%",
        "无位社区",
        "有1个站点没有位置",
    ):
        assert said in html
    assert '<tr data-community="七步社区" ' in html
    assert html.count('data-within="no"') == 1
    other = client_of(make_login("issue_editor", "other")).get(PAGE, {"kind": "shu-wu"})
    assert other.content.decode().count('data-within="no"') == 3


def test_unknown_kind_is_not_found_and_nothing_is_written(town):
    client = client_of(make_login("issue_editor"))
    assert client.get(PAGE, {"kind": "none"}).status_code == 404
    assert client.post(PAGE).status_code == 405


def test_table_opens_in_a_spreadsheet(town):
    Community.objects.filter(name="六步社区").update(name="=六步社区")
    answer = client_of(make_login("issue_editor")).get(TABLE)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert rows[1][:5] == ["桂花社区", "桥头街道", "0", "1", "是"]
    assert rows[2][0] == "'=六步社区"
    assert rows[3] == ["七步社区", "桥头街道", "778", "16", "否", "", "", "否"]
    assert rows[4] == ["无位社区", "桥头街道", "没有位置"]


def test_empty_directory_says_what_is_missing(db):
    client = client_of(make_login("issue_editor"))
    assert "还没有站点类别" in client.get(PAGE).content.decode()
    make_kind()
    assert "还没有社区填了位置" in client.get(PAGE).content.decode()
