"""Activities in the admin."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.activity_forms import ActivityForm, ChangedDateForm, ChangedDateFormSet
from communities.admin_base import Rows
from communities.admin_keeping import KeptByManagers
from communities.admin_tables import TablePages
from communities.models import Activity, ActivityQuerySet, ChangedDate, Community, ServiceStation
from communities.tables import TABLES


class WhenFilter(admin.SimpleListFilter):
    """Coming or past."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the two."""
        return [("coming", _("coming")), ("past", _("past"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        """Leave what was asked for."""
        rows = cast(ActivityQuerySet, queryset)
        if self.value() == "coming":
            return rows.coming()
        return rows.past() if self.value() == "past" else rows


class ChangedDateInline(Rows):
    """The dates that are cancelled or moved, under the activity."""

    model = ChangedDate
    form = ChangedDateForm
    formset = ChangedDateFormSet
    fields = [("on", "moved_to"), ("starts_at", "ends_at"), "note"]


class ActivityAdmin(KeptByManagers[Activity]):
    """What is on: filed and kept by the newsroom and by whoever keeps the place it is in."""

    form = ActivityForm
    list_display = ["title", "kind", "when", "place", "standing"]
    list_filter = [WhenFilter, "kind", "is_public", "is_cancelled"]
    list_select_related = ["station__community", "community"]
    search_fields = ["title", "spot", "station__name", "community__name", "organiser"]
    search_help_text = _("Search titles, spots, stations, communities and organisers")
    autocomplete_fields = ["station", "community"]
    inlines = [ChangedDateInline]
    fieldsets = [
        (None, {"fields": [("title", "kind"), "description"]}),
        (_("Where"), {"fields": [("station", "community"), "spot"]}),
        (_("When"), {"fields": ["starts_on", ("starts_at", "ends_at")]}),
        (
            _("Repetition"),
            {
                "fields": [
                    ("repeats", "every"),
                    "weekdays",
                    ("nth", "month_day"),
                    ("until", "count"),
                ]
            },
        ),
        (
            _("For residents"),
            {"fields": [("for_whom", "places"), "sign_up", ("phone", "cost"), "organiser"]},
        ),
        (_("Standing"), {"fields": ["is_public", "is_cancelled", "cancellation_notice"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the table, in and out."""
        return [*TablePages(self, TABLES["activities"]).urls(), *super().get_urls()]

    def view_on_site(self, obj: Activity) -> str | None:
        """Return the public address of what the public can open."""
        return obj.get_absolute_url() if obj.is_public else None

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        """Save an activity, and who filed it."""
        if not change and request.user.is_authenticated:
            obj.filed_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Reckon the first and the last day again where single dates have been moved."""
        super().save_related(request, form, formsets, change)
        if any(rows.has_changed() for rows in formsets):
            form.instance.save(update_fields=["last_on"])

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """Let an activity be put where one keeps the place alone, whatever a form sends."""
        if db_field.name == "community":
            kwargs["queryset"] = Community.objects.managed_by(request.user)
        elif db_field.name == "station":
            kwargs["queryset"] = ServiceStation.objects.managed_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def autocomplete_text(self, obj: Activity) -> str:
        """Tell namesakes apart by their first day."""
        return gettext("%(title)s (%(day)s)") % {
            "title": obj.title,
            "day": date_format(obj.first_on, "Y-m-d"),
        }

    @admin.display(description=_("when"), ordering="first_on")
    def when(self, obj: Activity) -> str:
        """The first day, the hours, how often."""
        words = f"{date_format(obj.first_on, 'Y-m-d')} {obj.hours}"
        return f"{words}，{obj.repetition_in_words}" if obj.repeats else words

    @admin.display(description=_("where"))
    def place(self, obj: Activity) -> str:
        """The station or the community, and the spot."""
        return obj.where_in_words

    @admin.display(description=_("standing"), ordering="is_cancelled")
    def standing(self, obj: Activity) -> str:
        """Whether it is cancelled, or hidden yet."""
        if obj.is_cancelled:
            return gettext("cancelled")
        return gettext("shown") if obj.is_public else gettext("not shown yet")
