"""The areas of a page: read, replaced as a whole, told apart from what somebody else has saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from issues import shapes
from issues.models import Page, PageArea, Placement


@dataclass(frozen=True)
class Outline:
    """An outline of a story on the page, not saved yet."""

    placement: Placement
    points: list[shapes.Point]


class AreasChangedError(Exception):
    """Somebody else has saved the page's areas meanwhile."""


def areas_of(page: Page) -> QuerySet[PageArea]:
    """Return a page's areas in the order of its stories."""
    return PageArea.objects.filter(placement__page=page).select_related("placement__article")


def state_of(page: Page) -> str:
    """Return a short text that is another one as soon as the page's areas are."""
    rows = list(areas_of(page).values_list("placement_id", "position", "points"))
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


@transaction.atomic
def replace_areas(page: Page, outlines: Iterable[Outline], *, seen: str) -> list[PageArea]:
    """Replace all areas of a page.

    Args:
        page: the page; it is locked, so that two who save at once come one after the other.
        outlines: all that shall be there, in order; their stories stand on this page.
        seen: the page's `state_of` that the outlines were made from.

    Raises:
        AreasChangedError: when the areas have changed since.
        ValidationError: when one is no shape; then nothing is changed.
        ValueError: when a story stands on another page.

    """
    Page.objects.select_for_update().get(pk=page.pk)
    if state_of(page) != seen:
        raise AreasChangedError
    count: dict[int, int] = {}
    areas = []
    for outline in outlines:
        placement = outline.placement
        if placement.page_id != page.pk:
            raise ValueError(f"{placement} does not stand on {page}")
        count[placement.pk] = count.get(placement.pk, 0) + 1
        areas.append(PageArea.over(placement, outline.points, count[placement.pk]))
    areas_of(page).order_by().delete()
    return PageArea.objects.bulk_create(areas)
