"""The settings module as a process meets it."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijABCDEFGHIJ-_xyz",
    "ALLOWED_HOSTS": "paper.example",
    "SITE_NAME": "测试报",
    "DATABASE_URL": "sqlite:////nonexistent-is-not-opened/a.sqlite3",
}


def manage(*arguments, tmp_path, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "PYTHONDONTWRITEBYTECODE": "1",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def production(tmp_path, **changes):
    return {
        **PRODUCTION,
        "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3",
        **changes,
    }


def test_check_deploy_is_clean_in_production(tmp_path):
    done = manage(
        "check", "--deploy", "--fail-level", "INFO", tmp_path=tmp_path, **production(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_without_its_variables_stops_with_one_line(tmp_path):
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_NAME", "DATABASE_URL"):
        variables = production(tmp_path)
        del variables[name]
        done = manage("check", tmp_path=tmp_path, **variables)
        assert done.returncode == 1
        assert done.stderr.strip().count("\n") == 0, done.stderr
        assert name in done.stderr


def test_malformed_variable_stops_the_start_with_one_line(tmp_path):
    done = manage("check", tmp_path=tmp_path, DEBUG="perhaps")
    assert done.returncode == 1
    assert done.stderr == (
        "bulletin: environment variable DEBUG: must be true or false, not 'perhaps'\n"
    )


def test_development_needs_no_variable_and_keeps_its_key(tmp_path):
    assert manage("check", tmp_path=tmp_path).returncode == 0
    key = (tmp_path / "secret-key").read_text()
    assert manage("check", tmp_path=tmp_path).returncode == 0
    assert (tmp_path / "secret-key").read_text() == key


def test_migrations_say_what_the_models_say(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", tmp_path=tmp_path)
    assert done.returncode == 0, done.stdout


def test_sample_is_refused_in_production(tmp_path):
    variables = production(tmp_path)
    assert manage("migrate", "--verbosity", "0", tmp_path=tmp_path, **variables).returncode == 0
    done = manage("sample", tmp_path=tmp_path, **variables)
    assert done.returncode == 1
    assert "CommandError" in done.stderr


def test_no_other_host_draws_the_map_unless_one_is_set(tmp_path):
    ask = "from django.conf import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    assert "https://" not in manage("shell", "-c", ask, tmp_path=tmp_path).stdout
    given = {"MAP_TILES_URL": "https://t{s}.example/{z}/{x}/{y}.png", "MAP_TILES_SUBDOMAINS": "1,2"}
    said = manage("shell", "-c", ask, tmp_path=tmp_path, **given).stdout
    assert "'https://t1.example', 'https://t2.example'" in said
    assert said.count("https://") == 2


ASK_FOR_A_SCRIPT = """
from django.templatetags.static import static
from django.test import Client
print(static("js/care.js"), "|", Client().get(static("js/care.js"))["Cache-Control"])
"""


def test_static_files_are_kept_for_good_in_production_and_asked_for_anew_in_development(tmp_path):
    variables = production(tmp_path, ALLOWED_HOSTS="testserver", SECURE_SSL_REDIRECT="false")
    done = manage("collectstatic", "--noinput", tmp_path=tmp_path, **variables)
    assert done.returncode == 0, done.stderr
    done = manage("shell", "-v", "0", "-c", ASK_FOR_A_SCRIPT, tmp_path=tmp_path, **variables)
    address, kept = done.stdout.strip().splitlines()[-1].split(" | ")
    assert re.fullmatch(r"/static/js/care\.[0-9a-f]{12}\.js", address)
    assert kept == "max-age=315360000, public, immutable"
    done = manage("shell", "-v", "0", "-c", ASK_FOR_A_SCRIPT, tmp_path=tmp_path)
    assert done.stdout.strip().splitlines()[-1] == "/static/js/care.js | max-age=0, public"
