"""Rows that are part of a story's text: they are closed to change when it is."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from . import gate
from .states import FROZEN

Part = TypeVar("Part", bound="StoryPart")


class StoryPartQuerySet(models.QuerySet[Part]):
    """Parts of stories; those of an approved story stay as they are."""

    def _refuse_frozen(self) -> None:
        if not gate.is_open() and self.filter(article__status__in=FROZEN).exists():
            gate.refuse([self.model._meta.model_name or ""])

    def update(self, **kwargs: Any) -> int:
        """Change parts of open stories."""
        self._refuse_frozen()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete parts of open stories."""
        self._refuse_frozen()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Add parts to open stories."""
        rows: list[Any] = list(objs)
        for row in rows:
            row.refuse_frozen()
        return super().bulk_create(rows, *args, **kwargs)


class StoryPart(models.Model):
    """A row under a story."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row of an open story."""
        self.refuse_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row of an open story."""
        self.refuse_frozen()
        return super().delete(*args, **kwargs)

    def refuse_frozen(self) -> None:
        """Refuse a change under an approved story.

        Raises:
            articles.models.gate.GateError: when the story's text is closed.

        """
        story = getattr(self, "article", None)
        if story is not None and story.is_frozen:
            gate.refuse([self._meta.model_name or ""])
