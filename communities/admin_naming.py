"""Names of places changed in the newsroom: whoever keeps copies of them is told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from communities import naming
from communities.admin_base import NewsroomAdmin, Row

# What places and stations are called.
NAMES = frozenset({"name", "other_name"})


class NamedByOthers(NewsroomAdmin[Row]):
    """The pages of what has a name that others keep."""

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        """Save a place, and have those told who keep its name where that is new."""
        if change and not NAMES.intersection(form.changed_data):
            super().save_model(request, obj, form, change)
            return
        with naming.changing(obj):
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Row) -> None:
        """Delete a place; its name is forgotten everywhere."""
        with naming.changing(obj):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> None:
        """Delete several, the same way."""
        with naming.changing(*queryset):
            super().delete_queryset(request, queryset)
