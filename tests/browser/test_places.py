"""Places in a browser: one's own community, a station's poster."""

import datetime

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from communities import merging
from communities.models import Amenity, Icon, Service, StationService
from tests.factories import make_article, make_community, make_district, make_kind, make_station

from .devices import DESKTOP, PHONE, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Points: 210 by 297 millimetres.
A4 = (595, 842)


@pytest.fixture
def street():
    return make_community("桥头街道", within=make_district(), level="subdistrict", phone="0000-1")


@pytest.fixture
def station(street):
    station = make_station(
        "桥头街道“歇歇脚”新就业群体暖心驿站（老粮站东侧）",
        slug="xiejiao",
        community=street,
        kind=make_kind(),
        address="桂花路3号（老粮站东侧，公交桥头站下车）",
        phone="0000-5550101",
        closed_from=datetime.date(2026, 3, 1),
        closure_notice="换地板。这些天请去对面的驿站。",
    )
    for number, icon in enumerate(Icon.values[:18]):
        amenity = Amenity.objects.create(name=f"设施{number}", slug=f"a{number}", icon=icon)
        station.amenities.add(amenity)
    for number in range(8):
        service = Service.objects.create(
            name=f"第{number}种证件的申领", slug=f"s{number}", bring="身份证、户口簿、照片"
        )
        StationService.objects.create(station=station, service=service, note="周三上午")
    for weekday in range(5):
        for opens, closes in ((8, 12), (14, 17), (19, 21)):
            station.hours.create(
                weekday=weekday, opens_at=datetime.time(opens), closes_at=datetime.time(closes)
            )
    station.special_days.create(
        first_on=datetime.date(2999, 1, 1), last_on=datetime.date(2999, 1, 3), note="盘点"
    )
    return station


def test_own_community_is_remembered_by_the_browser_alone(device, street, live_server):
    make_article("桥头的灯亮了").communities.add(street)
    page = device()
    page.goto(live_server.url)
    news = page.locator("[data-my-news]")
    expect(news).to_be_hidden()
    page.goto(live_server.url + street.get_absolute_url())
    page.get_by_role("button", name="设为我的社区").click()
    expect(page.get_by_role("button", name="我的社区", pressed=True)).to_be_visible()
    assert found_by_axe(page) == []
    page.goto(live_server.url)
    news = page.locator("[data-my-news]")
    expect(news.get_by_role("link", name="桥头的灯亮了")).to_be_visible()
    assert found_by_axe(page) == []
    assert without_sideways_scroll(page)
    assert page.context.cookies() == []

    # The place gets another address; the browser still finds it.
    old, street.slug = street.slug, "new-address"
    street.save()
    merging.lead_on(street, old_slug=old)
    page.reload()
    expect(news.get_by_role("link", name="桥头的灯亮了")).to_be_visible()

    page.goto(f"{live_server.url}/communities/new-address/")
    page.get_by_role("button", name="设为我的社区").click()
    page.get_by_role("button", name="我的社区", pressed=True).click()
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(news).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_station_with_everything_is_accessible(width, device, station, live_server):
    page = device(width=width)
    for address in (station.get_absolute_url(), reverse("communities:poster", args=["xiejiao"])):
        page.goto(live_server.url + address)
        assert found_by_axe(page) == []
        assert without_sideways_scroll(page)


def test_poster_prints_on_one_sheet(device, station, live_server):
    page = device(width=DESKTOP)
    page.goto(live_server.url + reverse("communities:poster", args=[station.slug]))
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(sheet) == 1
    assert tuple(round(length) for length in sheet[0].get_size()) == A4
    text = sheet[0].get_textpage().get_text_bounded()
    sheet.close()
    assert "0000-5550101" in text
    assert "回到站点页" not in text
