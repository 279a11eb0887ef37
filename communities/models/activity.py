"""Activities (活动): what takes place in a community, when and for whom."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to

from .activity_queryset import ActivityQuerySet
from .changed_date import ENDS_TOO_EARLY, ChangedDate, ends_later
from .community import Community
from .occurrence import Occurrence, span
from .repetition import DAY, FOREVER, Repetition
from .station import ServiceStation
from .stories import Stories


class ActivityKind(models.TextChoices):
    """What residents come for."""

    CLINIC = "clinic", _("free clinic")
    LECTURE = "lecture", _("lecture")
    MEETING = "meeting", _("residents' meeting")
    CULTURE = "culture", _("culture and arts")
    SPORT = "sport", _("sports")
    CHILDREN = "children", _("parents and children")
    VOLUNTEERING = "volunteering", _("volunteering")
    SERVICE = "service", _("service day")
    OTHER = "other", _("other activity")


class Activity(Repetition):
    """Something residents can come to: a clinic, a talk, a meeting, once or again and again."""

    title = models.CharField(_("title"), max_length=60)
    kind = models.CharField(_("kind"), max_length=14, choices=ActivityKind.choices)
    description = models.TextField(
        _("what it is about"), blank=True, help_text=_("One line is one paragraph.")
    )
    station = models.ForeignKey(
        ServiceStation,
        verbose_name=_("service station"),
        related_name="activities",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("community"),
        related_name="activities",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("Where it is at no station; a station's community is known."),
    )
    spot = models.CharField(
        _("spot"), max_length=100, blank=True, help_text=_("e.g. 二楼活动室、3号楼前小广场")
    )
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(
        _("ends at"), null=True, blank=True, help_text=_("0:00 is the end of the day.")
    )
    for_whom = models.CharField(
        _("for whom"),
        max_length=80,
        blank=True,
        help_text=_("e.g. 60岁以上居民; left empty: everybody"),
    )
    places = models.PositiveIntegerField(
        _("number of places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    sign_up = models.CharField(
        _("how to sign up"),
        max_length=200,
        blank=True,
        help_text=_("e.g. 提前一天到前台登记; left empty: just come"),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    cost = models.CharField(_("cost"), max_length=60, blank=True, help_text=_("Left empty: free."))
    organiser = models.CharField(_("organiser"), max_length=80, blank=True)
    is_public = models.BooleanField(
        _("shown to the public"), default=True, help_text=_("Untick it while it is prepared.")
    )
    is_cancelled = models.BooleanField(_("cancelled altogether"), default=False)
    cancellation_notice = models.CharField(
        _("notice"), max_length=200, blank=True, help_text=_("Shown to the public: why.")
    )
    # Reckoned from the rest whenever it is saved; see `reckon`.
    first_on = models.DateField(_("first day"), editable=False)
    last_on = models.DateField(_("last day"), editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("filed by"),
        related_name="+",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed at"), auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="communities_activity_somewhere",
                condition=Q(station__isnull=False, community__isnull=True)
                | Q(station__isnull=True, community__isnull=False),
                violation_error_message=_("Say at which station or in which community it is."),
            ),
            models.CheckConstraint(
                name="communities_activity_in_order",
                condition=Q(last_on__gte=F("first_on")),
            ),
            models.CheckConstraint(
                name="communities_activity_cancelled_with_notice",
                condition=Q(is_cancelled=False) | ~Q(cancellation_notice=""),
                violation_error_message=_("Say why it is cancelled."),
            ),
        ]
        indexes = [
            models.Index(fields=["first_on", "id"], name="activity_by_day"),
            models.Index(fields=["last_on", "id"], name="activity_by_last_day"),
            # What began before a window and lasts into it: only few of a district's activities.
            models.Index(
                fields=["last_on", "first_on"],
                name="activity_that_lasts",
                condition=Q(last_on__gt=F("first_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with the days reckoned from it, and count the versions of the calendar's."""
        self.reckon()
        if not self._state.adding:
            self.sequence += 1
        if (named := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*named, "first_on", "last_on", "sequence", "updated_at"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The activity's page on the public site."""
        return path_to("communities:activity", self.pk)

    def clean(self) -> None:
        """Refuse hours in the wrong order and two places; take the community of a station away.

        Raises:
            ValidationError: at the field it is about.

        """
        found: dict[str, Any] = {}
        if not ends_later(self.starts_at, self.ends_at):
            found["ends_at"] = ValidationError(ENDS_TOO_EARLY, code="order")
        if self.station is not None and self.community is not None:
            if Community.objects.within(self.community).filter(pk=self.station.community_id):
                self.community = None
            else:
                message = _("%(station)s lies in %(place)s. Empty one of the two.")
                names = {"station": self.station.name, "place": self.station.community.name}
                found["community"] = ValidationError(message, code="elsewhere", params=names)
        try:
            super().clean()
        except ValidationError as refusal:
            # All that is wrong is said at once.
            found = {**refusal.error_dict, **found}
        if found:
            raise ValidationError(found)

    def reckon(self) -> None:
        """Set the first and the last day, moved ones among them (one query once it is kept)."""
        first, last = self.first_date() or self.starts_on, self._last_day()
        moved: list[datetime.date] = []
        if self.pk is not None:
            rows = ChangedDate.objects.filter(activity=self.pk, moved_to__isnull=False)
            moved = [day for day in rows.values_list("moved_to", flat=True) if day is not None]
        self.first_on = min([first, *moved])
        self.last_on = max([last, first, *moved])

    def occurrences(self, first: datetime.date, last: datetime.date) -> list[Occurrence]:
        """Return when it takes place in a window, both its ends included, in the order of time.

        Cancelled dates are among them, and say so. No query after `with_details`.
        """
        changes = {row.on: row for row in self.changed_dates.all()}
        found = [self.usual(day) for day in self.dates(first, last) if day not in changes]
        for on, row in changes.items():
            # A change of a day that the repetition no longer gives says nothing.
            if first <= (row.moved_to or on) <= last and self.dates(on, on):
                found.append(self.changed(row))
        return sorted(found)

    def usual(self, day: datetime.date) -> Occurrence:
        """Return how it takes place on a day at the usual hours."""
        return Occurrence(
            day=day,
            starts_at=self.starts_at,
            activity_id=self.pk,
            activity=self,
            ends_at=self.ends_at,
            on=day,
            is_cancelled=self.is_cancelled,
        )

    def changed(self, row: ChangedDate) -> Occurrence:
        """Return how it takes place, or does not, instead of on a changed date."""
        usual = self.usual(row.on)
        if row.moved_to is None:
            return replace(usual, is_cancelled=True, note=row.note)
        hours = (row.starts_at, row.ends_at) if row.starts_at else (self.starts_at, self.ends_at)
        return replace(
            usual,
            day=row.moved_to,
            starts_at=hours[0],
            ends_at=hours[1],
            is_moved=True,
            note=row.note,
        )

    def coming(self, at: datetime.datetime, count: int = 1) -> list[Occurrence]:
        """Return the next times it takes place, those under way among them, at most `count`.

        Cancelled dates are among them. Nothing further off than the repetition's longest pause is
        missed: windows grow until enough are found or its last day is reached.
        """
        first, days = timezone.localdate(at), 31
        while True:
            last = min(first + days * DAY, self.last_on)
            found = [one for one in self.occurrences(first, last) if not one.is_over(at)]
            if len(found) >= count or last == self.last_on or days > 2000:
                return found[:count]
            days *= 4

    def latest(self, at: datetime.datetime) -> Occurrence | None:
        """Return the last time it took place before a moment, if any was within a year."""
        last = min(timezone.localdate(at), self.last_on)
        over = [one for one in self.occurrences(last - 366 * DAY, last) if one.is_over(at)]
        return over[-1] if over else None

    @property
    def hours(self) -> str:
        """The usual hours as printed."""
        return span(self.starts_at, self.ends_at)

    @property
    def where(self) -> Community:
        """The place it is in: the station's, or its own."""
        if self.station is not None:
            return self.station.community
        # The database holds that one of the two is there.
        assert self.community is not None  # noqa: S101
        return self.community

    @property
    def where_in_words(self) -> str:
        """Where it is, as a notice says it: the station or community, then the spot."""
        name = self.station.name if self.station is not None else self.where.name
        return f"{name} {self.spot}".strip()

    @property
    def has_no_end(self) -> bool:
        """Whether it repeats until somebody says otherwise."""
        return self.last_on == FOREVER

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What residents ask before they come, each with its label."""
        found = [
            (gettext("For whom"), self.for_whom or gettext("everybody")),
            (gettext("Places"), str(self.places or "")),
            (gettext("Signing up"), self.sign_up),
            (gettext("Cost"), self.cost or gettext("free")),
            (gettext("Organiser"), self.organiser),
        ]
        return [(label, value) for label, value in found if value]

    @cached_property
    def paragraphs(self) -> list[str]:
        """What it is about, line by line."""
        return [line.strip() for line in self.description.splitlines() if line.strip()]

    def stories(self) -> Stories:
        """Published stories written about it, the newest first."""
        return self.articles.model.objects.published().current().about_activity(self)
