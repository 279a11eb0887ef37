"""A page set in type, shown to its editor before it is taken."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .page import Page
from .sheet_files import SheetFiles


class PageProof(SheetFiles):
    """A proof (大样) of a page: what it looks like, where its stories stand, which have no room.

    There is at most one of a page: another one takes its place, and once it is taken it is the
    page's `PressSheet`.
    """

    page = models.OneToOneField(
        Page, verbose_name=_("page"), related_name="page_proof", on_delete=models.CASCADE
    )
    sheet = models.CharField(_("sheet"), max_length=20)
    areas = models.JSONField(
        _("areas"), help_text=_("Corners in permille by the key of the placement.")
    )
    overset = models.JSONField(
        _("overset"), help_text=_("Stories without room: key, headline, characters, page.")
    )
    fingerprint = models.CharField(_("fingerprint of the copy"), max_length=32)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        related_name="+",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("page proof")
        verbose_name_plural = _("page proofs")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="issues_proof_has_files",
                condition=~Q(pdf="") & ~Q(image="") & ~Q(small=""),
            ),
            models.CheckConstraint(
                name="issues_proof_has_size",
                condition=Q(width__gte=1, height__gte=1, small_width__gte=1, small_height__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Proof of page %(page)s") % {"page": self.page}

    @property
    def without_room(self) -> list[dict[str, Any]]:
        """The stories without room that go on nowhere."""
        return [row for row in self.overset if not row["turns_to"]]
