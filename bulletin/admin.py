"""Logins and roles in the admin, in the newsroom's words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

import taggit.admin  # noqa: F401 - registers what is taken out below
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from bulletin import login_views, second_step
from bulletin.roles import NEWSROOM_APPS, Role, role_label
from communities.admin_base import PlainDeletion, PlainLinks

VERBS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}

# Django's Chinese catalogue lacks this sentence; named here it is collected into ours.
TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)

admin.site.unregister([User, Group])
# Our own tags have their pages; taggit's table is not used.
admin.site.unregister(Tag)


class RoleChoices(forms.ModelMultipleChoiceField):
    """Groups under the names the newsroom knows them by."""

    def label_from_instance(self, obj: Model) -> str:
        """Return a group's name as people say it."""
        return role_label(str(obj))


def permission_label(permission: Permission) -> str:
    """Return what a permission allows, in a word where its model is known already."""
    verb, _underscore, model = permission.codename.partition("_")
    if verb in VERBS and model == permission.content_type.model:
        return str(VERBS[verb])
    return gettext(permission.name)


def by_model(permissions: QuerySet[Permission]) -> Iterator[tuple[str, list[Permission]]]:
    """Yield models' names and the permissions that concern each."""
    ordered = permissions.select_related("content_type").order_by(
        "content_type__app_label", "content_type__model", "pk"
    )
    for content_type, some in groupby(ordered, key=lambda permission: permission.content_type):
        model = content_type.model_class()
        if model is not None:
            yield str(model._meta.verbose_name), list(some)


class PermissionsByModel(forms.models.ModelChoiceIterator):
    """Choices of permissions, one group for each model."""

    def __iter__(self) -> Iterator[Any]:
        """Yield (model, choices) pairs."""
        for name, permissions in by_model(self.queryset):
            yield name, [self.choice(permission) for permission in permissions]


class PermissionChoices(forms.ModelMultipleChoiceField):
    """Permissions as boxes to tick, in the newsroom's words."""

    iterator = PermissionsByModel
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return what the permission allows."""
        return permission_label(obj)


class RoleFilter(admin.SimpleListFilter):
    """Logins by role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the roles."""
        return [(role.value, str(role.label)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Return the logins that have the role."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class LoginForm(UserChangeForm):
    """A login as an administrator sees it."""

    class Meta(UserChangeForm.Meta):
        labels = {
            "first_name": _("full name"),
            "groups": _("roles"),
            "is_staff": _("may enter the newsroom"),
        }
        help_texts = {
            "groups": "",
            "is_staff": "",
            "is_active": _("Untick this instead of deleting a login."),
            "is_superuser": _("May do everything, whatever the roles say."),
        }
        field_classes = {**UserChangeForm.Meta.field_classes, "groups": RoleChoices}


class NewLoginForm(UserCreationForm):
    """A new login: name, password and role on one page."""

    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "groups", "is_staff")
        labels = LoginForm.Meta.labels
        help_texts = {"groups": "", "is_staff": ""}
        field_classes = {**UserCreationForm.Meta.field_classes, "groups": RoleChoices}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let a new login in, unless the box is unticked."""
        super().__init__(*args, **kwargs)
        self.fields["is_staff"].initial = True


@admin.register(User)
class LoginAdmin(PlainLinks, PlainDeletion, UserAdmin):
    form = LoginForm
    add_form = NewLoginForm
    add_form_template = None
    list_display = ["username", "full_name", "role_names", "activity", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    filter_horizontal = ()
    readonly_fields = ["password_link", "second_step_link", "last_login", "date_joined"]
    add_fieldsets = (
        (None, {"fields": (("username", "first_name"), ("password1", "password2"))}),
        (_("Role"), {"fields": ("groups", "is_staff")}),
    )
    ways_in = ("password_link", "second_step_link")
    person = (None, {"fields": (("username", "first_name"), "email", ways_in)})
    dates = (_("Important dates"), {"fields": (("last_login", "date_joined"),)})

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes superusers; permissions come with roles alone."""
        if obj is None:
            return self.add_fieldsets
        boxes = ["groups", "is_active", "is_staff"]
        if request.user.is_superuser:
            boxes.append("is_superuser")
        return (self.person, (_("Role"), {"fields": boxes}), self.dates)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        choices = db_field.formfield(
            **{
                **kwargs,
                "form_class": RoleChoices,
                "widget": forms.CheckboxSelectMultiple,
                "queryset": Group.objects.order_by("pk"),
            }
        )
        return cast(RoleChoices | None, choices)

    @admin.display(description=_("full name"), ordering="first_name")
    def full_name(self, obj: User) -> str:
        return obj.get_full_name()

    @admin.display(description=_("status"), ordering="is_active")
    def activity(self, obj: User) -> str:
        return gettext("in use") if obj.is_active else gettext("switched off")

    @admin.display(description=_("roles"))
    def role_names(self, obj: User) -> str:
        return "、".join(role_label(group.name) for group in obj.groups.all())

    def get_urls(self) -> list[Any]:
        address = path(
            "<int:pk>/second-step/",
            self.admin_site.admin_view(self.second_step_view),
            name="auth_user_second_step",
        )
        return [address, *super().get_urls()]

    def second_step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove the second step of a login whose phone is lost."""
        if not self.has_change_permission(request, get_object_or_404(User, pk=pk)):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "title": _("Two-step login")}
        return login_views.remove_from(request, pk, context)

    @admin.display(description=_("two-step login"))
    def second_step_link(self, obj: User) -> SafeString | str:
        if not second_step.is_set_up(obj):
            return gettext("not set up")
        address = reverse("admin:auth_user_second_step", args=[obj.pk])
        return format_html('<a class="button" href="{}">{}</a>', address, _("Phone lost: remove"))

    @admin.display(description=_("password"))
    def password_link(self, obj: User) -> SafeString:
        address = reverse("admin:auth_user_password_change", args=[obj.pk])
        return format_html('<a class="button" href="{}">{}</a>', address, _("Set a new password"))


def _may_touch(request: HttpRequest, login: User | None) -> bool:
    """Whether somebody may change a login: a superuser's is for superusers alone."""
    return login is None or not login.is_superuser or bool(request.user.is_superuser)


@admin.register(Group)
class RoleAdmin(PlainLinks, PlainDeletion, GroupAdmin):
    """Roles are written down in `bulletin.roles` and only shown; a newsroom may add groups."""

    list_display = ["shown_name", "members"]
    # Most rows are roles, which nobody deletes; the others have their own page for it.
    actions = None
    ordering = ["pk"]
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).prefetch_related("user_set")

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        return ("shown_name", "allows") if _is_role(obj) else ("name", "permissions")

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> list[str]:
        return ["shown_name", "allows"]

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_role(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_role(obj)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        newsroom = Permission.objects.filter(content_type__app_label__in=NEWSROOM_APPS)
        return PermissionChoices(newsroom, label=_("allowed to"), required=False)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Group | None = None,
    ) -> HttpResponse:
        if obj:
            context["subtitle"] = context["shown_name"] = role_label(obj.name)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("role"), ordering="name")
    def shown_name(self, obj: Group) -> str:
        return role_label(obj.name)

    @admin.display(description=_("logins"))
    def members(self, obj: Group) -> str:
        return "、".join(user.get_full_name() or user.username for user in obj.user_set.all())

    @admin.display(description=_("allowed to"))
    def allows(self, obj: Group) -> str:
        lines = [
            gettext("%(model)s: %(verbs)s")
            % {"model": name, "verbs": "、".join(permission_label(one) for one in permissions)}
            for name, permissions in by_model(obj.permissions.all())
        ]
        return "\n".join(lines)


def _is_role(group: Group | None) -> bool:
    return group is not None and group.name in Role.values
