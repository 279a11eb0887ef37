"""What became of a story: where it is, where it ran, or why it did not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from articles import publishing, reviews
from articles.models import Article, Status


@dataclass(frozen=True)
class Printed:
    """A page a story stands on.

    Attributes:
        date: the issue's day; None for an issue without one.
        code: the page's code, such as A03.
        address: the page's public address, "" while it is not public.

    """

    date: datetime.date | None
    code: str
    address: str


@dataclass(frozen=True)
class Fate:
    """A story's fate, for the one who wrote it.

    Attributes:
        standing: how near it is to the reader, as a label.
        since: from when on it stands there; None where nobody has recorded it.
        printed: the pages it stands on, the earliest first.
        verdict: who turned it down at which review ("" where nobody did).
        reason: why it was returned, not used or withdrawn.

    """

    standing: str
    since: datetime.datetime | None
    printed: list[Printed] = field(default_factory=list)
    verdict: str = ""
    reason: str = ""


def pages_of(story: Article, at: datetime.datetime | None = None) -> list[Printed]:
    """Return the pages a story stands on (two queries, none after prefetching the placements)."""
    moment = at or timezone.now()
    pages = [placement.page for placement in story.placements.all()]
    pages.sort(key=lambda page: (page.issue.date or datetime.date.max, page.code))
    return [
        Printed(
            page.issue.date,
            page.code,
            page.get_absolute_url() if page.issue.is_public(moment) else "",
        )
        for page in pages
    ]


def fate_of(story: Article, at: datetime.datetime | None = None) -> Fate:
    """Say what became of a story by a moment (now, if none is given)."""
    label = str(publishing.standing(story, at).label)
    pages = pages_of(story.identity, at)
    if story.status == Status.WITHDRAWN:
        return Fate(label, story.withdrawn_at, pages, reason=story.withdrawal_reason)
    review = reviews.returned_with(story)
    if review is None:
        public = story.is_public(at)
        return Fate(label, story.publish_at if public else story.stage_since, pages)
    verdict = f"{review.get_stage_display()} {review.get_decision_display()}"
    return Fate(label, review.at, pages, verdict, review.note)
