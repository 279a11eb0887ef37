"""What several benchmarks share: a database that is thrown away, and what a step costs in it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def set_up() -> None:
    """Set Django up with the database of DATABASE_URL."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")
    import django  # noqa: PLC0415 - it has to be told first where its settings are

    django.setup()


@contextmanager
def database() -> Iterator[str]:
    """Set Django up with an empty database beside the one of DATABASE_URL; give its vendor."""
    set_up()
    from django.conf import settings  # noqa: PLC0415 - after the setup
    from django.db import connection  # noqa: PLC0415 - after the setup

    name = connection.settings_dict["NAME"]
    # Not the tests' own: they may be running.
    file = str(Path(settings.VAR_DIR) / "benchmark.sqlite3")
    own = file if connection.vendor == "sqlite" else "bulletin_benchmark"
    connection.settings_dict["TEST"]["NAME"] = own
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def cost(name: str, work: Callable[[], Any]) -> Any:
    """Print how long something takes and how many statements it sends; return what it returns."""
    from django.db import connection  # noqa: PLC0415 - after the setup

    count = 0

    def counted(execute: Any, *asked: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*asked)

    with connection.execute_wrapper(counted):
        begin = time.perf_counter()
        found = work()
        seconds = time.perf_counter() - begin
    sys.stdout.write(f"{name:<30} {seconds:7.3f} s  {count:4d} queries\n")
    return found
