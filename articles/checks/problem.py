"""What a check found in a story: data, never an exception."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.functional import Promise

# Characters on either side that tell one place in a text from another.
CONTEXT = 8


@dataclass(frozen=True)
class Problem:
    """Something an editor should look at; never a reason to refuse a text.

    Attributes:
        key: the same for the same passage in the same surroundings however often the text is
            checked, so that a waiver stays with it.
        kind: which rule found it: `doubled_mark`, `doubled_word`, `width`, `unclosed`, `sum`,
            `name`, `place`, `date`, `sensitive` or `preferred`.
        message: a sentence in the reader's language.
        field: `kicker`, `headline`, `deck`, `body`, or `caption-0`, `caption-1` … in their order.
        start: where in the field the passage begins, in code points.
        end: where it ends.
        quote: the passage.
        suggestion: what to write instead of it; None where the check doesn't know.

    """

    key: str
    kind: str
    message: str | Promise
    field: str
    start: int
    end: int
    quote: str
    suggestion: str | None = None


def key_of(kind: str, *parts: str) -> str:
    """Return a short key for a kind of problem and what tells it from others of its kind."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{digest[:24]}"


def in_context(kind: str, text: str, start: int, end: int) -> str:
    """Return the key of a passage by its words and those around it on its line."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    before = text[max(line_start, start - CONTEXT) : start]
    after = text[end : min(end + CONTEXT, len(text) if line_end < 0 else line_end)]
    return key_of(kind, before, text[start:end], after)


def found_at(
    kind: str,
    message: str | Promise,
    field: str,
    text: str,
    span: tuple[int, int],
    suggestion: str | None = None,
) -> Problem:
    """Return a problem with a passage, told from others by its surroundings.

    Args:
        kind: which rule.
        message: what is wrong.
        field: the field the passage stands in.
        text: the field's text as it was typed.
        span: where in it the passage begins and ends.
        suggestion: what to write instead.

    """
    start, end = span
    key = in_context(kind, text, start, end)
    return Problem(key, kind, message, field, start, end, text[start:end], suggestion)
