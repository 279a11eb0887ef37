"""Correcting who answers for a page of an issue that is locked, scheduled or live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from articles.admin.deeds import Reason
from issues import scheduling
from issues.admin import schedule
from issues.models import Page
from issues.page_staff import STAFF, correct_staff
from issues.scheduling import ScheduleError

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin


class StaffForm(Reason):
    """The names of a page, and why they are corrected."""

    field_order = [*STAFF, "note"]

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        """Begin with the names the page has."""
        names = {role: getattr(page, role) for role in STAFF}
        super().__init__(*args, **{**kwargs, "initial": names})
        for role in STAFF:
            column: Any = Page._meta.get_field(role)
            self.fields[role] = column.formfield()
        self.order_fields(self.field_order)


def urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the address at which the names of a page are corrected."""

    def staff(request: HttpRequest, pk: int, page: int) -> HttpResponse:
        if not (
            site_admin.has_change_permission(request) and scheduling.may_schedule(request.user)
        ):
            raise PermissionDenied
        row = get_object_or_404(Page.objects.select_related("issue"), pk=page, issue=pk)
        form = StaffForm(request.POST if request.method == "POST" else None, page=row)
        if form.is_valid() and _correct(request, row, form):
            return HttpResponseRedirect(reverse("admin:issues_issue_schedule", args=[pk]))
        return render(
            request,
            "admin/issues/issue/staff.html",
            {
                **site_admin.admin_site.each_context(request),
                "title": gettext("Correct the names"),
                "opts": site_admin.opts,
                "issue": row.issue,
                "page": row,
                "standing": schedule.stage_label(row.issue),
                "form": form,
            },
        )

    view = site_admin.admin_site.admin_view(staff)
    return [path("<int:pk>/schedule/pages/<int:page>/", view, name="issues_issue_staff")]


def _correct(request: HttpRequest, page: Page, form: StaffForm) -> bool:
    """Correct them; a refusal is told at the form."""
    try:
        event = correct_staff(page, by=cast(User, request.user), **form.cleaned_data)
    except ScheduleError as refusal:
        form.add_error(None, list(refusal.reasons))
        return False
    schedule.tell(request, event)
    return True
