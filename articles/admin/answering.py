"""Answers to the scripts of a story's form: in JSON, and a refusal in words for who sits there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .article import ArticleAdmin

View = Callable[..., HttpResponseBase]


def refusal(code: str, words: str, status: int) -> JsonResponse:
    """Return a refusal: its code for the script, its words for whoever sits there."""
    return JsonResponse({"error": words, "code": code}, status=status)


def open_to_all(_request: HttpRequest) -> str:
    """Say nothing: every login may."""
    return ""


def behind_login(
    site_admin: ArticleAdmin, view: View, closed: Callable[[HttpRequest], str] = open_to_all
) -> View:
    """Return a view that refuses in JSON: a script could not tell a redirect from success.

    Args:
        site_admin: the stories' admin; its site says whose login may enter.
        view: called with the request and with what the address carries.
        closed: returns what to say to somebody who may not do this, "" for those who may.

    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not site_admin.admin_site.has_permission(request):
            return refusal("login", _("Your login has expired; log in again."), 401)
        if words := closed(request):
            return refusal("closed", words, 403)
        return view(request, *args, **kwargs)

    return answer
