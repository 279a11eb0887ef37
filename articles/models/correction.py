"""What is said in public about a story after its publication, and links for those outside."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .records import Record, RecordQuerySet
from .revision import Revision


class Correction(Record):
    """A dated public note: what was wrong in a published story, and what is right (更正)."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="corrections",
        on_delete=models.PROTECT,
    )
    text = models.TextField(_("correction"))
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), related_name="corrections", on_delete=models.PROTECT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="corrections",
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("at"))

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="articles_correction_has_text", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text


class PreviewLink(models.Model):
    """A secret address under which somebody outside sees a story before it is public."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="preview_links",
        on_delete=models.CASCADE,
    )
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        related_name="preview_links",
        on_delete=models.CASCADE,
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return str(self.article)
