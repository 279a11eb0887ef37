"""Half-width and full-width forms of one mark in one story."""

import pytest

from articles.checks.widths import widths
from tests.articles.checks.copies import copy_of, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("居民来到广场,领了资料，都说好，明天再来，再看。", [(",", "，")]),
        ("“灯亮了.”他说，大家都看见了，没有人走，都在等。", [(".", "。")]),
        ("他问:灯亮了没有？大家说：亮了，都亮了，真亮。", [(":", "：")]),
        ("棉纺路(北段)通车，棉纺路（南段）还在修，要等，别急。", [("(", "（"), (")", "）")]),
        ("报名点（社区一楼)开着。", [("（社区一楼)", "（社区一楼）")]),
        ("来了１２人，坐了3桌。", [("１２", "12")]),
        ("装了ＬＥＤ灯，都是LED的。", [("ＬＥＤ", "LED")]),
        ("满意率98%，回访率９５％。", [("９５", "95"), ("%", "％")]),
    ],
)
def test_the_odd_width_is_found(text, expected):
    assert said(widths, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "早上8:30开门，价格3.5元，比分3-2，一共1,200户，都通知了。",
        "网址是https://example.org/a,b?c=1;d，邮箱是a.b@example.org，都能用，很快。",
        "A,B两组都来了，Wi-Fi好用，It's fine, thanks. 大家，都好，很好，真好。",
        "1.登记；2.领号；3.办理。a)先来，b)后到，都一样，不急。",
        "全文都用半角,这是从别处来的,逗号没有一个是全角的,冒号也一样:没有。大家都好,都来。",
        "３户，５人，都是全角。",
        "[这里](https://example.org/a,b:c)可以看，那里也可以，都行，随便。",
        "（一）登记；（二）领号，1）先来，2）后到。",
    ],
)
def test_uniform_texts_and_figures_are_left_alone(text):
    assert said(widths, text) == []


def test_a_text_full_of_both_gets_one_remark():
    text = "一,二,三,四,五,六,七,八,九，十，百，千。"
    [found] = widths(copy_of(text))
    assert (found.start, found.suggestion) == (1, "，")
    assert "8" in str(found.message)
    assert "3" in str(found.message)
