"""What each public page costs where nothing is kept: queries, and milliseconds of the processor.

    .venv/bin/python manage.py sample            # or `fill`: the database of DATABASE_URL is asked
    .venv/bin/python benchmarks/pages.py
    .venv/bin/python benchmarks/pages.py --rounds 20 home story

Django is asked in this process, without the page cache and without a server, so that what other
programs do on the machine at the same time counts as little as can be. Every answer is looked at
before it is timed; the time is the best of the rounds.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def asker() -> Callable[[str], tuple[str, bytes]]:
    """Return what asks the site for a path and gives status and body."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    application = get_wsgi_application()

    def ask(path: str) -> tuple[str, bytes]:
        path, _, query = path.partition("?")
        said: list[str] = []
        request: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        answer = application(request, lambda status, _headers, _error=None: said.append(status))
        try:
            return said[0], b"".join(answer)
        finally:
            answer.close()

    return ask


def pages() -> dict[str, list[str]]:
    """Return a few addresses of every kind of page that the database has something for."""
    from django.urls import reverse  # noqa: PLC0415

    from articles.models import Article, Contributor, Section, Tag  # noqa: PLC0415
    from communities.models import Activity, Community, ServiceStation  # noqa: PLC0415
    from issues.models import Issue, Page  # noqa: PLC0415

    def some(rows: Any, count: int = 5) -> list[str]:
        return [row.get_absolute_url() for row in rows[:count]]

    latest = Article.objects.published().first()
    if latest is None or latest.publish_at is None:
        raise SystemExit("There is no public story to ask for: `manage.py sample` makes some.")
    day = latest.publish_at.date()
    issues = Issue.objects.published()
    pages = Page.objects.filter(issue__in=issues).select_related("issue")
    return {
        "home": [reverse("home")],
        "story": some(Article.objects.published(), 40),
        "section": some(Section.objects.all()),
        "contributor": some(Contributor.objects.filter(bylines__article=latest.pk)),
        "tag": some(Tag.objects.filter(tagged__content_object=latest.pk)),
        "communities": [reverse("communities:communities")],
        "community": some(Community.objects.all()),
        "stations": [reverse("communities:stations")],
        "station": some(ServiceStation.objects.all()),
        "activities": [reverse("communities:activities")],
        "activity": some(Activity.objects.public()),
        "issues": [reverse("issues:issues")],
        "issue": some(issues),
        "page": some(pages.filter(press__isnull=True)),
        "printed page": some(pages.filter(press__isnull=False)),
        "archive": [reverse("issues:archive")],
        "year": [reverse("issues:archive_year", args=[day.year])],
        "month": [reverse("issues:archive_month", args=[day])],
        "search": [reverse("articles:search")],
        "feed": [reverse("articles:feed", args=["atom"])],
    }


def main() -> None:
    """Measure and print a line for each kind of page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", nargs="*", help="the kinds of page; all, if none are named")
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")
    os.environ.setdefault("ALLOWED_HOSTS", HOST)
    ask = asker()

    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    print(f"{'page':14} {'queries':>8} {'ms':>8} {'KB':>6}")  # noqa: T201
    for kind, addresses in pages().items():
        if not addresses or (options.kinds and kind not in options.kinds):
            continue
        asked, size = 0, 0
        for address in addresses:
            status, _body = ask(address)
            with CaptureQueriesContext(connection) as queries:
                again, body = ask(address)
            if (status, again) != ("200 OK", "200 OK") or not body.rstrip().endswith(b">"):
                raise SystemExit(f"{address} answered {again}")
            asked, size = max(asked, len(queries)), max(size, len(body))
        best = float("inf")
        for _round in range(options.rounds):
            begin = time.process_time()
            for address in addresses:
                ask(address)
            best = min(best, (time.process_time() - begin) / len(addresses))
        print(f"{kind:14} {asked:8} {best * 1000:8.2f} {size / 1024:6.0f}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
