"""Rows that make up an issue: they stay as they are while it is locked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from communities.together import TogetherQuerySet

from . import gate
from .issue import IssueQuerySet

Row = TypeVar("Row", bound="PlannedRow")


class PlannedQuerySet(TogetherQuerySet[Row]):
    """Rows of issues; those of a locked issue are changed by verbs alone."""

    def update(self, **kwargs: Any) -> int:
        """Change rows of open issues, and move them to open issues."""
        self._refuse_locked()
        if not gate.is_open():
            above = self.model.above
            target = kwargs.get(above, kwargs.get(f"{above}_id"))
            if target is not None:
                self.model.refuse_under([getattr(target, "pk", target)])
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of open issues."""
        self._refuse_locked()
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Add rows to open issues."""
        rows: list[Any] = list(objs)
        self.model.refuse_under({getattr(row, f"{self.model.above}_id") for row in rows})
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse_locked(self) -> None:
        if not gate.is_open() and self.model.issues_of(self.values("pk")).held_fast().exists():
            raise gate.locked()


class PlannedRow(models.Model):
    """A row that stands in an issue.

    Attributes:
        above: the foreign key that leads to the issue, directly or by another such row.

    """

    above: str

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row of an open issue.

        Raises:
            issues.models.gate.LockedError: when the issue it stands in, or comes to, is locked.

        """
        if not gate.is_open():
            self.refuse_under([getattr(self, f"{self.above}_id")])
            if not self._state.adding:
                self._refuse_where_it_stands()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row of an open issue."""
        if not gate.is_open():
            self._refuse_where_it_stands()
        return super().delete(*args, **kwargs)

    def _refuse_where_it_stands(self) -> None:
        if self.issues_of([self.pk]).held_fast().exists():
            raise gate.locked()

    @classmethod
    def refuse_under(cls, keys: Iterable[int | None]) -> None:
        """Refuse rows under these keys where one leads to a locked issue.

        Raises:
            issues.models.gate.LockedError: when one does and no verb is at work.

        """
        if not gate.is_open() and cls.issues_above(list(keys)).held_fast().exists():
            raise gate.locked()

    @classmethod
    def issues_above(cls, keys: Any) -> IssueQuerySet:
        """Return the issues that the rows a foreign key names stand in."""
        raise NotImplementedError

    @classmethod
    def issues_of(cls, keys: Any) -> IssueQuerySet:
        """Return the issues these rows stand in."""
        raise NotImplementedError
