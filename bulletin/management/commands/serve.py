"""`manage.py serve`: the server, in development and in production.

In development it prints where to look and starts the workers beside; in production it is one
process among others behind a web server: it says nothing, starts nothing else, lets what is under
way come to an end when it is stopped, and replaces a worker that has died.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletin.sample.logins import printed_logins

# Seconds between a worker's death and the start of the next: a broken one must not take a core.
RESPAWN = 1


class Command(BaseCommand):
    help = "Serve the site with granian. In development it also prints where to look."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.SERVE_HOST, help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.SERVE_PORT)
        parser.add_argument("--workers", type=int, default=settings.SERVE_WORKERS)
        parser.add_argument(
            "--threads", type=int, default=settings.SERVE_THREADS, help="of each worker"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port, workers, threads = options["port"], options["workers"], options["threads"]
        if not 1 <= port <= 65535 or workers < 1 or threads < 1:
            raise CommandError("--port is between 1 and 65535, --workers and --threads at least 1.")
        if not settings.PRODUCTION:
            self._greet(f"http://{options['host']}:{port}")
            # Beside the server, not in it: a picture takes seconds to make, and a hub may be away.
            for worker in ("renditions", *(["websub"] if settings.WEBSUB_HUB else [])):
                command = [sys.executable, str(settings.BASE_DIR / "manage.py"), worker]
                subprocess.Popen([*command, "--watch", "--with-parent"], stdin=subprocess.DEVNULL)  # noqa: S603
        if settings.METRICS_DIR:
            # Counting begins anew: figures of processes that are gone would be added for ever.
            for file in Path(settings.METRICS_DIR).glob("*.db"):
                file.unlink()
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", options["host"], "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", str(threads)),
            *("--log-level", "warning"),
            *("--workers-kill-timeout", str(settings.SERVE_STOP_SECONDS)),
            *("--respawn-failed-workers", "--respawn-interval", str(RESPAWN)),
        ]
        if settings.PRODUCTION:
            # A connection that is kept alive keeps a worker from stopping, and the web server in
            # front that holds it would send requests to one that is going.
            command += ["--http", "1", "--no-http1-keep-alive"]
        os.execv(sys.executable, [*command, "bulletin.wsgi:application"])  # noqa: S606

    def _greet(self, address: str) -> None:
        """Print where to look, and the sample newsroom's logins."""
        self.stdout.write(f"\n{settings.SITE_NAME}")
        site, newsroom, stop = _("site"), _("newsroom"), _("Stop with Ctrl-C.")
        self.stdout.write(f"  {site}  {address}/")
        self.stdout.write(f"  {newsroom}  {address}/admin/")
        for line in printed_logins():
            self.stdout.write(f"  {line}")
        self.stdout.write(f"  {stop}\n")
        self.stdout.flush()
