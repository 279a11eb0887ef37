"""A page as the press printed it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Rendered

from .page import Page
from .sheet_files import SheetFiles, press_path

# `press_path` is named here by the first migration.
__all__ = ["PressSheet", "press_path"]


class PressSheet(Rendered, SheetFiles):
    """The press's own page: its PDF, if it came as one, and its picture in two widths."""

    page = models.OneToOneField(
        Page, verbose_name=_("page"), related_name="press", on_delete=models.CASCADE
    )

    class Meta(Rendered.Meta):
        verbose_name = _("page of the press")
        verbose_name_plural = _("pages of the press")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="issues_press_has_picture", condition=~Q(image="") & ~Q(small="")
            ),
            models.CheckConstraint(
                name="issues_press_has_size",
                condition=Q(width__gte=1, height__gte=1, small_width__gte=1, small_height__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        """What the picture shows, for those who cannot see it."""
        return gettext("Page %(page)s as printed") % {"page": self.page}

    @property
    def caption(self) -> str:
        """The same: a page's metadata ask a picture for either."""
        return self.alt
