"""`manage.py websub`: the hub of our feeds is told what has changed, aside from every request."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.workers import end_with_parent
from issues import websub

# Seconds between two looks at what has changed.
EVERY = 30


class Command(BaseCommand):
    help = (
        "Tell the WebSub hub (WEBSUB_HUB) of the feeds that have changed: stories and issues that "
        "have appeared, also by their hour, corrections and withdrawals."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on for ever")
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="end when the process ends that has started this one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.WEBSUB_HUB:
            raise CommandError(_("No hub is set (WEBSUB_HUB)."))
        if options["with_parent"]:
            end_with_parent()
        if options["watch"]:
            with contextlib.suppress(KeyboardInterrupt):
                self._watch()
            return
        try:
            told = self._look()
        except websub.HubError as error:
            raise CommandError(self._away(error)) from error
        text = ngettext("%(count)d feed told.", "%(count)d feeds told.", told)
        self.stdout.write(text % {"count": told})

    def _look(self) -> int:
        now = timezone.now()
        websub.note_changes(now)
        return websub.tell_hub(now)

    def _watch(self) -> None:
        """Look again and again; what stays wrong is said once."""
        said = ""
        while True:
            try:
                self._look()
                said = ""
            except (DatabaseError, OSError, websub.HubError) as error:
                text = self._away(error) if isinstance(error, websub.HubError) else str(error)
                if text != said:
                    said = text
                    self.stderr.write(said)
            close_old_connections()
            time.sleep(EVERY)

    def _away(self, error: Exception) -> str:
        return _("The hub does not answer; it is tried again: %(why)s") % {"why": error}
