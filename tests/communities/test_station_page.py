"""What a station offers: signs, services, pictures, its poster."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from communities.models import Amenity, Icon, Service, ServiceStation, StationPhoto, StationService
from communities.qr import qr_code
from tests.factories import make_community, make_district, make_kind, make_station
from tests.newsroom import as_shown, client_of, errors_of, make_login, picture, with_row
from tests.reading import links, words

pytestmark = pytest.mark.django_db

ADD = reverse("admin:communities_servicestation_add")


@pytest.fixture
def station():
    street = make_community("桥头街道", within=make_district(), level="subdistrict")
    return make_station(
        community=street, kind=make_kind(), address="桂花路3号", phone="0000-5550123"
    )


def offer(station, name="居住证申领", bring="身份证", **fields):
    service = Service.objects.create(name=name, slug=f"s{Service.objects.count()}", bring=bring)
    return StationService.objects.create(station=station, service=service, **fields)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_amenity_has_its_sign_beside_its_name(client, station):
    station.amenities.add(
        Amenity.objects.create(name="微波炉", slug="a", icon=Icon.MICROWAVE),
        Amenity.objects.create(name="补衣服", slug="b"),
    )
    html = read(client, station.get_absolute_url())
    assert html.count("#microwave") == 1
    assert html.count('class="sign"') == html.count('aria-hidden="true" focusable="false"') == 1
    assert "微波炉 补衣服" in words(html)


def test_every_sign_is_drawn(settings):
    drawn = (settings.BASE_DIR / "static/img/amenities.svg").read_text()
    assert [sign for sign in Icon.values if sign and f'<symbol id="{sign}"' not in drawn] == []


def test_services_say_what_to_bring(client, station):
    offer(station, "居住证申领", "身份证")
    second = offer(station, "医保参保", "身份证")
    StationService.objects.filter(pk=second.pk).update(bring="身份证、户口簿", note="周三上午")
    offer(station, "量血压", "")
    shown = words(read(client, station.get_absolute_url()))
    assert (
        "居住证申领 请带： 身份证 医保参保 请带： 身份证、户口簿 周三上午 量血压 站点新闻" in shown
    )


def test_stations_offering_a_service(station):
    offered = offer(station).service
    other = make_station("河西驿站", community=station.community, kind=station.kind)
    offer(other, "别的服务")
    assert list(ServiceStation.objects.offering(offered)) == [station]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_queries_of_a_page_do_not_grow_with_what_is_offered(count, client, station):
    for number in range(count):
        offer(station, f"第{number}项")
        station.amenities.add(Amenity.objects.create(name=f"第{number}件", slug=f"a{number}"))
        StationPhoto.objects.create(station=station, image="a.jpg", width=3, height=2, alt="门")
    with CaptureQueriesContext(connection) as queries:
        read(client, station.get_absolute_url())
    assert len(queries) == 5


def test_picture_is_cleaned_and_shown(client, station):
    address = reverse("admin:communities_servicestation_change", args=[station.pk])
    newsroom = client_of(make_login("administrator"))
    sent = with_row(as_shown(newsroom.get(address)), "photos", alt="站点的门", image=picture())
    response = newsroom.post(address, sent)
    assert response.status_code == 302, errors_of(response)
    photo = StationPhoto.objects.get()
    with Image.open(photo.image.path) as kept:
        assert not kept.getexif()
    html = read(client, station.get_absolute_url())
    assert f'src="{photo.image.url}" width="60" height="40" alt="站点的门"' in html


def test_what_is_no_picture_is_refused_at_its_field(station):
    newsroom = client_of(make_login("administrator"))
    file = picture()
    file.file.seek(0)
    file.file.truncate(0)
    file.file.write("不是图片".encode())
    file.file.seek(0)
    file.size = 12
    sent = as_shown(newsroom.get(ADD)) | {"name": "新站", "kind": station.kind.pk}
    sent |= {"community": station.community.pk}
    page = newsroom.post(ADD, with_row(sent, "photos", alt="门", image=file))
    assert list(errors_of(page)) == ["photos-0-image"]


def test_service_twice_is_refused_at_the_second(station):
    newsroom = client_of(make_login("administrator"))
    service = offer(station).service
    sent = as_shown(newsroom.get(ADD)) | {"name": "新站", "kind": station.kind.pk}
    sent |= {"community": station.community.pk}
    for _number in range(2):
        sent = with_row(sent, "offers", service=service.pk)
    page = newsroom.post(ADD, sent)
    assert errors_of(page) == {"offers-1-service": ["这项服务已经有了。"]}


def test_poster_says_all_on_one_sheet_and_leads_back(client, station):
    offer(station)
    station.amenities.add(Amenity.objects.create(name="微波炉", slug="a", icon=Icon.MICROWAVE))
    station.hours.create(weekday=0, opens_at=datetime.time(8), closes_at=datetime.time(12))
    html = read(client, reverse("communities:poster", args=[station.slug]))
    address = f"http://testserver{station.get_absolute_url()}"
    for said in (
        "桂花驿站",
        "桂花路3号",
        "周一 8:00–12:00",
        "微波炉",
        "居住证申领",
        "0000-5550123",
        address,
    ):
        assert said in words(html), said
    assert qr_code(address) in html
    assert station.get_absolute_url() in links(html)
    assert "<style" not in html
    assert " style=" not in html


def test_poster_of_no_station_is_not_found(client):
    assert client.get("/stations/none/poster/").status_code == 404
