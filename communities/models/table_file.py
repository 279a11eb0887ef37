"""A file that somebody is about to take in: kept between looking through it and confirming it."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

# How long a file waits to be confirmed.
KEPT_FOR = datetime.timedelta(hours=12)


class TableFileQuerySet(models.QuerySet["TableFile"]):
    """Questions about files."""

    def waiting(self, at: datetime.datetime) -> TableFileQuerySet:
        """Files that can still be confirmed."""
        return self.filter(made_at__gt=at - KEPT_FOR)

    def expired(self, at: datetime.datetime) -> TableFileQuerySet:
        """Files that nobody will confirm any more."""
        return self.filter(made_at__lte=at - KEPT_FOR)


class TableFile(models.Model):
    """One person's file for one table; another one takes its place.

    Its bytes stand in the database, which all servers share and no address leads to.
    """

    by = models.ForeignKey(User, related_name="+", on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    # What was shown of each line, as a short digest by its number.
    shown = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = TableFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("table to be taken in")
        verbose_name_plural = _("tables to be taken in")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["by", "kind"], name="communities_tablefile_one_each")
        ]

    def __str__(self) -> str:
        return self.name
