"""What a page is before any story stands on it: of an issue, and of a standing pattern."""

from __future__ import annotations

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Section

PAGES_PER_LETTER = 100


class PageShape(models.Model):
    """A page's code (A03), its name (要闻), the people answerable for it, what stands there."""

    code = models.CharField(
        _("page code"),
        max_length=8,
        validators=[
            RegexValidator(r"^[A-Z]{0,2}\d{1,3}\Z", _("A page code looks like A03, B2 or 4."))
        ],
        help_text=_("As printed, e.g. A03"),
    )
    name = models.CharField(_("page name"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    editor = models.CharField(_("page editor"), max_length=60, blank=True)
    layout = models.CharField(_("layout by"), max_length=60, blank=True)
    proof = models.CharField(_("proof-reader"), max_length=60, blank=True)
    budget = models.PositiveIntegerField(
        _("character budget"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many characters of text the page holds; what is over or short is shown."),
    )
    columns = models.ManyToManyField(
        Section,
        verbose_name=_("standing columns"),
        related_name="%(class)ss",
        blank=True,
        limit_choices_to=~Q(kind=Section.Kind.SECTION),
        help_text=_("What stands on this page each time; an empty one is pointed out."),
    )

    # What a page hands on to one of the same shape; the columns come after it, once it has a key.
    SHAPE = ("code", "name", "position", "editor", "layout", "proof", "budget")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    @staticmethod
    def place_of(code: str) -> int:
        """Where a page of this code stands among the others: A02 before A10, that before B01."""
        letters = code.rstrip("0123456789")
        sheet = sum(ord(letter) - ord("A") + 1 for letter in letters)
        return sheet * PAGES_PER_LETTER + int(code[len(letters) :])
