"""The admin's long lists, counted no further than anybody leafs."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

# So many rows are counted: two hundred pages. Who looks for more has a search and filters.
COUNTED = 10_000


class CappedPaginator(Paginator):
    """Pages of a list of which no more than `COUNTED` rows are counted or shown.

    Counting a hundred thousand stories takes longer than fetching the page that is shown.
    """

    @cached_property
    def count(self) -> int:
        """The number of rows, or `COUNTED` where there are more."""
        return min(self._found, COUNTED)

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._found > COUNTED

    @cached_property
    def _found(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[: COUNTED + 1].count()
