"""The language of the interface, said by the address: `/en/…` is English, all else the default.

Stories stay as they were written. An address has one language for everybody, so that a page can be
kept for all; cookies and `Accept-Language` decide nothing (Django's LocaleMiddleware asks both).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language_from_path

CHINESE = "zh-Hans"


class LanguageByAddress:
    """Answer a request in the language of its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is written outside of a request is not in this one's language."""
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            return self.get_response(request)


def other_languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return where a page stands in the other languages: code, the language's own name, path.

    A page that has no address in another language (the admin, a feed) has none here.
    """
    match = request.resolver_match
    if match is None:
        return []
    current = translation.get_language()
    found = []
    for code, _name in settings.LANGUAGES:
        if code == current:
            continue
        try:
            with translation.override(code):
                # Past the memory of paths: an address that leads to nothing is not to fill it.
                there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            # A page without a name, such as the admin's that says there is none.
            return []
        if there != request.path:
            name = translation.get_language_info(code)["name_local"]
            found.append((CHINESE if code == "zh-hans" else code, name, there))
    return found
