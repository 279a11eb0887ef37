"""How long search takes, in a database made for it and thrown away.

    .venv/bin/python benchmarks/search.py
    .venv/bin/python benchmarks/search.py --stories 200000
    .venv/bin/python benchmarks/search.py --here

Fills a new database beside the one of DATABASE_URL, as `manage.py fill` does, compares the answers
with those of a walk over all stories, and then takes the time. `--here` asks the database of
DATABASE_URL itself, which has been filled before, and changes nothing in it.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from throwaway import database, set_up

# The day up to which stories have appeared, and the moment of every question.
LAST_DAY = datetime.date(2026, 11, 24)
NOW = datetime.datetime(2026, 11, 25, 10, 30, tzinfo=datetime.UTC)


def main() -> None:
    """Make stories, check some answers, and print how long each sort of question takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--asked", type=int, default=40, help="questions of each sort (40)")
    parser.add_argument("--rounds", type=int, default=1, help="each question's best of so many (1)")
    parser.add_argument("--here", action="store_true", help="ask the database of DATABASE_URL")
    asked = parser.parse_args()
    if asked.here:
        set_up()
        measure(asked.asked, asked.rounds)
        return
    with database():
        fill(asked.stories)
        measure(asked.asked, asked.rounds)


def fill(count: int) -> None:
    """Make so many stories, and say how long it took."""
    from bulletin.filling import loading  # noqa: PLC0415 - after the setup

    begin = time.perf_counter()
    loading.fill(
        articles=count, stations=0, seed=1, last_day=LAST_DAY, say=lambda _what, _count: None
    )
    sys.stdout.write(f"filled in {time.perf_counter() - begin:.0f} s\n")


def measure(asked: int, rounds: int) -> None:
    """Print the times of every sort of question."""
    from django.db import connection  # noqa: PLC0415 - after the setup

    from articles.models import Contributor  # noqa: PLC0415 - after the setup
    from articles.search.filters import Filters  # noqa: PLC0415 - after the setup
    from articles.search.finding import find  # noqa: PLC0415 - after the setup
    from articles.search.query import Query  # noqa: PLC0415 - after the setup
    from bulletin.filling import phrases  # noqa: PLC0415 - after the setup
    from communities.models import Community  # noqa: PLC0415 - after the setup

    chance = random.Random(1)  # noqa: S311 - the same questions each time
    everything = list(texts())
    sys.stdout.write(
        f"{connection.vendor}, {len(everything)} public stories, {asked} questions of each sort, "
        f"the best of {rounds}; load {os.getloadavg()[0]:.1f}\n"
    )

    def word() -> str:
        return phrases.word(chance)

    place, person = Community.objects.filter(level="community")[7], Contributor.objects.all()[7]
    middle = sorted(hour for _key, hour, _head, _text in everything)[len(everything) // 2].year
    year = {"since": datetime.date(middle, 1, 1), "until": datetime.date(middle, 12, 31)}
    common, did, what = phrases.COMMON, phrases.DID, phrases.WHAT
    some: dict[str, tuple[Callable[[], str], Any]] = {
        "rare word": (lambda: phrases.RARE, Filters()),
        "words of many kinds": (word, Filters()),
        "common word": (lambda: common, Filters()),
        "one character": (lambda: chance.choice(word()), Filters()),
        "no hit": (lambda: f"{phrases.NOWHERE}{word()}", Filters()),
        "two words": (lambda: f"{word()} {word()}", Filters()),
        "phrase of four": (lambda: f"{chance.choice(did)}{chance.choice(what)}", Filters()),
        "a word but not another": (lambda: f"{word()} -{chance.choice(what)}", Filters()),
        "word of old stories": (lambda: phrases.CAMPAIGN, Filters()),
        "common word, a community": (lambda: common, Filters(community=place)),
        "word, a person": (word, Filters(contributor=person)),
        "word, a year": (word, Filters(**year)),
    }
    sys.stdout.write(
        f"{'':<28}{'median':>9}{'95 %':>9}{'worst':>9}{'own CPU':>9}{'database':>10}  ms\n"
    )
    together: list[Cost] = []
    for name, (ask, filters) in some.items():
        questions = [Query.read(ask()) for _number in range(asked)]
        allowed = set(filters.among(NOW).values_list("pk", flat=True))
        for query in questions[:3]:
            right = walk_over((row for row in everything if row[0] in allowed), query)
            answer = find(query, filters, at=NOW).keys
            assert answer == right, (name, query.text, answer, right)  # noqa: S101 - a wrong answer has no time
        taken = [
            min(clock(lambda q=query, f=filters: find(q, f, at=NOW)) for _round in range(rounds))
            for query in questions
        ]
        together += taken
        tell(name, taken)
    tell("all together", together)


def tell(name: str, taken: list[Cost]) -> None:
    """Print the times of a sort of question; of the database, the 95th percentile."""
    times = sorted(cost.wall for cost in taken)
    asked = sorted(cost.database for cost in taken)
    sys.stdout.write(
        f"{name:<28}{statistics.median(times):>9.1f}{times[int(len(times) * 0.95)]:>9.1f}"
        f"{times[-1]:>9.1f}{statistics.median(cost.own for cost in taken):>9.1f}"
        f"{asked[int(len(asked) * 0.95)]:>10.1f}\n"
    )
    sys.stdout.flush()


class Cost(NamedTuple):
    """What a question costs, in milliseconds.

    Attributes:
        wall: by the clock.
        own: of this process's CPU.
        database: by the clock, while the database was asked (on SQLite rows are read after that).

    """

    wall: float
    own: float
    database: float


def clock(ask: Callable[[], Any]) -> Cost:
    """Return what a question costs."""
    from django.db import connection  # noqa: PLC0415 - after the setup

    spent = []

    def note(execute: Any, *question: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(*question)
        finally:
            spent.append(time.perf_counter() - begin)

    with connection.execute_wrapper(note):
        begin, own = time.perf_counter(), time.process_time()
        ask()
        wall = time.perf_counter() - begin
    return Cost(wall * 1000, (time.process_time() - own) * 1000, sum(spent) * 1000)


def published() -> Any:
    """Return the stories that are public."""
    from articles.models import Article  # noqa: PLC0415 - after the setup

    return Article.objects.published(NOW)


def texts() -> Iterator[tuple[int, Any, str, str]]:
    """Yield (key, hour, headline, text) of every public story, as the index holds them."""
    rows = published().values_list("pk", "publish_at", "search_entry__head", "search_entry__text")
    yield from rows.iterator(chunk_size=5000)


def walk_over(rows: Iterator[tuple[int, Any, str, str]], query: Any) -> list[int]:
    """Return what has to be found, without any index."""
    from articles.search.finding import PER_PAGE, rank  # noqa: PLC0415 - after the setup

    words = [one.phrase for one in query.words]
    hits = [
        (
            rank(
                hour,
                in_headline=all(one in head for one in words),
                together=query.together is not None and query.together.phrase in text,
            ),
            key,
        )
        for key, hour, head, text in rows
        if all(one in text for one in words) and not any(o.phrase in text for o in query.without)
    ]
    return [key for _rank, key in sorted(hits, reverse=True)[:PER_PAGE]]


if __name__ == "__main__":
    main()
