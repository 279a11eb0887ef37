"""The newspaper by issue and by page."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.views import as_json
from issues.epaper import Leaf, neighbours, open_page
from issues.handover.ninjs import issue_as_ninjs
from issues.models import Issue, Page, Placement
from issues.months import latest_of_each_year, month_of, weekdays, weeks_of
from issues.sheet import arrange

LATEST_ISSUES = 8


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Show a month's issues (`?month=2026-03`, else the latest that has one) and the latest."""
    published = Issue.objects.published()
    months = list(published.order_by().dates("date", "month", order="DESC"))
    month = _month(request, months)
    place = months.index(month) if month else 0
    latest = list(published.prefetch_related("pages")[:LATEST_ISSUES])
    return render(
        request,
        "issues/issues.html",
        {
            "month": month,
            "weeks": weeks_of(month, published.in_month(month)) if month else [],
            "weekdays": weekdays(),
            "earlier": months[place + 1] if place + 1 < len(months) else None,
            "later": months[place - 1] if place else None,
            "years": latest_of_each_year(months),
            "latest": latest,
            "latest_issue": latest[0] if latest else None,
        },
    )


def _month(request: HttpRequest, months: list[datetime.date]) -> datetime.date | None:
    asked = request.GET.get("month")
    if not asked:
        return months[0] if months else None
    try:
        month = month_of(asked)
    except ValueError:
        raise Http404("no such month") from None
    if month not in months:
        raise Http404("no issue in that month")
    return month


@require_safe
def issue(request: HttpRequest, date: datetime.date) -> HttpResponse:
    """Show an issue: its pages and the headlines on each."""
    # One moment for the issue and its stories: they appear in the same instant.
    now = timezone.now()
    placements = Placement.objects.public(now).select_related("article__column")
    pages = Page.objects.select_related("press").prefetch_related(
        Prefetch("placements", placements)
    )
    published = Issue.objects.published(now)
    found = get_object_or_404(published.prefetch_related(Prefetch("pages", pages)), date=date)
    return render(request, "issues/issue.html", {"issue": found, **neighbours(found, now)})


def _leaf(date: datetime.date, code: str) -> Leaf:
    leaf = open_page(date, code, timezone.now())
    if leaf is None:
        raise Http404("no such page")
    return leaf


def _facts(leaf: Leaf) -> dict[str, Any]:
    around = neighbours(leaf.issue, leaf.at)
    return {**vars(leaf), "cn_number": settings.PAPER_CN_NUMBER, **around}


@require_safe
def issue_json(request: HttpRequest, date: datetime.date) -> HttpResponse:
    """Tell other systems of an issue the public sees (ninjs)."""
    now = timezone.now()
    found = get_object_or_404(Issue.objects.published(now), date=date)
    return as_json(issue_as_ninjs(found, root=request.build_absolute_uri("/")[:-1], at=now))


@require_safe
def page(request: HttpRequest, date: datetime.date, code: str) -> HttpResponse:
    """Show a page of an issue: as printed where its picture is there, else its stories by role."""
    leaf = _leaf(date, code)
    if leaf.press:
        context = {**_facts(leaf), "press": leaf.press, "placements": leaf.printed()}
        return render(request, "issues/printed_page.html", context)
    sheet = arrange(leaf.page.placements.public(leaf.at).with_stories())
    return render(request, "issues/page.html", {**_facts(leaf), "sheet": sheet})


@require_safe
def large(request: HttpRequest, date: datetime.date, code: str) -> HttpResponse:
    """Show the picture of a page at its full width, in a frame that scrolls."""
    leaf = _leaf(date, code)
    if not leaf.press:
        raise Http404("this page has no picture")
    context = {**vars(leaf), "press": leaf.press, "placements": leaf.printed()}
    return render(request, "issues/large_page.html", context)


@require_safe
def page_pdf(request: HttpRequest, date: datetime.date, code: str) -> FileResponse:
    """Send the press's PDF of a page."""
    leaf = _leaf(date, code)
    if not leaf.press or not leaf.press.pdf:
        raise Http404("this page has no PDF")
    try:
        file = leaf.press.pdf.open("rb")
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    name = f"{settings.SITE_NAME} {date.isoformat()} {code}.pdf"
    return FileResponse(file, filename=name, content_type="application/pdf")
