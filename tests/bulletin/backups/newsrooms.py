"""A newsroom of its own for a drill: a database, a media folder, and manage.py on them."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from articles import revisions
from tests.factories import (
    make_activity,
    make_article,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_station,
    place,
    sign,
)
from tests.newsroom import make_login
from tests.servers import address_of_the_database


def fill() -> None:
    """Give the suite's database some of everything: text, pictures, times, places, a login."""
    login = make_login("issue_editor", "editor", first_name="简知秋")
    story = make_article("渡口添灯", body="渡口添了六盏灯。\n\n## 灯下\n\n“亮了！”", filed_by=login)
    make_photo(story, caption="渡口的灯")
    sign(story, make_contributor())
    revisions.record(story, by=login)
    place(story, make_page(make_issue()))
    district = make_district()
    make_station(community=district, kind=make_kind())
    make_activity(community=district)


class Newsroom:
    """A newsroom on the suite's kind of database, which Django's connection leads to meanwhile."""

    def __init__(self, url: str, var: Path) -> None:
        self.url = url
        self.media = var / "media"
        self.backups = var / "backups"

    def done(self, *arguments: str, **options: Any) -> str:
        """Run a command that has to succeed; return what it printed."""
        printed = io.StringIO()
        with translation.override("en"):
            call_command(*arguments, stdout=printed, **options)
        return printed.getvalue()

    def refused(self, *arguments: str) -> str:
        """Run a command that has to fail; return the one line it says."""
        with pytest.raises(CommandError) as raised:
            self.done(*arguments)
        said = str(raised.value)
        assert said.strip().count("\n") == 0, said
        return said

    def backup(self) -> Path:
        self.done("backup")
        return max(self.backups.glob("bulletin-*.tar"))

    def files(self) -> dict[str, bytes]:
        """Every uploaded file, hidden ones included."""
        return {
            path.relative_to(self.media).as_posix(): path.read_bytes()
            for path in self.media.rglob("*")
            if path.is_file()
        }

    def _connect(self) -> Any:
        if self.url.startswith("sqlite"):
            return closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20))
        return psycopg.connect(self.url)

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table, as the database gives it."""
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if self.url.startswith("sqlite")
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        with self._connect() as held:
            tables = [name for (name,) in held.execute(names).fetchall()]
            return {
                name: sorted(map(repr, held.execute(f'SELECT * FROM "{name}"').fetchall()))  # noqa: S608
                for name in tables
            }

    def sql(self, statement: str) -> None:
        """Change the database behind everybody's back."""
        with self._connect() as held:
            held.execute(statement)
            held.commit()


@contextmanager
def new_database(tmp_path: Path, name: str) -> Iterator[tuple[str, str]]:
    """Make a copy of the suite's database; yield its name and its address."""
    if connection.vendor == "sqlite":
        path = tmp_path / f"{name}.sqlite3"
        path.touch()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        yield str(path), address_of_the_database(str(path))
        return
    template = connection.settings_dict["NAME"]
    own = f"{template}_{name}"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        # A database that somebody is connected to cannot be copied.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
        )
        cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
    try:
        yield own, address_of_the_database(own)
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{own}" WITH (FORCE)')


@contextmanager
def connected_to(name: str, **changes: Any) -> Iterator[None]:
    """Let Django's connection lead to another database, on another server if `changes` say so."""
    held = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(NAME=name, **changes)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(held)
