"""On which days something takes place that comes back: every week, every month, until a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dateutil import rrule
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

DAY = datetime.timedelta(days=1)
# The last day of what has no end; a date, so that one condition finds both.
FOREVER = datetime.date(9999, 12, 31)
EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
# How far from its beginning on a repetition is reckoned to find its first day and its last.
YEARS_AHEAD = datetime.timedelta(days=3660)
LAST_DAY = -1
LAST_WEEK = -1


class Repeats(models.TextChoices):
    """How often something comes back."""

    ONCE = "", _("does not repeat")
    DAILY = "daily", _("by days")
    WEEKLY = "weekly", _("by weeks")
    MONTHLY_ON_DAY = "monthly_on_day", _("by months, on a day of the month")
    MONTHLY_ON_WEEKDAY = "monthly_on_weekday", _("by months, on a weekday")


class Nth(models.IntegerChoices):
    """Which of a month's weeks, as RFC 5545 counts them: the last is -1."""

    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = LAST_WEEK, _("last")


MONTH_DAYS = [*((day, str(day)) for day in range(1, 32)), (LAST_DAY, _("the last day"))]


class Repetition(models.Model):
    """A day, and the days on which what begins then comes back.

    The meaning is that of RFC 5545 (RRULE), reckoned in the newsroom's own days: a month that has
    no 31st is passed over, and `count` counts days that are cancelled later, too.

    Attributes:
        weekdays: the days as ISO 8601 numbers them, Monday 1, in a row: "25" is Tuesday and Friday.
        nth: which of the weekday's days in a month.
        every: every so many days, weeks or months.

    """

    starts_on = models.DateField(
        _("day"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        help_text=_("The first day; of what repeats, the day from which it does."),
    )
    repeats = models.CharField(
        _("repeats"), max_length=18, choices=Repeats.choices, default=Repeats.ONCE, blank=True
    )
    every = models.PositiveSmallIntegerField(
        _("every how many"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("2 is every second day, week or month."),
    )
    weekdays = models.CharField(
        _("weekdays"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^1?2?3?4?5?6?7?\Z", _("Weekdays are numbered 1 to 7."))],
    )
    nth = models.SmallIntegerField(
        _("which one in the month"), choices=Nth.choices, null=True, blank=True
    )
    month_day = models.SmallIntegerField(
        _("day of the month"),
        choices=MONTH_DAYS,
        null=True,
        blank=True,
        help_text=_("A month without this day is passed over."),
    )
    until = models.DateField(
        _("repeats until"),
        null=True,
        blank=True,
        help_text=_("The last day it may fall on; left empty with the number, it has no end."),
    )
    count = models.PositiveSmallIntegerField(
        _("how many times"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a repetition that is half said, said twice, or never happens.

        Raises:
            ValidationError: at the field; codes "missing", "both", "order", "too_long", "never".

        """
        super().clean()
        if self.starts_on is None or not EARLIEST <= self.starts_on <= LATEST:
            return
        self._forget_what_does_not_count()
        if not self.repeats:
            return
        found = dict(self._half_said())
        if not found and self.first_date() is None:
            field = "until" if self.until else "starts_on"
            found[field] = ValidationError(
                _("With these settings it never takes place. Check the days and the end."),
                code="never",
            )
        if found:
            raise ValidationError(found)

    def _forget_what_does_not_count(self) -> None:
        """Take away what says nothing of the repetition chosen."""
        if self.repeats not in (Repeats.WEEKLY, Repeats.MONTHLY_ON_WEEKDAY):
            self.weekdays = ""
        if self.repeats != Repeats.MONTHLY_ON_WEEKDAY:
            self.nth = None
        if self.repeats != Repeats.MONTHLY_ON_DAY:
            self.month_day = None
        if not self.repeats:
            self.every, self.until, self.count = 1, None, None

    def _half_said(self) -> Iterator[tuple[str, ValidationError]]:
        weekly = self.repeats in (Repeats.WEEKLY, Repeats.MONTHLY_ON_WEEKDAY)
        if weekly and not self.weekdays:
            yield "weekdays", ValidationError(_("Choose the weekday."), code="missing")
        if self.repeats == Repeats.MONTHLY_ON_WEEKDAY and self.nth is None:
            yield "nth", ValidationError(_("Say which one in the month."), code="missing")
        if self.repeats == Repeats.MONTHLY_ON_DAY and self.month_day is None:
            yield "month_day", ValidationError(_("Choose the day of the month."), code="missing")
        if self.until is not None and self.count is not None:
            yield (
                "count",
                ValidationError(_("Give the last day or the number, not both."), code="both"),
            )
        if self.until is not None and self.until < self.starts_on:
            yield "until", ValidationError(_("The last day lies before the first."), code="order")
        elif self.until is not None and self.until > self.starts_on + YEARS_AHEAD:
            yield (
                "until",
                ValidationError(
                    _("At most ten years; leave it empty where there is no end."), code="too_long"
                ),
            )

    def dates(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """Return the days of a window on which it takes place, both its ends included.

        Nothing here knows of single days that are cancelled or moved.
        """
        if not self.repeats:
            return [self.starts_on] if first <= self.starts_on <= last else []
        if self.until is not None:
            last = min(last, self.until)
        begin = self.starts_on if self.count else self._nearer(first)
        if last < begin:
            return []
        found = []
        for number, moment in enumerate(self._rule(begin, last)):
            if self.count is not None and number >= self.count:
                break
            if moment.date() >= first:
                found.append(moment.date())
        return found

    def _nearer(self, first: datetime.date) -> datetime.date:
        """Return a day nearer than the first from which the same days come out.

        What comes back daily for ten years would else be counted through for every page.
        """
        length = {Repeats.DAILY: 1, Repeats.WEEKLY: 7}.get(Repeats(self.repeats))
        if length is None or first <= self.starts_on:
            return self.starts_on
        step = length * self.every
        return self.starts_on + (first - self.starts_on).days // step * step * DAY

    def _rule(self, begin: datetime.date, last: datetime.date) -> rrule.rrule:
        """Return the rule, from a day to another: days without an hour, so no zone comes in."""
        options: dict[str, object] = {}
        weekdays = [int(digit) - 1 for digit in self.weekdays]
        if self.repeats == Repeats.WEEKLY:
            options = {"byweekday": weekdays}
        elif self.repeats == Repeats.MONTHLY_ON_WEEKDAY:
            options = {"byweekday": [rrule.weekday(day, self.nth) for day in weekdays]}
        elif self.repeats == Repeats.MONTHLY_ON_DAY:
            options = {"bymonthday": self.month_day}
        frequency = {Repeats.DAILY: rrule.DAILY, Repeats.WEEKLY: rrule.WEEKLY}
        return rrule.rrule(
            frequency.get(Repeats(self.repeats), rrule.MONTHLY),
            dtstart=datetime.datetime.combine(begin, datetime.time.min),
            until=datetime.datetime.combine(last, datetime.time.min),
            interval=self.every,
            wkst=rrule.MO,
            **options,
        )

    def first_date(self) -> datetime.date | None:
        """Return the first day it takes place on; None where it never does."""
        if not self.repeats:
            return self.starts_on
        last = min(self.until or LATEST, self.starts_on + YEARS_AHEAD)
        found = next(iter(self._rule(self.starts_on, last)), None)
        return found.date() if found else None

    def _last_day(self) -> datetime.date:
        """Return the last day it takes place on, or `FOREVER`."""
        if not self.repeats:
            return self.starts_on
        if self.until is None and self.count is None:
            return FOREVER
        days = self.dates(self.starts_on, self.starts_on + YEARS_AHEAD)
        if self.count is not None and len(days) < self.count:
            return FOREVER
        return days[-1] if days else self.starts_on

    @property
    def repetition_in_words(self) -> str:
        """How often it takes place, as a notice says it; "" for a single day."""
        if not self.repeats:
            return ""
        words = self._often()
        if self.until is not None:
            return gettext("%(often)s, until %(year)d-%(month)d-%(day)d") % {
                "often": words,
                "year": self.until.year,
                "month": self.until.month,
                "day": self.until.day,
            }
        if self.count is not None:
            parts = {"often": words, "count": self.count}
            return gettext("%(often)s, %(count)d times in all") % parts
        return words

    def _often(self) -> str:
        days = gettext(", ").join(str(WEEKDAYS_ABBR[int(digit) - 1]) for digit in self.weekdays)
        parts = {"n": self.every, "days": days, "day": self.month_day}
        if self.nth is not None:
            parts["nth"] = Nth(self.nth).label
        on_last = self.repeats == Repeats.MONTHLY_ON_DAY and self.month_day == LAST_DAY
        how = "last_day" if on_last else self.repeats
        each, several = OFTEN[how]
        return str(each if self.every == 1 else several) % parts


# How a notice says it: each time, and every so many.
OFTEN = {
    Repeats.DAILY.value: (_("every day"), _("every %(n)d days")),
    Repeats.WEEKLY.value: (_("every week on %(days)s"), _("every %(n)d weeks on %(days)s")),
    Repeats.MONTHLY_ON_WEEKDAY.value: (
        _("every month on the %(nth)s %(days)s"),
        _("every %(n)d months on the %(nth)s %(days)s"),
    ),
    Repeats.MONTHLY_ON_DAY.value: (
        _("every month on day %(day)d"),
        _("every %(n)d months on day %(day)d"),
    ),
    "last_day": (
        _("every month on its last day"),
        _("every %(n)d months on the last day of the month"),
    ),
}
