"""Who answers for a page, corrected after the issue has been locked.

The names of page editor, layout and proof-reader are printed and stay on record. While an issue is
planned they are changed in its form; from the locking on by this verb alone, with a reason, and
what they were is kept.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from articles.stages import Person
from issues.models import IssueEvent, Page, Stage, gate
from issues.scheduling import Moment, ScheduleError, begin, reason_of, record

# What people are to a page, as its columns say it.
STAFF = ("editor", "layout", "proof")


@transaction.atomic
def correct_staff(
    page: Page,
    *,
    editor: str,
    layout: str,
    proof: str,
    by: Person,
    note: str,
    at: Moment | None = None,
) -> IssueEvent:
    """Correct who answered for a page of an issue that is locked, scheduled or live.

    Args:
        page: the page.
        editor: the page editor's name; "" for nobody.
        layout: who laid it out.
        proof: the proof-reader's.
        by: who corrects it.
        note: why; it stays on record.
        at: the moment; now, if none is given.

    Raises:
        PermissionDenied: without the right to schedule.
        ScheduleError: when the issue is still planned (its form is open), no reason is given, or
            the names are those the page has already.

    """
    row, moment = begin(page.issue, by, at, Stage.LOCKED, Stage.SCHEDULED, Stage.LIVE)
    fresh = Page.objects.select_for_update().get(pk=page.pk)
    reason = reason_of(note)
    given = dict(zip(STAFF, (editor.strip(), layout.strip(), proof.strip()), strict=True))
    names = {
        role: [getattr(fresh, role), name]
        for role, name in given.items()
        if getattr(fresh, role) != name
    }
    if not names:
        raise ScheduleError(_("These are the names the page has already."))
    for role, name in given.items():
        setattr(page, role, name)
    with gate.opened():
        Page.objects.filter(pk=page.pk).update(**given)
    details = {"page": page.code, "names": names}
    return record(row, IssueEvent.Kind.STAFF, by, moment, reason, **details)
