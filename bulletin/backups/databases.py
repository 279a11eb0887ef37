"""How each database is dumped, put aside, filled from a dump and put back.

SQLite: `VACUUM INTO` makes the dump (a whole and compact copy, whoever writes meanwhile), and its
backup API fills the database from it in one transaction, so that open connections stay right.
PostgreSQL: `pg_dump -Fc` and `pg_restore`, of the server's version or a later one; what was there
waits in another schema. Passwords are handed on in the environment, never in arguments.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from django.db import DatabaseError, connections, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from .problems import BackupError, disk_full

# Where Debian, Red Hat and Alpine keep the programs of each of PostgreSQL's versions.
POSTGRESQL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
)
ASIDE_SCHEMA = "before_restore"


class Database(Protocol):
    """What a backup and a restore ask of a database."""

    kind: str
    file_name: str

    def version(self) -> str:
        """Return the database's version, for the manifest."""

    def dump(self, to: Path) -> dict[str, int]:
        """Write all of it to a file; return how many rows of each table are in there."""

    def rows(self) -> dict[str, int]:
        """Count the rows of every table."""

    def put_aside(self) -> None:
        """Keep what is there until `finish` or `put_back`."""

    def load(self, dump: Path) -> None:
        """Fill the database, which was put aside, from a dump."""

    def put_back(self) -> bool:
        """Bring back what was put aside, if anything was; return whether."""

    def finish(self) -> None:
        """Let go of what was put aside."""


def database() -> Database:
    """Return the newsroom's database (the primary one)."""
    return PostgreSQL() if connections["default"].vendor == "postgresql" else SQLite()


class SQLite:
    """The embedded database, one file."""

    kind, file_name = "sqlite", "database.sqlite3.gz"

    def __init__(self) -> None:
        """Look at the settings; nothing is opened."""
        self.path = Path(connections["default"].settings_dict["NAME"])
        self.aside = self.path.with_name(self.path.name + ".before-restore")

    def version(self) -> str:
        """Return the library's version."""
        return f"SQLite {sqlite3.sqlite_version}"

    @contextlib.contextmanager
    def _opened(self, path: Path) -> Iterator[sqlite3.Connection]:
        """Open a file for a moment, and say in one line what SQLite says of it."""
        try:
            with contextlib.closing(
                sqlite3.connect(path, timeout=20, isolation_level=None)
            ) as connection:
                yield connection
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise disk_full(path.parent) from error
            raise BackupError(f"SQLite: {error} ({path})") from error

    def _copy(self, to: Path) -> None:
        """Write a whole copy of the database, which others may be using, to a new file."""
        to.touch(mode=0o600)  # VACUUM INTO takes an empty file
        with self._opened(self.path) as connection:
            connection.execute("VACUUM INTO ?", (str(to),))

    def _fill(self, source: Path) -> None:
        """Make the database the same as a file, in one transaction."""
        connections["default"].close()
        with self._opened(source) as given, self._opened(self.path) as ours:
            given.backup(ours)

    def _count(self, path: Path) -> dict[str, int]:
        with self._opened(path) as connection:
            tables = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
                )
            ]
            return {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 # names of tables
                for name in tables
            }

    def dump(self, to: Path) -> dict[str, int]:
        """Write a compressed copy; the rows are counted in the copy."""
        plain = to.with_suffix(".plain")
        self._copy(plain)
        rows = self._count(plain)
        with plain.open("rb") as source, gzip.open(to, "wb", compresslevel=6) as target:
            shutil.copyfileobj(source, target, 1 << 20)
        plain.unlink()
        return rows

    def rows(self) -> dict[str, int]:
        """Count the rows of every table."""
        return self._count(self.path)

    def put_aside(self) -> None:
        """Copy the database beside itself; under its name once it is whole."""
        part = self.aside.with_name(self.aside.name + ".part")
        part.unlink(missing_ok=True)
        self._copy(part)
        part.rename(self.aside)

    def load(self, dump: Path) -> None:
        """Fill the database from a compressed copy that is sound."""
        plain = dump.with_suffix(".plain")
        try:
            with gzip.open(dump) as source, plain.open("xb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except (EOFError, gzip.BadGzipFile) as error:
            raise BackupError(f"{dump.name}: {error}") from error
        with self._opened(plain) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise BackupError(f"SQLite: {found}")
        self._fill(plain)
        plain.unlink()

    def put_back(self) -> bool:
        """Fill the database from the copy that was put aside."""
        there = self.aside.exists()
        if there:
            self._fill(self.aside)
            self.aside.unlink()
        return there

    def finish(self) -> None:
        """Remove the copy."""
        self.aside.unlink(missing_ok=True)


class PostgreSQL:
    """A server's database; its tables lie in the schema `public`."""

    kind, file_name = "postgresql", "database.pgdump"

    def __init__(self) -> None:
        """Take Django's connection to the primary database."""
        self.connection = connections["default"]

    def version(self) -> str:
        """Return the server's version."""
        self.connection.ensure_connection()
        return f"PostgreSQL {self._major()}"

    def _major(self) -> int:
        version: int = self.connection.pg_version  # type: ignore[attr-defined]
        return version // 10_000

    def _run(self, program: str, arguments: list[str], folder: Path) -> None:
        """Run one of PostgreSQL's programs on the database."""
        command, secrets = DatabaseClient.settings_to_cmd_args_env(
            self.connection.settings_dict, []
        )
        # What names the database and the login: -U, -h, -p, and the database last.
        *login, name = command[1:]
        done = subprocess.run(  # noqa: S603
            [_program(program, self._major()), *login, "--dbname", name, *arguments],
            env=_environment(secrets),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            if "No space left on device" in done.stderr:
                raise disk_full(folder)
            lines = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
            raise BackupError(f"{program}: {lines[0]}")

    def _execute(self, *statements: str) -> None:
        with transaction.atomic(using="default"), self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _there(self, schema: str) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
            return cursor.fetchone() is not None

    def rows(self) -> dict[str, int]:
        """Count the rows of every table."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            )
            tables = [row[0] for row in cursor.fetchall()]
            counts = {}
            for name in tables:
                cursor.execute(f'SELECT count(*) FROM public."{name}"')  # noqa: S608 # names of tables
                counts[name] = cursor.fetchone()[0]
        return counts

    def dump(self, to: Path) -> dict[str, int]:
        """Write a dump; the rows are counted in the very snapshot that is dumped."""
        with transaction.atomic(using="default"):
            with self.connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot: Any = cursor.fetchone()[0]
            self._run(
                "pg_dump",
                [
                    *("--format=custom", "--no-owner", "--no-privileges"),
                    *(f"--snapshot={snapshot}", f"--file={to}"),
                ],
                to.parent,
            )
            return self.rows()

    def put_aside(self) -> None:
        """Give the tables' schema another name, and make a new one."""
        self._execute(
            f"ALTER SCHEMA public RENAME TO {ASIDE_SCHEMA}",
            "CREATE SCHEMA public",
            "GRANT USAGE ON SCHEMA public TO PUBLIC",
        )

    def load(self, dump: Path) -> None:
        """Fill the new schema, in one transaction."""
        self._run(
            "pg_restore",
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dump)],
            dump.parent,
        )
        # A new database has no statistics: until they are gathered, every plan is a guess.
        self._execute("ANALYZE")

    def put_back(self) -> bool:
        """Drop what was loaded and give the old schema its name again, in one transaction."""
        there = self._there(ASIDE_SCHEMA)
        if there:
            self._execute(
                "DROP SCHEMA IF EXISTS public CASCADE",
                f"ALTER SCHEMA {ASIDE_SCHEMA} RENAME TO public",
            )
        return there

    def finish(self) -> None:
        """Drop what was put aside."""
        with contextlib.suppress(DatabaseError):
            self._execute("ALTER SCHEMA public OWNER TO pg_database_owner")
        self._execute(f"DROP SCHEMA IF EXISTS {ASIDE_SCHEMA} CASCADE")


def _environment(secrets: dict[str, str] | None) -> dict[str, str]:
    """Return the environment for a program: this process's, the messages' language, the secrets."""
    return {**os.environ, "LC_ALL": "C", **(secrets or {})}


def _program(name: str, server: int) -> str:
    """Return the path of pg_dump or pg_restore, of the server's major version or a later one.

    Raises:
        BackupError: there is none.

    """
    candidates = [
        str(path)
        for pattern in POSTGRESQL_FOLDERS
        for path in Path("/").glob(f"{pattern[1:]}/{name}")
    ]
    if found := shutil.which(name):
        candidates.append(found)
    versions: list[tuple[int, str]] = []
    for path in candidates:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        if match := re.search(r"(\d+)(?:\.\d+)?", said.stdout):
            versions.append((int(match[1]), path))
    fitting = sorted(version for version in versions if version[0] >= server)
    if not fitting:
        raise BackupError(
            _("%(program)s of version %(version)d or later is missing (Debian: postgresql-client).")
            % {"program": name, "version": server}
        )
    return fitting[0][1]
