"""What addresses are made of, here and in the apps above."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, register_converter, reverse
from django.utils.translation import get_language


class IsoMonth:
    """A month in an address, as its first day: 2026-03."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> datetime.date:
        """Return the month's first day; a month that no calendar has is no address of ours."""
        return datetime.date.fromisoformat(f"{value}-01")

    def to_url(self, value: datetime.date) -> str:
        """Return the month as the address writes it."""
        return f"{value:%Y-%m}"


register_converter(IsoMonth, "month")


def root_of(request: HttpRequest) -> str:
    """Return scheme and host of the site, without a slash at the end.

    A page names itself and others some twenty times; the host is looked at once.

    Raises:
        DisallowedHost: for a host that is none of ours.

    """
    held: dict[str, Any] = request.__dict__
    if "site_root" not in held:
        held["site_root"] = request.build_absolute_uri("/")[:-1]
    return str(held["site_root"])


def path_to(view: str, *args: Any) -> str:
    """Return a page's path as `reverse` does, from memory where it was asked for before.

    A page holds some fifty addresses, and Django puts each together anew.

    Args:
        view: the name of its address, such as "articles:article".
        args: what stands in it: words, numbers, days.

    """
    return _address(get_language(), get_script_prefix(), get_urlconf(), view, args)


@lru_cache(maxsize=4096)
def _address(
    language: str | None, prefix: str, urlconf: str | None, view: str, args: tuple[Any, ...]
) -> str:
    """Put an address together; what else it depends on is named, so that memory knows of it."""
    return reverse(view, args=args)
