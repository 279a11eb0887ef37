"""The table of a story's way: draft, three reviews, approval, and back.

    draft ──submit──▶ awaiting first ──pass──▶ awaiting second ──pass──▶ awaiting final ──pass──▶ approved
      ▲  ◀──recall──      │                        │                        │                       │
      │                   └───────── send back with a reason ───────────────┘                       │
      └── returned ◀──────┘   (or not used, for good, with a reason)              reopen, withdraw ─┘

Approved is not published: that takes a time, which is another right (`articles.publishing`).
Source of the rule: 三审三校, the three reviews and three proofs that Chinese newspapers are held to
(报纸期刊质量管理规定, 2020).
"""  # noqa: E501 - a drawing

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Review, Revision, Stage, Status, StoryEvent
from articles.models.article_queryset import AWAITS
from articles.models.states import IN_REVIEW, WITH_WRITER
from articles.search import indexing

Person = User | AnonymousUser

WRITER = "writer"
REVIEW_RIGHTS: dict[str, str] = {
    Stage.FIRST: "articles.review_first",
    Stage.SECOND: "articles.review_second",
    Stage.FINAL: "articles.review_final",
}


class ReviewError(Exception):
    """A refusal, with a message a person can act on."""


@dataclass(frozen=True)
class Step:
    """One way a story may move.

    Attributes:
        verb: what is done.
        sources: the statuses it can be done in.
        target: the status it leads to.
        right: the permission it takes; `WRITER` stands for the one who filed the story, or whoever
            has the right to all stories.

    """

    verb: str
    sources: tuple[Status, ...]
    target: Status
    right: str


TABLE: tuple[Step, ...] = (
    Step("submit", WITH_WRITER, Status.SUBMITTED, WRITER),
    Step("recall", (Status.SUBMITTED,), Status.DRAFT, WRITER),
    Step("discard", WITH_WRITER, Status.DISCARDED, WRITER),
    Step("recover", (Status.DISCARDED,), Status.DRAFT, WRITER),
    Step("pass_first", (Status.SUBMITTED,), Status.FIRST_PASSED, "articles.review_first"),
    Step("pass_second", (Status.FIRST_PASSED,), Status.SECOND_PASSED, "articles.review_second"),
    Step("pass_final", (Status.SECOND_PASSED,), Status.APPROVED, "articles.review_final"),
    Step("return_first", (Status.SUBMITTED,), Status.RETURNED, "articles.review_first"),
    Step("return_second", (Status.FIRST_PASSED,), Status.RETURNED, "articles.review_second"),
    Step("return_final", (Status.SECOND_PASSED,), Status.RETURNED, "articles.review_final"),
    Step("decline_first", (Status.SUBMITTED,), Status.DISCARDED, "articles.review_first"),
    Step("decline_second", (Status.FIRST_PASSED,), Status.DISCARDED, "articles.review_second"),
    Step("decline_final", (Status.SECOND_PASSED,), Status.DISCARDED, "articles.review_final"),
    Step("reopen", (Status.APPROVED,), Status.DRAFT, "articles.edit_any_article"),
    Step("withdraw", (Status.APPROVED,), Status.WITHDRAWN, "articles.withdraw_article"),
    Step("reinstate", (Status.WITHDRAWN,), Status.APPROVED, "articles.review_final"),
)
_BY_VERB = {step.verb: step for step in TABLE}


def step_for(verb: str) -> Step:
    """Return the table's line for a verb."""
    return _BY_VERB[verb]


def may(person: Person, verb: str, story: Article) -> bool:
    """Whether somebody has the right to a verb, whatever the story's status is."""
    right = step_for(verb).right
    if right != WRITER:
        return bool(person.has_perm(right))
    if not person.has_perm("articles.change_article"):
        return False
    return story.filed_by_id == person.pk or person.has_perm("articles.edit_any_article")


def is_open_to(person: Person, verb: str, story: Article) -> bool:
    """Whether somebody may do a verb to a story now, by the table alone."""
    return story.status in step_for(verb).sources and may(person, verb, story)


def check(person: Person, verb: str, story: Article) -> Step:
    """Return the table's line for a verb that may be done.

    Raises:
        PermissionDenied: when the person has no right to it.
        ReviewError: when the story is not at a point where it can be done.

    """
    if not may(person, verb, story):
        raise PermissionDenied
    step = step_for(verb)
    if story.status not in step.sources:
        raise ReviewError(
            _("“%(story)s” is “%(status)s” by now; this cannot be done to it any more.")
            % {"story": story, "status": story.get_status_display()}
        )
    return step


def move(story: Article, status: Status, at: datetime.datetime, **columns: object) -> None:
    """Write a story's new status, and the moment from which it has stood there.

    What search holds of it follows: an approved text can be found from its hour on, no other can.

    For verbs alone; `story` is locked and has been checked.
    """
    columns = {"status": status, "stage_since": at, **columns}
    was = story.status
    Article.objects.filter(pk=story.pk).move(**columns, updated_at=timezone.now())
    story.refresh_from_db()
    if Status.APPROVED in (was, status):
        indexing.keep(story)


def next_round(story: Article) -> int:
    """Return the number of a new round of reviews: one that this story has not had."""
    used = Review.objects.filter(article=story.identity).aggregate(Max("round"))["round__max"] or 0
    return max(used, story.round) + 1


def note_event(
    story: Article,
    kind: StoryEvent.Kind,
    *,
    by: Person | None,
    at: datetime.datetime,
    note: str = "",
) -> StoryEvent:
    """Put on record what happened to a story."""
    return StoryEvent.objects.create(
        article=story.identity,
        kind=kind,
        revision=story.head,
        by=by if isinstance(by, User) else None,
        at=at,
        note=note,
    )


def text_changed(
    story: Article, revision: Revision, *, by: Person | None, at: datetime.datetime
) -> None:
    """Draw the consequence of a changed text for a story in review, by the newsroom's rule.

    `REVIEW_AFTER_CHANGE` is "first" (all passes are void and the first review comes again) or
    "stage" (earlier passes stay; the story waits where it was). Either way whoever changed the
    text has become one of its writers and does not review it.

    Args:
        story: locked, its new revision recorded.
        revision: that revision.
        by: who changed it.
        at: the moment.

    """
    if story.status not in IN_REVIEW:
        return
    first = AWAITS[Stage.FIRST]
    if settings.REVIEW_AFTER_CHANGE == "first" and story.status != first:
        move(story, first, at, round=next_round(story))
    note_event(story, StoryEvent.Kind.CHANGED, by=by, at=at, note=str(revision))
