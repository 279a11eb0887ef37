"""All signs of a page: what every block shows by itself, then what blocks show together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from . import cues
from .entries import mark_entries
from .kinship import count_siblings, measure_cohesion
from .series import mark_briefs, mark_items, mark_notices, mark_series_ends
from .signs import Ending, Hint, Signs, observe
from .wrapping import Block

_COLUMN_ANNOUNCED = re.compile(
    "(?:开设|推出|开辟|开办|设立|新设)[^。]{0,10}?[“《](?P<name>[^“”《》]{2,14})[”》]"
    "[^。]{0,6}(?:栏目|专栏|专版|专题|系列)"
)


def read_signs(blocks: Sequence[tuple[Block, Hint | None]]) -> list[Signs]:
    """Observe every block, then what blocks show together.

    Args:
        blocks: the page's blocks in order, with what they were cut off for.

    """
    signs = [observe(block, hint) for block, hint in blocks]
    _mark_columns(signs)
    _mark_speakers(signs)
    mark_notices(signs)
    mark_entries(signs)
    mark_items(signs)
    mark_briefs(signs)
    mark_series_ends(signs)
    count_siblings(signs)
    measure_cohesion(signs)
    return signs


def _mark_columns(signs: list[Signs]) -> None:
    """Take a short line for a column's head where the page says so: 开设“…”栏目, or repeats it."""
    names = {found["name"] for sign in signs for found in _COLUMN_ANNOUNCED.finditer(sign.text)}
    repeated = Counter(sign.text for sign in signs if sign.is_short and not sign.is_credit)
    for sign in signs:
        name = sign.text[sign.column.start : sign.column.end]
        if sign.is_short and name in names:
            sign.column = replace(sign.column, score=max(sign.column.score, 7.0))
        elif repeated[sign.text] > 1 and sign.width <= 10 and sign.ending is Ending.OPEN:
            sign.column = replace(sign.column, score=sign.column.score + 3.0)


def _mark_speakers(signs: list[Signs]) -> None:
    """Take a name before a colon for a speaker's once whole paragraphs open with it twice."""
    names = Counter(
        found["name"]
        for sign in signs
        if sign.ending is Ending.STOP and (found := cues.SPEAKER.match(sign.text)) and found["name"]
    )
    for sign in signs:
        found = cues.SPEAKER.match(sign.text)
        if found and found["name"] and names[found["name"]] >= 2:
            sign.is_speech = True
