"""A database that is only read: who is answered from it, and who is not.

The replica here is a copy whose headline was changed behind everybody's back, so that a page tells
which of the two was asked. `test_replication` has true replicas.
"""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bulletin import replica
from bulletin.environment import Environment, SettingError
from tests.factories import make_article, make_section
from tests.newsroom import client_of, make_login

from .backups.newsrooms import connected_to, new_database
from .replicas import reading_from, rewrite

PUBLIC = ["/", "/en/", "/articles/1/", "/search/?q=灯", "/archive/2024/03/04/", "/feeds/rss.xml"]


@pytest.fixture
def editor(transactional_db):
    """A newsroom with one story, and somebody who works there."""
    make_article("原件上的灯", pk=1, section=make_section())
    return make_login("issue_editor", "editor")


def asked(answer):
    """Return which database an answer was made from."""
    text = answer.content.decode()
    return "replica" if "副本" in text else "primary" if "原件" in text else str(answer.status_code)


def test_the_public_reads_the_replica_and_whoever_writes_the_primary(editor, settings, tmp_path):
    call_command("reindex", verbosity=0)
    with new_database(tmp_path, "replica") as (name, _url):
        with connected_to(name):
            rewrite("副本上的灯")
            call_command("reindex", verbosity=0)
        with reading_from(settings, name):
            assert replica.public_alias() == "replica"
            visitor, worker = Client(), client_of(editor)
            assert {path: asked(visitor.get(path)) for path in PUBLIC} == dict.fromkeys(
                PUBLIC, "replica"
            )
            assert replica.reading_alias() == "default"
            assert asked(worker.get("/articles/1/")) == "primary"
            assert asked(worker.get("/admin/articles/article/")) == "primary"
            assert asked(visitor.post("/articles/1/mistake/", {})) == "primary"


def test_while_the_replica_is_away_the_primary_is_read(editor, settings):
    call_command("reindex", verbosity=0)
    away = (
        {"name": "/nowhere/at/all.sqlite3"}
        if connection.vendor == "sqlite"
        else {"name": "none", "HOST": "127.0.0.1", "PORT": "9"}
    )
    with reading_from(settings, **away):
        assert replica.public_alias() == "default"
        visitor = Client()
        assert {path: asked(visitor.get(path)) for path in PUBLIC} == dict.fromkeys(
            PUBLIC, "primary"
        )


def test_a_replica_is_of_the_primarys_kind_and_set_up_like_it():
    variables = Environment({"DATABASE_REPLICA_URL": "postgres://a@b/c?sslmode=require"})
    with pytest.raises(SettingError, match="DATABASE_REPLICA_URL: must name"):
        variables.replica("DATABASE_REPLICA_URL", {"ENGINE": "django.db.backends.sqlite3"})
    found = variables.replica(
        "DATABASE_REPLICA_URL",
        {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, "pool": {"min_size": 1, "max_size": 4, "timeout": 5}},
        },
    )
    assert found["HOST"] == "b"
    assert found["CONN_HEALTH_CHECKS"] is True
    assert found["OPTIONS"] == {
        "connect_timeout": 2,
        "sslmode": "require",
        "pool": {"min_size": 1, "max_size": 4, "timeout": 2},
    }
