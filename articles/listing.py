"""Long lists by the page, without counting and without skipping.

A page begins at a place in the order (publication time and key) instead of at the n-th row, so the
thousandth page costs what the first does, and nothing moves when a story is published meanwhile.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
OLDER, NEWER = "before", "after"
LARGEST_KEY = 2**63 - 1


class PlaceError(ValueError):
    """A place in a list that this module never gave out."""


@dataclass(frozen=True)
class Place:
    """A story's place in publication order, and which way to read from it."""

    direction: str = OLDER
    publish_at: datetime.datetime | None = None
    key: int = 0

    @classmethod
    def read(cls, text: str) -> Place:
        """Read a place from an address ("before-1730332800000000-57"; "" is the beginning).

        Raises:
            PlaceError: when it is anything else.

        """
        if not text:
            return cls()
        try:
            direction, microseconds, key = text.split("-")
            if direction not in (OLDER, NEWER) or not (microseconds + key).isascii():
                raise PlaceError(text)
            if not 0 <= int(key) <= LARGEST_KEY:
                raise PlaceError(text)
            publish_at = EPOCH + datetime.timedelta(microseconds=int(microseconds))
        except (ValueError, OverflowError):
            raise PlaceError(text) from None
        return cls(direction, publish_at, int(key))

    @classmethod
    def at(cls, row: Model, direction: str) -> str:
        """Write the place of a row."""
        microseconds = (row.publish_at - EPOCH) // datetime.timedelta(microseconds=1)  # type: ignore[attr-defined]
        return f"{direction}-{microseconds}-{row.pk}"

    def condition(self) -> Q:
        """The rows on the other side of the place.

        The first part repeats what the second says; it is there so that an index can be walked.
        """
        if self.publish_at is None:
            return Q()
        if self.direction == OLDER:
            return Q(publish_at__lte=self.publish_at) & (
                Q(publish_at__lt=self.publish_at) | Q(pk__lt=self.key)
            )
        return Q(publish_at__gte=self.publish_at) & (
            Q(publish_at__gt=self.publish_at) | Q(pk__gt=self.key)
        )


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """One page of a list: its rows, and where the older and the newer page begin ("" for none)."""

    rows: list[Row]
    older: str
    newer: str

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows, so that a template can say `for story in listing`."""
        return iter(self.rows)

    def __len__(self) -> int:
        """The number of rows on this page."""
        return len(self.rows)


@dataclass(frozen=True)
class ListingQuery(Generic[Row]):
    """A page of a list that is still to be fetched.

    Attributes:
        rows: what it is fetched by; whoever fetches several lists at once fills it with them.
        place: where the page begins.
        per_page: how many rows.

    """

    rows: QuerySet[Row]
    place: Place
    per_page: int

    @classmethod
    def of(cls, rows: QuerySet[Row], place: Place, per_page: int) -> ListingQuery[Row]:
        """Return the query of a page (`rows` are ordered newest first)."""
        before = len(rows.query.where.children)
        some = rows.filter(place.condition())
        # "Public until now" bounds the hour too, and SQLite walks an index from the first bound it
        # is given: through all that is newer than the place, if that were "now".
        asked = some.query.where.children
        some.query.where.children = [*asked[before:], *asked[:before]]
        if place.direction == NEWER and place.publish_at is not None:
            some = some.reverse()
        return cls(some[: per_page + 1], place, per_page)

    def listing(self) -> Listing[Row]:
        """Return the page: one query, and what it fetches along; none where it is filled."""
        found = list(self.rows)
        is_longer, found = len(found) > self.per_page, found[: self.per_page]
        has_newer, has_older = self.place.publish_at is not None, is_longer
        if self.place.direction == NEWER and has_newer:
            found.reverse()
            has_newer, has_older = is_longer, True
        return Listing(
            rows=found,
            older=Place.at(found[-1], OLDER) if found and has_older else "",
            newer=Place.at(found[0], NEWER) if found and has_newer else "",
        )
