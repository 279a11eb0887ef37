"""The form of the login page."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from bulletin import lockout


class PasswordForm(AdminAuthenticationForm):
    """Name and password; says when to come back after too many mistakes, and whom to ask."""

    def get_invalid_login_error(self) -> ValidationError:
        """Return what is wrong, without a word on whether the account exists."""
        username = self.cleaned_data.get("username", "")
        again = lockout.opens_again_at(self.request, username) if self.request else None
        if again is None:
            return super().get_invalid_login_error()
        # The next whole minute: at the one shown it has to be open.
        minute = timezone.localtime(again) + datetime.timedelta(minutes=1)
        return ValidationError(
            _("Too many mistakes. This name can log in from here again at %(hour)s. %(whom)s"),
            code="closed",
            params={
                "hour": time_format(minute, "H:i"),
                "whom": settings.LOGIN_HELP
                or _("If you have forgotten the password, ask the administrator of the newsroom."),
            },
        )
