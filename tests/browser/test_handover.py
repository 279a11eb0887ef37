"""What leaves for other systems, as an editor takes it out of a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from issues.models import Role
from tests.browser.test_admin import (
    DESKTOP,
    PHONE,
    admin,
    desk,
    found_by_axe,
    without_sideways_scroll,
)
from tests.factories import make_article, make_issue, make_page, make_photo, place
from tests.newsroom import make_login

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["desk"]

PRESS = (
    "渡口添了八盏灯。灯亮了，路就平了。\n\n另一篇\n\n没有人交来的稿子也印在了这里，占了好大一块。"
)
BODY = "渡口添了六盏灯。\n## 摸黑的日子\n灯亮了，**路**就平了。\n[图1]"


@pytest.fixture
def issue():
    issue = make_issue()
    story = make_article("渡口添灯", body=BODY)
    make_photo(story, caption="渡口的灯")
    place(story, make_page(issue), Role.LEAD)
    return issue


def pasted(page):
    """Return what an editor elsewhere is given by a paste: the words, and how one line is set."""
    editor = page.context.new_page()
    editor.set_content("<main contenteditable>here</main>")
    editor.click("main")
    editor.evaluate(
        """() => document.addEventListener("paste", (event) => {
          window.words = event.clipboardData.getData("text/plain");
        })"""
    )
    editor.keyboard.press("Control+V")
    editor.wait_for_function("window.words !== undefined")
    line = editor.locator("p", has_text="路就平了")
    expect(line).to_have_count(1)
    return editor, line


@pytest.mark.parametrize("what", ["story", "issue"])
def test_copy_goes_to_the_clipboard_with_its_styles(what, desk, issue):
    page = desk(make_login("issue_editor"), DESKTOP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    story = issue.pages.get().placements.get().article
    address = {
        "story": admin("articles_article_wechat", story.pk),
        "issue": admin("issues_issue_wechat", issue.pk),
    }[what]
    page.goto(address)
    page.click("button.copy")
    expect(page.locator(".copy-said")).to_have_text(
        page.locator("button.copy").get_attribute("data-done")
    )
    editor, line = pasted(page)
    assert "渡口添了六盏灯。" in editor.evaluate("window.words")
    expect(line).to_have_css("text-align", "justify")
    expect(line).to_have_css("line-height", "28px")
    expect(editor.locator("img[src^='data:image/png']")).to_have_count(1)
    expect(editor.locator("img[src^='http']")).to_have_count(1)


def test_preview_shows_the_styles_in_wechats_width(desk, issue):
    page = desk(make_login("issue_editor"), DESKTOP)
    page.goto(admin("issues_issue_wechat", issue.pk))
    frame = page.frame_locator(".wechat-preview iframe")
    line = frame.get_by_text("渡口添了六盏灯。")
    expect(line).to_have_css("text-align", "justify")
    expect(line).to_have_css("line-height", "28px")
    for picture in frame.locator("img").all():
        assert picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_pages_are_accessible_and_never_scroll_sideways(desk, issue, width, scheme):
    page = desk(make_login("issue_editor"), width, scheme)
    story = issue.pages.get().placements.get().article
    addresses = {
        "issue": admin("issues_issue_change", issue.pk),
        "story for WeChat": admin("articles_article_wechat", story.pk),
        "issue for WeChat": admin("issues_issue_wechat", issue.pk),
    }
    addresses["press's text"] = admin("issues_page_press_text", issue.pages.get().pk)
    wrong = {}
    for name, address in addresses.items():
        page.goto(address)
        if name == "press's text":
            page.fill("#id_text", f"渡口添灯\n\n{PRESS}")
            page.click("#content-main form button")
            expect(page.locator(".press-finding del")).to_have_count(2)
        problems = found_by_axe(page)
        if not without_sideways_scroll(page):
            problems.append("scrolls sideways")
        if problems:
            wrong[name] = problems
    assert wrong == {}


def test_without_leave_to_copy_the_page_says_what_to_do(desk, issue):
    page = desk(make_login("issue_editor"))
    page.add_init_script("document.execCommand = () => false; delete window.ClipboardItem;")
    page.goto(admin("issues_issue_wechat", issue.pk))
    page.click("button.copy")
    expect(page.locator(".copy-said")).to_have_text(
        page.locator("button.copy").get_attribute("data-failed")
    )
