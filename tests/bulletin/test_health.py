"""What load balancers ask."""

import logging
import os
import socket
import threading

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler
from django.test import Client

from bulletin import health
from bulletin.health import Readiness


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Wait for what a busy machine is slow at; only a silent database is waited for too long."""
    monkeypatch.setattr(health, "PATIENCE", 60)


@pytest.fixture
def server_that_is_silent():
    """A database server that takes a connection and then says nothing; its port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def at_port(monkeypatch):
    """Send what asks for readiness to PostgreSQL at another port."""

    def send(port: int) -> None:
        settings = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "paper",
            "HOST": "127.0.0.1",
            "PORT": port,
            "OPTIONS": {"pool": {"min_size": 1}},
        }
        monkeypatch.setattr(health, "connections", ConnectionHandler({"default": settings}))

    return send


def test_alive_asks_the_database_for_nothing(client):
    # No test database is given to this test: a query would be an error.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_ready_when_database_migrations_and_media_are(client, settings):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert settings.MEDIA_ROOT.is_dir()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_neither_sent_to_https_nor_refused_under_another_host(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["paper.example"]
    asking = Client(headers={"host": "10.0.0.7:8000"})
    assert asking.get(path).status_code == 200
    assert asking.get("/").status_code != 200


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away(client, at_port, caplog):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        at_port(closed.getsockname()[1])
        with caplog.at_level(logging.WARNING, "bulletin.health"):
            answers = [client.get("/readyz") for _ in range(3)]
    assert {response.status_code for response in answers} == {503}
    assert answers[0].content == b"database: no answer\n"
    # Monitors ask all day; the log is told once.
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_a_silent_database_keeps_nobody_waiting(monkeypatch, at_port, server_that_is_silent):
    at_port(server_that_is_silent)
    readiness, found = Readiness(), []
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    asking = [threading.Thread(target=lambda: found.append(readiness.problem())) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert found == ["database: no answer within 0.05 seconds"] * 4
    # The connection gives up by itself, so that the look under way comes to an end too.
    monkeypatch.setattr(health, "PATIENCE", 60)
    assert readiness.problem() == "database: no answer"


@pytest.mark.django_db(transaction=True)
def test_not_ready_until_migrations_are_applied(client):
    recorder = MigrationRecorder(connection)
    last = recorder.migration_qs.filter(app="issues").order_by("-id").first()
    recorder.record_unapplied(last.app, last.name)
    readiness = Readiness()
    assert "migrations are missing" in readiness.problem()
    recorder.record_applied(last.app, last.name)
    assert readiness.problem() == ""


@pytest.mark.django_db
def test_not_ready_while_pictures_could_not_be_kept(settings, monkeypatch):
    settings.MEDIA_ROOT.write_text("a file where the folder should be")
    readiness = Readiness()
    assert readiness.problem() == "media folder: not writable"
    settings.MEDIA_ROOT.unlink()
    settings.MEDIA_ROOT.mkdir()
    with monkeypatch.context() as patch:
        # Root may write anywhere, so what the system would say to somebody else is said here.
        patch.setattr(os, "access", lambda *given: False)
        assert readiness.problem() == "media folder: not writable"
    assert readiness.problem() == ""


@pytest.mark.django_db(transaction=True)
def test_every_connection_it_opens_is_closed(monkeypatch):
    opened = []
    connect = BaseDatabaseWrapper.connect

    def note(self):
        opened.append(self)
        connect(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "connect", note)
    assert Readiness().problem() == ""
    assert len(opened) == 1
    assert opened[0].connection is None
