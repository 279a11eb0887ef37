"""How a station stands at a moment, and the words for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .hours import MIDNIGHT, Weekday, clock

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How a station stands at a moment.

    Attributes:
        at: the moment, by the newsroom's clocks.
        is_open: whether somebody who stood before the door could come in.
        changes_at: when that changes; None where it does not within two weeks.
        closed_for_repair: whether it is closed for repair.
        reason: why it is closed all day: a holiday's name, or the note of a special day.

    """

    at: datetime.datetime
    is_open: bool
    changes_at: datetime.datetime | None
    closed_for_repair: bool = False
    closed_all_day: bool = False
    reason: str = ""

    @property
    def words(self) -> str:
        """The standing as a notice board would put it, e.g. "Open until 17:30"."""
        if self.is_open:
            return self._until()
        if self.closed_for_repair:
            return _("Closed for repair")
        if self.changes_at is not None and self.changes_at.date() == self.at.date():
            return _("Opens at %(hour)s") % {"hour": clock(self.changes_at.time())}
        said = _("Closed today") if self.closed_all_day else _("Closed for today")
        if self.reason:
            said = _("%(said)s (%(reason)s)") % {"said": said, "reason": self.reason}
        if self.changes_at is None:
            return said
        return _("%(said)s, opens %(day)s at %(hour)s") % {
            "said": said,
            "day": self._day_of(self.changes_at),
            "hour": clock(self.changes_at.time()),
        }

    def _until(self) -> str:
        if self.changes_at is None:
            return _("Open day and night")
        if self.changes_at - self.at > 2 * DAY:
            return _("Open day and night until %(day)s") % {"day": self._day_of(self.changes_at)}
        hour = clock(self.changes_at.time())
        if self.changes_at.time() == MIDNIGHT:
            hour = "24:00"
            last_day = self.changes_at.date() - DAY
        else:
            last_day = self.changes_at.date()
        if last_day == self.at.date():
            return _("Open until %(hour)s") % {"hour": hour}
        return _("Open until %(hour)s tomorrow") % {"hour": hour}

    def _day_of(self, moment: datetime.datetime) -> str:
        days = (moment.date() - self.at.date()).days
        if days == 1:
            return _("tomorrow")
        if days < 7:
            return str(Weekday(moment.weekday()).label)
        return _("%(month)d-%(day)d") % {"month": moment.month, "day": moment.day}
