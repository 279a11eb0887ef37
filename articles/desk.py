"""Each person's day in the newsroom: what waits for them, what came back, what is under way."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import publishing
from articles.mistakes import may_answer
from articles.models import STAGES, Article, ArticleQuerySet, MistakeReport, Review, Status
from articles.models.states import IN_REVIEW
from articles.stages import REVIEW_RIGHTS

SHOWN = 8


@dataclass(frozen=True)
class Queue:
    """Stories that wait for a review this person can make.

    Attributes:
        stage: the review.
        label: what it is called.
        count: how many stories wait that are this person's duty.
        oldest: since when the first of them has waited; None where nothing waits.
        overdue: how many are past their deadline.

    """

    stage: str
    label: str
    count: int
    oldest: datetime.datetime | None
    overdue: int


@dataclass(frozen=True)
class Readers:
    """What readers have found and nobody has answered.

    Attributes:
        count: how many reports.
        oldest: since when the first of them has waited; None where none waits.

    """

    count: int
    oldest: datetime.datetime | None


@dataclass(frozen=True)
class Day:
    """What somebody finds on the newsroom's first page.

    Each list is cut to its first stories, `shown` of them.
    """

    queues: list[Queue] = field(default_factory=list)
    returned: list[Article] = field(default_factory=list)
    drafts: list[Article] = field(default_factory=list)
    under_way: list[Article] = field(default_factory=list)
    to_publish: list[Article] = field(default_factory=list)
    readers: Readers | None = None
    shown: int = SHOWN


def queues_of(user: User, at: datetime.datetime | None = None) -> list[Queue]:
    """Return the queues of the reviews somebody may make (two queries for each)."""
    moment = at or timezone.now()
    found = []
    for stage in STAGES:
        if not user.has_perm(REVIEW_RIGHTS[stage]):
            continue
        waiting = Article.objects.awaiting(stage).for_reviewer(user, stage)
        figures = waiting.order_by().aggregate(
            count=Count("pk"),
            oldest=Min("stage_since"),
            overdue=Count("pk", Q(deadline__lt=moment)),
        )
        found.append(Queue(stage.value, str(stage.label), **figures))
    return found


def _with_reason(stories: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch along why a story came back last, as `last_note`."""
    story = Coalesce(OuterRef("revises"), OuterRef("pk"))
    last = Review.objects.filter(article=story).exclude(decision=Review.Decision.PASS)
    return stories.annotate(last_note=Subquery(last.order_by("-pk").values("note")[:1]))


def day_of(user: User, at: datetime.datetime | None = None, planned: QuerySet | None = None) -> Day:
    """Return what waits for somebody.

    Args:
        user: the person.
        at: the moment; now, if none is given.
        planned: what says of the story asked about (`OuterRef("pk")`) that something else will
            publish it, an issue to come: nobody has to see to it.

    """
    mine = Article.objects.unapproved().filter(filed_by=user.pk).order_by("-updated_at")
    writes = user.has_perm("articles.add_article")
    approved = Article.objects.filter(status=Status.APPROVED, publish_at__isnull=True)
    if planned is not None:
        # Few stories have no hour, and it is asked of each: PostgreSQL would make one join of an
        # EXISTS with all that was ever placed.
        first = Subquery(planned.values("pk")[:1])
        approved = approved.annotate(planned=first).filter(planned__isnull=True)
    return Day(
        queues=queues_of(user, at),
        returned=list(_with_reason(mine.filter(status=Status.RETURNED))[:SHOWN]) if writes else [],
        drafts=list(mine.filter(status=Status.DRAFT)[:SHOWN]) if writes else [],
        under_way=list(mine.filter(status__in=IN_REVIEW)[:SHOWN]) if writes else [],
        to_publish=list(approved.order_by("stage_since")[:SHOWN])
        if publishing.may_publish(user)
        else [],
        readers=_readers() if may_answer(user) else None,
    )


def _readers() -> Readers:
    waiting = MistakeReport.objects.open().order_by()
    return Readers(**waiting.aggregate(count=Count("pk"), oldest=Min("at")))
