"""When the stories of an issue appear: the rules, as a table of hours that nobody has written yet.

A story appears with the first scheduled issue it stands in. Held for print anywhere, it has no hour
until it is released; on the web first, it keeps an hour of its own.
"""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db.models import F

from articles.models import Article
from articles.publishing import minute
from issues.models import Issue, Placement, Stage, Web

Moment = datetime.datetime


def hours_of(
    issue: Issue, hour: Moment | None, moment: Moment, story: Article | None = None
) -> dict[int, Moment | None]:
    """Return the hours that an issue gives its stories (three queries).

    The stories are locked before anything is read, for another issue may be giving them its hour:
    whoever comes second sees what the first has written.

    Args:
        issue: the issue, locked; its own hour, if it has one, is the one it had until now.
        hour: the hour it is to have; None takes its hour off its stories again.
        moment: the moment.
        story: the one story of it that is asked for; all, if none is given.

    Returns:
        The hours by the stories' keys. Those that stay as they are by a wish of the editor (held,
        or on the web first at an hour of their own) are left out.

    """
    here = Placement.objects.filter(page__issue=issue)
    if story is not None:
        here = here.filter(article=story)
    stories = Article.objects.filter(pk__in=here.values("article")).order_by("pk")
    list(stories.select_for_update().values_list("pk"))
    mine = here.annotate(has=F("article__publish_at")).values_list("article_id", "web", "has")
    wanted = {
        key
        for key, web, has in mine
        if web == Web.WITH_ISSUE or (web == Web.FIRST and has in (None, issue.publish_at))
    }
    others: dict[int, list[Moment]] = defaultdict(list)
    elsewhere = Placement.objects.binding(moment).filter(article__in=wanted)
    for placement in elsewhere.exclude(page__issue=issue):
        other = placement.page.issue
        if placement.web != Web.WITH_ISSUE:
            wanted.discard(placement.article_id)
        elif other.publish_at is not None:
            others[placement.article_id].append(other.publish_at)
    given = [] if hour is None else [hour]
    return {key: min([*given, *others[key]], default=None) for key in wanted}


def first_after(issue: Issue, hour: Moment) -> list[Article]:
    """Return the stories that are to appear on the web first, and would appear after the issue."""
    late = Placement.objects.filter(
        page__issue=issue, web=Web.FIRST, article__publish_at__gt=hour
    ).select_related("article")
    own = late if issue.publish_at is None else late.exclude(article__publish_at=issue.publish_at)
    return [placement.article for placement in own]


def hour_with_issue(issue: Issue, moment: Moment) -> Moment | None:
    """Return the hour a story has that comes to an issue at a moment, and appears with it.

    It is the issue's; of a live one it is now, and of one that is not scheduled there is none.
    """
    return {Stage.SCHEDULED: issue.publish_at, Stage.LIVE: minute(moment)}.get(issue.stage(moment))
