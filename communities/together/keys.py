"""Keys of rows as one value: in a question for many, and beside the columns of another row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import F, Field, Subquery
from django.db.models.expressions import RawSQL

# A name of its own: one that the outer row has too would be taken for that row's.
KEY = "key_in_order"


def listed(keys: Iterable[int]) -> RawSQL:
    """Return keys as one value of a question, and not as thousands that are read one by one."""
    some = list(keys)
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [some])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(some)])


class _Keys(Field):
    """Whole numbers, as a database hands over several in one value."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[int]:
        """Return them as a list: PostgreSQL sends an array, SQLite the text of one."""
        return list(json.loads(value) if isinstance(value, str) else value)


class KeysOf(Subquery):
    """The keys that a sliced query set holds, in its order: its rows' own, or others they name.

    `sections.annotate(latest=KeysOf(stories.filter(section=OuterRef("pk"))[:20]))` costs one look
    into an index for each section, where twenty subqueries, each with an offset, cost it twenty.
    """

    output_field = _Keys()

    def __init__(self, rows: Any, column: str = "pk") -> None:
        """Take the rows, and the column in which the keys stand that are wanted."""
        super().__init__(rows.values(**{KEY: F(column)}))

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """Return the keys as the text of a JSON array."""
        template = f"(SELECT json_group_array(kept.{KEY}) FROM (%(subquery)s) kept)"  # noqa: S608
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """Return the keys as an array."""
        return self.as_sql(compiler, connection, template="ARRAY(%(subquery)s)")
