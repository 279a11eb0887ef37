"""Rows that are written once: what stays on record for an inspection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

from . import gate

Row = TypeVar("Row", bound=models.Model)


class RecordQuerySet(models.QuerySet[Row]):
    """Rows that can be read and added, and nothing else."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise gate.on_record()

    def delete(self) -> NoReturn:
        """Refuse."""
        raise gate.on_record()

    def bulk_update(self, objs: Iterable[Row], fields: Any, batch_size: int | None = None) -> int:
        """Refuse."""
        raise gate.on_record()


class Record(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row.

        Raises:
            articles.models.gate.AppendOnlyError: when the row exists already.

        """
        if not self._state.adding:
            raise gate.on_record()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise gate.on_record()
