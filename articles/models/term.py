"""The newsroom's own list of words, and the warnings somebody waved through."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word that is sensitive, or for which the newsroom prefers another."""

    class Kind(models.TextChoices):
        """Why a word is on the list."""

        SENSITIVE = "sensitive", _("sensitive")
        PREFERRED = "preferred", _("another word preferred")

    text = models.CharField(_("word"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PREFERRED)
    replacement = models.CharField(_("write instead"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["text"]
        constraints = [
            models.CheckConstraint(
                name="articles_term_has_text",
                condition=~Q(text=""),
                violation_error_message=_("A word is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Waiver(models.Model):
    """A warning that somebody let pass, with the reason."""

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="waivers",
        on_delete=models.CASCADE,
    )
    key = models.CharField(max_length=200)
    message = models.CharField(_("warning"), max_length=500)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="waivers",
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("waived warning")
        verbose_name_plural = _("waived warnings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="articles_waiver_once"),
            models.CheckConstraint(name="articles_waiver_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.message
