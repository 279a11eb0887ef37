"""Single dates of an activity that are cancelled or moved."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .hours import MIDNIGHT

if TYPE_CHECKING:
    from .activity import Activity


class ChangedDate(models.Model):
    """A date on which an activity does not take place as it usually would.

    Without another day it is cancelled; with one it takes place then, at the usual hours unless
    others are given.
    """

    activity: models.ForeignKey[Activity, Activity] = models.ForeignKey(
        "communities.Activity",
        verbose_name=_("activity"),
        related_name="changed_dates",
        on_delete=models.CASCADE,
    )
    on = models.DateField(_("the date it would fall on"))
    moved_to = models.DateField(
        _("takes place instead on"),
        null=True,
        blank=True,
        help_text=_("Left empty: cancelled on this date. The same day: at other hours."),
    )
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    note = models.CharField(
        _("reason"),
        max_length=120,
        blank=True,
        help_text=_("Shown to the public, e.g. 医生外出培训"),
    )

    class Meta:
        verbose_name = _("changed date")
        verbose_name_plural = _("changed dates")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "on"],
                name="communities_changeddate_once",
                violation_error_message=_("This date is already changed above."),
            ),
            models.CheckConstraint(
                name="communities_changeddate_hours_of_moved",
                condition=Q(moved_to__isnull=False)
                | Q(starts_at__isnull=True, ends_at__isnull=True),
                violation_error_message=_("Hours without a day: give the day it takes place on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"

    def clean(self) -> None:
        """Refuse hours that end before they begin.

        Raises:
            ValidationError: at `ends_at`; code "order".

        """
        if self.starts_at is None and self.ends_at is not None:
            raise ValidationError(
                {"starts_at": ValidationError(_("Say when it begins, too."), code="missing")}
            )
        if not ends_later(self.starts_at, self.ends_at):
            raise ValidationError({"ends_at": ValidationError(ENDS_TOO_EARLY, code="order")})

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing takes place."""
        return self.moved_to is None


ENDS_TOO_EARLY = _("It has to end later than it begins.")


def ends_later(starts_at: datetime.time | None, ends_at: datetime.time | None) -> bool:
    """Whether an end lies behind a beginning; 0:00 is the end of the day."""
    return starts_at is None or ends_at is None or ends_at == MIDNIGHT or ends_at > starts_at
