"""Fixtures for the whole suite."""

import os

import hypothesis
import pytest

from communities import posters
from issues import press
from issues.press import pdf
from issues.typesetting import compiler

# The suite says the same each time; HYPOTHESIS_PROFILE=explore looks for cases nobody has seen.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=5000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Seconds: what takes one on an idle machine may take a hundred on one that has much else to do.
PATIENCE = 300.0


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    """Keep what a test uploads in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hash passwords fast; no test depends on how slow a guess is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Give pages and posters the time to be drawn, unless a test is about its running out."""
    monkeypatch.setattr(posters, "PATIENCE", PATIENCE)
    for draw in (press.put_pdf, pdf.draw, pdf.characters, compiler.measure, compiler.compose):
        monkeypatch.setitem(draw.__kwdefaults__, "patience", PATIENCE)
