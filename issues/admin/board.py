"""An issue's board in the admin: its pages side by side, the tray, and moves between them.

The board asks every few seconds for its own middle (`state`), which says by its ETag whether
anything has changed. The same form moves a story by drag, by keys and without script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models import Article
from issues import placing
from issues.admin.board_forms import MoveForm, TrayForm
from issues.board import board_of
from issues.board_version import version_of
from issues.models import Issue, LockedError, Role
from issues.placing import Done, PlacingError
from issues.tray import tray_of

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin

SEEING = ("issues.view_issue", "issues.view_page", "issues.view_placement")


def urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the addresses of an issue's board."""
    wrap = site_admin.admin_site.admin_view

    def board(request: HttpRequest, pk: int) -> HttpResponse:
        return _board(site_admin, request, _issue(request, pk))

    def state(request: HttpRequest, pk: int) -> HttpResponse:
        return _state(request, _issue(request, pk))

    def move(request: HttpRequest, pk: int) -> HttpResponse:
        issue = _issue(request, pk)
        if not placing.may_arrange(request.user):
            raise PermissionDenied
        if request.method == "POST":
            return _move(site_admin, request, issue)
        return _ask(site_admin, request, issue, _blank(request, issue))

    return [
        path("<int:pk>/board/", wrap(require_safe(board)), name="issues_issue_board"),
        path("<int:pk>/board/state/", wrap(require_safe(state)), name="issues_issue_board_state"),
        path("<int:pk>/board/move/", wrap(move), name="issues_issue_board_move"),
    ]


def _issue(request: HttpRequest, pk: int) -> Issue:
    if not request.user.has_perms(SEEING):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


def _address(issue: Issue) -> str:
    return reverse("admin:issues_issue_board", args=[issue.pk])


def _parts(request: HttpRequest, issue: Issue, form: TrayForm) -> dict[str, SafeString]:
    """Return the parts of the board that change, as HTML: each is put where it was before."""
    context = {
        "issue": issue,
        "board": board_of(issue),
        "tray": tray_of(issue, request.user, form.wanted(), form.number()),
        "address": _address(issue),
        "may_move": placing.may_arrange(request.user) and not issue.is_held_fast,
        "is_narrowed": form.is_narrowed,
        "later": form.address(form.number() - 1),
        "earlier": form.address(form.number() + 1),
    }
    return {
        name: render_to_string(f"admin/issues/issue/_board_{name}.html", context, request)
        for name in ("state", "sheets", "tray", "moves")
    }


def _board(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    form = TrayForm(request.GET)
    # Before the rows are read: what changes in between is seen by the next question.
    version = _version(request, issue, form)
    parts = _parts(request, issue, form)
    context = {
        **site_admin.admin_site.each_context(request),
        "title": str(issue),
        "opts": site_admin.opts,
        "issue": issue,
        "parts": parts,
        "version": version,
        "tray_form": form,
        "may_arrange": placing.may_arrange(request.user),
        "roles": Role.choices,
    }
    return render(request, "admin/issues/issue/board.html", context)


def _version(request: HttpRequest, issue: Issue, form: TrayForm) -> str:
    return version_of(issue, request.user, form.wanted(), form.number())


def _state(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Answer what the board shows by now; only that it has not changed, where it has not."""
    form = TrayForm(request.GET)
    etag = f'"{_version(request, issue, form)}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse("".join(_parts(request, issue, form).values()))
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _move(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    """Move a story, and say what has come of it: to the script, or on the board itself."""
    is_script = request.accepts("application/json") and not request.accepts("text/html")
    form = MoveForm(request.POST, issue=issue, by=request.user)
    said, status = [], 200
    if not form.is_valid():
        said, status = [str(text) for texts in form.errors.values() for text in texts], 409
    else:
        try:
            done = form.do()
        except (PlacingError, LockedError) as refusal:
            said, status = [str(refusal)], 409
        else:
            said = _sentences(done)
    if is_script:
        return JsonResponse({"said": said}, status=status)
    if status == 409 and not form.is_valid():
        return _ask(site_admin, request, issue, form)
    tell = messages.warning if status == 409 else messages.success
    tell(request, " ".join(said))
    return HttpResponseRedirect(_address(issue))


def _sentences(done: Done) -> list[str]:
    first = gettext("Done: %(what)s.") % {"what": done.move} if done.move else None
    return [first or gettext("It stands there already."), *done.said]


def _blank(request: HttpRequest, issue: Issue) -> MoveForm:
    """Return the form for a story as it stands now; 404 without one."""
    key = request.GET.get("story", "")
    stories = Article.objects.filter(pk=key if key.isascii() and key.isdigit() else 0)
    form = MoveForm(issue=issue, by=request.user)
    story: Article = get_object_or_404(form.fields["story"].queryset & stories)  # type: ignore[attr-defined]
    mine = [one for one in form.places if one.article_id == story.pk]
    asked = request.GET.get("origin", "")
    here = next((one for one in mine if str(one.page_id) == asked), mine[0] if mine else None)
    form.initial = {
        "story": story.pk,
        "origin": here.page_id if here else None,
        "was": here.role if here else "",
        "page": here.page_id if here else issue.pages.values_list("pk", flat=True).first(),
        "role": here.role if here else Role.FEATURE,
    }
    return form


def _ask(site_admin: IssueAdmin, request: HttpRequest, issue: Issue, form: Any) -> HttpResponse:
    """Show the form that moves a story without script."""
    story = Article.objects.filter(pk=form["story"].value() or 0).first()
    context = {
        **site_admin.admin_site.each_context(request),
        "title": story.headline if story else str(issue),
        "opts": site_admin.opts,
        "issue": issue,
        "story": story,
        "form": form,
        "is_open": not issue.is_held_fast,
    }
    return render(request, "admin/issues/issue/board_move.html", context)
