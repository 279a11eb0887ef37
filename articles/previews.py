"""Secret links: a story shown to somebody outside before it is public, for a while."""

from __future__ import annotations

import datetime
import secrets

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, PreviewLink

# How long a link may live, in hours; the longest is a week.
LIFETIMES = (24, 72, 168)


def make_link(
    article: Article, *, by: User, hours: int = 24, at: datetime.datetime | None = None
) -> PreviewLink:
    """Make a link under which anybody who has it sees the story, until it expires.

    Args:
        article: a story this person may see in the newsroom; that is for the caller to know.
        by: who hands the link out.
        hours: how long it lives, one of `LIFETIMES`.
        at: the moment; now, if none is given.

    Raises:
        ValueError: for any other lifetime.

    """
    if hours not in LIFETIMES:
        raise ValueError(hours)
    moment = at or timezone.now()
    return PreviewLink.objects.create(
        article=article,
        token=secrets.token_urlsafe(32),
        by=by,
        made_at=moment,
        expires_at=moment + datetime.timedelta(hours=hours),
    )


def alive(article: Article, at: datetime.datetime | None = None) -> QuerySet[PreviewLink]:
    """Return a story's links that still open."""
    moment = at or timezone.now()
    return article.preview_links.filter(revoked_at__isnull=True, expires_at__gt=moment)


def opened_by(token: str, at: datetime.datetime | None = None) -> PreviewLink | None:
    """Return the link a token belongs to while it is alive, else None."""
    moment = at or timezone.now()
    links = PreviewLink.objects.filter(revoked_at__isnull=True, expires_at__gt=moment)
    return links.filter(token=token).first()


def revoke(link: PreviewLink, *, by: User, at: datetime.datetime | None = None) -> None:
    """Make a link open nothing any more.

    Raises:
        PermissionDenied: unless it is this person's, or they have the right to all stories.

    """
    if link.by_id != by.pk and not by.has_perm("articles.edit_any_article"):
        raise PermissionDenied
    link.revoked_at = at or timezone.now()
    link.save(update_fields=["revoked_at"])
