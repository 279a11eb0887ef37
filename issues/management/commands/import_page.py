"""`manage.py import_page`: a newspaper page's text into stories, bylines, an issue page."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.importing import MAX_BYTES, PageTextError, ParsedPage, Remark, parse_page, read_text
from articles.importing.storing import PageImportError
from articles.models import Section
from issues.page_import import Imported, Wishes, import_page, read_page


def iso_date(text: str) -> datetime.date:
    """Read the --date option.

    Raises:
        CommandError: when it is no day of the calendar.
    """
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("“%(text)s” is no date; write one like 2026-11-23.") % {"text": text}
        ) from None


class Command(BaseCommand):
    help = "Turn the plain text of a whole newspaper page into stories, bylines and an issue page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the page's text (UTF-8, UTF-16 or GB18030); - for stdin")
        parser.add_argument("--date", help="the issue's date, e.g. 2026-11-23")
        parser.add_argument("--page", default="", help="the page's code, e.g. A03")
        parser.add_argument("--section", help="address name of the section for all the stories")
        parser.add_argument("--draft", action="store_true", help="leave the stories as drafts")
        parser.add_argument(
            "--create-places", action="store_true", help="make places the directory lacks"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--json", action="store_true", help="print the parse as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = read_text(self._bytes(options["file"]))
            if options["dry_run"]:
                self._report_parse(self._read(text), as_json=options["json"])
                return
            wishes = Wishes(
                date=iso_date(options["date"]) if options["date"] else None,
                code=options["page"],
                section=self._section(options["section"]),
                publish=not options["draft"],
                create_places=options["create_places"],
            )
            result = import_page(text, wishes)
        except (PageTextError, PageImportError) as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            self._print_json(result.parsed)
        else:
            self._report(result, wishes)

    def _bytes(self, name: str) -> bytes:
        # One byte more than may be read is enough to refuse a file of any size.
        try:
            if name == "-":
                return sys.stdin.buffer.read(MAX_BYTES + 1)
            with Path(name).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise CommandError(_("There is no file %(file)s.") % {"file": name}) from None
        except IsADirectoryError:
            raise CommandError(_("%(file)s is a folder; name a file.") % {"file": name}) from None
        except PermissionError:
            raise CommandError(
                _("%(file)s cannot be read: it belongs to someone else.") % {"file": name}
            ) from None
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s") % {"file": name, "reason": error.strerror}
            ) from None

    def _read(self, text: str) -> ParsedPage:
        try:
            return read_page(text)
        except DatabaseError:
            self.stderr.write(_("There is no directory of places yet; reading without one."))
            return parse_page(text)

    def _section(self, slug: str | None) -> Section | None:
        if not slug:
            return None
        section = Section.objects.on_the_bar().filter(slug=slug).first()
        if section is None:
            raise CommandError(_("There is no section %(slug)s.") % {"slug": slug})
        return section

    def _print_json(self, parsed: ParsedPage) -> None:
        self.stdout.write(json.dumps(parsed.as_json(), ensure_ascii=False, indent=2))

    def _report_parse(self, parsed: ParsedPage, *, as_json: bool) -> None:
        if as_json:
            self._print_json(parsed)
            return
        for number, story in enumerate(parsed.articles, start=1):
            self.stdout.write(
                _("%(number)d. %(headline)s (lines %(first)d–%(last)d, %(paragraphs)d paragraphs)")
                % {
                    "number": number,
                    "headline": story.headline or _("no headline"),
                    "first": story.first_line,
                    "last": story.last_line,
                    "paragraphs": len(story.paragraphs),
                }
            )
            for remark in story.remarks:
                self.stdout.write(f"   {self._said(remark)}")
        for remark in parsed.remarks:
            self.stdout.write(self._said(remark))
        for piece in parsed.leftover:
            self.stdout.write(
                _("Line %(line)d stands in no story: %(text)s")
                % {"line": piece.line, "text": piece.text}
            )
        self._report_places(parsed)

    def _report(self, result: Imported, wishes: Wishes) -> None:
        for note in result.notes:
            self.stdout.write(note)
        if result.unchanged:
            self.stdout.write(_("This page has been imported already; nothing has changed."))
            return
        if wishes.create_places:
            # What was missing is made by now and named below.
            result.parsed.proposed_places.clear()
        self._report_parse(result.parsed, as_json=False)
        self.stdout.write(_("%(count)d stories imported.") % {"count": len(result.stored.articles)})
        for line in result.stored.report():
            self.stdout.write(line)
        if result.page is not None and result.page.issue.is_public():
            self.stdout.write(result.page.get_absolute_url())

    def _said(self, remark: Remark) -> str:
        if remark.line is None:
            return str(remark.message)
        return _("Line %(line)d: %(message)s") % {"line": remark.line, "message": remark.message}

    def _report_places(self, parsed: ParsedPage) -> None:
        if parsed.proposed_places:
            names = "、".join(place.name for place in parsed.proposed_places)
            self.stdout.write(
                _("Not in the directory: %(names)s (--create-places makes them)") % {"names": names}
            )
