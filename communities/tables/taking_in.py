"""Taking a file in: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from communities import naming
from communities.tables.comparing import Comparison, Line, State, compare
from communities.tables.files import Row
from communities.tables.table import Table


class NotTakenInError(ValidationError):
    """Nothing was taken in; `comparison` says why, line by line."""

    def __init__(self, message: Any, code: str, comparison: Comparison) -> None:
        """Keep what was found."""
        super().__init__(message, code=code)
        self.comparison = comparison


def may_take_in(user: User | AnonymousUser, table: Table) -> bool:
    """Tell whether somebody may change a whole table at once: only who keeps every place.

    Community managers do not: they keep a handful of stations, on pages that ask back, and a file
    may speak of places that are not theirs.
    """
    app, model = table.model._meta.app_label, table.model._meta.model_name
    verbs = (f"{app}.{verb}_{model}" for verb in ("add", "change"))
    return user.has_perms(["communities.manage_every_place", *verbs])


@transaction.atomic
def take_in(
    table: Table,
    rows: Sequence[Row],
    *,
    by: User | None,
    shown: Mapping[str, str] | None = None,
) -> Comparison:
    """Write what a file says: every line of it, or none.

    Args:
        table: of what.
        rows: the file's, as `files.read` returns them.
        by: who takes it in; None is the operator at a command line.
        shown: what was looked at (`Comparison.shown`); without it, whatever is found is written.

    Returns:
        What was written.

    Raises:
        NotTakenInError: codes "errors" and "nothing"; "moved" where a line would now do something
            else than was shown, because somebody has changed the row meanwhile.
        ValidationError: code "not_allowed".

    """
    if by is not None and not may_take_in(by, table):
        raise ValidationError(_("Only whoever keeps all places takes in tables."), "not_allowed")
    found = compare(table, rows, lock=True)
    if shown is not None and found.shown != dict(shown):
        for line in found.lines:
            line.is_moved = shown.get(str(line.number)) != line.digest
        message = _("Meanwhile somebody has changed what this file speaks of; look at it again.")
        raise NotTakenInError(message, "moved", found)
    if found.problems or found.faults:
        message = _("Nothing was taken in: the file has errors.")
        raise NotTakenInError(message, "errors", found)
    if not found.can_be_taken_in:
        raise NotTakenInError(_("There is nothing to take in."), "nothing", found)
    try:
        with naming.changing(*_named_anew(found)):
            _write(table, found)
    except IntegrityError:
        message = _("Meanwhile somebody has changed what this file speaks of; look at it again.")
        raise NotTakenInError(message, "moved", found) from None
    return found


def _named_anew(found: Comparison) -> list[Any]:
    """Return the rows that get a name: new ones, and those that are called otherwise now."""
    renamed = [
        line.row
        for line in found.of(State.CHANGED)
        if any({"name", "other_name"}.intersection(one.column.saved) for one in line.changes)
    ]
    return [*(line.row for line in found.of(State.NEW)), *renamed]


def _write(table: Table, found: Comparison) -> None:
    new, changed = found.of(State.NEW), found.of(State.CHANGED)
    for line in new:
        line.row.pk = None
    table.create([line.row for line in new])
    names = {name for line in changed for one in line.changes for name in one.column.saved}
    table.update([line.row for line in changed], sorted(names))
    _store(table, [*new, *changed])


def _store(table: Table, lines: Sequence[Line]) -> None:
    """Save what stands beside the rows: hours, amenities, services, people."""
    for column in table.columns:
        values = [
            (line.row, line.values[column.name]) for line in lines if column.name in line.values
        ]
        if values:
            column.store(values)
