"""Logins of the sample newsroom.

One password for all of them, made on this machine when the sample is loaded and kept in a file
beside the database: nothing that opens a newsroom stands in the repository.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from bulletin.roles import Role


def password_file() -> Path:
    """Return where the sample logins' password is kept."""
    return Path(settings.VAR_DIR) / "sample-password"


def sample_password() -> str:
    """Return the sample logins' password, making it the first time."""
    file = password_file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(9) + "\n", encoding="ascii")
        file.chmod(0o600)
    return file.read_text(encoding="ascii").strip()


def printed_logins() -> list[str]:
    """Return the lines that tell a newcomer how to log in; none where there is no sample."""
    if not password_file().exists():
        return []
    users = User.objects.filter(email__endswith="@sample.invalid").prefetch_related("groups")
    lines = []
    for user in users.order_by("pk"):
        roles = [str(Role(group.name).label) for group in user.groups.all()]
        lines.append(f"{user.username:<20}{user.first_name}  {'、'.join(roles)}")
    if lines:
        lines.insert(
            0,
            _("Sample logins, all with the password %(password)s:")
            % {"password": sample_password()},
        )
    return lines
