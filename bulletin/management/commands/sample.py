"""`manage.py sample`: load the sample newsroom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.models import Article
from bulletin.sample.loading import load
from bulletin.sample.logins import printed_logins
from communities.models import Community


class Command(BaseCommand):
    help = "Load the sample newsroom, an invented district's paper dated today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is content already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and (Article.objects.exists() or Community.objects.exists()):
            return
        if settings.PRODUCTION:
            raise CommandError(_("The sample newsroom is for trying out; this is production."))
        self.stdout.write(_("Loading the sample newsroom …"))
        load()
        if not options["if_empty"]:
            for line in printed_logins():
                self.stdout.write(line)
