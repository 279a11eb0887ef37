"""Every kind of public page is valid HTML, as the W3C's own checker (vnu) has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.bulletin.one_of_each import make_one_of_each

pytestmark = pytest.mark.django_db

CHECKER = settings.BASE_DIR / ".tools/node_modules/vnu-jar/build/dist/vnu.jar"
# Where the reader's browser writes the news of their own community, with its heading.
KNOWN = "Section lacks heading"


@pytest.fixture
def checker() -> Path:
    """Return the checker; without it the test is skipped, but not in CI."""
    if CHECKER.exists() and shutil.which("java"):
        return CHECKER
    missing = "no HTML checker; npm install --prefix .tools vnu-jar@26.9.27, and a Java runtime"
    if os.environ.get("CI"):
        pytest.fail(missing)
    return pytest.skip(missing)


def test_every_kind_of_page_is_valid(checker, client, tmp_path):
    names, folder = {}, tmp_path / "pages"
    folder.mkdir()
    for number, address in enumerate(make_one_of_each()):
        for language in ("", "/en"):
            file = folder / f"{number}{language.replace('/', '-')}.html"
            file.write_bytes(client.get(language + address).content)
            names[file.name] = language + address
    command = ["java", "-Xmx256m", "-jar", checker, "--format", "json", *sorted(folder.iterdir())]
    told = subprocess.run(command, capture_output=True, check=False, text=True).stderr
    messages = json.loads(told)["messages"]
    found = [
        f"{names[Path(one['url']).name]}: {one['message']}: {one.get('extract', '')}"
        for one in messages
        if KNOWN not in one["message"]
    ]
    assert len(names) > 40
    assert found == []
