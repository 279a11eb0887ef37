"""What each page costs with an archive of the size that the database of DATABASE_URL has.

    .venv/bin/python manage.py fill --articles 200000
    .venv/bin/python benchmarks/scale.py --save 200000.json
    .venv/bin/python benchmarks/scale.py --table 2000.json 200000.json 1000000.json

Asks for every public page, the admin's lists and the desk, looks whether what comes is right, and
takes the time: the best of some rounds, by the clock and of this process's CPU. Nothing is kept in
the database. `--plans` prints how the database goes about each query, `--only` some pages alone.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from throwaway import set_up

ROUNDS = 5
# How far back in the section's list the deep page lies, as a part of the archive.
DEEP = 0.7


@dataclass(frozen=True)
class Page:
    """A page that is asked for.

    Attributes:
        address: where it is.
        holds: what has to stand in it.
        inside: whether somebody of the newsroom asks.

    """

    address: str
    holds: str = ""
    inside: bool = False


@dataclass(frozen=True)
class Cost:
    """What a page costs: queries, milliseconds by the clock, of CPU, and in the database."""

    queries: int
    wall: float
    cpu: float
    database: float


def main() -> None:
    """Measure, or print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"the best of so many ({ROUNDS})"
    )
    parser.add_argument("--only", default="", help="pages whose names hold this")
    parser.add_argument("--plans", action="store_true", help="print the plan of each query")
    parser.add_argument("--save", type=Path, help="a file for the figures")
    parser.add_argument("--table", type=Path, nargs="+", help="print figures saved before")
    given = parser.parse_args()
    if given.table:
        print_table([json.loads(file.read_text()) for file in given.table])
        return
    set_up()
    from django.db import connection, transaction  # noqa: PLC0415 - after the setup

    from articles.models import Article  # noqa: PLC0415 - after the setup

    size = Article.objects.count()
    sys.stdout.write(f"{connection.vendor}, {size} stories, load {os.getloadavg()[0]:.1f}\n")
    sys.stdout.write(f"{'':<34}{'queries':>8}{'wall':>9}{'CPU':>9}{'database':>9}  ms\n")
    costs: dict[str, Cost] = {}
    with transaction.atomic():
        outside, inside = clients()
        for name, page in pages().items():
            if given.only not in name:
                continue
            client = inside if page.inside else outside
            if given.plans:
                sys.stdout.write(f"\n== {name}: {page.address}\n")
                print_plans(lambda c=client, p=page: c.get(p.address))
                continue
            costs[name] = cost = measure(client, page, given.rounds)
            sys.stdout.write(
                f"{name:<34}{cost.queries:>8}{cost.wall:>9.1f}{cost.cpu:>9.1f}{cost.database:>9.1f}\n"
            )
            sys.stdout.flush()
        transaction.set_rollback(True)
    if given.save:
        found = {name: asdict(cost) for name, cost in costs.items()}
        given.save.write_text(json.dumps({"stories": size, "pages": found}, indent=1))


def clients() -> tuple[Any, Any]:
    """Return a reader and an editor-in-chief."""
    from django.contrib.auth.models import User  # noqa: PLC0415 - after the setup
    from django.test import Client  # noqa: PLC0415 - after the setup

    user = User.objects.create(username="scale-benchmark", is_staff=True, is_superuser=True)
    inside = Client(SERVER_NAME="localhost")
    inside.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Client(SERVER_NAME="localhost"), inside


def pages() -> dict[str, Page]:
    """Return what is asked for, by name: of each kind what has the most stories, and the fewest."""
    from django.db.models import Count  # noqa: PLC0415 - after the setup
    from django.urls import reverse  # noqa: PLC0415 - after the setup
    from django.utils import timezone  # noqa: PLC0415 - after the setup

    from articles.listing import OLDER, Place  # noqa: PLC0415 - after the setup
    from articles.models import Article, Contributor, Section, Tag  # noqa: PLC0415
    from bulletin.filling.phrases import CAMPAIGN, COMMON, DID, NOWHERE, RARE, WHAT  # noqa: PLC0415
    from communities.models import Community  # noqa: PLC0415 - after the setup
    from issues.models import Issue  # noqa: PLC0415 - after the setup

    published = Article.objects.published()
    section = Section.objects.filter(kind=Section.Kind.SECTION)[1]
    in_section = published.in_section(section).current()
    older = in_section[int(in_section.count() * DEEP)]
    issue = Issue.objects.published()[0]
    page = issue.pages.all()[0]
    story = page.placements.all()[0].article
    places = Community.objects.annotate(n=Count("articles")).exclude(n=0).order_by("-n", "pk")
    # Of a word or a person without a public story there is no page.
    named = Tag.objects.filter(tagged__content_object__in=published.order_by())
    tags = named.annotate(n=Count("tagged")).order_by("-n", "pk")
    signed = Contributor.objects.filter(bylines__article__in=published.order_by())
    people = signed.annotate(n=Count("bylines")).order_by("-n", "pk")
    day = timezone.localdate(published.filter(publish_at__lt=issue.publish_at)[0].publish_at)
    phrase = f"{DID[0]}{WHAT[0]}"
    search = reverse("articles:search")
    admin = "admin:articles_article"
    public = {
        "home": ("/", story.headline),
        "section": (section.get_absolute_url(), in_section[0].headline),
        "section, deep": (
            f"{section.get_absolute_url()}?from={Place.at(older, OLDER)}",
            in_section.filter(publish_at__lt=older.publish_at)[0].headline,
        ),
        "story": (story.get_absolute_url(), story.headline),
        "communities": (reverse("communities:communities"), places[0].name),
        "community, most stories": (places[0].get_absolute_url(), places[0].name),
        "community, fewest": (places.last().get_absolute_url(), places.last().name),
        "community, larger place": (places[0].parent.get_absolute_url(), places[0].parent.name),
        "contributor, most stories": (people[0].get_absolute_url(), people[0].name),
        "contributor, fewest": (people.last().get_absolute_url(), people.last().name),
        "tag, most stories": (tags[0].get_absolute_url(), tags[0].name),
        "tag, fewest": (tags.last().get_absolute_url(), tags.last().name),
        "issues": (reverse("issues:issues"), ""),
        "issue": (issue.get_absolute_url(), story.headline),
        "e-paper page": (page.get_absolute_url(), story.headline),
        "archive": (reverse("issues:archive"), ""),
        "archive, month": (reverse("issues:archive_month", args=[day]), ""),
        "archive, day": (reverse("issues:archive_day", args=[day]), ""),
        "feed": (reverse("articles:feed", args=["atom"]), published[0].headline),
        "feed of a section": (reverse("articles:section_feed", args=[section.slug, "atom"]), ""),
        "feed of a community": (
            reverse("articles:community_feed", args=[places[0].slug, "atom"]),
            "",
        ),
        "feed of a tag": (reverse("articles:tag_feed", args=[tags[0].slug, "atom"]), ""),
        "sitemap": (reverse("sitemap"), ""),
        "sitemap, month": (reverse("sitemap_month", args=[day.replace(day=1)]), ""),
        "sitemap, news": (reverse("sitemap_part", args=["news"]), ""),
        "sitemap, issues": (reverse("sitemap_part", args=[f"issues-{issue.date.year}"]), ""),
        "search, common word": (f"{search}?q={COMMON}", ""),
        "search, rare word": (f"{search}?q={RARE}", RARE),
        "search, old stories": (f"{search}?q={CAMPAIGN}", CAMPAIGN),
        "search, two words": (f"{search}?q={WHAT[0]}+{WHAT[1]}", WHAT[0]),
        "search, phrase": (f"{search}?q={phrase}", phrase),
        "search, nothing": (f"{search}?q={NOWHERE}", ""),
    }
    own = {
        "desk": (reverse("admin:index"), ""),
        "admin, stories": (reverse(f"{admin}_changelist"), ""),
        "admin, stories, drafts": (f"{reverse(f'{admin}_changelist')}?status__exact=draft", ""),
        "admin, stories, a section": (
            f"{reverse(f'{admin}_changelist')}?section__id__exact={section.pk}",
            "",
        ),
        "admin, stories, words": (f"{reverse(f'{admin}_changelist')}?q={WHAT[0]}", ""),
        "admin, story": (reverse(f"{admin}_change", args=[story.pk]), story.headline),
        "admin, queue": (reverse(f"{admin}_queue", args=["first"]), ""),
        "admin, issues": (reverse("admin:issues_issue_changelist"), ""),
        "admin, issue calendar": (reverse("admin:issues_issue_calendar"), ""),
        "admin, contributors": (reverse("admin:articles_contributor_changelist"), ""),
        "admin, tags": (reverse("admin:articles_tag_changelist"), ""),
        "admin, usage": (reverse("admin:articles_article_usage"), ""),
    }
    return {
        **{name: Page(address, holds) for name, (address, holds) in public.items()},
        **{name: Page(address, holds, inside=True) for name, (address, holds) in own.items()},
    }


def measure(client: Any, page: Page, rounds: int) -> Cost:
    """Ask for a page once, look at what came, and then take the time."""
    with queries() as asked:
        answer = client.get(page.address)
    text = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, (page.address, answer.status_code)  # noqa: S101
    assert page.holds in text.decode(), page  # noqa: S101 - a wrong answer has no time
    best = Cost(len(asked), 1e9, 1e9, 1e9)
    for _round in range(rounds):
        with queries() as timed:
            begin, own = time.perf_counter(), time.process_time()
            answer = client.get(page.address)
            for _part in answer:
                pass
            wall, cpu = time.perf_counter() - begin, time.process_time() - own
        spent = sum(seconds for _sql, _values, seconds in timed)
        best = Cost(
            len(timed),
            min(best.wall, wall * 1000),
            min(best.cpu, cpu * 1000),
            min(best.database, spent * 1000),
        )
    return best


@contextmanager
def queries() -> Iterator[list[tuple[str, Any, float]]]:
    """Note what the database is asked inside, with values and seconds."""
    from django.db import connection  # noqa: PLC0415 - after the setup

    asked: list[tuple[str, Any, float]] = []

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(sql, values, many, context)
        finally:
            asked.append((sql, values, time.perf_counter() - begin))

    with connection.execute_wrapper(note):
        yield asked


def print_plans(ask: Callable[[], Any]) -> None:
    """Print each query, and how the database goes about it."""
    from django.db import connection  # noqa: PLC0415 - after the setup

    with queries() as asked:
        ask()
    explain = "EXPLAIN ANALYZE" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for sql, values, seconds in asked:
        if not sql.lstrip("(").startswith(("SELECT", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {sql}", values)
            lines = [str(row[-1]) for row in cursor.fetchall()]
        sys.stdout.write(f"-- {seconds * 1000:.1f} ms: {sql[:160]} … {sql[-300:]}\n")
        sys.stdout.write("".join(f"      {line}\n" for line in lines))


def print_table(measured: list[dict[str, Any]]) -> None:
    """Print pages as lines, sizes as columns: milliseconds of the best round and queries.

    Two figures of each: by the clock, and what of it the database took.
    """
    sizes = "".join(f"| {one['stories']:,} " for one in measured)
    sys.stdout.write(f"| page {sizes}| queries |\n|---{'|---:' * (len(measured) + 1)}|\n")
    for name in measured[0]["pages"]:
        found = [one["pages"].get(name) for one in measured]
        times = "".join(
            f"| {one['wall']:.1f}; {one['database']:.1f} " if one else "| " for one in found
        )
        counts = {one["queries"] for one in found if one}
        asked = "–".join(map(str, sorted({min(counts), max(counts)})))
        sys.stdout.write(f"| {name} {times}| {asked} |\n")


if __name__ == "__main__":
    main()
