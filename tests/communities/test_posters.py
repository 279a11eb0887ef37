"""A station's poster as a PDF."""

import threading

import pypdfium2
import pytest
from django.urls import reverse

from communities import posters
from communities.models import Amenity, Service, ServiceStation, StationService
from tests.factories import make_community, make_district, make_kind, make_station

pytestmark = pytest.mark.django_db
# Points: 210 by 297 millimetres.
A4 = (595, 842)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def station():
    station = make_station(
        "桥头街道“歇歇脚”新就业群体暖心驿站（老粮站东侧）#strike[*]",
        slug="qiao-tou",
        community=make_community(within=make_district()),
        kind=make_kind(),
        address="桂花路3号（老粮站东侧，公交桥头站下车）",
        phone="0000-5550101",
    )
    for number in range(20):
        amenity = Amenity.objects.create(name=f"设施{number}", slug=f"a{number}", icon="water")
        station.amenities.add(amenity)
        service = Service.objects.create(name=f"第{number}种证件", slug=f"s{number}")
        StationService.objects.create(station=station, service=service)
    for weekday in range(8):
        for opens in range(8, 12 + weekday % 2):
            station.hours.create(
                weekday=weekday, opens_at=f"{opens:02d}:00", closes_at=f"{opens:02d}:30"
            )
    return station


def address(slug="qiao-tou"):
    return reverse("communities:poster_pdf", args=[slug])


def test_poster_says_all_on_one_sheet(client, station):
    answer = client.get(address())
    assert answer["Content-Type"] == "application/pdf"
    sheet = pypdfium2.PdfDocument(answer.content)
    assert len(sheet) == 1
    assert tuple(round(length) for length in sheet[0].get_size()) == A4
    text = "".join(sheet[0].get_textpage().get_text_bounded().split()).replace("\u200b", "")
    sheet.close()
    for said in (
        "（老粮站东侧）#strike[*]",
        "桂花路3号",
        "0000-5550101",
        "周日8:00–8:30、9:00–9:30",
        "设施19",
        "第19种证件",
        "http://testserver/stations/qiao-tou/",
    ):
        assert said in text, said


def test_poster_is_set_once_and_again_when_the_station_says_something_else(
    client, station, settings, monkeypatch
):
    first = client.get(address())
    folder = settings.VAR_DIR / "posters"
    [kept] = folder.iterdir()
    kept.write_bytes(b"kept")
    assert client.get(address()).content == b"kept"
    assert client.get(address(), headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(address(), headers={"if-none-match": '"x"'})["ETag"] != first["ETag"]
    ServiceStation.objects.update(phone="0000-7")
    assert client.get(address()).content[:5] == b"%PDF-"
    assert len([*folder.iterdir()]) == 2
    # Old ones make room.
    monkeypatch.setattr(posters, "MOST_KEPT", 1)
    ServiceStation.objects.update(phone="0000-8")
    client.get(address())
    assert len([*folder.iterdir()]) == 1


def test_where_no_poster_can_be_set_there_is_the_page_to_print(client, station, settings):
    assert client.get(address("none")).status_code == 404
    settings.TYPESETTING_FONTS = "/nowhere"
    answer = client.get(address())
    assert (answer.status_code, answer["Location"]) == (302, "/stations/qiao-tou/poster/")


def test_more_than_a_few_at_once_are_asked_to_come_again(client, station, monkeypatch):
    monkeypatch.setattr(posters, "_places", threading.BoundedSemaphore(1))
    with posters._places:
        answer = client.get(address())
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    # Its place is free again, also after a failure.
    monkeypatch.setattr(posters, "PATIENCE", 0.01)
    assert client.get(address()).status_code == 302
    monkeypatch.setattr(posters, "PATIENCE", 300)
    assert client.get(address()).status_code == 200
