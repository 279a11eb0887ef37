"""The directory for other programs: files that say whose, when and where, and nothing private."""

import csv
import datetime
import io
import json
import os
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities import open_data
from communities.models import Amenity, ContactPerson, ServiceStation
from tests.factories import make_community, make_district, make_kind, make_station
from tests.reading import links

pytestmark = pytest.mark.django_db
PAGE = reverse("communities:open_data")
STATIONS = "/stations/stations."
COMMUNITIES = "/communities/communities."


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def station():
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    place = make_community("桥头社区", within=street, phone="0000-1")
    ContactPerson.objects.create(community=place, role="书记", name="周明", phone="0000-5550999")
    station = make_station(
        "=桥头驿站",
        slug="qiao-tou",
        community=place,
        kind=make_kind(),
        longitude=Decimal("117.465210"),
        latitude=Decimal("30.821540"),
        opened_on=datetime.date(2024, 5, 1),
    )
    station.amenities.add(Amenity.objects.create(name="微波炉", slug="a"))
    station.hours.create(weekday=0, opens_at=datetime.time(8), closes_at=datetime.time(12))
    make_station("无位驿站", community=street, kind=station.kind)
    return station


def read(client, address):
    return client.get(address).content.decode()


def body(answer):
    return b"".join(answer.streaming_content)


def test_geojson_says_which_system_and_on_what_terms(client, station):
    answer = client.get(f"{STATIONS}geojson")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'inline; filename="stations-gcj02.geojson"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    found = json.loads(body(answer))
    assert (found["type"], found["coordinate_system"], found["crs"], found["licence"]) == (
        "FeatureCollection",
        "GCJ-02",
        None,
        "CC BY 4.0",
    )
    first, second = found["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [117.46521, 30.82154]}
    assert first["properties"] == {
        "id": "qiao-tou",
        "page": "qiao-tou/",
        "name": "=桥头驿站",
        "kind": "驿站",
        "district": "青禾区",
        "subdistrict": "桥头街道",
        "community": "桥头社区",
        "address": "",
        "phone": "",
        "opening_hours": "Mo 08:00-12:00; PH off",
        "amenities": ["微波炉"],
        "services": [],
        "opened_on": "2024-05-01",
        "coordinate_system": "GCJ-02",
    }
    assert second["geometry"] is None
    assert "coordinate_system" not in second["properties"]


def test_csv_opens_in_a_spreadsheet_and_has_the_columns_that_are_explained(client, station):
    for name, address in (("stations", STATIONS), ("communities", COMMUNITIES)):
        answer = client.get(f"{address}csv")
        content = body(answer)
        assert content.startswith(b"\xef\xbb\xbf")
        head, first, *_rest = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        fields = [field.name for field in open_data.DATA_SETS[name].fields]
        assert head == [*fields, "data_as_of", "licence"]
        assert first[-1] == "CC BY 4.0"
    assert first[:3] == ["qing-he-qu", "qing-he-qu/", "青禾区"]
    assert "'=桥头驿站" in body(client.get(f"{STATIONS}csv")).decode()


def test_nobody_is_named_in_it(client, station):
    for address in (STATIONS, COMMUNITIES):
        for kind in ("csv", "geojson"):
            content = body(client.get(address + kind)).decode()
            assert "周明" not in content
            assert "0000-5550999" not in content


def test_file_is_made_once_and_sent_to_those_who_lack_it(client, station, settings):
    first = client.get(f"{STATIONS}geojson")
    body(first)
    ServiceStation.objects.update(phone="0000-7")
    with CaptureQueriesContext(connection) as queries:
        again = client.get(f"{STATIONS}geojson", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, len(queries)) == (304, 0)
    since = client.get(f"{STATIONS}geojson", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    [kept] = (settings.VAR_DIR / "open-data").iterdir()
    old = kept.stat().st_mtime - open_data.FRESH - 1
    os.utime(kept, (old, old))
    newer = client.get(f"{STATIONS}geojson", headers={"if-none-match": first["ETag"]})
    assert "0000-7" in body(newer).decode()
    assert len([*(settings.VAR_DIR / "open-data").iterdir()]) == 1


@pytest.mark.parametrize("name", ["stations", "communities"])
def test_queries_do_not_grow(name, station):
    asked = []
    for count in (0, 20):
        for number in range(count):
            place = make_community(f"社区{number}", within=station.community.parent)
            other = make_station(f"站{number}", community=place, kind=station.kind)
            other.amenities.set(Amenity.objects.all())
        with CaptureQueriesContext(connection) as queries:
            [*open_data.DATA_SETS[name].rows()]
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 9


def test_page_explains_the_columns_and_leads_to_the_files(client, station, settings):
    settings.OPEN_DATA_LICENCE = "本社条款"
    html = read(client, PAGE)
    assert {f"{STATIONS}csv", f"{COMMUNITIES}geojson"} <= {*links(html)}
    for said in ("本社条款", "GCJ-02", "opening_hours", "lies_in", "不是 WGS-84"):
        assert said in html
    assert PAGE in links(read(client, reverse("communities:stations")))
    assert "Set-Cookie" not in client.get(PAGE).headers
