"""What readers say is wrong in a published story (读者纠错), and what came of it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .correction import Correction
from .revision import Revision

LONGEST_QUOTE = 500
LONGEST_TEXT = 500
LONGEST_CONTACT = 100
# Unanswered or not, nobody's phone number is kept longer than this.
LONGEST_KEPT = datetime.timedelta(days=365)
# For so long a sender is recognised as the same; the longest span of the limits.
RECOGNISED = datetime.timedelta(days=1)


class MistakeReportQuerySet(models.QuerySet["MistakeReport"]):
    """Questions about readers' reports."""

    def open(self) -> MistakeReportQuerySet:
        """Reports that nobody has answered yet, the oldest first."""
        return self.filter(status=MistakeReport.Status.OPEN).order_by("at", "pk")

    def visible_to(self, user: User | AnonymousUser) -> MistakeReportQuerySet:
        """Reports a member of the newsroom may see: all who answer them, others on their own."""
        if user.has_perm("articles.change_mistakereport"):
            return self
        return self.filter(article__filed_by=user.pk)

    def settle_with(self, correction: Correction) -> int:
        """Close reports with the public correction they led to."""
        return self.update(
            status=MistakeReport.Status.CORRECTED,
            correction=correction,
            working_copy=None,
            answered_by=correction.by,
            answered_at=correction.at,
        )

    def with_contact_due(self, at: datetime.datetime) -> MistakeReportQuerySet:
        """Reports whose contact has been kept for as long as readers were told."""
        answered = Q(answered_at__lte=at - MistakeReport.contact_kept())
        return self.exclude(contact="").filter(answered | Q(at__lte=at - LONGEST_KEPT))


class MistakeReport(models.Model):
    """A reader's word that something in a published story is wrong.

    Attributes:
        token: the last part of the address where its reader finds the answer; whoever has it
            sees the report, but never the contact.
        sender: whom it came from, as a keyed hash that changes every day; "" once a day is over.
        working_copy: the change of the story that is to set it right, while that is prepared.

    """

    class Status(models.TextChoices):
        """What has come of a report."""

        OPEN = "open", _("to be answered")
        ANSWERED = "answered", _("answered")
        CORRECTED = "corrected", _("corrected")
        DISMISSED = "dismissed", _("no correction needed")

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="mistake_reports",
        on_delete=models.PROTECT,
    )
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        related_name="mistake_reports",
        on_delete=models.PROTECT,
    )
    token = models.CharField(max_length=64, unique=True)
    quote = models.CharField(_("passage"), max_length=LONGEST_QUOTE, blank=True)
    text = models.CharField(_("what is wrong"), max_length=LONGEST_TEXT)
    contact = models.CharField(_("contact"), max_length=LONGEST_CONTACT, blank=True)
    sender = models.CharField(max_length=64, blank=True, editable=False)
    at = models.DateTimeField(_("sent at"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    working_copy = models.ForeignKey(
        "articles.Article",
        verbose_name=_("working copy"),
        related_name="mistakes_to_correct",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    correction = models.ForeignKey(
        Correction,
        verbose_name=_("correction"),
        related_name="mistake_reports",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    objects = MistakeReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        ordering = ["-at", "-pk"]
        # Readers make them at their own page, and nobody deletes one.
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(name="articles_mistakereport_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="articles_mistakereport_answered",
                condition=Q(status="open", answered_at__isnull=True)
                | (~Q(status="open") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="articles_mistakereport_corrected",
                condition=Q(status="corrected", correction__isnull=False)
                | (~Q(status="corrected") & Q(correction__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "at"], name="mistake_by_status"),
            models.Index(fields=["at"], name="mistake_by_time"),
            models.Index(
                fields=["sender", "at"], condition=~Q(sender=""), name="mistake_by_sender"
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 30 else f"{self.text[:29]}…"

    def get_absolute_url(self) -> str:
        """Return the private address where its reader finds what was answered."""
        return reverse("articles:mistake_report", args=[self.token])

    @staticmethod
    def contact_kept() -> datetime.timedelta:
        """For how long a contact is kept after the answer."""
        return datetime.timedelta(days=settings.MISTAKE_CONTACT_DAYS)

    @property
    def contact_due(self) -> datetime.datetime:
        """When the contact has to be gone."""
        longest = self.at + LONGEST_KEPT
        if self.answered_at is None:
            return longest
        return min(longest, self.answered_at + self.contact_kept())

    def contact_for(self, user: User | AnonymousUser, at: datetime.datetime | None = None) -> str:
        """Return the contact for whoever answers, "" for others and once its time is over."""
        if not user.has_perm("articles.change_mistakereport"):
            return ""
        return self.contact if (at or timezone.now()) < self.contact_due else ""
