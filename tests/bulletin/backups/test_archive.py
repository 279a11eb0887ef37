"""An archive is whole or refused, whatever its bytes say."""

import contextlib
import hashlib
import io
import json
import re
import tarfile

import pytest

from bulletin.backups import archive, media
from bulletin.backups.problems import BackupError


def make(path, files, *, manifest=None, members=(), sealed=True):
    """Write an archive as a backup does, or one that somebody has tampered with."""
    said = archive.Manifest(
        made_at="2024-03-04T08:30:00+00:00",
        site_name="测试报",
        versions={"bulletin": "0.1.0", "database": "SQLite 3"},
        database="sqlite",
        database_file="database.sqlite3.gz",
        migrations=[("articles", "0001_initial")],
        rows={"articles_article": 1},
        files={
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        },
    )
    data = said.written() if manifest is None else manifest
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:

        def put(name, content):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))

        for name, content in files.items():
            put(name, content)
        for member in members:
            tar.addfile(member)
        if sealed:
            put("manifest.json", data)
            put("manifest.sha256", hashlib.sha256(data).hexdigest().encode())
    return path


DATABASE = {"database.sqlite3.gz": b"rows" * 200}
WHOLE = {**DATABASE, "media/photos/灯.jpg": b"light" * 300}


def test_a_whole_archive_says_what_it_holds(tmp_path):
    manifest = archive.check(make(tmp_path / "a.tar", WHOLE))
    assert manifest.rows == {"articles_article": 1}
    assert manifest.migrations == [("articles", "0001_initial")]
    assert manifest.media_bytes == 1500


def test_a_changed_byte_anywhere_is_found_or_changes_nothing(tmp_path):
    path = make(tmp_path / "a.tar", WHOLE)
    whole = path.read_bytes()
    held = {name: content.read(9999) for name, content in archive.members(path)}
    found = 0
    for place in range(0, len(whole), 23):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            archive.check(path)
        except BackupError:
            found += 1
        else:  # what fills a block up holds nothing
            assert {name: content.read(9999) for name, content in archive.members(path)} == held, (
                place
            )
    assert found > 100


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9])
def test_an_archive_that_was_cut_off_is_refused(tmp_path, share):
    path = make(tmp_path / "a.tar", WHOLE)
    data = path.read_bytes()
    # Behind the last member a tar is filled up with zeros; what holds something is what is cut.
    end = len(data.rstrip(b"\0"))
    path.write_bytes(data[: int(end * share)])
    with pytest.raises(BackupError):
        archive.check(path)


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "/etc/cron.d/x", "media/../../x", "media/a/../b", "media/..\\x", "media//x"],
)
def test_a_name_that_leads_outside_is_refused_before_anything_is_written(tmp_path, name):
    path = make(tmp_path / "a.tar", {**DATABASE, name: b"x"})
    with pytest.raises(BackupError, match=re.escape(str(path))):
        archive.check(path)
    root = tmp_path / "media"
    root.mkdir()
    manifest = archive.Manifest.read(
        json.dumps(
            {
                **json.loads(
                    archive.Manifest("", "", {}, "sqlite", "database.sqlite3.gz", [], {}).written()
                ),
                "files": {name: {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}},
            }
        ).encode()
    )
    with pytest.raises(BackupError):
        media.stage(path, manifest, root)
    assert not (tmp_path / "outside.txt").exists()
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_or_a_device_is_refused(tmp_path, kind):
    member = tarfile.TarInfo("media/link")
    member.type, member.linkname = kind, "/etc/passwd"
    with pytest.raises(BackupError):
        archive.check(make(tmp_path / "a.tar", WHOLE, members=[member]))


def test_what_the_manifest_does_not_say_is_refused(tmp_path):
    more = make(tmp_path / "more.tar", WHOLE, manifest=None)
    said = archive.check(more)
    del said.files["media/photos/灯.jpg"]
    with pytest.raises(BackupError):
        archive.check(make(tmp_path / "a.tar", WHOLE, manifest=said.written()))
    said = archive.check(more)
    said.files["media/gone.jpg"] = {"size": 1, "sha256": "0"}
    with pytest.raises(BackupError):
        archive.check(make(tmp_path / "b.tar", WHOLE, manifest=said.written()))
    with pytest.raises(BackupError):
        archive.check(make(tmp_path / "c.tar", WHOLE, sealed=False))
    with pytest.raises(BackupError):
        archive.check(make(tmp_path / "d.tar", {**WHOLE, "elsewhere/x": b"x"}))


def test_a_form_of_tomorrow_is_not_guessed_at(tmp_path):
    said = json.loads(archive.check(make(tmp_path / "a.tar", WHOLE)).written())
    data = json.dumps({**said, "form": 2}).encode()
    with pytest.raises(BackupError, match="2"):
        archive.check(make(tmp_path / "b.tar", WHOLE, manifest=data))


def old_and_new(root):
    (root / "photos").mkdir(parents=True)
    (root / "photos" / "a").write_text("old")
    (root / "only-old").write_text("old")
    (root / media.STAGED / "photos").mkdir(parents=True)
    (root / media.STAGED / "photos" / "a").write_text("new")
    (root / media.STAGED / "only-new").write_text("new")


def held(root):
    return {name: path.read_text() for name, path in media.files(root)}


def test_files_change_places_and_back_wherever_it_stopped(tmp_path, monkeypatch):
    old = {"photos/a": "old", "only-old": "old"}
    whole = tmp_path / "whole"
    old_and_new(whole)
    media.swap(whole)
    assert held(whole) == {"photos/a": "new", "only-new": "new"}
    media.finish(whole)
    media.clear(whole)
    assert sorted(path.name for path in whole.iterdir()) == ["only-new", "photos"]

    renames = type(tmp_path).rename
    for steps in range(6):
        root = tmp_path / f"stopped-{steps}"
        old_and_new(root)
        left = steps

        def rename(self, to):
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            return renames(self, to)

        monkeypatch.setattr(type(tmp_path), "rename", rename)
        with contextlib.suppress(KeyboardInterrupt):
            media.swap(root)
        left = 1  # the way back is cut off once, too
        with contextlib.suppress(KeyboardInterrupt):
            media.put_back(root)
        monkeypatch.undo()
        media.put_back(root)
        assert held(root) == old, steps
