"""What a phone has kept, read without a line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles import publishing
from tests.factories import make_article
from tests.newsroom import make_login

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(device):
    """A phone on which the worker has taken over."""
    page = device(service_workers="allow", refusals=True)
    page.goto("/stations/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.reload()
    expect(page.locator("h1")).to_have_text("服务站点")
    return page


KEPT = """async (wanted) => {
  const cache = await caches.open("bulletin-pages-1");
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  return kept.sort().join() === wanted.sort().join();
}"""


def has_kept(page: Page, *addresses: str) -> None:
    """Wait until the worker has kept these pages alone; it keeps a page after it has shown it."""
    page.wait_for_function(KEPT, arg=["/", "/offline/", "/stations/", *addresses])


def test_what_was_read_is_read_again_without_a_line(phone, request):
    door = request.getfixturevalue("_door")
    read, unread = make_article("巷口添灯"), make_article("桥头义诊")
    phone.goto(read.get_absolute_url())
    has_kept(phone, read.get_absolute_url())
    door.shut()
    phone.goto("/")
    expect(phone.locator(".paper-name").first).to_be_visible()
    phone.goto(read.get_absolute_url())
    expect(phone.locator("h1")).to_have_text("巷口添灯")
    phone.goto("/stations/")
    expect(phone.locator("h1")).to_have_text("服务站点")
    phone.goto(unread.get_absolute_url())
    expect(phone.locator("h1")).to_have_text("没有网络")
    phone.get_by_role("link", name="巷口添灯").click()
    expect(phone.locator("h1")).to_have_text("巷口添灯")
    assert phone.evaluate("fetch('/admin/').then((answer) => answer.status)") == 503


def test_what_was_kept_is_never_shown_where_the_server_answers(phone):
    story = make_article("巷口添灯")
    phone.goto(story.get_absolute_url())
    has_kept(phone, story.get_absolute_url())
    publishing.withdraw(story, by=make_login("final_reviewer"), reason="核实有误")
    phone.goto(story.get_absolute_url())
    expect(phone.locator("main")).to_contain_text("撤")
    has_kept(phone)
    phone.goto("/admin/login/")
    phone.goto("/nowhere/")
    has_kept(phone)
