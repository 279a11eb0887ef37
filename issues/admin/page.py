"""Pages of an issue in the admin, with the stories on them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.steps import standing_label
from articles.ordering import OrderedForm, OrderedFormSet
from communities.admin_base import NewsroomAdmin, Rows
from communities.forms import NewsroomForm
from issues.admin import areas, press, press_text, typesetting
from issues.models import Issue, Page, Placement, gate


def closed(issue: Issue | None) -> ValidationError | None:
    """Return what to say where a locked issue would change, or None where it may.

    The issue is read again and kept from others until the form is saved: whoever locks it
    meanwhile comes before or after, and nothing typed is lost.
    """
    if issue is None or issue.pk is None:
        return None
    rows = Issue.objects.select_for_update().filter(pk=issue.pk)
    if any(row.is_held_fast for row in rows):
        return ValidationError(gate.LOCKED_MESSAGE, code="locked")
    return None


class PageForm(NewsroomForm):
    """A page; its code says where it stands in the issue."""

    class Meta:
        model = Page
        fields = ["issue", "code", "name", "editor", "layout", "proof", "budget", "columns"]
        widgets = {"columns": forms.CheckboxSelectMultiple}

    def clean_code(self) -> str:
        """Return the code as printed: capital letters, half-width digits."""
        return unicodedata.normalize("NFKC", self.cleaned_data["code"]).strip().upper()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "code" not in self.errors and "code" in self.changed_data:
            self.instance.position = Page.place_of(self.instance.code)


class OwnPageForm(PageForm):
    """A page on its own, with the stories on it."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse to change a page of a locked issue, or to move one there."""
        cleaned = super().clean() or {}
        stood = Issue.objects.filter(pages=self.instance.pk).first() if self.instance.pk else None
        if refusal := closed(stood):
            self.add_error(None, refusal)
        elif refusal := closed(cleaned.get("issue")):
            self.add_error("issue", refusal)
        return cleaned


class PlacementForm(OrderedForm):
    """A story's place on a page."""

    constraint_fields = {"issues_placement_one_lead": "role"}

    class Meta:
        model = Placement
        fields = ["article", "role", "position"]
        error_messages = {"article": {"required": _("Choose a story, or remove this row.")}}


class PlacementInline(Rows):
    model = Placement
    fk_name = "page"
    form = PlacementForm
    formset = OrderedFormSet
    autocomplete_fields = ["article"]
    fields = [("article", "role", "position")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("article")

    def row_label(self, placement: Placement) -> SafeString:
        """Say of each story whether readers will see it when the issue appears."""
        return format_html("{} {}", standing_label(placement.article), placement.article)


@admin.register(Page)
class PageAdmin(NewsroomAdmin[Page]):
    form = OwnPageForm
    ordering = ["-issue__date", "position", "code"]
    list_display = ["code", "name", "issue", "editor", "proof", "story_count"]
    list_select_related = ["issue"]
    search_fields = ["code", "name", "issue__date"]
    search_help_text = _("Search by page code, page name or date of the issue")
    autocomplete_fields = ["issue"]
    fieldsets = [
        (None, {"fields": ["issue", ("code", "name")]}),
        (_("Answerable"), {"fields": [("editor", "layout", "proof")]}),
        (_("Each time"), {"fields": ["budget", "columns"]}),
    ]
    inlines = [PlacementInline]
    change_form_template = "admin/issues/page/change_form.html"

    def get_urls(self) -> list[Any]:
        """Add the pages of the press's page, its areas, the typesetting, and the press's text."""
        own = [
            *press.page_urls(self),
            *areas.urls(self),
            *typesetting.urls(self),
            *press_text.urls(self),
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        found = super().get_queryset(request).select_related("issue", "press", "page_proof")
        return found.annotate(stories_in_all=Count("placements"))

    def view_on_site(self, obj: Page) -> str | None:
        return obj.get_absolute_url() if obj.issue.is_live() else None

    def has_change_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        """A page of a locked issue is shown; what a form opened before sends is told why not."""
        open_still = obj is None or not obj.issue.is_held_fast or request.method == "POST"
        return super().has_change_permission(request, obj) and open_still

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        open_still = obj is None or not obj.issue.is_held_fast
        return super().has_delete_permission(request, obj) and open_still

    @admin.display(description=_("stories in all"))
    def story_count(self, obj: Any) -> int:
        return obj.stories_in_all
