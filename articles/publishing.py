"""From approved to public, and what may happen to a story after that.

Approving is one right and publishing another. A published text never changes silently: a change is
a working copy that goes through the three reviews while the published text stays up, and replaces
it with a dated correction; a withdrawal has a reason that readers see, and only a final review
undoes it.
"""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import reviews, revisions
from articles.models import (
    Article,
    Correction,
    MistakeReport,
    Review,
    Revision,
    Stage,
    Status,
    StoryEvent,
    gate,
)
from articles.models.states import WITH_WRITER
from articles.stages import Person, ReviewError, check, move, next_round, note_event

Kind = StoryEvent.Kind


class PublishingError(Exception):
    """A refusal, with a message a person can act on, or with several.

    Attributes:
        reasons: the messages, one for each thing that is wrong.

    """

    def __init__(self, *reasons: str) -> None:
        """Say what is wrong."""
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Standing(TextChoices):
    """How near a story is to the reader: its status and its time in one word."""

    DRAFT = "draft", gettext_lazy("draft")
    RETURNED = "returned", gettext_lazy("returned")
    FIRST = "first", gettext_lazy("awaiting first review")
    SECOND = "second", gettext_lazy("awaiting second review")
    FINAL = "final", gettext_lazy("awaiting final review")
    UNTIMED = "untimed", gettext_lazy("approved, no time set")
    WAITING = "waiting", gettext_lazy("waiting for its time")
    PUBLISHED = "published", gettext_lazy("published")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
    DISCARDED = "discarded", gettext_lazy("discarded")


_STANDINGS = {
    Status.DRAFT: Standing.DRAFT,
    Status.RETURNED: Standing.RETURNED,
    Status.SUBMITTED: Standing.FIRST,
    Status.FIRST_PASSED: Standing.SECOND,
    Status.SECOND_PASSED: Standing.FINAL,
    Status.WITHDRAWN: Standing.WITHDRAWN,
    Status.DISCARDED: Standing.DISCARDED,
}


def standing(article: Article, at: datetime.datetime | None = None) -> Standing:
    """Say how near a story is to the reader at a moment (now, if none is given)."""
    if article.status != Status.APPROVED:
        return _STANDINGS[Status(article.status)]
    if article.publish_at is None:
        return Standing.UNTIMED
    return Standing.PUBLISHED if article.is_public(at) else Standing.WAITING


def may_publish(by: Person) -> bool:
    """Whether somebody may publish approved stories."""
    return by.has_perm("articles.publish_article")


def minute(moment: datetime.datetime) -> datetime.datetime:
    """Return the beginning of a moment’s minute: what is published now was published then."""
    return moment.replace(second=0, microsecond=0)


@transaction.atomic
def publish(
    article: Article,
    *,
    by: Person,
    publish_at: datetime.datetime | None = None,
    at: datetime.datetime | None = None,
) -> Article:
    """Publish an approved text: now, or by itself when its time comes.

    A working copy takes the place of the text it changes, at once.

    Args:
        article: the story; it is locked and read again.
        by: who publishes.
        publish_at: when it appears; now, if none is given. Not for working copies.
        at: the moment; now, if none is given.

    Returns:
        The story the public sees or will see.

    Raises:
        PermissionDenied: without the right to publish.
        PublishingError: when the text is not the one that passed the final review, is public
            already, an issue decides its hour, or a working copy is given a later time.

    """
    if not may_publish(by):
        raise PermissionDenied
    moment = at or timezone.now()
    story = revisions.locked(article)
    _check_approved(story)
    _check_free(story, moment)
    if story.revises_id:
        if publish_at is not None and publish_at > moment:
            raise PublishingError(_("A change of a published story takes effect at once."))
        return _replace(story, by=by, at=moment)
    if story.is_public(moment):
        raise PublishingError(_("“%(story)s” is public already.") % {"story": story})
    when = publish_at or minute(moment)
    Article.objects.filter(pk=story.pk).move(publish_at=when, updated_at=timezone.now())
    note_event(story, Kind.SCHEDULED, by=by, at=moment, note=when.isoformat())
    article.refresh_from_db()
    return article


def not_approved(story: Article) -> str:
    """Say why a story may not become public: "" where it is what the final review passed."""
    if story.status != Status.APPROVED:
        return _("“%(story)s” has not passed the final review.") % {"story": story}
    approved = story.approved_revision
    same = approved and story.head and approved.text_digest == story.head.text_digest
    if not same or not revisions.is_on_record(story):
        return _("“%(story)s” differs from the text that passed the final review.") % {
            "story": story
        }
    return ""


def _check_approved(story: Article) -> None:
    """Make sure that what would become public is what the final review passed."""
    if reason := not_approved(story):
        raise PublishingError(reason)


def bound_to(story: Article, at: datetime.datetime | None = None) -> Any:
    """Return the placement that decides when a story appears, or None.

    A story on a page of a scheduled issue appears with it; one that is held for print waits until
    it is released there.
    """
    if story.is_public(at):
        return None
    return story.placements.binding(at).first()


def _check_free(story: Article, at: datetime.datetime) -> None:
    """Make sure that a story's hour is its own, and not that of an issue."""
    placement = bound_to(story, at)
    if placement is not None:
        page = placement.page
        raise PublishingError(
            _("“%(story)s” stands on page %(page)s of the issue %(issue)s: its hour is set there.")
            % {"story": story, "page": page.code, "issue": page.issue}
        )


@transaction.atomic
def unschedule(
    article: Article, *, by: Person, note: str, at: datetime.datetime | None = None
) -> Article:
    """Take the time away from a story that is not public yet; it stays approved.

    Raises:
        PermissionDenied: without the right to publish.
        PublishingError: when it has no time, is public already, an issue decides its hour, or no
            reason is given.

    """
    if not may_publish(by):
        raise PermissionDenied
    moment = at or timezone.now()
    story = revisions.locked(article)
    if story.status != Status.APPROVED or story.publish_at is None or story.is_public(moment):
        raise PublishingError(
            _("“%(story)s” is not waiting for its time of publication.") % {"story": story}
        )
    if not note.strip():
        raise PublishingError(_("A reason is needed."))
    _check_free(story, moment)
    Article.objects.filter(pk=story.pk).move(publish_at=None, updated_at=timezone.now())
    note_event(story, Kind.UNSCHEDULED, by=by, at=moment, note=note.strip())
    article.refresh_from_db()
    return article


@transaction.atomic
def accept_printed(
    article: Article,
    *,
    by: Person | None,
    publish_at: datetime.datetime | None,
    note: str,
    at: datetime.datetime | None = None,
) -> Article:
    """Let in a text that a newspaper has printed, and that so has passed the press's own reviews.

    For imports of printed pages. The record says so: a review of its own kind, by nobody here.

    Args:
        article: a draft.
        by: who imports; None for the operator's command.
        publish_at: when it appears; None for no time yet.
        note: where it was printed (date and page).
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the rights of final review and publication.
        PublishingError: when it is not a draft.

    """
    if by is not None and not (may_publish(by) and by.has_perm("articles.review_final")):
        raise PermissionDenied
    moment = at or timezone.now()
    story = revisions.locked(article)
    if story.status not in WITH_WRITER:
        raise PublishingError(_("“%(story)s” is approved already.") % {"story": story})
    revision = revisions.record(story, by=by, at=moment, kind=Revision.Kind.IMPORT)
    number = next_round(story)
    Review.objects.create(
        article=story.identity,
        revision=revision,
        round=number,
        stage=Stage.PRINTED,
        decision=Review.Decision.PASS,
        by=by if isinstance(by, User) else None,
        note=note,
        at=moment,
        persons=reviews.persons_required(),
    )
    move(
        story,
        Status.APPROVED,
        moment,
        round=number,
        approved_revision=revision,
        publish_at=publish_at,
    )
    article.refresh_from_db()
    return article


def working_copy_of(story: Article) -> Article | None:
    """Return the change in preparation of a published story, or None."""
    return Article.objects.filter(revises=story).first()


@transaction.atomic
def revise(article: Article, *, by: Person, at: datetime.datetime | None = None) -> Article:
    """Begin a change of a published or withdrawn story: a working copy, for its three reviews.

    Returns:
        The working copy; the one in preparation if there is one.

    Raises:
        PermissionDenied: without the right to all stories.
        PublishingError: when the story has not been given to the reader.

    """
    if not by.has_perm("articles.edit_any_article"):
        raise PermissionDenied
    story = revisions.locked(article)
    if story.revises_id or not (story.is_public(at) or story.status == Status.WITHDRAWN):
        raise PublishingError(
            _("“%(story)s” is not published; change the story itself.") % {"story": story}
        )
    if copy := working_copy_of(story):
        return copy
    with gate.opened():
        copy = Article.objects.create(
            revises=story, headline=story.headline, body=story.body, filed_by_id=by.pk
        )
        revisions.apply(copy, {**revisions.snapshot(story), "correction_note": ""})
    revisions.record(copy, by=None, at=at)
    return copy


@transaction.atomic
def drop(copy: Article, *, by: Person, at: datetime.datetime | None = None) -> None:
    """Give up a working copy; its revisions and reviews stay with the story.

    Raises:
        PermissionDenied: when it is not this person's.
        PublishingError: when it is no working copy, or is in review.

    """
    story = revisions.locked(copy)
    mine = story.filed_by_id == by.pk or may_publish(by)
    if not mine or not by.has_perm("articles.edit_any_article"):
        raise PermissionDenied
    if not story.revises_id or reviews.is_in_review(story):
        raise PublishingError(_("This cannot be dropped."))
    note_event(story, Kind.DROPPED, by=by, at=at or timezone.now())
    story.delete()


def _replace(copy: Article, *, by: Person, at: datetime.datetime) -> Article:
    """Put an approved working copy in the place of the text it changes."""
    story = revisions.locked(copy.identity)
    content = revisions.snapshot(copy)
    head, approved, rounds = copy.head, copy.approved_revision, copy.round
    if head is None or approved is None:
        raise PublishingError(_("This text has not been approved."))
    with gate.opened():
        revisions.apply(story, content)
    move(
        story,
        Status.APPROVED,
        at,
        head=head,
        approved_revision=approved,
        characters=copy.characters,
        round=max(story.round, rounds),
        withdrawn_at=None,
        withdrawal_reason="",
    )
    # Deleting the copy unties the readers' reports it was begun for.
    reports = list(copy.mistakes_to_correct.values_list("pk", flat=True))
    copy.delete()
    note_event(story, Kind.UPDATED, by=by, at=at)
    correction = Correction.objects.create(
        article=story,
        text=content["correction_note"].strip(),
        revision=head,
        by=cast(User, by),
        at=at,
    )
    MistakeReport.objects.filter(pk__in=reports).settle_with(correction)
    return story


@transaction.atomic
def withdraw(
    article: Article, *, by: Person, reason: str, at: datetime.datetime | None = None
) -> Article:
    """Withdraw a published story: its address says so from now on, with the reason.

    Raises:
        PermissionDenied: without the right to withdraw.
        articles.stages.ReviewError: when it is not approved.
        PublishingError: when it was never given a time, or no reason is given.

    """
    moment = at or timezone.now()
    story = revisions.locked(article)
    step = check(by, "withdraw", story)
    if story.publish_at is None:
        raise PublishingError(_("“%(story)s” is not published.") % {"story": story})
    if not reason.strip():
        raise PublishingError(_("Say why the story is withdrawn: readers are told."))
    move(story, step.target, moment, withdrawn_at=moment, withdrawal_reason=reason.strip())
    note_event(story, Kind.WITHDRAWN, by=by, at=moment, note=reason.strip())
    article.refresh_from_db()
    return article


@transaction.atomic
def reinstate(
    article: Article, *, by: Person, note: str, at: datetime.datetime | None = None
) -> Review:
    """Undo a withdrawal by passing the text once more at the final review; it is public again.

    Raises:
        PermissionDenied: without the right of final review.
        articles.stages.ReviewError: when it is not withdrawn, or the person wrote it.
        PublishingError: when no reason is given.

    """
    moment = at or timezone.now()
    story = revisions.locked(article)
    step = check(by, "reinstate", story)
    if story.approved_revision is None:
        raise PublishingError(_("This text has not been approved."))
    if reason := reviews.objection(story, Stage.FINAL, by):
        raise ReviewError(reason)
    if not note.strip():
        raise PublishingError(_("A reason is needed."))
    number = next_round(story)
    review = Review.objects.create(
        article=story,
        revision=story.approved_revision,
        round=number,
        stage=Stage.FINAL,
        decision=Review.Decision.PASS,
        by_id=by.pk,
        note=note.strip(),
        at=moment,
        persons=reviews.persons_required(),
    )
    move(story, step.target, moment, round=number, withdrawn_at=None, withdrawal_reason="")
    note_event(story, Kind.REINSTATED, by=by, at=moment, note=note.strip())
    article.refresh_from_db()
    return review
