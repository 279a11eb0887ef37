"""Issues in the admin, with their pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from communities.admin_base import NewsroomAdmin, Rows
from communities.forms import NewsroomForm
from issues import patterns
from issues.admin import (
    board,
    calendar,
    handover,
    page_staff,
    pattern,
    press,
    quality,
    schedule,
)
from issues.admin.page import PageForm, closed
from issues.admin.pattern import ShapeField
from issues.models import Issue, Page, Pattern, Stage


def _day(text: str) -> datetime.date | None:
    """Return the day an address names, or None where it names none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def sends_pages(data: Mapping[str, Any]) -> bool:
    """Whether a form holds rows of pages as fields, and so was opened before any locking."""
    return any(key.startswith("pages-") and key.endswith("-code") for key in data)


class IssueForm(NewsroomForm):
    """An issue; from its locking on its date stays."""

    class Meta:
        model = Issue
        fields = ["date", "number", "planned_hour"]
        error_messages = {
            "date": {"unique": _("There is an issue of this date already.")},
            "number": {"unique": _("There is an issue of this number already.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Close the date of a locked issue, unless a form that was opened before sends one."""
        super().__init__(*args, **kwargs)
        if "date" in self.fields and self.instance.is_held_fast:
            self.fields["date"].disabled = self.add_prefix("date") not in self.data

    def clean(self) -> dict[str, Any] | None:
        """Refuse a form with date or pages that was opened before somebody locked the issue."""
        cleaned = super().clean()
        sent = self.add_prefix("date") in self.data or sends_pages(self.data)
        if sent and (refusal := closed(self.instance)):
            self.add_error(None, refusal)
        return cleaned


class NewIssueForm(IssueForm):
    """An issue that may take its pages from a pattern or from an issue before it."""

    shape = ShapeField(
        label=_("pages as"),
        required=False,
        help_text=_("Pages, columns, budgets and people come from there; add what is different."),
    )


class PageInline(Rows):
    model = Page
    form = PageForm
    fields = [("code", "name"), ("editor", "layout", "proof")]
    show_change_link = True
    change_link_label = _("Arrange this page")

    def has_add_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return super().has_add_permission(request, obj) and self._is_open(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def _is_open(self, request: HttpRequest, issue: Issue | None) -> bool:
        """Whether the rows are fields: those of a form opened before the locking are read too."""
        return issue is None or not issue.is_held_fast or sends_pages(request.POST)


class StageFilter(admin.SimpleListFilter):
    """Issues by how far they have come; the clock tells a scheduled one from a live one."""

    title = _("status")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the stages."""
        return [(stage.value, str(stage.label)) for stage in Stage]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Issue]) -> QuerySet[Issue]:
        """Return the issues that have come as far as that."""
        if self.value() not in Stage.values:
            return queryset
        return queryset.filter(pk__in=Issue.objects.at_stage(str(self.value())))


@admin.register(Issue)
class IssueAdmin(NewsroomAdmin[Issue]):
    form = IssueForm
    ordering = ["-date", "-pk"]
    list_display = ["title", "date", "stage", "publish_at", "page_count"]
    list_filter = [StageFilter]
    search_fields = ["number", "date"]
    search_help_text = _("Search by issue number or date, e.g. 2026-11")
    fields = [("date", "number", "planned_hour")]
    inlines = [PageInline]
    change_form_template = "admin/issues/issue/change_form.html"

    def get_urls(self) -> list[Any]:
        """Add the board, the scheduling, the proofs, the press's PDF, and what leaves an issue."""
        own = [
            *schedule.urls(self),
            *board.urls(self),
            *page_staff.urls(self),
            *quality.urls(self),
            *press.issue_urls(self),
            *handover.urls(self),
            *calendar.urls(self),
            *pattern.issue_urls(self),
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        # Counted for the issues that are shown, where a join would count all pages there are.
        pages = Page.objects.filter(issue=OuterRef("pk")).order_by().values("issue")
        count = Coalesce(Subquery(pages.values(n=Count("pk"))), 0)
        return super().get_queryset(request).annotate(pages_in_all=count)

    def get_fields(self, request: HttpRequest, obj: Issue | None = None) -> Any:
        """Let a new issue take its pages from somewhere."""
        return [*self.fields, "shape"] if self._takes_shape(request, obj) else self.fields

    def get_form(
        self, request: HttpRequest, obj: Issue | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if self._takes_shape(request, obj):
            kwargs["form"] = NewIssueForm
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the number after the last, and with the pattern of the day's weekday."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        initial.setdefault("number", patterns.next_number())
        day = _day(initial.get("date", ""))
        if day and (found := patterns.pattern_for(day, Pattern.objects.in_use())):
            initial.setdefault("shape", f"pattern-{found.pk}")
        return initial

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Add the pages of the shape to those that were typed."""
        super().save_related(request, form, formsets, change)
        if shape := form.cleaned_data.get("shape"):
            patterns.take_shape(form.instance, shape, by=cast(User, request.user))

    def response_add(
        self, request: HttpRequest, obj: Issue, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Lead back to the calendar whoever came from there."""
        response = super().response_add(request, obj, post_url_continue)
        if "kind" in request.GET and obj.date and "_save" in request.POST:
            place = f"day-{obj.date.isoformat()}"
            address = calendar.calendar_address(obj.date, request.GET["kind"], place)
            return HttpResponseRedirect(address)
        return response

    def _takes_shape(self, request: HttpRequest, obj: Issue | None) -> bool:
        return obj is None and request.user.has_perm("issues.add_page")

    def view_on_site(self, obj: Issue) -> str | None:
        return obj.get_absolute_url() if obj.is_live() else None

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        """An issue past its planning is not deleted; it is unlocked first."""
        open_still = obj is None or not obj.is_held_fast
        return super().has_delete_permission(request, obj) and open_still

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Issue | None = None,
    ) -> HttpResponse:
        """Say above the form how far the issue has come, and what it lacks."""
        if obj is not None:
            context.update(schedule.panel(obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("status"), ordering="status")
    def stage(self, obj: Issue) -> SafeString:
        return schedule.stage_label(obj)

    @admin.display(description=_("issue"), ordering="number")
    def title(self, obj: Issue) -> str:
        return str(_("No. %(number)d")) % {"number": obj.number} if obj.number else str(obj)

    @admin.display(description=_("pages in all"))
    def page_count(self, obj: Any) -> int:
        return obj.pages_in_all
