"""What page furniture says about the page: its date, code and name, and who made it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from .imprint import Token

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_WEEKDAYS = "一二三四五六日"
_LONGEST_NAME = 4  # characters of a page's name in front of its code


@dataclass
class PageHeader:
    """What a page's furniture says. The first mention of each thing counts.

    Attributes:
        masthead: the paper's name.
        date: the day of issue.
        weekday: as printed, Monday 0.
        page_code: A03, 4.
        page_name: 要闻.
        issue_number: 第N期.
        staff: names by what they did: `editor`, `layout`, `proof`; several with 、 between.
        impossible_date_line: the 1-based line of a date such as 31 February, which is not taken.

    """

    masthead: str = ""
    date: datetime.date | None = None
    weekday: int | None = None
    page_code: str = ""
    page_name: str = ""
    issue_number: int | None = None
    staff: dict[str, str] = field(default_factory=dict)
    impossible_date_line: int | None = None

    def note(self, tokens: list[Token], line: int) -> None:
        """Take in what a line of furniture says, given its 1-based number."""
        has_code = any(token.kind == "code" for token in tokens)
        for token in tokens:
            values = dict(token.values)
            if token.kind == "date":
                self._note_date(values, line)
            elif token.kind == "weekday" and self.weekday is None:
                self.weekday = _WEEKDAYS.index(values["weekday"].replace("天", "日"))
            elif token.kind == "issue" and self.issue_number is None:
                self.issue_number = int(values["issue"])
            elif token.kind == "code" and not self.page_code:
                self.page_code = _code(values["code"])
            elif token.kind == "name" and not self.page_name:
                self.page_name = values["name"]
            elif token.kind == "masthead" and not self.masthead:
                self.masthead = token.text.strip().strip("《》")
            elif token.kind == "masthead" and self.masthead.endswith("刊") and not self.page_name:
                self.page_name, self.masthead = self.masthead, token.text.strip()
            elif token.kind == "staff":
                for role, names in token.values:
                    self.staff.setdefault(role, names)
            elif token.kind == "rest":
                is_first = has_code and token is tokens[0]
                is_alone = sum(1 for other in tokens if other.kind == "rest") == 1
                self._note_rest(
                    token.text,
                    is_paper=is_first and (len(token.text) > _LONGEST_NAME or not is_alone),
                    is_name=has_code or len(tokens) == 1,
                )

    def _note_date(self, values: dict[str, str], line: int) -> None:
        if self.date is not None:
            return
        year = values["y"]
        if not year.isascii():
            year = "".join(str(_DIGITS[character]) for character in year)
        month, day = _number(values["m"]), _number(values["d"])
        try:
            self.date = datetime.date(int(year), month or 0, day or 0)
        except ValueError:
            self.impossible_date_line = line

    def _note_rest(self, text: str, *, is_paper: bool, is_name: bool) -> None:
        """Take a word beside the page code for its name, one in front of it for the paper's."""
        if is_paper and not self.masthead:
            self.masthead = text
        elif not self.page_name and is_name and 2 <= len(text) <= 10:
            self.page_name = text


def _number(text: str) -> int | None:
    """Read a number up to 99 in Chinese or Arabic numerals; None if it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ones = 0, text
    if "十" in text:
        before, _, ones = text.partition("十")
        tens = _DIGITS.get(before, 0) if before else 1
    if ones and ones not in _DIGITS:
        return None
    return tens * 10 + (_DIGITS[ones] if ones else 0)


def _code(printed: str) -> str:
    """Return a page code as the newsroom writes it: 第三版 is 3, A03版 is A03."""
    if printed[0].isascii():
        return printed.upper()
    number = _number(printed)
    return str(number) if number is not None else printed
