"""What the hub of our feeds (WebSub) has been told, and what it has still to be told."""

from __future__ import annotations

from django.db import models


class ToldChange(models.Model):
    """The last change of a story or an issue that the feeds it stands in were noted for."""

    # "article 12", "issue 7".
    what = models.CharField(max_length=40, unique=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.what


class ToldFeed(models.Model):
    """A feed that has changed at some time: when the hub has to hear of it, or heard of it last."""

    path = models.CharField(max_length=1000, unique=True)
    # None: there is nothing to tell.
    due_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.path
