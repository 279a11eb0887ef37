"""What taking something in costs: a newspaper page's text, and a table of 5,000 stations.

    .venv/bin/python benchmarks/take_in.py
    .venv/bin/python benchmarks/take_in.py --stations 500

Seconds and queries, in a database made for it and thrown away: a new one beside the one of
DATABASE_URL. What was taken in is looked at each time.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys

from throwaway import cost, database

# What a broadsheet page holds.
STORIES = 12


def main() -> None:
    """Take things in, and print what each step cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stations", type=int, default=5000, help="lines of the table (5000)")
    count = parser.parse_args().stations
    with database() as vendor:
        sys.stdout.write(f"{vendor}\n")
        measure_page()
        measure_table(count)


def measure_page() -> None:
    """Print what a page of the sample's stories costs: to read, to take in, to take in again."""
    from articles.models import Article  # noqa: PLC0415 - after the setup
    from issues.page_import import Wishes, import_page, read_page  # noqa: PLC0415

    text = page_text()
    parsed = cost(f"page of {len(text)} signs, read", lambda: read_page(text))
    wishes = Wishes(create_places=True)
    taken = cost("page, taken in", lambda: import_page(text, wishes))
    found = Article.objects.published().count()
    if not STORIES <= found == len(parsed.articles) == len(taken.stored.articles):
        raise SystemExit(f"{found} stories came of a page of {STORIES}")
    again = cost("page, once more", lambda: import_page(text, wishes))
    if not again.unchanged or Article.objects.count() != found:
        raise SystemExit("the same page came to something else")


def page_text() -> str:
    """Return a page's text as a compositor's system gives it, of the sample's stories."""
    from bulletin.sample.reading import stories  # noqa: PLC0415 - after the setup

    chosen = [story for story in stories() if story.head["genre"] == "story"][:STORIES]
    parts = ["2026年3月30日 星期一 A02 社区"]
    for story in chosen:
        writer = story.head["byline"].split()[-1]
        parts.append(f"{story.head['headline']}\n{story.text}\n（通讯员 {writer}）")
    return "\n\n".join(parts)


def measure_table(count: int) -> None:
    """Print what a table of stations costs: new, unchanged, with another telephone in each line."""
    from communities.models import ServiceStation  # noqa: PLC0415 - after the setup
    from communities.tables import TABLES, files  # noqa: PLC0415 - after the setup
    from communities.tables.comparing import State, compare  # noqa: PLC0415 - after the setup
    from communities.tables.taking_in import take_in  # noqa: PLC0415 - after the setup

    table = TABLES["stations"]
    numbers = ("0551-1234567", "0551-7654321")
    first, second = (table_of(count, number) for number in numbers)
    rows = cost(f"table of {count} stations, read", lambda: files.read(first))
    cost("table, taken in", lambda: take_in(table, rows, by=None))
    if ServiceStation.objects.filter(phone=numbers[0]).count() != count:
        raise SystemExit("not every line became a station")
    same = cost("table, compared", lambda: compare(table, rows))
    if len(same.of(State.SAME)) != count:
        raise SystemExit("a table that says the same is told to be another")
    changed = files.read(second)
    cost("table, every line changed", lambda: take_in(table, changed, by=None))
    if ServiceStation.objects.filter(phone=numbers[1]).count() != count:
        raise SystemExit("not every station was changed")


def table_of(count: int, phone: str) -> bytes:
    """Return a table of stations as a spreadsheet saves it, in forty communities that it makes."""
    from communities.models import Community, Level, StationKind  # noqa: PLC0415

    district, _made = Community.objects.get_or_create(
        name="青禾区", slug="qinghe", level=Level.DISTRICT
    )
    kind = StationKind.objects.all()[0]
    names = [f"第{number}社区" for number in range(40)]
    for number, name in enumerate(names):
        Community.objects.get_or_create(
            name=name, slug=f"no-{number}", level=Level.COMMUNITY, parent=district
        )
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["名称", "类型", "社区", "电话"])
    for number in range(count):
        writer.writerow([f"驿站{number}号", kind.name, names[number % len(names)], phone])
    return file.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    main()
