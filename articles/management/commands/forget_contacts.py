"""`manage.py forget_contacts`: delete what readers left about themselves once its time is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from articles import mistakes


class Command(BaseCommand):
    help = (
        "Delete the phone numbers and mail addresses that readers left with their reports of "
        "mistakes, MISTAKE_CONTACT_DAYS after the answer and a year after the report at the latest."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = mistakes.forget().contacts
        text = ngettext("%(count)d contact deleted.", "%(count)d contacts deleted.", forgotten)
        self.stdout.write(text % {"count": forgotten})
