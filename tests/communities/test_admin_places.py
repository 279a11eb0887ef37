"""Places in the admin: addresses, levels, positions and hours, right and wrong."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Amenity, Community, ServiceStation, StationKind
from tests.newsroom import as_shown, client_of, errors_of, make_login, with_row

pytestmark = pytest.mark.django_db

COMMUNITY = reverse("admin:communities_community_add")
STATION = reverse("admin:communities_servicestation_add")
BOX = 'type="checkbox" name="outside_china"'


@pytest.fixture
def client():
    return client_of(make_login("administrator"))


@pytest.fixture
def district():
    return Community.objects.create(name="甲区", slug="jia-qu", level="district")


@pytest.fixture
def street(district):
    return Community.objects.create(
        name="望塔街道", slug="wangta", level="subdistrict", parent=district
    )


@pytest.fixture
def kind():
    return StationKind.objects.create(name="驿站", slug="yizhan")


def place(client, **values):
    return as_shown(client.get(COMMUNITY)) | {"name": "乙区", "level": "district", **values}


def station(client, street, kind, **values):
    sent = {"name": "渡口驿站", "kind": kind.pk, "community": street.pk, **values}
    return as_shown(client.get(STATION)) | sent


def test_address_name_is_made_from_the_pinyin_and_stays(client):
    assert client.post(COMMUNITY, place(client, name="文昌里区")).status_code == 302
    made = Community.objects.get()
    assert made.slug == "wen-chang-li-qu"
    address = reverse("admin:communities_community_change", args=[made.pk])
    sent = as_shown(client.get(address)) | {"name": "新文昌区", "slug": ""}
    assert client.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.slug) == ("新文昌区", "wen-chang-li-qu")


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("jia-qu", "This address name is taken."),
        ("甲区", "An address name holds letters a to z, digits and hyphens, nothing else."),
        ("a b", "An address name holds letters a to z, digits and hyphens, nothing else."),
    ],
)
def test_wrong_address_name_is_refused_at_its_field_in_the_opened_part(
    slug, message, client, district
):
    page = client.post(COMMUNITY, place(client, slug=slug))
    assert errors_of(page) == {"slug": [_(message)]}
    assert "<details><summary>" not in page.content.decode()
    assert f'value="{slug}"' in page.content.decode()


def test_kinds_and_amenities_get_their_address_too(client):
    for model in (StationKind, Amenity):
        address = reverse(f"admin:communities_{model._meta.model_name}_add")
        assert client.post(address, {"name": "热水", "position": 1, "slug": ""}).status_code == 302
        assert model.objects.get().slug == "re-shui"


# Levels


@pytest.mark.parametrize(
    ("level", "parent", "ok"),
    [
        ("district", None, True),
        ("district", "district", False),
        ("subdistrict", "district", True),
        ("subdistrict", None, False),
        ("subdistrict", "street", False),
        ("town", "district", True),
        ("community", "street", True),
        ("community", "district", True),
        ("community", None, False),
        ("village", "street", True),
        ("town", "street", False),
    ],
)
def test_place_lies_in_one_of_the_right_level_or_is_told_so_at_the_field(
    level, parent, ok, client, district, street
):
    above = {"district": district.pk, "street": street.pk, None: ""}[parent]
    page = client.post(COMMUNITY, place(client, name="丙", level=level, parent=above))
    if ok:
        assert page.status_code == 302
    else:
        assert list(errors_of(page)) == ["parent"]
        assert not Community.objects.filter(name="丙").exists()


def test_place_cannot_be_put_into_itself(client, district, street):
    address = reverse("admin:communities_community_change", args=[street.pk])
    page = client.post(address, as_shown(client.get(address)) | {"parent": street.pk})
    assert list(errors_of(page)) == ["parent"]


def test_place_keeps_a_level_that_holds_what_lies_in_it(client, district, street):
    Community.objects.create(name="桂花社区", slug="guihua", level="community", parent=street)
    address = reverse("admin:communities_community_change", args=[street.pk])
    page = client.post(address, as_shown(client.get(address)) | {"level": "community"})
    assert errors_of(page) == {"level": ["桂花社区不能归到社区下面，请先把它移到别处。"]}
    assert (
        client.post(address, as_shown(client.get(address)) | {"level": "town"}).status_code == 302
    )


def test_name_twice_in_one_place_is_refused_at_the_name(client, district, street):
    sent = place(client, name="望塔街道", level="subdistrict", parent=district.pk)
    page = client.post(COMMUNITY, sent)
    assert errors_of(page) == {"name": [_("There is already a place of this name there.")]}


# Positions


def test_position_is_kept_to_the_sixth_place(client):
    sent = place(client, longitude="117.46521012345", latitude="３０.8215404")
    assert client.post(COMMUNITY, sent).status_code == 302
    made = Community.objects.get()
    assert (made.longitude, made.latitude) == (Decimal("117.465210"), Decimal("30.821540"))


@pytest.mark.parametrize(
    "pair", ["117.46521,30.82154", "117.46521，30.82154", " 117.46521 30.82154 "]
)
def test_pair_pasted_into_the_first_field_is_divided(pair, client):
    assert client.post(COMMUNITY, place(client, longitude=pair)).status_code == 302
    made = Community.objects.get()
    assert (made.longitude, made.latitude) == (Decimal("117.465210"), Decimal("30.821540"))


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [("30.82154,117.46521", ""), ("", "117.46521,30.82154"), ("", "30.82154，117.46521")],
)
def test_pair_is_understood_in_either_field_and_either_order(longitude, latitude, client):
    sent = place(client, longitude=longitude, latitude=latitude)
    assert client.post(COMMUNITY, sent).status_code == 302
    made = Community.objects.get()
    assert (made.longitude, made.latitude) == (Decimal("117.465210"), Decimal("30.821540"))


def test_pair_outside_china_is_taken_as_it_stands(client):
    page = client.post(COMMUNITY, place(client, longitude="2.35,48.85"))
    form = page.context["adminform"].form
    assert (form["longitude"].value(), form["latitude"].value()) == ("2.35", "48.85")


@pytest.mark.parametrize(
    ("longitude", "latitude", "field", "message"),
    [
        ("117.4", "", "latitude", "Give both longitude and latitude, or neither."),
        ("", "30.8", "longitude", "Give both longitude and latitude, or neither."),
        (
            "30.8",
            "117.4",
            "latitude",
            "Not above %(limit_value)s degrees. Are longitude and latitude swapped?",
        ),
        (
            "-200",
            "30",
            "longitude",
            "Not below %(limit_value)s degrees. Are longitude and latitude swapped?",
        ),
    ],
)
def test_half_and_swapped_positions_are_refused_once_at_their_field(
    longitude, latitude, field, message, client
):
    page = client.post(COMMUNITY, place(client, longitude=longitude, latitude=latitude))
    limit = {"latitude": 90, "longitude": -180}[field]
    assert errors_of(page) == {field: [_(message) % {"limit_value": limit}]}
    assert f'value="{longitude or latitude}"' in page.content.decode()
    assert not Community.objects.exists()


@pytest.mark.parametrize("wrong", ["东经117度", "NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_refused(wrong, client):
    page = client.post(COMMUNITY, place(client, longitude=wrong, latitude="30"))
    assert list(errors_of(page)) == ["longitude"]


def test_position_outside_china_is_questioned_and_kept_when_confirmed(client):
    assert BOX not in client.get(COMMUNITY).content.decode()
    sent = place(client, longitude="2.35", latitude="48.85")
    page = client.post(COMMUNITY, sent)
    assert list(errors_of(page)) == ["longitude"]
    assert BOX in page.content.decode()
    assert not Community.objects.exists()

    assert client.post(COMMUNITY, sent | {"outside_china": "on"}).status_code == 302
    made = Community.objects.get()
    address = reverse("admin:communities_community_change", args=[made.pk])
    # What was confirmed once is not asked again with every other change.
    shown = client.get(address)
    assert BOX not in shown.content.decode()
    assert client.post(address, as_shown(shown) | {"phone": "0000-1"}).status_code == 302
    moved = client.post(address, as_shown(shown) | {"longitude": "3.35"})
    assert list(errors_of(moved)) == ["longitude"]


def test_position_outside_china_is_not_questioned_where_another_mistake_is(client):
    page = client.post(COMMUNITY, place(client, longitude="2.35", latitude="148.85"))
    assert list(errors_of(page)) == ["latitude"]
    assert BOX not in page.content.decode()


# Stations


def test_station_with_hours_and_amenities(client, street, kind):
    water, post = (Amenity.objects.create(name=n, slug=n) for n in ("water", "post"))
    sent = station(client, street, kind, amenities=[water.pk, post.pk], opened_on="2026-03-01")
    for opens, closes in (("08:30", "12:00"), ("14:00", "17:30")):
        sent = with_row(sent, "hours", weekday=0, opens_at=opens, closes_at=closes)
    response = client.post(STATION, sent)
    assert response.status_code == 302, errors_of(response)
    made = ServiceStation.objects.get()
    assert (made.slug, made.opened_on) == ("du-kou-yi-zhan", datetime.date(2026, 3, 1))
    assert [row.span for row in made.hours.all()] == ["8:30–12:00", "14:00–17:30"]
    assert set(made.amenities.all()) == {water, post}


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        ("14:00", "08:00", "closes_at"),
        ("08:00", "08:00", "closes_at"),
        ("25:00", "08:00", "opens_at"),
    ],
)
def test_hours_the_wrong_way_round_are_refused_at_the_field(
    opens, closes, field, client, street, kind
):
    sent = with_row(
        station(client, street, kind), "hours", weekday=0, opens_at=opens, closes_at=closes
    )
    page = client.post(STATION, sent)
    assert list(errors_of(page)) == [f"hours-0-{field}"]
    assert not ServiceStation.objects.exists()


def test_same_hours_twice_are_refused_at_the_second(client, street, kind):
    sent = station(client, street, kind)
    for closes in ("12:00", "11:00"):
        sent = with_row(sent, "hours", weekday=0, opens_at="08:00", closes_at=closes)
    page = client.post(STATION, sent)
    assert errors_of(page) == {"hours-1-opens_at": [_("These hours are already there.")]}


def test_two_days_exchange_their_hours(client, street, kind):
    sent = station(client, street, kind)
    for day in (0, 1):
        sent = with_row(sent, "hours", weekday=day, opens_at="08:00", closes_at=f"1{day}:00")
    client.post(STATION, sent)
    made = ServiceStation.objects.get()
    address = reverse("admin:communities_servicestation_change", args=[made.pk])
    sent = as_shown(client.get(address)) | {"hours-0-weekday": 1, "hours-1-weekday": 0}
    response = client.post(address, sent)
    assert response.status_code == 302, errors_of(response)
    assert [(row.weekday, row.closes_at.hour) for row in made.hours.all()] == [(0, 11), (1, 10)]


def test_station_of_a_name_that_is_there_is_refused_at_the_name(client, street, kind):
    sent = station(client, street, kind)
    client.post(STATION, sent)
    page = client.post(STATION, sent)
    assert errors_of(page) == {"name": [_("There is already a station of this name there.")]}


def test_community_manager_keeps_stations_and_communities():
    keeper = make_login("community_manager")
    client = client_of(keeper)
    district = Community.objects.create(name="甲区", slug="jia", level="district")
    district.managers.add(keeper)
    kind = StationKind.objects.create(name="驿站", slug="yizhan")
    made = client.post(STATION, station(client, district, kind))
    assert made.status_code == 302
    address = reverse("admin:communities_community_change", args=[district.pk])
    sent = as_shown(client.get(address)) | {"phone": "0000-5550100"}
    assert client.post(address, sent).status_code == 302
    district.refresh_from_db()
    assert district.phone == "0000-5550100"
