"""Standing patterns (版面定例): the shape of an issue that comes back week by week."""

from __future__ import annotations

import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from .page_shape import PageShape


class PatternQuerySet(models.QuerySet["Pattern"]):
    """Questions about patterns."""

    def in_use(self) -> PatternQuerySet:
        """Patterns that issues are still made from, in the order they are offered."""
        return self.filter(active=True).order_by("name", "pk")

    def with_pages(self) -> PatternQuerySet:
        """Fetch the pages and their columns along (two queries)."""
        return self.prefetch_related("pages__columns")


class Pattern(models.Model):
    """A shape that issues take: its pages, the weekdays it is for, the hour they appear at.

    Attributes:
        weekdays: the days as ISO 8601 numbers them, Monday 1, in a row: "25" is Tuesday and Friday.

    """

    name = models.CharField(_("name"), max_length=40, unique=True)
    weekdays = models.CharField(
        _("weekdays"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^1?2?3?4?5?6?7?\Z", _("Weekdays are numbered 1 to 7."))],
        help_text=_("On these days the calendar offers an issue of this pattern."),
    )
    hour = models.TimeField(
        _("usual hour"),
        null=True,
        blank=True,
        help_text=_("When its issues usually appear; the scheduling begins with it."),
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Untick this for a pattern that is not used now.")
    )

    objects = PatternQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing pattern")
        verbose_name_plural = _("standing patterns")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="issues_pattern_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A pattern needs a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_for(self, day: datetime.date) -> bool:
        """Whether the pattern is used, and meant for the weekday of a day."""
        return self.active and str(day.isoweekday()) in self.weekdays

    def weekdays_in_words(self) -> str:
        """Return the weekdays as a newsroom says them: 周二、周五."""
        return "、".join(str(WEEKDAYS_ABBR[int(day) - 1]) for day in self.weekdays)


class PatternPage(PageShape):
    """A page of a pattern."""

    pattern = models.ForeignKey(
        Pattern,
        verbose_name=_("standing pattern"),
        related_name="pages",
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = _("page of a pattern")
        verbose_name_plural = _("pages of patterns")
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "code"],
                name="issues_patternpage_code_once",
                violation_error_message=_("The pattern already has a page of this code."),
            ),
            models.CheckConstraint(
                name="issues_patternpage_has_code",
                condition=~Q(code=""),
                violation_error_message=_("A page needs a code."),
            ),
        ]
