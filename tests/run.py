"""Run everything that has to hold: linters, types, then the suite on each database.

`make test` runs this. The suite runs on SQLite always, and on PostgreSQL where a server answers
(DATABASE_URL, else the local socket, else 127.0.0.1:5432). With CI set, a missing PostgreSQL or
Chromium is a failure; without, the run says at its end what it had to leave out.

The suite shares the machine with itself: browsers, servers and databases side by side. The few
tests that fail are therefore run once more, alone, as CPython's own test runner does, and named
at the end. What is wrong with the product fails twice.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = bool(os.environ.get("CI"))
# What starts its own server with its own SQLite database is the same whatever the suite runs on.
ONCE = "not own_server"
# The first is the same engine without tabs and menus, which cost three times as much to open.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
# More failures than this are no accident, and are not tried again.
FEW = 10
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import layers": ["lint-imports"],
    "templates": ["djade", "--check", "--target-version", "5.2"],
}


def say(text: str) -> None:
    """Print a line at once, so that it stands before what it announces."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def postgresql_address() -> str | None:
    """Return the address of a PostgreSQL server that lets us make a database, or None."""
    given = os.environ.get("DATABASE_URL", "")
    candidates = (
        [given]
        if given.startswith("postgres")
        else [
            "postgres:///postgres",
            "postgres://postgres@/postgres",
            "postgres://postgres@127.0.0.1:5432/postgres",
        ]
    )
    for address in candidates:
        try:
            with psycopg.connect(address, connect_timeout=3) as connection:
                row = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return address
    return None


def has_compose() -> bool:
    """Whether Compose is there to read our file, as Docker's plugin or as Debian's program."""
    plugin = (
        shutil.which("docker")
        and not subprocess.run(
            ["docker", "compose", "version"],  # whichever the machine has
            capture_output=True,
            check=False,
        ).returncode
    )
    return bool(plugin or shutil.which("docker-compose"))


def lint() -> list[str]:
    """Run the linters; return the names of those that found something."""
    failed = []
    for name, (program, *arguments) in CHECKS.items():
        say(f"== {name}")
        if name == "templates":
            arguments += [str(path) for path in sorted(ROOT.glob("templates/**/*.html"))]
        if subprocess.run([BIN / program, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    return failed


def suite(name: str, address: str, extra: list[str]) -> list[str] | None:
    """Run pytest on a database; return the tests that passed only when alone, None if it failed."""
    say(f"== the suite on {name}")
    with tempfile.TemporaryDirectory(prefix="bulletin-test-") as var:
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "ENVIRONMENT": "development",
            "VAR_DIR": var,
            "DATABASE_POOL_SIZE": "0",
            "DATABASE_PREPARED": "1",
        }
        chosen_by_hand = any(word.startswith(("-n", "--pdb")) for word in extra)
        workers = [] if chosen_by_hand else ["-n", "auto", "--dist", "worksteal"]
        command = [BIN / "pytest", "--quiet", "-o", f"cache_dir={var}/cache"]

        def run(*arguments: str) -> int:
            return subprocess.run(
                [*command, *arguments, *extra], cwd=ROOT, env=environment, check=False
            ).returncode

        status = run(*workers)
        # 5: nothing of what was chosen is left, where what was chosen has been run already.
        if status == 0 or (status == 5 and ONCE in extra):
            return []
        failed = last_failed(Path(var))
        if status != 1 or chosen_by_hand or not 0 < len(failed) <= FEW:
            return None
        say(f"== once more, alone, on {name}: {', '.join(failed)}")
        status = run("--last-failed", "--last-failed-no-failures", "none")
        return failed if status == 0 else None


def last_failed(var: Path) -> list[str]:
    """Return the names of the tests that pytest has noted as failed."""
    noted = var / "cache" / "v" / "cache" / "lastfailed"
    return sorted(json.loads(noted.read_text())) if noted.exists() else []


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for (`--lint-only`, or pytest's own); return the exit status."""
    failed = lint()
    suites: dict[str, list[str] | None] = {}
    left_out = []
    if arguments != ["--lint-only"]:
        if not any(map(shutil.which, BROWSERS)):
            package = BROWSERS[0]
            left_out.append(f"browser tests (no Chromium; on Debian: apt-get install {package})")
        if not shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
            left_out.append("the stack (no nginx; on Debian: apt-get install nginx-light)")
        if not has_compose():
            left_out.append("docker-compose.yml (on Debian: apt-get install docker-compose)")
        with tempfile.TemporaryDirectory(prefix="bulletin-test-") as folder:
            address = f"sqlite:///{folder}/bulletin.sqlite3"
            suites["SQLite"] = suite("SQLite", address, arguments)
        if address := postgresql_address():
            chosen = arguments if "-m" in arguments else ["-m", ONCE, *arguments]
            suites["PostgreSQL"] = suite("PostgreSQL", address, chosen)
        else:
            left_out.append("PostgreSQL (no server answered, or its user may not make databases)")
    failed += [name for name, alone in suites.items() if alone is None]
    say(f"\nRan: {', '.join(['linters', *suites])}.")
    for what in left_out:
        say(f"Left out: {what}.")
    for name, alone in suites.items():
        for test in alone or []:
            say(f"Passed on {name} only when run alone: {test}.")
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    elif left_out and CI:
        say("Failed: nothing may be left out in CI.")
    else:
        say("All passed.")
    return 1 if failed or (left_out and CI) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
