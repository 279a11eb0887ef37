import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from articles import body
from articles.body import (
    Link,
    List,
    Paragraph,
    PhotoMark,
    Quotation,
    Subhead,
    Table,
    Text,
)

ROOT = Path(__file__).resolve().parent.parent.parent

STORY = """巷口的路灯亮了。

## 一盏灯
> 夜里买菜不怕了。
> 孩子也敢下楼。
[图1]
- 换灯四十盏
- 补路三处
| 小区 | 盏数 |
| --- | --- |
| 梧桐里 | 12 |
详见[公示](/stations/wutong/)。
"""


def html(text, **options):
    with override("en"):
        return body.render_html(body.parse(text), **options)


def kinds(text):
    return [(problem.kind, problem.line) for problem in body.problems(body.parse(text))]


def test_story_is_read_into_blocks():
    words = lambda text: (Text(text),)  # noqa: E731
    assert body.parse(STORY).blocks == (
        Paragraph(words("巷口的路灯亮了。")),
        Subhead(words("一盏灯")),
        Quotation((words("夜里买菜不怕了。"), words("孩子也敢下楼。"))),
        PhotoMark(1),
        List((words("换灯四十盏"), words("补路三处"))),
        Table(
            ((words("小区"), words("盏数")), (words("梧桐里"), words("12"))),
            has_head=True,
        ),
        Paragraph((Text("详见"), Link("公示", "/stations/wutong/"), Text("。"))),
    )


def test_blocks_know_the_line_they_begin_on():
    assert [block.line for block in body.parse(STORY).blocks] == [1, 3, 4, 6, 7, 9, 12]


def test_story_is_printed_as_html():
    photo = mark_safe("<figure>灯</figure>")
    assert html(STORY, photos=[photo], dateline="本报讯") == (
        '<p><span class="dateline">本报讯</span>\u3000巷口的路灯亮了。</p>\n'
        '<h2 class="subhead">一盏灯</h2>\n'
        "<blockquote><p>夜里买菜不怕了。</p><p>孩子也敢下楼。</p></blockquote>\n"
        "<figure>灯</figure>\n"
        "<ul><li>换灯四十盏</li><li>补路三处</li></ul>\n"
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>'
        '<thead><tr><th scope="col">小区</th><th scope="col">盏数</th></tr></thead>'
        "<tbody><tr><td>梧桐里</td><td>12</td></tr></tbody></table></div>\n"
        '<p>详见<a href="/stations/wutong/">公示</a>。</p>'
    )


def test_story_is_plain_text():
    assert body.plain_text(body.parse(STORY)) == (
        "巷口的路灯亮了。\n一盏灯\n夜里买菜不怕了。\n孩子也敢下楼。\n换灯四十盏\n补路三处\n"
        "小区\u3000盏数\n梧桐里\u300012\n详见公示。"
    )
    assert body.subheads(body.parse(STORY)) == ["一盏灯"]


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "##", "## \n>\n- \n||", "\u200b\ufeff"])
def test_text_without_words_is_an_empty_body(text):
    assert body.parse(text).blocks == ()
    assert html(text, dateline="本报讯") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("##夜话", '<h2 class="subhead">夜话</h2>'),
        ("＃＃　夜话", '<h2 class="subhead">夜话</h2>'),
        ("　　## 夜话　", '<h2 class="subhead">夜话</h2>'),
        ("# 夜话", "<p># 夜话</p>"),
        ("#邻里夜话#来了", "<p>#邻里夜话#来了</p>"),
        ("### 夜话", "<p>### 夜话</p>"),
        ("＞　好", "<blockquote><p>好</p></blockquote>"),
        ("＞好", "<blockquote><p>好</p></blockquote>"),
        (">60岁免费", "<p>&gt;60岁免费</p>"),
        ("> 甲\n\n> 乙", "<blockquote><p>甲</p></blockquote>\n<blockquote><p>乙</p></blockquote>"),
        ("> 甲\n>\n> 乙", "<blockquote><p>甲</p><p>乙</p></blockquote>"),
        ("－　甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("-5℃", "<p>-5℃</p>"),
        ("——甲", "<p>——甲</p>"),
        ("问：怎么办？\n答：找网格员。", "<p>问：怎么办？</p>\n<p>答：找网格员。</p>"),
        ("记者：> 好", "<p>记者：&gt; 好</p>"),
        ("甲\r\n乙\r丙\x0b丁\u2028戊", "\n".join(f"<p>{word}</p>" for word in "甲乙丙丁戊")),
        ("甲\t乙\u200b丙\xa0\x00丁", "<p>甲 乙丙 丁</p>"),
        ("甲\ud800乙\u202e丙", "<p>甲乙丙</p>"),
        ("甲　乙", "<p>甲　乙</p>"),
    ],
)
def test_head_of_a_line_says_what_it_is(text, expected):
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [("[图1]", 1), ("［图１］", 1), ("【图12】", 12), ("　[图 3]　", 3), ("【图01]", 1)],
)
def test_photo_mark_stands_alone_on_its_line(text, number):
    assert body.parse(text).blocks == (PhotoMark(number),)


@pytest.mark.parametrize("text", ["见[图1]", "[图1]。", "[图0]", "[图]", "[图1000]", "[图一]"])
def test_what_only_resembles_a_photo_mark_is_text(text):
    assert html(text, photos=["x"]) == f"<p>{text}</p>"


def test_photos_are_placed_by_number_and_once():
    text = "[图2]\n甲\n[图1]\n[图2]\n[图3]"
    figures = {1: mark_safe("<figure>一</figure>"), 2: mark_safe("<figure>二</figure>")}
    expected = "<figure>二</figure>\n<p>甲</p>\n<figure>一</figure>"
    assert html(text, photos=figures) == expected
    assert html(text, photos=list(figures.values())) == expected
    assert html(text) == "<p>甲</p>"
    assert body.parse(text).photo_numbers == (2, 1, 3)


def test_figure_that_nobody_called_safe_is_escaped():
    assert html("[图1]", photos=["<figure>"]) == "&lt;figure&gt;"


def test_dateline_begins_the_first_paragraph_alone():
    assert html("## 头\n甲\n乙", dateline="本报<讯>") == (
        '<h2 class="subhead">头</h2>\n'
        '<p><span class="dateline">本报&lt;讯&gt;</span>\u3000甲</p>\n<p>乙</p>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这是**要紧。**所以", "这是<strong>要紧。</strong>所以"),
        ("他说：“**一定办好！**”众人", "他说：“<strong>一定办好！</strong>”众人"),
        ("**“一网统管”**上线", "<strong>“一网统管”</strong>上线"),
        ("**（甲）**、**乙**", "<strong>（甲）</strong>、<strong>乙</strong>"),
        ("**甲****乙**", "<strong>甲</strong><strong>乙</strong>"),
        ("** 甲 **", "<strong> 甲 </strong>"),
        ("**甲", "**甲"),
        ("**甲**乙**", "<strong>甲</strong>乙**"),
        ("****", "****"),
        ("甲** **乙", "甲** **乙"),
        ("2*3*4", "2*3*4"),
        ("***甲**", "<strong>*甲</strong>"),
        ("**见[公示](/a)吧**", '<strong>见<a href="/a">公示</a>吧</strong>'),
        ("[**公示**](/a)", '<strong><a href="/a">公示</a></strong>'),
        ("**见[**公示**](/a)**", '<strong>见<a href="/a">公示</a></strong>'),
        ("[公**示](/a)**", '<a href="/a">公**示</a>**'),
        (r"\**甲\**", "**甲**"),
        (r"\[公示](/a)", "[公示](/a)"),
        (r"[公\]示](/a)", '<a href="/a">公]示</a>'),
        (r"C:\甲\a", r"C:\甲\a"),
        (r"甲\\乙", r"甲\乙"),
    ],
)
def test_marks_in_a_line(text, expected):
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.cn/b?c=1&d=2", ('https://a.cn/b?c=1&amp;d=2" rel="noopener nofollow')),
        ("HTTP://a.cn", 'HTTP://a.cn" rel="noopener nofollow'),
        ("https://a.cn/灯_(巷)", 'https://a.cn/灯_(巷)" rel="noopener nofollow'),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("tel:0556-5550100", "tel:0556-5550100"),
        ("/", "/"),
        ("/articles/1/", "/articles/1/"),
    ],
)
def test_link_leads_to_an_allowed_address(address, expected):
    assert html(f"见[此]({address})。") == f'<p>见<a href="{expected}">此</a>。</p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html;base64,PHN2Zz4=",
        "vbscript:a",
        "file:///etc/passwd",
        "httpſ://a.cn",
        "https://",
        "https:/a.cn",
        "//a.cn",
        "/\\a.cn",
        "\\/a.cn",
        "/\u200b/a.cn",
        "/\n/a.cn",
        "a.cn",
        "#a",
        "?a",
        "mailto:",
        "tel:a",
        " /a",
        "https://a.cn/ b",
        "",
    ],
)
def test_any_other_address_makes_no_link(address):
    printed = html(f"见[此]({address})。")
    assert "<a" not in printed
    assert "href" not in printed
    assert printed.startswith("<p>见[此](")


@pytest.mark.parametrize("place", ["{}", "## {}", "> {}", "- {}", "| {} |", "**{}**", "[{}](/a)"])
@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "' onfocus='alert(1)",
        "</p><svg/onload=alert(1)>",
        "<!--",
        "&lt;script&gt;",
    ],
)
def test_no_html_passes_through(place, attack):
    printed = html(place.format(attack))
    allowed = (
        r"</?(?:p|h2|blockquote|ul|li|div|table|tbody|tr|td|strong|a)(?: [a-z-]+=\"[^\"<>]*\")*>"
    )
    rest = re.sub(allowed, "", printed)
    assert not set("<>\"'") & set(rest)
    assert "&amp;lt;" in rest or "&lt;" in rest or "&quot;" in rest or "&#x27;" in rest
    assert isinstance(printed, SafeString)


def test_quotes_in_an_address_stay_in_it():
    assert html("[此](/a\"onclick='b'<c>)") == (
        '<p><a href="/a&quot;onclick=&#x27;b&#x27;&lt;c&gt;">此</a></p>'
    )


@pytest.mark.parametrize(
    ("text", "rows", "has_head"),
    [
        ("| a | b |", ["a/b"], False),
        ("|a|b", ["a/b"], False),
        ("｜a｜b｜", ["a/b"], False),
        ("|a||", ["a/"], False),
        ("| a |\n|---|", ["a"], True),
        ("| a | b |\n| :-- | －－： |\n| c | d |", ["a/b", "c/d"], True),
        ("| a |\n| - |", ["a", "-"], False),
        ("| -- |\n| a |", ["--", "a"], False),
        (r"| a\|b | c\\|d", [r"a|b/c\/d"], False),
        ("| a |\n| |\n| b |", ["a", "", "b"], False),
    ],
)
def test_rows_make_a_table(text, rows, has_head):
    (table,) = body.parse(text).blocks
    read = ["/".join("".join(s.text for s in cell) for cell in row) for row in table.rows]
    assert (read, table.has_head) == (rows, has_head)


def test_short_row_ends_in_one_wide_cell():
    assert html("| **a** | b | c |\n| d |").endswith(
        "<table><tbody><tr><td><strong>a</strong></td><td>b</td><td>c</td></tr>"
        '<tr><td>d</td><td colspan="2"></td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n**乙", [("unclosed_strong", 2)]),
        ("**甲**乙**", [("unclosed_strong", 1)]),
        ("甲****乙", [("empty_mark", 1)]),
        ("##\n甲\n-", [("empty_mark", 1), ("empty_mark", 3)]),
        ("[ ](/a)", [("empty_mark", 1)]),
        ("|  |", [("empty_mark", 1)]),
        ("[图1]\n甲\n[图1]", [("photo_twice", 3)]),
        ("| a | b |\n|--|--|\n| c |\n| d | e |", [("uneven_row", 3)]),
        ("甲\n[乙](javascript:a)", [("address", 2)]),
        ("[乙]()", [("address", 1)]),
        ("[乙](a.cn)和[丙](/c)", [("address", 1)]),
        ("[图3]\n**甲", [("unclosed_strong", 2)]),
        (STORY, []),
        (r"\[乙](a.cn) \** 2[3] (4)", []),
    ],
)
def test_problems_say_what_and_where(text, expected):
    assert kinds(text) == expected


def test_problems_are_said_in_words():
    text = "| a | b |\n| c |\n[图2]\n[图2]"
    with override("en"):
        assert [str(problem.message) for problem in body.problems(body.parse(text))] == [
            "This row has 1 cells, the first row of the table has 2.",
            "Photo 2 already has a place above.",
        ]


@pytest.mark.parametrize(
    "text",
    [
        "**" * 100_001,
        "[" * 200_000,
        "[字" * 100_000,
        "[字](" * 60_000,
        "[字](/" * 50_000,
        "[字](/a(" * 40_000,
        "[\\[" * 60_000,
        "\\" * 200_001,
        "*" * 200_001,
        "- " + " " * 200_000 + "字",
        "[" + "*" * 200_000 + "](/a)",
        "字" * 2_000_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)
def test_hostile_text_is_read_to_its_end(text):
    """Each of these takes minutes if a scanner goes back over what it has read."""
    parsed = body.parse(text)
    assert len(parsed.blocks) == 1
    assert body.parse(body.to_text(parsed)) == parsed
    assert len(body.render_html(parsed)) < 2 * len(text) + 100


def test_page_grows_no_faster_than_its_text():
    """A long row above many short ones is not filled up cell by cell."""
    text = "|a" * 2_000 + "\n|b" * 2_000
    assert len(html(text)) < 40 * len(text)


def test_reading_needs_no_settings():
    code = (
        "from articles import body\n"
        "b = body.parse('**甲**\\n[乙](c)')\n"
        "print(body.plain_text(b), body.render_html(b), len(body.problems(b)))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT,
        env={},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "甲\n[乙](c) <p><strong>甲</strong></p>\n<p>[乙](c)</p> 1\n"
