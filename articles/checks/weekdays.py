"""Dates whose weekday is wrong, and days no calendar has.

The year, where the text doesn't give it, is the one that brings the date nearest to the story's.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .copy import Copy
from .problem import Problem, found_at

DAYS = "一二三四五六日"
_WEEKDAY = r"(?P<word>星期|礼拜|周)(?P<weekday>[一二三四五六日天])"
_YEAR = r"(?:(?P<year>\d{4})年|(?P<relative>去年|今年|明年|上年|前年))?"
_DAY = r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[日号]"
# 11月23日（星期一）, 11月23日，周一, 11月23日 星期一
DATE_FIRST = re.compile(
    rf"(?<!\d){_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]"
    rf"(?:[上下]午|早上|晚上|傍晚|中午)?[（(，, \x00　]*(?:也?就?是)?{_WEEKDAY}"
    r"(?=[）)，,。；;！!：: \x00　上下早晚中凌傍]|$)"
)
# 24日（周二），11月23日（周一）和24日（周二）
DAY_ONLY = re.compile(
    rf"(?<![\d月]){_YEAR}(?P<month>(?!))?(?P<day>\d{{1,2}})[日号][（(]{_WEEKDAY}[)）]"
)
# 周一（11月23日）, 本周六（28日）
WEEKDAY_FIRST = re.compile(rf"(?<![每逢至到—\-~～、]){_WEEKDAY}[（(]{_YEAR}{_DAY}[)）]")
ANY_DATE = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]")
LUNAR = re.compile(r"(?:农历|阴历|旧历)[^，。；]{0,6}$")
RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "明年": 1}


def weekdays(copy: Copy) -> Iterator[Problem]:
    """Find wrong weekdays and impossible dates."""
    for field, start, line in copy.lines():
        text = copy.texts[field]
        for found in ANY_DATE.finditer(line):
            if not LUNAR.search(line[: found.start()]) and not _exists(found, copy.date):
                message = _("There is no such day.")
                span = (start + found.start(), start + found.end())
                yield found_at("date", message, field, text, span)
        if copy.date is None and not re.search(r"\d{4}年", line):
            continue
        for pattern in (DATE_FIRST, WEEKDAY_FIRST, DAY_ONLY):
            for found in pattern.finditer(line):
                if not LUNAR.search(line[: found.start()]):
                    yield from _wrong(copy, field, start, line, found)


def _wrong(
    copy: Copy, field: str, start: int, line: str, found: re.Match[str]
) -> Iterator[Problem]:
    """Compare a date with the weekday written beside it."""
    day = _date_of(found, copy.date, line)
    if day is None:
        return
    stated = DAYS.index(found["weekday"].replace("天", "日"))
    if stated == day.weekday():
        return
    right = found["word"] + DAYS[day.weekday()]
    span = (start + found.start("word"), start + found.end("weekday"))
    message = format_lazy(
        _("{date} is a {weekday}."), date=f"{day.year}年{day.month}月{day.day}日", weekday=right
    )
    whole = (start + found.start(), start + found.end())
    text = copy.texts[field]
    instead = text[whole[0] : span[0]] + right + text[span[1] : whole[1]]
    yield found_at("date", message, field, text, whole, instead)


def _date_of(found: re.Match[str], near: datetime.date | None, line: str) -> datetime.date | None:
    """Return the day a passage means; None where it can't be told."""
    month = found["month"]
    if month is None:
        earlier = [one["month"] for one in ANY_DATE.finditer(line[: found.start()])]
        if not earlier and near is None:
            return None
        month = earlier[-1] if earlier else None
    numbers = (int(month) if month else None, int(found["day"]))
    if found["year"]:
        return _day(int(found["year"]), numbers[0] or 0, numbers[1])
    if near is None:
        return None
    if found["relative"]:
        return _day(near.year + RELATIVE[found["relative"]], numbers[0] or 0, numbers[1])
    if numbers[0] is None:
        months = [near.replace(day=1) + datetime.timedelta(days=31 * n) for n in (-1, 0, 1)]
        choices = [_day(one.year, one.month, numbers[1]) for one in months]
    else:
        choices = [_day(near.year + years, numbers[0], numbers[1]) for years in (-1, 0, 1)]
    possible = [one for one in choices if one is not None]
    return min(possible, key=lambda one: abs(one - near)) if possible else None


def _exists(found: re.Match[str], near: datetime.date | None) -> bool:
    """Whether there is such a day; 29 February is only doubted where the year is known."""
    year = int(found["year"]) if found["year"] else None
    if year is None and found["relative"] and near is not None:
        year = near.year + RELATIVE[found["relative"]]
    return _day(year or 2024, int(found["month"]), int(found["day"])) is not None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
