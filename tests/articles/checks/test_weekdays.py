"""Dates and their weekdays."""

import datetime

import pytest

from articles.checks.weekdays import weekdays
from tests.articles.checks.copies import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月23日（星期二）上午开门。", [("11月23日（星期二", "11月23日（星期一")]),
        ("11月23日(周日)开门。", [("11月23日(周日", "11月23日(周一")]),
        ("11月24日，周一，开门。", [("11月24日，周一", "11月24日，周二")]),
        ("2025年11月23日 星期一，晴。", [("2025年11月23日 星期一", "2025年11月23日 星期日")]),
        ("去年11月23日（周六）。", [("去年11月23日（周六", "去年11月23日（周日")]),
        ("周二（11月23日）开门。", [("周二（11月23日）", "周一（11月23日）")]),
        ("本周六（29日）开门。", [("周六（29日）", "周日（29日）")]),
        ("11月23日（周一）和24日（周三）都开门。", [("24日（周三）", "24日（周二）")]),
        ("2月30日开门。", [("2月30日", None)]),
        ("9月31日开门。", [("9月31日", None)]),
        ("2026年2月29日开门。", [("2026年2月29日", None)]),
        ("1月4日（星期日）开馆。", [("1月4日（星期日", "1月4日（星期一")]),
    ],
)
def test_a_wrong_day_is_found(text, expected):
    assert said(weekdays, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "11月23日（星期一）开门，11月29日（周日）关门。",
        "11月21日、22日（周六、周日）开门。",
        "11月23日至27日（周一至周五）开门。",
        "截至11月23日，周三的课已经满了。",
        "12月31日（星期四）关门，1月1日（星期五）开门。",
        "农历2月30日，旧历9月31日。",
        "2月29日那天。",
        "每周一（3日内）办结。",
        "11月23日，每周三都来。",
        "2024年2月29日（星期四）。",
    ],
)
def test_right_days_and_mere_neighbours_are_left_alone(text):
    assert said(weekdays, text) == []


def test_the_year_is_that_of_the_story():
    text = "12月30日（星期三）关门。"
    assert said(weekdays, text, date=datetime.date(2027, 1, 3)) == []
    assert said(weekdays, text, date=datetime.date(2026, 1, 3)) == [
        ("12月30日（星期三", "12月30日（星期二")
    ]


def test_without_a_date_only_years_in_the_text_are_judged():
    assert said(weekdays, "11月23日（星期二）。2026年11月23日（星期二）。", date=None) == [
        ("2026年11月23日（星期二", "2026年11月23日（星期一")
    ]
