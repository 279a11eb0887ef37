"""Opening hours as a newsroom writes them in a spreadsheet, for all that `hours_text` can say.

    周一至周五 08:30-12:00、14:00-17:30；节假日 休息；2026-02-16至2026-02-20 休息 “春节”

Rules and meaning are those of OpenStreetMap's `opening_hours`, which is read here too; the words
are put in its place rule by rule. These are the words of a file, in whatever language pages are.
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities import hours_text
from communities.hours_text import DAYS, MONTHS, Hours, TimeSpan
from communities.models import Weekday
from communities.models.hours import MIDNIGHT

NAMES = ("一", "二", "三", "四", "五", "六", "日")
EXAMPLE = "周一至周五 08:30-12:00、14:00-17:30；节假日 休息"
# Where a rule ends: outside of quotation marks.
RULE_ENDS = re.compile(r'[;；\n](?=(?:[^"“”]*["“][^"“”]*["”])*[^"“”]*$)')
NOTE = re.compile(r'["“]([^"“”]*)["”]\s*$')
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
MORE_DAYS = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])((?:\s*[,、]\s*[一二三四五六日天])+)")
WORDS = (
    (re.compile("每天|每日|天天"), "Mo-Su"),
    (re.compile("工作日"), "Mo-Fr"),
    (re.compile("周末|双休日"), "Sa,Su"),
    (re.compile("法定节假日|公众假期|公共假期|节假日"), "PH"),
    (re.compile("全天|24小时"), " 00:00-24:00"),
    (re.compile("不开放|不营业|休息|关闭|闭馆"), " off"),
    (re.compile("[、]"), ","),
    (re.compile("[—–－~～至到]+"), "-"),
)


def written(hours: Hours) -> str:
    """Return hours in words; "" where nothing is told."""
    week = hours.usual_week
    rules = [f"{_days(days)} {_times(week[days[0]])}" for days in hours_text.alike(week)]
    if Weekday.HOLIDAY in hours.week:
        rules.append(f"节假日 {_times(hours.week[Weekday.HOLIDAY])}")
    elif hours.closed_on_holidays:
        rules.append("节假日 休息")
    for (first, last, note), spans in hours.special_days.items():
        dates = f"{first}" if first == last else f"{first}至{last}"
        said = note.replace('"', "”").replace("“", "‘").replace("”", "’")
        rules.append(f"{dates} {_times(spans)}" + (f" “{said}”" if said else ""))
    return "；".join(rules)


def read(text: str) -> Hours:
    """Read hours in words, or in the syntax of `hours_text`.

    Raises:
        ValidationError: a list, for every rule that cannot be read, as it was typed (code
            "opening_hours"), and for spans of a day that run at once (code "overlap").

    """
    hours = Hours()
    errors: list[ValidationError] = []
    for rule in filter(None, (part.strip() for part in RULE_ENDS.split(text))):
        try:
            hours_text.read_rule(_in_syntax(rule), hours)
        except ValidationError:
            message = _("“%(rule)s” cannot be read as opening hours; write e.g. “%(example)s”.")
            params = {"rule": rule, "example": EXAMPLE}
            errors.append(ValidationError(message, code="opening_hours", params=params))
    errors += _overlaps(hours)
    if errors:
        raise ValidationError(errors)
    return hours


def _in_syntax(rule: str) -> str:
    note = ""
    if found := NOTE.search(rule):
        note, rule = f' "{found[1]}"', rule[: found.start()]
    rule = unicodedata.normalize("NFKC", rule)
    rule = DATE.sub(_date, rule)
    rule = MORE_DAYS.sub(lambda match: match[1].join(("周", "")) + _each(match[2]), rule)
    for number, name in enumerate(NAMES):
        rule = re.sub(f"(?:周|星期|礼拜){name}", DAYS[number], rule)
    rule = re.sub("(?:周|星期|礼拜)天", "Su", rule)
    for words, syntax in WORDS:
        rule = words.sub(syntax, rule)
    # A day and its hours may stand without a blank between them.
    rule = re.sub(r"(?<=[a-zH])(?=\d)", " ", rule)
    rule = re.sub(r"\s*([,:-])\s*", r"\1", rule)
    return " ".join(rule.split()) + note


def _each(days: str) -> str:
    return "".join(f",周{name}" for name in re.findall("[一二三四五六日天]", days))


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return match[0]
    return f"{year} {MONTHS[int(month) - 1]} {int(day):02d} "


def _overlaps(hours: Hours) -> list[ValidationError]:
    found = []
    for day, spans in sorted(hours.week.items()):
        for (_opens, ends), (begins, _closes) in itertools.pairwise(sorted(spans)):
            if ends == MIDNIGHT or begins < ends:
                message = _("%(day)s: hours that begin at %(begins)s before others end.")
                params = {"day": Weekday(day).label, "begins": f"{begins:%H:%M}"}
                found.append(ValidationError(message, code="overlap", params=params))
    return found


def _days(days: list[int]) -> str:
    return "、".join(
        f"周{NAMES[run[0]]}" if len(run) == 1 else f"周{NAMES[run[0]]}至周{NAMES[run[-1]]}"
        for run in hours_text.runs_of(days)
    )


def _times(spans: list[TimeSpan]) -> str:
    if not spans:
        return "休息"
    return "、".join(f"{opens:%H:%M}-{_closing(closes)}" for opens, closes in spans)


def _closing(closes: datetime.time) -> str:
    return "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"
