"""Readers' reports of mistakes (读者纠错): taken, answered, and turned into a correction.

    to be answered ──answer──▶ answered ─────┐
      ▲    │   └─────dismiss──▶ no correction│needed
      │    └──begin_correction, publish──────┴──▶ corrected
      └─── reopen ── answered, no correction needed

A correction is the story's own: a working copy, three reviews, a dated note. When it is published
`articles.publishing` closes the reports it was begun for.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article, Correction, MistakeReport
from articles.models.mistake import RECOGNISED, MistakeReportQuerySet
from articles.senders import sender_keys
from articles.stages import Person

Status = MistakeReport.Status
RIGHT = "articles.change_mistakereport"
HOUR = datetime.timedelta(hours=1)
# In which states each verb can be done.
SOURCES: dict[str, tuple[Status, ...]] = {
    "answer": (Status.OPEN,),
    "dismiss": (Status.OPEN,),
    "reopen": (Status.ANSWERED, Status.DISMISSED),
    "begin_correction": (Status.OPEN, Status.ANSWERED),
    "credit": (Status.OPEN, Status.ANSWERED),
}


class MistakeError(Exception):
    """A refusal, with a message a person can act on."""


class TooManyError(MistakeError):
    """More has been sent than the limits allow.

    Attributes:
        again_at: from when on something is taken again.

    """

    def __init__(self, again_at: datetime.datetime) -> None:
        """Say when to try again, to the minute after it."""
        self.again_at = again_at
        shown = timezone.localtime(again_at + datetime.timedelta(minutes=1))
        super().__init__(
            _("Very many reports are coming in just now. Please try again after %(time)s.")
            % {"time": date_format(shown, "DATETIME_FORMAT")}
        )


@dataclass(frozen=True)
class Limit:
    """How many reports are taken within a span: from one "sender", on one "story", of "all".

    A whole street may share one address with its mobile operator, so one sender may send several.
    """

    of: str
    most: int
    span: datetime.timedelta


LIMITS = (
    Limit("sender", 5, HOUR),
    Limit("sender", 20, RECOGNISED),
    Limit("story", 30, HOUR),
    Limit("all", 300, HOUR),
)


@transaction.atomic
def send(
    article: Article,
    *,
    text: str,
    quote: str = "",
    contact: str = "",
    address: str,
    at: datetime.datetime | None = None,
) -> MistakeReport:
    """Take a reader's report of a mistake; the same from the same sender within a day is kept once.

    Args:
        article: the story; it is locked.
        text: what is wrong.
        quote: the words it is about, as the reader gives them; "" for the whole story.
        contact: a phone number or mail address, or "".
        address: the network address it comes from; it is not kept.
        at: the moment; now, if none is given.

    Raises:
        Article.DoesNotExist: when the public does not see the story.
        TooManyError: over one of `LIMITS`.

    """
    moment = at or timezone.now()
    # The lock lets the same report, sent twice at once, in one after the other.
    story = Article.objects.published(moment).select_for_update(no_key=True).get(pk=article.pk)
    _forget_senders(moment)
    keys = sender_keys(address, moment)
    lately = MistakeReport.objects.filter(at__gt=moment - RECOGNISED)
    same = lately.filter(article=story, sender__in=keys, text=text, quote=quote).first()
    if same is not None:
        return same
    for limit in LIMITS:
        _check_limit(limit, lately, story, keys, moment)
    return MistakeReport.objects.create(
        article=story,
        # What is public has one.
        revision_id=cast(int, story.approved_revision_id),
        token=secrets.token_urlsafe(32),
        quote=quote,
        text=text,
        contact=contact,
        sender=keys[0],
        at=moment,
    )


def _check_limit(
    limit: Limit,
    lately: MistakeReportQuerySet,
    story: Article,
    keys: Sequence[str],
    at: datetime.datetime,
) -> None:
    counted = lately.filter(at__gt=at - limit.span).order_by("-at")
    if limit.of == "sender":
        counted = counted.filter(sender__in=keys)
    elif limit.of == "story":
        counted = counted.filter(article=story)
    # With the oldest of the newest `most` there is room for one more.
    in_the_way = counted.values_list("at", flat=True)[limit.most - 1 : limit.most]
    for moment in in_the_way:
        raise TooManyError(moment + limit.span)


def may_answer(by: Person) -> bool:
    """Whether somebody may see and answer all reports, and their contacts."""
    return by.has_perm(RIGHT)


def can_be(report: MistakeReport, verb: str) -> bool:
    """Whether a verb fits a report as it stands."""
    return report.status in SOURCES[verb]


def _checked(report: MistakeReport, verb: str, by: Person) -> MistakeReport:
    """Lock a report and return it as it is now, if this person may do the verb to it.

    Raises:
        PermissionDenied: without the right to answer.
        MistakeError: when it does not fit the report any more.

    """
    if not may_answer(by):
        raise PermissionDenied
    locked = MistakeReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if not can_be(locked, verb):
        raise MistakeError(
            _("This report is “%(status)s” by now; this cannot be done to it any more.")
            % {"status": locked.get_status_display()}
        )
    return locked


def _move(report: MistakeReport, **columns: Any) -> MistakeReport:
    MistakeReport.objects.filter(pk=report.pk).update(**columns)
    report.refresh_from_db()
    return report


@transaction.atomic
def answer(
    report: MistakeReport, *, by: Person, text: str, at: datetime.datetime | None = None
) -> MistakeReport:
    """Answer a reader; they find the answer at their private address.

    Raises:
        PermissionDenied: without the right to answer.
        MistakeError: when it has been answered already, or nothing is said.

    """
    return _close(report, "answer", Status.ANSWERED, by=by, text=text, at=at)


@transaction.atomic
def dismiss(
    report: MistakeReport, *, by: Person, text: str, at: datetime.datetime | None = None
) -> MistakeReport:
    """Tell a reader why nothing has to be corrected (无需更正); a correction is not waited for.

    Raises:
        PermissionDenied: without the right to answer.
        MistakeError: when it has been answered already, or no reason is given.

    """
    return _close(report, "dismiss", Status.DISMISSED, by=by, text=text, at=at, working_copy=None)


def _close(
    report: MistakeReport,
    verb: str,
    status: Status,
    *,
    by: Person,
    text: str,
    at: datetime.datetime | None,
    **columns: Any,
) -> MistakeReport:
    moment = at or timezone.now()
    _checked(report, verb, by)
    if not text.strip():
        raise MistakeError(_("Write what the reader is told."))
    return _move(
        report,
        status=status,
        answer=text.strip(),
        answered_by_id=by.pk,
        answered_at=moment,
        **columns,
    )


@transaction.atomic
def reopen(report: MistakeReport, *, by: Person) -> MistakeReport:
    """Take an answer back; its words stay for the next.

    Raises:
        PermissionDenied: without the right to answer.
        MistakeError: when it is open, or corrected.

    """
    _checked(report, "reopen", by)
    return _move(report, status=Status.OPEN, answered_by=None, answered_at=None)


@transaction.atomic
def begin_correction(
    report: MistakeReport, *, by: Person, at: datetime.datetime | None = None
) -> Article:
    """Begin a correction of the story, or join the one in preparation.

    Returns:
        The working copy, for its three reviews.

    Raises:
        PermissionDenied: without the right to answer, or to all stories.
        MistakeError: when the report does not ask for one any more.
        articles.publishing.PublishingError: when the story is not with its readers.

    """
    if not may_answer(by):
        raise PermissionDenied
    # The story is locked before the report, as by the publication that closes reports.
    copy = publishing.revise(report.article, by=by, at=at)
    _checked(report, "begin_correction", by)
    _move(report, working_copy=copy)
    return copy


@transaction.atomic
def credit(report: MistakeReport, *, by: Person, correction: Correction) -> MistakeReport:
    """Close a report with a correction that has been published since, begun for another reason.

    Raises:
        PermissionDenied: without the right to answer.
        MistakeError: when the report is closed, or the correction is of another story or older.

    """
    locked = _checked(report, "credit", by)
    if correction not in corrections_since(locked):
        raise MistakeError(_("This correction is not of the story the report is about."))
    MistakeReport.objects.filter(pk=report.pk).settle_with(correction)
    report.refresh_from_db()
    return report


def corrections_since(report: MistakeReport) -> list[Correction]:
    """Return what has been corrected in the story since a report came."""
    return list(report.article.corrections.filter(at__gte=report.at))


@dataclass(frozen=True)
class Forgotten:
    """How much was forgotten: contacts, and marks by which senders were recognised."""

    contacts: int
    senders: int


def forget(at: datetime.datetime | None = None) -> Forgotten:
    """Delete the contacts that have been kept as long as readers were told, and old marks."""
    moment = at or timezone.now()
    contacts = MistakeReport.objects.with_contact_due(moment).update(contact="")
    return Forgotten(contacts, _forget_senders(moment))


def _forget_senders(at: datetime.datetime) -> int:
    old = MistakeReport.objects.filter(at__lte=at - RECOGNISED).exclude(sender="")
    return old.update(sender="")
