"""What else there is to read about what a story is about: the same places, words and headlines.

Two queries: of each tag, station and place that a story names, the newest stories that name it too
are gathered from the tables that tie them, and weighed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet

from articles.models import Article, TaggedArticle
from communities.together import Given, KeysOf, Prepared

# How many stories a story's page names.
RELATED = 4
# How many of the newest stories that name a thing are looked at, and how many of all are read.
CANDIDATES, READ = 60, 40
# What a shared tie weighs: a word says more than a station, and that more than a place.
WEIGHTS = {"tags": 3.0, "stations": 2.0, "places": 1.0}
# What headlines add that share all pairs of characters; and what a story needs to be shown.
HEADLINE, LEAST = 6.0, 1.0


@Prepared
def TIES() -> dict[str, QuerySet[Any]]:  # noqa: N802 (a constant, made by a function)
    """Return, for each thing that a story names, the newest stories that name it, by kind.

    Asked of each thing by itself: an index holds its stories in this order, and nothing else is
    looked at, however many name it.
    """
    pk = Given("pk", BigIntegerField())

    def tied(links: type[Any], story: str, thing: str) -> QuerySet[Any]:
        others = links.objects.filter(**{thing: OuterRef(thing)}).order_by(f"-{story}_id")
        newest = KeysOf(others[:CANDIDATES], f"{story}_id")
        named = links.objects.filter(**{story: pk}).order_by("pk")
        return named.annotate(newest=newest).values_list("newest", flat=True)

    return {
        "tags": tied(TaggedArticle, "content_object", "tag"),
        "stations": tied(Article.stations.through, "article", "servicestation"),
        "places": tied(Article.communities.through, "article", "community"),
    }


def ties_of(story: Article) -> dict[int, float]:
    """Return the keys of the stories tied to one, the strongest ties first, with their weights.

    One query; none for a story that names nothing.

    Args:
        story: with its tags, stations and communities fetched.

    """
    if not (story.tags.all() or story.stations.all() or story.communities.all()):
        return {}
    weights: Counter[int] = Counter()
    for kind, things in TIES.fetch(pk=story.pk).items():
        for key in chain.from_iterable(things):
            weights[key] += WEIGHTS[kind]  # type: ignore[assignment]
    weights.pop(story.pk, None)
    best = sorted(weights, key=lambda key: (-weights[key], -key))[:READ]
    return {key: weights[key] for key in best}


def weighed(
    story: Article, ties: dict[int, float], stories: Iterable[Article], count: int = RELATED
) -> list[Article]:
    """Return the stories nearest to one, the nearest first.

    Args:
        story: the one.
        ties: as `ties_of` found them.
        stories: those of them that the public sees.
        count: how many at most.

    """
    shared = {
        one: ties[one.pk] + HEADLINE * likeness(story.headline, one.headline) for one in stories
    }
    order = sorted(shared, key=lambda one: (shared[one], one.pk), reverse=True)
    return [one for one in order if shared[one] >= LEAST][:count]


def related_to(story: Article, count: int = RELATED) -> list[Article]:
    """Return the stories nearest to one, the nearest first (two queries, none without a tie).

    Args:
        story: with its tags, stations and communities fetched.
        count: how many at most.

    """
    ties = ties_of(story)
    if not ties:
        return []
    stories = Article.objects.published().current().filter(pk__in=ties)
    return weighed(story, ties, stories, count)


def likeness(one: str, other: str) -> float:
    """Return how far two headlines are made of the same pairs of characters: from 0 to 1."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _pairs(headline: str) -> set[str]:
    signs: Iterable[str] = (char for char in headline if char.isalnum())
    text = "".join(signs)
    return {text[n : n + 2] for n in range(len(text) - 1)}
