"""Restoring a newsroom from a backup: everything is checked first, and all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from articles.models import Article
from communities.models import Community
from issues.models import Issue

from . import archive, media
from .databases import Database, database
from .problems import BackupError, writing

# Where one of these has a row, somebody works here.
CONTENT = (Article, Community, Issue, User)


def is_empty() -> bool:
    """Whether there is no newsroom yet: no content, no logins, no uploaded file."""
    if next(media.files(Path(settings.MEDIA_ROOT)), None) is not None:
        return False
    for model in CONTENT:
        try:
            if model._default_manager.using("default").exists():
                return False
        except DatabaseError:
            # No such table: nothing was migrated yet.
            connections["default"].close()
    return True


def refuse_unfit(manifest: archive.Manifest, kind: str) -> None:
    """Refuse a backup that this installation cannot take.

    Raises:
        BackupError: it is of another kind of database, or of migrations that the code does not
            know.

    """
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if manifest.database != kind:
        raise BackupError(
            _("The backup is of %(theirs)s, DATABASE_URL names %(ours)s: they have to be alike.")
            % {"theirs": names.get(manifest.database, manifest.database), "ours": names[kind]}
        )
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update((app, name) for app, name in migration.replaces)
    unknown = [key for key in manifest.migrations if key not in known]
    if unknown:
        app, name = unknown[0]
        raise BackupError(
            _("The backup was made by a later version; this one does not know migration %(name)s.")
            % {"name": f"{app}.{name}"}
        )


def recover() -> bool:
    """Undo a restore that was cut off in the middle, if there was one; return whether."""
    root = Path(settings.MEDIA_ROOT)
    with writing(root):
        files = media.put_back(root)
        media.clear(root)
        return database().put_back() or files


def restore(path: Path, *, replace: bool = False) -> archive.Manifest:
    """Put a backup in the newsroom's place; return its manifest.

    Args:
        path: the archive.
        replace: whether a newsroom that is not empty may be replaced.

    Raises:
        BackupError: the archive is not whole or does not fit, or there is a newsroom already;
            nothing was changed.

    """
    manifest = archive.check(path)
    target = database()
    refuse_unfit(manifest, target.kind)
    recover()
    if not replace and not is_empty():
        raise BackupError(
            _("There is a newsroom here already. --replace puts the backup in its place.")
        )
    root = Path(settings.MEDIA_ROOT)
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        try:
            _exchange(target, media.stage(path, manifest, root), manifest, root)
        finally:
            media.clear(root)
    return manifest


def _exchange(target: Database, dump: Path, manifest: archive.Manifest, root: Path) -> None:
    """Put the old aside, the new in its place, and the old back if anything goes wrong."""
    try:
        target.put_aside()
        target.load(dump)
        _compare(manifest.rows, target.rows())
        call_command("migrate", interactive=False, verbosity=0)
        media.swap(root)
    except BaseException:
        media.put_back(root)
        target.put_back()
        raise
    target.finish()
    media.finish(root)


def _compare(written: dict[str, int], found: dict[str, int]) -> None:
    """Compare the rows of every table with the manifest's.

    Raises:
        BackupError: they differ; it names the first table.

    """
    for table in sorted(set(written) | set(found)):
        if written.get(table) != found.get(table):
            raise BackupError(
                _("%(table)s has %(found)s rows instead of %(written)s; nothing was changed.")
                % {
                    "table": table,
                    "found": found.get(table, 0),
                    "written": written.get(table, 0),
                }
            )
