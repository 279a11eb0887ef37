"""Sections of the paper and its standing columns."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to
from communities.together import KeysOf


class SectionQuerySet(models.QuerySet["Section"]):
    """Questions about sections."""

    def on_the_bar(self) -> SectionQuerySet:
        """The sections under the masthead; columns and campaigns have pages but no place there."""
        return self.filter(kind=Section.Kind.SECTION)

    def with_latest(self, stories: QuerySet, count: int) -> SectionQuerySet:
        """Add `latest`: the keys of each section's newest stories.

        One look into an index a section, so the cost does not grow with the archive (a window
        function would read all of it).

        Args:
            stories: the stories to choose from, newest first.
            count: how many for each section.

        """
        return self.annotate(latest=KeysOf(stories.filter(section=OuterRef("pk"))[:count]))


class Section(models.Model):
    """A part of the paper: a section (要闻), a standing column (新闻广角) or a campaign."""

    class Kind(models.TextChoices):
        """What readers expect of it."""

        SECTION = "section", _("section")
        COLUMN = "column", _("standing column")
        CAMPAIGN = "campaign", _("campaign column")

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(
        _("address name"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Made from the name's pinyin when left empty; stays when the name changes."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SECTION)
    intro = models.CharField(_("introduction"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section or column")
        verbose_name_plural = _("sections and columns")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="articles_section_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An address name is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The section's page on the public site."""
        return path_to("articles:section", self.slug)
