"""Several people at once: verbs in threads of their own, each with its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection, connections, transaction

PATIENCE = 120  # seconds; nothing here takes one, but a machine may have much else to do
Verb = Callable[[], Any]


class Runner(threading.Thread):
    """Somebody who does one thing, and what came of it."""

    def __init__(self, verb: Verb, barrier: threading.Barrier | None = None) -> None:
        super().__init__(daemon=True)
        self.verb, self.barrier = verb, barrier
        self.done: Any = None
        self.refusal: Exception | None = None

    def run(self) -> None:
        try:
            # The connection is made before the start, so that all start together.
            connection.ensure_connection()
            if self.barrier is not None:
                self.barrier.wait(PATIENCE)
            self.done = self.verb()
        except Exception as refusal:  # noqa: BLE001 - whatever it is, the test looks at it
            self.refusal = refusal
        finally:
            connections.close_all()

    def outcome(self) -> Any:
        """Return what the verb returned, or the exception it raised."""
        self.join(PATIENCE)
        assert not self.is_alive(), "two of them wait for each other"
        return self.done if self.refusal is None else self.refusal


def together(*verbs: Verb) -> list[Any]:
    """Do everything at the same instant; return what came of each, in the order given."""
    barrier = threading.Barrier(len(verbs))
    runners = [Runner(verb, barrier) for verb in verbs]
    for runner in runners:
        runner.start()
    found = [runner.outcome() for runner in runners]
    close_old_connections()
    return found


def refusals(outcomes: list[Any]) -> list[type[Exception]]:
    """Return the kinds of those that were refused."""
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


def while_held(hold: Verb, verb: Verb, then: Verb = lambda: None) -> Any:
    """Do something while somebody else is at the same rows, and commits once it waits for them.

    On SQLite a writer waits for the whole database, which is all there is to see of it.

    Args:
        hold: what the other does, inside a transaction of its own.
        verb: what has to wait for it.
        then: what happens while it waits.

    """
    with transaction.atomic():
        hold()
        runner = Runner(verb)
        runner.start()
        if connection.vendor == "postgresql":
            _until_somebody_waits(runner)
        then()
    return runner.outcome()


def _until_somebody_waits(runner: Runner) -> None:
    pause = threading.Event()
    for _time in range(PATIENCE * 100):
        with connection.cursor() as cursor:
            # A wait for a transaction belongs to no database: whose it is says who waits.
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE NOT granted AND datname = current_database()"
            )
            waiting = cursor.fetchone()[0]
        if waiting:
            return
        assert runner.is_alive(), f"it did not wait: {runner.outcome()!r}"
        pause.wait(0.01)
    raise AssertionError("it never waited")
