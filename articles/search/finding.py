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

from articles.models import SearchEntry

from .filters import Filters
from .query import Query, Word
from .storage import HEAD, Held, newest_holding

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
    is_more = len(hits) > end and not search.looked_at_all
    return Found(
        keys=[hit.key for hit in hits[end - PER_PAGE : end]],
        total=end if is_more else len(hits),
        is_more=is_more,
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
    return [hit.key for hit in search.newest(FEW)]


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

    def hit(self, held: Held) -> Hit:
        """Return a story that fits this step, in its place."""
        place = rank(held.publish_at, in_headline=self.in_headline, together=self.together)
        return Hit(place, held.key)


class _Seen(NamedTuple):
    """A story that holds the words, and what else fits."""

    hit: Hit
    in_headline: bool
    together: bool


class _Search:
    """One question at one moment."""

    def __init__(self, query: Query, filters: Filters, at: datetime.datetime) -> None:
        self.query = query
        self.at = at
        self.filters = filters
        self.since, self.until = filters.span(at)
        # The keys of all that fit one of the filters, where these are few.
        self.narrow = filters.few(at, NARROW)
        # Whether all hits are known, and not only the best of them.
        self.looked_at_all = True
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
        near, is_all = self._near()
        if is_all:
            return [seen.hit for seen in near]
        if len(near) < count:
            newest, self.looked_at_all = self._newest(self.every, count)
        else:
            newest, self.looked_at_all = [seen.hit for seen in near], False
        best = {hit.key: hit for hit in newest}
        if not best:
            return []
        for step in self.better:
            for hit in self._best(step, near, count):
                best[hit.key] = max(hit, best.get(hit.key, hit))
        return list(best.values())

    def newest(self, count: int) -> list[Hit]:
        """Return the newest that hold the words, or all."""
        return self._newest(self.every, count)[0][:count]

    def _near(self) -> tuple[list[_Seen], bool]:
        """Return those of the newest `AT_ONCE` stories that hold the words.

        Where a filter leaves few stories, the index is quicker.

        Returns:
            The stories, and whether there are no older ones.

        """
        if self.narrow is not None:
            return [], False
        dated = self.filters.among(self.at).values_list("pk", "publish_at")[:AT_ONCE]
        hours = {key: hour for key, hour in dated if hour is not None}
        marked = SearchEntry.objects.filter(self.every.fits, pk__in=hours).values_list(
            "pk", _as_flag(self._fits(in_headline=True)), _as_flag(self._fits(together=True))
        )
        seen = [
            _Seen(Hit(rank(hours[key], in_headline=head, together=side), key), head, side)
            for key, head, side in marked
        ]
        return seen, len(hours) < AT_ONCE

    def _fits(self, **wanted: bool) -> Q | None:
        """Return what has to stand in the texts for one advantage; None where none can have it."""
        steps = (
            step
            for step in self.better
            if {"in_headline": step.in_headline, "together": step.together}
            == {"in_headline": False, "together": False, **wanted}
        )
        return next((step.fits for step in steps), None)

    def _best(self, step: _Step, near: Iterable[_Seen], count: int) -> list[Hit]:
        """Return the newest that fit a step, or all.

        Args:
            step: what has to fit besides the words.
            near: what was seen of the newest stories of all.
            count: how many are enough.

        """
        among = [
            seen.hit
            for seen in near
            if seen.in_headline >= step.in_headline and seen.together >= step.together
        ]
        return among if len(among) >= count else self._newest(step, count)[0]

    def _newest(self, step: _Step, count: int) -> tuple[list[Hit], bool]:
        """Return the newest stories that fit a step, and whether these are all.

        Args:
            step: what has to fit.
            count: how many are enough. Where there are few, all of them are returned.

        """
        hits: list[Hit] = []
        done, batch, most = 0, FIRST, FEW + 1
        while True:
            held = newest_holding(
                step.grams, self.without, self.since, self.until, most, among=self.narrow
            )
            is_all = len(held) < most
            if is_all and len(held) <= (FEW_READ if step.read else FEW):
                batch = max(len(held), 1)
            while done < len(held):
                some = held[done : done + batch]
                hits += map(step.hit, self._fitting(step, some))
                done += len(some)
                if len(hits) >= count and done < len(held):
                    return hits, False
                batch = min(batch * MORE, MOST_AT_ONCE)
            if is_all or len(hits) >= count:
                return hits, is_all
            most *= MORE

    def _fitting(self, step: _Step, held: Sequence[Held]) -> list[Held]:
        """Return those that fit the filters and a step, of some that do by the index."""
        keys = {story.key for story in held}
        if self.filters.besides_days > (self.narrow is not None):
            fit = self.filters.among(self.at).filter(pk__in=keys).order_by()
            keys = set(fit.values_list("pk", flat=True))
        if step.read and keys:
            read = SearchEntry.objects.filter(step.read, pk__in=keys)
            keys = set(read.values_list("pk", flat=True))
        return [story for story in held if story.key in keys]


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
