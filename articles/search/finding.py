"""Finding stories, and the order they are shown in.

A story's rank is its hour of publication, moved on by what fits: two years where all words stand
in its headline, one year where several words stand side by side. So the newest come first among
equals, and an old story whose headline says it comes before a new one that mentions it in passing.
Where ranks are the same, the story filed later comes first.

Because a rank is an hour and a few fixed steps, the best of each step are the newest of it, and
both databases agree on every place: they are asked for the newest of each step and nothing else.

How that stays quick with hundreds of thousands of stories: the newest `AT_ONCE` are gone through
first, for a word that is in every tenth is soon found so, while its index is long. Then the index
is asked for at most `FEW` stories that hold the words; where there are no more, each is looked at.
Where there are, all that the index gives are put in the order of their hours, of which no text is
read, and then looked at from the newest on, until there are enough.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan
from django.utils import timezone

from articles.models import ArticleQuerySet

from .filters import Filters
from .query import Query, Word
from .storage import HEAD, newest_holding, some_holding

IN_HEADLINE = datetime.timedelta(days=730)
TOGETHER = datetime.timedelta(days=365)
FEW = 2000
AT_ONCE = 300
# So many are looked at first where many may fit, and this many times as many each time after it.
FIRST, MORE = 100, 8
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


def occurs(word: Word, at: datetime.datetime) -> bool:
    """Whether any story that the public may see holds a word."""
    search = _Search(Query(word.typed, (word,), ()), Filters(), at)
    return bool(search.hits(1))


@dataclass(frozen=True)
class _Step:
    """Stories that more fits than the words: their grams, and what is read in their texts."""

    grams: frozenset[str]
    fits: Q
    in_headline: bool = False
    together: bool = False


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
        self.stories = filters.among(at)
        self.filters = filters
        # Whether all hits are known, and not only the best of them.
        self.looked_at_all = True
        words, together = query.words, query.together
        every = _Step(_grams(words), _all_stand("text", words))
        marked = frozenset(HEAD + gram for gram in every.grams)
        headline = _Step(marked, _all_stand("head", words), in_headline=True)
        self.steps = [every, headline]
        self.in_headline, self.together = headline.fits, None
        if together is not None:
            # Side by side stand the words themselves too, but for marks inside a phrase.
            divided = [word for word in words if len(word.divided) > 1]
            self.together = _all_stand("text", [together, *divided])
            grams = every.grams | together.grams
            self.steps += [
                _Step(grams, self.together, together=True),
                _Step(marked | grams, headline.fits & self.together, True, True),
            ]

    def hits(self, count: int) -> list[Hit]:
        """Return hits in any order, the best `count` among them; all, if they are fewer."""
        if self.query.is_contradictory:
            return []
        every = self.steps[0]
        near = self._near()
        newest = [seen.hit for seen in near]
        if len(newest) < count:
            few = self._few(every)
            if few is None:
                few = self.filters.few(self.at, FEW)
            if few is not None:
                return self._look_at(few, every)
            newest = self._newest(every, count)
        if len(newest) < count:
            return newest
        self.looked_at_all = False
        better = (hit for step in self.steps[1:] for hit in self._best(step, near, count))
        return list({*newest, *better})

    def _near(self) -> list[_Seen]:
        """Return those of the newest stories of all that hold the words."""
        dated = self.filters.dated(self.at).values_list("publish_at", flat=True)
        border = next(iter(dated[AT_ONCE : AT_ONCE + 1]), None)
        if border is None:
            return []
        return self._seen(self._fitting(self.steps[0]).filter(publish_at__gt=border))

    def _few(self, step: _Step) -> list[int] | None:
        """Return the keys of all stories that may fit a step, or None where they are many."""
        keys = some_holding(step.grams, FEW + 1)
        return keys if len(keys) <= FEW else None

    def _look_at(self, keys: Iterable[int], step: _Step) -> list[Hit]:
        """Look at each of some stories; those that fit are returned."""
        fitting = self._fitting(step).filter(pk__in=set(keys)).order_by()
        return [seen.hit for seen in self._seen(fitting)]

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
        return among if len(among) >= count else self._newest(step, count)

    def _newest(self, step: _Step, count: int) -> list[Hit]:
        """Return the newest stories that fit a step, of all that the index gives; or all."""
        since, until = self.filters.span(self.at)
        hits: list[Hit] = []
        done, most = 0, FIRST
        while True:
            keys = newest_holding(step.grams, since, until, most)
            hits += self._look_at(keys[done:], step)
            if len(hits) >= count or len(keys) < most:
                return hits
            done, most = len(keys), most * MORE

    def _fitting(self, step: _Step) -> ArticleQuerySet:
        unwanted = Q()
        for word in self.query.without:
            unwanted &= _stands("text", word, wanted=False)
        return self.stories.filter(step.fits, unwanted)

    def _seen(self, stories: ArticleQuerySet) -> list[_Seen]:
        marked = stories.annotate(
            in_headline=_as_flag(self.in_headline), together=_as_flag(self.together)
        )
        return [
            _Seen(Hit(rank(publish_at, in_headline=head, together=near), key), head, near)
            for key, publish_at, head, near in marked.values_list(
                "pk", "publish_at", "in_headline", "together"
            )
            if publish_at is not None
        ]


def _grams(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(gram for word in words for gram in word.grams)


def _stands(column: str, word: Word, *, wanted: bool = True) -> Q:
    """Return the condition that a word stands in an entry's text, or that it does not."""
    place = StrIndex(f"search_entry__{column}", Value(word.phrase))
    return Q(GreaterThan(place, 0) if wanted else Exact(place, 0))


def _all_stand(column: str, words: Iterable[Word]) -> Q:
    found = Q()
    for word in words:
        found &= _stands(column, word)
    return found


def _as_flag(condition: Q | None) -> Combinable:
    if condition is None:
        return Value(False, output_field=BooleanField())
    return Case(When(condition, then=Value(True)), default=Value(False))
