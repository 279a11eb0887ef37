"""Comments tied to a passage: what a reviewer asks of a text, until it is settled."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.comparison import state_words
from articles.models import Article, Comment, Revision
from articles.passages import spans_of
from articles.stages import Person, ReviewError

LONGEST_PASSAGE = 500
# The fields that are looked through for a passage, as a reader meets them.
READ_FIRST = ("headline", "body", "kicker", "deck", "photos", "credit_line", "correction_note")


def comments_on(story: Article) -> QuerySet[Comment]:
    """Return a story's comments, the oldest first, with who wrote and who settled them."""
    return story.identity.comments.select_related("by", "resolved_by", "revision")


def unsettled(story: Article) -> QuerySet[Comment]:
    """Return the comments that somebody still has to see to."""
    return comments_on(story).filter(resolved_at__isnull=True)


def add_comment(
    story: Article,
    *,
    by: User,
    text: str,
    quote: str = "",
    field: str = "",
    nth: int = 0,
    at: datetime.datetime | None = None,
) -> Comment:
    """Write a comment on a story, or on a passage of it.

    Args:
        story: a story this person may see; that is for the caller to know.
        by: who writes.
        text: the comment.
        quote: the passage it is about, as the page shows it; "" for the whole story.
        field: the field the passage stands in, such as "body"; "" where nobody knows.
        nth: how many times the same words stand in the field before it.
        at: the moment; now, if none is given.

    Raises:
        ReviewError: when nothing is said, the passage is not in the text or the story has not been
            saved yet.

    """
    quote, text = quote.strip(), text.strip()
    if not text:
        raise ReviewError(_("Write what the comment says."))
    if story.head is None:
        raise ReviewError(_("Save the story first."))
    if len(quote) > LONGEST_PASSAGE:
        raise ReviewError(_("Mark a shorter passage."))
    place = _place_of(quote, story.head, field, nth) if quote else ("", None)
    if place is None:
        raise ReviewError(_("This passage does not stand in the text (any more)."))
    return Comment.objects.create(
        article=story.identity,
        revision=story.head,
        by=by,
        at=at or timezone.now(),
        text=text,
        quote=quote,
        field=place[0],
        start=place[1],
    )


def _place_of(
    quote: str, revision: Revision, field: str, nth: int
) -> tuple[str, int | None] | None:
    """Return the field a passage stands in, and where; None where it stands in none."""
    texts = state_words(revision.content)
    for name in sorted(READ_FIRST, key=lambda name: name != field):
        if found := spans_of(quote.replace("\r\n", "\n"), texts.get(name, "")):
            return name, found[nth if name == field and 0 <= nth < len(found) else 0][0]
    return None


def settle(comment: Comment, *, by: Person, at: datetime.datetime | None = None) -> None:
    """Mark a comment as seen to: by its writer, the story's writer or whoever edits all.

    Raises:
        PermissionDenied: for anybody else.

    """
    _check(comment, by)
    comment.resolved_at, comment.resolved_by_id = at or timezone.now(), by.pk
    comment.save(update_fields=["resolved_at", "resolved_by"])


def reopen_comment(comment: Comment, *, by: Person) -> None:
    """Ask for a comment to be seen to again.

    Raises:
        PermissionDenied: for whoever may not settle it.

    """
    _check(comment, by)
    comment.resolved_at = comment.resolved_by = None
    comment.save(update_fields=["resolved_at", "resolved_by"])


def _check(comment: Comment, by: Person) -> None:
    own = by.pk in (comment.by_id, comment.article.filed_by_id)
    if not own and not by.has_perm("articles.edit_any_article"):
        raise PermissionDenied
