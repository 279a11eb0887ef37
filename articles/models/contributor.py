"""The people whose names stand under stories, apart from any login they may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.addresses import path_to
from communities.models import Community

if TYPE_CHECKING:
    from .article_queryset import ArticleQuerySet


class Contributor(models.Model):
    """One person, whatever roles their bylines give them."""

    name = models.CharField(_("name"), max_length=60, db_index=True)
    title = models.CharField(
        _("usual role"), max_length=40, blank=True, help_text=_("As printed: 通讯员, 全媒体记者")
    )
    organisation = models.CharField(_("organisation"), max_length=100, blank=True)
    community = models.ForeignKey(
        Community,
        verbose_name=_("community"),
        related_name="contributors",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        related_name="contributor",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    bio = models.TextField(_("about"), blank=True)

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="articles_contributor_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A name is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The person's page on the public site."""
        return path_to("articles:contributor", self.pk)

    def stories(self) -> ArticleQuerySet:
        """Published stories with this person's name under them, the newest first."""
        return self.bylines.model.stories_by(self)
