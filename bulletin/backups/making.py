"""Making a backup: beside its place, renamed when it is whole, read once more."""

from __future__ import annotations

import contextlib
import datetime
import os
import platform
import shutil
import tarfile
import tomllib
from pathlib import Path

import django
from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from . import archive, keeping, media
from .databases import database
from .problems import BackupError, disk_full, writing


def version() -> str:
    """Return Bulletin's version."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def make(folder: Path, now: datetime.datetime | None = None) -> Path:
    """Back up the newsroom into a new file of `folder`; return it.

    The database is dumped before the media are read, so that no row names a file that is missing
    but for files that were removed meanwhile. Nobody has to stop working.

    Raises:
        BackupError: the disk is full, the folder cannot be written, the database does not answer.

    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / keeping.name_at(timezone.localtime(now))
        work = folder / f".{path.stem}.unfinished"
        try:
            work.mkdir(mode=0o700)
        except FileExistsError:
            raise BackupError(_("Another backup is being made at this moment.")) from None
        try:
            _write(work, work / path.name)
            _take_in(work / path.name, path)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return path


def _write(work: Path, path: Path) -> None:
    """Write an archive, with `work` for what is only needed meanwhile."""
    root = Path(settings.MEDIA_ROOT)
    room = shutil.disk_usage(work).free
    needed = sum(file.stat().st_size for _name, file in media.files(root))
    if needed > room:
        raise disk_full(work.parent)
    source = database()
    dump = work / source.file_name
    rows = source.dump(dump)
    manifest = archive.Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        site_name=settings.SITE_NAME,
        versions={
            "bulletin": version(),
            "database": source.version(),
            "django": django.get_version(),
            "python": platform.python_version(),
        },
        database=source.kind,
        database_file=source.file_name,
        migrations=sorted(MigrationRecorder(connections["default"]).applied_migrations()),
        rows=rows,
    )
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)  # it holds what readers and staff have not made public
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            archive.add(tar, source.file_name, dump, manifest)
            for name, uploaded in media.files(root):
                # A file may go between the listing and here: renditions are made anew all the time.
                with contextlib.suppress(FileNotFoundError):
                    archive.add(tar, archive.MEDIA + name, uploaded, manifest)
            archive.seal(tar, manifest, work)
        file.flush()
        os.fsync(file.fileno())


def _take_in(written: Path, path: Path) -> None:
    """Give a finished archive its name, and make sure that the disk knows it."""
    written.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
