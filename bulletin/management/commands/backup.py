"""`manage.py backup`: database and media into one archive; `--check` reads one to its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from bulletin.backups import archive, keeping, making
from bulletin.backups.problems import BackupError, writing


class Command(BaseCommand):
    help = "Back up database and media into one archive, read it once more, and remove old ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help="the folder (default: BACKUP_DIR)")
        parser.add_argument(
            "--no-verify", action="store_true", help="do not read the archive once more"
        )
        parser.add_argument("--no-prune", action="store_true", help="remove no old backups")
        parser.add_argument(
            "--check", type=Path, metavar="FILE", help="make none: say whether this one is whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._say(options["check"])
                return
            folder = options["to"] or settings.BACKUP_DIR
            path = making.make(folder)
            if options["no_verify"]:
                self.stdout.write(str(path))
            else:
                self._say(path)
            if not options["no_prune"]:
                self._prune(folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(str(error).strip().splitlines()[0]) from error

    def _say(self, path: Path) -> None:
        """Read an archive to its end, and say what it holds."""
        manifest = archive.check(path)
        self.stdout.write(
            _("%(path)s is whole: %(files)d files, %(rows)d rows, %(size)s; %(versions)s.")
            % {
                "path": path,
                "files": len(manifest.files) - 1,
                "rows": sum(manifest.rows.values()),
                "size": filesizeformat(path.stat().st_size),
                "versions": f"Bulletin {manifest.versions['bulletin']}, "
                f"{manifest.versions['database']}",
            }
        )

    def _prune(self, folder: Path) -> None:
        """Remove what need not stay."""
        with writing(folder):
            for path in keeping.prune(
                folder,
                daily=settings.BACKUP_KEEP_DAILY,
                weekly=settings.BACKUP_KEEP_WEEKLY,
            ):
                self.stdout.write(_("Removed: %(path)s") % {"path": path})
