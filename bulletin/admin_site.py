"""Bulletin's admin: Django's own, under the newsroom's name."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.db.models import Model, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from articles.desk import day_of
from bulletin import login_views, second_step
from bulletin.login_forms import PasswordForm
from communities.models import ServiceStation
from issues.lacks import in_preparation
from issues.models import Placement

STALE = 8
# Pages for whoever still has to set up the second step.
WITHOUT_SECOND_STEP = {"second_step_setup", "logout", "password_change", "password_change_done"}

# The order of a working day: stories come in, an issue is made; the rest changes rarely.
ORDER = {
    "articles": (
        *("Article", "MistakeReport", "Contributor", "Section", "Tag", "Term", "ReviewDuty"),
    ),
    "issues": ("Issue", "Page", "Pattern"),
    "communities": (
        *("Community", "ServiceStation", "Activity", "Holiday"),
        *("StationKind", "Amenity", "Service"),
    ),
    "auth": ("User", "Group"),
}


class Suggestions(AutocompleteJsonView):
    """Suggestions for a choice, told apart as the model's admin says."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return what was asked, without the one character that PostgreSQL's texts cannot hold."""
        term, *rest = super().process_request(request)
        return (term.replace("\x00", ""), *rest)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """Return a suggestion as the script expects it."""
        text_of = getattr(self.model_admin, "autocomplete_text", str)
        return {"id": str(getattr(obj, to_field_name)), "text": text_of(obj)}


class BulletinAdminSite(AdminSite):
    """The newsroom's admin site."""

    index_title = _("Newsroom")
    site_url = "/"
    # Our own navigation stands in the page and needs no script.
    enable_nav_sidebar = False
    password_change_template = "admin/password_change_form.html"  # noqa: S105 - a template
    password_change_done_template = "admin/password_change_done.html"  # noqa: S105 - a template
    logout_template = "admin/logged_out.html"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Put the paper's name at the head of each page, and the navigation beside it."""
        context = super().each_context(request)
        # Not "site_name": the login view calls the host by that.
        context["paper_name"] = settings.SITE_NAME
        context["site_title"] = context["site_header"] = _("%(paper)s newsroom") % {
            "paper": settings.SITE_NAME
        }
        return context

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return what somebody may see, in the order of their work and not of the alphabet."""
        found = super().get_app_list(request, app_label)
        for app in found:
            wanted = ORDER.get(app["app_label"], ())
            if app["app_label"] == "auth":
                app["name"] = _("Logins and roles")
            app["models"].sort(key=lambda model: _rank(wanted, model["object_name"]))
        return sorted(found, key=lambda app: _rank(tuple(ORDER), app["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Begin with the person's own work: what waits, what came back, what an issue lacks."""
        user = cast(User, request.user)
        planned = Placement.objects.coming().filter(article=OuterRef("pk"))
        own: dict[str, Any] = {"day": day_of(user, planned=planned), "now": timezone.now()}
        if user.has_perm("issues.change_issue"):
            own["issues_in_preparation"] = in_preparation()
        if user.has_perm("communities.change_servicestation"):
            own["stale_stations"] = ServiceStation.objects.managed_by(user).stale()[:STALE]
        return super().index(request, {**own, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        """Add the pages of the second step to the admin's own."""
        return [
            path("login/code/", self.code_page, name="second_step"),
            path("second-step/", self.admin_view(self.second_step_page), name="second_step_setup"),
            *super().get_urls(),
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let those who need a second step set it up before anything else."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            match = request.resolver_match
            is_free = match is not None and match.url_name in WITHOUT_SECOND_STEP
            if not is_free and self.has_permission(request) and second_step.is_missing(request):
                return redirect("admin:second_step_setup")
            return inner(request, *args, **kwargs)

        return guarded

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Ask for name and password."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {
            **self.each_context(request),
            "title": gettext("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        if REDIRECT_FIELD_NAME not in {*request.GET, *request.POST}:
            context[REDIRECT_FIELD_NAME] = reverse("admin:index")
        view = login_views.PasswordView.as_view(
            extra_context=context,
            authentication_form=PasswordForm,
            template_name="admin/login.html",
        )
        return view(request)

    @method_decorator([never_cache, sensitive_post_parameters("code")])
    def code_page(self, request: HttpRequest) -> HttpResponse:
        """Ask for the code after the password."""
        context = {**self.each_context(request), "title": gettext("Two-step login")}
        return login_views.ask_for_code(request, context)

    def second_step_page(self, request: HttpRequest) -> HttpResponse:
        """Let somebody set up the second step of their own login, or change it."""
        context = {**self.each_context(request), "title": gettext("Two-step login")}
        return login_views.set_up(request, context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what somebody types into a choice."""
        return cast(HttpResponse, Suggestions.as_view(admin_site=self)(request))


def _rank(wanted: tuple[str, ...], name: str) -> int:
    return wanted.index(name) if name in wanted else len(wanted)
