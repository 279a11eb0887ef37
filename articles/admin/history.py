"""A story's past: its revisions, any two compared, one restored; the record sheet and its table."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from articles import record_sheet, revisions
from articles.comparison import compare_states
from articles.fate import fate_of
from articles.models import Article, Revision
from articles.revisions import RevisionError
from articles.timeline import versions_of
from articles.usage import Period
from communities.admin_base import DateInput

from .steps import standing_label

if TYPE_CHECKING:
    from .article import ArticleAdmin


class DaysForm(forms.Form):
    """The days of a table."""

    first = forms.DateField(label=_("from"), widget=DateInput)
    last = forms.DateField(label=_("to"), widget=DateInput)

    @property
    def period(self) -> Period:
        """The days, once the form is valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the addresses of a story's revisions and its record."""

    def listed(request: HttpRequest, pk: int) -> HttpResponse:
        return _revisions(site_admin, request, _story(site_admin, request, pk))

    def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return _restore(site_admin, request, _story(site_admin, request, pk), number)

    def record(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        context = {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Record sheet"),
            "article": story,
            "fate": fate_of(story),
            "sheet": record_sheet.sheet_of(story),
            "printed_at": timezone.now(),
        }
        return render(request, "admin/articles/article/record.html", context)

    wrap = site_admin.admin_site.admin_view
    return [
        path("<int:pk>/revisions/", wrap(require_safe(listed)), name="articles_article_revisions"),
        path(
            "<int:pk>/revisions/<int:number>/restore/",
            wrap(require_POST(restore)),
            name="articles_article_restore",
        ),
        path("<int:pk>/record/", wrap(require_safe(record)), name="articles_article_record"),
        path("records.csv", wrap(cast(Any, require_safe(_csv))), name="articles_article_records"),
    ]


def _story(site_admin: ArticleAdmin, request: HttpRequest, pk: int) -> Article:
    stories = site_admin.get_queryset(request).select_related("head", "revises", "filed_by")
    return get_object_or_404(stories, pk=pk)


def _revisions(site_admin: ArticleAdmin, request: HttpRequest, story: Article) -> HttpResponse:
    """Show the revisions, and two of them compared: as asked, or the last with the one before."""
    rows = versions_of(story)
    by_number = {str(row.revision.number): row.revision for row in rows}
    latest = rows[0].revision if rows else None
    new = by_number.get(request.GET.get("new", ""), latest)
    earlier = (row.revision for row in rows if new and row.revision.number < new.number)
    old = by_number.get(request.GET.get("old", ""), next(earlier, None))
    if old and new and old.number > new.number:
        old, new = new, old
    fields = compare_states(old.content if old else None, new.content) if new else []
    context = {
        **site_admin.admin_site.each_context(request),
        "title": gettext("Revisions"),
        "article": story,
        "standing": standing_label(story),
        "rows": rows,
        "old": old,
        "new": new,
        "fields": [field for field in fields if field.changed] if old else fields,
        "sides": request.GET.get("sides") == "1",
        "may_restore": site_admin.has_change_permission(request, story),
    }
    return render(request, "admin/articles/article/revisions.html", context)


def _restore(
    site_admin: ArticleAdmin, request: HttpRequest, story: Article, number: int
) -> HttpResponse:
    if not site_admin.has_change_permission(request, story):
        raise PermissionDenied
    revision = get_object_or_404(Revision, article=story.identity, number=number)
    base = request.POST.get("base", "")
    try:
        revisions.restore(
            story, revision, by=request.user, base=int(base) if base.isdecimal() else None
        )
    except RevisionError as refusal:
        messages.warning(request, str(refusal))
        back = reverse("admin:articles_article_revisions", args=[story.pk])
        return HttpResponseRedirect(back)
    messages.success(request, gettext("%(revision)s is the text again.") % {"revision": revision})
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))


def _csv(request: HttpRequest) -> HttpResponseBase:
    """Send the record of a period as a table."""
    if not request.user.has_perm("articles.view_review"):
        raise PermissionDenied
    today = timezone.localdate()
    month = {"first": today.replace(day=1), "last": today}
    form = DaysForm({**month, **request.GET.dict()})
    if not form.is_valid():
        raise Http404
    start, end = form.period.bounds
    response = StreamingHttpResponse(_encoded(start, end), content_type="text/csv; charset=utf-8")
    name = "reviews-{first}-{last}.csv".format(**form.cleaned_data)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _encoded(start: datetime.datetime, end: datetime.datetime) -> Iterator[bytes]:
    """Write the table line by line; the mark at its beginning tells Excel that it is UTF-8."""
    yield b"\xef\xbb\xbf"
    for row in record_sheet.table(start, end):
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode()
