"""The usage report (用稿统计) in the admin: a table, its bars, the stories behind each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import usage
from articles.listing import PlaceError
from articles.spreadsheets import CONTENT_TYPE, workbook_of
from articles.usage import Period, Report, Row
from communities.admin_base import DateInput

if TYPE_CHECKING:
    from .article import ArticleAdmin

DIMENSIONS = [
    ("contributor", _("by person")),
    ("community", _("by community")),
    ("section", _("by section")),
    ("month", _("by month")),
]


class DaysForm(forms.Form):
    """Which days."""

    first = forms.DateField(label=_("from"), widget=DateInput)
    last = forms.DateField(label=_("to"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins.

        Raises:
            ValidationError: for such a period.

        """
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("The last day lies before the first.")})
        return cleaned

    @property
    def period(self) -> Period:
        """The days asked for, once they are known to be in order."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    @property
    def query(self) -> str:
        """What was asked, as an address carries it."""
        return urlencode({name: self.cleaned_data[name] for name in self.fields})


def this_month() -> dict[str, Any]:
    """Return the days a report begins with: this month's until today."""
    today = timezone.localdate()
    return {"first": today.replace(day=1), "last": today}


class PeriodForm(DaysForm):
    """Which days, and broken down by what."""

    by = forms.ChoiceField(label=_("broken down"), choices=DIMENSIONS)


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the addresses of the report, its spreadsheet and the stories behind a figure."""

    def page(request: HttpRequest) -> HttpResponse:
        _check(request)
        form = _asked(request)
        context = {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Usage report"),
            "form": form,
        }
        if form.is_valid():
            made = usage.report(form.period, form.cleaned_data["by"])
            context |= {
                "report": made,
                "dimension": dict(DIMENSIONS)[made.dimension],
                "lines": _lines(form, made),
                "query": form.query,
            }
        return render(request, "admin/articles/article/usage.html", context)

    def spreadsheet(request: HttpRequest) -> HttpResponse:
        _check(request)
        form = _asked(request)
        if not form.is_valid():
            raise Http404
        made = usage.report(form.period, form.cleaned_data["by"])
        response = HttpResponse(_workbook(made), content_type=CONTENT_TYPE)
        days = "{first}-{last}".format(**form.cleaned_data)
        name = f"usage-{form.cleaned_data['by']}-{days}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def stories(request: HttpRequest) -> HttpResponse:
        _check(request)
        form = _asked(request)
        if not form.is_valid():
            raise Http404
        try:
            found = usage.stories_behind(
                form.period, form.cleaned_data["by"], request.GET.get("key", "")
            )
            listing = found.for_lists().listing(request.GET.get("from", ""), per_page=50)
        except (ValueError, PlaceError):
            raise Http404 from None
        return render(
            request,
            "admin/articles/article/usage_stories.html",
            {
                **site_admin.admin_site.each_context(request),
                "title": gettext("Stories behind a figure"),
                "listing": listing,
                "query": form.query + "&" + urlencode({"key": request.GET.get("key", "")}),
            },
        )

    wrap = site_admin.admin_site.admin_view
    return [
        path("usage/", wrap(require_safe(page)), name="articles_article_usage"),
        path("usage.xlsx", wrap(require_safe(spreadsheet)), name="articles_article_usage_xlsx"),
        path("usage/stories/", wrap(require_safe(stories)), name="articles_article_usage_stories"),
    ]


def _check(request: HttpRequest) -> None:
    """Let those alone see everybody's figures who may see everybody's stories."""
    if not request.user.has_perm("articles.edit_any_article"):
        raise PermissionDenied


def _asked(request: HttpRequest) -> PeriodForm:
    """Return the form as asked; without a question, this month by person."""
    return PeriodForm({**this_month(), "by": "contributor", **request.GET.dict()})


def _lines(form: PeriodForm, made: Report) -> list[tuple[Row, str, str]]:
    """Pair each line with its name and the address of the stories behind it."""
    address = reverse("admin:articles_article_usage_stories")
    return [
        (row, _name(row), f"{address}?{form.query}&{urlencode({'key': row.key})}")
        for row in made.rows
    ]


def _name(row: Row) -> str:
    return row.name or gettext("(none)")


def _workbook(made: Report) -> bytes:
    head = [
        str(dict(DIMENSIONS)[made.dimension]),
        gettext("Accepted"),
        gettext("Published"),
        gettext("Characters"),
        gettext("Photos"),
    ]

    def cells(row: Row, name: str) -> list[str | int]:
        return [name, row.accepted, row.published, row.characters, row.photos]

    rows = [cells(row, _name(row)) for row in made.rows]
    return workbook_of(
        gettext("Usage report"), head, rows, cells(made.total, gettext("Total, each story once"))
    )
