"""Whether anything the public sees has changed: asked of the database, and of the clock.

A page is good as long as it was made of the content as it is now. Content changes with a
transaction that `changes` has noted, or with an hour that was set before: a story's, an issue's,
the end of a notice, midnight. Times of the process's own clock (`time.monotonic`) are seconds.
"""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from articles.models import Article, Status
from bulletin.models import ContentChange
from issues.models import Issue, Stage

logger = logging.getLogger(__name__)

# How often the database is asked, at most, while requests come in.
CHECK_EVERY = 0.5
# How long after a change an old page may be handed out while the new one is being made. Less than
# a second, whatever else happens: that is what readers and editors are promised.
OLD_FOR = 0.9
# A clock that is set back by more has been set by somebody, and other hours may be due.
CLOCK_SLACK = 1
# How long a request waits for the database, or for another one that asks it, in seconds.
PATIENCE = 5

Number = tuple[int, int | None, int | None]


def content_number(alias: str) -> Number:
    """Return a value that differs after every transaction that changed what the public sees."""
    noted = ContentChange.objects.using(alias)
    found = noted.aggregate(rows=Count("pk"), last=Max("number"), sum=Sum("number"))
    return found["rows"], found["last"], found["sum"]


def next_moment(alias: str, now: datetime.datetime) -> datetime.datetime:
    """Return the next moment at which public pages change by the clock alone.

    Args:
        alias: the database to ask.
        now: the moment after which.

    """
    stories = Article.objects.using(alias).filter(status=Status.APPROVED)
    issues = Issue.objects.using(alias).filter(status=Stage.SCHEDULED)
    midnight = (timezone.localtime(now) + datetime.timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    moments = [
        stories.filter(publish_at__gt=now).aggregate(first=Min("publish_at"))["first"],
        stories.filter(expires_at__gt=now).aggregate(first=Min("expires_at"))["first"],
        issues.filter(publish_at__gt=now).aggregate(first=Min("publish_at"))["first"],
        midnight,
    ]
    return min(moment for moment in moments if moment is not None)


class Version:
    """The content's version, as one process knows it.

    Attributes:
        number: moves on with every change that was seen; 0 before the database was first asked.
        is_database_away: whether the database did not answer when it was last asked.

    """

    def __init__(self, alias: Callable[[], str], *, is_patient: bool = False) -> None:
        """Ask nothing yet.

        Args:
            alias: says which database public pages are read from. A replica tells of a change when
                it has it, so pages are never marked as newer than what they were made of.
            is_patient: whether to wait for the database however long it takes to answer. Else it
                is asked in a thread of its own, and one that hangs keeps no request waiting.

        """
        self.alias = alias
        self.is_patient = is_patient
        # Called each time the database was asked, a few times a second at most.
        self.asked: Callable[[], None] = lambda: None
        self._answered = threading.Event()
        self._answered.set()
        self.number = 0
        self.is_database_away = False
        self._lock = threading.Lock()
        self._content: Number | None = None
        # When the database was last known to hold what `number` stands for; when to ask again.
        self._known_at = self._ask_at = float("-inf")
        # When the version before this one was last known to be the newest.
        self._old_since = float("-inf")
        self._moment = float("-inf")
        self._wall = float("-inf")

    def current(self) -> int:
        """Return the version; the database is asked where the last answer is too old.

        While it is away, the last version stays: the pages of before are better than none.
        """
        if time.monotonic() < self._ask_at and self._wall <= time.time() < self._moment:
            return self.number
        # One request asks. The others go on with what is known, unless that is too old already.
        started = time.monotonic()
        patient = not self.is_database_away and started - self._known_at > OLD_FOR / 2
        if self._lock.acquire(timeout=PATIENCE if patient else 0):
            try:
                # Whoever waited may find that it has been asked since.
                if self._known_at < started:
                    self._ask_in_time()
            finally:
                self._lock.release()
        return self.number

    def may_be_old(self, number: int) -> bool:
        """Return whether a page of an earlier version may still be handed out."""
        is_last = number == self.number - 1
        return is_last and time.monotonic() - self._old_since < OLD_FOR

    def _ask_in_time(self) -> None:
        if self.is_patient:
            self._ask()
            return
        if self._answered.is_set():
            self._answered.clear()
            threading.Thread(target=self._ask, daemon=True).start()
            if self._answered.wait(PATIENCE):
                return
        self._is_away("it hangs")

    def _is_away(self, how: str) -> None:
        if not self.is_database_away:
            logger.warning("The content's version cannot be read: %s", how)
        wall = time.time()
        self.is_database_away = True
        self._ask_at = time.monotonic() + CHECK_EVERY
        # Only what is due by the clock would ask again at once.
        self._moment = max(self._moment, wall + CHECK_EVERY)
        self._wall = wall

    def _ask(self) -> None:
        began, wall = time.monotonic(), time.time()
        alias = DEFAULT_DB_ALIAS
        try:
            alias = self.alias()
            content = content_number(alias)
            passed = self._moment <= wall
            if content != self._content or passed or wall < self._wall - CLOCK_SLACK:
                now = datetime.datetime.fromtimestamp(wall, tz=datetime.UTC)
                moment = next_moment(alias, now).timestamp()
                # An hour is known to the second; a noted change came after the last time of asking.
                late = wall - self._moment if passed and content == self._content else 0
                self._old_since = began - late if late else self._known_at
                self._content, self._moment = content, moment
                self.number += 1
            self._known_at, self._wall = began, wall
            self._ask_at = began + CHECK_EVERY
            self.is_database_away = False
        except (DatabaseError, InterfaceError) as error:
            self._is_away(type(error).__name__)
        finally:
            _give_back(alias)
            self._answered.set()
            self.asked()


def _give_back(alias: str) -> None:
    """Close the connection, or give it back to its pool: no request of Django's does it here."""
    connection = connections[alias]
    if not connection.in_atomic_block:
        connection.close()
