"""What machines are told of stations and places."""

import datetime
import json
import re
from decimal import Decimal

import pytest

from communities.models import Amenity, Service, StationService
from tests.factories import make_community, make_district, make_kind, make_station

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def facts_of(client, place, kind):
    html = client.get(place.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return next(one for one in map(json.loads, found) if one["@type"] == kind)


@pytest.fixture
def station():
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    place = make_community("桥头社区", within=street, other_name="桥头", intro="</script><b>")
    station = make_station(
        "桥头驿站",
        slug="qiao-tou",
        community=place,
        kind=make_kind(),
        address="桥头路1号",
        phone="0000-1",
        longitude=Decimal("117.4"),
        latitude=Decimal("30.8"),
        closed_from=datetime.date(2999, 3, 1),
        closed_until=datetime.date(2999, 3, 9),
    )
    station.amenities.add(Amenity.objects.create(name="微波炉", slug="a"))
    for weekday in (0, 1, 7):
        station.hours.create(weekday=weekday, opens_at=datetime.time(8), closes_at=datetime.time(0))
    for year in (2020, 2999):
        day = datetime.date(year, 1, 1)
        station.special_days.create(first_on=day, last_on=day)
    return station


def test_station_is_told_with_hours_days_and_place_but_no_wgs84(client, station):
    facts = facts_of(client, station, "CivicStructure")
    specification = {"@type": "OpeningHoursSpecification"}
    assert facts["openingHoursSpecification"] == [
        specification
        | {
            "dayOfWeek": [
                f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "PublicHolidays")
            ],
            "opens": "08:00",
            "closes": "23:59",
        }
    ]
    closed = specification | {"opens": "00:00", "closes": "00:00"}
    assert facts["specialOpeningHoursSpecification"] == [
        closed | {"validFrom": "2999-01-01", "validThrough": "2999-01-01"},
        closed | {"validFrom": "2999-03-01", "validThrough": "2999-03-09"},
    ]
    assert facts["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "桥头路1号",
        "addressLocality": "青禾区桥头街道桥头社区",
        "addressCountry": "CN",
    }
    assert (facts["telephone"], facts["url"]) == ("0000-1", f"{SITE}/stations/qiao-tou/")
    assert [one["name"] for one in facts["amenityFeature"]] == ["微波炉"]
    assert facts["containedInPlace"]["containedInPlace"]["name"] == "桥头街道"
    assert "geo" not in facts


def test_station_with_services_is_an_office(client, station):
    StationService.objects.create(
        station=station, service=Service.objects.create(name="居住证申领", slug="a")
    )
    assert facts_of(client, station, "GovernmentOffice")["name"] == "桥头驿站"


def test_place_is_told_with_what_it_lies_in(client, station):
    facts = facts_of(client, station.community, "AdministrativeArea")
    assert facts["alternateName"] == "桥头"
    assert facts["description"] == "</script><b>"
    above = facts["containedInPlace"]
    assert (above["name"], above["containedInPlace"]["name"]) == ("桥头街道", "青禾区")
    assert "containedInPlace" not in above["containedInPlace"]
