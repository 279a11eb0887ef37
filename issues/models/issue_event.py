"""What happened to an issue, on record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.records import Record, RecordQuerySet

from .issue import Issue


class IssueEvent(Record):
    """One step of an issue: who, when, why, and what changed.

    `details` says what a sentence needs and no other row keeps: "old" and "new" are hours as ISO
    8601 in UTC, "story" and "article" a story's headline and key, "page" a page's code, "stories"
    how many stories the step gave an hour or took one from, "names" the names of a page before and
    after by what they do ("editor", "layout", "proof"), "dates" the day an issue was of and the
    one it is of since.
    """

    class Kind(models.TextChoices):
        """What happened."""

        LOCKED = "locked", _("locked")
        UNLOCKED = "unlocked", _("unlocked")
        SCHEDULED = "scheduled", _("scheduled")
        RESCHEDULED = "rescheduled", _("moved to another hour")
        UNSCHEDULED = "unscheduled", _("taken off the schedule")
        PULLED = "pulled", _("story pulled")
        PUT_IN = "put_in", _("story put in")
        WEB_FIRST = "web_first", _("story on the web first")
        HELD = "held", _("story held for print")
        RELEASED = "released", _("story to appear with the issue")
        PRINTED = "printed", _("read in as printed")
        STAFF = "staff", _("names of a page corrected")

    issue = models.ForeignKey(
        Issue, verbose_name=_("issue"), related_name="events", on_delete=models.PROTECT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="issue_events",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(_("details"), default=dict)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an issue")
        verbose_name_plural = _("steps of issues")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
