"""Three processes and a thousand changes: no page is more than a second behind, and none leaks."""

from __future__ import annotations

import datetime
import random
import re
import threading
import time
from collections import defaultdict
from contextlib import ExitStack

import pytest
from django.utils import timezone

from articles.models import Article, Status
from tests.factories import MORNING, make_article
from tests.servers import ask, server

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES, STORIES, CHANGES = 3, 12, 1000
# What readers and editors are promised, in seconds.
PROMISED = 1.0
HEADLINE = re.compile(r"<h1[^>]*>第(\d+)稿</h1>")


class Newsroom:
    """Stories that change all the time, and what the public was to see of each, and when.

    A state is the number of the text, or the status of a page without one (-404, -410); `known` has
    for each story its states with the earliest and the latest moment they can have begun.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0
        self.stories = [make_article("第0稿") for _ in range(STORIES)]
        self.known: dict[int, list[tuple[float, float, int]]] = {
            story.pk: [(float("-inf"), float("-inf"), 0)] for story in self.stories
        }
        self.busy_until: dict[int, float] = defaultdict(float)

    def change(self) -> None:
        """Change one story: its text, its withdrawal, or the hour from which it is public."""
        free = [one.pk for one in self.stories if self.busy_until[one.pk] < time.monotonic()]
        if not free:
            time.sleep(0.05)
            return
        pk = self.chance.choice(free)
        self.number += 1
        story = Article.objects.filter(pk=pk)
        what = self.chance.choice(["text", "text", "withdraw", "schedule"])
        out = {"status": Status.APPROVED, "publish_at": MORNING, "withdrawn_at": None}
        out |= {"withdrawal_reason": "", "headline": f"第{self.number}稿"}
        began = time.monotonic()
        if what == "withdraw":
            gone = {"status": Status.WITHDRAWN, "withdrawn_at": MORNING}
            story.move(**out | gone | {"withdrawal_reason": "照片用错了。"})
            self.note(pk, began, time.monotonic(), -410)
        elif what == "schedule":
            hour = timezone.now() + datetime.timedelta(seconds=self.chance.uniform(0.5, 1.5))
            story.move(**out | {"publish_at": hour})
            self.note(pk, began, time.monotonic(), -404)
            # This thread may be set aside between one clock and the other.
            first, wall, last = time.monotonic(), timezone.now(), time.monotonic()
            left = (hour - wall).total_seconds()
            self.note(pk, first + left - 0.01, last + left + 0.01, self.number)
            self.busy_until[pk] = last + left + 0.05
        else:
            story.move(**out)
            self.note(pk, began, time.monotonic(), self.number)

    def note(self, pk: int, earliest: float, latest: float, state: int) -> None:
        self.known[pk].append((earliest, latest, state))

    def true_between(self, pk: int, first: float, last: float) -> set[int]:
        """Return the states that were true at some moment of a span."""
        states, found = self.known[pk], set()
        for place, (earliest, _, state) in enumerate(states):
            ended = states[place + 1][1] if place + 1 < len(states) else float("inf")
            if earliest <= last and ended >= first:
                found.add(state)
        return found


def read(address: str, pks: list[int], stop: threading.Event, seen: list, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    while not stop.is_set():
        pk = chance.choice(pks)
        asked = time.monotonic()
        status, text = ask(f"{address}/articles/{pk}/?reader={chance.random()}")
        found = HEADLINE.search(text)
        state = int(found.group(1)) if status == 200 and found else -status
        seen.append((address, pk, asked, time.monotonic(), state))


def test_no_process_is_a_second_behind(tmp_path):
    chance = random.Random(20_260_304)  # noqa: S311
    newsroom = Newsroom(chance)
    pks = [story.pk for story in newsroom.stories]
    seen: list[tuple[str, int, float, float, int]] = []
    stop = threading.Event()
    with ExitStack() as running:
        addresses = [
            running.enter_context(server(tmp_path / str(number))) for number in range(PROCESSES)
        ]
        readers = [
            threading.Thread(target=read, args=(address, pks, stop, seen, number))
            for number, address in enumerate(addresses)
        ]
        for reader in readers:
            reader.start()
        while newsroom.number < CHANGES:
            newsroom.change()
            time.sleep(chance.uniform(0, 0.02))
        time.sleep(2 * PROMISED)
        stop.set()
        for reader in readers:
            reader.join()
        asked = time.monotonic()
        last = [(pk, *ask(f"{one}/articles/{pk}/")) for one in addresses for pk in pks]
    wrong = [
        (state, pk, address, asked, answered, newsroom.known[pk])
        for address, pk, asked, answered, state in seen
        if state not in newsroom.true_between(pk, asked - PROMISED, answered)
    ]
    assert wrong == []
    for pk, status, text in last:
        (state,) = newsroom.true_between(pk, asked, asked)
        assert f"第{state}稿" in text if status == 200 else -status == state
    for address in addresses:
        mine = [one for one in seen if one[0] == address]
        assert {-404, -410} <= {state for *_, state in mine}
        assert len({state for *_, state in mine}) > 20
