"""Which backups stay: the newest of each of the last days and weeks. No other file is touched."""

from __future__ import annotations

import datetime
import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

# In the newsroom's time, so that a person finds the night before the mistake.
STAMP = "%Y%m%d-%H%M%S"
NAME = re.compile(r"bulletin-(\d{8}-\d{6})\.tar")
UNFINISHED = re.compile(r"\.bulletin-\d{8}-\d{6}\.unfinished")
# How old a folder of a backup that was cut off is, in seconds, before it is cleared away.
ABANDONED = 86_400


def name_at(now: datetime.datetime) -> str:
    """Return the name of the backup made at `now` (the newsroom's time)."""
    return f"bulletin-{now.strftime(STAMP)}.tar"


def made_at(path: Path) -> datetime.datetime | None:
    """Return when a backup was made, by its name; None where the file is none of ours."""
    match = NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        return datetime.datetime.strptime(match[1], STAMP)  # noqa: DTZ007 # the newsroom's time
    except ValueError:
        return None


def backups(folder: Path) -> list[Path]:
    """Return the backups in a folder, the newest first."""
    ours = [path for path in folder.iterdir() if path.is_file() and made_at(path)]
    return sorted(ours, key=lambda path: path.name, reverse=True)


def to_keep(paths: Iterable[Path], *, daily: int, weekly: int) -> set[Path]:
    """Return which backups stay: the newest of each of the last days and weeks that have one.

    Args:
        paths: backups, the newest first.
        daily: of how many days.
        weekly: of how many weeks (Monday to Sunday).

    """
    days: dict[datetime.date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    for path in paths:
        moment = made_at(path)
        if moment is None:
            continue
        days.setdefault(moment.date(), path)
        weeks.setdefault(moment.isocalendar()[:2], path)
    return set(list(days.values())[:daily]) | set(list(weeks.values())[:weekly])


def prune(folder: Path, *, daily: int, weekly: int) -> list[Path]:
    """Remove the backups of a folder that need not stay; return them. The newest always stays.

    What was left of backups that were cut off is cleared away once it is a day old.
    """
    ours = backups(folder)
    kept = to_keep(ours, daily=daily, weekly=weekly) | set(ours[:1])
    removed = [path for path in ours if path not in kept]
    for path in removed:
        path.unlink()
    for path in folder.iterdir():
        if (
            UNFINISHED.fullmatch(path.name)
            and path.is_dir()
            and not path.is_symlink()
            and time.time() - path.stat().st_mtime > ABANDONED
        ):
            shutil.rmtree(path, ignore_errors=True)
    return removed
