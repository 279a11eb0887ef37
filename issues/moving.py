"""Issues moved to another day of the calendar, each as far as it has come allows.

One that is being planned gets another date; a scheduled one is rescheduled, with a reason on
record; a locked one is unlocked first; a live one never moves.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.publishing import may_publish
from articles.stages import Person
from articles.timing import same_time_on
from issues import scheduling
from issues.models import Issue, Stage
from issues.scheduling import Moment, ScheduleError, refuse_taken_day


def may_move(issue: Issue, by: Person, at: Moment | None = None) -> bool:
    """Whether somebody may move an issue, or be told how; a live one stays for everybody."""
    stage = issue.stage(at)
    return stage != Stage.LIVE and _has_right(stage, by)


def asks_for_reason(issue: Issue, at: Moment | None = None) -> bool:
    """Whether it has to be said why an issue is moved."""
    return issue.stage(at) == Stage.SCHEDULED


@transaction.atomic
def move(
    issue: Issue, *, to: datetime.date, by: Person, note: str = "", at: Moment | None = None
) -> Issue:
    """Move an issue to another day.

    A scheduled one keeps its time of day, and the distance of its hour from its date: an issue
    that appears on the evening before its day still does.

    Args:
        issue: the issue; it is locked and read again.
        to: the day.
        by: who moves it.
        note: why; needed for a scheduled one alone.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the right to change issues (for a scheduled one: to schedule and
            to publish).
        ScheduleError: when the day has an issue, the issue is locked or live, and where
            `scheduling.reschedule` refuses.

    """
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    # Read once the row is held: its hour may have come while others held it.
    moment = at or timezone.now()
    stage = row.stage(moment)
    if not _has_right(stage, by):
        raise PermissionDenied
    if stage == Stage.LIVE:
        raise ScheduleError(_("The issue has appeared; it stays where it is."))
    if stage == Stage.LOCKED:
        raise ScheduleError(
            _(
                "The issue is locked: unlock it with a reason on its page of scheduling, "
                "then move it."
            )
        )
    if to == row.date:
        return row
    refuse_taken_day(row, to)
    try:
        with transaction.atomic():
            if stage == Stage.SCHEDULED:
                hour = _hour_on(row, to)
                scheduling.reschedule(issue, by=by, publish_at=hour, date=to, note=note, at=moment)
            else:
                row.date = to
                row.save(update_fields=["date"])
    except IntegrityError as refusal:
        raise ScheduleError(_("Another issue has just been given that day.")) from refusal
    issue.date = to
    return issue


def _has_right(stage: Stage, by: Person) -> bool:
    if stage == Stage.SCHEDULED:
        return scheduling.may_schedule(by) and may_publish(by)
    return by.has_perm("issues.change_issue")


def _hour_on(issue: Issue, day: datetime.date) -> Moment:
    """Return a scheduled issue's hour once it is of another day."""
    if issue.publish_at is None or issue.date is None:
        raise ValueError(issue)
    ahead = timezone.localtime(issue.publish_at).date() - issue.date
    hour = same_time_on(issue.publish_at, day + ahead)
    if hour is None:
        raise ScheduleError(
            _("The clocks are changed at this hour of that day; move the issue to another hour.")
        )
    return hour
