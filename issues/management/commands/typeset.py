"""Set an issue's pages in type: into files, or as the pages of the press with their areas."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from issues.models import Page
from issues.typesetting import BROADSHEET, SHEETS, proofs, typeset


class Command(BaseCommand):
    help = "Set pages of an issue in type and keep them with their areas, or write a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=datetime.date.fromisoformat, required=True)
        parser.add_argument("--page", default="", help="a page's code; every page, if none")
        parser.add_argument("--sheet", choices=list(SHEETS), default=BROADSHEET.name)
        parser.add_argument(
            "--out", type=Path, help="write the page's PDF there, and keep nothing; needs --page"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pages = Page.objects.select_related("issue").filter(issue__date=options["date"])
        code = options["page"].upper()
        wanted = [page for page in pages if page.code == code or not code]
        if not wanted:
            raise CommandError(
                _("The issue of %(date)s has no page %(pages)s.")
                % {"date": options["date"], "pages": code}
            )
        if options["out"] and len(wanted) > 1:
            raise CommandError(_("--out takes one page; name it with --page."))
        for page in wanted:
            try:
                self._set(page, options)
            except ValidationError as refusal:
                raise CommandError(f"{page}: {' '.join(refusal.messages)}") from None

    def _set(self, page: Page, options: dict[str, Any]) -> None:
        sheet = SHEETS[options["sheet"]]
        if options["out"]:
            made = typeset(page, sheet)
            overset = [vars(one) for one in made.overset]
            try:
                options["out"].write_bytes(made.pdf)
            except OSError as error:
                raise CommandError(f"{options['out']}: {error.strerror}") from None
        else:
            proof = proofs.make(page, sheet, by=None)
            overset = proof.overset
            proofs.take(proof)
        self.stdout.write(f"{page}: {sheet.label}")
        for row in overset:
            self.stdout.write("  " + self._said(row))

    def _said(self, row: dict[str, Any]) -> str:
        facts = {**row, "count": row["characters"]}
        if row["turns_to"]:
            return (
                ngettext(
                    "%(headline)s: %(count)d character goes on on %(turns_to)s",
                    "%(headline)s: %(count)d characters go on on %(turns_to)s",
                    facts["count"],
                )
                % facts
            )
        return (
            ngettext(
                "%(headline)s: %(count)d character too many",
                "%(headline)s: %(count)d characters too many",
                facts["count"],
            )
            % facts
        )
