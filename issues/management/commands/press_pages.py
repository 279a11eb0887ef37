"""Give an issue's pages the press's PDF: for one that takes longer than an editor can wait."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from issues import press
from issues.models import Page

# Seconds; a whole issue of a hundred pages took a twentieth of it.
PATIENCE = 3600.0


class Command(BaseCommand):
    help = "Draw the press's PDF of an issue (or of one of its pages) and keep it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the PDF")
        parser.add_argument("--date", type=datetime.date.fromisoformat, required=True)
        parser.add_argument(
            "--page",
            action="append",
            default=[],
            help="a page's code, once for each page of the PDF; all of the issue's, if none",
        )
        parser.add_argument("--number", type=int, help="which page of the PDF, for a single page")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = list(Page.objects.filter(issue__date=options["date"]))
        codes = [code.upper() for code in options["page"]]
        unknown = set(codes) - {page.code for page in pages}
        if not pages or unknown:
            named = ", ".join(sorted(unknown))
            raise CommandError(
                _("The issue of %(date)s has no page %(pages)s.")
                % {"date": options["date"], "pages": named}
            )
        wanted = [page for page in pages if page.code in codes or not codes]
        try:
            with options["file"].open("rb") as file:
                size = options["file"].stat().st_size
                upload = UploadedFile(File(file), name=options["file"].name, size=size)
                kept = press.put_pdf(
                    wanted,
                    upload,
                    number=options["number"],
                    whole=options["number"] is None,
                    patience=PATIENCE,
                )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        for sheet in kept:
            self.stdout.write(f"{sheet.page}: {sheet.width} × {sheet.height}")
