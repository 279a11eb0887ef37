"""`manage.py fill`: make an archive to measure by."""

from __future__ import annotations

import datetime
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bulletin.filling import loading


class Command(BaseCommand):
    help = "Fill the database with made-up stories and stations, the same for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, default=2000, help="how many stories (2000)")
        parser.add_argument("--stations", type=int, default=200, help="how many stations (200)")
        parser.add_argument("--seed", type=int, default=1, help="another one, another archive (1)")
        parser.add_argument(
            "--last-day",
            type=datetime.date.fromisoformat,
            help="the day up to which stories have appeared (yesterday)",
        )
        parser.add_argument(
            "--among-others",
            action="store_true",
            help="also into a database that has stories or stations already",
        )
        parser.add_argument(
            "--in-production", action="store_true", help="also where ENVIRONMENT is production"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["in_production"]:
            raise CommandError(
                "A filled archive is for measuring; this is production (--in-production)."
            )
        if loading.is_filled():
            raise CommandError("This database has been filled before; use an empty one.")
        if loading.has_others() and not options["among_others"]:
            raise CommandError(
                "This database has stories or stations of its own, and made-up ones could not be "
                "told from them on the site (--among-others)."
            )
        if options["articles"] < 0 or options["stations"] < 0:
            raise CommandError("There are no fewer than none.")
        begin = time.monotonic()

        def say(what: str, count: int) -> None:
            self.stdout.write(f"{time.monotonic() - begin:7.1f} s  {count} {what}")

        loading.fill(
            articles=options["articles"],
            stations=options["stations"],
            seed=options["seed"],
            last_day=options["last_day"] or timezone.localdate() - datetime.timedelta(days=1),
            say=say,
        )
        self.stdout.write(f"{time.monotonic() - begin:7.1f} s  done")
