"""The copy-desk's checks: what an editor should look at before a story goes on.

They warn and never block. Each rule is a pure function from a `Copy` to problems, in a module of
its own (`brackets`, `doubled_marks`, `doubled_words`, `names`, `places`, `sums`, `terms`,
`weekdays`, `widths`); `check` reads what they need from the database and asks them all.
"""

from .copy import Copy, TermEntry
from .gathering import check, copy_of, newsroom_copy, waivers_of
from .problem import Problem
from .recording import as_record
from .rules import examine

__all__ = [
    "Copy",
    "Problem",
    "TermEntry",
    "as_record",
    "check",
    "copy_of",
    "examine",
    "newsroom_copy",
    "waivers_of",
]
