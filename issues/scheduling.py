"""An issue's way to its readers: planned, locked, scheduled, and live when its hour comes.

    planning ──lock──▶ locked ──schedule──▶ scheduled ┄┄its hour┄┄▶ live
        ◀──unlock──       ◀──unschedule──      │  ▲
                                               └──┘ reschedule

Nobody writes "live": a scheduled issue whose hour has passed is live, and so are its stories, which
carry the same hour. Each verb locks the rows it changes, and puts on record who did it and why.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article
from articles.publishing import PublishingError, minute, not_approved
from articles.stages import Person
from articles.timing import set_hours
from issues.lacks import lacks_of
from issues.models import Issue, IssueEvent, Page, Placement, Role, Stage, gate
from issues.story_hours import first_after, hour_with_issue, hours_of

Kind = IssueEvent.Kind
Moment = datetime.datetime


class ScheduleError(PublishingError):
    """A refusal, with everything a person has to mend."""


def may_schedule(by: Person) -> bool:
    """Whether somebody may lock and schedule issues."""
    return by.has_perm("issues.schedule_issue")


@transaction.atomic
def lock(issue: Issue, *, by: Person, at: Moment | None = None) -> IssueEvent:
    """Close an issue to change: its date, its pages, what stands on them.

    Raises:
        PermissionDenied: without the right to schedule.
        ScheduleError: when it is not being planned, or something blocks; all of it is named.

    """
    row, moment = begin(issue, by, at, Stage.PLANNING)
    _refuse_what_blocks(row, moment)
    _write(issue, row, status=Stage.LOCKED)
    return record(row, Kind.LOCKED, by, moment)


@transaction.atomic
def unlock(issue: Issue, *, by: Person, note: str, at: Moment | None = None) -> IssueEvent:
    """Open a locked issue to change again.

    Raises:
        PermissionDenied: without the right to schedule.
        ScheduleError: when it is not locked, or no reason is given.

    """
    row, moment = begin(issue, by, at, Stage.LOCKED)
    reason = reason_of(note)
    _write(issue, row, status=Stage.PLANNING)
    return record(row, Kind.UNLOCKED, by, moment, reason)


@transaction.atomic
def schedule(
    issue: Issue, *, by: Person, publish_at: Moment | None = None, at: Moment | None = None
) -> IssueEvent:
    """Give a locked issue its hour, and its stories the same one.

    A story that is public stays so at its own hour; one that appears on the web first keeps its
    own; one that is held gets none.

    Args:
        issue: the issue; it is locked and read again.
        by: who schedules it.
        publish_at: when it appears; now, if none is given.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the rights to schedule and to publish.
        ScheduleError: when it is not locked, the hour has passed, or something blocks.
        PublishingError: when a text is not the one that passed the final review.

    """
    row, moment = begin(issue, by, at, Stage.LOCKED)
    hour = _hour(publish_at, moment)
    _refuse_what_blocks(row, moment)
    count = set_hours(_with_own_hours_kept(row, hour, moment), by=by, at=moment)
    _write(issue, row, status=Stage.SCHEDULED, publish_at=hour)
    return record(row, Kind.SCHEDULED, by, moment, new=iso(hour), stories=count)


@transaction.atomic
def reschedule(
    issue: Issue,
    *,
    by: Person,
    publish_at: Moment,
    note: str,
    date: datetime.date | None = None,
    at: Moment | None = None,
) -> IssueEvent:
    """Move a scheduled issue to another hour, and with it what is not public yet.

    Args:
        issue: the issue; it is locked and read again.
        by: who moves it.
        publish_at: the hour it is to have.
        note: why.
        date: the day it is to be of; it stays, if none is given.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the rights to schedule and to publish.
        ScheduleError: when it is not scheduled or is live already, the hour has passed, another
            issue is of that day, or no reason is given.

    """
    row, moment = begin(issue, by, at, Stage.SCHEDULED)
    reason = reason_of(note)
    hour, old = _hour(publish_at, moment), row.publish_at
    if hour == old:
        raise ScheduleError(_("This is the hour the issue has already."))
    columns: dict[str, Any] = {"publish_at": hour}
    dates: dict[str, Any] = {}
    if date is not None and date != row.date:
        refuse_taken_day(row, date)
        columns["date"] = date
        dates = {"dates": [row.date and row.date.isoformat(), date.isoformat()]}
    count = set_hours(_with_own_hours_kept(row, hour, moment), by=by, note=reason, at=moment)
    _write(issue, row, **columns)
    hours = {"old": iso(old), "new": iso(hour)}
    return record(row, Kind.RESCHEDULED, by, moment, reason, **hours, stories=count, **dates)


@transaction.atomic
def unschedule(issue: Issue, *, by: Person, note: str, at: Moment | None = None) -> IssueEvent:
    """Take the hour off a scheduled issue and off its stories; it stays locked.

    Raises:
        PermissionDenied: without the rights to schedule and to publish.
        ScheduleError: when it is not scheduled or is live already, or no reason is given.

    """
    row, moment = begin(issue, by, at, Stage.SCHEDULED)
    reason, old = reason_of(note), row.publish_at
    count = set_hours(hours_of(row, None, moment), by=by, note=reason, at=moment)
    _write(issue, row, status=Stage.LOCKED, publish_at=None)
    return record(row, Kind.UNSCHEDULED, by, moment, reason, old=iso(old), stories=count)


@transaction.atomic
def pull(placement: Placement, *, by: Person, note: str, at: Moment | None = None) -> IssueEvent:
    """Take a story out of an issue, and the issue's hour off it; what is public stays public.

    Raises:
        PermissionDenied: without the right to schedule (and to publish, where an hour is taken).
        ScheduleError: when it stands there no more, or no reason is given.

    """
    row, place, moment = begin_at(placement, by, at)
    reason = reason_of(note)
    if row.stage(moment) == Stage.SCHEDULED:
        hours = hours_of(row, None, moment, story=place.article)
        set_hours(hours, by=by, note=reason, at=moment)
    with gate.opened():
        place.delete()
    return record(row, Kind.PULLED, by, moment, reason, **story_details(place))


@transaction.atomic
def put_in(
    page: Page,
    story: Article,
    *,
    by: Person,
    role: str = Role.FEATURE,
    note: str = "",
    at: Moment | None = None,
) -> IssueEvent:
    """Put a story on a page, the last of it; it gets the issue's hour, or is public at once.

    Args:
        page: the page; its issue may have come to any stage.
        story: the story; from the locking on it has to be finally approved.
        by: who does it.
        role: what it is on the page.
        note: why, if there is something to say.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the right to schedule (and to publish, where an hour is given).
        ScheduleError: when the story stands in the issue already, or the page has its lead.
        PublishingError: when the story has not passed the final review as it is.

    """
    row, moment = begin(page.issue, by, at, *Stage)
    here = Placement.objects.filter(page__issue=row)
    names = {"story": story.headline, "page": page.code}
    if not Page.objects.filter(pk=page.pk, issue=row).exists():
        raise ScheduleError(_("The page does not belong to this issue any more."))
    if story.revises_id is not None:
        raise ScheduleError(_("“%(story)s” changes a published story: put that in.") % names)
    if there := here.filter(article=story).select_related("page").first():
        raise ScheduleError(
            _("“%(story)s” stands on page %(page)s of this issue already.")
            % {**names, "page": there.page.code}
        )
    on_page = here.filter(page=page)
    if role == Role.LEAD and on_page.filter(role=Role.LEAD).exists():
        raise ScheduleError(_("Page %(page)s has its lead already.") % names)
    if row.is_held_fast:
        _refuse_unapproved(story)
    last = on_page.order_by("-position").first()
    with gate.opened():
        place = Placement.objects.create(
            page=page, article=story, role=role, position=last.position + 1 if last else 1
        )
    hour = hour_with_issue(row, moment)
    if hour is not None:
        set_hours(hours_of(row, hour, moment, story=story), by=by, at=moment)
    return record(row, Kind.PUT_IN, by, moment, note.strip(), **story_details(place))


def accept_printed(issue: Issue, *, publish_at: Moment, note: str) -> IssueEvent:
    """Let in an issue that the press has printed: it appears at its hour, reviewed by the press.

    For imports of printed pages, inside their transaction; by nobody here.

    Raises:
        ScheduleError: when the issue is not being planned.

    """
    row = _fresh(issue)
    moment = timezone.now()
    _expect(row, moment, Stage.PLANNING)
    _write(issue, row, status=Stage.SCHEDULED, publish_at=publish_at)
    return record(row, Kind.PRINTED, None, moment, note, new=iso(publish_at))


def begin_at(
    placement: Placement, by: Person, at: Moment | None
) -> tuple[Issue, Placement, Moment]:
    """Begin a verb on a story that stands in an issue: as `begin`, and read the place again."""
    row, moment = begin(placement.page.issue, by, at, *Stage)
    found = Placement.objects.select_for_update(of=("self",)).filter(pk=placement.pk)
    place = found.select_related("page", "article").first()
    if place is None:
        raise ScheduleError(_("The story does not stand in this issue any more."))
    return row, place, moment


def story_details(place: Placement) -> dict[str, Any]:
    """Return what the record keeps of a story and its place."""
    story = place.article
    return {"story": story.headline, "article": story.pk, "page": place.page.code}


def record(
    row: Issue,
    kind: IssueEvent.Kind,
    by: Person | None,
    at: Moment,
    note: str = "",
    **details: Any,
) -> IssueEvent:
    """Put on record what happened to an issue."""
    who = by if isinstance(by, User) else None
    return IssueEvent.objects.create(
        issue=row, kind=kind, by=who, at=at, note=note, details=details
    )


def refuse_taken_day(row: Issue, day: datetime.date) -> None:
    """Refuse to date an issue on a day that has one.

    Raises:
        ScheduleError: when it has; it says which.

    """
    if there := Issue.objects.filter(date=day).exclude(pk=row.pk).first():
        raise ScheduleError(
            _("%(day)s has an issue already: %(issue)s.")
            % {"day": day_in_words(day), "issue": there}
        )


def begin(issue: Issue, by: Person, at: Moment | None, *stages: Stage) -> tuple[Issue, Moment]:
    """Begin a verb on an issue: lock it, read it again, see that it stands where it has to.

    The clock is read once the issue is locked: its hour may have come while others held it.

    Returns:
        The issue as it stands, and the moment of the verb.

    """
    if not may_schedule(by):
        raise PermissionDenied
    row = _fresh(issue)
    moment = at or timezone.now()
    _expect(row, moment, *stages)
    return row, moment


def _fresh(issue: Issue) -> Issue:
    return Issue.objects.select_for_update().get(pk=issue.pk)


def _expect(row: Issue, moment: Moment, *stages: Stage) -> None:
    stage = row.stage(moment)
    if stage not in stages:
        raise ScheduleError(
            _("The issue is “%(stage)s” by now; this cannot be done to it any more.")
            % {"stage": stage.label}
        )


def _refuse_what_blocks(row: Issue, moment: Moment) -> None:
    if reasons := [lack.message for lack in lacks_of(row, moment) if lack.blocks]:
        raise ScheduleError(*reasons)


def _refuse_unapproved(story: Article) -> None:
    fresh = Article.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if reason := not_approved(fresh):
        raise PublishingError(reason)


def _with_own_hours_kept(row: Issue, hour: Moment, moment: Moment) -> dict[int, Moment | None]:
    """Return the stories' hours, once it is sure that none is to appear first after the issue."""
    # First of all, for it keeps others from the stories.
    hours = hours_of(row, hour, moment)
    late = [
        _("“%(story)s” is to appear on the web first, but at %(hour)s: later than the issue.")
        % {"story": story.headline, "hour": in_words(story.publish_at)}
        for story in first_after(row, hour)
    ]
    if late:
        raise ScheduleError(*late)
    return hours


def _hour(wanted: Moment | None, moment: Moment) -> Moment:
    if wanted is None:
        return minute(moment)
    if wanted < minute(moment):
        raise ScheduleError(_("This hour has passed: %(hour)s.") % {"hour": in_words(wanted)})
    return wanted


def reason_of(note: str) -> str:
    """Return why something is done, as it goes on record.

    Raises:
        ScheduleError: when nothing is said.

    """
    if not note.strip():
        raise ScheduleError(_("A reason is needed."))
    return note.strip()


def _write(issue: Issue, row: Issue, **columns: Any) -> None:
    """Write the row, and bring the object the verb was given up to date."""
    with gate.opened():
        Issue.objects.filter(pk=row.pk).update(**columns)
    for name, value in columns.items():
        setattr(row, name, value)
        setattr(issue, name, value)


def iso(moment: Moment | None) -> str | None:
    """Return an hour as the record keeps it: ISO 8601, in UTC."""
    return moment.astimezone(datetime.UTC).isoformat() if moment else None


def day_in_words(day: datetime.date) -> str:
    """Return a day as people say it, with its weekday."""
    return date_format(day, _("N j (D)"))


def in_words(moment: Moment | None) -> str:
    """Return an hour as people of the newsroom's time zone say it."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""
