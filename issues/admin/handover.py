"""What leaves an issue, and what comes back, in the admin: a page for each beside the issue."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles.admin.wechat import framed, offered, show_copy
from communities.addresses import root_of
from issues.handover import package
from issues.handover.wechat import copy_issue
from issues.models import Issue

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the addresses of what leaves an issue."""
    wrap = site_admin.admin_site.admin_view

    def wechat(request: HttpRequest, pk: int) -> HttpResponse:
        issue = issue_for(site_admin, request, pk)
        found = copy_issue(issue, root=root_of(request))
        return render(
            request,
            "admin/issues/issue/wechat.html",
            {
                **about(site_admin, request, issue),
                **(offered(found.copy) if found.copy else {}),
                "refusals": found.refusals,
                "by_story": True,
                "preview": reverse("admin:issues_issue_wechat_shown", args=[pk]),
                "is_public": issue.is_public(),
            },
        )

    def wechat_shown(request: HttpRequest, pk: int) -> HttpResponse:
        found = copy_issue(issue_for(site_admin, request, pk), root=root_of(request))
        if found.copy is None:
            raise Http404
        return show_copy(request, found.copy)

    def archive(request: HttpRequest, pk: int) -> FileResponse:
        issue = issue_for(site_admin, request, pk)
        name = package.file_name(issue, "zip")
        return FileResponse(package.issue_archive(issue), as_attachment=True, filename=name)

    def document(request: HttpRequest, pk: int) -> FileResponse:
        issue = issue_for(site_admin, request, pk)
        name = package.file_name(issue, "docx")
        file = io.BytesIO(package.issue_docx(issue))
        return FileResponse(file, as_attachment=True, filename=name, content_type=DOCX)

    return [
        path("<int:pk>/export.zip", wrap(require_safe(archive)), name="issues_issue_zip"),
        path("<int:pk>/export.docx", wrap(require_safe(document)), name="issues_issue_docx"),
        path("<int:pk>/wechat/", wrap(require_safe(wechat)), name="issues_issue_wechat"),
        path(
            "<int:pk>/wechat/page/",
            wrap(require_safe(framed(wechat_shown))),
            name="issues_issue_wechat_shown",
        ),
    ]


def issue_for(site_admin: IssueAdmin, request: HttpRequest, pk: int) -> Issue:
    """Return an issue for somebody who may see it, with all the stories on it.

    Raises:
        PermissionDenied: for somebody who may not see the issue, or not everybody's stories.
        Http404: where there is none.

    """
    every_story = request.user.has_perm("articles.edit_any_article")
    if not (every_story and site_admin.has_view_permission(request)):
        raise PermissionDenied
    return get_object_or_404(site_admin.get_queryset(request), pk=pk)


def about(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> dict[str, Any]:
    """Return what the head of each of these pages is drawn with."""
    return {
        **site_admin.admin_site.each_context(request),
        "issue": issue,
        "opts": site_admin.opts,
    }
