"""Phones and desks in people's hands, and what is looked for on their screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.newsroom import client_of

PHONE, DESKTOP = 390, 1280
# How long a page may take on a machine that has much else to do, in milliseconds. A test that
# passes waits for nothing; only one that fails takes so long.
PATIENCE = 60_000
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
    # axe would put the style sheets into the page once more, which the policy forbids.
    "preload": False,
}
Desk = Callable[..., Page]


def admin(name: str, *args: object) -> str:
    """Return an address of the admin."""
    return reverse(f"admin:{name}", args=args)


def resize(page: Page, width: int, height: int = 844) -> None:
    """Give a page another size, and wait until it has it."""
    page.set_viewport_size({"width": width, "height": height})
    is_so = "([width, height]) => innerWidth === width && innerHeight === height"
    page.wait_for_function(is_so, arg=[width, height])


def until(page: Page, is_so: Callable[[], object]) -> None:
    """Wait until something is so in the test's own process, where the page's requests arrive."""
    for _time in range(PATIENCE // 50):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come about")


def without_sideways_scroll(page: Page) -> bool:
    """Return whether a page is no wider than its screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def found_by_axe(page: Page, context: str | None = None) -> list[str]:
    """Return what axe finds on a page, or in a part of it (a CSS selector)."""
    violations = Axe().run(page, context=context, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in violations for node in one["nodes"]]


@pytest.fixture
def device(browser: Browser, live_server) -> Iterator[Desk]:
    """Hand somebody a device with an empty page; at the end nothing was said on its console.

    With `refusals` it may say that a request was refused, which the page itself has to tell.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def take(
        login: User | None = None, width: int = PHONE, *, refusals: bool = False, **options: object
    ) -> Page:
        def hear(message: ConsoleMessage) -> None:
            is_refusal = "Failed to load resource" in message.text
            # What was typed may reach the server once more after its form, when the story is saved
            # or closed already: that comes too late. Of a page that is gone by then the message
            # does not say what it had asked for.
            asked = message.location["url"]
            is_late = any(status in message.text for status in ("409", "403")) and (
                not asked or asked.endswith(("/drafts/keep/", "/recognise/"))
            )
            is_blocked = "Service Worker registration blocked" in message.text
            # axe speaks to every frame; what is shut into a sandbox hears nothing.
            is_axe = "'postMessage'" in message.text and "origin ('null')" in message.text
            if (
                message.type in ("error", "warning")
                and not is_blocked
                and not is_axe
                and not (is_refusal and (refusals or is_late))
            ):
                said.append(f"{message.page.url if message.page else ''}: {message.text}")

        screen = {"width": width, "height": 844 if width == PHONE else 900}
        place = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        # Nothing glides: a place that is measured is where it stays.
        still = {"reduced_motion": "reduce"}
        # Only tests about it have what the service worker keeps; others are to see the server.
        worker = {"service_workers": "block"}
        how = {"viewport": screen, "has_touch": width == PHONE, **place, **still, **worker}
        context = browser.new_context(base_url=live_server.url, **{**how, **options})
        contexts.append(context)
        if login is not None:
            session = client_of(login).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        # A breach of the Content-Security-Policy is an error on the console.
        context.on("console", hear)
        context.on("weberror", lambda error: said.append(str(error.error)))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield take
    for context in contexts:
        context.close()
    assert said == [], said
