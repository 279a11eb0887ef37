"""Triggers by which the database itself notices that something the public sees has changed.

Verbs, the admin, imports and an operator's SQL are all seen, and none can forget to say so. A
change is noted in its own transaction: it is seen together with what changed, and not before.
Drafts and the planning of issues are left out: what they change, nobody sees yet.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import Status
from bulletin.models import ContentChange
from issues.models import Stage

STORY = "SELECT 1 FROM articles_article WHERE id = {row}.%s AND " + (
    f"status IN ('{Status.APPROVED}', '{Status.WITHDRAWN}')"
)
ISSUE = f"issues_issue.status = '{Stage.SCHEDULED}'"
PAGE = (
    "SELECT 1 FROM issues_page JOIN issues_issue ON issues_issue.id = issues_page.issue_id "
    f"WHERE issues_page.id = {{row}}.%s AND {ISSUE}"
)
# How many transactions PostgreSQL's table remembers before it forgets the oldest.
REMEMBERED = 2000
NAME = "bulletin_change"
SEQUENCE = "bulletin_change_number"
# The rows a condition is asked of: as they were, as they have become.
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


@dataclass(frozen=True)
class Watched:
    """A table that public pages are made of.

    Attributes:
        model: its model, as `app.Model`.
        when: the condition, in SQL, under which a row concerns the public, with `{row}` for the
            row as it was or has become; empty where every row does.

    """

    model: str
    when: str = ""

    @property
    def table(self) -> str:
        """The table's name."""
        return str(apps.get_model(self.model)._meta.db_table)

    def condition(self, rows: tuple[str, ...]) -> str:
        """Return the condition for the rows of an event."""
        return " OR ".join(self.when.format(row=row) for row in rows) if self.when else "TRUE"


def _of_a_story(model: str, column: str = "article_id") -> Watched:
    return Watched(model, f"EXISTS ({STORY % column})")


def _of_a_page(model: str, column: str = "page_id") -> Watched:
    return Watched(model, f"EXISTS ({PAGE % column})")


WATCHED = (
    *(
        Watched(f"communities.{name}")
        for name in (
            "Community",
            "ContactPerson",
            "FormerAddress",
            "OpeningHours",
            "SpecialDay",
            "Holiday",
            "StationKind",
            "Amenity",
            "Service",
            "ServiceStation",
            "ServiceStation_amenities",
            "StationService",
            "StationPhoto",
            "Activity",
            "ChangedDate",
        )
    ),
    Watched("articles.Article", f"{{row}}.status IN ('{Status.APPROVED}', '{Status.WITHDRAWN}')"),
    *(
        _of_a_story(f"articles.{name}")
        for name in (
            "Byline",
            "Photo",
            "Correction",
            "SearchEntry",
            "Article_communities",
            "Article_stations",
            "Article_activities",
        )
    ),
    _of_a_story("articles.TaggedArticle", "content_object_id"),
    *(Watched(f"articles.{name}") for name in ("Section", "Contributor", "Tag", "NamePinyin")),
    Watched("issues.Issue", f"{{row}}.status = '{Stage.SCHEDULED}'"),
    Watched(
        "issues.Page",
        f"EXISTS (SELECT 1 FROM issues_issue WHERE issues_issue.id = {{row}}.issue_id AND {ISSUE})",
    ),
    _of_a_page("issues.Page_columns"),
    _of_a_page("issues.Placement"),
    _of_a_page("issues.PressSheet"),
    _of_a_page("issues.PageProof"),
    Watched(
        "issues.PageArea",
        "EXISTS (SELECT 1 FROM issues_placement WHERE issues_placement.id = {row}.placement_id AND "
        f"EXISTS ({PAGE.replace('{row}', 'issues_placement') % 'page_id'}))",
    ),
)


def install(alias: str) -> None:
    """Put the triggers in place; where they are there already, nothing is touched.

    Done after every migration, because SQLite drops a table's triggers when one rebuilds it.

    Args:
        alias: the database's name in the settings.

    """
    connection = connections[alias]
    dialect = PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)
    dialect.install()


def take_away(using: str, **_others: Any) -> None:
    """Drop the triggers before migrations on SQLite (Django's `pre_migrate`).

    It would refuse to rename a table that a trigger of another one names.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        SQLite(connection).take_away()


def after_migrating(using: str, **_others: Any) -> None:
    """Install the triggers once the migrations have run (Django's `post_migrate`)."""
    present = set(connections[using].introspection.table_names())
    if ContentChange._meta.db_table in present and {one.table for one in WATCHED} <= present:
        install(using)


class SQLite:
    """Triggers that count in one row."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Keep the connection."""
        self.connection = connection

    def wanted(self) -> dict[str, str]:
        """Return each trigger's name and statement."""
        note = (
            f'INSERT INTO {ContentChange._meta.db_table} ("transaction", number) VALUES (0, 1) '
            'ON CONFLICT ("transaction") DO UPDATE SET number = number + 1;'
        )
        statements = {}
        for one in WATCHED:
            for event, rows in EVENTS.items():
                name = f"{NAME}_{one.table}_{event.lower()}"
                when = f"WHEN {one.condition(rows)} " if one.when else ""
                statements[name] = (
                    f"CREATE TRIGGER {name} AFTER {event} ON {one.table} {when}BEGIN {note} END"
                )
        return statements

    def there(self) -> dict[str, str]:
        """Return the triggers there are."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
                [f"{NAME}_%"],
            )
            return dict(cursor.fetchall())

    def install(self) -> None:
        """Make what is wanted and not there, drop what is there and not wanted."""
        wanted, there = self.wanted(), self.there()
        if wanted == there:
            return
        with self.connection.cursor() as cursor:
            for name in there:
                cursor.execute(f"DROP TRIGGER {name}")
            for statement in wanted.values():
                cursor.execute(statement)

    def take_away(self) -> None:
        """Drop all of them."""
        with self.connection.cursor() as cursor:
            for name in self.there():
                cursor.execute(f"DROP TRIGGER {name}")


class PostgreSQL:
    """Triggers that write one row for each transaction that changed something."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Keep the connection."""
        self.connection = connection

    def wanted(self) -> dict[str, list[str]]:
        """Return for each watched table the statements that make its trigger."""
        return {one.table: self._watch(one) for one in WATCHED}

    def install(self) -> None:
        """Make the triggers whose statements have changed: each locks its table for a moment."""
        statements = self._common()
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, obj_description(pg_trigger.oid) FROM pg_trigger "
                "JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = %s",
                [NAME],
            )
            there = dict(cursor.fetchall())
            wanted = self.wanted()
            digests = {table: _digest(statements + made) for table, made in wanted.items()}
            if there == digests:
                return
            for statement in statements:
                cursor.execute(statement)
            for table in there.keys() - wanted.keys():
                cursor.execute(f"DROP TRIGGER {NAME} ON {table}")
            for table, made in wanted.items():
                if there.get(table) != digests[table]:
                    for statement in made:
                        cursor.execute(statement)
                    cursor.execute(f"COMMENT ON TRIGGER {NAME} ON {table} IS '{digests[table]}'")

    def _common(self) -> list[str]:
        table = ContentChange._meta.db_table
        # A transaction's number may come again where a backup was read into another server, so
        # whether this one has been noted is remembered in a setting that ends with it.
        return [
            f"CREATE SEQUENCE IF NOT EXISTS {SEQUENCE}",
            f"""
            CREATE OR REPLACE FUNCTION {NAME}_note() RETURNS void LANGUAGE plpgsql AS $$
            DECLARE
                this bigint := pg_current_xact_id()::text::bigint;
                next_number bigint;
            BEGIN
                IF current_setting('bulletin.noted', true) = this::text THEN RETURN; END IF;
                PERFORM set_config('bulletin.noted', this::text, true);
                next_number := nextval('{SEQUENCE}');
                INSERT INTO {table} (transaction, number) VALUES (this, next_number)
                    ON CONFLICT (transaction) DO UPDATE SET number = excluded.number;
                IF next_number % {REMEMBERED} = 0 THEN
                    DELETE FROM {table} WHERE transaction IN (
                        SELECT transaction FROM {table}
                        WHERE number <= next_number - {REMEMBERED} FOR UPDATE SKIP LOCKED);
                END IF;
            END $$
            """,
        ]

    def _watch(self, one: Watched) -> list[str]:
        name = f"{NAME}_{one.table}"
        return [
            f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    IF {one.condition(("OLD",))} THEN
                        PERFORM {NAME}_note();
                        RETURN NULL;
                    END IF;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    IF {one.condition(("NEW",))} THEN PERFORM {NAME}_note(); END IF;
                END IF;
                RETURN NULL;
            END $$
            """,
            f"CREATE OR REPLACE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE ON {one.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]


def _digest(statements: list[str]) -> str:
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()
