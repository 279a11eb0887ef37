"""An issue under way, with approved stories on its page, for tests of the scheduling."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from issues import scheduling
from issues.models import Issue, Page, Placement, Role, Stage
from tests.factories import SHANGHAI, make_article, make_issue, make_page, place

DAY = datetime.date(2026, 3, 5)
NOW = datetime.datetime(2026, 3, 4, 15, 30, tzinfo=SHANGHAI)
HOUR = datetime.datetime(2026, 3, 5, 6, 0, tzinfo=SHANGHAI)
LATER = datetime.datetime(2026, 3, 5, 9, 0, tzinfo=SHANGHAI)
ONE = datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)
NEW_YORK = ZoneInfo("America/New_York")


def plan(*headlines: str, date: datetime.date = DAY, code: str = "A01", **issue: Any) -> Page:
    """Make a page of a planned issue, with approved stories on it, the first of them its lead."""
    page = make_page(
        make_issue(date, **{"status": Stage.PLANNING, "publish_at": None, **issue}),
        code,
        editor="顾行",
        proof="马文远",
    )
    for number, headline in enumerate(headlines):
        story = make_article(headline, publish_at=None)
        place(story, page, Role.FEATURE if number else Role.LEAD)
    return page


def bring_to(issue: Issue, stage: str, by: Any) -> Issue:
    """Take a planned issue to a stage by the verbs; a live one is live at `HOUR`."""
    if stage != Stage.PLANNING:
        scheduling.lock(issue, by=by, at=NOW)
    if stage in (Stage.SCHEDULED, Stage.LIVE):
        scheduling.schedule(issue, by=by, publish_at=HOUR, at=NOW)
    issue.refresh_from_db()
    return issue


def place_of(headline: str) -> Placement:
    """Return the place of a story."""
    return Placement.objects.get(article__headline=headline)
