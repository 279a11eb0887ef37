"""What search holds of stories and names; `articles.search` writes and asks it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """What can be found of an approved story, in the canonical writing of `articles.search.units`.

    Whether it may be found is asked of the story at the moment of the search. The database holds
    the grams of these texts beside them (see `articles.search.storage`).
    """

    article = models.OneToOneField(
        "articles.Article",
        verbose_name=_("story"),
        related_name="search_entry",
        on_delete=models.CASCADE,
        primary_key=True,
    )
    head = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article_id)


class SearchWaiting(models.Model):
    """A story whose entry is to be written again, because something it names is called otherwise.

    Where many stories name it, that is done aside, by a worker (`articles.search.indexing`).
    """

    article = models.OneToOneField(
        "articles.Article",
        verbose_name=_("story"),
        related_name="+",
        on_delete=models.CASCADE,
        primary_key=True,
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("story waiting for the search index")
        verbose_name_plural = _("stories waiting for the search index")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article_id)


class NamePinyin(models.Model):
    """How a name is typed on a Latin keyboard: "|wang fang|wangfang|wf" (see `search.pinyin`).

    A row outlives what it names without harm: search looks for what is there under its key.
    """

    class Kind(models.TextChoices):
        """What has names that are typed."""

        COMMUNITY = "community", _("community")
        STATION = "station", _("service station")
        CONTRIBUTOR = "contributor", _("contributor")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    key = models.BigIntegerField()
    ways = models.TextField()

    class Meta:
        verbose_name = _("name in pinyin")
        verbose_name_plural = _("names in pinyin")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="articles_namepinyin_once")
        ]

    def __str__(self) -> str:
        return self.ways
