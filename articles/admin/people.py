"""Contributors in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Contributor
from communities.admin_base import NewsroomAdmin
from communities.forms import NewsroomForm


class ContributorForm(NewsroomForm):
    """A person."""

    class Meta:
        model = Contributor
        fields = "__all__"
        labels = {"name": _("full name")}


@admin.register(Contributor)
class ContributorAdmin(NewsroomAdmin[Contributor]):
    form = ContributorForm
    list_display = ["name", "title", "organisation", "community"]
    list_filter = ["title"]
    list_select_related = ["community"]
    search_fields = ["name", "organisation", "community__name"]
    search_help_text = _("Search names, organisations and communities")
    autocomplete_fields = ["community", "user"]

    def get_fields(self, request: HttpRequest, obj: Contributor | None = None) -> list[Any]:
        """Whose login it is concerns those alone who may see logins."""
        fields: list[Any] = [("name", "title"), "organisation", "community", "bio"]
        return [*fields, "user"] if request.user.has_perm("auth.view_user") else fields

    def autocomplete_text(self, obj: Contributor) -> str:
        known = "，".join(part for part in (obj.title, obj.organisation) if part)
        if not known:
            return obj.name
        return str(_("%(name)s (%(where)s)")) % {"name": obj.name, "where": known}
