"""Warnings of the checks waved through: by whom, why, and for good."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import reviews
from articles.checks import Problem, check
from articles.models import Article, Waiver
from articles.stages import Person, is_open_to

LONGEST_REASON = 500
# A form that is not saved yet carries its waivers along; so many at most are read.
MOST = 200


class WaivingError(Exception):
    """A refusal, with a message a person can act on."""


def may_waive(person: Person, story: Article) -> bool:
    """Whether somebody may let a warning of a story pass: who may change it, or review it now."""
    if person.has_perm("articles.change_article") and story.is_editable_by(person):
        return True
    stage = reviews.stage_of(story)
    return stage is not None and is_open_to(person, f"pass_{stage.value}", story)


@transaction.atomic
def waive(
    article: Article,
    key: str,
    *,
    reason: str,
    by: Person,
    problems: Iterable[Problem] | None = None,
    at: datetime.datetime | None = None,
) -> Waiver:
    """Let a warning pass; the reason stays on record, and the first one given stands.

    Args:
        article: the story; of a working copy it is kept with the published one.
        key: which warning.
        reason: why; not empty.
        by: who says so.
        problems: what the checks say of the text as it is typed; of the saved one, if None.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: when the story is neither theirs to change nor to review.
        WaivingError: without a reason, or where there is no such warning.

    """
    if not isinstance(by, User) or not may_waive(by, article):
        raise PermissionDenied
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise WaivingError(_("Say why this may stay; the reason stays on record."))
    found = check(article) if problems is None else problems
    problem = next((one for one in found if one.key == key), None)
    if problem is None:
        raise WaivingError(_("This warning is no longer there: the text has changed."))
    return _store(article, problem, said, by, at or timezone.now())


def _store(
    article: Article, problem: Problem, reason: str, by: User, at: datetime.datetime
) -> Waiver:
    quoted = _("“%(quote)s”: %(message)s")
    message = quoted % {"quote": problem.quote, "message": problem.message}
    waiver, _made = Waiver.objects.get_or_create(
        article=article.identity,
        key=problem.key,
        defaults={"message": message[:500], "reason": reason, "by": by, "at": at},
    )
    return waiver


def read_sent(text: str) -> dict[str, str]:
    """Return the waivers a form carries along as reasons by key; what cannot be read is none.

    Args:
        text: a JSON object of reasons by key.

    """
    try:
        sent: Any = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(sent, dict):
        return {}
    reasons = {
        key: reason.strip()[:LONGEST_REASON]
        for key, reason in list(sent.items())[:MOST]
        if isinstance(reason, str)
    }
    return {key: reason for key, reason in reasons.items() if reason}


@transaction.atomic
def keep_sent(article: Article, sent: Mapping[str, str], *, by: Person) -> list[Waiver]:
    """Keep the waivers of a form that has just been saved; those of text that is gone fall away."""
    if not sent or not isinstance(by, User):
        return []
    now = timezone.now()
    problems = {problem.key: problem for problem in check(article)}
    return [
        _store(article, problems[key], reason, by, now)
        for key, reason in sent.items()
        if key in problems
    ]
