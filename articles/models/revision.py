"""Texts of a story, one for every save."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import Record, RecordQuerySet


class Revision(Record):
    """What a story was after a save: its text, people, pictures and where it belongs.

    A working copy's revisions belong to the story it will change, so that one story has one
    history.
    """

    class Kind(models.TextChoices):
        """How a revision came about."""

        SAVE = "save", _("saved")
        RESTORE = "restore", _("restored")
        IMPORT = "import", _("imported")

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="revisions",
        on_delete=models.PROTECT,
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SAVE)
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)
    text_digest = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="revisions",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("at"))
    restored_from = models.ForeignKey(
        "self", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="articles_revision_number_once"
            )
        ]

    def __str__(self) -> str:
        return str(_("Revision %(number)d") % {"number": self.number})
