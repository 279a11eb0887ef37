"""The hours of stories: of many at once, as an issue sets them, and of one moved to another day.

One transaction, a fixed number of queries whatever the number of stories, and nothing is written
before everything has been checked.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import revisions
from articles.models import Article, Status, StoryEvent
from articles.publishing import PublishingError, may_publish, minute, not_approved, publish
from articles.stages import Person

Kind = StoryEvent.Kind
Hours = Mapping[int, datetime.datetime | None]


@transaction.atomic
def set_hours(
    hours: Hours, *, by: Person, note: str = "", at: datetime.datetime | None = None
) -> int:
    """Give stories their hours, or take them off again; what is public stays as it is.

    A withdrawn story is moved along without a look at its text: it stays withdrawn.

    Args:
        hours: when each story appears, by its key; None takes its hour off.
        by: who does it.
        note: why hours are taken off.
        at: the moment; now, if none is given.

    Returns:
        How many stories were changed.

    Raises:
        PermissionDenied: without the right to publish.
        PublishingError: when stories have not passed the final review as they are; all are named,
            and none is changed.

    """
    if not may_publish(by):
        raise PermissionDenied
    moment = at or timezone.now()
    stories = [
        story
        for story in _locked(hours)
        if not story.is_public(moment) and story.publish_at != hours[story.pk]
    ]
    wrong = [
        not_approved(story)
        for story in stories
        if hours[story.pk] is not None and story.status != Status.WITHDRAWN
    ]
    if reasons := list(filter(None, wrong)):
        raise PublishingError(*reasons)
    together: dict[datetime.datetime | None, list[int]] = defaultdict(list)
    for story in stories:
        together[hours[story.pk]].append(story.pk)
    for hour, keys in together.items():
        Article.objects.filter(pk__in=keys).move(publish_at=hour, updated_at=timezone.now())
    StoryEvent.objects.bulk_create(
        _event(story, hours[story.pk], by, note, moment) for story in stories
    )
    return len(stories)


@transaction.atomic
def move_to_day(
    article: Article, *, to: datetime.date, by: Person, at: datetime.datetime | None = None
) -> Article:
    """Let a story that waits for its hour appear on another day, at the same time of day.

    Args:
        article: the story; it is locked and read again.
        to: the day, by the newsroom's calendar.
        by: who moves it.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the right to publish.
        PublishingError: when it is public, has no hour, that hour has passed or does not come just
            once on that day, an issue decides, or the text is not the one that was approved.

    """
    if not may_publish(by):
        raise PermissionDenied
    story = revisions.locked(article)
    # Read once the row is held: its hour may have come while others held it.
    moment = at or timezone.now()
    if story.is_public(moment):
        raise PublishingError(_("“%(story)s” is public already; it stays.") % {"story": story})
    if story.publish_at is None:
        raise PublishingError(
            _("“%(story)s” has no hour yet; set one on its page of publication.") % {"story": story}
        )
    hour = same_time_on(story.publish_at, to)
    if hour is None:
        raise PublishingError(
            _("The clocks are changed at this hour of that day; set the hour on the story’s page.")
        )
    if hour < minute(moment):
        words = date_format(timezone.localtime(hour), "DATETIME_FORMAT")
        raise PublishingError(_("This hour has passed: %(hour)s.") % {"hour": words})
    if hour == story.publish_at:
        return story
    return publish(story, by=by, publish_at=hour, at=moment)


def same_time_on(hour: datetime.datetime, day: datetime.date) -> datetime.datetime | None:
    """Return the moment at which the newsroom's clocks show on a day what they show at an hour.

    Returns:
        The moment; None where the clocks are changed so that it does not come, or comes twice.

    """
    zone = timezone.get_current_timezone()
    time = hour.astimezone(zone).time()
    early, late = (
        datetime.datetime.combine(day, time, tzinfo=zone).replace(fold=fold) for fold in (0, 1)
    )
    return early if early.utcoffset() == late.utcoffset() else None


def _locked(hours: Hours) -> list[Article]:
    """Keep others from stories, then read them with what their approval is judged by.

    Two queries: one that locks and joins at once would, after it has waited, put the new row of a
    story beside its old revision (PostgreSQL: "Read Committed Isolation Level").
    """
    found = Article.objects.filter(pk__in=hours).order_by("pk")
    list(found.select_for_update().values_list("pk"))
    revisions = ("head", "approved_revision")
    return list(
        found.select_related(*revisions)
        .defer(*(f"{name}__content" for name in revisions))
        .prefetch_related("bylines", "photos")
    )


def _event(
    story: Article,
    hour: datetime.datetime | None,
    by: Person,
    note: str,
    at: datetime.datetime,
) -> StoryEvent:
    return StoryEvent(
        article=story,
        kind=Kind.UNSCHEDULED if hour is None else Kind.SCHEDULED,
        revision=story.head,
        by=by if isinstance(by, User) else None,
        at=at,
        note=note if hour is None else hour.isoformat(),
    )
