"""The issues of an archive: a day's first stories on four pages, which appeared that midnight."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from articles.archive import midnight
from bulletin.filling.tables import Table
from issues.models import Issue, Page, Placement, Role, Stage

PAGES = ("要闻", "民生", "社区", "副刊")
ON_A_PAGE = 5
# Stories of an issue.
PRINTED = len(PAGES) * ON_A_PAGE


class Press:
    """Issues of days that have none yet, with their pages and placements."""

    def __init__(self) -> None:
        """Look at which days and numbers are taken."""
        self.issues, self.pages, self.placements = Table(Issue), Table(Page), Table(Placement)
        self.taken = set(Issue.objects.exclude(date=None).values_list("date", flat=True))
        numbers = Issue.objects.exclude(number=None).order_by("-number")
        self.number = numbers.values_list("number", flat=True).first() or 0

    @property
    def tables(self) -> list[Table]:
        """The tables, those that others lead to before these."""
        return [self.issues, self.pages, self.placements]

    def print_issue(self, day: datetime.date, stories: Sequence[int]) -> None:
        """Put stories on the pages of a day's issue, in the order of their keys."""
        if not stories or day in self.taken:
            return
        self.number += 1
        issue = self.issues.add(
            date=day, number=self.number, status=Stage.SCHEDULED, publish_at=midnight(day)
        )
        for n, name in enumerate(PAGES):
            on_it = stories[n * ON_A_PAGE : (n + 1) * ON_A_PAGE]
            if not on_it:
                return
            page = self.pages.add(issue_id=issue, code=f"A{n + 1:02}", name=name, position=n + 1)
            for position, story in enumerate(on_it, start=1):
                role = {1: Role.LEAD, ON_A_PAGE: Role.BRIEF}.get(position, Role.FEATURE)
                self.placements.add(page_id=page, article_id=story, role=role, position=position)
