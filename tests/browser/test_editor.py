"""The body's editor: buttons, keys, undo, preview, what a Chinese keyboard sends, axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, Request, Route, expect

from articles import body as body_text
from articles.models import Article
from tests.factories import make_draft, make_photo
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, Desk, found_by_axe, until
from .writing import (
    InputMethod,
    body_of,
    has_before_caret,
    has_selected,
    holds,
    put_caret,
    select,
    type_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = reverse("admin:articles_article_add")
TEXT = "渡口添了灯。\n夜里不怕了。\n孩子自己也敢走。"
WHOLE = (
    "渡口添了灯，**每一班船**都看得清。\n## 六盏灯\n[图1]\n> 够走路就好。\n- 桂花渡：两盏\n"
    "- 柳叶渡：四盏，见[时刻表](https://example.com/ferry)\n| 渡口 | 盏 |\n"
    "| --- | --- |\n| 桂花渡 | 2 |\n没有关上的**星号。"
)


@pytest.fixture
def writer() -> User:
    return make_login("correspondent", "writer")


@pytest.fixture
def desk(device, writer) -> Desk:
    """Open a story's form; the server may be away."""

    def open_form(address: str = ADD, width: int = DESKTOP, **options: object) -> Page:
        page = device(writer, width, refusals=True, **options)
        page.goto(address)
        expect(page.locator("#body-editor")).to_be_visible()
        return page

    return open_form


def press(page: Page, what: str) -> None:
    page.locator(f".editor-tools [data-do={what}]").click()


def printed(page: Page) -> Locator:
    """Return the text as printed in the preview."""
    return page.locator(".typed-page .text")


def body_sent(request: Request) -> str:
    (body,) = parse_qs(request.post_data or "", keep_blank_values=True)["body"]
    return body.replace("\r\n", "\n")


def change(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


# Buttons and keys


@pytest.mark.parametrize(
    ("what", "key", "line"),
    [
        ("subhead", "Alt+Digit2", "## 夜里不怕了。"),
        ("quotation", "Alt+Digit3", "> 夜里不怕了。"),
        ("item", "Alt+Digit4", "- 夜里不怕了。"),
    ],
)
def test_line_is_shaped_and_unshaped_by_button_and_key(desk, what, key, line):
    page = desk()
    type_in(page, TEXT)
    put_caret(page, "夜里")
    press(page, what)
    shaped = TEXT.replace("夜里不怕了。", line)
    button = page.locator(f".editor-tools [data-do={what}]")
    holds(page, shaped)
    has_before_caret(page, line.removesuffix("不怕了。"))
    expect(page.locator("#id_body")).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(key)
    holds(page, TEXT)
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press(key)
    holds(page, shaped)


def test_shaping_several_lines_passes_over_empty_ones_and_photos(desk):
    page = desk()
    type_in(page, "第一\n\n[图1]\n## 第二\n第三")
    select(page, "第一\n\n[图1]\n## 第二")
    press(page, "item")
    holds(page, "- 第一\n\n[图1]\n- 第二\n第三")


def test_words_become_bold_and_plain_again(desk):
    page = desk()
    type_in(page, TEXT)
    select(page, "不怕")
    page.keyboard.press("Control+b")
    holds(page, TEXT.replace("不怕", "**不怕**"))
    has_selected(page, "**不怕**")
    expect(page.locator("[data-do=strong]")).to_have_attribute("aria-pressed", "true")
    put_caret(page, "**不")
    page.keyboard.press("Control+b")
    holds(page, TEXT)
    has_before_caret(page, "夜里不")


def test_bold_over_several_lines_closes_on_each(desk):
    page = desk()
    type_in(page, "## 灯亮了\n夜里不怕了")
    page.keyboard.press("Control+a")
    press(page, "strong")
    holds(page, "## **灯亮了**\n**夜里不怕了**")


def test_toolbar_is_one_stop_and_arrows_walk_it(desk):
    page = desk()
    first = page.locator(".editor-tools [data-do=subhead]")
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-do=strong]").first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("[data-do=redo]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#id_body")).to_be_focused()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_buttons_are_big_enough_for_a_finger(desk, width):
    page = desk(width=width)
    boxes = [button.bounding_box() for button in page.locator(".editor-tools button:visible").all()]
    assert len(boxes) >= 8
    for box in boxes:
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] + box["width"] <= width


# Links, tables, photos


def test_link_is_asked_for_changed_and_taken_away(desk):
    page = desk()
    type_in(page, "见渡口时刻表。")
    select(page, "渡口时刻表")
    page.keyboard.press("Control+k")
    address = page.locator(".editor-box [data-part=address]")
    expect(address).to_be_focused()
    address.fill("不是地址")
    page.keyboard.press("Enter")
    expect(page.locator(".editor-box [role=alert]")).to_be_visible()
    address.fill("example.com/ferry")
    page.keyboard.press("Enter")
    expect(page.locator(".editor-box")).to_have_count(0)
    holds(page, "见[渡口时刻表](https://example.com/ferry)。")
    expect(page.locator("#id_body")).to_be_focused()
    put_caret(page, "渡口时")
    press(page, "link")
    expect(address).to_have_value("https://example.com/ferry")
    address.fill("luo@example.com")
    page.keyboard.press("Enter")
    holds(page, "见[渡口时刻表](mailto:luo@example.com)。")
    put_caret(page, "渡口时")
    press(page, "link")
    page.locator(".editor-box [data-part=unlink]").click()
    holds(page, "见渡口时刻表。")


def test_link_left_by_escape_changes_nothing(desk):
    page = desk()
    type_in(page, "见时刻表。")
    put_caret(page, "见")
    press(page, "link")
    page.locator(".editor-box [data-part=words]").fill("别的")
    page.keyboard.press("Escape")
    expect(page.locator(".editor-box")).to_have_count(0)
    holds(page, "见时刻表。")
    has_before_caret(page, "见")


def test_table_is_filled_in_as_cells_and_changed_later(desk):
    page = desk()
    type_in(page, "渡口的灯：")
    press(page, "table")
    cells = page.locator(".editor-box td input")
    expect(cells).to_have_count(9)
    page.locator(".editor-box [data-do=column-less]").click()
    page.locator(".editor-box [data-do=row-less]").click()
    expect(cells).to_have_count(4)
    for cell, words in zip(cells.all(), ["渡口", "盏|数", "桂花渡", "2"], strict=True):
        cell.fill(words)
    page.locator(".editor-box button.default").click()
    holds(page, "渡口的灯：\n| 渡口 | 盏\\|数 |\n| --- | --- |\n| 桂花渡 | 2 |")
    put_caret(page, "桂花")
    press(page, "table")
    expect(cells.nth(1)).to_have_value("盏|数")
    page.locator(".editor-box [data-do=row-more]").click()
    cells.nth(4).fill("柳叶渡")
    page.locator(".editor-box [data-part=head]").uncheck()
    page.locator(".editor-box button.default").click()
    holds(page, "渡口的灯：\n| 渡口 | 盏\\|数 |\n| 桂花渡 | 2 |\n| 柳叶渡 |  |")


def test_photo_is_chosen_by_its_picture_and_shown_in_its_place(desk, writer):
    story = make_draft(body="渡口添了灯。\n夜里不怕了。", filed_by=writer)
    for caption in ("渡口的灯", "船工老吴"):
        make_photo(story, caption=caption)
    page = desk(change(story))
    expect(page.locator("#photo-desk [data-field=caption]:visible")).to_have_count(2)
    put_caret(page, "渡口")
    press(page, "photo")
    choices = page.locator(".editor-photos button")
    expect(choices).to_have_count(2)
    expect(choices.nth(1)).to_contain_text("船工老吴")
    choices.nth(1).click()
    holds(page, "渡口添了灯。\n[图2]\n夜里不怕了。")
    expect(page.locator(".editor-paper .photo")).to_contain_text("船工老吴")
    figures = printed(page).locator("> *")
    expect(figures.nth(2)).to_contain_text("船工老吴")
    assert [part.evaluate("one => one.localName") for part in figures.all()] == [
        "figure",
        "p",
        "figure",
        "p",
    ]


# Undo


def passed(page: Page, key: str, end: str) -> list[str]:
    """Press a key until a text stands in the body; return the texts it passed on the way."""
    texts = [body_of(page)]
    while texts[-1] != end:
        page.keyboard.press(key)
        expect(page.locator("#id_body")).not_to_have_value(texts[-1])
        texts.append(body_of(page))
    return texts


def test_every_deed_is_taken_back_step_by_step(desk):
    page = desk()
    page.click("#id_body")
    states = [""]
    deeds: list[tuple[Callable[[], None], str]] = [
        (lambda: page.keyboard.insert_text("渡口添了灯"), "渡口添了灯"),
        (lambda: press(page, "subhead"), "## 渡口添了灯"),
        (lambda: page.keyboard.press("Enter"), "## 渡口添了灯\n"),
        (lambda: page.keyboard.insert_text("夜里不怕"), "## 渡口添了灯\n夜里不怕"),
        (lambda: press(page, "item"), "## 渡口添了灯\n- 夜里不怕"),
        (lambda: page.keyboard.press("Enter"), "## 渡口添了灯\n- 夜里不怕\n- "),
        (lambda: page.keyboard.press("Enter"), "## 渡口添了灯\n- 夜里不怕\n"),
        (lambda: press(page, "quotation"), "## 渡口添了灯\n- 夜里不怕\n> "),
    ]
    for deed, text in deeds:
        deed()
        holds(page, text)
        states.append(text)
    back = passed(page, "Control+z", states[0])
    assert [text for text in back if text in states] == states[::-1]
    forth = passed(page, "Control+Shift+z", states[-1])
    assert [text for text in forth if text in states] == states


def test_undo_button_takes_back_what_was_typed(desk):
    page = desk(width=PHONE)
    type_in(page, TEXT)
    select(page, "夜里不怕了。")
    press(page, "quotation")
    press(page, "undo")
    holds(page, TEXT)
    expect(page.locator("#id_body")).to_be_focused()


# Enter


def test_enter_goes_on_with_a_list_and_ends_it(desk):
    page = desk()
    type_in(page, "- 桂花渡")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("柳叶渡")
    holds(page, "- 桂花渡\n- 柳叶渡")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("完了。")
    holds(page, "- 桂花渡\n- 柳叶渡\n完了。")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("－　桂花渡", "－　桂花渡\n－　"),
        ("> 够走路就好", "> 够走路就好\n> "),
        (">够走路就好", ">够走路就好\n> "),
        ("渡口添灯", "渡口添灯\n"),
        ("## 六盏灯", "## 六盏灯\n"),
        ("| a | b |", "| a | b |\n"),
        (">60岁", ">60岁\n"),
    ],
)
def test_enter_repeats_the_mark_as_it_was_typed(desk, before, after):
    page = desk()
    type_in(page, before)
    page.keyboard.press("Enter")
    holds(page, after)


def test_enter_in_the_middle_of_an_item_divides_it(desk):
    page = desk()
    type_in(page, "- 桂花渡柳叶渡")
    put_caret(page, "桂花渡")
    page.keyboard.press("Enter")
    holds(page, "- 桂花渡\n- 柳叶渡")


# Input methods


def test_composing_in_the_middle_of_a_paragraph(desk):
    page = desk()
    type_in(page, TEXT)
    put_caret(page, "夜里")
    keyboard = InputMethod(page)
    keyboard.compose("d", "du", "du k", "du kou")
    holds(page, TEXT.replace("夜里", "夜里du kou"))
    keyboard.commit("渡口")
    holds(page, TEXT.replace("夜里", "夜里渡口"))
    keyboard.compose("b", "bian")
    keyboard.commit("边")
    holds(page, TEXT.replace("夜里", "夜里渡口边"))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator("#id_body")).to_have_value(re.compile("^渡口添了灯。\n夜里(渡口)?不怕了。"))


def test_enter_that_takes_a_composition_does_not_go_on_with_the_list(desk):
    page = desk()
    type_in(page, "- 桂花渡")
    keyboard = InputMethod(page)
    keyboard.compose("l", "liang")
    holds(page, "- 桂花渡liang")
    keyboard.key("Enter")
    keyboard.commit("liang")
    holds(page, "- 桂花渡liang")
    page.keyboard.press("Enter")
    keyboard.compose("l", "liu", "liu ye")
    keyboard.commit("柳叶")
    holds(page, "- 桂花渡liang\n- 柳叶")


def test_composing_on_an_empty_item_keeps_it(desk):
    page = desk()
    type_in(page, "- 桂花渡")
    page.keyboard.press("Enter")
    keyboard = InputMethod(page)
    keyboard.compose("l", "liu")
    keyboard.key("Enter")
    keyboard.commit("柳")
    holds(page, "- 桂花渡\n- 柳")


def test_composing_while_a_preview_is_on_its_way(desk):
    page = desk()
    waiting: dict[str, Route] = {}

    def keep_waiting(route: Route) -> None:
        if body := body_sent(route.request):
            waiting[body] = route
        else:
            route.continue_()

    page.route("**/preview/", keep_waiting)
    type_in(page, TEXT)
    until(page, lambda: TEXT in waiting)
    put_caret(page, "夜里")
    keyboard = InputMethod(page)
    keyboard.compose("d", "du", "du kou")
    waiting[TEXT].continue_()
    expect(printed(page).locator("p")).to_have_count(3)
    half, whole = (TEXT.replace("夜里", f"夜里{words}") for words in ("du kou", "渡口"))
    holds(page, half)
    # Half a word is not shown, and does not ask for a preview however long it stands.
    page.wait_for_timeout(1000)
    keyboard.commit("渡口")
    until(page, lambda: whole in waiting)
    assert list(waiting) == [TEXT, whole]
    waiting[whole].continue_()
    expect(printed(page)).to_contain_text("夜里渡口不怕了。")
    holds(page, whole)


def test_button_during_a_composition_keeps_what_is_composed(desk):
    page = desk()
    type_in(page, TEXT)
    put_caret(page, "夜里")
    keyboard = InputMethod(page)
    keyboard.compose("d", "du")
    press(page, "subhead")
    holds(page, TEXT.replace("夜里", "## 夜里du"))


def test_sheet_behind_the_text_follows_a_composition(desk):
    page = desk()
    type_in(page, TEXT)
    keyboard = InputMethod(page)
    lines = page.locator(".editor-paper .line")
    for step in ("d", "deng"):
        keyboard.compose(step)
        expect(lines).to_have_text(f"{TEXT}{step}".split("\n"))
    keyboard.commit("灯")
    expect(lines).to_have_text(f"{TEXT}灯".split("\n"))
    holds(page, f"{TEXT}灯")


# Preview


def test_text_is_shown_as_in_the_paper_while_it_is_typed(desk):
    page = desk()
    page.fill("#id_headline", "渡口添灯")
    type_in(page, WHOLE)
    expect(printed(page).locator("h2.subhead")).to_have_text("六盏灯")
    shown = " ".join(printed(page).inner_html().split())
    wanted = str(body_text.render_html(body_text.parse(WHOLE)))
    for part in ("<strong>每一班船</strong>", "<blockquote><p>够走路就好。</p></blockquote>"):
        assert part in wanted
        assert part in shown
    expect(page.locator(".typed-page h1")).to_have_text("渡口添灯")
    expect(printed(page).locator("td")).to_have_text(["桂花渡", "2"])
    expect(page.locator(".editor-problems button")).to_have_count(1)
    page.locator(".editor-problems button").click()
    has_before_caret(page, "没有关上的**星号。")


def test_click_on_what_is_printed_leads_to_its_line(desk):
    page = desk()
    type_in(page, f"{WHOLE}\n最后一段。")
    for words, line in (
        ("桂花渡：两盏", "- 桂花渡：两盏"),
        ("时刻表", "- 柳叶渡：四盏，见[时刻表](https://example.com/ferry)"),
        ("2", "| 桂花渡 | 2 |"),
        ("够走路就好。", "> 够走路就好。"),
        ("最后一段。", "最后一段。"),
    ):
        printed(page).get_by_text(words, exact=True).click()
        expect(page.locator("#id_body")).to_be_focused()
        has_before_caret(page, line)
    assert page.url.endswith(ADD)


def test_on_a_phone_writing_and_looking_take_turns(desk):
    page = desk(width=PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "preview" in request.url else 0)
    type_in(page, TEXT)
    page.wait_for_timeout(900)
    assert asked == []
    expect(page.locator("#editor-look")).to_be_hidden()
    page.locator("#editor-tab-look").click()
    expect(printed(page).locator("p")).to_have_count(3)
    expect(page.locator("#id_body")).to_be_hidden()
    printed(page).get_by_text("夜里不怕了。").click()
    expect(page.locator("#id_body")).to_be_focused()
    has_before_caret(page, "夜里不怕了。")
    page.locator("#editor-tab-write").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#editor-tab-look")).to_be_focused()
    expect(page.locator("#editor-look")).to_be_visible()


def test_preview_says_that_the_server_is_away_and_comes_back(desk):
    page = desk()
    page.context.set_offline(True)
    type_in(page, TEXT)
    expect(page.locator("[data-state=unreachable]")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-state=unreachable]")).to_be_hidden()
    expect(printed(page).locator("p")).to_have_count(3)


def test_preview_goes_on_after_a_login_in_another_tab(desk, writer):
    page = desk()
    page.evaluate(
        "document.querySelector('#article_form [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
    )
    type_in(page, TEXT)
    expect(printed(page).locator("p")).to_have_count(3)


# The sheet and the count


def test_sheet_behind_the_text_is_as_high_as_the_text(desk):
    page = desk()
    type_in(
        page,
        "\n".join(
            f"{line} Waterloo, 2026年 “引号”，（括号）……——" * 4 for line in WHOLE.split("\n")
        ),
    )
    heights = page.evaluate(
        """() => {
          const field = document.getElementById("id_body");
          const lines = document.querySelector(".editor-paper");
          const last = lines.lastElementChild.getBoundingClientRect().bottom;
          return [last - lines.getBoundingClientRect().top, field.scrollHeight, field.clientHeight];
        }"""
    )
    words, needed, shown = heights
    assert needed == shown
    # Without the sheet the text needs as much room as the sheet's lines take.
    page.evaluate("document.getElementById('id_body').style.cssText = 'height: 9px; min-height: 0'")
    needed = page.evaluate("document.getElementById('id_body').scrollHeight")
    assert abs(needed - (words + 16)) <= 2


COUNTED = [
    WHOLE,
    "",
    "##",
    "＃＃ 小标题\n＞ 引文\n－ 一项\n｜ 甲 ｜ 乙 ｜",
    "Hello, world 2026年11月 3.5% “引号”",
    "\\**不是粗体\\** \\[图1] \\## 不是",
    "[图1]\n【图２】\n[图1] 有字",
    "**粗[链](https://example.com)体** [坏](ftp://x) [**粗链**](/a)",
    "**** ** **\n- \n> \n>60\n###\n#话题#",
    "| a | b |\n| --- | --- |\n| \\| | 二 三 |\n\n| 一 |",
    "é e\u0301 𠮷野家 👨\u200d👩\u200d👧 ﻿零宽\u200b字\r\n行\u2028行",
    "[a[b](https://example.com/(x)) [](https://example.com) [ ](https://example.com)",
]


def test_count_is_the_servers(desk):
    page = desk()
    counts = page.evaluate(
        """async (texts) => {
          const script = document.querySelector('script[src*="filing/editor"]').src;
          const address = script.replace(/editor\\.js/, "editor/grammar.js");
          const { characterCount, plainText } = await import(address);
          return texts.map((text) => [characterCount(text), plainText(text)]);
        }""",
        COUNTED,
    )
    for text, (count, words) in zip(COUNTED, counts, strict=True):
        parsed = body_text.parse(text)
        assert words == body_text.plain_text(parsed), text
        assert count == body_text.character_count(parsed), text
    type_in(page, WHOLE)
    expect(page.locator(".editor-count")).to_contain_text(
        str(body_text.character_count(body_text.parse(WHOLE)))
    )


# For everybody


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing(desk, writer, width, theme):
    story = make_draft(body=WHOLE, filed_by=writer)
    make_photo(story, caption="渡口的灯", alt="渡口的一盏路灯")
    page = desk(change(story), width=width, color_scheme=theme)
    if width == DESKTOP:
        expect(printed(page)).to_be_visible()
    assert found_by_axe(page, "#body-editor") == []
    page.locator(".editor-help summary").click()
    assert found_by_axe(page, "#body-editor") == []
    page.locator(".editor-help summary").click()
    for what in ("link", "table", "photo"):
        press(page, what)
        expect(page.locator(".editor-box")).to_be_visible()
        assert found_by_axe(page, ".editor-box") == []
        page.keyboard.press("Escape")
        expect(page.locator(".editor-box")).to_have_count(0)
    if width == PHONE:
        page.locator("#editor-tab-look").click()
        expect(printed(page)).to_be_visible()
        assert found_by_axe(page, "#body-editor") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_body_is_a_plain_field(device, writer):
    page = device(writer, DESKTOP, java_script_enabled=False)
    page.goto(ADD)
    expect(page.locator("#body-editor")).to_be_hidden()
    expect(page.locator("#id_body")).to_be_visible()
    page.fill("#id_headline", "渡口添灯")
    page.fill("#id_body", "## 灯亮了\n夜里不怕了。")
    with page.expect_navigation(url=re.compile(r"/\d+/change/")):
        page.locator("button[name=_continue]").click()
    assert Article.objects.get().body.splitlines() == ["## 灯亮了", "夜里不怕了。"]
