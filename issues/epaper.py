"""The e-paper (数字报): an issue's page as readers leaf to it.

What the public sees is decided by `Issue.objects.published` and `Placement.objects.public`; an
area is only ever reached through a placement that is public.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch

from communities.together import fetch
from issues.models import Issue, Page, PageArea, Placement, PressSheet


@dataclass(frozen=True)
class Leaf:
    """A page, open before a reader.

    Attributes:
        issue: its issue.
        page: the page; `press` is fetched where the page has one.
        pages: every page of the issue, in order.
        previous: the page before it, or None.
        next: the page after it, or None.
        at: the moment it is opened: the page and its stories appear in the same instant.

    """

    issue: Issue
    page: Page
    pages: list[Page]
    previous: Page | None
    next: Page | None
    at: datetime.datetime

    @property
    def press(self) -> PressSheet | None:
        """The page as the press has printed it, if it is here."""
        return getattr(self.page, "press", None)

    def printed(self) -> list[Placement]:
        """Return the page's public stories with their areas, in order (two queries)."""
        areas = PageArea.objects.order_by("position", "pk")
        return list(
            self.page.placements.public(self.at)
            .select_related("article__column")
            .prefetch_related(Prefetch("areas", areas))
        )


def open_page(date: datetime.date, code: str, at: datetime.datetime) -> Leaf | None:
    """Return the page of a code in the issue of a date, if the public sees it (two queries)."""
    issue = Issue.objects.published(at).filter(date=date).first()
    if issue is None:
        return None
    pages = list(issue.pages.select_related("press"))
    place = next((n for n, page in enumerate(pages) if page.code == code), None)
    if place is None:
        return None
    for page in pages:
        page.issue = issue
    return Leaf(
        issue=issue,
        page=pages[place],
        pages=pages,
        previous=pages[place - 1] if place else None,
        next=pages[place + 1] if place + 1 < len(pages) else None,
        at=at,
    )


def neighbours(issue: Issue, at: datetime.datetime) -> dict[str, Issue | None]:
    """Return the issues before and after one, as `earlier` and `later` (one query)."""
    published = Issue.objects.published(at)
    earlier = published.filter(date__lt=issue.date)[:1]
    later = published.filter(date__gt=issue.date).order_by("date")[:1]
    fetch(earlier, later)
    return {"earlier": next(iter(earlier), None), "later": next(iter(later), None)}
