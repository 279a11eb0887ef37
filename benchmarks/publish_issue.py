"""What scheduling an issue costs: seconds and queries, in a database made for it and thrown away.

    .venv/bin/python benchmarks/publish_issue.py
    .venv/bin/python benchmarks/publish_issue.py --stories 1000

The database is a new one beside the one of DATABASE_URL; nothing of a newsroom's own is touched.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from typing import Any

from throwaway import cost, database

PER_PAGE = 25


def main() -> None:
    """Make an issue, take it to its hour and back, and print what each step cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=200, help="how many (200)")
    count = parser.parse_args().stories
    with database():
        measure(count)


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


if __name__ == "__main__":
    main()
