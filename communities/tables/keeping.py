"""Keeping an upload while somebody looks through it: one a person and table, for some hours."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from communities.models import TableFile
from communities.tables.comparing import Comparison
from communities.tables.table import Table

LONGEST_NAME = 200


def keep(
    table: Table, content: bytes, *, name: str, by: User, at: datetime.datetime | None = None
) -> TableFile:
    """Keep a file for whoever uploaded it, in place of the one before; expired ones go.

    Args:
        table: of what.
        content: the file's bytes, already bounded by `files.MOST_BYTES`.
        name: what it was called.
        by: who uploaded it.
        at: when; now, if nothing is given.

    """
    moment = at or timezone.now()
    TableFile.objects.expired(moment).delete()
    kept, _made = TableFile.objects.update_or_create(
        by=by,
        kind=table.kind,
        defaults={
            "name": name[-LONGEST_NAME:],
            "content": content,
            "shown": {},
            "made_at": moment,
        },
    )
    return kept


def kept_for(user: User, table: Table, at: datetime.datetime | None = None) -> TableFile | None:
    """Return the file that waits for somebody's word, if one does."""
    waiting = TableFile.objects.waiting(at or timezone.now())
    return waiting.filter(by=user, kind=table.kind).first()


def note_shown(kept: TableFile, comparison: Comparison) -> None:
    """Remember what somebody has been shown of each line."""
    kept.shown = comparison.shown
    kept.save(update_fields=["shown"])
