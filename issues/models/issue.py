"""One day's newspaper."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to
from communities.days import month_ends

from . import gate


class Stage(models.TextChoices):
    """How far an issue has come."""

    PLANNING = "planning", _("planning")
    LOCKED = "locked", _("locked")
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")


# What a row may say. `LIVE` is not among it: nobody writes it, time makes it of a scheduled issue.
STATUSES = (Stage.PLANNING, Stage.LOCKED, Stage.SCHEDULED)
# The columns that decide when an issue appears: changed by the verbs of `issues.scheduling` alone.
GATED = ("status", "publish_at")


def live_at(moment: datetime.datetime, path: str = "") -> Q:
    """Return the condition under which an issue is live: the one place that says so.

    Args:
        moment: the moment asked about.
        path: how the rows asked for lead to their issue, such as "page__issue__".

    """
    return Q(**{f"{path}status": Stage.SCHEDULED, f"{path}publish_at__lte": moment})


class IssueQuerySet(models.QuerySet["Issue"]):
    """Questions about issues."""

    def live(self, at: datetime.datetime | None = None) -> IssueQuerySet:
        """Issues whose hour has come by a moment (now, if none is given)."""
        return self.filter(live_at(at or timezone.now()))

    def published(self, at: datetime.datetime | None = None) -> IssueQuerySet:
        """Issues the public can leaf through, which are the live ones, the newest first."""
        return self.live(at).order_by("-date")

    def newest(self, at: datetime.datetime | None = None) -> IssueQuerySet:
        """The newest issue that the public can leaf through, if there is one.

        Found by its key, for the index holds all that this asks: SQLite would go through all
        issues rather than to the table for each that it passes.
        """
        return self.filter(pk__in=self.published(at).values("pk")[:1])

    def at_stage(self, stage: str, at: datetime.datetime | None = None) -> IssueQuerySet:
        """Issues that have come as far as a `Stage` by a moment, and no farther."""
        if stage == Stage.LIVE:
            return self.live(at)
        return self.filter(status=stage).exclude(live_at(at or timezone.now()))

    def dated_between(self, first: datetime.date, last: datetime.date) -> IssueQuerySet:
        """Issues dated in a span of days, the last of them included, the earliest first."""
        return self.filter(date__range=(first, last)).order_by("date")

    def in_month(self, month: datetime.date) -> IssueQuerySet:
        """Issues dated in the month of a day."""
        return self.filter(date__range=month_ends(month))

    def held_fast(self) -> IssueQuerySet:
        """Issues that are past their planning: their pages stay as they are."""
        return self.exclude(status=Stage.PLANNING)

    def update(self, **kwargs: Any) -> int:
        """Change columns that are neither the scheduling's nor a locked issue's.

        Raises:
            issues.models.gate.LockedError: for any other.

        """
        if not gate.is_open():
            if not kwargs.keys().isdisjoint(GATED):
                raise gate.for_verbs_alone()
            if "date" in kwargs and self.held_fast().exists():
                raise gate.locked()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete issues that are still being planned."""
        if not gate.is_open() and self.held_fast().exists():
            raise gate.locked()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Make many issues, all of them to be planned."""
        issues: list[Any] = list(objs)
        for issue in issues:
            issue.refuse_changes()
        return super().bulk_create(issues, *args, **kwargs)


class Issue(models.Model):
    """An issue (期): a date, a running number, its pages."""

    date = models.DateField(_("date"), unique=True, null=True, blank=True)
    number = models.PositiveIntegerField(
        _("issue number"), unique=True, null=True, blank=True, help_text=_("The N of 第N期.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=[(status.value, status.label) for status in STATUSES],
        default=Stage.PLANNING,
        editable=False,
    )
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A scheduled issue appears at this time by itself."),
    )

    planned_hour = models.TimeField(
        _("planned hour"),
        null=True,
        blank=True,
        help_text=_("When it is meant to appear; the scheduling begins with it."),
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-date", "-pk"]
        base_manager_name = "objects"
        permissions = [("schedule_issue", _("Can lock and schedule issues"))]
        constraints = [
            models.CheckConstraint(
                name="issues_issue_scheduled_has_date",
                condition=~Q(status=Stage.SCHEDULED)
                | Q(date__isnull=False, publish_at__isnull=False),
                violation_error_message=_(
                    "A scheduled issue needs a date and the time it is published at."
                ),
            ),
            models.CheckConstraint(
                name="issues_issue_status_known",
                condition=Q(status__in=STATUSES),
                violation_error_message=_("No such status."),
            ),
        ]
        indexes = [models.Index(fields=["status", "-date", "publish_at"], name="issue_by_date")]

    def __str__(self) -> str:
        parts = [
            self.date.isoformat() if self.date else "",
            str(_("No. %(number)d") % {"number": self.number}) if self.number else "",
        ]
        return " ".join(part for part in parts if part) or str(_("undated issue"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is for everybody to save.

        Raises:
            issues.models.gate.LockedError: when the status or the hour would change, or the date
                of a locked issue: that is for the verbs of `issues.scheduling`.

        """
        self.refuse_changes(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The issue's page on the public site (an undated issue has none and gives the list)."""
        if self.date is None:
            return path_to("issues:issues")
        return path_to("issues:issue", self.date)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete an issue that is still being planned."""
        if not gate.is_open() and Issue.objects.filter(pk=self.pk).held_fast().exists():
            raise gate.locked()
        return super().delete(*args, **kwargs)

    def is_live(self, at: datetime.datetime | None = None) -> bool:
        """Whether the issue's hour has come by a moment; says the same as `live_at`."""
        return (
            self.status == Stage.SCHEDULED
            and self.publish_at is not None
            and self.publish_at <= (at or timezone.now())
        )

    def is_public(self, at: datetime.datetime | None = None) -> bool:
        """Whether the public sees this issue, as `Article.is_public` says it of a story."""
        return self.is_live(at)

    def stage(self, at: datetime.datetime | None = None) -> Stage:
        """Say how far the issue has come by a moment (now, if none is given)."""
        return Stage.LIVE if self.is_live(at) else Stage(self.status)

    @property
    def is_held_fast(self) -> bool:
        """Whether the issue is past its planning: its date and its pages stay as they are."""
        return self.status != Stage.PLANNING

    def refuse_changes(self, update_fields: Any = None) -> None:
        """Refuse what a save would change behind the gate (one query).

        Args:
            update_fields: the columns that are saved; all, if none are given.

        Raises:
            issues.models.gate.LockedError: when there is such a column.

        """
        if gate.is_open():
            return
        names = {*GATED, "date"} & set(update_fields or (*GATED, "date"))
        stored: dict[str, Any] = {"status": Stage.PLANNING, "publish_at": None, "date": None}
        if not self._state.adding:
            stored = Issue.objects.filter(pk=self.pk).values(*stored).first() or stored
        changed = {name for name in names if self._cleaned(name) != stored[name]}
        if changed & set(GATED):
            raise gate.for_verbs_alone()
        if changed and stored["status"] != Stage.PLANNING:
            raise gate.locked()

    def _cleaned(self, name: str) -> Any:
        field = cast("models.Field[Any, Any]", self._meta.get_field(name))
        return field.to_python(getattr(self, name))
