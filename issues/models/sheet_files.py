"""The files of a page as printed: a PDF, and its picture in two widths."""

from __future__ import annotations

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def press_path(sheet: SheetFiles, filename: str) -> str:
    """Return where a page's files are kept: under a name nobody can guess.

    A page may be kept here days before its issue appears, and the web server hands out the whole
    media folder; 128 random bits keep it from those who try addresses.
    """
    ending = filename.rpartition(".")[2]
    return f"press/{get_random_string(22)}.{ending}"


class SheetFiles(models.Model):
    """What a page looks like: its PDF, if there is one, and its picture in two widths."""

    pdf = models.FileField(_("PDF"), upload_to=press_path, max_length=200, blank=True)
    image = models.FileField(_("picture"), upload_to=press_path, max_length=200)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    small = models.FileField(_("picture for phones"), upload_to=press_path, max_length=200)
    small_width = models.PositiveIntegerField(_("width in pixels"))
    small_height = models.PositiveIntegerField(_("height in pixels"))
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        abstract = True

    @property
    def pdf_size(self) -> int:
        """The PDF's size in bytes; nought where it has none or the file is gone."""
        try:
            return self.pdf.size if self.pdf else 0
        except FileNotFoundError:
            return 0

    @property
    def file_names(self) -> list[str]:
        """The names its files have in the storage."""
        return [file.name for file in (self.pdf, self.image, self.small) if file.name]
