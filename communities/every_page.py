"""What stands on every page of the site: fetched along with what the page is about.

Places and stories know nothing of issues, but their pages name the latest one. Whoever knows it
says here how it is fetched, and pages that are fetched in one go take it along.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.utils import timezone

from communities.together import Given, Prepared

# The moment a page is for, in prepared queries.
# It stands where query sets expect a moment.
AT: Any = Given("at", DateTimeField())

Parts = dict[str, QuerySet[Any]]
_makers: list[Callable[[], Parts]] = []
_shown: list[Callable[[dict[str, list[Any]]], dict[str, Any]]] = []


def register(
    parts: Callable[[], Parts], shown: Callable[[dict[str, list[Any]]], dict[str, Any]]
) -> None:
    """Say what stands on every page.

    Args:
        parts: returns query sets by name, in terms of the moment `AT`.
        shown: turns what was found by them into what templates are given.

    """
    _makers.append(parts)
    _shown.append(shown)


def parts() -> Parts:
    """Return the query sets of what stands on every page, to be prepared with others."""
    return {name: rows for make in _makers for name, rows in make().items()}


def shown(found: dict[str, list[Any]]) -> dict[str, Any]:
    """Return what templates are given, out of what `parts` has found."""
    return {name: value for show in _shown for name, value in show(found).items()}


def fetched(at: datetime.datetime | None = None) -> dict[str, Any]:
    """Return what templates are given, for a page that did not take it along (one query)."""
    return shown(ALONE.fetch(at=at or timezone.now()))


ALONE = Prepared(parts)
