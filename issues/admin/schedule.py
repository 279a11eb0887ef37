"""An issue's scheduling in the admin: where it stands, what is wrong, what to do, the record."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.admin.deeds import Deed
from articles.admin.steps import standing_label
from articles.publishing import PublishingError
from issues import scheduling
from issues.admin.deeds import ISSUE_DEEDS, STORY_DEEDS, PutIn
from issues.admin.record import Entry, change_of, entries_of
from issues.lacks import Lack, lacks_of
from issues.models import Issue, IssueEvent, Page, Placement, Stage, Web

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin

Subject = TypeVar("Subject", Issue, Placement)
Forms = list[tuple[Deed[Subject], forms.Form]]
# The looks of the labels that stories have too.
LOOKS = {Stage.LOCKED: "untimed", Stage.SCHEDULED: "waiting", Stage.LIVE: "published"}
# When an issue appears, unless somebody says otherwise.
EARLY = datetime.time(6)
# How many steps of the record the issue's own form shows.
LATEST = 3


def urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the addresses of an issue's scheduling and of each story in it."""
    wrap = site_admin.admin_site.admin_view

    def schedule(request: HttpRequest, pk: int) -> HttpResponse:
        return _schedule(site_admin, request, _issue(site_admin, request, pk))

    def put_in(request: HttpRequest, pk: int) -> HttpResponse:
        return _put_in(site_admin, request, _issue(site_admin, request, pk))

    def story(request: HttpRequest, pk: int, placement: int) -> HttpResponse:
        issue = _issue(site_admin, request, pk)
        places = Placement.objects.filter(page__issue=issue)
        place = get_object_or_404(places.select_related("page__issue", "article"), pk=placement)
        return _story(site_admin, request, place)

    return [
        path("<int:pk>/schedule/", wrap(schedule), name="issues_issue_schedule"),
        path("<int:pk>/schedule/put-in/", wrap(put_in), name="issues_issue_put_in"),
        path("<int:pk>/schedule/<int:placement>/", wrap(story), name="issues_issue_schedule_story"),
    ]


def stage_label(issue: Issue) -> SafeString:
    """Return how far an issue has come, as the small label lists and forms show."""
    stage = issue.stage()
    look = LOOKS.get(stage, stage.value)
    return format_html('<span class="standing standing-{}">{}</span>', look, stage.label)


def panel(issue: Issue) -> dict[str, Any]:
    """Return what the issue's own form says of its scheduling."""
    levels = Counter(lack.blocks for lack in lacks_of(issue))
    return {
        "standing": stage_label(issue),
        "blocking": levels[True],
        "warning": levels[False],
        "entries": entries_of(issue, LATEST),
    }


def _issue(site_admin: IssueAdmin, request: HttpRequest, pk: int) -> Issue:
    if not site_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


def _address(issue: Issue) -> str:
    return reverse("admin:issues_issue_schedule", args=[issue.pk])


def _schedule(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    deeds, done = _answer(request, issue, ISSUE_DEEDS, {"publish_at": _first_hour(issue)})
    if done:
        return HttpResponseRedirect(_address(issue))
    lacks = lacks_of(issue)
    return render(
        request,
        "admin/issues/issue/schedule.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": str(issue),
            "opts": site_admin.opts,
            "issue": issue,
            "is_live": issue.is_live(),
            "standing": stage_label(issue),
            "deeds": deeds,
            "blocking": sum(lack.blocks for lack in lacks),
            "warning": sum(not lack.blocks for lack in lacks),
            "lacks": _by_page(lacks),
            "pages": [(page, _lines(page)) for page in issue.pages.all()],
            "may_schedule": scheduling.may_schedule(request.user),
            "entries": entries_of(issue),
        },
    )


def _by_page(lacks: list[Lack]) -> list[tuple[Page | None, list[Lack]]]:
    return [(page, list(group)) for page, group in groupby(lacks, key=lambda lack: lack.page)]


def _lines(page: Page) -> list[tuple[Placement, SafeString, str]]:
    """Return a page's stories, each with how near it is to the reader and how it appears."""
    return [(place, standing_label(place.article), _how(place)) for place in page.placements.all()]


def _how(place: Placement) -> str:
    """Say how a story of the issue appears on the web; "" where that goes without saying."""
    return "" if place.web == Web.WITH_ISSUE else str(place.get_web_display())


def _first_hour(issue: Issue) -> datetime.datetime:
    """Return the hour a form begins with: the issue's, or as planned for its day, or now."""
    now = timezone.localtime()
    if issue.publish_at:
        return issue.publish_at
    if issue.date is None:
        return now
    return max(
        now, timezone.make_aware(datetime.datetime.combine(issue.date, issue.planned_hour or EARLY))
    )


def _story(site_admin: IssueAdmin, request: HttpRequest, place: Placement) -> HttpResponse:
    issue = place.page.issue
    hour = place.article.publish_at or timezone.localtime()
    deeds, done = _answer(request, place, STORY_DEEDS, {"publish_at": hour})
    if done:
        return HttpResponseRedirect(_address(issue))
    return render(
        request,
        "admin/issues/issue/story.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": place.article.headline,
            "opts": site_admin.opts,
            "issue": issue,
            "place": place,
            "how": str(place.get_web_display()),
            "standing": standing_label(place.article),
            "is_public": place.article.is_public(),
            "deeds": deeds,
        },
    )


def _put_in(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    if not scheduling.may_schedule(request.user):
        raise PermissionDenied
    form = PutIn(request.POST or None, issue=issue, by=request.user)
    if form.is_valid():
        values = form.cleaned_data
        try:
            event = scheduling.put_in(
                values["page"],
                values["article"],
                by=cast(User, request.user),
                role=values["role"],
                note=values["note"],
            )
        except PublishingError as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            tell(request, event)
            return HttpResponseRedirect(_address(issue))
    return render(
        request,
        "admin/issues/issue/put_in.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Put a story in"),
            "opts": site_admin.opts,
            "issue": issue,
            "is_live": issue.is_live(),
            "standing": stage_label(issue),
            "form": form,
        },
    )


def _answer(
    request: HttpRequest,
    subject: Subject,
    deeds: tuple[Deed[Subject], ...],
    initial: dict[str, Any],
) -> tuple[list[tuple[Deed[Subject], forms.Form]], bool]:
    """Do what a form asks for; else give each deed that is offered its form.

    Returns:
        The deeds with their forms (what was typed and refused comes back as it was), and whether
        something was done or came too late, so that the page is to be shown anew.

    """
    offered = [deed for deed in deeds if deed.offered(subject, request.user)]
    chosen = next((deed for deed in offered if deed.name == request.POST.get("deed")), None)
    typed: forms.Form | None = None
    if request.method == "POST":
        if chosen is None:
            if request.POST.get("deed") not in {deed.name for deed in deeds}:
                raise PermissionDenied
            if not scheduling.may_schedule(request.user):
                raise PermissionDenied
            too_late = gettext("This cannot be done to the issue as it stands now.")
            messages.warning(request, too_late)
            return [], True
        typed = chosen.form(request.POST, prefix=chosen.name)
        if typed.is_valid() and _do(request, subject, chosen, typed):
            return [], True
        subject.refresh_from_db()
    shown = [
        (
            deed,
            typed if deed is chosen and typed else deed.form(prefix=deed.name, initial=initial),
        )
        for deed in offered
    ]
    return shown, False


def _do(request: HttpRequest, subject: Subject, deed: Deed[Subject], form: forms.Form) -> bool:
    """Do it; a refusal is told at its form."""
    try:
        with transaction.atomic():
            event = deed.do(subject, cast(User, request.user), form.cleaned_data)
    except PublishingError as refusal:
        form.add_error(None, list(refusal.reasons))
        return False
    tell(request, event)
    return True


def tell(request: HttpRequest, event: IssueEvent) -> None:
    """Say above the next page what was done."""
    entry = Entry(event.at, "", str(event.get_kind_display()), change_of(event), event.note)
    text = " · ".join(part for part in (entry.what, entry.change) if part)
    messages.success(request, gettext("Done: %(what)s.") % {"what": text})
