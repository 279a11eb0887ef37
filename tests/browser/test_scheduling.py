"""An issue is planned, locked and scheduled in a browser, and appears by the clock alone."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Section
from issues.models import Issue, Placement, Stage, gate
from issues.models import Page as IssuePage
from tests.factories import make_article
from tests.newsroom import make_login

from .devices import admin
from .test_admin import choose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOMORROW = datetime.timedelta(days=1)
# Asks again and again, as impatient readers do.
UNTIL_THERE = """async (address) => {
  for (let times = 0; times < 300; times += 1) {
    if ((await fetch(address)).ok) return true;
    await new Promise((done) => setTimeout(done, 200));
  }
  return false;
}"""
NAMES = ("渡口添灯", "巷口议事", "桥头义诊", "河堤补道")


@pytest.fixture
def phone(device) -> Page:
    """The issue editor's phone."""
    return device(make_login("issue_editor"))


def deed(page: Page, name: str):
    return page.locator(f"section[aria-labelledby='deed-{name}']")


def label(page: Page, stage: Stage) -> None:
    expect(page.locator(".state .standing")).to_have_text(str(stage.label))


def test_issue_of_two_pages_is_locked_scheduled_and_appears_at_its_hour(phone, device):
    for name in NAMES:
        make_article(name, publish_at=None, section=Section.objects.first())
    today = timezone.localdate()

    phone.goto(admin("issues_issue_add"))
    phone.fill("[name=date]", (today + TOMORROW).isoformat())
    phone.fill("[name=number]", "12")
    for number, code in enumerate(("A01", "A02")):
        phone.locator("#pages-group .add-row a").click()
        phone.fill(f"[name=pages-{number}-code]", code)
        phone.fill(f"[name=pages-{number}-editor]", "顾行")
        phone.fill(f"[name=pages-{number}-proof]", "马文远")
    with phone.expect_navigation():
        phone.locator("button[name=_save]").click()
    issue = Issue.objects.get()

    sheets = IssuePage.objects.order_by("code")
    for sheet, names in zip(sheets, (NAMES[:2], NAMES[2:]), strict=True):
        phone.goto(admin("issues_page_change", sheet.pk))
        for number, name in enumerate(names):
            phone.locator("#placements-group .add-row a").click()
            choose(phone, f"placements-{number}-article", name)
            phone.select_option(f"[name=placements-{number}-role]", "feature" if number else "lead")
        with phone.expect_navigation():
            phone.locator("button[name=_save]").click()

    schedule = admin("issues_issue_schedule", issue.pk)
    phone.goto(admin("issues_issue_change", issue.pk))
    phone.locator(f".panel a[href='{schedule}']").click()
    label(phone, Stage.PLANNING)
    expect(phone.locator(".wrongs .warns")).to_have_count(2)  # neither page has a photo
    deed(phone, "lock").locator("button").click()
    label(phone, Stage.LOCKED)

    held = phone.get_by_role("link", name="河堤补道")
    held.click()
    deed(phone, "hold").locator("textarea").fill("先见报")
    deed(phone, "hold").locator("button").click()
    expect(phone.locator(".places .how")).to_have_count(1)

    hour = timezone.localtime() + TOMORROW
    deed(phone, "schedule").locator("input[type=date]").fill(f"{hour:%Y-%m-%d}")
    deed(phone, "schedule").locator("input[type=time]").fill(f"{hour:%H:%M}")
    deed(phone, "schedule").locator("button").click()
    label(phone, Stage.SCHEDULED)
    expect(phone.locator(".entries > li")).to_have_count(3)

    # It asks for a page that is not public yet.
    public = device(refusals=True)
    first = IssuePage.objects.get(code="A01")
    assert public.goto(first.get_absolute_url()).status == 404
    public.goto("/")
    expect(public.get_by_text("渡口添灯")).to_have_count(0)

    # Nobody waits for tomorrow: the hour of all that carries it is moved to just ahead of now.
    soon = timezone.now() + datetime.timedelta(seconds=2)
    with gate.opened():
        Issue.objects.update(publish_at=soon)
    Article.objects.filter(publish_at__isnull=False).move(publish_at=soon)
    written = Issue.objects.values().get()

    assert public.evaluate(UNTIL_THERE, first.get_absolute_url())
    public.goto(first.get_absolute_url())
    expect(public.locator("main")).to_contain_text("渡口添灯")
    expect(public.locator("main")).to_contain_text("巷口议事")
    public.goto(issue.get_absolute_url())
    expect(public.locator("main")).to_contain_text("桥头义诊")
    expect(public.locator("main")).not_to_contain_text("河堤补道")
    public.goto("/")
    expect(public.get_by_text("渡口添灯").first).to_be_visible()
    assert Issue.objects.values().get() == written

    phone.goto(schedule)
    label(phone, Stage.LIVE)
    phone.get_by_role("link", name="河堤补道").click()
    deed(phone, "release").locator("button").click()
    phone.locator(f"a[href='{issue.get_absolute_url()}']").click()
    expect(phone.locator("main")).to_contain_text("河堤补道")


def test_story_is_put_into_a_locked_issue_by_its_name_and_pulled_out_with_a_reason(phone):
    issue = Issue.objects.create(date=timezone.localdate() + TOMORROW, number=12)
    sheet = IssuePage.objects.create(issue=issue, code="A01")
    story = make_article("渡口添灯", publish_at=None)
    Placement.objects.create(page=sheet, article=story, role="lead")
    make_article("备用稿", publish_at=None)
    phone.goto(admin("issues_issue_schedule", issue.pk))
    deed(phone, "lock").locator("button").click()
    phone.locator(f"a[href='{admin('issues_issue_put_in', issue.pk)}']").click()
    choose(phone, "article", "备用稿")
    phone.locator("#content-main form button").click()
    phone.get_by_role("link", name="备用稿").click()
    deed(phone, "pull").locator("button").click()
    expect(phone.locator(".errorlist")).to_be_visible()
    deed(phone, "pull").locator("textarea").fill("核实中")
    deed(phone, "pull").locator("button").click()
    expect(phone.locator(".entries")).to_contain_text("核实中")
    expect(phone.locator(".places li")).to_have_count(1)
    expect(phone).to_have_url(re.compile(admin("issues_issue_schedule", issue.pk)))
