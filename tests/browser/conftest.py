"""A real Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, expect, sync_playwright

from tests.run import BROWSERS

from .devices import PATIENCE, device
from .own_server import newsroom, server

__all__ = ["device", "newsroom", "server"]

expect.set_options(timeout=PATIENCE)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Door:
    """What lets requests in to the live server: at a test's end it shuts, and waits for the rest.

    A page that is closed may still send what was typed. A request that is under way while the
    database is emptied for the next test locks it, and the next test finds what this one left.
    """

    def __init__(self) -> None:
        """Stand open, with nobody inside."""
        self.changed = threading.Condition()
        self.inside = 0
        self.is_open = True

    def pass_through(
        self, answer: Callable[..., Iterable[bytes]], handler: object, *arguments: Any
    ) -> Iterable[bytes]:
        """Answer a request, or turn it away without a look at the database."""
        with self.changed:
            if not self.is_open:
                arguments[1]("503 Service Unavailable", [("Content-Length", "0")])
                return [b""]
            self.inside += 1
        try:
            return answer(handler, *arguments)
        finally:
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def shut(self) -> None:
        """Let nobody in any more, and wait until everybody has left."""
        with self.changed:
            self.is_open = False
            assert self.changed.wait_for(lambda: self.inside == 0, timeout=120), "a request hangs"


@pytest.fixture(scope="session")
def _door() -> Iterator[Door]:
    door, answer = Door(), WSGIHandler.__call__
    patch = pytest.MonkeyPatch()
    patch.setattr(WSGIHandler, "__call__", lambda *given: door.pass_through(answer, *given))
    yield door
    patch.undo()


@pytest.fixture(autouse=True)
def _nobody_inside(_door: Door, request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the database only when no request is under way; pages are closed before this ends."""
    if "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    _door.is_open = True
    yield
    _door.shut()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium as Debian packages it; without one the test is skipped, but not in CI."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        missing = "no Chromium; on Debian: apt-get install chromium-headless-shell fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
