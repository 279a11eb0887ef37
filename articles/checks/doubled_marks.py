"""Doubled punctuation: ，， and ，。 and 。”。, but not ?! or …… or ——."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .copy import Copy, before, is_han
from .problem import Problem, found_at

RUN = re.compile(r"[，。、；：！？,;:!?]{2,}")
CRIES = frozenset("！？!?")
FULL = str.maketrans(",;:!?", "，；：！？")
# GB/T 15834-2011, 4.3.2.2: at most three exclamation marks in a row.
MOST_CRIES = 3
# A stop on both sides of a closing quotation mark; of 吗？”。 either may be meant.
AROUND_QUOTE = re.compile(r"(?P<inner>[。，；])(?P<quote>[”’」』])(?P=inner)")
CLOSED_BEFORE = frozenset("”’」』》）)】")


def doubled_marks(copy: Copy) -> Iterator[Problem]:
    """Find stops that stand twice or fight each other."""
    for field, start, line in copy.lines():
        text = copy.texts[field]
        for run in RUN.finditer(line):
            instead = _instead(run[0])
            if instead is None or not _is_chinese(line, run):
                continue
            span = (start + run.start(), start + run.end())
            message = _("Punctuation marks stand side by side.")
            yield found_at("doubled_mark", message, field, text, span, instead)
        for found in AROUND_QUOTE.finditer(line):
            span = (start + found.start(), start + found.end())
            message = _("The stop stands inside the quotation mark and outside again.")
            kept = found["inner"] + found["quote"]
            if found["inner"] != "。":
                kept = found["quote"] + found["inner"]
            yield found_at("doubled_mark", message, field, text, span, kept)


def _is_chinese(line: str, run: re.Match[str]) -> bool:
    if any(mark in "，。、；：！？" for mark in run[0]):
        return True
    previous = before(line, run.start())
    return is_han(previous) or previous in CLOSED_BEFORE


def _instead(run: str) -> str | None:
    """Return what a run of marks should be; None where it may stay."""
    cries = [mark for mark in run if mark in CRIES]
    if len(cries) == len(run):
        return "".join(cries[:MOST_CRIES]) if len(run) > MOST_CRIES else None
    marks = [mark.translate(FULL) for mark in run]
    if cries:
        return "".join(mark.translate(FULL) for mark in cries[:MOST_CRIES])
    if set(marks) == {"。"}:
        return "……" if len(marks) > 2 else "。"
    return next((mark for mark in "。；" if mark in marks), marks[-1])
