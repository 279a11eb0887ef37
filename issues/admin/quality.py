"""Proof quality (编校质量) in the admin: an issue's errors and rates, and a report of a period."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.usage import DaysForm, this_month
from articles.models import Correction
from articles.spreadsheets import CONTENT_TYPE, CSV_TYPE, Cell, csv_of, workbook_of
from issues import proofing, quality
from issues.admin.quality_forms import NoteForm, StrikeForm
from issues.models import Issue, ProofError
from issues.proofing import ProofingError
from issues.quality import Line, Rate

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin

LIMITS = {"limit": quality.LIMIT, "rule": quality.RULE}


def urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the addresses of an issue's proof record, of the report and its spreadsheets."""

    def record(request: HttpRequest, pk: int) -> HttpResponse:
        _check(request)
        issue = get_object_or_404(Issue, pk=pk)
        typed: dict[str, forms.Form] = {}
        if request.method == "POST":
            done, typed = _answer(request, issue)
            if done:
                return HttpResponseRedirect(_address(issue))
        context = site_admin.admin_site.each_context(request)
        return render(
            request,
            "admin/issues/issue/quality.html",
            {**context, **_about(request, issue, typed), **LIMITS},
        )

    def report(request: HttpRequest) -> HttpResponse:
        _check(request)
        form = _asked(request)
        context = {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Proof quality"),
            "form": form,
            **LIMITS,
        }
        if form.is_valid():
            context["report"] = quality.report(form.period)
        return render(request, "admin/issues/issue/quality_report.html", context)

    def spreadsheet(request: HttpRequest) -> HttpResponse:
        head, rows, foot, name = _table(request)
        made = workbook_of(gettext("Proof quality"), head, rows, foot)
        return _download(made, CONTENT_TYPE, f"{name}.xlsx")

    def table(request: HttpRequest) -> HttpResponse:
        head, rows, foot, name = _table(request)
        return _download(csv_of(head, rows, foot), CSV_TYPE, f"{name}.csv")

    wrap = site_admin.admin_site.admin_view
    both = require_http_methods(["GET", "HEAD", "POST"])
    return [
        path("quality/", wrap(require_safe(report)), name="issues_issue_quality_report"),
        path("quality.xlsx", wrap(require_safe(spreadsheet)), name="issues_issue_quality_xlsx"),
        path("quality.csv", wrap(require_safe(table)), name="issues_issue_quality_csv"),
        path("<int:pk>/quality/", wrap(both(record)), name="issues_issue_quality"),
    ]


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("issues.view_prooferror"):
        raise PermissionDenied


def _address(issue: Issue) -> str:
    return reverse("admin:issues_issue_quality", args=[issue.pk])


def _about(request: HttpRequest, issue: Issue, typed: dict[str, forms.Form]) -> dict[str, Any]:
    """Return what an issue's proof record is drawn with.

    Args:
        request: who looks.
        issue: the issue.
        typed: the form that was sent and refused, by the name of what it does.

    """
    prefetch_related_objects([issue], "pages")
    found = quality.quality_of(issue)
    # What is not public yet is not named here: who reads the record need not see every story.
    open_now = issue.is_live() and proofing.may_note(request.user)
    return {
        "title": str(issue),
        "issue": issue,
        "is_live": issue.is_live(),
        "quality": found,
        "lines": [(line, _strike_form(line, typed)) for line in found.lines],
        "may_note": open_now,
        "note": typed.get("note") or (_note_form(request, issue) if open_now else None),
        "corrections": proofing.corrections_of(issue) if open_now else [],
    }


def _note_form(request: HttpRequest, issue: Issue, *data: Any) -> NoteForm:
    return NoteForm(*data, issue=issue, by=request.user)


def _strike_form(line: Line, typed: dict[str, forms.Form]) -> forms.Form:
    name = f"strike-{line.error.pk}"
    return typed.get(name) or StrikeForm(prefix=name)


def _answer(request: HttpRequest, issue: Issue) -> tuple[bool, dict[str, forms.Form]]:
    """Do what a form asks for: note an error, strike one out, take a correction over.

    Returns:
        Whether the page is to be shown anew; if not, the form as it was typed, by its name.

    """
    if not proofing.may_note(request.user):
        raise PermissionDenied
    deed = request.POST.get("deed")
    if deed == "note" and issue.is_live():
        form = _note_form(request, issue, request.POST)
        error = form.note_it() if form.is_valid() else None
        if error is not None:
            _tell(request, error)
        return error is not None, {"note": form}
    if deed == "strike":
        return _strike(request, issue)
    if deed == "take":
        correction = get_object_or_404(Correction, pk=_key(request, "correction"))
        try:
            _tell(request, proofing.take_over(correction, issue, by=cast(User, request.user)))
        except ProofingError as refusal:
            messages.warning(request, str(refusal))
        return True, {}
    raise PermissionDenied


def _strike(request: HttpRequest, issue: Issue) -> tuple[bool, dict[str, forms.Form]]:
    error = get_object_or_404(ProofError, pk=_key(request, "error"), issue=issue)
    form = StrikeForm(request.POST, prefix=f"strike-{error.pk}")
    if form.is_valid():
        try:
            note = form.cleaned_data["note"]
            proofing.strike_out(error, by=cast(User, request.user), note=note)
        except ProofingError as refusal:
            messages.warning(request, str(refusal))
        else:
            told = gettext("Struck out: %(error)s.") % {"error": error}
            messages.success(request, told)
        return True, {}
    return False, {f"strike-{error.pk}": form}


def _key(request: HttpRequest, name: str) -> int:
    """Return a key that a form sends.

    Raises:
        Http404: for what is no key.

    """
    sent = request.POST.get(name, "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 19):
        raise Http404
    return int(sent)


def _tell(request: HttpRequest, error: ProofError) -> None:
    told = gettext("Noted: %(error)s; it counts %(weight)s.")
    messages.success(request, told % {"error": error, "weight": error.weight})


def _asked(request: HttpRequest) -> DaysForm:
    """Return the form as asked; without a question, this month."""
    return DaysForm({**this_month(), **request.GET.dict()})


def _table(request: HttpRequest) -> tuple[list[str], list[list[Cell]], list[Cell], str]:
    """Return the report as a table: head, rows, foot, and what its file is called."""
    _check(request)
    form = _asked(request)
    if not form.is_valid():
        raise Http404
    made = quality.report(form.period)
    head = [
        gettext("issue"),
        gettext("Characters"),
        gettext("Errors"),
        gettext("counts"),
        gettext("Rate in ten-thousandths"),
        gettext("Against the limit of %(limit)s") % {"limit": quality.LIMIT},
    ]
    rows = [_cells(str(issue), rate) for issue, rate in made.rows]
    days = "{first}-{last}".format(**form.cleaned_data)
    return head, rows, _cells(gettext("All issues together"), made.total), f"quality-{days}"


def _cells(name: str, rate: Rate) -> list[Cell]:
    reckoned: Decimal | str = "" if (found := rate.in_ten_thousandths) is None else found
    return [name, rate.characters, rate.errors, rate.weight, reckoned, rate.verdict]


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
