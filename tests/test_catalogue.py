"""The Chinese catalogue is whole, and the compiled file is the one its source makes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(SOURCE))


def test_nothing_is_untranslated_or_fuzzy(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_translations_keep_every_placeholder(catalogue):
    for entry in catalogue:
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        for text in texts:
            wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
            assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_compiled_catalogue_is_up_to_date(catalogue):
    compiled = polib.mofile(str(SOURCE.with_suffix(".mo")))
    assert {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in compiled} == {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in catalogue
    }


def test_every_string_of_the_project_is_in_the_catalogue(catalogue, tmp_path):
    if not shutil.which("xgettext"):
        if os.environ.get("CI"):
            pytest.fail("GNU gettext is missing")
        pytest.skip("GNU gettext is missing; on Debian: apt-get install gettext")
    # The settings read the style sheet that pages carry.
    for folder in ("bulletin", "issues", "articles", "communities", "templates", "static"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "locale").mkdir()
    shutil.copy(ROOT / "manage.py", tmp_path)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-location"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    fresh = polib.pofile(str(tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    assert sorted(e.msgid for e in fresh if (e.msgctxt, e.msgid) not in known) == []
    used = {(entry.msgctxt, entry.msgid) for entry in fresh}
    assert sorted(e.msgid for e in catalogue if (e.msgctxt, e.msgid) not in used) == []
