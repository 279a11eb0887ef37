"""What stands between a reader on a slow line and the first line of a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Functions, because a page's policy forbids to run words.
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
SHIFT = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
SERIF = "() => getComputedStyle(document.querySelector('.paper-name')).fontFamily.includes('Song')"
KEEP_CARE = "localStorage.setItem('bulletin.care', '{\"on\": true, \"size\": 2}')"


class Line:
    """A line on which nothing but the page itself gets through until it is opened."""

    def __init__(self, page: Page) -> None:
        """Hold what the page asks for."""
        self.held: list[Route] = []
        self.is_open = False
        self.page = page
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        """Let a request through, or hold it."""
        if self.is_open or route.request.resource_type == "document":
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        """Let everything through."""
        self.is_open = True
        for route in self.held:
            route.continue_()
        self.page.wait_for_load_state("load")


@pytest.mark.parametrize("kind", ["home", "story", "not found"])
def test_page_is_drawn_whole_before_anything_else_has_come(device, kind):
    story = make_article(headline="灯亮了")
    address = {"home": "/", "story": story.get_absolute_url(), "not found": "/articles/0/"}[kind]
    page = device(refusals=True)
    line = Line(page)
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    assert page.evaluate(SERIF)
    line.open()
    held = [route.request for route in line.held]
    # Something was held: the test would notice a style sheet that is fetched.
    assert any(request.url.endswith("care.js") for request in held)
    assert not any(request.resource_type == "stylesheet" for request in held)


def test_care_edition_waits_for_its_own_style_sheet_alone(device):
    page = device(refusals=True)
    page.goto("/")
    page.evaluate(KEEP_CARE)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/", wait_until="commit")
    page.wait_for_function(PAINTED)
    assert (
        page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)") > 16
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_scripts_have_come(device, width):
    make_article(headline="灯亮了")
    page = device(width=width)
    page.add_init_script(SHIFT)
    line = Line(page)
    page.goto("/", wait_until="commit")
    page.wait_for_function(PAINTED)
    line.open()
    page.locator("[data-care-switch]").wait_for(state="visible")
    # Two frames later whatever moved has been told.
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert page.evaluate("() => window.shift") == 0
