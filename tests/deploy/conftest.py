"""The stack of docker-compose.yml as processes of this machine, for the tests that drive it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.try_stack import ROOT, Stack, missing, running
from tests.run import postgresql_address

FILL = """
from tests.factories import make_article, make_photo, make_section
story = make_article("渡口添灯", body="渡口添了六盏灯。", section=make_section())
make_photo(story, caption="渡口的灯", width=60, height=40)
"""
# Small, so that a test need not ask for long; the burst is what one may do at once.
LIMITS = {
    "LOGINS_A_MINUTE": "6",
    "LOGINS_BURST": "3",
    "FORMS_A_MINUTE": "6",
    "FORMS_BURST": "3",
}


class Answer:
    """What came back: the status, the headers, the body as it was sent."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(port: int, path: str, *, method: str = "GET", body: str = "", **headers: str) -> Answer:
    """Ask 127.0.0.1 one thing; `X_Y` among the headers means `X-Y`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body or None, headers=sent)
        return Answer(connection.getresponse())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def _programs() -> None:
    if lacking := missing():
        pytest.skip(f"{', '.join(lacking)} missing (Debian: nginx-light gettext-base)")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database: PostgreSQL's where a server answers, as in the containers."""
    server = postgresql_address()
    if server is None:
        yield f"sqlite:///{tmp_path_factory.mktemp('database')}/stack.sqlite3"
        return
    name = f"bulletin_stack_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def stack(
    _programs: None, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """nginx, two applications and a database with one story in it."""
    stack = Stack(tmp_path_factory.mktemp("stack"), database_url, web_variables=LIMITS)
    with running(stack):
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", FILL],
            cwd=ROOT,
            env=stack.environment,
            check=True,
        )
        yield stack


@pytest.fixture
def get(stack: Stack) -> Callable[..., Answer]:
    """Ask the stack's nginx."""
    return lambda path, **headers: ask(stack.port, path, **headers)


@pytest.fixture
def nginx(_programs: None, tmp_path: Path) -> Iterator[Callable[..., Stack]]:
    """Start nginx alone, in front of what the test names (`APP_SERVERS`) and with its settings."""
    started: list[Stack] = []

    def start(servers: str, **variables: str) -> Stack:
        folder = tmp_path / f"nginx-{len(started)}"
        (folder / "media").mkdir(parents=True)
        (folder / "static").mkdir()
        stack = Stack(
            folder,
            "sqlite:///none",
            applications=0,
            web_variables={"APP_SERVERS": servers, **variables},
        )
        started.append(stack)
        stack.start_web()
        return stack

    yield start
    for stack in started:
        stack.kill()
