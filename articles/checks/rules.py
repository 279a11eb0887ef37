"""All rules together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .brackets import brackets
from .copy import Copy
from .doubled_marks import doubled_marks
from .doubled_words import doubled_words
from .names import names
from .places import places
from .problem import Problem
from .sums import sums
from .terms import terms
from .weekdays import weekdays
from .widths import widths

RULES: tuple[Callable[[Copy], Iterator[Problem]], ...] = (
    terms,
    names,
    places,
    sums,
    weekdays,
    brackets,
    doubled_words,
    doubled_marks,
    widths,
)
# Past this many a list helps nobody; the first ones of each rule are what gets read.
MOST = 200


def examine(copy: Copy) -> list[Problem]:
    """Return what all the rules find in a text, in the order of the text."""
    order = {field: n for n, field in enumerate(copy.texts)}
    found = [problem for rule in RULES for problem in rule(copy)]
    found.sort(key=lambda one: (order[one.field], one.start, one.end))
    return found[:MOST]
