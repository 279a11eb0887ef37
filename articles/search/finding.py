"""Finding stories, and the order they are shown in.

A story's rank is its hour of publication, moved on by what fits: two years where all words stand
in its headline, one year where several words stand side by side. So the newest come first among
equals, and an old story whose headline says it comes before a new one that mentions it in passing.
Where ranks are the same, the story filed later comes first.

Because a rank is an hour and a few fixed steps, the best of each step are the newest of it, and
both databases agree on every place: they are asked for the newest of each step and nothing else.

How that stays quick with hundreds of thousands of stories: the newest `AT_ONCE` are gone through
first, for a word that is in every tenth is soon found so, while its index is long. Then the index
is asked. Of a unit, or of two side by side, it alone can say where they stand, and no text is read;
of anything else it gives what may fit, the newest first, and texts are read until there are enough.
Where a filter leaves few stories, the index is asked about those alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, SearchEntry
from communities.together import listed

from .filters import Filters
from .query import Query, Word
from .storage import HEAD, newest_holding

IN_HEADLINE = datetime.timedelta(days=730)
TOGETHER = datetime.timedelta(days=365)
# No more than so many are counted; nobody cares whether two thousand fit or three.
FEW = 2000
# Of what the index cannot say, no more than so many texts are read only to count them.
FEW_READ = 500
# A filter that leaves no more than so many is asked before the index is.
NARROW = 5000
AT_ONCE = 300
# So many are looked at first where many may fit, and this many times as many each time after it.
FIRST, MORE = 100, 8
# Databases take no longer lists than a few thousand gladly.
MOST_AT_ONCE = 6400
PER_PAGE = 20
# Nobody reads on to an eleventh page; another word or a filter leads further.
MOST_PAGES = 10


class Hit(NamedTuple):
    """A story that was found.

    Attributes:
        rank: its hour of publication, moved on by what fits.
        key: the story's.

    """

    rank: datetime.datetime
    key: int


@dataclass(frozen=True)
class Found:
    """A page of what was found.

    Attributes:
        keys: of the stories, the best first.
        total: how many there are in all; where `is_more`, there are more than so many.
        is_more: whether there are more than were counted.
        number: the page's number, from 1.
        has_next: whether another page follows.

    """

    keys: list[int] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    number: int = 1
    has_next: bool = False


def rank(publish_at: datetime.datetime, *, in_headline: bool, together: bool) -> datetime.datetime:
    """Return the hour by which a story is put in order."""
    return publish_at + in_headline * IN_HEADLINE + together * TOGETHER


def find(
    query: Query,
    filters: Filters | None = None,
    *,
    number: int = 1,
    at: datetime.datetime | None = None,
) -> Found:
    """Return a page of the stories that the public may see and that hold all words asked for.

    Args:
        query: what was typed; without a word nothing is found.
        filters: what else is asked of a story.
        number: the page's number, from 1 to `MOST_PAGES`.
        at: the moment; now, if none is given.

    """
    if not query.words:
        return Found(number=number)
    search = _Search(query, filters or Filters(), at or timezone.now())
    end = number * PER_PAGE
    hits = sorted(search.hits(end + 1), reverse=True)
    return Found(
        keys=[hit.key for hit in hits[end - PER_PAGE : end]],
        total=end if search.total is None else search.total,
        is_more=search.total is None,
        number=number,
        has_next=len(hits) > end and number < MOST_PAGES,
    )


def approved_holding(query: Query) -> list[int]:
    """Return the keys of stories that hold all words, also of those whose hour is to come.

    Returns:
        The keys of all, or of the newest `FEW`. What is approved without an hour is not among them.

    """
    if not query.words or query.is_contradictory:
        return []
    search = _Search(query, Filters(), datetime.datetime.max.replace(tzinfo=datetime.UTC))
    return search.newest(search.every, FEW)


def occurs(word: Word, at: datetime.datetime) -> bool:
    """Whether any story that the public may see holds a word."""
    search = _Search(Query(word.typed, (word,), ()), Filters(), at)
    return bool(search.hits(1))


@dataclass(frozen=True)
class _Step:
    """Stories that more fits than the words.

    Attributes:
        grams: what they have to hold by the index.
        fits: what has to stand in their texts.
        read: of that, what the index cannot say.
        in_headline: whether all words stand in their headlines.
        together: whether the words stand side by side.

    """

    grams: frozenset[str]
    fits: Q
    read: Q
    in_headline: bool = False
    together: bool = False

    @property
    def advance(self) -> datetime.timedelta:
        """By how much such a story's hour is moved on."""
        return self.in_headline * IN_HEADLINE + self.together * TOGETHER


class _Seen(NamedTuple):
    """A story whose text was read and holds the words, and what else fits."""

    key: int
    publish_at: datetime.datetime
    in_headline: bool
    together: bool

    def fits(self, step: _Step) -> bool:
        """Whether it fits a step."""
        return self.in_headline >= step.in_headline and self.together >= step.together


class _Search:
    """One question at one moment."""

    def __init__(self, query: Query, filters: Filters, at: datetime.datetime) -> None:
        self.query = query
        self.at = at
        self.filters = filters
        self.since, self.until = filters.span(at)
        # What leads to all that fit one of the filters, where these are few.
        self.narrow = filters.narrow(at, NARROW)
        # Whether stories are still to be asked whether they fit the filters, days apart.
        self.unsure = filters.besides_days > (self.narrow is not None)
        self.stories = filters.among(at) if self.unsure else filters.dated(at)
        # How many there are; None where they were not all looked at, and are more than asked for.
        self.total: int | None = 0
        self.without = _grams(word for word in query.without if word.is_exact)
        words, together = list(query.words), query.together
        grams = _grams(words)
        marked = frozenset(HEAD + gram for gram in grams)
        self.every = self._step(grams, text=words)
        self.better = [self._step(marked, head=words, in_headline=True)]
        if together is not None:
            # Side by side stand the words themselves too, but for marks inside a phrase.
            side = [together, *(word for word in words if len(word.divided) > 1)]
            joined = grams | together.grams
            self.better += [
                self._step(joined, text=side, together=True),
                self._step(marked | joined, head=words, text=side, in_headline=True, together=True),
            ]

    def _step(
        self,
        grams: frozenset[str],
        *,
        text: Sequence[Word] = (),
        head: Sequence[Word] = (),
        in_headline: bool = False,
        together: bool = False,
    ) -> _Step:
        unread = [word for word in self.query.without if not word.is_exact]
        fits = _stand("text", text) & _stand("head", head) & _missing(self.query.without)
        read = (
            _stand("text", [word for word in text if not word.is_exact])
            & _stand("head", [word for word in head if not word.is_exact])
            & _missing(unread)
        )
        return _Step(grams, fits, read, in_headline, together)

    def hits(self, count: int) -> list[Hit]:
        """Return hits in any order, the best `count` among them; all, if they are fewer."""
        if self.query.is_contradictory:
            return []
        near, is_all = self._near(), not self._among[AT_ONCE:].exists()
        hours = {seen.key: seen.publish_at for seen in near}
        advances: dict[int, datetime.timedelta] = {}
        for step in (self.every, *self.better):
            # The newest of all, where enough of them are near, or all are.
            newest = [seen.key for seen in near if seen.fits(step)]
            if len(newest) < count and not is_all:
                newest = self.newest(step, count)
            elif step is self.every:
                self.total = len(near) if is_all else None
            for key in newest:
                advances[key] = max(step.advance, advances.get(key, step.advance))
            if not advances:
                break
        if unknown := advances.keys() - hours.keys():
            stories = Article.objects.published(self.at).order_by().filter(pk__in=unknown)
            found = stories.values_list("pk", "publish_at")
            hours |= {key: hour for key, hour in found if hour is not None}
        return [Hit(hours[key] + advance, key) for key, advance in advances.items() if key in hours]

    @property
    def _among(self) -> ArticleQuerySet:
        """The stories that fit the filters, the newest first."""
        return self.stories if self.narrow is None else self.stories.filter(pk__in=self.narrow)

    def _near(self) -> list[_Seen]:
        """Return those of the newest `AT_ONCE` stories that hold the words."""
        entries = SearchEntry.objects.filter(
            self.every.fits, pk__in=self._among.values("pk")[:AT_ONCE]
        ).values_list(
            "pk",
            "article__publish_at",
            _as_flag(self._fits(in_headline=True)),
            _as_flag(self._fits(together=True)),
        )
        return [_Seen(*row) for row in entries]

    def _fits(self, **wanted: bool) -> Q | None:
        """Return what has to stand in the texts for one advantage; None where none can have it."""
        steps = (
            step
            for step in self.better
            if {"in_headline": step.in_headline, "together": step.together}
            == {"in_headline": False, "together": False, **wanted}
        )
        return next((step.fits for step in steps), None)

    def newest(self, step: _Step, count: int) -> list[int]:
        """Return the keys of the newest `count` stories that fit a step, or of all.

        Notes how many hold the words, where that is what the step asks and it becomes known.
        """
        sure = not step.read and not self.unsure
        few = FEW_READ if step.read else FEW
        found: list[int] = []
        done, batch, most = 0, FIRST, FEW + 1
        while True:
            keys = newest_holding(
                step.grams, self.without, self.since, self.until, most, among=self.narrow
            )
            is_all = len(keys) < most
            if sure:
                found, done = keys, len(keys)
            elif is_all and len(keys) <= few:
                # So few that they are all looked at, and counted.
                batch = max(len(keys), 1)
            while done < len(keys) and len(found) < count:
                some = keys[done : done + batch]
                found += self._fitting(step, some)
                done += len(some)
                batch = min(batch * MORE, MOST_AT_ONCE)
            if is_all or len(found) >= count:
                break
            most *= MORE
        if step is self.every:
            self.total = len(found) if is_all and done == len(keys) else None
        return found[:count]

    def _fitting(self, step: _Step, keys: list[int]) -> list[int]:
        """Return those that fit the filters and a step, of some that do by the index."""
        left = set(keys)
        if self.unsure:
            left = set(
                self.stories.filter(pk__in=listed(left)).order_by().values_list("pk", flat=True)
            )
        if step.read and left:
            read = SearchEntry.objects.filter(step.read, pk__in=listed(left))
            left = set(read.values_list("pk", flat=True))
        return [key for key in keys if key in left]


def _grams(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(gram for word in words for gram in word.grams)


def _stand(column: str, words: Iterable[Word]) -> Q:
    """Return the condition that words stand in an entry's column."""
    found = Q()
    for word in words:
        found &= Q(GreaterThan(StrIndex(column, Value(word.phrase)), 0))
    return found


def _missing(words: Iterable[Word]) -> Q:
    """Return the condition that words do not stand in an entry's text."""
    found = Q()
    for word in words:
        found &= Q(Exact(StrIndex("text", Value(word.phrase)), 0))
    return found


def _as_flag(condition: Q | None) -> Combinable:
    if condition is None:
        return Value(False, output_field=BooleanField())
    return Case(When(condition, then=Value(True)), default=Value(False))
