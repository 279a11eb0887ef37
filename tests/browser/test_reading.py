"""A whole story put into the form, and a byline's line that shows its people, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Article, Contributor
from tests.browser.test_admin import (
    DESKTOP,
    PHONE,
    admin,
    desk,
    found_by_axe,
    save,
    without_sideways_scroll,
)
from tests.docx_files import bold, make_docx, picture_file
from tests.factories import make_contributor
from tests.newsroom import make_login

from .devices import until

__all__ = ["desk"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "“电梯装不装，大家说了算。”4月2日，柳荫社区会议室里，二十多位居民围坐一圈。\n"
    "一楼的住户担心采光，六楼的老人盼着下楼。社区干部跑了七趟，把方案改了五遍。"
)
STORY = f"社区搭台，居民唱戏\n柳荫社区议出电梯新方案\n本报讯（通讯员 付明）{TEXT}"


def open_new(page: Page) -> None:
    page.goto(admin("articles_article_add"))
    expect(page.locator("#reading")).to_be_visible()


def paste(page: Page, text: str) -> None:
    page.click("[data-do=paste]")
    page.fill("#reading-text", text)
    page.click("[data-do=read]")
    expect(page.locator("[data-part=found]")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_pasted_story_fills_the_fields_and_can_be_taken_out_again(desk, width):
    make_contributor("付明")
    page = desk(make_login("correspondent"), width)
    open_new(page)
    paste(page, STORY + "\n联系电话：0556-1234567")
    expect(page.locator(".found-over")).to_contain_text("0556-1234567")
    expect(page.locator("[data-part=over]")).to_be_hidden()
    assert found_by_axe(page) == []
    assert without_sideways_scroll(page)
    page.click("[data-do=fill]")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("[name=kicker]")).to_have_value("社区搭台，居民唱戏")
    expect(page.locator("[name=headline]")).to_have_value("柳荫社区议出电梯新方案")
    expect(page.locator("[name=headline]")).to_be_focused()
    expect(page.locator("[name=body]")).to_have_value(TEXT)
    expect(page.locator("[name=dateline]")).to_be_checked()
    expect(page.locator("[name=credit_line]")).to_have_value("通讯员 付明")
    expect(page.locator(".people")).to_contain_text("付明")

    page.click("[data-do=undo]")
    for name in ("kicker", "headline", "body", "credit_line"):
        expect(page.locator(f"[name={name}]")).to_have_value("")
    expect(page.locator("[name=dateline]")).not_to_be_checked()


def test_text_that_stands_in_the_form_is_replaced_only_where_that_is_ticked(desk):
    make_contributor("付明")
    page = desk(make_login("correspondent"))
    open_new(page)
    page.fill("[name=headline]", "我自己的标题")
    page.fill("[name=body]", "我自己的正文。")
    page.select_option("[name=genre]", "notice")
    paste(page, STORY)
    boxes = page.locator("[data-part=held] input")
    expect(boxes).to_have_count(3)
    page.locator("[data-part=held] input[value=genre]").uncheck()
    boxes.first.uncheck()
    page.click("[data-do=fill]")
    expect(page.locator("[name=headline]")).to_have_value("我自己的标题")
    expect(page.locator("[name=genre]")).to_have_value("notice")
    expect(page.locator("[name=body]")).to_have_value(TEXT)
    page.fill("[name=kicker]", "改过的引题")
    page.click("[data-do=undo]")
    expect(page.locator("[name=body]")).to_have_value("我自己的正文。")
    expect(page.locator("[name=kicker]")).to_have_value("改过的引题")


def test_one_of_several_stories_is_chosen(desk):
    page = desk(make_login("correspondent"))
    open_new(page)
    second = "3月4日，区医院的医生来到桥头小区，为八十位老人量血压。"
    paste(page, f"柳荫社区议出电梯新方案\n{TEXT}（黄小雨）\n\n桥头义诊进小区\n{second}（蔺小舟）")
    page.locator("[name=which]").nth(1).check()
    expect(page.locator("[data-story='1']")).to_be_visible()
    expect(page.locator("[data-story='0']")).to_be_hidden()
    page.click("[data-do=fill]")
    expect(page.locator("[name=headline]")).to_have_value("桥头义诊进小区")
    expect(page.locator("[name=body]")).to_have_value(second)


def test_word_file_brings_its_pictures_into_the_story(desk, tmp_path):
    make_contributor("付明")
    file = Path(tmp_path / "稿.docx")
    file.write_bytes(
        make_docx(
            "柳荫社区议出电梯新方案",
            "通讯员 付明",
            TEXT,
            picture_file(),
            "图为居民围坐。 付明 摄",
            bold("上门去问"),
            "网格员挨家挨户上门，把意见写满了三个本子。",
        )
    )
    login = make_login("correspondent")
    page = desk(login)
    open_new(page)
    page.click("[data-do=upload]")
    page.set_input_files("#reading-file", file)
    expect(page.locator(".found-photos img")).to_have_count(1)
    page.click("[data-do=fill]")
    card = page.locator(".photo-card")
    expect(card).to_have_count(1)
    expect(card.locator("[data-field=caption]")).to_have_value("图为居民围坐。")
    expect(page.locator(".person")).to_have_count(1)
    save(page)
    story = Article.objects.get()
    assert story.body.splitlines() == [
        *TEXT.splitlines(),
        "[图1]",
        "## 上门去问",
        "网格员挨家挨户上门，把意见写满了三个本子。",
    ]
    photo = story.photos.get()
    assert (photo.caption, photo.credit, photo.width) == ("图为居民围坐。", "付明 摄", 60)
    assert [str(line) for line in story.bylines.all()] == ["通讯员 付明"]
    assert not login.loose_pictures.exists()


def test_file_that_cannot_be_read_is_told_and_the_form_stays(desk, tmp_path):
    page = desk(make_login("correspondent"))
    open_new(page)
    page.fill("[name=headline]", "渡口添灯")
    page.click("[data-do=upload]")
    photo = Path(tmp_path / "照片.jpg")
    photo.write_bytes(b"no picture")
    page.set_input_files("#reading-file", photo)
    trouble = page.locator("dialog [data-part=trouble]")
    expect(trouble).to_be_visible()
    page.click("dialog [data-do=close]")
    expect(page.locator("[name=headline]")).to_have_value("渡口添灯")


def test_people_of_the_line_are_shown_while_it_is_typed_and_a_new_one_is_confirmed(desk):
    known = make_contributor("付明")
    page = desk(make_login("correspondent"))
    open_new(page)
    page.fill("[name=headline]", "渡口添灯")
    page.fill("[name=body]", "灯亮了。")
    line = page.locator("[name=credit_line]")
    line.press_sequentially("全媒体记者 付明 通讯员 卢新燕", delay=10)
    # Half a name may have been looked up before.
    expect(page.locator("[name=new_people][value=卢新燕]")).to_be_visible()
    expect(page.locator(".person")).to_have_count(2)
    assert found_by_axe(page) == []
    page.locator("button[name=_save]").click()
    expect(page.locator(".signing-trouble")).to_be_visible()
    box = page.locator("[name=new_people]")
    expect(box).to_be_focused()
    box.check()
    # Typing on forgets no answer.
    line.press("End")
    line.press_sequentially(" 李雪", delay=10)
    expect(page.locator(".person")).to_have_count(3)
    expect(page.locator("[name=new_people][value=卢新燕]")).to_be_checked()
    page.locator("[name=new_people][value=李雪]").check()
    save(page)
    story = Article.objects.get()
    assert story.credit_line == "全媒体记者 付明 通讯员 卢新燕 李雪"
    assert story.bylines.get(name="付明").contributor == known
    assert Contributor.objects.count() == 3


def test_answer_given_while_the_line_is_looked_up_holds_and_keeps_the_focus(desk):
    page = desk(make_login("correspondent"))
    open_new(page)
    line = page.locator("[name=credit_line]")
    line.fill("通讯员 卢新燕")
    box = page.locator("[name=new_people][value=卢新燕]")
    expect(box).to_be_visible()
    held: list[Route] = []
    page.route("**/read-bylines/", lambda route: held.append(route))
    line.fill("通讯员 卢新燕 李雪")
    until(page, lambda: held)
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    held[0].continue_()
    expect(page.locator(".person")).to_have_count(2)
    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_half_a_name_in_an_input_method_is_not_looked_up(desk):
    page = desk(make_login("correspondent"))
    open_new(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        """() => {
          const line = document.querySelector("[name=credit_line]");
          line.value = "通讯员 lu'xin'yan";
          line.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
        }"""
    )
    page.wait_for_timeout(800)
    assert not [url for url in asked if url.endswith("/read-bylines/")]
    page.evaluate(
        """() => {
          const line = document.querySelector("[name=credit_line]");
          line.value = "通讯员 卢新燕";
          line.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
        }"""
    )
    expect(page.locator(".person")).to_contain_text("卢新燕")
