"""When a story of an issue appears on the web: with the issue, before it, or not until released."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from articles.publishing import minute
from articles.stages import Person
from articles.timing import set_hours
from issues.models import Issue, IssueEvent, Placement, Stage, Web, gate
from issues.scheduling import (
    Moment,
    ScheduleError,
    begin_at,
    in_words,
    iso,
    reason_of,
    record,
    story_details,
)
from issues.story_hours import hour_with_issue, hours_of

Kind = IssueEvent.Kind


@transaction.atomic
def web_first(
    placement: Placement, *, by: Person, publish_at: Moment, at: Moment | None = None
) -> IssueEvent:
    """Let a story of an issue appear on the web before it, at an hour of its own.

    Args:
        placement: the story's place in the issue.
        by: who does it.
        publish_at: the story's hour; it keeps it whatever becomes of the issue's.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the rights to schedule and to publish.
        ScheduleError: when the story is public, or the hour has passed or comes after the issue.
        PublishingError: when the text is not the one that passed the final review.

    """
    row, place, moment = begin_at(placement, by, at)
    _refuse_public(place, moment)
    if row.stage(moment) == Stage.LIVE:
        raise ScheduleError(_("The issue is live: the story can only be released."))
    if publish_at < minute(moment):
        raise ScheduleError(_("This hour has passed: %(hour)s.") % {"hour": in_words(publish_at)})
    if row.publish_at is not None and publish_at >= row.publish_at:
        raise ScheduleError(
            _("The issue appears at %(hour)s: on the web first means before that.")
            % {"hour": in_words(row.publish_at)}
        )
    old = place.article.publish_at
    set_hours({place.article_id: publish_at}, by=by, at=moment)
    _write(place, Web.FIRST)
    details = story_details(place)
    return record(row, Kind.WEB_FIRST, by, moment, **details, old=iso(old), new=iso(publish_at))


@transaction.atomic
def hold(placement: Placement, *, by: Person, note: str, at: Moment | None = None) -> IssueEvent:
    """Hold a story for print: it stands on its page, and is not on the web until it is released.

    Raises:
        PermissionDenied: without the right to schedule (and to publish, where an hour is taken).
        ScheduleError: when the story is public or held already, or no reason is given.

    """
    row, place, moment = begin_at(placement, by, at)
    reason = reason_of(note)
    _refuse_public(place, moment)
    if place.web == Web.HELD:
        raise ScheduleError(_("“%(story)s” is held already.") % {"story": place.article})
    old = place.article.publish_at
    if old is not None:
        set_hours({place.article_id: None}, by=by, note=reason, at=moment)
    _write(place, Web.HELD)
    return record(row, Kind.HELD, by, moment, reason, **story_details(place), old=iso(old))


@transaction.atomic
def release(placement: Placement, *, by: Person, at: Moment | None = None) -> IssueEvent:
    """Let a story appear with its issue after all: at the issue's hour, or now if that has come.

    Raises:
        PermissionDenied: without the right to schedule (and to publish, where an hour is given).
        ScheduleError: when the story is public, or appears with its issue already.
        PublishingError: when the text is not the one that passed the final review.

    """
    row, place, moment = begin_at(placement, by, at)
    _refuse_public(place, moment)
    if place.web == Web.WITH_ISSUE:
        raise ScheduleError(
            _("“%(story)s” appears with the issue already.") % {"story": place.article}
        )
    old = place.article.publish_at
    _write(place, Web.WITH_ISSUE)
    hour = hour_with_issue(row, moment)
    if hour is not None or old is not None:
        reason = str(place.get_web_display())
        set_hours(_one(row, hour, moment, place), by=by, note=reason, at=moment)
    details = story_details(place)
    return record(row, Kind.RELEASED, by, moment, **details, old=iso(old), new=iso(hour))


def _one(
    row: Issue, hour: Moment | None, moment: Moment, place: Placement
) -> dict[int, Moment | None]:
    return hours_of(row, hour, moment, story=place.article)


def _refuse_public(place: Placement, moment: Moment) -> None:
    if place.article.is_public(moment):
        raise ScheduleError(_("“%(story)s” is public already.") % {"story": place.article})


def _write(place: Placement, web: Web) -> None:
    place.web = web
    with gate.opened():
        place.save(update_fields=["web"])
