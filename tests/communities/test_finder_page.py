"""The finder's page: a form and a list without script, and the address a position is sent to."""

import datetime
import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.coordinates import Point, gcj02_from_wgs84
from communities.map_links import map_links
from communities.models import Amenity, OpeningHours, Service, ServiceStation
from tests.reading import links, words

from .positions import Town, X, Y

pytestmark = pytest.mark.django_db

STATIONS, NEAR = reverse("communities:stations"), reverse("communities:near")
# Where a phone says it stands when our map shows it in the middle of the town.
PHONE = {"longitude": "117.4446", "latitude": "30.8121", "system": "wgs84"}
POINT = {"longitude": str(X), "latitude": str(Y), "system": "gcj02"}
WEDNESDAY = datetime.datetime(
    2026, 11, 25, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
)


@pytest.fixture
def town(time_machine):
    time_machine.move_to(WEDNESDAY, tick=False)
    town = Town()
    microwave = Amenity.objects.create(name="微波炉", slug="weibolu")
    for name, steps, opens, has in (
        ("近而关门", 1, 20, True),
        ("近而没有", 2, 8, False),
        ("正合适", 3, 8, True),
        ("太远", 20, 8, True),
    ):
        station = town.station(name, steps, address=f"桂花路{steps}号")
        OpeningHours.objects.create(
            station=station,
            weekday=2,
            opens_at=datetime.time(opens),
            closes_at=datetime.time(opens + 2, 30),
        )
        if has:
            station.amenities.add(microwave)
    return town


def shown(response):
    html = response.content.decode()
    return [name for name in ("近而关门", "近而没有", "正合适", "太远") if f">{name}</a>" in html]


def test_open_now_with_a_microwave_within_fifteen_minutes_of_a_community(client, town):
    query = {"place": "桂花社区", "amenity": "weibolu", "open": "on"}
    response = client.get(STATIONS, query)
    assert shown(response) == ["正合适", "太远"]
    text = words(response.content.decode())
    within = text.index("步行十五分钟以内：1个")
    assert within < text.index("正合适") < text.index("再远一些") < text.index("太远")
    assert "步行约7分钟" in text
    assert "绕行系数1.3" in text
    assert "从桂花社区算起。" in text


def test_each_condition_leaves_out_what_does_not_fit(client, town):
    assert shown(client.get(STATIONS, {"open": "on"})) == ["近而没有", "正合适", "太远"]
    assert shown(client.get(STATIONS, {"amenity": "weibolu"})) == ["近而关门", "正合适", "太远"]
    assert shown(client.get(STATIONS, {"kind": town.kind.slug, "place": "桂花"})) == [
        "近而关门",
        "近而没有",
        "正合适",
        "太远",
    ]


def test_service_is_a_condition_too(client, town):
    service = Service.objects.create(name="医保参保登记", slug="yibao")
    ServiceStation.objects.get(name="太远").offers.create(service=service)
    assert shown(client.get(STATIONS, {"service": "yibao", "place": "桂花社区"})) == ["太远"]
    assert client.get(STATIONS, {"service": "none"}).status_code == 404


def test_form_keeps_what_was_asked(client, town):
    html = client.get(
        STATIONS, {"place": "桂花社区", "amenity": "weibolu", "open": "on", "kind": town.kind.slug}
    ).content.decode()
    assert 'value="桂花社区"' in html
    assert 'name="open" checked' in html
    assert f'<option value="{town.kind.slug}" selected>' in html
    assert "<details open>" in html


def test_place_that_is_not_in_the_directory_is_told(client, town):
    html = client.get(STATIONS, {"place": "<天边>"}).content.decode()
    assert "名录里没有“&lt;天边&gt;”" in html
    assert shown(client.get(STATIONS, {"place": "<天边>"})) == []


def test_name_that_fits_several_offers_the_others_with_the_same_conditions(client, town):
    town.community.name, town.community.other_name = "桥头社区", ""
    town.community.save()
    html = client.get(STATIONS, {"place": "桥头", "open": "on"}).content.decode()
    assert any("open=on" in link and "place=" in link for link in links(html))


def test_nothing_near_says_what_to_do(client, town):
    Amenity.objects.create(name="轮椅", slug="lunyi")
    html = client.get(STATIONS, {"place": "桂花社区", "amenity": "lunyi"}).content.decode()
    assert _("No station within ten kilometres fits. Leave a condition out and look again.") in html
    html = client.get(STATIONS, {"amenity": "lunyi"}).content.decode()
    assert _("No station fits. Leave a condition out and look again.") in html


@pytest.mark.parametrize(
    "query", [{"amenity": "none"}, {"kind": "none"}, {"from": "none"}, {"from": "\0"}]
)
def test_what_no_page_offers_is_not_found(client, town, query):
    assert client.get(STATIONS, query).status_code == 404


@pytest.mark.parametrize("place", ["\0", "很" * 61])
def test_place_that_cannot_be_one_is_told_at_the_field(client, town, place):
    response = client.get(STATIONS, {"place": place})
    assert response.status_code == 200
    assert 'id="place-error"' in response.content.decode()


def test_phones_position_is_converted_before_it_is_measured_from(client, town):
    there = gcj02_from_wgs84(Point(float(PHONE["longitude"]), float(PHONE["latitude"])))
    assert (there.longitude, there.latitude) == pytest.approx((float(X), float(Y)), abs=0.0003)
    wanted = {"amenity": "weibolu", "open": "on"}
    assert shown(client.post(NEAR, {**PHONE, **wanted})) == ["正合适", "太远"]
    assert shown(client.post(NEAR, {**POINT, **wanted})) == ["正合适", "太远"]


def test_position_is_sent_without_cookie_or_token_and_nothing_keeps_it(town, caplog):
    caplog.set_level(logging.DEBUG)
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(NEAR, PHONE)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert Session.objects.count() == 0
    for number in (PHONE["longitude"], PHONE["latitude"]):
        assert number not in caplog.text
        assert number not in response.content.decode()


def test_position_stands_in_no_report_of_a_failure(town, monkeypatch, caplog):
    def broken(*_arguments):
        raise RuntimeError

    monkeypatch.setattr("communities.finder_views.nearest", broken)
    browser = Client(raise_request_exception=False)
    response = browser.post(NEAR, PHONE)
    assert response.status_code == 500
    assert PHONE["longitude"] not in caplog.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {**PHONE, "longitude": "nan"},
        {**PHONE, "longitude": "181"},
        {**PHONE, "latitude": "x"},
        {**PHONE, "system": "mars"},
        {**PHONE, "kind": "none"},
    ],
)
def test_position_that_is_none_is_refused(client, town, sent):
    assert client.post(NEAR, sent).status_code == 400


def test_position_is_never_taken_from_an_address(client, town):
    assert client.get(NEAR, PHONE).status_code == 405


@pytest.mark.parametrize(
    ("query", "count"),
    [
        # Masthead, what can be chosen, names on the map and stations 1 + 1, holidays.
        ({}, 5),
        # The day among the holidays.
        ({"open": "on"}, 6),
        # What was typed; five boxes, since so few stations are there.
        ({"place": "桂花社区"}, 12),
        ({"place": "桂花社区", "open": "on", "amenity": "weibolu"}, 14),
        ({"place": "天边"}, 7),
    ],
)
def test_queries_are_few_and_fixed(client, town, query, count):
    with CaptureQueriesContext(connection) as queries:
        client.get(STATIONS, query)
    assert len(queries) == count


def test_queries_of_a_position_are_few_and_fixed(client, town):
    with CaptureQueriesContext(connection) as queries:
        client.post(NEAR, PHONE)
    assert len(queries) == 9


def test_other_maps_are_given_their_own_system():
    # GCJ-02 and BD-09 as wandergis/coordtransform has published them.
    ways = map_links(Point(116.404, 39.915), "甲;站", "某路1号", "某报")
    amap, baidu, tencent = (way.address for way in ways)
    assert amap.startswith("https://uri.amap.com/marker?position=116.404000%2C39.915000&")
    assert "coordinate=gaode" in amap
    assert "location=39.921337%2C116.410369&coord_type=bd09ll" in baidu
    assert "marker=coord%3A39.915000%2C116.404000%3Btitle%3A" in tencent
    assert "%3B" not in tencent.split("title%3A")[1].split("addr")[0].removesuffix("%3B")


def test_stations_page_leads_into_other_maps_and_keeps_where_it_came_from(client, town):
    html = client.get(reverse("communities:station", args=["zheng-he-shi"])).content.decode()
    outside = [link for link in links(html) if link.startswith("https://")]
    assert [link.split("/")[2] for link in outside] == [
        "uri.amap.com",
        "api.map.baidu.com",
        "apis.map.qq.com",
    ]
    assert html.count('rel="noopener noreferrer"') == 3
    assert 'data-map="station"' in html


def test_station_without_a_position_has_no_map(client, town):
    station = town.station("无图站", None)
    html = client.get(station.get_absolute_url()).content.decode()
    assert "data-map" not in html
    assert "leaflet" not in html
