"""What is being typed, before anybody has saved it, and who is at it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkingDraft(models.Model):
    """What somebody has typed into a story's form and not saved: the form's fields as they stand.

    Not a revision: it is kept every few seconds, seen by its typist alone and gone once saved.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("typed by"),
        related_name="working_drafts",
        on_delete=models.CASCADE,
    )
    key = models.CharField(max_length=64)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="working_drafts",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    base_number = models.PositiveIntegerField(default=0)
    sequence = models.PositiveBigIntegerField(default=0)
    content = models.JSONField(default=dict)
    updated_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("unsaved draft")
        verbose_name_plural = _("unsaved drafts")
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="articles_workingdraft_once")
        ]

    def __str__(self) -> str:
        return str(self.content.get("headline", "")) or self.key


class Presence(models.Model):
    """Somebody who has a story open for editing."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="presences",
        on_delete=models.CASCADE,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        related_name="presences",
        on_delete=models.CASCADE,
    )
    device = models.CharField(max_length=64)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user", "device"], name="articles_presence_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
