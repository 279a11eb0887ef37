import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles import body
from articles.body import Link, List, Paragraph, PhotoMark, Strong, Subhead, Table, Text

# Marks, escapes and their neighbours, so that chance finds how they meet.
PIECES = st.sampled_from(
    [
        *"\\*[]()|｜#＃>＞-－［］【】 \u3000\n：a1图字。",
        "**",
        "](",
        "[图1]",
        "【图2】",
        "](/a)",
        "](http://a.cn/b_(c))",
        "[字](mailto:a@b.cn)",
        "[字](javascript:a)",
        "\n## ",
        "\n> ",
        "\n- ",
        "\n| ",
        "\n|--|--|\n",
    ]
)
BODIES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
LINES = BODIES.map(lambda text: " ".join(text.splitlines()))


def shown(text):
    """What a program's words look like once control characters and odd spaces are gone."""
    without = body.INVISIBLE.sub("", text)
    return re.sub("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]", " ", without).strip(" \u3000")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("夜里，灯亮了。", 7),
        ("“好！”他说……", 8),
        ("今年新增12盏", 6),
        ("Hello world", 2),
        ("用AED救人", 4),
        ("３０盏", 3),
        ("10月12日", 4),
        ("增长3.5%，达1,200人", 7),
        ("甲 乙　丙", 3),
        ("3×5", 3),
        ("𠮷野家", 3),
        ("**粗**和[链接](https://a.cn)", 4),
        ("## 头\n- 甲\n| 乙 | 丙 |", 4),
        ("[图1]", 0),
    ],
)
def test_characters_are_counted_as_newsrooms_do(text, count):
    assert body.character_count(body.parse(text)) == count


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("灯亮了。", 10, "灯亮了。"),
        ("## 头\n灯亮了。\n路也平了。", 10, "灯亮了。路也平了。"),
        ("灯亮了。\n路也平了。", 8, "灯亮了。路也平…"),
        ("巷口的灯亮了。路也平了，大家", 9, "巷口的灯亮了。"),
        ("巷口的灯亮了，路也平了，大家都来", 14, "巷口的灯亮了，路也平了…"),
        ("他说：“巷口灯亮了。”路也平了", 12, "他说：“巷口灯亮了。”"),
        ("他说：“巷口灯亮了。”路也平了", 10, "他说：“巷口灯亮了…"),
        ("街道办起议事会，建成“红管家、蓝管家”两支队伍", 16, "街道办起议事会，建成“红管家…"),
        ("街道办起了邻里议事会，建成“红管家、蓝管家”队伍", 19, "街道办起了邻里议事会…"),
        ("居民领到补助1,200元整", 9, "居民领到补助…"),
        ("居民领到补助1.5万元整", 10, "居民领到补助…"),
        ("小区里装了二十三盏灯", 7, "小区里装了…"),
        ("社区配了Philips牌的灯", 8, "社区配了…"),
        ("巷口灯亮了（见图甲", 7, "巷口灯亮了…"),
        ("ABCDEFGH", 4, "ABC…"),
        ("灯亮了", 0, ""),
        ("灯亮了", 1, "…"),
        ("> 灯亮了\n好", 10, "灯亮了 好"),
        ("- 义诊\n- 讲座", 10, "义诊 讲座"),
        ("", 10, ""),
    ],
)
def test_excerpt_ends_where_a_reader_can_stop(text, length, expected):
    assert body.excerpt(body.parse(text), length) == expected


@given(text=st.text("字一3.5,aB，。“”… \n", max_size=80), length=st.integers(1, 40))
def test_excerpt_is_never_too_long_and_says_nothing_new(text, length):
    parsed = body.parse(text)
    beginning = body.excerpt(parsed, length)
    assert len(beginning) <= length
    bare = re.compile(r"\s")
    whole = bare.sub("", body.plain_text(parsed))
    kept = bare.sub("", beginning)
    assert whole.startswith((kept, kept.removesuffix("…")))


@given(BODIES)
@example("\\[x](http://a**b**)")
@example("\\[x**y**](http://a)")
@example("*\\***a**")
@example("|a|\n|\\--|")
@example("|\n|--|")
def test_body_written_back_reads_the_same(text):
    parsed = body.parse(text)
    written = body.to_text(parsed)
    assert body.parse(written) == parsed
    assert body.to_text(body.parse(written)) == written


@given(LINES)
@example("- 甲")
@example("[图1]")
@example("【图1】")
@example("##")
@example("\\[图1]")
@example("\\\\- ")
def test_foreign_line_is_shown_as_it_is(line):
    parsed = body.parse(body.escape_line(line))
    assert body.plain_text(parsed) == shown(line)
    assert all(isinstance(block, Paragraph) for block in parsed.blocks)
    assert len(parsed.blocks) == bool(shown(line))
    assert body.problems(parsed) == []


@given(LINES.filter(shown), st.sampled_from(["## ", "> ", "- "]))
def test_foreign_line_is_shown_as_it_is_behind_a_mark(line, mark):
    (block,) = body.parse(mark + body.escape_line(line)).blocks
    assert body.plain_text(body.Body((block,))) == shown(line)
    assert not isinstance(block, Paragraph)


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("灯亮了（12盏）-[甲]*", "灯亮了（12盏）-[甲]*"),
        ("- 甲", r"\- 甲"),
        ("| 甲", r"\| 甲"),
        ("## 甲", r"\## 甲"),
        ("［图１］", r"\［图１］"),
        ("**甲**", r"\*\*甲\*\*"),
        ("[甲](/b)[丙]", r"\[甲](/b)\[丙]"),
        (r"C:\甲", r"C:\甲"),
        (r"甲\*", r"甲\\*"),
        ("甲\n## 乙", "甲 ## 乙"),
        ("  ", ""),
    ],
)
def test_no_more_is_escaped_than_it_takes(line, escaped):
    assert body.escape_line(line) == escaped


def test_text_written_back_is_canonical():
    assert body.to_text(body.parse("＃＃头\n\n\n＞甲\n\n> 乙\n｜a｜b\n|--\n[图01]\n　**丙**")) == (
        "## 头\n> 甲\n\n> 乙\n| a | b |\n| --- | --- |\n[图1]\n**丙**"
    )


def test_program_builds_a_body_from_blocks():
    made = body.from_blocks(
        [
            Subhead((Text("- 头\n尾"),)),
            Paragraph((Text("见"), Text("**"), Link("[甲]", "https://a.cn/b c)"), Strong(()))),
            Paragraph((Link("乙", "javascript:a"), Text("\u200b"))),
            Paragraph((Text(" "),)),
            List(((Text(""),), (Text("丙"),))),
            Table((((Text("|"), Link("丁", "/a|b")), ()), ()), has_head=False),
            PhotoMark(2),
        ]
    )
    assert made.blocks == (
        Subhead((Text("- 头 尾"),)),
        Paragraph((Text("见**"), Link("[甲]", "https://a.cn/b%20c%29"))),
        Paragraph((Text("乙"),)),
        List(((Text("丙"),),)),
        Table((((Text("|"), Link("丁", "/a%7Cb")), ()), ((),))),
        PhotoMark(2),
    )
    assert [block.line for block in made.blocks] == [1, 2, 3, 4, 5, 7]
