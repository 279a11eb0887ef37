"""Many rows at once, past the models: COPY on PostgreSQL, one statement many times on SQLite.

Rows are written as they stand in the database, without the models' own checks: what makes them has
to be right, and the tests look at it with the models' eyes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

# What every driver takes as it is: most of all values.
PLAIN = {str, int, bool, type(None)}


class Table:
    """The table of a model, its rows collected until they are written.

    Attributes:
        model: whose table it is.
        next_key: the key that the next row gets.

    """

    def __init__(self, model: type[models.Model]) -> None:
        """Look at the columns, at what they hold by default, and at the keys there are."""
        self.model = model
        fields = model._meta.concrete_fields
        self.columns = [str(field.column) for field in fields]
        self.defaults = {field.attname: _plain(field.get_default()) for field in fields}
        self.key = model._meta.pk.attname if model._meta.pk else ""
        self.next_key: int = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self._rows: list[tuple[Any, ...]] = []

    def add(self, **values: Any) -> int:
        """Collect a row of these values, by the names of attributes (`section_id`).

        Returns:
            Its key.

        Raises:
            KeyError: when the model has no such attribute.

        """
        row = {**self.defaults, self.key: self.next_key}
        for name, value in values.items():
            if name not in row:
                raise KeyError(name)
            row[name] = _plain(value)
        self._rows.append(tuple(row.values()))
        self.next_key += 1
        return self.next_key - 1

    def write(self) -> int:
        """Write what was collected; returns how many rows there were."""
        rows, self._rows = self._rows, []
        insert(self.model._meta.db_table, self.columns, rows)
        return len(rows)


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values, in a transaction that is the caller's."""
    quote = connection.ops.quote_name
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            signs = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({signs})", rows)  # noqa: S608 - names of our own


def go_on_counting(tables: Iterable[Table]) -> None:
    """Let the database give the next keys itself, behind those that were given here."""
    some = [table.model for table in tables]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), some):
            cursor.execute(statement)


def _plain(value: Any) -> Any:
    """Return a value as the database's driver takes it."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date | datetime.time | Decimal):
        return value if connection.vendor == "postgresql" else str(value)
    if isinstance(value, models.Choices):
        return value.value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value
