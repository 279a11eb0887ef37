"""The second step of a login: a code from a phone, or one that was printed (TOTP, RFC 6238).

Whoever has set it up is asked for a code after the password, before there is a login at all.
`OTP_REQUIRED` says who has to set it up before anything else. django-otp keeps the secrets, takes a
code once only, and lets an account wait twice as long after each wrong one.
"""

from __future__ import annotations

import base64
import datetime
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

BACKUP_CODES = 10
# Without what is easily mistaken on paper: 0 and o, 1 and l.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SET_UP = gettext_noop("Two-step login set up.")
REMOVED = gettext_noop("Two-step login removed.")
NEW_CODES = gettext_noop("New backup codes made.")

# Whoever may do one of these has the paper in their hands.
PUBLISHING = (
    "articles.review_first",
    "articles.review_second",
    "articles.review_final",
    "articles.publish_article",
    "auth.change_user",
)


@dataclass(frozen=True)
class Answer:
    """What became of a code.

    Attributes:
        device: what the code was good for; None if it was wrong or not looked at.
        wait_until: until when codes are not looked at, after too many wrong ones.

    """

    device: Device | None
    wait_until: datetime.datetime | None = None


def is_set_up(user: AbstractBaseUser) -> bool:
    """Return whether somebody's login asks for a code."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def device_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """Return the phone of a login that asks for a code."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def secret_of(device: TOTPDevice) -> str:
    """Return a secret as it is typed into an app, in groups of four."""
    letters = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def is_required_of(user: User | AnonymousUser) -> bool:
    """Return whether somebody has to set it up, as `OTP_REQUIRED` says."""
    if settings.OTP_REQUIRED == "publishers":
        return any(user.has_perm(permission) for permission in PUBLISHING)
    return settings.OTP_REQUIRED == "all"


def is_missing(request: HttpRequest) -> bool:
    """Return whether a login without a code wants one before it may go on."""
    return (
        settings.OTP_REQUIRED != "none"
        and DEVICE_ID_SESSION_KEY not in request.session
        and is_required_of(request.user)
    )


def begun(user: User) -> TOTPDevice:
    """Return the secret somebody is putting on a phone; the same until it is confirmed."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="TOTP", confirmed=False)


def confirm(user: User, code: str) -> list[str] | None:
    """Set it up with the first code of the phone; return backup codes, None if it was wrong."""
    answer = _asked(TOTPDevice.objects.filter(user=user, confirmed=False), code)
    if answer.device is None:
        return None
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=answer.device.pk).delete()
        TOTPDevice.objects.filter(pk=answer.device.pk).update(confirmed=True)
        record(user, user, SET_UP)
        return _backup_codes(user)


def renew_codes(user: User) -> list[str]:
    """Make new backup codes; the old ones are void."""
    with transaction.atomic():
        record(user, user, NEW_CODES)
        return _backup_codes(user)


def codes_left(user: User) -> int:
    """Return how many backup codes have not been used."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def check(user: User, code: str) -> Answer:
    """Look at the code of a login: the phone's six digits, or a backup code, which is used up."""
    plain = "".join(code.split()).replace("-", "").lower()
    if plain.isdecimal() and len(plain) == 6:
        return _asked(TOTPDevice.objects.filter(user=user, confirmed=True), plain)
    return _asked(StaticDevice.objects.filter(user=user, confirmed=True), plain)


def remove(user: User, *, by: User) -> None:
    """Take the second step off a login, on record; its phone and backup codes are void."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        record(user, by, REMOVED)


def record(user: User, by: User, message: str) -> None:
    """Write into a login's history what was done to its second step, and by whom."""
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=str(user)[:200],
        action_flag=CHANGE,
        change_message=gettext(message),
    )


def _asked(devices: object, code: str) -> Answer:
    """Try a code on the one device among some; a wrong one is counted even if nobody commits."""
    with transaction.atomic():
        device = devices.select_for_update().first()  # type: ignore[attr-defined]
        if device is None:
            return Answer(None)
        is_allowed, why = device.verify_is_allowed()
        if not is_allowed:
            return Answer(None, why["locked_until"])
        return Answer(device if device.verify_token(code) else None)


def _backup_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="backup")
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(BACKUP_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return [f"{code[:5]}-{code[5:]}" for code in codes]
