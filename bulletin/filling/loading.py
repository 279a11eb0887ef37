"""Filling a database with an archive: in its order, a transaction for each batch."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Q

from articles.models import Article
from articles.search import storage
from bulletin.filling import newsroom
from bulletin.filling.newsroom import MARK
from bulletin.filling.stations import Stations
from bulletin.filling.stories import Span, Stories
from bulletin.filling.tables import Table, go_on_counting
from communities.models import ServiceStation

# Rows of a transaction.
STORIES, STATIONS = 2000, 5000
YEARS = 10
# Below so many stories an archive reaches back over fewer years.
STORIES_A_YEAR = 2000
Say = Callable[[str, int], None]


class Rows(Protocol):
    """What is made and written in batches."""

    @property
    def tables(self) -> list[Table]:
        """The tables it writes."""

    def make(self, batch: int) -> Iterator[int]:
        """Make rows; stops where a batch can be written."""

    def write(self) -> None:
        """Write what was made."""


def has_others() -> bool:
    """Whether there are stories or stations that no filling made (two queries)."""
    stories = Article.objects.filter(~Q(origin__startswith=f"{MARK}/") | Q(origin=None))
    stations = ServiceStation.objects.exclude(slug__startswith=f"{MARK}-")
    return stories.order_by().exists() or stations.order_by().exists()


def is_filled() -> bool:
    """Whether an earlier filling has left stories or stations (two queries)."""
    stories = Article.objects.filter(origin__startswith=f"{MARK}/")
    stations = ServiceStation.objects.filter(slug__startswith=f"{MARK}-")
    return stories.order_by().exists() or stations.order_by().exists()


def fill(*, articles: int, stations: int, seed: int, last_day: datetime.date, say: Say) -> None:
    """Make an archive in a database that has none.

    Args:
        articles: how many stories.
        stations: how many stations.
        seed: the same makes the same, where the last day is the same.
        last_day: the day up to which stories have appeared.
        say: told what has been written, and how much of it, after each batch.

    """
    with transaction.atomic():
        house = newsroom.load(seed)
        city = Stations(house.places, count=stations, seed=seed)
    _write(city, STATIONS, lambda count: say("stations", count))
    years = min(YEARS, max(1, articles // STORIES_A_YEAR))
    span = Span(last_day - datetime.timedelta(days=365 * years), last_day)
    paper = Stories(house, count=articles, span=span, seed=seed, stations=city.made)
    with storage.indexed_at_the_end():
        _write(paper, STORIES, lambda count: say("stories", count))
    # What a database takes for the best way depends on what it knows of its tables.
    vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if vacuum else "ANALYZE")


def _write(rows: Rows, batch: int, told: Callable[[int], None]) -> None:
    for count in rows.make(batch):
        with transaction.atomic():
            rows.write()
            go_on_counting(rows.tables)
        told(count)
