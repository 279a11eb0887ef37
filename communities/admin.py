"""Places in the admin."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from communities import (
    admin_activities,
    admin_checking,
    admin_coverage,
    admin_merging,
    checking,
    merging,
)
from communities.admin_base import NewsroomAdmin, Rows
from communities.admin_keeping import KeptByManagers
from communities.admin_naming import NamedByOthers
from communities.admin_tables import TablePages
from communities.forms import (
    CommunityForm,
    OpeningHoursForm,
    OpeningHoursFormSet,
    SlugFromNameForm,
    SpecialDayForm,
    StationForm,
    StationPhotoForm,
)
from communities.models import (
    Activity,
    Amenity,
    Community,
    ContactPerson,
    Holiday,
    OpeningHours,
    Service,
    ServiceStation,
    SpecialDay,
    StationKind,
    StationPhoto,
    StationService,
)
from communities.tables import TABLES

POSITION = (("longitude", "latitude"), "outside_china")


class ContactPersonInline(Rows):
    model = ContactPerson
    fields = [("role", "name"), ("phone", "position")]


@admin.register(Community)
class CommunityAdmin(NamedByOthers[Community], KeptByManagers[Community]):
    form = CommunityForm
    list_display = ["name", "level", "parent", "phone"]
    list_filter = ["level", ("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["name", "other_name", "slug"]
    search_help_text = _("Search names, other names and address names")
    autocomplete_fields = ["parent", "managers"]
    fieldsets = [
        (None, {"fields": [("name", "level"), "parent", "intro", "image", "alt"]}),
        (_("Contact"), {"fields": ["address", "phone"]}),
        (_("Position"), {"fields": POSITION}),
        (_("More"), {"classes": ["collapse"], "fields": ["other_name", "slug", "position"]}),
    ]
    # What a place is called and where it lies in the tree is for those who keep the whole tree.
    fixed = ["name", "level", "parent", "other_name", "slug", "position"]

    inlines = [ContactPersonInline]
    change_form_template = "admin/communities/community/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        tables = TablePages(self, TABLES["communities"]).urls()
        return [*admin_merging.urls(self), *tables, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Community, form: Any, change: bool) -> None:
        """Save a place; the address it had leads to the one it has."""
        super().save_model(request, obj, form, change)
        merging.lead_on(obj, old_slug=form.initial.get("slug", "") if change else "")

    def get_fieldsets(self, request: HttpRequest, obj: Community | None = None) -> Any:
        """Show who keeps a place to those who may say so."""
        fieldsets = super().get_fieldsets(request, obj)
        if not request.user.has_perm("communities.manage_every_place"):
            return fieldsets
        return [*fieldsets, (_("Community managers"), {"fields": ["managers"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Community | None = None) -> list[str]:
        """Fix a place's name and position in the tree for whoever keeps only a part of it."""
        return [] if request.user.has_perm("communities.manage_every_place") else self.fixed

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Community], search_term: str
    ) -> tuple[QuerySet[Community], bool]:
        # What a suggestion shows beside the name comes along with it.
        return super().get_search_results(request, queryset.select_related("parent"), search_term)

    def autocomplete_text(self, obj: Community) -> str:
        if obj.parent is None:
            return obj.name
        return str(_("%(name)s (%(where)s)")) % {"name": obj.name, "where": obj.parent.name}


class NamedAdmin(NewsroomAdmin[StationKind | Amenity | Service]):
    """Kinds, amenities and services: a name, an address name, an order."""

    form = SlugFromNameForm
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "slug"]
    fields = ["name", ("slug", "position")]


admin.site.register(StationKind, NamedAdmin)


@admin.register(Amenity)
class AmenityAdmin(NamedAdmin):
    list_display = ["name", "icon", "slug", "position"]
    fields = ["name", "icon", ("slug", "position")]


@admin.register(Service)
class ServiceAdmin(NamedAdmin):
    list_display = ["name", "bring", "position"]
    fields = ["name", "bring", ("slug", "position")]


class OpeningHoursInline(Rows):
    model = OpeningHours
    form = OpeningHoursForm
    formset = OpeningHoursFormSet
    fields = [("weekday", "opens_at", "closes_at")]


class SpecialDayInline(Rows):
    model = SpecialDay
    form = SpecialDayForm
    fields = [("first_on", "last_on"), ("opens_at", "closes_at"), "note"]


class ServiceInline(Rows):
    model = StationService
    fields = ["service", "bring", "note"]
    autocomplete_fields = ["service"]


class StationPhotoInline(Rows):
    model = StationPhoto
    form = StationPhotoForm
    fields = ["image", "alt", "credit"]


@admin.register(Holiday)
class HolidayAdmin(NewsroomAdmin[Holiday]):
    list_display = ["name", "first_on", "last_on", "is_worked"]
    search_fields = ["name"]
    fields = ["name", ("first_on", "last_on"), ("is_worked", "works_like")]


@admin.register(ServiceStation)
class ServiceStationAdmin(NamedByOthers[ServiceStation], KeptByManagers[ServiceStation]):
    form = StationForm
    list_display = ["name", "kind", "community", "phone", "checked_on"]
    list_filter = ["kind", ("community__parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["kind", "community"]
    search_fields = ["name", "address", "community__name"]
    search_help_text = _("Search names, street addresses and communities")
    autocomplete_fields = ["community"]
    inlines = [OpeningHoursInline, SpecialDayInline, ServiceInline, StationPhotoInline]
    fieldsets = [
        (None, {"fields": [("name", "kind"), "community", "description", "amenities"]}),
        (_("Contact"), {"fields": ["address", "phone", "opened_on"]}),
        (_("Position"), {"fields": POSITION}),
        (
            _("Closed days"),
            {"fields": ["on_holidays", ("closed_from", "closed_until"), "closure_notice"]},
        ),
        (_("More"), {"classes": ["collapse"], "fields": ["slug"]}),
    ]
    change_form_template = "admin/communities/servicestation/change_form.html"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Put on record that all is right, where the button pressed says so."""
        super().save_related(request, form, formsets, change)
        if change and "_confirm" in request.POST:
            checking.confirm(form.instance, by=cast(User, request.user))

    def get_urls(self) -> list[URLPattern]:
        own = [*admin_checking.urls(self), *admin_coverage.urls(self)]
        tables = TablePages(self, TABLES["stations"]).urls()
        return [*own, *tables, *super().get_urls()]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        # A station is put into a place one keeps, whatever a form sends.
        if db_field.name == "community":
            kwargs["queryset"] = Community.objects.managed_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        # A dozen boxes to tick are quicker than a dozen searches.
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


admin.site.register(Activity, admin_activities.ActivityAdmin)
