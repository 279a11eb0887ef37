"""Quotation marks and brackets without their partner."""

import pytest

from articles.checks.brackets import brackets
from tests.articles.checks.copies import copy_of, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“灯亮了。", [("“", None)]),
        ("他说灯亮了。”", [("”", None)]),
        ("读了《河埠头的故事。", [("《", None)]),
        ("登记点（一楼北侧开着。", [("（", None)]),
        ("登记点一楼北侧）开着。", [("）", None)]),
        ("他叫“小周“，是修表的。", [("“", "”")]),
        ("他叫”小周”，是修表的。", [("”", "“")]),
        ("（他说：“灯亮了）", [("“", None)]),
        ('他说："灯亮了。', [('"', None)]),
        ("他说：“灯亮了。\n第二天，“路也平了。”他说。", [("“", None)]),
    ],
)
def test_a_mark_without_its_partner_is_found(text, expected):
    assert said(brackets, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“先修灯，”他说，“再修路。”",
        "“他问我‘灯亮了没有’，我说《公约》（试行）里写着。”",
        "“第一件，是灯。\n“第二件，是路。\n“第三件，是树。”他说。",
        "他说：“第一件，是灯。\n第二件，是路。”",
        "1）登记\n2）领号\n（3）办理；a）先来",
        "It’s ten o’clock, the ’90s.",
        "【提示】请带好证件[1]，见《办法》〔2024〕。",
        '他说："灯亮了。"',
        '他用的是一台24"的显示器。',
        "**“灯亮了”**，[“路平了”](https://example.org/a(b))。",
    ],
)
def test_paired_marks_are_left_alone(text):
    assert said(brackets, text) == []


def test_a_heading_is_looked_at_by_itself():
    found = list(brackets(copy_of("灯亮了。”", headline="“灯亮了")))
    assert [(one.field, one.quote) for one in found] == [("headline", "“"), ("body", "”")]
