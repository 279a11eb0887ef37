"""The proof record of an issue: noting errors, striking them out, taking corrections over.

An error that has been noted is neither changed nor deleted: what was noted in error is struck out
with a reason, and stays to be read. Each verb locks the issue's row, so that of two people who note
the same at once the second is told.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import body as body_text
from articles.differences import Kind as Difference
from articles.differences import compare
from articles.models import Article, Correction, Review, Revision
from articles.stages import Person
from articles.usage import ACCEPTING
from issues.models import Issue, Page, Placement, ProofError, ProofErrorStrike
from issues.quality import weight_of

Moment = datetime.datetime
LONGEST = 200
# How much of what stands around a change is kept with it.
AROUND = 6
# What of a story is printed, as a reader meets it.
PRINTED = ("kicker", "headline", "deck", "body", "unread_credit")


class ProofingError(Exception):
    """A refusal, with a message a person can act on.

    Attributes:
        field: what of the error it is about, such as "weight"; "" for none of it.

    """

    def __init__(self, message: str, field: str = "") -> None:
        """Say what is wrong, and where."""
        self.field = field
        super().__init__(message)


def may_note(by: Person) -> bool:
    """Whether somebody may note proof errors, and strike them out."""
    return by.has_perm("issues.add_prooferror")


@transaction.atomic
def note_error(
    page: Page,
    *,
    wrong: str,
    right: str,
    kind: str,
    by: Person,
    story: Article | None = None,
    prominent: bool = False,
    weight: Decimal | None = None,
    found_on: datetime.date | None = None,
    found_by: str = "",
    note: str = "",
    correction: Correction | None = None,
    at: Moment | None = None,
) -> ProofError:
    """Put an error on record that was found after the publication.

    Args:
        page: the page it stands on.
        wrong: the words as printed.
        right: as they should be.
        kind: one of `ProofError.Kind`.
        by: who notes it.
        story: the story it stands in; None for the page's head and the like.
        prominent: whether it counts double (see `issues.quality`).
        weight: what it counts; by the rule, if none is given.
        found_on: when it was found; today, if nothing is given.
        found_by: who found it, as a name.
        note: what else there is to say.
        correction: the public correction it is taken over from.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the right to note errors.
        ProofingError: when the issue is not live, the story does not stand on the page, nothing is
            wrong, the day lies ahead, the correction was taken over already, or the rule gives no
            weight and none is given.

    """
    if not may_note(by):
        raise PermissionDenied
    issue = Issue.objects.select_for_update().get(pages=page)
    moment = at or timezone.now()
    if not issue.is_live(moment):
        raise ProofingError(
            _("Errors are noted once the issue is live; until then, mend the text.")
        )
    if story is not None and not Placement.objects.filter(page=page, article=story).exists():
        raise ProofingError(
            _("“%(story)s” does not stand on page %(page)s any more.")
            % {"story": story.headline, "page": page.code},
            "where",
        )
    today = timezone.localdate(moment)
    day = found_on or today
    if day > today:
        raise ProofingError(_("The day it was found lies ahead."), "found_on")
    wrong, right = wrong.strip(), right.strip()
    if wrong == right:
        raise ProofingError(_("Both are the same: nothing is wrong."), "right")
    taken = issue.proof_errors.standing().filter(correction=correction)
    if correction is not None and taken.exists():
        raise ProofingError(_("This correction has been taken over already."))
    counts = weight or weight_of(kind, wrong, right, prominent=prominent)
    if counts is None:
        raise ProofingError(
            _("Say what it counts: for this kind we have no figure of the rule."), "weight"
        )
    return ProofError.objects.create(
        issue=issue,
        page=page,
        story=story,
        wrong=wrong,
        right=right,
        kind=kind,
        prominent=prominent,
        weight=counts,
        found_on=day,
        found_by=found_by.strip(),
        note=note.strip(),
        correction=correction,
        by=cast(User, by),
        at=moment,
    )


@transaction.atomic
def strike_out(
    error: ProofError, *, by: Person, note: str, at: Moment | None = None
) -> ProofErrorStrike:
    """Strike out an error that was noted in error: it stays on record and counts no more.

    Raises:
        PermissionDenied: without the right to note errors.
        ProofingError: when it has been struck out already, or no reason is given.

    """
    if not may_note(by):
        raise PermissionDenied
    Issue.objects.select_for_update().get(pk=error.issue_id)
    if not note.strip():
        raise ProofingError(_("A reason is needed."))
    if ProofErrorStrike.objects.filter(error=error).exists():
        raise ProofingError(_("This error has been struck out already."))
    return ProofErrorStrike.objects.create(
        error=error, note=note.strip(), by=cast(User, by), at=at or timezone.now()
    )


def corrections_of(issue: Issue) -> list[Correction]:
    """Return the public corrections of an issue's stories that are no error yet (one query)."""
    taken = issue.proof_errors.standing().filter(correction__isnull=False).values("correction")
    stories = Placement.objects.filter(page__issue=issue).values("article")
    found = Correction.objects.filter(article__in=stories).exclude(pk__in=taken)
    return list(found.select_related("article").only("text", "at", "article__headline"))


@transaction.atomic
def take_over(
    correction: Correction, issue: Issue, *, by: Person, at: Moment | None = None
) -> ProofError:
    """Count a public correction as an error of an issue: of fact, in the first place it changed.

    Raises:
        PermissionDenied: without the right to note errors.
        ProofingError: when the story does not stand in the issue, or as for `note_error`.

    """
    if not may_note(by):
        raise PermissionDenied
    places = Placement.objects.filter(page__issue=issue, article=correction.article)
    place = places.select_related("page", "article").first()
    if place is None:
        raise ProofingError(_("The story does not stand in this issue any more."))
    wrong, right = changed_words(correction)
    return note_error(
        place.page,
        story=place.article,
        wrong=wrong,
        right=right,
        kind=ProofError.Kind.FACT,
        found_on=timezone.localdate(correction.at),
        note=correction.text,
        correction=correction,
        by=by,
        at=at,
    )


def stands_in(story: Article, words: str) -> bool:
    """Whether words stand in what was printed of a story: now, or as it was approved before.

    Spaces and line ends are nothing: how lines break is the page's affair (two queries).
    """
    sought = _run_together(words)
    return any(
        sought in _run_together(text)
        for revision in _approved(story)
        for text in printed_texts(revision.content)
    )


def printed_texts(content: dict[str, Any]) -> list[str]:
    """Return the texts of a revision that are printed, without the marks of the body's grammar."""
    texts = [content.get(name) or "" for name in PRINTED]
    texts[PRINTED.index("body")] = body_text.plain_text(body_text.parse(content["body"]))
    named = [line["name"] for line in content["bylines"]]
    pictures = [photo[name] for photo in content["photos"] for name in ("caption", "credit")]
    return [*texts, *named, *pictures]


def _run_together(text: str) -> str:
    return "".join(text.split())


def _approved(story: Article) -> list[Revision]:
    passed = Review.objects.filter(
        article=story, stage__in=ACCEPTING, decision=Review.Decision.PASS
    )
    keys = Q(pk__in=passed.values("revision")) | Q(pk=story.approved_revision_id)
    return list(Revision.objects.filter(keys, article=story).order_by("number"))


def changed_words(correction: Correction) -> tuple[str, str]:
    """Return the first words that a correction changed, as they were and as they are.

    A few characters around them are kept on both sides, so that what is missing on one of them can
    be told; where no text changed, the correction's own words stand for what was wrong.
    """
    after = correction.revision
    before = [one for one in _approved(correction.article) if one.number < after.number]
    if before:
        pairs = zip(printed_texts(before[-1].content), printed_texts(after.content), strict=False)
        for old, new in pairs:
            if old != new:
                return first_change(old, new)
    return _clipped(correction.text), _("see the correction")


def first_change(old: str, new: str) -> tuple[str, str]:
    """Return what the first difference of two texts replaces, and by what."""
    runs = compare(old, new)
    first = next(n for n, run in enumerate(runs) if run.kind != Difference.SAME)
    removed = added = ""
    last = first
    for run in runs[first:]:
        if run.kind == Difference.SAME:
            break
        removed += run.text if run.kind == Difference.REMOVED else ""
        added += run.text if run.kind == Difference.ADDED else ""
        last += 1
    lead = runs[first - 1].text.rpartition("\n")[2][-AROUND:] if first else ""
    tail = runs[last].text.partition("\n")[0][:AROUND] if last < len(runs) else ""
    # A whole paragraph needs nothing around it.
    lead = "" if (removed or added).startswith("\n") else lead
    tail = "" if (removed or added).endswith("\n") else tail
    wrong, right = (_clipped(f"{lead}{text}{tail}") for text in (removed, added))
    return wrong or _("(missing)"), right or _("(left out)")


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
