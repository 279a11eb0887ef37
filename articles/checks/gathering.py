"""What the rules need to know, read from the database in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils import timezone

from articles.models import Article, Term, Waiver
from communities.models import Community, ServiceStation

from .copy import Copy, TermEntry
from .problem import Problem
from .rules import examine

FIELDS = ("kicker", "headline", "deck", "body")


def check(article: Article) -> list[Problem]:
    """Return what an editor should look at in a story as it is saved (five queries).

    Args:
        article: the story, its photos and bylines saved.

    """
    return examine(copy_of(article))


def copy_of(article: Article) -> Copy:
    """Return a saved story as the rules see it."""
    texts = {name: getattr(article, name) for name in FIELDS}
    captions = article.photos.order_by("position", "pk").values_list("caption", flat=True)
    texts |= {f"caption-{n}": caption for n, caption in enumerate(captions)}
    return newsroom_copy(texts, day_of(article), article.bylines.values_list("name", flat=True))


def newsroom_copy(
    texts: Mapping[str, str], day: datetime.date | None, persons: Iterable[str] = ()
) -> Copy:
    """Return texts with the newsroom's directory and list of terms (three queries).

    Args:
        texts: the fields in reading order, as they were typed.
        day: the story's day.
        persons: names known to be right.

    """
    return Copy(
        MappingProxyType({name: plain(text) for name, text in texts.items()}),
        day,
        frozenset(_names(Community.objects.values_list("name", "other_name"))),
        frozenset(ServiceStation.objects.values_list("name", flat=True)),
        tuple(dict.fromkeys(persons)),
        MappingProxyType(
            {
                text: TermEntry(text, kind, replacement, reason)
                for text, kind, replacement, reason in Term.objects.values_list(
                    "text", "kind", "replacement", "reason"
                )
            }
        ),
    )


def plain(text: str) -> str:
    """Return a text with line ends as browsers count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def day_of(article: Article | None) -> datetime.date:
    """Return the day a story runs, or the one it was begun on, or today for a new one."""
    moment = (article.publish_at or article.created_at) if article else None
    return timezone.localdate(moment) if moment else timezone.localdate()


def waivers_of(article: Article) -> list[Waiver]:
    """Return the warnings of a story, or of the story a change belongs to, that were let pass."""
    return list(Waiver.objects.filter(article=article.identity).select_related("by"))


def _names(rows: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (name for row in rows for name in row if name)
