"""The three reviews: who passes which text, and who sends it back.

Every verb locks the story, looks the step up in `articles.stages.TABLE`, checks that the person is
neither a writer of the text nor one who has passed it already, and writes a record that is never
changed. The admin, commands and tests call the same functions.
"""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import revisions
from articles.checks import as_record, waivers_of
from articles.checks import check as checked
from articles.models import STAGES, Article, Review, Revision, Stage, Status, StoryEvent
from articles.models.article_queryset import AWAITS
from articles.models.states import IN_REVIEW, REPRINT
from articles.stages import Person, ReviewError, check, is_open_to, move, next_round, note_event

Decision = Review.Decision


def stage_of(story: Article) -> Stage | None:
    """Return the review a story waits for, or None."""
    return next((stage for stage in STAGES if AWAITS[stage] == story.status), None)


def writers(story: Article) -> set[int]:
    """Return the logins of those who wrote the text now in review.

    Whoever filed it, whoever changed its text since it was last approved, and whoever's name
    stands under it (three queries).
    """
    found = {story.filed_by_id} if story.filed_by_id else set()
    approved = story.identity.approved_revision if story.revises_id else None
    texts = Revision.objects.filter(
        article=story.identity, number__gte=approved.number if approved else 0
    ).order_by("number")
    before = None
    for digest, by in texts.values_list("text_digest", "by"):
        if digest != before and by is not None and not (approved and before is None):
            found.add(by)
        before = digest
    credited = story.bylines.filter(contributor__user__isnull=False)
    return found | set(credited.values_list("contributor__user", flat=True))


def passed_by(story: Article) -> dict[str, int]:
    """Return who passed the text at which stage, in the present round."""
    rows = Review.objects.filter(
        article=story.identity, round=story.round, decision=Decision.PASS, stage__in=STAGES
    )
    return {review.stage: review.by_id for review in rows.order_by("pk") if review.by_id}


def persons_required() -> int:
    """How many different people the three passes have to come from: three, or two by setting."""
    return int(settings.REVIEW_PERSONS)


def objection(story: Article, stage: str, by: Person) -> str:
    """Say why somebody may not pass a text at a stage, or "" where they may.

    The rights are not asked about here; this is the separation of duties alone.
    """
    if by.pk in writers(story):
        return _("Nobody reviews what they wrote: your name is on this text.")
    before = {
        who
        for earlier, who in passed_by(story).items()
        if STAGES.index(Stage(earlier)) < STAGES.index(Stage(stage))
    }
    if persons_required() >= len(STAGES):
        if by.pk in before:
            return _("You have passed this text at an earlier review; another person has to.")
    elif stage == Stage.FINAL and before == {by.pk}:
        return _("You have passed this text twice; the final review is for another person.")
    return ""


def may_pass(story: Article, by: Person) -> bool:
    """Whether somebody may pass a story at the review it waits for."""
    stage = stage_of(story)
    if stage is None or not is_open_to(by, f"pass_{stage.value}", story):
        return False
    return not objection(story, stage, by)


@transaction.atomic
def submit(article: Article, *, by: Person, at: datetime.datetime | None = None) -> StoryEvent:
    """Hand a story in for its first review; the text as it stands becomes a revision.

    Raises:
        PermissionDenied: when it is not this person's to submit.
        ReviewError: when it has been submitted, or a change of a published text says nothing of
            what was wrong.

    """
    moment = at or timezone.now()
    story = revisions.locked(article)
    step = check(by, "submit", story)
    revisions.record(story, by=by, at=moment)
    if story.revises_id:
        _check_correction(story)
    move(story, step.target, moment, round=next_round(story))
    article.refresh_from_db()
    return note_event(story, StoryEvent.Kind.SUBMITTED, by=by, at=moment)


def _check_correction(copy: Article) -> None:
    live = copy.identity.head
    if copy.head and live and copy.head.text_digest == live.text_digest:
        raise ReviewError(_("Nothing has been changed in this text yet."))
    if not copy.correction_note.strip():
        raise ReviewError(
            _("Say in “correction” what was wrong in the published story: readers are told.")
        )


@transaction.atomic
def recall(article: Article, *, by: Person, at: datetime.datetime | None = None) -> StoryEvent:
    """Take a story back that nobody has reviewed yet.

    Raises:
        PermissionDenied: when it is not this person's.
        ReviewError: when it is past the first review.

    """
    return _step(article, "recall", StoryEvent.Kind.RECALLED, by, at)


@transaction.atomic
def discard(article: Article, *, by: Person, at: datetime.datetime | None = None) -> StoryEvent:
    """Put a story away that will not be printed; it can be recovered.

    Raises:
        PermissionDenied: when it is not this person's.
        ReviewError: when it is in review or approved.

    """
    return _step(article, "discard", StoryEvent.Kind.DISCARDED, by, at)


@transaction.atomic
def recover(article: Article, *, by: Person, at: datetime.datetime | None = None) -> StoryEvent:
    """Make a discarded story a draft again.

    Raises:
        PermissionDenied: when it is not this person's.
        ReviewError: when it is not discarded.

    """
    return _step(article, "recover", StoryEvent.Kind.RECOVERED, by, at)


@transaction.atomic
def reopen(
    article: Article, *, by: Person, note: str, at: datetime.datetime | None = None
) -> StoryEvent:
    """Open an approved text to change before it has a time of publication; the passes are void.

    Raises:
        PermissionDenied: without the right to all stories.
        ReviewError: when it is not approved, has its time already, or no reason is given.

    """
    story = revisions.locked(article)
    check(by, "reopen", story)
    if story.publish_at is not None:
        raise ReviewError(
            _("“%(story)s” has its time of publication: take that away first.") % {"story": story}
        )
    if not note.strip():
        raise ReviewError(_("A reason is needed."))
    return _step(article, "reopen", StoryEvent.Kind.REOPENED, by, at, note.strip())


def _step(
    article: Article,
    verb: str,
    kind: StoryEvent.Kind,
    by: Person,
    at: datetime.datetime | None,
    note: str = "",
) -> StoryEvent:
    moment = at or timezone.now()
    story = revisions.locked(article)
    step = check(by, verb, story)
    move(story, step.target, moment)
    article.refresh_from_db()
    return note_event(story, kind, by=by, at=moment, note=note)


@transaction.atomic
def pass_review(
    article: Article,
    *,
    stage: str,
    by: Person,
    note: str = "",
    seen: int | None = None,
    at: datetime.datetime | None = None,
) -> Review:
    """Pass a text at a review.

    Args:
        article: the story; it is locked and read again.
        stage: `Stage.FIRST`, `SECOND` or `FINAL`; the one the story waits for.
        by: the reviewer.
        note: a remark that stays on record.
        seen: the number of the revision the reviewer has read; None skips the check.
        at: the moment; now, if none is given.

    Returns:
        The review, with the revision it judged and what the checks said of it.

    Raises:
        PermissionDenied: without the right to this review.
        ReviewError: when the story is not waiting for it, or the person wrote or passed the text.
        articles.revisions.ConflictError: when the text has changed since it was read.

    """
    moment = at or timezone.now()
    story = revisions.locked(article)
    step = check(by, f"pass_{Stage(stage).value}", story)
    if reason := objection(story, stage, by):
        raise ReviewError(reason)
    _check_seen(story, seen)
    if stage == Stage.FINAL and (lacking := lacking_in_reprint(story)):
        raise ReviewError(
            _("A reprint names its source, author, title and editor; missing: %(what)s.")
            % {"what": _(", ").join(lacking)}
        )
    review = _judge(story, stage, Decision.PASS, by, note, moment)
    approved = {"approved_revision": review.revision} if stage == Stage.FINAL else {}
    move(story, step.target, moment, **approved)
    article.refresh_from_db()
    return review


@transaction.atomic
def send_back(
    article: Article,
    *,
    stage: str,
    by: Person,
    note: str,
    seen: int | None = None,
    at: datetime.datetime | None = None,
) -> Review:
    """Return a story to its writer with a reason.

    Args and errors as for `pass_review`; besides, ReviewError where no reason is given.
    """
    return _turn_down(article, "return", Decision.RETURN, stage, by, note, seen, at)


@transaction.atomic
def decline(
    article: Article,
    *,
    stage: str,
    by: Person,
    note: str,
    seen: int | None = None,
    at: datetime.datetime | None = None,
) -> Review:
    """Decide that a story will not be used, and tell its writer why.

    Args and errors as for `send_back`.
    """
    return _turn_down(article, "decline", Decision.DECLINE, stage, by, note, seen, at)


def _turn_down(
    article: Article,
    verb: str,
    decision: str,
    stage: str,
    by: Person,
    note: str,
    seen: int | None,
    at: datetime.datetime | None,
) -> Review:
    moment = at or timezone.now()
    story = revisions.locked(article)
    step = check(by, f"{verb}_{Stage(stage).value}", story)
    if not note.strip():
        raise ReviewError(_("Say why the story is returned: its writer reads it."))
    _check_seen(story, seen)
    review = _judge(story, stage, decision, by, note.strip(), moment)
    move(story, step.target, moment)
    article.refresh_from_db()
    return review


def lacking_in_reprint(story: Article) -> list[str]:
    """Return the labels of what a reprint does not say yet; nothing for the newsroom's own text.

    Source of the rule: 互联网新闻信息服务管理规定 (2017), article 15: a reprint names its source,
    original author, original title and the editor's real name.
    """
    if not story.source:
        return []
    missing = [name for name in REPRINT if not getattr(story, name).strip()]
    return [str(cast(Any, Article._meta.get_field(name)).verbose_name) for name in missing]


def _check_seen(story: Article, seen: int | None) -> None:
    if seen is not None:
        revisions.check_base(story, seen)
    if not revisions.is_on_record(story):
        raise ReviewError(
            _("The text differs from its last revision; open it and save it, then review it.")
        )


def _judge(
    story: Article, stage: str, decision: str, by: Person, note: str, at: datetime.datetime
) -> Review:
    return Review.objects.create(
        article=story.identity,
        revision=cast(Revision, story.head),
        round=story.round,
        stage=stage,
        decision=decision,
        by_id=by.pk,
        note=note,
        at=at,
        persons=persons_required(),
        problems=as_record(checked(story), waivers_of(story)),
    )


def returned_with(story: Article) -> Review | None:
    """Return the review that turned a story down, if that is why it stands where it does."""
    if story.status not in (Status.RETURNED, Status.DISCARDED):
        return None
    last = story.identity.reviews.order_by("-pk").first()
    return last if last and last.decision != Decision.PASS else None


def last_seen_by(story: Article, person: User) -> Revision | None:
    """Return the text a reviewer judged last, or else the one judged last by anybody."""
    judged = story.identity.reviews.select_related("revision").order_by("-pk")
    review = judged.filter(by=person).first() or judged.first()
    return review.revision if review else None


def is_in_review(story: Article) -> bool:
    """Whether a story waits for a review."""
    return story.status in IN_REVIEW
