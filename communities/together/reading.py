"""What becomes of the rows that the database sends for a query set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

# What can be read: rows of a model, values in tuples, single values.
KINDS = (ModelIterable, ValuesListIterable, FlatValuesListIterable)


class Reader:
    """A query set's SQL, and how its rows become what the query set would give.

    The same steps as in Django's own iterables (`django.db.models.query`), but taken apart from
    the asking, and with all that does not depend on the rows worked out once.

    Attributes:
        sql: the query; "" where Django knows without asking that there is nothing.
        params: its values.
        width: how many columns it has.
        is_sliced: whether it has a LIMIT of its own.

    """

    def __init__(self, queryset: QuerySet[Any], using: str) -> None:
        """Write a query set's SQL.

        Args:
            queryset: of model instances or of `values_list`.
            using: the database's alias.

        Raises:
            TypeError: for a kind of query set that cannot be read.

        """
        kind: Any = queryset._iterable_class
        if kind not in KINDS:
            raise TypeError(f"{kind.__name__} cannot be fetched together with others")
        self._kind = kind
        self._using = using
        # The query set keeps what it was asked with; the compiler may change its query.
        compiler = queryset.query.clone().get_compiler(using)
        self.params: Sequence[Any]
        try:
            self.sql, self.params = compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params, self.width = "", (), 0
            return
        if compiler.has_extra_select:
            raise TypeError("DISTINCT over an order of other columns cannot be fetched together")
        self.width = compiler.col_count
        self.is_sliced = queryset.query.is_sliced
        self._connection = compiler.connection
        self._converters = [
            (place, convert, expression)
            for place, (converters, expression) in compiler.get_converters(
                [column for column, *_ in compiler.select]
            ).items()
            for convert in converters
        ]
        self._known = queryset._known_related_objects  # type: ignore[attr-defined]
        if kind is ModelIterable:
            self._learn_model(compiler)

    def _learn_model(self, compiler: Any) -> None:
        info = compiler.klass_info
        fields = info["select_fields"]
        self._model = info["model"]
        self._start, self._end = fields[0], fields[-1] + 1
        columns = compiler.select[self._start : self._end]
        self._names = [column.target.attname for column, *_ in columns]
        # The checker knows the function of a later Django.
        populators: Any = get_related_populators
        self._populators = populators(info, compiler.select, self._using)
        self._annotations = list(compiler.annotation_col_map.items())

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """Return what the query set would hold.

        Args:
            rows: as the database sent them; what stands behind the query's columns is passed over.

        """
        if not self.sql:
            return []
        converted = self._convert(rows) if self._converters else rows
        if self._kind is ModelIterable:
            return [self._instance(row) for row in converted]
        if self._kind is FlatValuesListIterable:
            return [row[0] for row in converted]
        return [tuple(row[: self.width]) for row in converted]

    def _convert(self, rows: Iterable[Sequence[Any]]) -> Iterable[list[Any]]:
        connection, converters = self._connection, self._converters
        for row in rows:
            values = list(row)
            for place, convert, expression in converters:
                values[place] = convert(values[place], expression, connection)
            yield values

    def _instance(self, row: Sequence[Any]) -> Any:
        made = self._model.from_db(self._using, self._names, row[self._start : self._end])
        for populator in self._populators:
            populator.populate(row, made)
        for name, place in self._annotations:
            setattr(made, name, row[place])
        for field, known in self._known.items():
            if not field.is_cached(made) and getattr(made, field.attname) in known:
                setattr(made, field.name, known[getattr(made, field.attname)])
        return made
