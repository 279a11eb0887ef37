"""What comes into the body from WPS, Word, WeChat and mails: words, and nothing of their looks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import body as body_text
from tests.newsroom import make_login

from .test_editor import desk  # noqa: F401 (a fixture)
from .writing import body_of, clipboard, holds, paste, put_caret, select, type_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = """## 渡口添灯
临澄区桂花渡的6盏路灯昨晚第一次亮起来。渡口管理站说，往后夜里10点前，每一班船都“看得清台阶”。
## 六盏灯照亮夜归路
住在柳叶里的周阿婆说，孩子自己也敢走。详见[https://example.com/ferry](https://example.com/ferry?a=1&b=2)和本地文件。
- 桂花渡：两盏
- 柳叶渡：四盏
1. 每月检查一次
管理站三天内换灯。"""
WPS = """本月起，柳叶里社区的议事会改在周五晚上开，共12场。
## 议事不出院门
社区书记罗小满说：“谁的事谁来说。”
| 楼栋 | 日子 | 召集人 |
| --- | --- | --- |
| 一至三栋 | 11月6日 | 罗小满 钱多多 |
|  | 11月13日 | 孟一\\|帆 |
| 全年合计 |  | 12场 |
说了就要办，办不到的要讲清楚。
（通讯员 罗小满 记者 沈砚秋）"""
WECHAT = """## 01热饭暖到楼下
每天上午11点，枇杷巷食堂的餐车准时停在3栋楼下。
图为餐车到楼下
“菜是热的，汤也是热的。”八十岁的薛爷爷说。
## 怎么订餐
- 打电话：010－1234
- 找楼长登记
2. 早上九点前订
3. 中午取
小程序和[往期](https://mp.weixin.qq.com/s/abc)都能查。
第一行
第二行"""
OUTLOOK = """Hi 编辑部：
稿件见下，联系[罗小满](mailto:luo@example.com)，电话[010-12345678](tel:01012345678)。
From: 罗小满
主题: 枇杷巷的餐车
| 日期 | 份数 |
| --- | --- |
| 周一 | 120 |
\\- 这一行以短横开头
\\## 这一行以井号开头
两颗星\\*\\*和\\[方括号](https://example.com)"""
FIXTURES = {"word": WORD, "wps": WPS, "wechat": WECHAT, "outlook": OUTLOOK}
# What the applications show and nobody means: remarks in the margin, deleted words, bullets.
NOT_MEANT = ("[wy1]", "请核对盏数", "五天内", "内部备注")


@pytest.fixture
def writer() -> User:
    return make_login("correspondent", "writer")


@pytest.fixture
def page(desk) -> Page:  # noqa: F811 (the fixture)
    return desk()


class Visible(HTMLParser):
    """The words of an HTML document."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ignored = "mso-list:Ignore" in (dict(attrs).get("style") or "")
        if not self.skipping and (tag in ("style", "head") or ignored):
            self.skipping = tag if not ignored else "listmark"

    def handle_endtag(self, tag: str) -> None:
        if tag == self.skipping:
            self.skipping = ""

    def handle_data(self, data: str) -> None:
        if self.skipping == "listmark":
            # A list's mark is followed by blanks in a span of their own.
            self.skipping = "" if not data.strip() else self.skipping
        elif not self.skipping:
            self.words.append(data)


def visible(html: str) -> str:
    reader = Visible()
    reader.feed(html)
    words = "".join(reader.words)
    for remark in NOT_MEANT:
        words = words.replace(remark, "")
    return same(words)


def same(words: str) -> str:
    """Return words without what may be written another way: spaces, widths, quotes."""
    half = {ord(full): full.translate({}) for full in ""}
    half |= {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
    words = words.translate(half).translate({ord("“"): '"', ord("”"): '"'})
    return re.sub(r"[\s\u200b\ufeff]", "", words)


@pytest.mark.parametrize("name", FIXTURES)
def test_clipboard_of_an_application_arrives_as_the_bodys_own_text(page, name):
    assert paste(page, html=clipboard(name), plain="whatever")
    holds(page, FIXTURES[name])


@pytest.mark.parametrize("name", FIXTURES)
def test_no_word_of_a_clipboard_is_lost(page, name):
    paste(page, html=clipboard(name))
    expect(page.locator("#id_body")).not_to_have_value("")
    arrived = same(body_text.plain_text(body_text.parse(body_of(page))))
    missing = list(visible(clipboard(name)))
    for character in arrived:
        if character in missing:
            missing.remove(character)
    assert missing == []


def test_paste_is_taken_back_in_two_steps_quotes_first(page):
    type_in(page, "前文。")
    paste(page, html='<p>他说"好"。</p><p>又说"行"。</p>')
    holds(page, "前文。\n他说“好”。\n又说“行”。")
    page.keyboard.press("Control+z")
    holds(page, '前文。\n他说"好"。\n又说"行"。')
    page.keyboard.press("Control+z")
    holds(page, "前文。")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    holds(page, "前文。\n他说“好”。\n又说“行”。")


def test_quotes_are_turned_back_at_a_press_even_after_more_was_typed(page):
    notice = page.locator(".editor-pasted")
    paste(page, html="<p>他说\"好\"，'不急'，it's fine。</p><p>12\"的管子。</p>")
    holds(page, "他说“好”，‘不急’，it's fine。\n12\"的管子。")
    page.keyboard.insert_text("再写一句。")
    page.locator(".editor-pasted [data-do=straight]").click()
    holds(page, "他说\"好\"，'不急'，it's fine。\n12\"的管子。再写一句。")
    expect(notice.locator("button")).to_have_count(0)
    page.keyboard.press("Control+z")
    holds(page, "他说“好”，‘不急’，it's fine。\n12\"的管子。再写一句。")


def test_quotes_are_kept_at_a_press_and_nothing_is_asked_where_there_are_none(page):
    paste(page, html='<p>他说"好"。</p>')
    page.locator(".editor-pasted [data-do=keep]").click()
    expect(page.locator(".editor-pasted button")).to_have_count(0)
    expect(page.locator("#id_body")).to_be_focused()
    holds(page, "他说“好”。")
    paste(page, html="<p>无引号。</p>")
    expect(page.locator(".editor-pasted button")).to_have_count(0)


def test_pictures_and_deleted_passages_left_out_are_told(page):
    paste(page, html=clipboard("wechat"))
    pictures = page.locator(".editor-pasted [data-part=pictures]")
    expect(pictures).to_be_visible()
    # Two pictures and an account's card.
    expect(pictures).to_contain_text("3")
    paste(page, html=clipboard("word"))
    expect(page.locator(".editor-pasted [data-part=struck]")).to_be_visible()
    expect(pictures).to_be_hidden()


def test_words_of_one_paragraph_go_in_at_the_caret(page):
    type_in(page, "渡口添了。")
    put_caret(page, "添了")
    paste(page, html="<span style='color:red'><b>六盏</b></span>灯")
    holds(page, "渡口添了六盏灯。")


def test_several_paragraphs_stand_on_lines_of_their_own(page):
    type_in(page, "前文。后文。")
    put_caret(page, "前文。")
    paste(page, html="<p>一。</p><p>　</p><p>二。</p>")
    holds(page, "前文。\n一。\n二。\n后文。")
    page.keyboard.insert_text("（插）")
    holds(page, "前文。\n一。\n二。（插）\n后文。")


def test_address_pasted_over_words_makes_a_link(page):
    type_in(page, "见渡口时刻表。")
    select(page, "渡口时刻表")
    paste(page, plain="https://example.com/ferry\n")
    holds(page, "见[渡口时刻表](https://example.com/ferry)。")


def test_plain_text_is_tidied_lightly(page):
    paste(
        page,
        plain="　　第一段有２０２６年。\r\n\r\n\u200b  ## 小标题\r\n- 一\r\n\r\n\r\n- 二"
        "\r\n记者 张三",
    )
    holds(page, "第一段有2026年。\n## 小标题\n- 一\n\n- 二\n记者 张三")


def test_paste_as_it_is_changes_nothing(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", '　　２０２６年说"好"')
    page.click("#id_body")
    page.keyboard.press("Control+Shift+V")
    holds(page, '　　２０２６年说"好"')
    page.fill("#id_body", "")
    page.keyboard.press("Control+V")
    holds(page, "2026年说“好”")


def test_picture_alone_is_left_to_the_photos(page):
    taken = page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", '<img src="x.png">');
          data.items.add(new File(["x"], "x.png", { type: "image/png" }));
          const field = document.getElementById("id_body");
          let left = false;
          field.parentElement.addEventListener("paste", (event) => {
            left = !event.defaultPrevented;
            event.stopPropagation();
          }, { once: true });
          const how = { clipboardData: data, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", how));
          return left;
        }"""
    )
    assert taken


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><b>全文都粗。</b></p><p><b>没有小标题</b></p>", "全文都粗。\n没有小标题"),
        (
            "<p>正文。</p><p><b>太长的粗体一行不是小标题因为它实在是太长太长太长太长太长太长了</b></p>",
            "正文。\n太长的粗体一行不是小标题因为它实在是太长太长太长太长太长太长了",
        ),
        ("<p>正文。</p><p><strong>半句粗</strong>半句不粗</p>", "正文。\n半句粗半句不粗"),
        ("<p>正文。</p><p><b style='font-weight:normal'>不粗</b></p>", "正文。\n不粗"),
        ("<ol><li>甲<ul><li>乙</li></ul></li><li value=5>丙</li></ol>", "1. 甲\n- 乙\n5. 丙"),
        (
            "<table><tr><td>只有一列</td></tr><tr><td>不是表格</td></tr></table>",
            "只有一列\n不是表格",
        ),
        ("<table><tr><td>甲<br>乙</td><td></td></tr></table>", "| 甲 乙 |  |"),
        ("<ul><li>甲</li></ul><ul><li>乙</li></ul>", "- 甲\n\n- 乙"),
        ("<pre>第一行\n  第二行</pre>", "第一行\n第二行"),
        ("<p>甲<script>alert(1)</script><style>p{}</style>乙</p>", "甲乙"),
        ("<p>面积 3 m<sup>2</sup>，a &lt; b</p>", "面积3 m2，a < b"),
        ("<p>[图1]</p><p>甲</p>", "[图1]\n甲"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("<p>https&#58;//example.com/\\path</p>", "https://example.com/\\path"),
    ],
)
def test_shapes(page, html, text):
    paste(page, html=html)
    holds(page, text)


def test_long_paste_arrives_whole(page):
    lines = [f"第{n}段：渡口的灯亮了，夜里不怕了。" * 4 for n in range(400)]
    paste(page, html="".join(f"<p style='color:red'><span>{line}</span></p>" for line in lines))
    holds(page, "\n".join(lines))
