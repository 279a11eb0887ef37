"""What tells one state of a board from another, without the cost of showing it.

Boards are asked every few seconds by everybody who has one open, and hardly ever anything has
changed: to look at the rows costs a tenth of making the board's HTML of them.
"""

from __future__ import annotations

import datetime
import hashlib

from django.utils import timezone

from articles.models import Photo
from articles.stages import Person
from issues.models import Issue, Page, Placement
from issues.tray import Wanted, slice_of, stories_for

STORY = ("headline", "status", "characters", "column__name")


def version_of(
    issue: Issue,
    by: Person,
    wanted: Wanted,
    page: int = 1,
    at: datetime.datetime | None = None,
) -> str:
    """Return a short text that changes whenever the board shows something else (seven queries).

    It changes each minute too, so that nothing that is not looked at here stays unseen for longer.

    Args:
        issue: the issue.
        by: who looks; what they may do changes what is shown.
        wanted: what they look for in the tray.
        page: the tray's page.
        at: the moment; now, if none is given.

    """
    moment = at or timezone.now()
    here = Placement.objects.filter(page__issue=issue).order_by("page_id", "position")
    places = here.values_list(
        *("pk", "page_id", "position", "role", "web", "article_id", "article__publish_at"),
        *(f"article__{name}" for name in STORY),
    )
    tray = slice_of(stories_for(issue, by, wanted, moment), page).values_list(
        "pk", "stage_since", "section__name", *STORY
    )
    seen = [list(places), list(tray)]
    waiting = [row[0] for row in seen[1]]
    stories = [*(row[5] for row in seen[0]), *waiting]
    elsewhere = Placement.objects.filter(article__in=waiting).order_by("pk")
    rows = (
        Page.objects.filter(issue=issue)
        .order_by("pk")
        .values_list("pk", "code", "name", "position", "editor", "proof", "budget"),
        Page.columns.through.objects.filter(page__issue=issue)
        .order_by("pk")
        .values_list("page_id", "section__name"),
        Photo.objects.filter(article__in=stories)
        .order_by("pk")
        .values_list("article_id", "credit", "alt"),
        elsewhere.values_list(
            *("article_id", "page__code", "page__issue__date", "page__issue__number"),
            *("page__issue__status", "page__issue__publish_at"),
        ),
        issue.moves.order_by("-pk").values_list("pk")[:1],
    )
    seen += [list(found) for found in rows]
    facts = (
        moment.replace(second=0, microsecond=0),
        (issue.date, issue.number, issue.stage(moment)),
        (by.pk, sorted(by.get_all_permissions())),
        (wanted, page),
        seen,
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
