"""What community managers keep: the rows of their own places, and of no others."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from communities.admin_base import NewsroomAdmin, Row
from communities.models import Community


class KeptByManagers(NewsroomAdmin[Row]):
    """Places and what is in them: shown and changed by those who keep them, or who keep all."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        """Return what somebody is shown; lists, suggestions and addresses all ask here."""
        return cast(Any, super().get_queryset(request)).seen_by(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Whether somebody may change a row: only what they keep."""
        return super().has_change_permission(request, obj) and self._keeps(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        """Whether somebody may delete a row: only what they keep."""
        return super().has_delete_permission(request, obj) and self._keeps(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> TemplateResponse:
        """Give the map beside the position the names it is read by."""
        context["names"] = Community.objects.names_on_map()
        return cast(TemplateResponse, super().render_change_form(request, context, *args, **kwargs))

    def _keeps(self, request: HttpRequest, obj: Row | None) -> bool:
        rows = cast(Any, self.model._default_manager)
        return obj is None or rows.managed_by(request.user).filter(pk=obj.pk).exists()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse what somebody does not keep in a deletion of several, too."""
        for obj in objs:
            if not self._keeps(request, obj):
                raise PermissionDenied
        return super().get_deleted_objects(objs, request)
