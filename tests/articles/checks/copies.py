"""Texts as the rules see them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from articles.checks import Copy, Problem, TermEntry

DAY = datetime.date(2026, 11, 23)  # a Monday
PLACES = frozenset(
    ["临澄区", "北仓街道", "青石镇", "北仓社区", "柳堤社区", "棉纺新村社区", "文昌里社区", "沙湾村"]
)


def copy_of(body: str, **fields: object) -> Copy:
    """Return a story of the invented district with a body, and other fields by name."""
    given = {"date": DAY, "communities": PLACES, **fields}
    texts = {name: given.pop(name) for name in ("kicker", "headline", "deck") if name in given}
    return Copy({**texts, "body": body}, **given)


def said(rule: Callable[[Copy], Iterator[Problem]], body: str, **fields: object):
    """Return what a rule finds in a body: (passage, what to write instead)."""
    return [(one.quote, one.suggestion) for one in rule(copy_of(body, **fields))]


def term(text: str, kind: str = "preferred", replacement: str = "", reason: str = "") -> TermEntry:
    return TermEntry(text, kind, replacement, reason)
