"""Write what can be found of every story anew, or say what of it is not true."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import SearchEntry
from articles.search import indexing


class Command(BaseCommand):
    help = "Bring the search index in line with the stories; it may be run at any time, and again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where something differs"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is an index already"
        )

        parser.add_argument(
            "--waiting",
            action="store_true",
            help="write only the stories that wait for it, as the worker beside the server does",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_index()
        elif options["waiting"]:
            self.stdout.write(f"{indexing.catch_up()} stories were written.")
        elif not (options["if_empty"] and SearchEntry.objects.exists()):
            self.stdout.write(f"{indexing.rebuild()} stories can be found.")

    def check_index(self) -> None:
        """Compare, and name some of what differs."""
        found = indexing.compare()
        lines = [
            f"{len(keys)} {name} (first: {', '.join(map(str, keys[:5]))})"
            for name, keys in found._asdict().items()
            if keys
        ]
        if lines:
            raise CommandError("The search index differs from the stories: " + "; ".join(lines))
        self.stdout.write(f"The search index is true: {SearchEntry.objects.count()} stories.")
