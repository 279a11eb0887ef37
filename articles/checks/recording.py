"""Problems as plain data, for the record of a review and for the form's script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.models import Waiver

from .problem import Problem


def as_record(problems: Iterable[Problem], waivers: Iterable[Waiver] = ()) -> list[dict[str, Any]]:
    """Return problems as they are stored with a review, with the reasons of those waved through.

    Args:
        problems: what the checks found.
        waivers: the story's, with `by` at hand.

    Returns:
        One object a problem: `key`, `kind`, `message` (in the language now spoken), `field`,
        `start`, `end`, `quote`, `suggestion` (or None), and `reason`, `by` (a name) and `at` (ISO
        8601) of the waiver, "" where there is none.

    """
    waived = {waiver.key: waiver for waiver in waivers}
    return [
        {
            "key": problem.key,
            "kind": problem.kind,
            "message": str(problem.message),
            "field": problem.field,
            "start": problem.start,
            "end": problem.end,
            "quote": problem.quote,
            "suggestion": problem.suggestion,
            **_of(waived.get(problem.key)),
        }
        for problem in problems
    ]


def _of(waiver: Waiver | None) -> dict[str, str]:
    if waiver is None:
        return {"reason": "", "by": "", "at": ""}
    by = waiver.by.get_full_name() or waiver.by.get_username()
    return {"reason": waiver.reason, "by": by, "at": waiver.at.isoformat()}
