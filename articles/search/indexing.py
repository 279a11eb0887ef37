"""What can be found of each story: written when its text is approved, and when a name changes.

The index may hold a story before its hour: whether the public may find it is asked of
`Article.objects.published` at the moment of the search, so that no worker has to be alive for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from articles import body as body_text
from articles.models import (
    Article,
    ArticleQuerySet,
    NamePinyin,
    SearchEntry,
    SearchWaiting,
    Status,
)
from communities.models import Community, ServiceStation

from . import pinyin
from .storage import HEAD, Row, remove, write
from .units import BREAK, indexed

# Stories that are read and written at a time.
BATCH = 200
# So many are indexed while somebody waits for an answer; it takes them about half a second.
AT_ONCE = 200
# Of the others so many are noted at a time.
LATER = 5000
# Seconds between two batches of those that wait: others write too.
PAUSE = 0.1
Kind = NamePinyin.Kind
Item = TypeVar("Item")


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield so many at a time."""
    rest = iter(items)
    while some := list(islice(rest, BATCH)):
        yield some


def findable() -> ArticleQuerySet:
    """Return the stories that the index holds: approved ones; changes in preparation are none."""
    return Article.objects.filter(status=Status.APPROVED, revises__isnull=True)


@transaction.atomic
def keep(story: Article) -> None:
    """Bring what can be found of a story in line with it: for every verb that changes its text."""
    if story.status == Status.APPROVED and story.revises_id is None:
        index([story.pk])
    else:
        remove([story.pk])


@transaction.atomic
def index(keys: Iterable[int]) -> int:
    """Write the entries of stories, and how the names in them are typed; returns how many."""
    count = 0
    for some in batches(keys):
        stories = list(with_words(findable().filter(pk__in=some)))
        write([row_of(story) for story in stories])
        keep_pinyin(name for story in stories for name in _names_in(story))
        count += len(stories)
    return count


@transaction.atomic
def index_soon(keys: Iterable[int]) -> int:
    """Write the entries of stories: of few at once, of many the newest, and the others aside.

    Returns:
        How many are left to `catch_up`.

    """
    wanted = sorted(set(keys))
    now, later = wanted[-AT_ONCE:], wanted[:-AT_ONCE]
    at = timezone.now()
    # Before any entry is written, in which order the worker goes about it too. The row is written
    # also where there is one: the worker waits for whoever is changing a name at this moment.
    SearchWaiting.objects.bulk_create(
        (SearchWaiting(article_id=key, at=at) for key in later),
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["at"],
        batch_size=LATER,
    )
    index(now)
    return len(later)


def catch_up() -> int:
    """Write the entries of the stories that wait for it, the newest first; returns how many.

    For the worker beside the server, and for `manage.py reindex --waiting`. Two at the same time do
    no harm, and what one leaves half done the next one does.
    """
    count = 0
    # Looked at first: the worker comes by every few seconds, and on SQLite holds up who writes.
    while SearchWaiting.objects.exists():
        with transaction.atomic():
            waiting = SearchWaiting.objects.select_for_update(skip_locked=True)
            keys = list(waiting.order_by("-pk").values_list("pk", flat=True)[:BATCH])
            # Taken off first: whoever changes a name from now on puts the story back.
            SearchWaiting.objects.filter(pk__in=keys).delete()
            index(keys)
        count += len(keys)
        if len(keys) < BATCH:
            break
        time.sleep(PAUSE)
    return count


def with_words(stories: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch along all that can be found of stories."""
    return stories.select_related("section", "column").prefetch_related(  # type: ignore[misc]
        "bylines", "photos", "communities", "stations", "tags"
    )


def row_of(story: Article) -> Row:
    """Return what the index holds of a story."""
    ways = (ways for _kind, _key, ways in _names_in(story))
    return row_from(story.pk, story.headline, pieces_of(story), ways)


def row_from(key: int, headline: str, pieces: Iterable[str], ways: Iterable[str]) -> Row:
    """Return what the index holds of a story that has these words.

    Args:
        key: the story's.
        headline: its headline.
        pieces: the texts it can be found by, the headline among them.
        ways: how the names in it are typed, as `pinyin` writes them.

    """
    head, in_head = indexed(headline)
    text, in_text = indexed("\n".join(pieces))
    typed = [_indexed_ways(one) for one in ways if one]
    return Row(
        key=key,
        head=head,
        text=BREAK.join(filter(None, (text, *(written for written, _grams in typed)))),
        grams=sorted(in_text.union((HEAD + gram for gram in in_head), *(g for _w, g in typed))),
    )


@lru_cache(maxsize=10_000)
def _indexed_ways(ways: str) -> tuple[str, set[str]]:
    """Return what the index holds of how a name is typed; the same names come up again."""
    return indexed(ways)


def pieces_of(story: Article) -> list[str]:
    """Return the texts a story can be found by, those a reader looks at first before the others."""
    return [
        text for texts in (_headlines(story), _print(story), _belonging(story)) for text in texts
    ]


def _headlines(story: Article) -> Iterator[str]:
    yield from (story.headline, story.kicker, story.deck)


def _print(story: Article) -> Iterator[str]:
    yield body_text.plain_text(story.blocks)
    for photo in story.photos.all():
        yield from (photo.caption, photo.credit)
    yield from (line.name for line in story.bylines.all())
    yield from (story.unread_credit, story.source, story.original_author)


def _belonging(story: Article) -> Iterator[str]:
    yield from (place.name for place in (story.column, story.section) if place is not None)
    for community in story.communities.all():
        yield from (community.name, community.other_name)
    yield from (station.name for station in story.stations.all())
    # They come in no order; the index says the same each time.
    yield from sorted(tag.name for tag in story.tags.all())


class Name(NamedTuple):
    """How the name of something is typed."""

    kind: Kind
    key: int
    ways: str


def _names_in(story: Article) -> list[Name]:
    people = {line.contributor_id: line.name for line in story.bylines.all()}
    return [
        *(Name(Kind.CONTRIBUTOR, key, pinyin.of_person(name)) for key, name in people.items()),
        *map(name_of_community, story.communities.all()),
        *map(name_of_station, story.stations.all()),
    ]


def name_of_community(place: Community) -> Name:
    """Return how a community's names are typed."""
    ways = [pinyin.of_place(name) for name in (place.name, place.other_name) if name]
    return Name(Kind.COMMUNITY, place.pk, BREAK.join(ways))


def name_of_station(station: ServiceStation) -> Name:
    """Return how a station's name is typed."""
    return Name(Kind.STATION, station.pk, pinyin.of_place(station.name))


def keep_pinyin(names: Iterable[Name]) -> None:
    """Write how names are typed; a later name of the same thing takes the place of an earlier."""
    rows = {(name.kind, name.key): name.ways for name in names}
    NamePinyin.objects.bulk_create(
        # The mark before them lets a way be told from the middle of another.
        (NamePinyin(kind=kind, key=key, ways=BREAK + ways) for (kind, key), ways in rows.items()),
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["ways"],
        batch_size=BATCH,
    )


def follow_names(places: Sequence[Model]) -> Callable[[], None]:
    """Note which stories name places before these change; the answer indexes them after that.

    For `communities.naming`, which calls it around every change of a place's name.
    """
    before = _stories_naming(places)

    def finish() -> None:
        keep_pinyin(map(name_of_community, Community.objects.filter(pk__in=_of(Community, places))))
        stations = ServiceStation.objects.filter(pk__in=_of(ServiceStation, places))
        keep_pinyin(map(name_of_station, stations))
        index_soon(before | _stories_naming(places))

    return finish


def _of(model: type[Model], places: Sequence[Model]) -> list[int]:
    return [place.pk for place in places if isinstance(place, model) and place.pk]


def _stories_naming(places: Sequence[Model]) -> set[int]:
    communities, stations = _of(Community, places), _of(ServiceStation, places)
    if not communities and not stations:
        return set()
    named = Q(communities__in=communities) | Q(stations__in=stations)
    return set(findable().filter(named).values_list("pk", flat=True))


def _every_key() -> Iterator[int]:
    return findable().order_by("pk").values_list("pk", flat=True).iterator()


def rebuild() -> int:
    """Write the whole index anew, a batch at a time; returns the number of stories in it."""
    count = 0
    for some in batches(_every_key()):
        count += index(some)
    for rows, name in ((Community, name_of_community), (ServiceStation, name_of_station)):
        keep_pinyin(map(name, rows._default_manager.all()))  # type: ignore[arg-type]
    left = SearchEntry.objects.exclude(article__in=findable()).values_list("pk", flat=True)
    for some in batches(list(left)):
        remove(some)
    return count


class Difference(NamedTuple):
    """What the index says otherwise than the stories: their keys, by what is wrong."""

    lacking: list[int]
    stale: list[int]
    left: list[int]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(self)


def compare() -> Difference:
    """Compare the index with the stories, without changing either."""
    lacking, stale = [], []
    for some in batches(_every_key()):
        held = SearchEntry.objects.in_bulk(some)
        for story in with_words(findable().filter(pk__in=some)):
            row, entry = row_of(story), held.get(story.pk)
            if entry is None:
                lacking.append(story.pk)
            elif (entry.head, entry.text) != (row.head, row.text):
                stale.append(story.pk)
    left = SearchEntry.objects.exclude(article__in=findable()).values_list("pk", flat=True)
    return Difference(lacking, stale, sorted(left))
