"""Take a table of places in, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.tables import TABLES, files
from communities.tables.comparing import Comparison, State, compare, sentences
from communities.tables.taking_in import NotTakenInError, take_in


class Command(BaseCommand):
    help = _("Take a table of places or activities in (CSV or XLSX): all of it, or nothing.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=sorted(TABLES))
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, file: Path, kind: str, dry_run: bool, **options: Any) -> None:
        table = TABLES[kind]
        try:
            rows = files.read(file.read_bytes())
            found = compare(table, rows) if dry_run else take_in(table, rows, by=None)
        except OSError as error:
            raise CommandError(str(error)) from None
        except NotTakenInError as refusal:
            if refusal.code != "nothing":
                said = [refusal.messages[0], *sentences(refusal.comparison)]
                raise CommandError("\n".join(said)) from None
            found = refusal.comparison
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        if found.unused:
            self.stdout.write(
                gettext("Columns not used: %(names)s") % {"names": "、".join(found.unused)}
            )
        errors = [*sentences(found)]
        if errors:
            raise CommandError("\n".join(errors))
        self._tell(found, dry_run=dry_run)

    def _tell(self, found: Comparison, *, dry_run: bool) -> None:
        if dry_run:
            for line in found.lines:
                for change in line.changes:
                    said = gettext("Line %(line)d, %(name)s, %(column)s: “%(old)s” → “%(new)s”")
                    self.stdout.write(
                        said
                        % {
                            "line": line.number,
                            "name": line.name,
                            "column": change.label,
                            "old": change.old,
                            "new": change.new,
                        }
                    )
        said = (
            gettext("Nothing written. New: %(new)d, to change: %(changed)d, as before: %(same)d.")
            if dry_run
            else gettext("Taken in: %(new)d new, %(changed)d changed, %(same)d as before.")
        )
        counts = {state.value: len(found.of(state)) for state in State}
        self.stdout.write(said % counts)
