"""Asking the database for several lists at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db import NotSupportedError, connections

from .reading import Reader

Rows = list[Sequence[Any]]
# In the order of their places, or by their names.
Values = Sequence[Any] | Mapping[str, Any]
# Prepared statements: what makes each, by its name.
Plans = Mapping[str, str]
_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def compound(readers: Sequence[Reader], vendor: str) -> str:
    """Return the SQL that asks for several lists at once, their values in order.

    Args:
        readers: of the lists, none of them empty for sure.
        vendor: of the database, as Django's connections name it.

    """
    if vendor == "postgresql":
        return "; ".join(reader.sql for reader in readers)
    width = max(reader.width for reader in readers)
    # The first SELECT of a compound one lends its columns' types to all: this one has none.
    parts = [f"SELECT -1{', NULL' * width} WHERE 0"]
    for number, reader in enumerate(readers):
        # A query within another keeps its order for sure where it has a limit.
        limit = "" if reader.is_sliced else " LIMIT -1"
        padding = ", NULL" * (width - reader.width)
        parts.append(f"SELECT {number}, part.*{padding} FROM ({reader.sql}{limit}) part")  # noqa: S608
    return " UNION ALL ".join(parts)


def ask(
    using: str, sql: str, params: Values, count: int, *, plans: Plans | None = None
) -> list[Rows]:
    """Return the rows of each list that `compound` asks for.

    Args:
        using: the database's alias.
        sql: what `compound` has written.
        params: the values of all lists, in their order or by name.
        count: how many lists there are.
        plans: PostgreSQL's prepared statements that the SQL calls.

    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if plans:
            _plan(connection, plans)
        try:
            cursor.execute(sql, params)
        except NotSupportedError:
            # A release has given a column another type; within a transaction nothing can be done.
            if not plans or connection.in_atomic_block:
                raise
            _plan(connection, plans, anew=True)
            cursor.execute(sql, params)
        if connection.vendor == "postgresql":
            found = [cursor.fetchall()]
            while cursor.nextset():
                found.append(cursor.fetchall())
            return found
        lists: list[Rows] = [[] for _ in range(count)]
        for row in cursor.fetchall():
            lists[row[0]].append(row[1:])
        return lists


def _plan(connection: Any, plans: Plans, *, anew: bool = False) -> None:
    """Have PostgreSQL plan what it was not asked to plan before on this connection.

    A statement stays for as long as the connection does, whatever becomes of the transaction. It is
    sent past Django's cursor: no query of a page, and none that is counted.

    Args:
        connection: the database's, with a connection open.
        plans: what is to be there.
        anew: drop what is there first.

    """
    held = connection.connection
    known = _planned.setdefault(held, set())
    with connection.wrap_database_errors:
        if anew:
            for name in plans.keys() & known:
                held.execute(f"DEALLOCATE {name}")
                known.discard(name)
        for name in plans.keys() - known:
            # One by one: those before one that fails are there, and could not be made again.
            held.execute(plans[name])
            known.add(name)
