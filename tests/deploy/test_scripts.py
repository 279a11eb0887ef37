"""The scripts that look after the containers, beside a `docker` that only notes what it is told."""

import os
import subprocess

import pytest

from deploy.try_stack import ROOT

pytestmark = pytest.mark.own_server

CONFIG = """services:
  app:
    deploy:
      replicas: 3
    image: bulletin
  web:
    image: nginx
"""
# Notes each call in a line, answers what the scripts ask, and fails where it is told to.
DOCKER = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
    *"$FAILS"*) [ -z "$FAILS" ] || exit 1 ;;
esac
case "$*" in
    "compose config") cat "$CONFIG" ;;
    "compose ps -q app") printf 'old-1\\nold-2\\n' ;;
    *"umask 077"*) cat >"$TAKEN" ;;
esac
"""


@pytest.fixture
def script(tmp_path):
    """Return what runs a script and gives its exit code and the calls it made."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, text in {"docker": DOCKER, "sleep": "#!/bin/sh\n"}.items():
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    config, calls, taken = (tmp_path / name for name in ("config.yml", "calls", "taken"))
    config.write_text(CONFIG)

    def run(name, *arguments, fails=""):
        calls.write_text("")
        done = subprocess.run(
            ["sh", str(ROOT / "deploy" / name), *arguments],
            env={
                "PATH": f"{tools}:{os.environ['PATH']}",
                "CALLS": str(calls),
                "CONFIG": str(config),
                "TAKEN": str(taken),
                "FAILS": fails,
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done, calls.read_text().splitlines()

    run.taken = taken
    return run


def test_new_applications_stand_before_the_old_ones_go(script):
    done, calls = script("update.sh")
    assert done.returncode == 0, done.stderr

    def at(part):
        (place,) = [number for number, call in enumerate(calls) if part in call]
        return place

    order = ("build", "manage.py backup", "run --rm prepare", "--scale app=6 --wait")
    places = [at(part) for part in (*order, "stop old-1 old-2", "rm old-1 old-2")]
    assert places == sorted(places)
    assert at("--scale app=3") > places[-1]
    assert calls[-1].endswith("web renditions nightly")


@pytest.mark.parametrize("step", ["build", "manage.py backup", "run --rm prepare", "--wait"])
def test_an_update_that_fails_leaves_the_old_applications_alone(script, step):
    done, calls = script("update.sh", fails=step)
    assert done.returncode != 0
    assert not [call for call in calls if call.startswith(("stop", "rm"))]


def test_a_backup_from_this_machine_is_carried_in_checked_and_put_back(script, tmp_path):
    file = tmp_path / "bulletin-2026.tar"
    file.write_bytes(b"a backup")
    done, calls = script("restore.sh", str(file))
    assert done.returncode == 0, done.stderr
    assert script.taken.read_bytes() == b"a backup"
    inside = "/var/lib/bulletin/backups/bulletin-2026.tar"
    checked, stopped, restored = (
        next(number for number, call in enumerate(calls) if part in call)
        for part in (f"backup --check {inside}", "compose stop", f"restore --replace {inside}")
    )
    assert checked < stopped < restored
    assert calls[-1] == "compose up -d"


def test_a_backup_that_is_no_good_stops_nothing(script):
    done, calls = script("restore.sh", "bulletin-broken.tar", fails="backup --check")
    assert done.returncode != 0
    assert not [call for call in calls if "stop" in call or "restore" in call]


def test_restore_wants_to_know_which_backup(script):
    done, calls = script("restore.sh")
    assert done.returncode != 0
    assert "name a backup" in done.stderr
    assert calls == []
