"""A page divided among its stories: which orders are tried, and again where text lacks room."""

from __future__ import annotations

import math
from itertools import permutations
from typing import Any

from django.utils.translation import gettext as _

from issues.models import Role

from .arranging import Arrangement, Arranger, Items
from .blocks import Matter, StoryBlock
from .box import Box
from .sheets import Sheet

# Orders that are weighed: fewer of many blocks, for each costs more then.
MOST_ORDERS, MOST_LISTED, ORDERS_TIMES_BLOCKS = 60, 4000, 450
# How often a page is divided at most, if it has so few stories that this takes a second or two.
MOST_ATTEMPTS, FEW = 3, 14


def arranged(matters: list[Matter], sheet: Sheet, rows: int) -> Arrangement:
    """Return the division of a page among its stories.

    Where text that was reckoned to have room has none (a subhead may not end a column, a table is
    not divided), the page is divided once more with that in mind.
    """
    found = _tried(matters, sheet, rows)
    kept = list(matters)
    while found.cost == math.inf and len(kept) > 1:
        # There are more stories than the page has places: the last ones have none.
        kept = kept[: len(kept) * 4 // 5]
        found = _tried(kept, sheet, rows)
    return found


def _tried(matters: list[Matter], sheet: Sheet, rows: int) -> Arrangement:
    lacking: dict[int, int] = {}
    tried: list[tuple[int, float, int, Arrangement]] = []
    for attempt in range(MOST_ATTEMPTS if len(matters) <= FEW else 1):
        arranger = Arranger(rows)
        orders = _orders(_blocks(matters, sheet, arranger, lacking))
        found = arranger.best(orders, sheet.columns, rows)
        if found.cost == math.inf:
            # Far too much, or far too little: nothing is left out for being dear.
            arranger = Arranger(rows, math.inf)
            orders = _orders(_blocks(matters, sheet, arranger, lacking))
            found = arranger.best(orders, sheet.columns, rows)
        over = _over(found)
        tried.append((sum(over.values()), found.cost, attempt, found))
        if not over:
            break
        for key, many in over.items():
            lacking[key] = lacking.get(key, 0) + many
    return min(tried, key=lambda one: one[:3])[-1]


def _over(arrangement: Arrangement) -> dict[int, int]:
    """Return how many rows too many stories have, by their keys."""
    over = {}
    for place in arrangement.places:
        inside = [place]
        if isinstance(place.block, Box):
            inside = place.block.inside(place.columns, place.rows).places
        for one in inside:
            if isinstance(one.block, StoryBlock):
                standing = one.block.stand(one.columns, one.rows)
                if standing.rest and not one.block.story.turns_to:
                    over[one.block.story.key] = sum(line.rows for line in standing.rest)
    return over


def _blocks(
    matters: list[Matter], sheet: Sheet, arranger: Arranger, lacking: dict[int, int]
) -> list[Any]:
    blocks: list[Any] = []
    briefs: dict[str, list[StoryBlock]] = {}
    for matter in matters:
        block = StoryBlock(matter, sheet, lacking.get(matter.story.key, 0))
        if matter.story.role == Role.BRIEF:
            briefs.setdefault(matter.story.column, []).append(block)
        else:
            blocks.append(block)
    names = sorted(briefs, key=lambda name: not name)
    return [
        *blocks,
        *(Box(name or _("Briefs"), tuple(briefs[name]), sheet, arranger) for name in names),
    ]


def _orders(blocks: list[Any]) -> list[Items]:
    """Return orders in which blocks may stand: the lead first, the others as the editor has them.

    Pictures and boxes may stand anywhere behind the lead.
    """
    leads = [one for one in blocks if _role(one) == Role.LEAD]
    features = [one for one in blocks if _role(one) == Role.FEATURE]
    others = [one for one in blocks if one not in leads and one not in features]
    orders: list[Items] = []
    for many in permutations(others):
        for place in _places(len(features), len(many)):
            row = [*features]
            for where, one in zip(reversed(place), reversed(many), strict=True):
                row.insert(where, one)
            orders.append((*leads, *row))
            if len(orders) >= MOST_LISTED:
                return _some(orders)
    return _some(orders)


def _some(orders: list[Items]) -> list[Items]:
    count = len(orders[0])
    most = min(MOST_ORDERS, ORDERS_TIMES_BLOCKS // max(1, count)) if count <= FEW else 1
    step = max(1, len(orders) // most)
    return orders[::step][:most]


def _places(features: int, others: int) -> list[tuple[int, ...]]:
    """Return nondecreasing places among the features for the others."""
    if not others:
        return [()]
    rest = _places(features, others - 1)
    return [
        (*before, place)
        for before in rest
        for place in range(before[-1] if before else 0, features + 1)
    ]


def _role(block: Any) -> str:
    return block.story.role if isinstance(block, StoryBlock) else Role.BRIEF
