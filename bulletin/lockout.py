"""Guessing passwords: after some failures an account is closed for a while, to one address.

django-axes counts. An account is closed to the address the guesses came from and to no other, so
neither a whole community centre behind one address nor the account's owner elsewhere is kept out by
somebody's mistakes. What is kept of a failure is its account, address and time, for as long as that
matters; see `forget_attempts`.
"""

from __future__ import annotations

import datetime
import ipaddress
from http import HTTPStatus
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.senders import IPV6_SHARE, address_of


class FailureCounter(AxesDatabaseHandler):
    """Count failures; keep neither what was typed nor what browser it was typed in."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **more: Any
    ) -> None:
        """Count a failure, unless it came without a request (a command's, a test's)."""
        if request is None:
            return
        request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **more)
        AccessAttempt.objects.filter(ip_address=request.axes_ip_address).exclude(
            get_data="", post_data=""
        ).update(get_data="", post_data="")


def counted_address(request: HttpRequest) -> str | None:
    """Return the address failures are counted for; of IPv6 the share that one household has.

    Behind a proxy it is the one the proxy has written, which nobody can forge; None where the
    proxy writes no address at all.
    """
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        share = ipaddress.ip_network((int(address), IPV6_SHARE), strict=False)
        return str(share.network_address)
    return str(address)


def in_the_log(*given: Any) -> str:
    """Return what django-axes calls somebody in the log: nothing of theirs."""
    return "somebody"


def opens_again_at(request: HttpRequest, username: str) -> datetime.datetime | None:
    """Return when an account that is closed to a request's address opens again; None if it is open.

    Args:
        request: whose attempt has just been refused.
        username: the account, as it was typed.

    """
    if not getattr(request, "axes_locked_out", False):
        return None
    last = (
        AccessAttempt.objects.filter(username=username, ip_address=counted_address(request))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    return (last or timezone.now()) + settings.AXES_COOLOFF_TIME


def closed_page(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Return the login page, which says when to try again, as an answer to too many attempts."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return response


def forget_attempts() -> int:
    """Delete the failures that no longer count; return how many."""
    before = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__lte=before).delete()[0]
