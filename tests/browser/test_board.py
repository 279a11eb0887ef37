"""An issue's board in a browser: by mouse, by finger, by keys; by two editors at once; offline."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from issues import placing, scheduling
from issues.models import Issue, Placement, Role
from issues.models import Page as IssuePage
from issues.placing import Spot
from tests.browser.devices import DESKTOP, PHONE, admin, found_by_axe, without_sideways_scroll
from tests.factories import make_article, make_section, place
from tests.newsroom import make_login

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issue():
    """An issue of two pages, a lead and a feature on the first; three stories wait in the tray."""
    column = make_section("街巷快讯", kind="column")
    issue = Issue.objects.create(date=timezone.localdate() + datetime.timedelta(days=2), number=12)
    pages = [
        IssuePage.objects.create(
            issue=issue, code=code, name=name, position=number, editor="顾行", budget=budget
        )
        for number, (code, name, budget) in enumerate([("A01", "要闻", 10), ("A02", "社区", 900)])
    ]
    pages[1].columns.add(column)
    for headline, role in (("渡口添灯", Role.LEAD), ("巷口议事", Role.FEATURE)):
        place(ready(headline), pages[0], role)
    for headline in ("桥头义诊", "河堤补道", "菜场换秤"):
        ready(headline)
    ready("街巷快讯一则", column=column)
    return issue


@pytest.fixture
def editor():
    return make_login("issue_editor", first_name="叶知秋")


def ready(headline: str, **overrides: object) -> Article:
    """Make a story that has just been approved."""
    return make_article(headline, publish_at=None, stage_since=timezone.now(), **overrides)


def board(page: Page, issue: Issue) -> Page:
    page.goto(admin("issues_issue_board", issue.pk))
    expect(page.locator(".board-page.live")).to_be_visible()
    return page


def sheet(page: Page, code: str) -> Locator:
    return page.locator(f".sheet[data-code={code}]")


def zone(page: Page, code: str, role: str) -> Locator:
    return sheet(page, code).locator(f".zone-{role}")


def card(page: Page, headline: str) -> Locator:
    return page.locator(f".card[data-headline='{headline}']")


def shows(page: Page, code: str, role: str, *headlines: str) -> None:
    """Wait until a zone holds these stories in this order, all of them known to the server."""
    expect(zone(page, code, role).locator(".card .headline")).to_have_text(list(headlines))
    expect(page.locator(".card.unsent")).to_have_count(0)


def stands(headline: str) -> list[tuple[str, str]]:
    rows = Placement.objects.filter(article__headline=headline)
    return [(row.page.code, row.role) for row in rows.select_related("page")]


def drag(page: Page, start: Locator, goal: Locator, *, drop: bool = True) -> None:
    """Drag with the mouse, as a hand does: press, move off, move over, let go."""
    goal.scroll_into_view_if_needed()
    start.scroll_into_view_if_needed()
    box = start.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 30, steps=4)
    expect(page.locator(".ghost")).to_be_visible()
    there = goal.bounding_box()
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] - 6, steps=6)
    expect(page.locator(".over")).to_have_count(1)
    if drop:
        page.mouse.up()


def test_story_is_dragged_onto_a_page_into_a_role_in_an_order(device, issue, editor):
    page = board(device(editor, DESKTOP, viewport={"width": 1280, "height": 1400}), issue)
    drag(page, card(page, "桥头义诊"), zone(page, "A02", "lead").locator("ol"))
    shows(page, "A02", "lead", "桥头义诊")
    drag(page, card(page, "河堤补道"), zone(page, "A01", "feature"))
    shows(page, "A01", "feature", "巷口议事", "河堤补道")
    first = zone(page, "A01", "feature").locator(".card").first
    drag(page, card(page, "菜场换秤"), first.locator(".headline"), drop=False)
    top = first.bounding_box()
    page.mouse.move(top["x"] + 60, top["y"] + 4, steps=3)
    page.mouse.up()
    shows(page, "A01", "feature", "菜场换秤", "巷口议事", "河堤补道")
    drag(page, card(page, "河堤补道"), page.locator(".tray ol"))
    shows(page, "A01", "feature", "菜场换秤", "巷口议事")
    assert stands("桥头义诊") == [("A02", "lead")]
    assert stands("河堤补道") == []
    expect(page.locator(".moves li").first).to_contain_text("把《河堤补道》从 A01 版撤下")


def test_second_lead_is_said_and_the_first_stays_as_a_feature(device, issue, editor):
    page = board(device(editor, DESKTOP, viewport={"width": 1280, "height": 1400}), issue)
    drag(page, card(page, "桥头义诊"), zone(page, "A01", "lead").locator("ol"))
    shows(page, "A01", "lead", "桥头义诊")
    shows(page, "A01", "feature", "渡口添灯", "巷口议事")
    expect(page.locator("[data-part=said]")).to_contain_text("原来的头条《渡口添灯》改为一般稿件")


def test_story_is_moved_by_keys_alone_and_every_step_is_said(device, issue, editor):
    page = board(device(editor, DESKTOP), issue)
    said = page.locator("[data-part=said]")
    grip = card(page, "桥头义诊").locator(".grip")
    grip.focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("已拿起《桥头义诊》")
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text("A02 社区，头条，第 1 位，共 1 位")
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text("A01 要闻，头条，第 1 位，共 1 位")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text("A01 要闻，一般，第 1 位，共 2 位")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    shows(page, "A01", "feature", "巷口议事", "桥头义诊")
    expect(card(page, "桥头义诊").locator(".grip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(said).to_have_text("《桥头义诊》留在原处。")
    expect(page.locator(".drop-mark")).to_have_count(0)
    shows(page, "A01", "feature", "巷口议事", "桥头义诊")
    assert stands("桥头义诊") == [("A01", "feature")]


def test_on_a_phone_a_story_is_moved_by_finger_and_from_the_list(device, issue, editor):
    page = board(device(editor, PHONE), issue)
    assert without_sideways_scroll(page)
    card(page, "桥头义诊").locator(".to").tap()
    dialog = page.locator("#board-dialog")
    expect(dialog).to_contain_text("移动《桥头义诊》")
    dialog.locator("#board-page").select_option(label="A01 要闻")
    dialog.locator("#board-role").select_option("feature")
    dialog.locator("#board-before").select_option(label="巷口议事")
    dialog.locator("button.default").tap()
    shows(page, "A01", "feature", "桥头义诊", "巷口议事")
    # A finger on the grip: the screen does not scroll under it.
    grip = card(page, "巷口议事").locator(".grip")
    grip.scroll_into_view_if_needed()
    start, goal = grip.bounding_box(), card(page, "桥头义诊").bounding_box()
    touch = page.context.new_cdp_session(page)
    x, y = start["x"] + 20, start["y"] + 20

    def finger(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    finger("touchStart", {"x": x, "y": y})
    for step in range(1, 6):
        finger("touchMove", {"x": x + 4, "y": y + (goal["y"] + 4 - y) * step / 5})
    finger("touchEnd")
    shows(page, "A01", "feature", "巷口议事", "桥头义诊")


def test_without_script_a_form_moves_the_story(device, issue, editor):
    page = device(editor, PHONE, java_script_enabled=False)
    page.goto(admin("issues_issue_board", issue.pk))
    card(page, "桥头义诊").locator(".to").tap()
    page.locator("select[name=page]").select_option(label="A02 社区")
    page.locator("select[name=role]").select_option("lead")
    page.locator("#content-main button.default").tap()
    expect(page.locator(".messagelist")).to_contain_text("把《桥头义诊》排上 A02 版（头条）")
    shows(page, "A02", "lead", "桥头义诊")


class TestTwoEditors:
    """Two people, each at a board of their own."""

    @pytest.fixture
    def other(self):
        return make_login("issue_editor", "another", first_name="顾行")

    def test_each_sees_the_others_moves_and_keeps_the_focus(self, device, issue, editor, other):
        mine, theirs = (board(device(login, DESKTOP), issue) for login in (editor, other))
        mine.locator("#tray-filters summary").focus()
        link = card(mine, "渡口添灯").locator(".headline")
        link.focus()
        grip = card(theirs, "桥头义诊").locator(".grip")
        grip.focus()
        for key in ("Enter", "ArrowLeft", "ArrowLeft", "ArrowDown", "Enter"):
            theirs.keyboard.press(key)
        shows(theirs, "A01", "feature", "桥头义诊", "巷口议事")
        expect(card(mine, "桥头义诊").and_(mine.locator(".sheet .card"))).to_be_visible()
        expect(mine.locator("[data-part=said]")).to_have_text(
            "顾行 把《桥头义诊》排上 A01 版（一般）"
        )
        expect(card(mine, "渡口添灯").locator(".headline")).to_be_focused()
        expect(mine.locator(".tray .card .headline")).not_to_contain_text(["桥头义诊"])

    def test_a_story_in_hand_stays_in_hand_while_the_board_is_shown_anew(
        self, device, issue, editor, other
    ):
        page = device(editor, DESKTOP, viewport={"width": 1280, "height": 1400})
        page = board(page, issue)
        first = IssuePage.objects.get(code="A01")
        goal = zone(page, "A02", "lead").locator("ol")
        drag(page, card(page, "桥头义诊"), goal, drop=False)
        story = Article.objects.get(headline="河堤补道")
        placing.place(issue, story, Spot(first, Role.FEATURE), by=other)
        expect(zone(page, "A01", "feature").locator(".card")).to_have_count(2)
        expect(page.locator(".ghost")).to_have_text("桥头义诊")
        page.mouse.up()
        shows(page, "A02", "lead", "桥头义诊")
        shows(page, "A01", "feature", "巷口议事", "河堤补道")

    def test_a_story_that_is_taken_out_of_ones_hand_is_said(self, device, issue, editor, other):
        page = board(device(editor, DESKTOP), issue)
        second = IssuePage.objects.get(code="A02")
        card(page, "桥头义诊").locator(".grip").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowLeft")
        story = Article.objects.get(headline="桥头义诊")
        placing.place(issue, story, Spot(second, Role.PHOTO), by=other)
        expect(page.locator("[data-part=alert]")).to_contain_text("别人把它移走了")
        shows(page, "A02", "photo", "桥头义诊")

    def test_of_two_moves_of_one_story_the_second_is_refused_with_words(
        self, device, issue, editor, other
    ):
        page = board(device(editor, DESKTOP, refusals=True), issue)
        second = IssuePage.objects.get(code="A02")
        card(page, "桥头义诊").locator(".grip").focus()
        for key in ("Enter", "ArrowLeft", "ArrowLeft"):
            page.keyboard.press(key)
        # Between the look and the drop; this page does not hear of it, and has nothing under way.
        page.route("**/board/state/**", lambda route: route.abort())
        page.wait_for_event("requestfailed", lambda request: "/board/state/" in request.url)
        story = Article.objects.get(headline="桥头义诊")
        placing.place(issue, story, Spot(second, Role.LEAD), by=other)
        page.keyboard.press("Enter")
        refused = page.locator("[data-part=alert]")
        expect(refused).to_have_text("没有移动：顾行刚把《桥头义诊》放到了 A02 版。")
        page.unroute("**/board/state/**")
        shows_late = zone(page, "A02", "lead").locator(".card .headline")
        expect(shows_late).to_have_text(["桥头义诊"])
        shows(page, "A01", "lead", "渡口添灯")
        assert stands("桥头义诊") == [("A02", "lead")]


def test_lost_network_is_said_and_every_move_arrives_later(device, issue, editor):
    page = board(device(editor, DESKTOP, refusals=True), issue)
    page.context.set_offline(True)
    for headline, keys in (("桥头义诊", ["ArrowLeft"]), ("河堤补道", ["ArrowLeft", "ArrowDown"])):
        card(page, headline).locator(".grip").focus()
        for key in ("Enter", *keys, "Enter"):
            page.keyboard.press(key)
    line = page.locator("[data-part=line]")
    expect(line).to_contain_text("有 2 次移动还没送出")
    expect(page.locator(".card.unsent")).to_have_count(2)
    expect(zone(page, "A02", "lead").locator(".card")).to_have_count(1)
    assert stands("桥头义诊") == []
    page.context.set_offline(False)
    expect(page.locator(".card.unsent")).to_have_count(0)
    expect(zone(page, "A02", "lead").locator(".headline")).to_have_text(["桥头义诊"])
    expect(zone(page, "A02", "feature").locator(".headline")).to_have_text(["河堤补道"])
    assert (stands("桥头义诊"), stands("河堤补道")) == ([("A02", "lead")], [("A02", "feature")])


def test_filters_narrow_the_tray_and_stay_while_others_move(device, issue, editor):
    page = board(device(editor, DESKTOP), issue)
    expect(page.locator(".tray .card")).to_have_count(4)
    page.locator("#tray-filters summary").click()
    page.fill("#tray-text", "河堤")
    page.locator("#tray-filters button").click()
    expect(page.locator(".tray .card .headline")).to_have_text(["河堤补道"])
    expect(page).to_have_url(re.compile("text="))
    ready("河堤植树")
    expect(page.locator(".tray .card .headline")).to_have_text(["河堤植树", "河堤补道"])


def test_locked_issue_is_shown_and_nothing_can_be_picked_up(device, issue, editor):
    page = board(device(editor, DESKTOP), issue)
    expect(page.locator(".grip").first).to_be_visible()
    other = IssuePage.objects.get(code="A02")
    place(ready("补白"), other, Role.LEAD)
    scheduling.lock(issue, by=editor)
    expect(page.locator(".closed")).to_contain_text("已经锁定")
    expect(page.locator(".grip, .card .to")).to_have_count(0)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_board_has_no_barrier(device, issue, editor, width):
    page = board(device(editor, width), issue)
    assert found_by_axe(page) == []
    assert without_sideways_scroll(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.grip, .to, .folio a, .tray-filters summary')]
          .filter((one) => { const { width, height } = one.getBoundingClientRect();
            return width && (width < 44 || height < 44); }).map((one) => one.outerHTML)"""
    )
    assert small == []
    card(page, "桥头义诊").locator(".to").click()
    expect(page.locator("#board-dialog")).to_be_visible()
    assert found_by_axe(page) == []
    page.goto(admin("issues_issue_board_move", issue.pk) + f"?story={Article.objects.first().pk}")
    assert found_by_axe(page) == []
