"""Pictures over the whole screen: opened by a tap, turned by keys, buttons and the finger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from communities.rendering import work_off
from tests.factories import make_article, make_photo

from .devices import PHONE, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story():
    story = make_article("巷口添灯", body="灯亮了。\n\n" * 12 + "[图2]\n\n[图3]")
    make_photo(story, 390, 260, caption="灯下", credit="林小舟 摄")
    make_photo(story, 200, 400, alt="一杆新灯", caption="这一杆立在巷口。" * 30)
    make_photo(story, alt="", caption="路口")
    # Two are there in several files already, one is not yet.
    for work, _number in zip(work_off(), range(2), strict=False):
        assert work.problem == ""
    return story


def shown(page: Page) -> str:
    """Return the caption of the picture that fills the screen."""
    return page.evaluate(
        """() => {
        const strip = document.querySelector(".viewer-strip").getBoundingClientRect();
        const seen = [...document.querySelectorAll(".viewer figure")].filter((one) =>
            Math.abs(one.getBoundingClientRect().left - strip.left) < 2);
        return seen.map((one) => one.querySelector(".caption").textContent).join("|");
    }"""
    )


def lies_still(page: Page, number: int) -> None:
    """Wait until a picture (counted from 1) fills the screen and the strip has come to rest."""
    page.wait_for_function(
        """(number) => {
        const { scrollLeft, clientWidth } = document.querySelector(".viewer-strip");
        return scrollLeft === (number - 1) * clientWidth;
    }""",
        arg=number,
    )


def swipe(page: Page, by: int) -> None:
    """Draw a finger across the picture, by so many pixels to the left."""
    session = page.context.new_cdp_session(page)
    start = 195 + by // 2
    points = [start - by * step // 10 for step in range(11)]
    for number, x in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 300}]}
        )
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_pictures_open_and_turn_under_keys_and_finger(story, device):
    page = device(width=PHONE)
    page.goto(story.get_absolute_url())
    first = page.locator("a.full").first
    first.click()
    viewer = page.get_by_role("dialog", name="看大图")
    count = viewer.get_by_role("status")
    expect(count).to_have_text("1/3")
    expect(viewer.get_by_role("button", name="关闭")).to_be_focused()
    lies_still(page, 1)
    assert shown(page) == "灯下"
    assert found_by_axe(page, ".viewer") == []
    page.keyboard.press("ArrowRight")
    expect(count).to_have_text("2/3")
    lies_still(page, 2)
    assert shown(page).startswith("这一杆")
    assert found_by_axe(page, ".viewer") == []
    swipe(page, 250)
    expect(count).to_have_text("3/3")
    lies_still(page, 3)
    assert shown(page) == "路口"
    expect(viewer.get_by_role("button", name="下一张")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowRight")
    expect(count).to_have_text("3/3")
    swipe(page, -250)
    expect(count).to_have_text("2/3")
    lies_still(page, 2)
    viewer.get_by_role("button", name="上一张").click()
    expect(count).to_have_text("1/3")
    assert without_sideways_scroll(page)
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(first).to_be_focused()


def test_viewer_serves_old_eyes_and_a_page_without_script(story, device):
    page = device(width=PHONE)
    page.add_init_script(
        """localStorage.setItem("bulletin.care", '{"on":true,"size":4,"colours":"night"}')"""
    )
    page.goto(story.get_absolute_url())
    page.locator("a.full").nth(1).focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="看大图")
    expect(viewer.get_by_role("status")).to_have_text("2/3")
    expect(viewer).to_have_css("background-color", "rgb(0, 0, 0)")
    for button in viewer.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 48
    # Words that do not fit under the picture are reached by keys, and scroll.
    words = viewer.locator("figure").nth(1).locator("figcaption")
    expect(words).to_have_attribute("tabindex", "0")
    assert found_by_axe(page, ".viewer") == []
    viewer.get_by_role("button", name="关闭").click()
    expect(page.locator("a.full").nth(1)).to_be_focused()
    plain = device(width=PHONE, java_script_enabled=False, refusals=True)
    plain.goto(story.get_absolute_url())
    plain.locator("a.full").nth(2).click()
    expect(plain).to_have_url(re.compile(re.escape(story.photos.all()[2].image.url) + "$"))
