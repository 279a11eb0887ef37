"""The calendar in a browser: dragged by mouse and finger, carried with keys, read on a phone."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from issues import scheduling
from issues.models import Issue, Pattern, PatternPage
from tests.factories import make_article
from tests.issues.planning import plan
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, Desk, admin, found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime.timedelta(days=1)
TARGET = re.compile(r"\btarget\b")
# So high that a whole month is seen: at its edges the page would move on under a card in hand.
HIGH = {"viewport": {"width": DESKTOP, "height": 1400}}


@pytest.fixture
def editor():
    return make_login("issue_editor")


@pytest.fixture
def monday():
    """A Monday that lies ahead, with its whole week in one month."""
    day = timezone.localdate() + 7 * DAY
    day += (7 - day.weekday()) * DAY
    while (day + 13 * DAY).month != day.month:
        day += 7 * DAY
    return day


def calendar(page: Page, day: datetime.date, kind: str = "month") -> None:
    asked = f"{day:%Y-%m}" if kind == "month" else day.isoformat()
    page.goto(f"{admin('issues_issue_calendar')}?{kind}={asked}")
    expect(page.locator("#calendar")).to_have_class("calendar by-" + kind + " is-live")


def square(page: Page, day: datetime.date) -> Locator:
    return page.locator(f"#day-{day.isoformat()}")


def card(page: Page, row: Issue | Article) -> Locator:
    kind = "issue" if isinstance(row, Issue) else "story"
    return page.locator(f"#{kind}-{row.pk}")


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, what: Locator, to: Locator) -> None:
    expect(page.locator("#calendar")).not_to_have_class(re.compile(r"\bis-busy\b"))
    page.mouse.move(*middle(what))
    page.mouse.down()
    x, y = middle(to)
    page.mouse.move(x - 10, y, steps=4)
    page.mouse.move(x, y)
    expect(to).to_have_class(TARGET)
    page.mouse.up()


def test_issue_and_story_are_dragged_to_another_day(device: Desk, editor, monday):
    issue = plan("渡口添灯", date=monday, number=12).issue
    hour = timezone.make_aware(datetime.datetime.combine(monday + DAY, datetime.time(9, 20)))
    story = make_article("网上先知", publish_at=hour)
    page = device(editor, DESKTOP, **HIGH)
    calendar(page, monday)
    drag(page, card(page, issue).locator(".standing"), square(page, monday + 2 * DAY))
    expect(square(page, monday + 2 * DAY).locator(f"#issue-{issue.pk}")).to_be_visible()
    expect(page.locator("#calendar-told")).to_contain_text("12")
    expect(square(page, monday).locator(".new a")).to_be_visible()
    drag(page, card(page, story).locator(".move"), square(page, monday + 3 * DAY))
    expect(square(page, monday + 3 * DAY).locator(f"#story-{story.pk}")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/calendar/\?month="))
    issue.refresh_from_db()
    story.refresh_from_db()
    assert issue.date == monday + 2 * DAY
    assert story.publish_at == hour + 2 * DAY


def test_refusal_stands_at_the_issue_and_nothing_moves(device: Desk, editor, monday):
    first = plan("渡口添灯", date=monday, number=12).issue
    plan("巷口议事", date=monday + DAY, number=13)
    locked = plan("桥头义诊", date=monday + 2 * DAY, number=14).issue
    scheduling.lock(locked, by=editor)
    page = device(editor, DESKTOP, refusals=True, **HIGH)
    calendar(page, monday)
    drag(page, card(page, first).locator(".standing"), square(page, monday + DAY))
    expect(card(page, first).get_by_role("alert")).to_contain_text("13")
    expect(square(page, monday).locator(f"#issue-{first.pk}")).to_be_visible()
    drag(page, card(page, locked).locator(".standing"), square(page, monday + 4 * DAY))
    expect(card(page, locked).get_by_role("alert")).to_contain_text("解锁")
    assert set(Issue.objects.values_list("date", flat=True)) == {
        monday,
        monday + DAY,
        monday + 2 * DAY,
    }


def test_scheduled_issue_that_is_dropped_asks_why(device: Desk, editor, monday):
    issue = plan("渡口添灯", date=monday, number=12).issue
    hour = timezone.make_aware(datetime.datetime.combine(monday, datetime.time(6)))
    scheduling.lock(issue, by=editor)
    scheduling.schedule(issue, by=editor, publish_at=hour)
    page = device(editor, DESKTOP, **HIGH)
    calendar(page, monday)
    drag(page, card(page, issue).locator(".standing"), square(page, monday + DAY))
    expect(page.locator("[name=date]")).to_have_value((monday + DAY).isoformat())
    page.fill("[name=note]", "印厂检修")
    page.locator("#content-main button").click()
    expect(square(page, monday + DAY).locator(f"#issue-{issue.pk}")).to_be_visible()
    issue.refresh_from_db()
    assert (issue.date, issue.publish_at) == (monday + DAY, hour + DAY)


def test_issue_is_carried_with_the_keys_and_keeps_the_focus(device: Desk, editor, monday):
    issue = plan("渡口添灯", date=monday, number=12).issue
    page = device(editor, DESKTOP)
    calendar(page, monday)
    link, told = card(page, issue).locator(".move"), page.locator("#calendar-told")
    link.focus()
    page.keyboard.press("Space")
    expect(told).to_contain_text("12")
    page.keyboard.press("ArrowRight")
    expect(square(page, monday + DAY)).to_have_class(TARGET)
    page.keyboard.press("Escape")
    expect(page.locator(".target")).to_have_count(0)
    expect(square(page, monday).locator(f"#issue-{issue.pk}")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(square(page, monday + 8 * DAY)).to_have_class(TARGET)
    page.keyboard.press("Enter")
    expect(square(page, monday + 8 * DAY).locator(f"#issue-{issue.pk}")).to_be_visible()
    expect(link).to_be_focused()
    issue.refresh_from_db()
    assert issue.date == monday + 8 * DAY


def test_link_leads_to_the_form_that_does_the_same(device: Desk, editor, monday):
    issue = plan("渡口添灯", date=monday, number=12).issue
    page = device(editor, DESKTOP)
    calendar(page, monday)
    card(page, issue).locator(".move").click()
    page.fill("[name=date]", (monday + DAY).isoformat())
    page.locator("#content-main button").click()
    expect(square(page, monday + DAY).locator(f"#issue-{issue.pk}")).to_be_visible()


def test_phone_lists_the_days_and_a_finger_moves_a_story(device: Desk, editor, monday):
    hour = timezone.make_aware(datetime.datetime.combine(monday, datetime.time(9, 20)))
    story = make_article("网上先知", publish_at=hour)
    page = device(editor, PHONE)
    calendar(page, monday, "week")
    assert without_sideways_scroll(page)
    expect(page.locator(".weekdays")).to_be_hidden()
    grip, to = card(page, story).locator(".move"), square(page, monday + 2 * DAY)
    square(page, monday + DAY).evaluate("(day) => day.scrollIntoView({ block: 'center' })")
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", middle(grip))
    x, y = middle(grip)
    touch("touchMove", (x, y + 20))
    touch("touchMove", middle(to))
    expect(to).to_have_class(TARGET)
    touch("touchEnd")
    expect(to.locator(f"#story-{story.pk}")).to_be_visible()
    story.refresh_from_db()
    assert story.publish_at == hour + 2 * DAY


def test_new_issue_of_an_empty_day_takes_the_pattern_of_its_weekday(device: Desk, editor, monday):
    pattern = Pattern.objects.create(name="周二版", weekdays="2", hour=datetime.time(6))
    PatternPage.objects.create(pattern=pattern, code="A01", name="要闻", position=101)
    page = device(editor, PHONE)
    calendar(page, monday, "week")
    square(page, monday + DAY).locator(".new a").click()
    expect(page.locator("[name=shape] option:checked")).to_contain_text("周二版")
    page.locator("button[name=_save]").click()
    expect(square(page, monday + DAY).locator(".of-issue")).to_be_visible()
    assert Issue.objects.get().pages.get().name == "要闻"


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("kind", ["month", "week"])
def test_axe_finds_nothing(kind, width, device: Desk, editor, monday):
    issue = plan("渡口添灯", date=monday, number=12).issue
    Issue.objects.create(number=13)
    Pattern.objects.create(name="周二版", weekdays="2")
    hour = timezone.make_aware(datetime.datetime.combine(monday, datetime.time(9, 20)))
    make_article("网上先知", publish_at=hour)
    page = device(editor, width)
    calendar(page, monday, kind)
    assert without_sideways_scroll(page)
    assert found_by_axe(page) == []
    for address in (
        admin("issues_issue_move", issue.pk),
        admin("issues_issue_pattern", issue.pk),
        admin("issues_pattern_add"),
        admin("issues_issue_add"),
    ):
        page.goto(address)
        assert without_sideways_scroll(page), address
        assert found_by_axe(page) == [], address


def test_what_a_finger_touches_is_large_enough(device: Desk, editor, monday):
    plan("渡口添灯", date=monday, number=12)
    page = device(editor, PHONE)
    calendar(page, monday)
    for link in page.locator("#content-main a:visible, #content-main button:visible").all():
        if link.evaluate("link => !link.closest('.help')"):
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 43.5, link.inner_text()
