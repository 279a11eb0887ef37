"""Credits under a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.bylines import RoleKind

from .contributor import Contributor
from .story_part import StoryPart, StoryPartQuerySet

if TYPE_CHECKING:
    from .article import Article
    from .article_queryset import ArticleQuerySet

ROLE_KINDS = [
    (RoleKind.REPORTER.value, _("reporter")),
    (RoleKind.CORRESPONDENT.value, _("correspondent")),
    (RoleKind.PHOTOGRAPHER.value, _("photographer")),
    (RoleKind.WRITER.value, _("writer")),
    (RoleKind.EDITOR.value, _("editor")),
    (RoleKind.INTERN.value, _("intern")),
    (RoleKind.OTHER.value, _("other")),
]


class Byline(StoryPart):
    """One person in one role under one story, with name and role kept as printed.

    The printed words are kept apart from the contributor, so that renaming a person changes no
    page that has already appeared.
    """

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        related_name="bylines",
        on_delete=models.CASCADE,
    )
    contributor = models.ForeignKey(
        Contributor,
        verbose_name=_("contributor"),
        related_name="bylines",
        on_delete=models.PROTECT,
    )
    name = models.CharField(
        _("name as printed"),
        max_length=60,
        blank=True,
        help_text=_("Taken from the contributor when left empty."),
    )
    role = models.CharField(
        _("role as printed"), max_length=40, blank=True, help_text=_("通讯员, 全媒体记者, 摄 …")
    )
    kind = models.CharField(
        _("kind of role"),
        max_length=16,
        choices=ROLE_KINDS,
        default=RoleKind.OTHER.value,
        editable=False,
    )
    organisation = models.CharField(_("organisation as printed"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = StoryPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="articles_byline_order",
                violation_error_message=_("Two bylines cannot stand at the same place."),
            ),
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="articles_byline_once",
                violation_error_message=_("This person already has this role under the story."),
            ),
            models.CheckConstraint(
                name="articles_byline_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A name is needed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}".strip()

    @classmethod
    def stories_by(cls, contributor: Contributor) -> ArticleQuerySet:
        """Published stories with a contributor's name under them."""
        story = cast("type[Article]", cls._meta.get_field("article").related_model)
        mine = cls.objects.filter(article=OuterRef("pk"), contributor=contributor)
        return story.objects.published().filter(Exists(mine))
