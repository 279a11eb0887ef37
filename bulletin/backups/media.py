"""The uploaded files of a newsroom: listed for a backup, and put in place by a restore.

A restore first unpacks beside them, in a hidden folder of MEDIA_ROOT, so that taking the new files
in is a few renames on one disk even where MEDIA_ROOT is a volume of its own. What was there waits
in another hidden folder until everything is done.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from . import archive
from .problems import BackupError

STAGED, DUMP, MOVING, ASIDE, DONE = (
    ".restoring",
    ".restoring-database",
    ".before-restore-moving",
    ".before-restore",
    ".restored",
)
OWN = frozenset({STAGED, DUMP, MOVING, ASIDE, DONE})


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield every uploaded file: its name below MEDIA_ROOT and its path, in a fixed order."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not (Path(folder) == root and name in OWN))
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path


def stage(path: Path, manifest: archive.Manifest, root: Path) -> Path:
    """Unpack an archive into hidden folders of MEDIA_ROOT; return the database's dump.

    Every byte is compared with the manifest once more, because the file may have changed since.

    Raises:
        BackupError: it has changed.
        OSError: the disk is full.

    """
    clear(root)
    staged, dump = root / STAGED, root / DUMP / manifest.database_file
    staged.mkdir()
    dump.parent.mkdir(mode=0o700)
    for name, content in archive.members(path):
        if name in {archive.MANIFEST, archive.SEAL}:
            continue
        if name == manifest.database_file:
            to = dump
        else:
            to = staged / name.removeprefix(archive.MEDIA)
            to.parent.mkdir(parents=True, exist_ok=True)
        summed = hashlib.sha256()
        with to.open("xb") as file:
            while block := content.read(archive.BLOCK):
                summed.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if manifest.files.get(name, {}).get("sha256") != summed.hexdigest():
            raise BackupError(f"{path}: {name}")
        to.chmod(0o600 if to == dump else 0o644)
    return dump


def clear(root: Path) -> None:
    """Remove what was unpacked and not taken in."""
    for name in (STAGED, DUMP):
        shutil.rmtree(root / name, ignore_errors=True)


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for our own hidden folders."""
    return [entry for entry in sorted(folder.iterdir()) if entry.name not in OWN]


def swap(root: Path) -> None:
    """Put what is there aside and the staged files in its place.

    As long as the old files move, the folder has one name, and another once all of them have: so
    that `put_back` knows what it finds, wherever the power went.
    """
    moving = root / MOVING
    moving.mkdir()
    for entry in _entries(root):
        entry.rename(moving / entry.name)
    moving.rename(root / ASIDE)
    for entry in _entries(root / STAGED):
        entry.rename(root / entry.name)


def put_back(root: Path) -> bool:
    """Undo a swap, also one that was cut off in the middle; return whether there was one."""
    moving, aside, staged = root / MOVING, root / ASIDE, root / STAGED
    there = moving.is_dir() or aside.is_dir()
    if aside.is_dir():
        staged.mkdir(exist_ok=True)
        for entry in _entries(root):
            entry.rename(staged / entry.name)
        aside.rename(moving)
    if moving.is_dir():
        for entry in _entries(moving):
            entry.rename(root / entry.name)
        moving.rmdir()
    return there


def finish(root: Path) -> None:
    """Let go of what was put aside."""
    aside, done = root / ASIDE, root / DONE
    shutil.rmtree(done, ignore_errors=True)
    if aside.is_dir():
        aside.rename(done)
    shutil.rmtree(done, ignore_errors=True)
