"""An issue's record, as lines somebody can read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.record_sheet import name_of
from issues.models import Issue, IssueEvent, Page
from issues.scheduling import day_in_words


@dataclass(frozen=True)
class Entry:
    """One step of an issue.

    Attributes:
        at: when.
        who: the person's name; "" for a program.
        what: what was done.
        change: what it changed (hours, the story and its page), "" where that says nothing more.
        note: the reason.

    """

    at: datetime.datetime
    who: str
    what: str
    change: str
    note: str


def entries_of(issue: Issue, most: int | None = None) -> list[Entry]:
    """Return an issue's record, the latest step first (one query).

    Args:
        issue: the issue.
        most: how many steps; all, if none is given.

    """
    events = issue.events.select_related("by")
    return [
        Entry(
            event.at, name_of(event.by), str(event.get_kind_display()), change_of(event), event.note
        )
        for event in (events if most is None else events[:most])
    ]


def change_of(event: IssueEvent) -> str:
    """Say what a step changed."""
    details: dict[str, Any] = event.details
    parts = []
    if story := details.get("story"):
        parts.append(_("“%(story)s”, page %(page)s") % {"story": story, "page": details["page"]})
    elif names := details.get("names"):
        parts.append(_("page %(page)s") % {"page": details["page"]})
        parts += [_name_change(role, *pair) for role, pair in names.items()]
    old, new = (_hour(details.get(name)) for name in ("old", "new"))
    if old and new:
        parts.append(_("%(old)s → %(new)s") % {"old": old, "new": new})
    elif new:
        parts.append(new)
    elif old:
        parts.append(_("was %(old)s") % {"old": old})
    if dates := details.get("dates"):
        old, new = (_day(one) for one in dates)
        parts.append(_("dated %(new)s instead of %(old)s") % {"old": old, "new": new})
    if (count := details.get("stories")) is not None:
        said = ngettext("%(count)d story along with it", "%(count)d stories along with it", count)
        parts.append(said % {"count": count})
    return " · ".join(parts)


def _name_change(role: str, old: str, new: str) -> str:
    """Say who answered for a page before and who does now, as what."""
    column: Any = Page._meta.get_field(role)
    said = {"role": column.verbose_name, "old": old or "—", "new": new or "—"}
    return _("%(role)s: %(old)s → %(new)s") % said


def _hour(iso: str | None) -> str:
    if not iso:
        return ""
    moment = timezone.localtime(datetime.datetime.fromisoformat(iso))
    return date_format(moment, "DATETIME_FORMAT")


def _day(iso: str) -> str:
    return day_in_words(datetime.date.fromisoformat(iso))
