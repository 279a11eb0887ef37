"""The press's text of a page beside what was approved for it, in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.docx import MOST_BYTES
from articles.importing import PageTextError
from issues.handover.press_text import Report, Verdict, compare_page, text_of_file
from issues.models import Page

if TYPE_CHECKING:
    from issues.admin.page import PageAdmin

LABELS = {
    Verdict.DIFFERS: _("differs"),
    Verdict.MISSING: _("not found in the press’s text"),
    Verdict.EXTRA: _("only in the press’s text"),
    Verdict.IDENTICAL: _("identical"),
}


class PressTextForm(forms.Form):
    """A page's text as the press set it: pasted, or as a file."""

    text = forms.CharField(
        label=_("Text of the page as the press set it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "press-text"}),
        help_text=_("Copied out of the layout program or a PDF, from the top of the page down."),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("Plain text (.txt) or Word (.docx)"),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,text/plain"}),
    )
    report: Report

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        """Take the page the text is compared with."""
        super().__init__(*args, **kwargs)
        self.page = page

    def clean(self) -> dict[str, Any]:
        """Read and compare; what is wrong with the text stands at the field it came in by."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        text, file = cleaned.get("text") or "", cleaned.get("file")
        name = "file" if file else "text"
        try:
            if file and text.strip():
                raise ValidationError(_("Paste the text or choose a file, not both."), code="both")
            if not file and not text.strip():
                raise ValidationError(_("Paste the text or choose a file."), code="required")
            text = text_of_file(file.read(MOST_BYTES + 1)) if file else text
            self.report = compare_page(self.page, text)
        except PageTextError as refusal:
            self.add_error(name, ValidationError(str(refusal), code=refusal.code))
        except ValidationError as refusal:
            self.add_error(name, refusal)
        return cleaned


def urls(site_admin: PageAdmin) -> list[URLPattern]:
    """Return the address where the press's text of a page is compared."""

    def press_text(request: HttpRequest, pk: int) -> HttpResponse:
        every_story = request.user.has_perm("articles.edit_any_article")
        if not (every_story and site_admin.has_view_permission(request)):
            raise PermissionDenied
        pages = site_admin.get_queryset(request).select_related("issue")
        page = get_object_or_404(pages, pk=pk)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = PressTextForm(*sent, page=page)
        context = {
            **site_admin.admin_site.each_context(request),
            "page": page,
            "opts": site_admin.opts,
            "form": form,
        }
        if form.is_bound and form.is_valid():
            report = form.report
            context |= {
                "report": report,
                "findings": [(finding, LABELS[finding.verdict]) for finding in report.findings],
                "counts": [
                    (verdict.value, label, count)
                    for verdict, label in LABELS.items()
                    if (count := report.count(verdict))
                ],
            }
        return render(request, "admin/issues/page/press_text.html", context)

    view = site_admin.admin_site.admin_view(
        require_http_methods(["GET", "HEAD", "POST"])(press_text)
    )
    return [path("<int:pk>/press-text/", view, name="issues_page_press_text")]
