"""The drill: back up, lose everything, restore, compare every row and every file."""

import json
import os
import resource
import tarfile

import pytest
from django.db import connection
from django.utils import translation

from bulletin.backups import archive as archive_form
from bulletin.backups import databases, media, restoring
from bulletin.backups.problems import BackupError

from .newsrooms import Newsroom, connected_to, fill, new_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsroom(transactional_db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "var" / "media"
    settings.BACKUP_DIR = tmp_path / "var" / "backups"
    fill()
    with new_database(tmp_path, "drill") as (name, url), connected_to(name):
        yield Newsroom(url, tmp_path / "var")


def lose(newsroom):
    """What a dead disk leaves: an empty database without a table, no file."""
    connection.close()
    if connection.vendor == "sqlite":
        path = newsroom.url.removeprefix("sqlite:///")
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(path + suffix):
                os.unlink(path + suffix)
    else:
        newsroom.sql("DROP SCHEMA public CASCADE")
        newsroom.sql("CREATE SCHEMA public")
    for path in sorted(newsroom.media.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()


def test_all_that_was_lost_comes_back(newsroom):
    (newsroom.media / "press" / "深一层").mkdir(parents=True)
    (newsroom.media / "press" / "深一层" / "第一版 头条.pdf").write_bytes(b"%PDF-")
    rows, files = newsroom.rows(), newsroom.files()
    assert len(rows["articles_article"]) == 1
    assert len(files) == 2
    said = newsroom.done("backup")
    archive = max(newsroom.backups.glob("bulletin-*.tar"))
    assert f"{archive} is whole: 2 files" in said
    assert archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in newsroom.backups.iterdir()] == [archive.name]
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["rows"] == {name: len(held) for name, held in rows.items()} or (
        connection.vendor == "sqlite"
    )
    assert manifest["rows"]["articles_article"] == 1
    assert manifest["versions"]["bulletin"]

    lose(newsroom)
    assert newsroom.files() == {}
    newsroom.done("restore", str(archive))
    assert newsroom.rows() == rows
    assert newsroom.files() == files
    # New rows get new keys: the counters came back, too.
    newsroom.sql("INSERT INTO django_content_type (app_label, model) VALUES ('new', 'one')")


def test_a_newsroom_that_is_there_is_replaced_only_where_that_was_said(newsroom):
    archive = newsroom.backup()
    rows, files = newsroom.rows(), newsroom.files()
    newsroom.sql("UPDATE articles_article SET headline = '写坏了'")
    later = newsroom.media / "later.txt"
    later.write_text("later")
    spoilt = newsroom.rows()
    assert "--replace" in newsroom.refused("restore", str(archive))
    assert newsroom.rows() == spoilt
    assert later.exists()
    newsroom.done("restore", "--replace", str(archive))
    assert newsroom.rows() == rows
    assert newsroom.files() == files


def test_a_damaged_backup_touches_nothing(newsroom, tmp_path):
    archive = newsroom.backup()
    rows, files = newsroom.rows(), newsroom.files()
    whole = archive.read_bytes()
    photo = next(iter(files.values()))
    place = whole.index(photo) + len(photo) // 2
    for name, content, said in (
        ("short.tar", whole[: len(whole) // 2], "cut off or damaged"),
        ("changed.tar", whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], "checksum"),
        ("empty.tar", b"", "cut off or damaged"),
        ("other.tar", b"not a backup at all" * 100, "cut off or damaged"),
    ):
        bad = tmp_path / name
        bad.write_bytes(content)
        assert said in newsroom.refused("restore", "--replace", str(bad)), name
        with pytest.raises(BackupError, match=said), translation.override("en"):
            archive_form.check(bad)
    assert "No such file" in newsroom.refused("backup", "--check", str(tmp_path / "none.tar"))
    assert newsroom.rows() == rows
    assert newsroom.files() == files


def test_a_backup_of_later_migrations_is_refused(newsroom):
    newsroom.sql(
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('articles', '9999_of_tomorrow', '2024-01-01')"
    )
    archive = newsroom.backup()
    assert "articles.9999_of_tomorrow" in newsroom.refused("restore", "--replace", str(archive))


def test_an_earlier_backup_is_migrated(newsroom):
    newsroom.done("migrate", "sessions", "zero", verbosity=0)
    archive = newsroom.backup()
    lose(newsroom)
    newsroom.done("restore", str(archive))
    assert newsroom.rows()["django_session"] == []
    newsroom.done("migrate", "--check")


def test_what_goes_wrong_half_way_leaves_the_newsroom_as_it_was(newsroom, monkeypatch):
    archive = newsroom.backup()
    newsroom.sql("UPDATE articles_article SET headline = '后来改的'")
    rows, files = newsroom.rows(), newsroom.files()
    swap = media.swap

    def torn(root):
        swap(root)
        assert newsroom.rows() != rows  # the old headline is back by now
        raise RuntimeError("torn")

    monkeypatch.setattr(media, "swap", torn)
    with pytest.raises(RuntimeError, match="torn"):
        restoring.restore(archive, replace=True)
    assert newsroom.rows() == rows
    assert newsroom.files() == files


def test_a_restore_that_was_killed_is_undone(newsroom, monkeypatch):
    archive = newsroom.backup()
    newsroom.sql("UPDATE articles_article SET headline = '后来改的'")
    rows, files = newsroom.rows(), newsroom.files()
    swap = media.swap

    def last_breath(root):
        swap(root)
        # From here on nothing is done any more, as if the power had gone.
        monkeypatch.setattr(media, "put_back", dead)
        raise RuntimeError

    def dead(_root):
        raise SystemExit

    monkeypatch.setattr(media, "swap", last_breath)
    with pytest.raises(SystemExit):
        restoring.restore(archive, replace=True)
    monkeypatch.undo()
    assert newsroom.rows() != rows
    assert "as it was before" in newsroom.done("restore", "--recover")
    assert newsroom.rows() == rows
    assert newsroom.files() == files
    assert "no restore that was cut off" in newsroom.done("restore", "--recover")


def test_a_full_disk_says_so_in_one_line(newsroom):
    (newsroom.media / "large.bin").write_bytes(os.urandom(6_000_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, hard))
    try:
        said = newsroom.refused("backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "The disk is full" in said
    assert str(newsroom.backups) in said
    assert list(newsroom.backups.iterdir()) == []


def test_a_backup_goes_back_into_its_own_kind_of_database(newsroom):
    manifest = archive_form.check(newsroom.backup())
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    other = next(kind for kind in names if kind != connection.vendor)
    with pytest.raises(BackupError) as raised, translation.override("en"):
        restoring.refuse_unfit(manifest, other)
    assert f"The backup is of {names[connection.vendor]}, DATABASE_URL names {names[other]}" in str(
        raised.value
    )


def test_no_password_stands_among_the_arguments_of_a_program(newsroom, tmp_path):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no password")
    folder = tmp_path / "bin"
    folder.mkdir()
    spy = folder / "pg_dump"
    spy.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) 15.0"; exit; fi\n'
        f'echo "$@" > {tmp_path}/arguments\n'
        f'echo "$PGPASSWORD" > {tmp_path}/secret\n'
        "exit 1\n"
    )
    spy.chmod(0o755)
    held = connection.settings_dict["PASSWORD"]
    connection.settings_dict["PASSWORD"] = "geheim-92"
    patterns = databases.POSTGRESQL_FOLDERS
    databases.POSTGRESQL_FOLDERS = (str(folder),)
    try:
        with pytest.raises(databases.BackupError):
            databases.PostgreSQL()._run("pg_dump", ["--format=custom"], tmp_path)
    finally:
        databases.POSTGRESQL_FOLDERS = patterns
        connection.settings_dict["PASSWORD"] = held
    assert "geheim-92" not in (tmp_path / "arguments").read_text()
    assert (tmp_path / "secret").read_text().strip() == "geheim-92"
