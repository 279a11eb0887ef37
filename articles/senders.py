"""Whom something came from, recognised for a day and known to nobody.

Readers have no account. So that one of them cannot fill the desk, what they send carries a keyed
hash of their network address; its salt is the day, so that nothing links one day to another, and
the address itself is written nowhere.
"""

from __future__ import annotations

import datetime
import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

# A household's or an office's share of IPv6; one device may change within it as it likes.
IPV6_SHARE = 64


def address_of(request: HttpRequest) -> str:
    """Return the network address a request comes from, as far as it can be believed.

    Behind a proxy of ours it is the last one in `X-Forwarded-For`: the one the proxy has written.
    """
    if settings.BEHIND_PROXY:
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if named:
            return named
    return str(request.META.get("REMOTE_ADDR", ""))


def sender_key(address: str, day: datetime.date) -> str:
    """Return what a sender is recognised by on one day."""
    salt = f"articles.senders {day.isoformat()}"
    return salted_hmac(salt, _network(address), algorithm="sha256").hexdigest()


def sender_keys(address: str, at: datetime.datetime) -> list[str]:
    """Return today's key of a sender and yesterday's: what came within the last 24 hours."""
    today = timezone.localdate(at)
    return [sender_key(address, day) for day in (today, today - datetime.timedelta(days=1))]


def _network(address: str) -> str:
    """Return the part of an address that stands for one sender; "" for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), IPV6_SHARE), strict=False))
    return str(found)
