"""What places ask of the stories that name them."""

from __future__ import annotations

from typing import Any, Protocol, Self

from django.db.models import QuerySet


class ListingQuery(Protocol):
    """A page of a list of stories that is still to be fetched."""

    @property
    def rows(self) -> QuerySet[Any]:
        """What it is fetched by."""
        ...

    def listing(self) -> object:
        """Return the page."""
        ...


class Stories(Protocol):
    """A query set of stories, said here in words because places never import stories."""

    def for_lists(self) -> Self:
        """Fetch what a list of stories shows."""
        ...

    def listing_query(self, place: str = "") -> ListingQuery:
        """Return the query of one page of the list, from a place on."""
        ...

    def photo_news(self) -> Self:
        """Leave photo news that has a picture."""
        ...

    def __getitem__(self, rows: slice) -> QuerySet[Any]: ...
