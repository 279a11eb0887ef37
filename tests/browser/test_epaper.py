"""The e-paper in a browser: read with keys alone; its areas drawn with a pointer and with keys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, Route, expect

from issues.models import PageArea, Role
from tests.factories import make_article, make_issue, make_page, make_press, outline, place
from tests.newsroom import make_login
from tests.pdf_files import front, pdf

from .devices import (
    DESKTOP,
    PHONE,
    Desk,
    admin,
    found_by_axe,
    resize,
    without_sideways_scroll,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Page]


@pytest.fixture
def printed():
    """A page with a picture and three stories: a rectangle, an outline, and one without an area."""
    page = make_page(make_issue(number=128), editor="顾一帆")
    make_press(page, pdf=pdf(front("巷口装上三盏灯", "桥头")), width=800, height=1130)
    outline(place(make_article("巷口装上三盏灯"), page, Role.LEAD))
    outline(place(make_article("渡口"), page), (100, 500), (500, 500), (500, 900), (100, 700))
    place(make_article("桥头"), page)
    make_page(page.issue, "A02", "社区")
    return page


@pytest.fixture
def visit(device: Desk) -> Opener:
    """Open an address, as somebody if a login is given."""

    def give_picture(route: Route) -> None:
        size = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1130"></svg>'
        route.fulfill(body=size, content_type="image/svg+xml")

    def visit(
        address: str, width: int = DESKTOP, login: User | None = None, **options: object
    ) -> Page:
        window = device(login, width, **options)
        # What tests upload lies in a folder of its own, which the server does not serve.
        window.context.route("**/media/**", give_picture)
        window.goto(address)
        return window

    return visit


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_page_of_the_epaper_is_for_everyone(width, printed, visit):
    address = printed.get_absolute_url()
    for one in ("/issues/", printed.issue.get_absolute_url(), address, f"{address}large/"):
        window = visit(one, width)
        assert found_by_axe(window) == [], one
        assert without_sideways_scroll(window), one


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_page_is_read_with_keys_alone(width, printed, visit):
    window = visit(printed.get_absolute_url(), width, java_script_enabled=False)
    areas = window.get_by_role("group").get_by_role("link")
    expect(areas).to_have_count(2)
    area = window.get_by_role("group").get_by_role("link", name="渡口")
    for _press in range(60):
        window.keyboard.press("Tab")
        if area.evaluate("(link) => link === document.activeElement"):
            break
    expect(area).to_be_focused()
    shape = area.locator("polygon")
    expect(shape).to_have_css("stroke-width", "5px")
    expect(shape).to_have_css("stroke", "rgb(181, 18, 27)")
    window.keyboard.press("Enter")
    expect(window.locator("h1")).to_have_text("渡口")
    window.get_by_role("link", name="A01").click()
    expect(window.locator("h1")).to_contain_text("A01")


def test_an_area_is_clicked_where_it_is_drawn(printed, visit):
    window = visit(printed.get_absolute_url())
    resize(window, DESKTOP, 1800)
    box = window.locator(".press-sheet").bounding_box()
    left = box["x"] + box["width"] * 0.12
    # Inside the slanted outline; a little lower there is only the box around it.
    window.mouse.click(left, box["y"] + box["height"] * 0.69)
    expect(window.locator("h1")).to_have_text("渡口")
    window.go_back()
    window.mouse.click(left, box["y"] + box["height"] * 0.85)
    expect(window.locator("h1")).to_contain_text("A01")


def test_on_a_phone_the_headlines_stand_below_and_the_picture_enlarges(printed, visit):
    window = visit(printed.get_absolute_url(), PHONE)
    picture = window.locator(".press").bounding_box()
    assert window.locator(".on-this-page").bounding_box()["y"] >= picture["y"] + picture["height"]
    assert "maximum-scale" not in window.locator("meta[name=viewport]").get_attribute("content")
    with window.expect_navigation():
        window.locator(".press figcaption a").first.click()
    frame = window.get_by_role("region")
    assert frame.evaluate("(one) => one.scrollWidth") >= 1600
    frame.focus()
    window.keyboard.press("ArrowRight")
    frame.evaluate(
        """(one) => new Promise((done) => {
            one.addEventListener("scroll", done, { once: true });
            if (one.scrollLeft) done();
        })"""
    )


def test_on_a_desk_the_headlines_stand_beside(printed, visit):
    window = visit(printed.get_absolute_url())
    picture = window.locator(".press").bounding_box()
    beside = window.locator(".on-this-page").bounding_box()
    assert beside["x"] >= picture["x"] + picture["width"]
    assert beside["y"] < picture["y"] + picture["height"]


def test_months_are_leafed_through_without_a_script(printed, visit):
    make_issue(printed.issue.date.replace(month=1), number=100)
    window = visit("/issues/", java_script_enabled=False)
    window.locator(".calendar .pager a").click()
    expect(window.get_by_role("heading", name="2024年1月")).to_be_visible()
    window.get_by_role("link", name=re.compile("2024年1月4日")).first.click()
    expect(window.locator("h1")).to_contain_text("2024年1月4日")


# The newsroom


@pytest.fixture
def desk(visit, printed) -> Callable[..., Page]:
    """Open the page's areas, once what draws them has begun."""
    editor = make_login("issue_editor")

    def open_areas(width: int = DESKTOP, **options: object) -> Page:
        address = admin("issues_page_areas", printed.pk)
        window = visit(address, width, editor, **options)
        if options.get("java_script_enabled", True):
            expect(window.locator("[data-draw]").first).to_be_visible()
        return window

    return open_areas


def story(window: Page, headline: str) -> Locator:
    return window.locator(f'.area-story[data-headline="{headline}"]')


def drawn(window: Page, headline: str) -> Locator:
    return window.locator(f'.press-stage .area[aria-label*="{headline}"]')


def save(window: Page) -> None:
    window.locator(".submit-row button").click()
    expect(window.locator(".messagelist .success")).to_be_visible()


def corners(headline: str) -> list[list[tuple[int, int]]]:
    areas = PageArea.objects.filter(placement__article__headline=headline)
    return [area.corners for area in areas]


def at(window: Page, x: float, y: float) -> tuple[float, float]:
    """Return where a place of the picture (in hundredths) is on the screen."""
    box = window.locator(".press-stage svg").bounding_box()
    return box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100


def drag(window: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    window.mouse.move(*at(window, *start))
    window.mouse.down()
    window.mouse.move(*at(window, *end), steps=4)
    window.mouse.up()


def near(points, *wanted) -> bool:
    return len(points) == len(wanted) and all(
        abs(a - b) <= 6
        for point, want in zip(points, wanted, strict=True)
        for a, b in zip(point, want, strict=True)
    )


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_desk_is_for_everyone(width, desk):
    window = desk(width)
    assert found_by_axe(window) == []
    assert without_sideways_scroll(window)
    window.locator('[name="find"]').click()
    expect(window.locator(".area-row.proposed").first).to_be_visible()
    assert found_by_axe(window) == []
    assert without_sideways_scroll(window)


def test_a_rectangle_is_drawn_moved_and_sized_with_the_pointer(desk):
    window = desk()
    story(window, "桥头").locator('[data-draw="rectangle"]').click()
    drag(window, (60, 10), (80, 30))
    area = drawn(window, "桥头")
    expect(area).to_be_focused()
    left = story(window, "桥头").locator('[name$="-left"]:visible')
    expect(left).to_have_value(re.compile("^(59|60)"))
    drag(window, (70, 20), (75, 25))
    drag(window, (85, 35), (90, 45))
    save(window)
    (points,) = corners("桥头")
    assert near(points, (650, 150), (900, 150), (900, 450), (650, 450)), points


def test_an_outline_is_drawn_corner_by_corner_and_one_is_pulled(desk):
    window = desk()
    story(window, "桥头").locator('[data-draw="polygon"]').click()
    for place_of in ((60, 10), (90, 10), (90, 30), (60, 40)):
        window.mouse.click(*at(window, *place_of))
    window.keyboard.press("Enter")
    expect(drawn(window, "桥头")).to_be_focused()
    drag(window, (90, 10), (95, 5))
    save(window)
    (points,) = corners("桥头")
    assert near(points, (600, 100), (950, 50), (900, 300), (600, 400)), points


def test_a_rectangle_is_drawn_moved_and_sized_with_keys(desk):
    window = desk()
    button = story(window, "桥头").locator('[data-draw="rectangle"]')
    button.focus()
    window.keyboard.press("Enter")
    expect(window.locator(".press-stage svg")).to_be_focused()
    window.keyboard.press("Enter")
    expect(drawn(window, "桥头")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"):
        window.keyboard.press(key)
    window.keyboard.press("Alt+ArrowUp")
    save(window)
    assert corners("桥头") == [[(360, 404), (665, 404), (665, 599), (360, 599)]]


def test_an_area_stays_on_the_page_however_long_a_key_is_held(desk):
    window = desk()
    drawn(window, "巷口装上三盏灯").focus()
    for _press in range(30):
        window.keyboard.press("ArrowLeft")
    save(window)
    assert corners("巷口装上三盏灯") == [[(0, 100), (400, 100), (400, 400), (0, 400)]]


def test_an_area_is_removed_with_a_key_and_can_be_kept_after_all(desk):
    window = desk()
    drawn(window, "渡口").focus()
    window.keyboard.press("Delete")
    expect(drawn(window, "渡口")).to_have_count(0)
    window.keyboard.press("Space")
    expect(drawn(window, "渡口")).to_have_count(1)
    drawn(window, "渡口").focus()
    window.keyboard.press("Delete")
    save(window)
    assert corners("渡口") == []


def test_what_is_typed_is_drawn(desk):
    window = desk()
    row = story(window, "巷口装上三盏灯").locator(".area-row").first
    row.locator('[name$="-left"]').fill("20")
    shape = drawn(window, "巷口装上三盏灯").locator("polygon")
    expect(shape).to_have_attribute("points", re.compile("^200,"))


def test_escape_gives_up_and_nothing_is_drawn(desk):
    window = desk()
    story(window, "桥头").locator('[data-draw="polygon"]').click()
    window.mouse.click(*at(window, 60, 10))
    window.keyboard.press("Escape")
    window.mouse.click(*at(window, 80, 20))
    expect(drawn(window, "桥头")).to_have_count(0)
    expect(window.locator(".press-stage polyline")).to_have_count(0)


def test_proposals_are_accepted_before_they_are_saved(desk):
    window = desk()
    window.locator('[name="find"]').click()
    expect(drawn(window, "桥头")).to_have_class(re.compile("proposed"))
    assert corners("桥头") == []
    window.locator('[data-do="accept"]').click()
    expect(drawn(window, "桥头")).not_to_have_class(re.compile("proposed"))
    save(window)
    assert len(corners("桥头")) == 1


def test_without_a_script_the_fields_do_it_all(desk):
    window = desk(java_script_enabled=False)
    row = story(window, "桥头").locator(".area-row")
    for name, value in (("left", "60"), ("top", "10"), ("width", "20"), ("height", "20")):
        row.locator(f'[name$="-{name}"]').fill(value)
    save(window)
    assert corners("桥头") == [[(600, 100), (800, 100), (800, 300), (600, 300)]]
    assert len(corners("渡口")) == 1
