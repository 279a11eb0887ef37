"""How the two databases hold the grams of stories, and how they are asked.

PostgreSQL keeps them as a tsvector beside the entry, with a GIN index; SQLite as a row of an FTS5
table with the same key. Both answer which stories hold all of some grams; whether the words stand
together is then read in the entry's text, which is the same on both. (A tsvector counts positions
only to 16,383 and 256 of each gram, so that positions would lose the ends of long stories.)
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, connections, router, transaction
from django.db.models import QuerySet

from articles.models import Article, SearchEntry, Status

# Stands before a gram of a headline.
HEAD = "^"
TABLE, STORIES = SearchEntry._meta.db_table, Article._meta.db_table
FTS = "articles_searchgrams"
GRAMS = "articles_search_grams"
# The index of approved stories by key, with their hours.
HOURS = "article_hour"
# The index of approved stories by their hours.
BY_HOUR = "article_published"
# So many stories at most may have appeared in another order than they were filed in, of those that
# matter to an answer; beyond that all are put in order.
OUT_OF_ORDER = 500
# Above so many stories, the database puts them in order sooner than they are handed over.
BY_KEY = 4000


class Row(NamedTuple):
    """An entry with its grams.

    Attributes:
        key: the story's.
        head: the headline's canonical text.
        text: the canonical text of all.
        grams: those of the text, and those of the headline with `HEAD` before each.

    """

    key: int
    head: str
    text: str
    grams: list[str]


@transaction.atomic
def write(rows: Sequence[Row]) -> None:
    """Write entries; those there are of the same stories are replaced."""
    entry = (
        f"INSERT INTO {TABLE} (article_id, head, text) VALUES (%s, %s, %s) "  # noqa: S608 - our own names
        "ON CONFLICT (article_id) DO UPDATE SET head = EXCLUDED.head, text = EXCLUDED.text"
    )
    with connection.cursor() as cursor:
        cursor.executemany(entry, [(row.key, row.head, row.text) for row in rows])
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"UPDATE {TABLE} SET grams = array_to_tsvector(%s::text[]) WHERE article_id = %s",  # noqa: S608
                [(row.grams, row.key) for row in rows],
            )
        else:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {FTS} (rowid, grams) VALUES (%s, %s)",  # noqa: S608
                [(row.key, " ".join(row.grams)) for row in rows],
            )


@transaction.atomic
def add(rows: Iterable[Row]) -> None:
    """Write entries of stories that have none yet: many at once, and faster than `write`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Read by the server as it reads a tsvector that was printed.
            with cursor.copy(f"COPY {TABLE} (article_id, head, text, grams) FROM STDIN") as copy:
                for row in rows:
                    printed = " ".join(f"'{gram}'" for gram in row.grams)
                    copy.write_row((row.key, row.head, row.text, printed))
            return
        some = list(rows)
        cursor.executemany(
            f"INSERT INTO {TABLE} (article_id, head, text) VALUES (%s, %s, %s)",  # noqa: S608
            [(row.key, row.head, row.text) for row in some],
        )
        cursor.executemany(
            # No key of another table's leads here: rows may have been left behind.
            f"INSERT OR REPLACE INTO {FTS} (rowid, grams) VALUES (%s, %s)",  # noqa: S608
            [(row.key, " ".join(row.grams)) for row in some],
        )


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Make the index over the grams once everything is written: many times faster for an archive.

    On PostgreSQL alone; until then nothing is found by it. Should writing fail, it is made all the
    same.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {GRAMS}")
    try:
        yield
    finally:
        with transaction.atomic(), connection.cursor() as cursor:
            # No index can be made while rows wait for the check of what they lead to.
            connection.check_constraints()
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute(
                f"CREATE INDEX {GRAMS} ON {TABLE} USING gin (grams) WITH (fastupdate = off)"
            )


@transaction.atomic
def remove(keys: Iterable[int]) -> int:
    """Remove the entries of stories; returns how many there were."""
    wanted = list(keys)
    count, _each = SearchEntry.objects.filter(pk__in=wanted).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {FTS} WHERE rowid = %s", [(key,) for key in wanted])  # noqa: S608
    return count


def newest_holding(
    grams: Iterable[str],
    without: Iterable[str],
    since: datetime.datetime | None,
    until: datetime.datetime,
    most: int,
    *,
    among: QuerySet | None = None,
) -> list[int]:
    """Return the keys of the newest approved stories that hold all of these grams.

    What the index gives is put in order without a look at any story: on PostgreSQL by the hours
    that are kept beside the grams, on SQLite by an index of keys and hours.

    Args:
        grams: what they have to hold.
        without: what they must not hold.
        since: their hour is not before it; None for any.
        until: nor after it.
        most: how many at most.
        among: a question for the keys of those that are asked about; None for all.

    """
    asked = _asked(grams, without)
    database = connections[router.db_for_read(SearchEntry)]
    if database.vendor == "sqlite" and among is None and most <= BY_KEY:
        found = _newest_by_key(database, asked, since, until, most)
        if found is not None:
            return found
    chosen, chosen_by = among.query.sql_with_params() if among is not None else ("", ())
    values: list[Any]
    if database.vendor == "postgresql":
        array = f"ARRAY({chosen})" if chosen else "NULL"
        sql = f"SELECT * FROM articles_search_newest(%s::tsquery, %s, %s, {array}, %s)"  # noqa: S608
        values = [asked, since, until, *chosen_by, most]
    else:
        where, values = f"{FTS} MATCH %s", [asked]
        if chosen:
            # With the plus it goes through what the index gives once, and not once for each key.
            where += f" AND +{FTS}.rowid IN ({chosen})"
            values += chosen_by
        hours, bounds = _approved_within(database, since, until)
        where += f" AND {hours}"
        values += bounds
        # It would go by the key to the story itself, whose row is many times as long.
        sql = (
            f"SELECT story.id FROM {FTS} CROSS JOIN {STORIES} AS story INDEXED BY {HOURS}"  # noqa: S608
            f" ON story.id = {FTS}.rowid WHERE {where}"
            " ORDER BY story.publish_at DESC, story.id DESC LIMIT %s"
        )
        values.append(most)
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


def _newest_by_key(
    database: Any,
    asked: str,
    since: datetime.datetime | None,
    until: datetime.datetime,
    most: int,
) -> list[int] | None:
    """Return what `newest_holding` does on SQLite, without putting all that holds them in order.

    The index gives stories by their keys, the highest first, and stops when there are enough; most
    have appeared in the order in which they were filed. What was filed before them and appeared
    after one of them is few stories, and these are asked about by themselves.

    Returns:
        The keys; None where so many appeared in another order that this is no shorter way.

    """
    story = f"{STORIES} AS story INDEXED BY"
    hours, bounds = _approved_within(database, since, until)
    holding = (
        f"SELECT story.publish_at, story.id FROM {FTS} CROSS JOIN {story} {HOURS}"  # noqa: S608
        f" ON story.id = {FTS}.rowid WHERE {FTS} MATCH %s AND {hours}"
    )
    with database.cursor() as cursor:
        cursor.execute(f"{holding} ORDER BY {FTS}.rowid DESC LIMIT %s", [asked, *bounds, most])
        rows = cursor.fetchall()
        if len(rows) == most:
            earliest, lowest = min(rows)[0], rows[-1][1]
            cursor.execute(f"SELECT max(id) FROM {STORIES}")  # noqa: S608 - our own name
            # Whichever of the two holds fewer: what appeared later, or what was filed before.
            index = BY_HOUR if lowest * 2 > cursor.fetchone()[0] else HOURS
            cursor.execute(
                f"SELECT story.id FROM {story} {index} WHERE {hours}"  # noqa: S608
                " AND story.publish_at >= %s AND story.id < %s LIMIT %s",
                [*bounds, earliest, lowest, OUT_OF_ORDER + 1],
            )
            late = [key for (key,) in cursor.fetchall()]
            if len(late) > OUT_OF_ORDER:
                return None
            if late:
                # With the plus it goes through what the index gives once, and not for each key.
                cursor.execute(
                    f"{holding} AND {FTS}.rowid BETWEEN %s AND %s"  # noqa: S608
                    f" AND +{FTS}.rowid IN (SELECT value FROM json_each(%s))",
                    [asked, *bounds, min(late), max(late), json.dumps(late)],
                )
                rows += cursor.fetchall()
    return [key for _hour, key in sorted(rows, reverse=True)[:most]]


def _approved_within(
    database: Any, since: datetime.datetime | None, until: datetime.datetime
) -> tuple[str, list[Any]]:
    """Return SQLite's condition for approved stories of some hours, and its values."""
    adapt = database.ops.adapt_datetimefield_value
    hours = f"story.status = '{Status.APPROVED.value}' AND story.publish_at <= %s"
    if since is None:
        return hours, [adapt(until)]
    return f"{hours} AND story.publish_at >= %s", [adapt(until), adapt(since)]


def _asked(grams: Iterable[str], without: Iterable[str]) -> str:
    """Write a question for the index. Grams hold letters, digits and "._^" alone."""
    if connection.vendor == "postgresql":
        return " & ".join(
            [*(f"'{gram}'" for gram in sorted(grams)), *(f"!'{gram}'" for gram in sorted(without))]
        )
    wanted = " AND ".join(f'"{gram}"' for gram in sorted(grams))
    return " NOT ".join([f"({wanted})", *(f'"{gram}"' for gram in sorted(without))])
