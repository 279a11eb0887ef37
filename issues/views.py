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
from communities.addresses import root_of
from communities.days import month_ends
from communities.together import fetch
from issues.epaper import Leaf, neighbours, open_page
from issues.handover.ninjs import issue_as_ninjs
from issues.models import Issue, Page, Placement
from issues.months import YearOfIssues, month_of, weekdays, weeks_of, years_of_issues
from issues.sheet import arrange

LATEST_ISSUES = 8


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Show a month's issues (`?month=2026-03`, else the latest that has one) and the latest."""
    now = timezone.now()
    published = Issue.objects.published(now)
    years = years_of_issues(now)
    month = _month(request, years)
    latest = published.prefetch_related("pages")[:LATEST_ISSUES]
    in_month, earlier, later = published.none(), published.none(), published.none()
    if month is not None:
        first, last = month_ends(month)
        in_month = published.in_month(month)
        earlier = published.filter(date__lt=first)[:1]
        later = published.reverse().filter(date__gt=last)[:1]
    fetch(in_month, earlier, later, latest)
    if month is not None and not in_month:
        raise Http404("no issue in that month")
    return render(
        request,
        "issues/issues.html",
        {
            "month": month,
            "weeks": weeks_of(month, in_month) if month else [],
            "weekdays": weekdays(),
            "earlier": earlier[0].date if earlier else None,
            "later": later[0].date if later else None,
            "years": [found.last for found in years],
            "latest": latest,
            "latest_issue": latest[0] if latest else None,
        },
    )


def _month(request: HttpRequest, years: list[YearOfIssues]) -> datetime.date | None:
    asked = request.GET.get("month")
    if not asked:
        return years[0].last.replace(day=1) if years else None
    try:
        return month_of(asked)
    except ValueError:
        raise Http404("no such month") from None


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
    return as_json(issue_as_ninjs(found, root=root_of(request), at=now))


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
