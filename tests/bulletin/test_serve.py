"""`manage.py serve`: what it prints, and what it starts."""

from __future__ import annotations

import os
import subprocess

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_addresses_are_printed_and_server_and_pictures_worker_started(
    monkeypatch, capsys, settings
):
    settings.WEBSUB_HUB = ""
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_how: started.append(command))
    monkeypatch.setattr(os, "execv", lambda _program, command: started.append(command))
    call_command("serve", port=8123, workers=3)
    printed = capsys.readouterr().out
    assert "http://127.0.0.1:8123/\n" in printed
    assert "http://127.0.0.1:8123/admin/\n" in printed
    worker, server = (" ".join(command) for command in started)
    assert worker.endswith("manage.py renditions --watch --with-parent")
    assert "-m granian --interface wsgi" in server
    assert "--host 127.0.0.1 --port 8123 --workers 3" in server


@pytest.mark.parametrize("wrong", [{"port": 0}, {"port": 65_536}, {"workers": 0}])
def test_port_and_workers_that_cannot_be_are_refused(wrong):
    with pytest.raises(CommandError):
        call_command("serve", **wrong)
