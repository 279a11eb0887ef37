"""Queries that are written down once and asked again with other values."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import BooleanField, Expression, F, Field, QuerySet

from .asking import Plans, ask, compound
from .reading import Reader

Found = dict[str, list[Any]]
PLACEHOLDER = re.compile(r"%[%s]")


class Given(Expression):
    """A value that is not known before the query is asked.

    It stands in a query set's conditions where a value would: `published(at=Given("at", …))`.
    """

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        """Name a value.

        Args:
            name: under which it is handed over when the query is asked.
            field: what kind of value it is; it writes it for the database.

        """
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return a placeholder, and itself in the place of the value."""
        return "%s", [self]

    def written(self, value: Any, connection: Any) -> Any:
        """Return a value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class GivenKeys(Expression):
    """Whether a column holds one of some whole numbers that are not known before: `article IN …`.

    However many there are, the SQL stays the same: they are handed over as one value.
    """

    def __init__(self, column: str, name: str) -> None:
        """Name the column (as `F` does) and the keys."""
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)
        self.name = name

    def get_source_expressions(self) -> list[Any]:
        """Return the column."""
        return [self.column]

    def set_source_expressions(self, expressions: Any) -> None:
        """Take the column as the query knows it."""
        (self.column,) = expressions

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return the condition as SQLite takes it."""
        sql, params = compiler.compile(self.column)
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, self]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the condition as PostgreSQL takes it."""
        sql, params = compiler.compile(self.column)
        return f"{sql} = ANY(%s)", [*params, self]

    def written(self, value: Any, connection: Any) -> Any:
        """Return keys as the database takes them."""
        keys = list(value)
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


@dataclass(frozen=True)
class _Written:
    """What query sets have become.

    Attributes:
        readers: by the query sets' names.
        sql: what is asked.
        params: its values by name, those that are not known before as `Given` and `GivenKeys`.
        plans: PostgreSQL's prepared statements that it calls.

    """

    readers: dict[str, Reader]
    sql: str
    params: dict[str, Any]
    plans: Plans


class Prepared:
    """Several query sets whose SQL is written once a process.

    Building the SQL of a query set takes Django a third of a millisecond and more; asking SQLite
    for a story's photos takes a hundredth of that. PostgreSQL, which takes longer to plan such a
    query than to answer it, plans it once a connection (`PREPARE`), unless `DATABASE_PREPARED` says
    that connections change hands between two statements.
    """

    def __init__(self, make: Callable[[], dict[str, QuerySet[Any]]]) -> None:
        """Prepare query sets; it can be used as a decorator.

        Args:
            make: returns them by name. It is called once, when the first answer is wanted: nothing
                in it may depend on the moment or on the request but by `Given`.

        """
        self._make = make
        self._written = lru_cache(maxsize=8)(self._write)

    @cached_property
    def _querysets(self) -> dict[str, QuerySet[Any]]:
        return self._make()

    def fetch(self, **values: Any) -> Found:
        """Return what each query set holds, by its name (one query).

        Args:
            values: by name, what the query sets are given.

        """
        # Where rows are read is for the router to say each time.
        using = next(iter(self._querysets.values())).db
        connection = connections[using]
        plans = connection.vendor == "postgresql" and settings.DATABASE_PREPARED
        written = self._written(using, connection.vendor, plans)
        given = {
            name: one.written(values[one.name], connection)
            if isinstance(one, Given | GivenKeys)
            else one
            for name, one in written.params.items()
        }
        readers = written.readers
        found = ask(using, written.sql, given, len(readers), plans=written.plans)
        return {
            name: reader.read(rows)
            for (name, reader), rows in zip(readers.items(), found, strict=True)
        }

    def _write(self, using: str, vendor: str, plans: bool) -> _Written:
        readers = {name: Reader(one, using) for name, one in self._querysets.items()}
        empty = [name for name, reader in readers.items() if not reader.sql]
        if empty:
            raise ValueError(f"nothing can ever be found for {', '.join(empty)}")
        if plans:
            return _as_plans(readers)
        params = [value for reader in readers.values() for value in reader.params]
        return _Written(
            readers, *_with_constants(compound([*readers.values()], vendor), params), {}
        )


def _as_plans(readers: dict[str, Reader]) -> _Written:
    """Write each query as a prepared statement, and calls of these."""
    plans: dict[str, str] = {}
    calls: list[str] = []
    given: dict[str, Any] = {}
    for number, reader in enumerate(readers.values()):
        sql, params = _with_constants(reader.sql, list(reader.params), f"constant_{number}")
        plain = sql % {name: f"${place}" for place, name in enumerate(params, start=1)}
        # Named by what it says: two of the same are one.
        name = f"together_{hashlib.sha256(plain.encode()).hexdigest()[:24]}"
        plans[name] = f"PREPARE {name} AS {plain}"
        values = ", ".join(f"%({value})s" for value in params)
        calls.append(f"EXECUTE {name}({values})" if values else f"EXECUTE {name}")
        given |= params
    return _Written(readers, "; ".join(calls), given, plans)


def _name(value: Any, constant: str) -> str:
    """Return what a value is called in the SQL: what is given as one thing has one name."""
    if isinstance(value, Given):
        return f"{value.name}_{type(value.output_field).__name__}"
    return f"{value.name}_keys" if isinstance(value, GivenKeys) else constant


def _with_constants(
    sql: str, params: list[Any], constant: str = "constant"
) -> tuple[str, dict[str, Any]]:
    """Write the values that are always the same into the SQL itself, and give the others names.

    SQLite plans a query anew each time a value changes that a partial index depends on, such as
    the status of published stories. The values are words and numbers of our own code.

    With names, Django finds the places of a long query's values at once (it looks for those
    without by a regular expression, each time); and what is given once is handed over once.
    """
    left: dict[str, Any] = {}
    waiting = iter(params)

    def write(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(waiting)
        if isinstance(value, str) and "\\" not in value:
            quoted = value.replace("'", "''").replace("%", "%%")
            return f"'{quoted}'"
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        name = _name(value, f"{constant}_{len(left)}")
        left[name] = value
        return f"%({name})s"

    return PLACEHOLDER.sub(write, sql), left
