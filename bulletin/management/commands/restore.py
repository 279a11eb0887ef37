"""`manage.py restore`: put a backup in the newsroom's place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from bulletin.backups import restoring
from bulletin.backups.problems import BackupError


class Command(BaseCommand):
    help = (
        "Restore database and media from a backup, all of it or nothing. Stop the site first and "
        "start it again afterwards."
    )
    # A database without tables is what a restore begins with.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument(
            "--recover",
            action="store_true",
            help="take no backup: undo a restore that was cut off in the middle",
        )
        parser.add_argument(
            "--replace", action="store_true", help="replace the newsroom that is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["file"] is None) != options["recover"]:
            raise CommandError("Name a backup, or give --recover.")
        try:
            if options["recover"]:
                self.stdout.write(
                    _("The newsroom is as it was before the restore.")
                    if restoring.recover()
                    else _("There is no restore that was cut off.")
                )
                return
            manifest = restoring.restore(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(str(error).strip().splitlines()[0]) from error
        self.stdout.write(
            _("Restored as of %(made_at)s: %(files)d files, %(rows)d rows. Start the site anew.")
            % {
                "files": len(manifest.files) - 1,
                "rows": sum(manifest.rows.values()),
                "made_at": manifest.made_at,
            }
        )
