"""The files of the containers, as far as they can be checked without an engine that runs them."""

import os
import re
import shutil
import subprocess

import pytest

from deploy.try_stack import ROOT
from tests.run import has_compose

pytestmark = pytest.mark.own_server

FILLED_IN = {"SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "only-a-test"}


@pytest.fixture
def compose(tmp_path):
    """Let Compose read our file beside a .env made from the example."""
    if not has_compose():
        pytest.skip("Compose missing (Debian: docker-compose)")
    command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)

    def run(variables=FILLED_IN, **more):
        example = (ROOT / ".env.example").read_text()
        for name, value in {**variables, **more}.items():
            example, found = re.subn(rf"(?m)^(# )?{name}=.*$", f"{name}={value}", example)
            assert found, f"{name} is not in .env.example"
        (tmp_path / ".env").write_text(example)
        return subprocess.run(
            [*command, "config"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def services(text):
    """Return each service's part of what Compose prints, by its name."""
    body = re.search(r"(?ms)^services:\n(.*?)^(?=\w|\Z)", text)[1]
    parts = re.split(r"(?m)^  ([\w-]+):\n", body)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_compose_takes_the_file_and_every_service_is_held_in(compose):
    read = compose()
    assert read.returncode == 0, read.stderr
    found = services(read.stdout)
    assert set(found) >= {"web", "app", "renditions", "prepare", "nightly", "database"}
    for name, part in found.items():
        assert "no-new-privileges:true" in part, name
        if name != "database":
            assert "read_only: true" in part, name
            assert "cap_drop" in part, name
    # The database and the applications are reached through nginx alone.
    assert [name for name, part in found.items() if "ports:" in part] == ["web"]
    assert "service_completed_successfully" in found["app"]


def test_the_number_of_applications_is_a_setting(compose):
    assert re.search(r"scale: 5|replicas: 5", services(compose(APP_CONTAINERS="5").stdout)["app"])


def test_without_a_password_nothing_starts(compose):
    read = compose(POSTGRES_PASSWORD="")
    assert read.returncode != 0
    assert "POSTGRES_PASSWORD" in read.stderr


def test_what_the_images_take_in_is_there_and_everything_that_runs_is_in():
    lines = (ROOT / "Dockerfile").read_text()
    copied = {
        source
        for sources in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", lines)
        for source in sources.split()
    }
    assert all((ROOT / source).exists() for source in copied)
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert packages | {"templates", "static", "locale", "manage.py"} <= copied
    let_in = set(re.findall(r"(?m)^!(.+)$", (ROOT / ".dockerignore").read_text()))
    assert copied <= let_in
    assert re.findall(r"(?m)^USER (.+)$", lines) == ["bulletin", "www-data"]
    assert "--require-hashes" in lines


def test_every_variable_of_the_stack_is_explained():
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    told = (ROOT / "docs/operators.md").read_text()
    assert [name for name in sorted(asked) if f"`{name}`" not in told] == []
