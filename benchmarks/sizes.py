"""What every page costs by the size of the archive: one database after the other, side by side.

    .venv/bin/python benchmarks/sizes.py
    .venv/bin/python benchmarks/sizes.py --database postgres:///postgres 2000 200000 1000000

Each size gets a database of its own, which `fill` fills and `scale.py` measures; it is dropped
again. With `--database` they are made on that PostgreSQL server. Where `--keep` names a folder,
what was measured stays there, and SQLite's databases do: they are not filled again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
SIZES = [2_000, 200_000]
NAME = "bulletin_benchmark"


def main() -> None:
    """Fill, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many stories each")
    parser.add_argument("--database", help="the address of a PostgreSQL server; else SQLite")
    parser.add_argument("--rounds", type=int, default=5, help="the best of so many (5)")
    parser.add_argument("--keep", type=Path, help="a folder for what was measured and filled")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bulletin-sizes-") as name:
        folder = (asked.keep or Path(name)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        kind = "postgresql" if asked.database else "sqlite"
        saved = []
        for size in asked.sizes:
            file = folder / f"{kind}-{size}.json"
            is_filled = not asked.database and (folder / f"{size}.sqlite3").exists()
            with database(asked.database, size, folder) as address:
                environment = {
                    **os.environ,
                    "ENVIRONMENT": "development",
                    "DATABASE_URL": address,
                    "DATABASE_POOL_SIZE": "0",
                    "DATABASE_PREPARED": "1",
                    "VAR_DIR": str(folder / f"var-{kind}-{size}"),
                }
                run(["manage.py", "migrate", "--verbosity", "0"], environment)
                if not is_filled:
                    run(["manage.py", "fill", "--articles", str(size)], environment)
                measure = ["benchmarks/scale.py", "--rounds", str(asked.rounds)]
                run([*measure, "--save", str(file)], environment)
            saved.append(str(file))
        run(["benchmarks/scale.py", "--table", *saved], dict(os.environ))


def run(arguments: list[str], environment: dict[str, str]) -> None:
    """Run a program of ours; what it prints is printed."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)  # noqa: S603


@contextmanager
def database(server: str | None, size: int, folder: Path) -> Iterator[str]:
    """Make an empty database and give its address; one on a server is dropped at the end."""
    if server is None:
        yield f"sqlite:///{folder}/{size}.sqlite3"
        return
    name = f"{NAME}_{size}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"postgres://{urlsplit(server).netloc}/{name}"
        finally:
            connection.execute(drop)


if __name__ == "__main__":
    main()
