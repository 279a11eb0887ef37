"""The newsroom's calendar in the admin: what is on each day, and moving it to another."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from articles.admin.deeds import Reason
from articles.models import Article
from articles.publishing import PublishingError, may_publish
from articles.timing import move_to_day
from communities.admin_base import DateInput
from issues import moving, patterns
from issues.calendar import Span, days_of, undated
from issues.models import Issue
from issues.months import weekdays
from issues.scheduling import ScheduleError, day_in_words

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin

JSON = "application/json"


class OtherDay(forms.Form):
    """The day something is moved to."""

    date = forms.DateField(
        label=_("Move to"),
        widget=DateInput,
        error_messages={"required": _("Choose a day.")},
    )


class OtherDayAndReason(OtherDay, Reason):
    """The day, and why."""

    field_order = ["date", "note"]


def urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the addresses of the calendar and of what is done from it."""

    def calendar(request: HttpRequest) -> HttpResponse:
        _check_seen(site_admin, request)
        return _calendar(site_admin, request)

    def standing(request: HttpRequest) -> HttpResponse:
        _check_seen(site_admin, request)
        return _standing(request)

    def issue(request: HttpRequest, pk: int) -> HttpResponse:
        _check_seen(site_admin, request)
        return _move_issue(site_admin, request, get_object_or_404(Issue, pk=pk))

    def story(request: HttpRequest, pk: int) -> HttpResponse:
        _check_seen(site_admin, request)
        if not may_publish(request.user):
            raise PermissionDenied
        seen = Article.objects.editable_by(request.user)
        return _move_story(site_admin, request, get_object_or_404(seen, pk=pk))

    wrap = site_admin.admin_site.admin_view
    name = "issues_issue_calendar"
    return [
        path("calendar/", wrap(require_safe(calendar)), name=name),
        path("calendar/standing/", wrap(require_POST(standing)), name=f"{name}_standing"),
        path("calendar/story/<int:pk>/", wrap(story), name=f"{name}_story"),
        path("<int:pk>/move/", wrap(issue), name="issues_issue_move"),
    ]


def calendar_address(day: datetime.date, kind: str = "month", place: str = "") -> str:
    """Return where the calendar shows a day.

    Args:
        day: the day.
        kind: "month" or "week".
        place: what the page is opened at.

    """
    span = Span.of_week(day) if kind == "week" else Span.of_month(day)
    address = reverse("admin:issues_issue_calendar")
    return f"{address}?{span.query(day)}" + (f"#{place}" if place else "")


def _check_seen(site_admin: IssueAdmin, request: HttpRequest) -> None:
    if not site_admin.has_view_permission(request):
        raise PermissionDenied


def _calendar(site_admin: IssueAdmin, request: HttpRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    asked = {name: request.GET.get(name, "") for name in ("month", "week")}
    try:
        span = Span.read(**asked, today=today)
    except ValueError as error:
        raise Http404 from error
    user = cast(User, request.user)
    return render(
        request,
        "admin/issues/issue/calendar.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Calendar"),
            "opts": site_admin.opts,
            "span": span,
            "days": days_of(span, by=user, at=now),
            "undated": undated(by=user, at=now),
            "weekdays": weekdays(),
            "before": span.query(span.before),
            "after": span.query(span.after),
            "other_kind": _other_kind(span, today),
            "now": now,
            "today": today,
            "may_make": patterns.may_make_issues(user),
            "may_publish": may_publish(user),
            "weeks": patterns.WEEKS,
        },
    )


def _other_kind(span: Span, today: datetime.date) -> str:
    """Return how the week is asked for where a month is shown, and the other way round."""
    if span.kind == "week":
        return f"month={span.day:%Y-%m}"
    inside = today if span.first <= today <= span.last else span.day
    return f"week={inside.isoformat()}"


def _standing(request: HttpRequest) -> HttpResponse:
    try:
        made = patterns.make_standing(by=cast(User, request.user))
    except ScheduleError as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        if count := len(made.issues):
            said = ngettext(
                "%(count)d issue made: %(days)s.", "%(count)d issues made: %(days)s.", count
            )
            messages.success(request, said % {"count": count, "days": _days(made.issues)})
        else:
            messages.info(request, gettext("No issue had to be made."))
        if made.kept:
            said = gettext("There already, and left as they are: %(days)s.")
            messages.info(request, said % {"days": _days(made.kept)})
    return HttpResponseRedirect(_back(request, timezone.localdate()))


def _days(issues: list[Issue]) -> str:
    return "、".join(day_in_words(issue.date) for issue in issues if issue.date)


def _move_issue(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    if not site_admin.has_change_permission(request):
        raise PermissionDenied
    form_class = OtherDayAndReason if moving.asks_for_reason(issue) else OtherDay
    old = issue.date

    def move(values: dict[str, Any]) -> None:
        note, by = values.get("note", ""), cast(User, request.user)
        moving.move(issue, to=values["date"], by=by, note=note)
        if issue.date != old:
            site_admin.log_change(request, issue, _moved(str(old or ""), str(issue.date)))

    context = {"issue": issue, "may_move": moving.may_move(issue, request.user)}
    return _answer(site_admin, request, form_class, move, str(issue), old, context)


def _moved(old: str, new: str) -> str:
    return gettext("Moved from %(old)s to %(new)s.") % {"old": old, "new": new}


def _move_story(site_admin: IssueAdmin, request: HttpRequest, story: Article) -> HttpResponse:
    hour = story.publish_at
    waits = hour is not None and not story.is_public()

    def move(values: dict[str, Any]) -> None:
        move_to_day(story, to=values["date"], by=cast(User, request.user))

    old = timezone.localtime(hour).date() if hour else None
    context = {"story": story, "may_move": waits}
    return _answer(site_admin, request, OtherDay, move, story.headline, old, context)


def _answer(
    site_admin: IssueAdmin,
    request: HttpRequest,
    form_class: type[OtherDay],
    move: Callable[[dict[str, Any]], None],
    name: str,
    old: datetime.date | None,
    context: dict[str, Any],
) -> HttpResponse:
    """Move what a form or the calendar's script asks for; else show the form.

    Args:
        site_admin: the admin of issues.
        request: the request; the script's accepts JSON.
        form_class: what has to be filled in.
        move: does it, with the form's values.
        name: what is moved.
        old: the day it is on.
        context: what the page is drawn with besides.

    """
    by_script = JSON in request.headers.get("Accept", "")
    wanted = request.GET.get("date") or old or timezone.localdate()
    form = form_class(request.POST if request.method == "POST" else None, initial={"date": wanted})
    if form.is_valid():
        try:
            move(form.cleaned_data)
        except PublishingError as refusal:
            form.add_error(None if "note" in form.fields else "date", list(refusal.reasons))
        else:
            day = form.cleaned_data["date"]
            said = gettext("%(name)s is on %(day)s now.") % {"name": name, "day": day_in_words(day)}
            if by_script:
                return JsonResponse({"done": said})
            messages.success(request, said)
            return HttpResponseRedirect(_back(request, day))
    if by_script:
        refused = [str(text) for texts in form.errors.values() for text in texts]
        return JsonResponse({"refused": refused}, status=409)
    return render(
        request,
        "admin/issues/issue/move.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Move to another day"),
            "opts": site_admin.opts,
            "name": name,
            "form": form,
            "back": _back(request, old or timezone.localdate()),
            **context,
        },
    )


def _back(request: HttpRequest, day: datetime.date) -> str:
    """Return where the calendar shows a day, by the month or by the week as it was left."""
    return calendar_address(day, request.GET.get("kind", ""), f"day-{day.isoformat()}")
