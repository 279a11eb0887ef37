"""`manage.py clear_loose_pictures`: remove pictures that were uploaded and never saved."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from articles import loose_pictures


class Command(BaseCommand):
    help = (
        "Remove pictures that were uploaded for a story and never saved with it. "
        "Those that stand in somebody's unsaved draft stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than", type=int, default=30, metavar="DAYS", help="at least so old (30)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["older_than"]
        if not 0 <= days <= 36_500:
            raise CommandError("--older-than must be between 0 and 36500 days.")
        removed = loose_pictures.clear(timezone.now() - datetime.timedelta(days=days))
        text = ngettext("%(count)d picture removed.", "%(count)d pictures removed.", removed)
        self.stdout.write(text % {"count": removed})
