"""Standing patterns in the admin, and the choice of a shape for a new issue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, ManyToManyField, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.admin_base import NewsroomAdmin, Rows
from communities.forms import NewsroomForm
from communities.weekdays_field import WeekdaysField
from issues import patterns
from issues.admin.page import PageForm
from issues.models import Issue, Pattern, PatternPage

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin

# How many issues before it a new one may take its shape from.
LATEST = 12


class PatternForm(NewsroomForm):
    """A pattern."""

    class Meta:
        model = Pattern
        fields = ["name", "weekdays", "hour", "active"]
        error_messages = {"name": {"unique": _("There is a pattern of this name already.")}}

    weekdays = WeekdaysField(
        label=_("weekdays"),
        required=False,
        help_text=Pattern._meta.get_field("weekdays").help_text,
    )


class PatternPageForm(PageForm):
    """A page of a pattern."""

    class Meta:
        model = PatternPage
        fields = ["code", "name", "editor", "layout", "proof", "budget", "columns"]
        widgets = {"columns": forms.CheckboxSelectMultiple}


class PatternPageInline(Rows):
    model = PatternPage
    form = PatternPageForm
    fields = [("code", "name"), ("editor", "layout", "proof"), "budget", "columns"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PatternPage]:
        return super().get_queryset(request).prefetch_related("columns")

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Read the columns that can be ticked once, and not for every page anew."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None:
            # Fixed choices are not narrowed by the form any more, so it is done here.
            columns = cast(Any, field).queryset.complex_filter(field.get_limit_choices_to())
            field.choices = [(column.pk, str(column)) for column in columns]
        return field


@admin.register(Pattern)
class PatternAdmin(NewsroomAdmin[Pattern]):
    form = PatternForm
    ordering = ["-active", "name", "pk"]
    list_display = ["name", "days", "hour", "page_count", "active"]
    list_filter = ["active"]
    search_fields = ["name"]
    fields = [("name", "hour"), "weekdays", "active"]
    inlines = [PatternPageInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pattern]:
        return super().get_queryset(request).annotate(pages_in_all=Count("pages"))

    @admin.display(description=_("weekdays"), ordering="weekdays")
    def days(self, obj: Pattern) -> str:
        return obj.weekdays_in_words()

    @admin.display(description=_("pages in all"))
    def page_count(self, obj: Any) -> int:
        return obj.pages_in_all


def _shapes() -> list[Any]:
    """Return what a new issue may take its shape from, as grouped choices (three queries)."""
    with_pages = Pattern.objects.in_use().prefetch_related("pages")
    standing = [(f"pattern-{one.pk}", _described(one)) for one in with_pages]
    issues = Issue.objects.filter(pages__isnull=False, date__isnull=False).distinct()
    latest = issues.order_by("-date").prefetch_related("pages")[:LATEST]
    earlier = [(f"issue-{one.pk}", _described(one)) for one in latest]
    groups = [
        (gettext("Standing patterns"), standing),
        (gettext("As an earlier issue"), earlier),
    ]
    return [("", gettext("none: pages are given below")), *(one for one in groups if one[1])]


def _described(shape: patterns.Shape) -> str:
    """Return a shape's name and the pages it gives."""
    codes = "、".join(page.code for page in shape.pages.all())
    return f"{shape}（{codes}）" if codes else str(shape)


class ShapeField(forms.ChoiceField):
    """What a new issue takes its pages from: a pattern or an issue, or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer what there is when the form is shown."""
        super().__init__(choices=cast(Callable[[], Any], _shapes), **kwargs)

    def clean(self, value: Any) -> patterns.Shape | None:
        """Return the pattern or the issue.

        Raises:
            ValidationError: when there is none such any more.

        """
        kind, _dash, key = super().clean(value).partition("-")
        if not kind:
            return None
        model: type[Pattern | Issue] = Pattern if kind == "pattern" else Issue
        found = model._default_manager.filter(pk=key).first()
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


class PatternName(forms.Form):
    """What an issue's shape is kept as."""

    name = forms.CharField(
        label=_("name"),
        max_length=40,
        help_text=_("As the newsroom calls it, e.g. the weekday or what the pages are about."),
        error_messages={"required": _("A pattern needs a name.")},
    )


def issue_urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return the address that keeps an issue's shape as a pattern."""

    def keep(request: HttpRequest, pk: int) -> HttpResponse:
        may_keep = request.user.has_perms(("issues.add_pattern", "issues.add_patternpage"))
        if not (may_keep and site_admin.has_view_permission(request)):
            raise PermissionDenied
        return _keep(site_admin, request, get_object_or_404(Issue, pk=pk))

    wrap = site_admin.admin_site.admin_view
    return [path("<int:pk>/pattern/", wrap(keep), name="issues_issue_pattern")]


def _keep(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    form = PatternName(request.POST or None)
    if form.is_valid():
        try:
            pattern = patterns.pattern_of(
                issue, name=form.cleaned_data["name"], by=cast(User, request.user)
            )
        except patterns.PatternError as refusal:
            form.add_error("name", list(refusal.reasons))
        else:
            messages.success(
                request,
                gettext("“%(pattern)s” is a standing pattern now.") % {"pattern": pattern},
            )
            return HttpResponseRedirect(reverse("admin:issues_pattern_change", args=[pattern.pk]))
    return render(
        request,
        "admin/issues/issue/pattern.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": gettext("Keep as a standing pattern"),
            "opts": site_admin.opts,
            "issue": issue,
            "pages": issue.pages.all(),
            "form": form,
        },
    )
