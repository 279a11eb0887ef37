"""Reading the sample newsroom's files in `bulletin/sample/data`."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
FENCE = "+++"
DAY_MARK = re.compile(r"\{(-?\d+)(w?)\}")
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class StoryFile:
    """A story as its file gives it: the table at its head and the text below."""

    slug: str
    head: dict[str, Any]
    text: str

    def printed_on(self, today: datetime.date) -> datetime.date:
        """Return the day the story runs, counted back from today."""
        if "ago_weeks" in self.head and self.head.get("page"):
            return today - datetime.timedelta(weeks=self.head["ago_weeks"])
        return today - datetime.timedelta(days=self.head.get("ago_days", 1))


def table(name: str) -> dict[str, Any]:
    """Return one of the data files (places, sections, people, issues)."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def stories(folder: str = "stories") -> list[StoryFile]:
    """Return every story file of a folder (`stories` that have run, or `desk`), by name."""
    found = []
    for path in sorted((DATA / folder).glob("*.txt")):
        _before, head, text = path.read_text(encoding="utf-8").split(f"{FENCE}\n", 2)
        found.append(StoryFile(path.stem, tomllib.loads(head), text.strip()))
    return found


def date_in(text: str, day: datetime.date) -> str:
    """Write the dates that a text counts from its own day.

    "{-2}" becomes the month and day two days earlier (10月12日), "{-2w}" its weekday (星期六), so
    that the sample reads as of the day it is shown.
    """

    def written(mark: re.Match[str]) -> str:
        then = day + datetime.timedelta(days=int(mark[1]))
        return f"星期{WEEKDAYS[then.weekday()]}" if mark[2] else f"{then.month}月{then.day}日"

    return DAY_MARK.sub(written, text)
