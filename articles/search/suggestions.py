"""The places, stations and people that somebody may mean, for the top of the results.

They are asked of their own tables, so that a name is found from the moment it is saved; only how it
is typed in pinyin comes from the index. A person is known to the public by their stories: who has
none that is published is not named.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Length, StrIndex
from django.db.models.lookups import GreaterThan

from articles.models import Article, Byline, Contributor, NamePinyin
from communities.models import Community, ServiceStation

from .pinyin import ENDINGS
from .query import Query
from .units import BREAK

MOST = 4
# Letters: what is shorter is the beginning of too many names.
SHORTEST = 2
Kind = NamePinyin.Kind
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Suggestions:
    """What may be meant, the likeliest first."""

    communities: Sequence[Community] = ()
    stations: Sequence[ServiceStation] = ()
    contributors: Sequence[Contributor] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.communities or self.stations or self.contributors)


def suggest(query: Query, at: datetime.datetime) -> Suggestions:
    """Return the places, stations and people whose names are in a question, or the other way round.

    Three queries; none without words.

    Args:
        query: what was typed.
        at: the moment at which people have to have a published story.

    """
    if not query.words:
        return Suggestions()
    places = _named(Community.objects.select_related("parent"), query, Kind.COMMUNITY, "other_name")
    stations = _named(ServiceStation.objects.select_related("community"), query, Kind.STATION)
    public = Article.objects.published(at).order_by().filter(pk=OuterRef("article"))
    theirs = Byline.objects.filter(Exists(public), contributor=OuterRef("pk"))
    people = Contributor.objects.select_related("community").filter(Exists(theirs))
    return Suggestions(places, stations, _named(people, query, Kind.CONTRIBUTOR))


def _named(rows: QuerySet[Row], query: Query, kind: Kind, *others: str) -> list[Row]:
    """Return rows by name: the same as a word, beginning with it, holding it, then held by it."""
    names = ("name", *others)
    same = starts = holds = held = Q(pk__in=[])
    for text in _texts(query):
        for name in names:
            same |= Q(**{name: text})
            if len(text) > 1 or kind == Kind.CONTRIBUTOR:
                starts |= Q(**{f"{name}__startswith": text})
            if len(text) > 1:
                holds |= Q(**{f"{name}__contains": text})
                held |= Q(GreaterThan(StrIndex(Value(text), F(name)), 0)) & ~Q(**{name: ""})
    if typed := _letters(query):
        ways = NamePinyin.objects.filter(kind=kind, ways__contains=BREAK + typed)
        holds |= Q(pk__in=ways.values("key"))
    order = Case(
        When(same, then=0),
        When(starts, then=1),
        When(held, then=2),
        default=3,
        output_field=IntegerField(),
    )
    found = rows.filter(same | starts | holds | held)
    return list(found.order_by(order, Length("name"), "pk")[:MOST])


def _texts(query: Query) -> list[str]:
    """Return what names are compared with: each word, as typed and in simplified characters.

    A word like 社区 is in every other name, and means none of them.
    """
    texts: dict[str, None] = {}
    for word in query.words:
        if word.typed in ENDINGS:
            continue
        texts[word.typed] = None
        texts["".join(unit for run in word.divided for unit in run)] = None
    return list(texts)


def _letters(query: Query) -> str:
    """Return the question as pinyin; "" where it is none."""
    letters = "".join(unit for word in query.words for run in word.divided for unit in run)
    is_pinyin = letters.isascii() and letters.isalpha() and len(letters) >= SHORTEST
    return letters if is_pinyin else ""
