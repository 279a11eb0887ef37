"""`manage.py renditions`: pictures for the public in every width and format, made aside."""

from __future__ import annotations

import contextlib
import datetime
import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import rendering
from communities.workers import do_what_waits, end_with_parent

# Seconds between two looks at what waits; what is found costs one query of an index a model.
EVERY = 5
# How old a file is, at least, that is cleared away: younger ones may be about to be used.
GRACE = datetime.timedelta(hours=1)
# How far the worker stands behind everybody else on the machine.
NICE = 15


class Command(BaseCommand):
    help = (
        "Make the renditions of new pictures (AVIF, WebP and JPEG in up to five widths) and let "
        "the pages use them. What is there already is not made again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch",
            action="store_true",
            help="go on for ever, behind everybody else; also does what else waits, such as "
            "stories that search has to find under a new name",
        )
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="end when the process ends that has started this one",
        )
        parser.add_argument(
            "--retry",
            action="store_true",
            help="try again pictures that were reported as broken or missing",
        )
        parser.add_argument(
            "--prune",
            action="store_true",
            help="remove files of pictures that are no longer there, once they are an hour old",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity, self.quiet = options["verbosity"], options["watch"]
        if options["watch"] and options["prune"]:
            raise CommandError("--prune is done once; it does not go with --watch.")
        if options["with_parent"]:
            end_with_parent()
        if options["retry"]:
            rendering.retry()
        if options["watch"]:
            with contextlib.suppress(KeyboardInterrupt):
                self._watch()
            return
        try:
            self._work_off()
        except OSError as error:
            raise CommandError(str(error)) from error
        if options["prune"]:
            removed = rendering.prune(timezone.now() - GRACE)
            text = ngettext("%(count)d file removed.", "%(count)d files removed.", removed)
            self.stdout.write(text % {"count": removed})

    def _work_off(self) -> None:
        """Do what waits, and say what was done."""
        pictures = files = 0
        begun = time.monotonic()
        for work in rendering.work_off():
            if work.problem:
                self.stderr.write(f"{work.name}: {work.problem}")
                continue
            pictures += bool(work.name)
            files += work.made
            if self.verbosity > 1:
                seconds = time.monotonic() - begun
                self.stdout.write(f"{work.name}: {work.made}, {seconds:.1f} s")
            begun = time.monotonic()
        if self.verbosity > 1 or (pictures and not self.quiet):
            text = _("Pictures done: %(pictures)d, files made: %(files)d.")
            self.stdout.write(text % {"pictures": pictures, "files": files})

    def _watch(self) -> None:
        """Look again and again; a storage or database that is away is waited for."""
        os.nice(NICE)
        said = ""
        while True:
            try:
                do_what_waits()
                self._work_off()
                said = ""
            except (DatabaseError, OSError) as error:
                if str(error) != said:
                    said = str(error)
                    self.stderr.write(said)
            close_old_connections()
            time.sleep(EVERY)
