"""What the project itself keeps."""

from __future__ import annotations

from django.db import models


class ContentChange(models.Model):
    """That something the public sees has changed; written by the database itself.

    `bulletin.pagecache.changes` has the triggers. On SQLite, which has one writer at a time, one
    row counts; on PostgreSQL each transaction writes a row of its own, because a row that all of
    them changed would make them wait for one another.
    """

    transaction = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.transaction}: {self.number}"
