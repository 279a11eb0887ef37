"""The finder in a browser: by position, by a name, by a point, by keys and without script."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from communities.models import Amenity, Level, OpeningHours
from tests.communities.positions import STEP, Town, X, Y
from tests.factories import make_community
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, admin, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATIONS = reverse("communities:stations")
# What a satellite receiver says in the middle of the town.
STANDING = {"longitude": 117.4446, "latitude": 30.8121}
HERE = {"geolocation": STANDING, "permissions": ["geolocation"]}


@pytest.fixture
def town() -> Town:
    """Four stations: the nearest is closed, the next has no microwave, the third is right."""
    town = Town()
    make_community("柳堤社区", within=town.street, longitude=X + STEP * 8, latitude=Y)
    microwave = Amenity.objects.create(name="微波炉", slug="weibolu")
    for name, steps, is_open, has in (
        ("近而关门", 1, False, True),
        ("近而没有", 2, True, False),
        ("正合适", 3, True, True),
        ("太远", 20, True, True),
    ):
        station = town.station(name, steps, address=f"桂花路{steps}号")
        if is_open:
            for weekday in range(8):
                OpeningHours.objects.create(
                    station=station,
                    weekday=weekday,
                    opens_at=datetime.time(0),
                    closes_at=datetime.time(0),
                )
        if has:
            station.amenities.add(microwave)
    return town


def want_a_microwave_now(page: Page) -> None:
    page.get_by_text("需要的设施").click()
    page.get_by_label("微波炉").check()
    page.get_by_label("现在开放").check()


def stations(page: Page):
    return page.locator("[data-part=answer] .station h3")


def test_nearest_open_station_with_a_microwave_by_where_one_stands(town, device):
    page = device(**HERE)
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.goto(STATIONS)
    # Nothing is asked of the device before somebody taps.
    expect(page.locator("[data-part=said]")).to_be_empty()
    want_a_microwave_now(page)
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-part=said]")).to_have_text("找到2个，最近的是正合适。")
    expect(stations(page)).to_have_text(["正合适", "太远"])
    expect(page.get_by_role("heading", name="步行十五分钟以内：1个")).to_be_visible()
    expect(page.locator(".map .pin.is-start > span")).to_be_visible()
    # The position stands in no address and went to nobody else, and no cookie with it.
    own = page.url.split("/stations/")[0]
    assert all(request.url.startswith((own, "data:", "blob:")) for request in asked)
    assert not any("117.4" in request.url or "30.8" in request.url for request in asked)
    sent = [request for request in asked if request.method == "POST"]
    assert [request.url for request in sent] == [f"{own}/stations/near.html"]
    assert "longitude=117.4446&latitude=30.8121" in sent[0].post_data or (
        "latitude=30.8121&longitude=117.4446" in sent[0].post_data
    )
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.url.endswith("/stations/")


def test_conditions_changed_afterwards_hold_for_the_same_position(town, device):
    page = device(width=DESKTOP, **HERE)
    page.goto(STATIONS)
    page.get_by_role("button", name="用我现在的位置").click()
    expect(stations(page)).to_have_text(["近而关门", "近而没有", "正合适", "太远"])
    page.get_by_label("现在开放").check()
    expect(stations(page)).to_have_text(["近而没有", "正合适", "太远"])
    page.get_by_label("从哪里出发").fill("桂花社区")
    page.get_by_role("button", name="查找站点").click()
    expect(page).to_have_url(re.compile(r"place="))
    expect(stations(page)).to_have_text(["近而没有", "正合适", "太远"])


def test_position_that_is_denied_is_told_with_the_other_ways(town, device):
    page = device(permissions=[])
    page.goto(STATIONS)
    page.get_by_role("button", name="用我现在的位置").click()
    said = page.locator("[data-part=said]")
    expect(said).to_contain_text("没有得到使用位置的许可")
    expect(said).to_contain_text("在地图上点选")
    # The list by name still stands.
    expect(stations(page)).to_have_count(4)
    assert found_by_axe(page) == []


def test_by_a_name_that_was_typed(town, device):
    page = device(width=DESKTOP)
    page.goto(STATIONS)
    want_a_microwave_now(page)
    page.get_by_label("从哪里出发").fill("桂花社区")
    page.keyboard.press("Enter")
    expect(stations(page)).to_have_text(["正合适", "太远"])
    expect(page.locator(".walk").first).to_contain_text("步行约7分钟")
    expect(page.locator(".map .pin:not(.is-start)")).to_have_count(2)


def test_without_script_the_form_and_the_list_do_it(town, device):
    page = device(java_script_enabled=False)
    page.goto(STATIONS)
    expect(page.get_by_role("button", name="用我现在的位置")).to_be_hidden()
    expect(page.locator(".map")).to_be_hidden()
    want_a_microwave_now(page)
    page.get_by_label("从哪里出发").fill("桂花路3号")
    page.get_by_role("button", name="查找站点").click()
    expect(stations(page)).to_have_text(["正合适", "太远"])
    expect(page.locator(".walk").first).to_contain_text("步行约1分钟")


def test_by_a_point_tapped_on_the_map(town, device):
    page = device(width=DESKTOP)
    page.goto(f"{STATIONS}?place=桂花社区")
    page.get_by_role("button", name="在地图上点选").click()
    expect(page.locator("[data-part=said]")).to_contain_text("在地图上点一下")
    page.locator(".map").click(position={"x": 120, "y": 300})
    expect(page.locator(".answer-from")).to_contain_text("从您给出的位置算起")
    expect(page.locator("[data-part=said]")).to_contain_text("找到4个")


def test_by_keys_alone(town, device):
    page = device(width=DESKTOP)
    page.goto(f"{STATIONS}?place=桂花社区")
    page.get_by_role("button", name="在地图上点选").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-map=finder]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-part=said]")).to_be_empty()
    page.get_by_role("button", name="在地图上点选").press("Enter")
    page.locator("[data-map=finder]").press("Enter")
    expect(page.locator("[data-part=said]")).to_contain_text("找到4个")


def test_pin_leads_to_its_station_in_the_list(town, device):
    page = device(width=DESKTOP)
    page.goto(f"{STATIONS}?place=桂花社区")
    page.locator(".map .pin > span", has_text=re.compile("^3$")).click()
    expect(page.locator(".found.is-meant h3")).to_have_text("正合适")
    expect(page.locator(".found.is-meant h3 a")).to_be_focused()


def test_names_on_the_map_are_not_written_over_one_another(town, device):
    """A subdistrict's office often stands in one of its communities: the large name is kept."""
    at = {"longitude": X + STEP * 8, "latitude": Y + STEP}
    make_community("柳堤街道", within=town.street.parent, level=Level.SUBDISTRICT, **at)
    page = device(width=DESKTOP)
    page.goto(STATIONS)
    name = page.locator(".map .place-name span")
    expect(name.filter(has_text="柳堤街道")).to_be_visible()
    expect(name.filter(has_text="柳堤社区")).to_be_hidden()
    for _ in range(4):
        page.get_by_title("放大").click()
    expect(name.filter(has_text="柳堤社区")).to_be_visible()


def test_failure_of_the_connection_is_told(town, device):
    page = device(refusals=True, **HERE)
    page.goto(STATIONS)
    page.route("**/near.html", lambda route: route.abort())
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("[data-part=said]")).to_contain_text("没有成功")
    expect(stations(page)).to_have_count(4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_maps_are_accessible_and_fit_the_screen(width, scheme, town, device):
    page = device(width=width, color_scheme=scheme)
    for address in (
        STATIONS,
        f"{STATIONS}?place=桂花社区&amenity=weibolu",
        "/stations/zheng-he-shi/",
    ):
        page.goto(address)
        expect(page.locator(".map .pin").first).to_be_attached()
        assert found_by_axe(page) == [], address
        assert without_sideways_scroll(page), address


class TestNewsroom:
    """The point picker and the fifteen-minute circle."""

    def test_position_is_chosen_by_a_click_and_the_numbers_say_it(self, town, device):
        page = device(make_login("administrator"), DESKTOP)
        page.goto(admin("communities_servicestation_add"))
        longitude, latitude = page.locator("#id_longitude"), page.locator("#id_latitude")
        page.locator(".map").click(position={"x": 300, "y": 200})
        expect(longitude).to_have_value(re.compile(r"^117\.4\d{5}$"))
        expect(latitude).to_have_value(re.compile(r"^30\.8\d{5}$"))
        expect(page.locator(".map .pin")).to_have_count(1)
        longitude.fill("30.81,117.45")
        longitude.blur()
        expect(longitude).to_have_value("117.45")
        expect(latitude).to_have_value("30.81")
        expect(page.locator("[data-part=picked]")).to_have_text("位置：117.45，30.81")
        assert found_by_axe(page) == []

    def test_numbers_typed_move_the_pin_and_are_saved(self, town, device):
        page = device(make_login("administrator"), DESKTOP)
        page.goto(admin("communities_community_change", town.community.pk))
        expect(page.locator(".map .pin")).to_have_count(1)
        page.locator("#id_latitude").fill("")
        page.locator("#id_longitude").fill("")
        page.locator("#id_longitude").blur()
        expect(page.locator(".map .pin")).to_have_count(0)

    @pytest.mark.parametrize("width", [PHONE, DESKTOP])
    def test_circle_is_drawn_and_accessible(self, width, town, device):
        page = device(make_login("issue_editor"), width)
        page.goto(admin("communities_servicestation_coverage"))
        expect(page.locator(".map .pin.is-near")).to_have_count(1)
        expect(page.locator(".map .pin.is-far")).to_have_count(1)
        assert found_by_axe(page) == []
        assert without_sideways_scroll(page)


@pytest.mark.parametrize(
    ("system", "tile"),
    [
        # The tile at zoom 15 over 117.45, 30.81 by the slippy map's formula.
        ("gcj02", r"/15/27074/13\d{3}\.png$"),
        # Moved by some 500 metres, half a tile, at most.
        ("wgs84", r"/15/2707[34]/13\d{3}\.png$"),
        # Baidu counts from the equator upwards; at zoom 15 a pixel is eight metres.
        ("bd09", r"/15/63\d\d/17\d\d\.png$"),
    ],
)
def test_tiles_of_each_system_are_asked_for_where_they_lie(system, tile, town, device, settings):
    settings.MAP_TILES_URL = "/tiles/{z}/{x}/{y}.png"
    settings.MAP_TILES_SYSTEM = system
    settings.MAP_TILES_ATTRIBUTION = "© 某图"
    page = device(width=DESKTOP, refusals=True)
    with page.expect_request(re.compile(tile)):
        page.goto("/stations/zheng-he-shi/")
    expect(page.locator(".leaflet-control-attribution")).to_have_text("© 某图")
    expect(page.locator(".map .place-name")).to_have_count(0)
