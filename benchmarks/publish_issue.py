"""What scheduling an issue costs: seconds and queries, in a database made for it and thrown away.

    .venv/bin/python benchmarks/publish_issue.py
    .venv/bin/python benchmarks/publish_issue.py --stories 1000

The database is a new one beside the one of DATABASE_URL; nothing of a newsroom's own is touched.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PER_PAGE = 25


def main() -> None:
    """Make an issue, take it to its hour and back, and print what each step cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=200, help="how many (200)")
    count = parser.parse_args().stories
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")
    import django  # noqa: PLC0415 - it has to be told first where its settings are

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - after the setup

    name = connection.settings_dict["NAME"]
    # Not the tests' own: they may be running.
    own = Path(settings.VAR_DIR) / "benchmark.sqlite3"
    is_file = connection.vendor == "sqlite"
    connection.settings_dict["TEST"]["NAME"] = str(own) if is_file else "bulletin_benchmark"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(count)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure(count: int) -> None:
    """Print what the verbs cost for an issue of so many stories."""
    from django.contrib.auth.models import User  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - after the setup
    from django.utils import timezone  # noqa: PLC0415 - after the setup

    from issues import scheduling  # noqa: PLC0415 - after the setup

    editor = User.objects.create_superuser("editor")
    issue = make_issue(count)
    day = datetime.timedelta(days=1)
    hour = timezone.now() + day
    sys.stdout.write(f"{connection.vendor}, {count} stories on {issue.pages.count()} pages\n")
    cost("lock", lambda: scheduling.lock(issue, by=editor))
    cost("schedule", lambda: scheduling.schedule(issue, by=editor, publish_at=hour))
    cost(
        "reschedule",
        lambda: scheduling.reschedule(issue, by=editor, publish_at=hour + day, note="later"),
    )
    cost("unschedule", lambda: scheduling.unschedule(issue, by=editor, note="not yet"))


def make_issue(count: int) -> Any:
    """Make a planned issue of approved stories, each with a byline."""
    from django.utils import timezone  # noqa: PLC0415 - after the setup

    from articles import publishing  # noqa: PLC0415 - after the setup
    from articles.models import Article, Byline, Contributor  # noqa: PLC0415 - after the setup
    from issues.models import Issue, Page, Placement, Role  # noqa: PLC0415 - after the setup

    person = Contributor.objects.create(name="林小舟")
    issue = Issue.objects.create(date=timezone.localdate())
    for number in range(count):
        place = number % PER_PAGE
        if place == 0:
            page = Page.objects.create(issue=issue, code=f"A{number // PER_PAGE + 1:02}")
        story = Article.objects.create(headline=f"第{number}篇", body="灯亮了，路就平了。\n" * 12)
        Byline.objects.create(article=story, contributor=person, name=person.name, role="通讯员")
        publishing.accept_printed(story, by=None, publish_at=None, note="benchmark")
        Placement.objects.create(
            page=page,
            article=story,
            role=Role.FEATURE if place else Role.LEAD,
            position=place + 1,
        )
    return issue


def cost(name: str, verb: Callable[[], Any]) -> None:
    """Print how long a verb takes and how many statements it sends."""
    from django.db import connection  # noqa: PLC0415 - after the setup

    count = 0

    def counted(execute: Any, *asked: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*asked)

    with connection.execute_wrapper(counted):
        begin = time.perf_counter()
        verb()
        seconds = time.perf_counter() - begin
    sys.stdout.write(f"{name:<11} {seconds:6.3f} s  {count:3d} queries\n")


if __name__ == "__main__":
    main()
