"""The form of a backup: a plain tar of the database's dump, the media, and a manifest at its end.

The manifest names every file with its SHA-256 and says what the database held; a last member holds
the manifest's own SHA-256. An archive that was cut off has no manifest, and a changed byte anywhere
but in the padding is found by a checksum. Nothing is ever unpacked by the tar library: members are
plain files with names that the manifest lists, or the archive is refused.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from .problems import BackupError

# The version of this form; an archive of a later one is not guessed at.
FORM = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
MEDIA = "media/"
BLOCK = 1 << 20
# A manifest takes some 150 bytes a file: room for a million of them.
MANIFEST_LIMIT = 256 << 20


@dataclasses.dataclass
class Manifest:
    """What an archive says it holds."""

    made_at: str
    site_name: str
    versions: dict[str, str]
    database: str
    database_file: str
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    files: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    form: int = FORM

    @property
    def media_bytes(self) -> int:
        """The size of all media together."""
        return sum(
            int(entry["size"]) for name, entry in self.files.items() if name.startswith(MEDIA)
        )

    def written(self) -> bytes:
        """Return the manifest as it is written."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        """Return a manifest as it was written.

        Raises:
            BackupError: it cannot be read, or is of a form that this version does not know.

        """
        try:
            said = json.loads(data)
            if said["form"] != FORM:
                raise BackupError(
                    _("The backup has form %(form)s, which this version does not know.")
                    % {"form": said["form"]}
                )
            said["migrations"] = [(str(app), str(name)) for app, name in said["migrations"]]
            return cls(**said)
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(_("The backup's manifest cannot be read.")) from error


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.sum.update(data)
        return data


def add(tar: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> None:
    """Add a file to an archive that is being written, and to its manifest.

    Raises:
        BackupError: the file became shorter while it was read.
        FileNotFoundError: it is gone; nothing was written.

    """
    with path.open("rb") as file:
        member = tar.gettarinfo(arcname=name, fileobj=file)
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        hashed = _Hashed(file)
        try:
            tar.addfile(member, hashed)
        except OSError as error:
            if error.errno is None:
                raise BackupError(
                    _("%(name)s changed while it was read.") % {"name": name}
                ) from error
            raise
    manifest.files[name] = {"size": member.size, "sha256": hashed.sum.hexdigest()}


def seal(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    """Write the manifest and its checksum, the last members; `folder` is for temporary files."""
    data = manifest.written()
    for name, content in (
        (MANIFEST, data),
        (SEAL, hashlib.sha256(data).hexdigest().encode() + b"\n"),
    ):
        path = folder / name
        path.write_bytes(content)
        tar.add(path, arcname=name)


def damaged(path: Path, why: str) -> BackupError:
    """Return the error that says that an archive is not whole, and what shows it."""
    return BackupError(
        _("%(path)s is cut off or damaged, and was not used: %(why)s") % {"path": path, "why": why}
    )


def _safe(name: str) -> bool:
    """Whether a member's name stays inside: relative, without `..`, NUL or a drive's letter."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith("/")
        and "\\" not in name
        and "\0" not in name
        and not any(part in {".", ".."} for part in name.split("/"))
        and name == str(PurePosixPath(name))
    )


class Content:
    """A member's content, to be read before the next member is asked for."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        """Read from `file`, a part of the archive `path`."""
        self.path, self.file = path, file

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes.

        Raises:
            BackupError: the archive ends before the member does.

        """
        try:
            return self.file.read(size)
        except tarfile.TarError as error:
            raise damaged(self.path, str(error)) from error


def members(path: Path) -> Iterator[tuple[str, Content]]:
    """Yield every member of an archive, its name and its content.

    Raises:
        BackupError: the file is no archive or cut off, or a member is no plain file inside it.

    """
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                if not member.isreg() or member.issparse() or not _safe(member.name):
                    raise damaged(
                        path,
                        _("it holds %(name)r, which is no plain file of a backup")
                        % {"name": member.name},
                    )
                content = tar.extractfile(member)
                assert content is not None  # noqa: S101 # a plain file has content
                yield member.name, Content(path, content)
    except (tarfile.TarError, EOFError, UnicodeError, ValueError, OverflowError) as error:
        raise damaged(path, str(error) or type(error).__name__) from error
    except OSError as error:
        if error.errno is None:  # tarfile's "unexpected end of data"
            raise damaged(path, str(error)) from error
        raise BackupError(f"{error.strerror}: {path}") from error


def check(path: Path) -> Manifest:
    """Read an archive to its end, compare every byte with its checksums, and return its manifest.

    Raises:
        BackupError: it is not whole; the message says what is wrong first.

    """
    found: dict[str, dict[str, Any]] = {}
    manifest_bytes = seal_bytes = b""
    for name, content in members(path):
        if name in found:
            raise damaged(path, _("%(name)s is in it twice") % {"name": name})
        if name in {MANIFEST, SEAL}:
            data = content.read(MANIFEST_LIMIT)
            if name == MANIFEST:
                manifest_bytes = data
            else:
                seal_bytes = data
            continue
        summed, size = hashlib.sha256(), 0
        while block := content.read(BLOCK):
            summed.update(block)
            size += len(block)
        found[name] = {"size": size, "sha256": summed.hexdigest()}
    if not manifest_bytes or not seal_bytes:
        raise damaged(path, _("its manifest is missing"))
    if hashlib.sha256(manifest_bytes).hexdigest().encode() != seal_bytes.strip():
        raise damaged(path, _("its manifest was changed"))
    manifest = Manifest.read(manifest_bytes)
    for name in sorted(set(found) | set(manifest.files)):
        if name not in found:
            raise damaged(path, _("%(name)s is missing") % {"name": name})
        if name not in manifest.files:
            raise damaged(path, _("the manifest does not know %(name)s") % {"name": name})
        if found[name] != manifest.files[name]:
            raise damaged(path, _("%(name)s has another checksum") % {"name": name})
        if name != manifest.database_file and not name.startswith(MEDIA):
            raise damaged(path, _("%(name)s is neither database nor media") % {"name": name})
    if manifest.database_file not in found:
        raise damaged(path, _("%(name)s is missing") % {"name": manifest.database_file})
    return manifest
