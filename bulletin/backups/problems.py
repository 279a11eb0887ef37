"""What stops a backup or a restore, said in one line."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message is one line for the operator."""


def disk_full(folder: Path) -> BackupError:
    """Return the error that says that the disk under `folder` has no more room."""
    return BackupError(_("The disk is full: %(folder)s has no more room.") % {"folder": folder})


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the system says while files are written in `folder` into one line.

    Raises:
        BackupError: a disk that is full, a folder that may not be written, a file that is gone.

    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(folder) from error
        raise BackupError(f"{error.strerror}: {error.filename or folder}") from error
