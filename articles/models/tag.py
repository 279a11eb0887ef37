"""Tags with an address of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from communities.addresses import path_to
from communities.slugs import pinyin_slug

if TYPE_CHECKING:
    from .article import Article
    from .article_queryset import ArticleQuerySet


class Tag(TagBase):
    """A word stories are filed under; its address is its pinyin."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the address name taggit asks for, with a number when it is taken."""
        slug = pinyin_slug(tag)
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self) -> str:
        """The tag's page on the public site."""
        return path_to("articles:tag", self.slug)

    def stories(self) -> ArticleQuerySet:
        """Published stories filed under this word, the newest first."""
        return TaggedArticle.stories_under(self)


class TaggedArticle(ItemBase):
    """A tag on a story."""

    content_object = models.ForeignKey(
        "articles.Article", related_name="tagged", on_delete=models.CASCADE
    )
    tag = models.ForeignKey(Tag, related_name="tagged", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("tag on a story")
        verbose_name_plural = _("tags on stories")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="articles_tag_once")
        ]
        # A word's newest stories, for `articles.related`; places and stations have the same.
        indexes = [models.Index(fields=["tag", "content_object"], name="article_tag_newest")]

    @classmethod
    def stories_under(cls, tag: Tag) -> ArticleQuerySet:
        """Published stories that carry a tag."""
        story = cast("type[Article]", cls._meta.get_field("content_object").related_model)
        mine = cls.objects.filter(content_object=models.OuterRef("pk"), tag=tag)
        return story.objects.published().current().filter(models.Exists(mine))
