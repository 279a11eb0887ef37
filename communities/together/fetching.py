"""Filling query sets in one query, and giving rows what belongs to them in one more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Self, TypeVar

from django.db import connections
from django.db.models import F, Model, Prefetch, QuerySet
from django.db.models.query import ModelIterable

from .asking import Rows, ask, compound
from .reading import Reader

Row = TypeVar("Row", bound=Model)
Lookup = str | Prefetch
# What tells which row something belongs to, where nothing of its own does.
OWNER = "_owner"


class TogetherQuerySet(QuerySet[Row]):
    """A query set that can fetch along what belongs to its rows."""

    _along: tuple[Lookup, ...] = ()

    def along(self, *lookups: Lookup) -> Self:
        """Fetch along what belongs to each row: one query more, for however many lookups.

        Args:
            lookups: names of reverse foreign keys or of many-to-many fields, or a `Prefetch` of
                one with a query set of its own. A name may begin with foreign keys that are
                fetched already ("article__photos").

        """
        found: Any = self.all()
        found._along = (*self._along, *lookups)
        return found

    def _clone(self) -> Self:
        found: Any = super()._clone()  # type: ignore[misc]
        found._along = self._along
        return found

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._along and self._iterable_class is ModelIterable:
            give(self._result_cache or [], *self._along)


def fetch(*querysets: QuerySet[Any]) -> None:
    """Fill query sets, all in one query; those that are filled already stay as they are.

    Args:
        querysets: of the same database. What they fetch along (`TogetherQuerySet.along`) costs
            one query more for all of them; what they prefetch, as much as ever.

    """
    waiting = [one for one in querysets if one._result_cache is None]
    if not waiting:
        return
    using = waiting[0].db
    readers = [Reader(one, using) for one in waiting]
    asked = [reader for reader in readers if reader.sql]
    answers: dict[Reader, Rows] = {}
    if asked:
        params = [value for reader in asked for value in reader.params]
        sql = compound(asked, connections[using].vendor)
        answers = dict(zip(asked, ask(using, sql, params, len(asked)), strict=True))
    for one, reader in zip(waiting, readers, strict=True):
        one._result_cache = reader.read(answers.get(reader, ()))
    give_all([(one._result_cache or [], getattr(one, "_along", ())) for one in waiting])
    for one in waiting:
        # Nothing is fetched again; what Django prefetches is still to come.
        one._fetch_all()


@dataclass
class _Belonging:
    """Something that belongs to rows of one model.

    Attributes:
        name: as the rows call it.
        rows: all that belongs to any of them.
        owner: which of them a row belongs to, as a key.
        back: the field by which it knows that, where it has one.
        among: the query set that it was looked for in, where one was named.

    """

    name: str
    rows: Any
    owner: Callable[[Any], Any]
    back: Any
    among: QuerySet[Any] | None = None


def give(rows: Sequence[Model], *lookups: Lookup) -> None:
    """Give rows what belongs to them, so that `row.photos.all()` asks no more (one query).

    Args:
        rows: of one model.
        lookups: as those of `TogetherQuerySet.along`.

    """
    give_all([(rows, lookups)])


def give_all(wanted: Iterable[tuple[Sequence[Any], Sequence[Lookup]]]) -> None:
    """Give several lists of rows what belongs to them (one query for all)."""
    tasks = [
        (owners, _belonging(owners, lookup))
        for rows, lookups in wanted
        for lookup in lookups
        if (owners := _owners(rows, lookup))
    ]
    fetch(*(one.rows for _rows, one in tasks))
    for rows, one in tasks:
        _hand_out(rows, one)


def hand_out(rows: Sequence[Model], name: str, found: Iterable[Any]) -> None:
    """Let `row.<name>.all()` of several rows give what is here already.

    Args:
        rows: of one model.
        name: of a reverse foreign key.
        found: what belongs to any of them, in its order.

    """
    if not rows:
        return
    field: Any = rows[0]._meta.get_field(name)
    key = field.field.attname
    _hand_out(rows, _Belonging(name, found, lambda one: getattr(one, key), field.field))


def hang(row: Model, name: str, found: list[Any], among: QuerySet[Any] | None = None) -> None:
    """Let `row.<name>.all()` give what is here already.

    Whoever asks it for less (`row.<name>.filter(…)`) asks the database, for what belongs to the
    row, as with what Django prefetches.

    Args:
        row: any.
        name: of a reverse foreign key or a many-to-many field.
        found: what belongs to the row.
        among: the query set that it was looked for in; all there are, if none is named.

    """
    nothing = _nothing(_related(row, name).model)
    # All lists of a model share one query, for making it costs more than all else about a list that
    # is here already. Whoever asks it past `_chain`, as a part of another query, finds nothing.
    held = type(nothing)(model=nothing.model, query=nothing.query)
    held._chain = partial(_afresh, row, name, among)
    held._result_cache = found
    held._prefetch_done = True
    cache: dict[str, QuerySet[Any]] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = held


def _afresh(row: Model, name: str, among: QuerySet[Any] | None) -> Any:
    """Return the query set of what belongs to a row, for the database."""
    manager: Any = getattr(row, name)
    if hasattr(manager, "_apply_rel_filters"):
        rows = _related(row, name).all() if among is None else among.all()
        return manager._apply_rel_filters(rows)
    # taggit's manager filters where it makes its query set, and makes none while one is here.
    held = row.__dict__["_prefetched_objects_cache"].pop(name)
    try:
        return manager.all()
    finally:
        row.__dict__["_prefetched_objects_cache"][name] = held


@cache
def _nothing(model: Any) -> Any:
    return model._default_manager.none()


def _related(row: Model, name: str) -> Any:
    related: Any = row._meta.get_field(name).related_model
    return related._default_manager


def _owners(rows: Sequence[Any], lookup: Lookup) -> list[Any]:
    """Return whose belongings a lookup asks for: the rows, or what their foreign keys lead to."""
    *way, _name = _path(lookup).split("__")
    owners = list(rows) if rows and isinstance(rows[0], Model) else []
    for step in way:
        owners = [one for one in (getattr(row, step) for row in owners) if one is not None]
    return owners


def _path(lookup: Lookup) -> str:
    return lookup if isinstance(lookup, str) else lookup.prefetch_to


def _belonging(rows: Sequence[Model], lookup: Lookup) -> _Belonging:
    """Return what a lookup asks for."""
    name = _path(lookup).rpartition("__")[2]
    own = None if isinstance(lookup, str) else lookup.queryset
    field: Any = rows[0]._meta.get_field(name)
    found = _related(rows[0], name).all() if own is None else own.all()
    keys = list(dict.fromkeys(row.pk for row in rows))
    if field.one_to_many:
        back = field.field
        key = back.attname
        rows_of = found.filter(**{f"{key}__in": keys})
        return _Belonging(name, rows_of, lambda one: getattr(one, key), back, own)
    if not field.many_to_many:
        raise TypeError(f"{name} is neither a reverse foreign key nor a many-to-many field")
    # A field of our own leads back over the table between; taggit's names the way otherwise.
    way = field.related_query_name()
    marked = found.filter(**{f"{way}__in": keys}).annotate(**{OWNER: F(f"{way}__pk")})
    return _Belonging(name, marked, lambda one: getattr(one, OWNER), None, own)


def _hand_out(rows: Sequence[Model], belonging: _Belonging) -> None:
    """Hang what was found on the rows it belongs to."""
    by_owner: dict[Any, list[Any]] = defaultdict(list)
    for one in belonging.rows:
        by_owner[belonging.owner(one)].append(one)
    back = belonging.back
    for row in rows:
        mine = list(by_owner.get(row.pk, ()))
        if back is not None:
            for one in mine:
                if not back.is_cached(one):
                    setattr(one, back.name, row)
        hang(row, belonging.name, mine, belonging.among)
