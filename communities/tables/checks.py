"""A model's check constraints asked of thousands of rows without thousands of questions.

Django's own `CheckConstraint.validate` asks the database for every row and constraint, each time in
a transaction of its own. The conditions are simple enough to be reckoned here; one that is not
goes the long way.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "range": lambda value, ends: bool(ends[0] <= value <= ends[1]),
}


class NotSimpleError(Exception):
    """A condition that only the database can reckon."""


def violated(row: Model) -> Iterator[CheckConstraint]:
    """Yield the check constraints that a row breaks."""
    for constraint in row._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        try:
            # As in SQL, a check that cannot be decided is not broken.
            broken = holds(constraint.condition, row) is False
        except NotSimpleError:
            broken = _asked(constraint, row)
        if broken:
            yield constraint


def holds(condition: Any, row: Model) -> bool | None:
    """Tell whether a condition holds for a row; None where a NULL leaves it open.

    Raises:
        NotSimpleError: where it has a lookup or an expression that is not known here.

    """
    if not isinstance(condition, Q):
        raise NotSimpleError
    found: list[bool | None] = []
    for child in condition.children:
        if isinstance(child, tuple):
            lookup, value = child
            found.append(_compared(lookup, value, row))
        else:
            found.append(holds(child, row))
    decisive = condition.connector == Q.OR
    answer: bool | None = not decisive
    if decisive in found:
        answer = decisive
    elif None in found:
        answer = None
    return not answer if condition.negated and answer is not None else answer


def _compared(lookup: str, value: Any, row: Model) -> bool | None:
    name, _dunder, comparison = lookup.partition("__")
    mine = getattr(row, getattr(row._meta.get_field(name), "attname", name))
    if comparison == "isnull":
        return bool((mine is None) == value)
    compare = COMPARISONS.get(comparison or "exact")
    other = getattr(row, cast(Any, value).name, None) if isinstance(value, F) else value
    if compare is None or hasattr(other, "resolve_expression"):
        raise NotSimpleError
    if mine is None or other is None:
        return None
    return compare(mine, other)


def _asked(constraint: CheckConstraint, row: Model) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return True
    return False
