"""`manage.py forget_login_failures`: delete the failed logins that no longer count."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from bulletin import lockout


class Command(BaseCommand):
    help = "Delete the accounts, addresses and times of failed logins older than LOGIN_COOL_OFF."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = lockout.forget_attempts()
        text = ngettext("%(count)d failed login deleted.", "%(count)d failed logins deleted.", gone)
        self.stdout.write(text % {"count": gone})
