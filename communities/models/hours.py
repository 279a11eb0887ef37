"""When a station is open: its week, its special days, and the newsroom's public holidays."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .station import ServiceStation

MIDNIGHT = datetime.time(0)
# A station that closes at 0:00 closes when the day ends.
CLOSES_LATER = Q(closes_at__gt=F("opens_at")) | Q(closes_at=MIDNIGHT)
Calendar = dict[datetime.date, "Holiday"]


class Weekday(models.IntegerChoices):
    """Days of the week, Monday 0 as in ISO 8601 and Python's date.weekday(); then public holidays.

    Public holidays stand beside the weekdays as `PH` does in OpenStreetMap's `opening_hours`.
    """

    MONDAY = 0, _("Mon")
    TUESDAY = 1, _("Tue")
    WEDNESDAY = 2, _("Wed")
    THURSDAY = 3, _("Thu")
    FRIDAY = 4, _("Fri")
    SATURDAY = 5, _("Sat")
    SUNDAY = 6, _("Sun")
    HOLIDAY = 7, _("Holidays")


class Span(models.Model):
    """From when to when; both or, where a subclass allows it, neither."""

    opens_at: models.TimeField[datetime.time | None, datetime.time | None]
    closes_at: models.TimeField[datetime.time | None, datetime.time | None]

    class Meta:
        abstract = True

    @property
    def span(self) -> str:
        """The span as printed, e.g. "8:30–12:00"; "" where there is none."""
        if self.opens_at is None or self.closes_at is None:
            return ""
        closes = "24:00" if self.closes_at == MIDNIGHT else clock(self.closes_at)
        return f"{clock(self.opens_at)}–{closes}"


class OpeningHours(Span):
    """One span of one weekday; a day with a noon break has two rows."""

    station: models.ForeignKey[ServiceStation, ServiceStation] = models.ForeignKey(
        "communities.ServiceStation",
        verbose_name=_("service station"),
        related_name="hours",
        on_delete=models.CASCADE,
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"), help_text=_("0:00 is the end of the day."))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                name="communities_openinghours_weekday",
                condition=Q(weekday__range=(0, 7)),
                violation_error_message=_("A week has seven days, Monday is the first."),
            ),
            models.CheckConstraint(
                name="communities_openinghours_closes_later",
                condition=CLOSES_LATER,
                violation_error_message=_("Closing time must be later than opening time."),
            ),
            models.UniqueConstraint(
                fields=["station", "weekday", "opens_at"],
                name="communities_openinghours_once",
                violation_error_message=_("These hours are already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {self.span}"


class SpecialDayQuerySet(models.QuerySet["SpecialDay"]):
    """Questions about special days."""

    def on(self, day: datetime.date) -> SpecialDayQuerySet:
        """Rows that say something about a day."""
        return self.filter(first_on__lte=day, last_on__gte=day)

    def ending_after(self, day: datetime.date) -> SpecialDayQuerySet:
        """Rows that still have a day to come, counted from this one on."""
        return self.filter(last_on__gte=day)


class SpecialDay(Span):
    """Days on which other hours hold than in any other week, or none at all.

    One row is one span, as in the week; where several rows speak of a day their spans add up, and
    the week says nothing about it. Without times a row says "closed".
    """

    station: models.ForeignKey[ServiceStation, ServiceStation] = models.ForeignKey(
        "communities.ServiceStation",
        verbose_name=_("service station"),
        related_name="special_days",
        on_delete=models.CASCADE,
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(
        _("closes at"), null=True, blank=True, help_text=_("Both times left empty: closed.")
    )
    note = models.CharField(
        _("reason"), max_length=80, blank=True, help_text=_("Shown to the public, e.g. 年终盘点")
    )

    objects = SpecialDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["first_on", "last_on", "opens_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communities_specialday_in_order",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="communities_specialday_times_whole",
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                violation_error_message=_("Give both times, or neither for a day that is closed."),
            ),
            models.CheckConstraint(
                name="communities_specialday_closes_later",
                condition=Q(closes_at__isnull=True) | CLOSES_LATER,
                violation_error_message=_("Closing time must be later than opening time."),
            ),
        ]
        indexes = [models.Index(fields=["station", "last_on", "first_on"], name="special_days_of")]

    def __str__(self) -> str:
        return f"{self.first_on:%Y-%m-%d} {self.span or _('closed')}"

    def covers(self, day: datetime.date) -> bool:
        """Whether the row speaks of a day."""
        return self.first_on <= day <= self.last_on


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Questions about public holidays."""

    def calendar(self, first: datetime.date, last: datetime.date) -> Calendar:
        """Return what is known of the days from the first to the last, both included (one query).

        Where a day off and a day of work meet, which the form refuses, the day off holds.
        """
        rows = self.filter(first_on__lte=last, last_on__gte=first).order_by("-is_worked", "pk")
        found: Calendar = {}
        for row in rows:
            day = max(row.first_on, first)
            while day <= min(row.last_on, last):
                found[day] = row
                day += datetime.timedelta(days=1)
        return found


class Holiday(models.Model):
    """Days off for everybody, and the weekends that are worked in exchange (调休).

    The State Council's office announces them for a year ahead; the newsroom copies them here. A
    day that is not listed is an ordinary weekday.
    """

    name = models.CharField(_("name"), max_length=20, help_text=_("e.g. 国庆节、中秋节"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    is_worked = models.BooleanField(
        _("worked in exchange"),
        default=False,
        help_text=_("A Saturday or Sunday that is a working day."),
    )
    works_like = models.PositiveSmallIntegerField(
        _("with the hours of"),
        choices=Weekday.choices[:5],
        default=Weekday.MONDAY,
        help_text=_("Whose hours stations keep on a weekend that is worked."),
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["-first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="communities_holiday_in_order",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="communities_holiday_works_like", condition=Q(works_like__range=(0, 4))
            ),
        ]
        indexes = [models.Index(fields=["last_on", "first_on"], name="holiday_by_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.first_on:%Y-%m-%d}"

    def clean(self) -> None:
        """Refuse days that another row speaks of.

        Raises:
            ValidationError: at `first_on`, naming the other row; code "overlap".

        """
        if self.first_on is None or self.last_on is None:
            return
        other = (
            Holiday.objects.filter(first_on__lte=self.last_on, last_on__gte=self.first_on)
            .exclude(pk=self.pk)
            .first()
        )
        if other is not None:
            message = _("%(name)s already lies on these days.")
            raise ValidationError(
                {"first_on": ValidationError(message, code="overlap", params={"name": other.name})}
            )


def clock(time: datetime.time) -> str:
    """Return a time as printed, e.g. "8:30"."""
    return f"{time.hour}:{time.minute:02d}"
