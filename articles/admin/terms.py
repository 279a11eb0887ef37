"""The list of sensitive and preferred terms in the admin: search, a table in, a table out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import terms
from articles.models import Term
from articles.terms import MOST_BYTES, TermFileError
from communities.admin_base import NewsroomAdmin
from communities.forms import NewsroomForm


class TermForm(NewsroomForm):
    """A term."""

    class Meta:
        model = Term
        fields = ("text", "kind", "replacement", "reason")

    def clean(self) -> dict[str, Any] | None:
        """Refuse a word that would be replaced by itself."""
        cleaned = super().clean() or {}
        if cleaned.get("text") and cleaned.get("text") == cleaned.get("replacement"):
            self.add_error("replacement", _("The word and what to write instead are the same."))
        return cleaned


class TermFileForm(forms.Form):
    """A table to be taken in."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Four columns: word, kind, what to write instead, reason. UTF-8 or GB18030, as Excel "
            "and WPS save it. Words that are on the list are changed, none is taken off."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


@admin.register(Term)
class TermAdmin(NewsroomAdmin[Term]):
    form = TermForm
    list_display = ["text", "kind", "replacement", "reason"]
    list_filter = ["kind"]
    search_fields = ["text", "replacement", "reason"]
    search_help_text = _("Search words, replacements and reasons")
    fields = [("text", "kind"), "replacement", "reason"]
    change_list_template = "admin/articles/term/change_list.html"

    def get_urls(self) -> list[Any]:
        """Add the addresses of the table, in and out."""
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_page), name="articles_term_import"),
            path("export/", wrap(self.export_file), name="articles_term_export"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Offer the table to be taken in to those who may add and change terms."""
        return super().changelist_view(
            request, {"may_import": self._may_import(request), **(extra_context or {})}
        )

    def _may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """Take a table in, or say line by line why not."""
        if not self._may_import(request):
            raise PermissionDenied
        form = TermFileForm(request.POST or None, request.FILES or None)
        errors: list[terms.LineError] = []
        if form.is_valid():
            try:
                taken = terms.import_terms(form.cleaned_data["file"].read(MOST_BYTES + 1))
            except TermFileError as refusal:
                errors = refusal.errors
            else:
                text = gettext("%(added)d terms added, %(changed)d changed, %(same)d as before.")
                messages.success(request, text % vars(taken))
                return HttpResponseRedirect(reverse("admin:articles_term_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import terms"),
            "opts": self.opts,
            "form": form,
            "errors": errors,
        }
        return render(request, "admin/articles/term/import.html", context)

    def export_file(self, request: HttpRequest) -> HttpResponse:
        """Return the list as a CSV file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = HttpResponse(terms.export_terms(), content_type="text/csv; charset=utf-8")
        name = content_disposition_header(as_attachment=True, filename=gettext("terms") + ".csv")
        response["Content-Disposition"] = name or "attachment"
        return response
