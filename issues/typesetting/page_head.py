"""The head of a page: the paper's name, the page's code and name, the date, who answers for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .heads import ems
from .sheets import Sheet
from .things import RED, Thing, display, rect, rule

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class PageHead:
    """What the head of a page says.

    Attributes:
        paper: the paper's name.
        motto: the words under it, "" for none.
        cn_number: the CN number, "" for none.
        date: of the issue; None while it has none.
        number: of the issue (第N期); None while it has none.
        code: of the page.
        name: of the page.
        answerable: (what, who): 责编, 版式, 校对; only those that are known.
        is_first: whether it is the issue's first page, which has the nameplate.
        pages: how many the issue has.

    """

    paper: str
    motto: str
    cn_number: str
    date: datetime.date | None
    number: int | None
    code: str
    name: str
    answerable: tuple[tuple[str, str], ...]
    is_first: bool
    pages: int

    @property
    def day(self) -> str:
        """The date with its weekday, as Chinese papers print it."""
        if self.date is None:
            return ""
        day = self.date
        return f"{day.year}年{day.month}月{day.day}日　星期{WEEKDAYS[day.weekday()]}"

    @property
    def issue(self) -> str:
        """第N期."""
        return f"第{self.number}期" if self.number else ""

    @property
    def people(self) -> str:
        """Who answers for the page."""
        return "　".join(f"{what}：{who}" for what, who in self.answerable)

    def things(self, sheet: Sheet) -> Iterator[Thing]:
        """Yield what is drawn."""
        yield from self._nameplate(sheet) if self.is_first else self._folio(sheet)

    def _nameplate(self, sheet: Sheet) -> Iterator[Thing]:
        left, width, top = sheet.left, sheet.frame, sheet.margin
        small = 10.5 if sheet.scale == 1 else 9
        high = sheet.nameplate - 52
        plate = min((high - 4) * 0.98, width * 0.6 / max(ems(self.paper), 1))
        place = (left + 4, top + (high - plate) / 2, width * 0.66)
        yield display([self.paper], place, plate, "serif", red=True)
        edge = left + width * 0.7
        yield rule(edge, top + 4, high - 8, 0.5, down=True)
        shown = [line for line in self._facts() if line[0]]
        y = top + max(0, (high - sum(size * small * 1.55 for _text, size, _face in shown)) / 2)
        for text, size, face in shown:
            yield display([text], (edge + 12, y, width * 0.3 - 12), small * size, face)
            y += small * size * 1.55
        strip = top + sheet.nameplate - 44
        yield rect(left, strip, width, 2.2, fill=RED)
        named = f"{self.code}　{self.name}".strip()
        yield display([named], (left + 4, strip + 8, width / 2), small * 1.25, "sans")
        place = (left + width * 0.4, strip + 9.5, width * 0.6 - 4)
        yield display([self.people], place, small * 0.92, "light", "right")
        yield rule(left, strip + 27, width, 0.5)

    def _facts(self) -> list[tuple[str, float, str]]:
        """Return what stands beside the paper's name: words, size, face."""
        pages = _("Today %(count)d pages") % {"count": self.pages} if self.pages > 1 else ""
        return [
            (self.day, 1.3, "serif"),
            (self.issue, 1.3, "serif"),
            (pages, 1, "light"),
            (self.cn_number, 1, "light"),
            (self.motto, 1, "light"),
        ]

    def _folio(self, sheet: Sheet) -> Iterator[Thing]:
        left, width = sheet.left, sheet.frame
        small = 9.5 if sheet.scale == 1 else 8.5
        line = sheet.margin + sheet.folio - 22
        large = 33 if sheet.scale == 1 else 27
        code = ems(self.code) * large * 1.08
        yield display([self.code], (left, line - large - 5, code + 8), large, "sans", red=True)
        named, paper = large * 0.66, large * 0.62
        yield display(
            [self.name], (left + code + 10, line - named - 7, width * 0.3), named, "serif"
        )
        place = (left + width * 0.3, line - paper - 7, width * 0.4)
        yield display([self.paper], place, paper, "serif", "center", tracking=3)
        first = "　".join(part for part in (self.day, self.issue) if part)
        second = "　".join(part for part in (self.people, self.cn_number) if part)
        for number, text in enumerate(text for text in (second, first) if text):
            place = (left + width * 0.62, line - 7 - small - number * small * 1.5, width * 0.38)
            yield display([text], place, small, "light", "right")
        yield rect(left, line, width, 2, fill="#000000")
        yield rule(left, line + 4, width, 0.4)
