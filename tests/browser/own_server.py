"""A server that can die in mid-typing: a process of its own, on a database of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.servers import free_port

from .devices import PATIENCE

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "长夜灯火 1"
PEOPLE = """
from django.contrib.auth.models import User
from articles import revisions
from articles.models import Article, Section
from communities.models import Community, Level
from tests.factories import make_photo
from tests.newsroom import make_login
writer = make_login("correspondent", "writer", first_name="闻小渡")
make_login("issue_editor", "editor", first_name="简知秋")
Section.objects.create(name="要闻", slug="yaowen")
area = Community.objects.create(name="临澄区", slug="lincheng", level=Level.DISTRICT)
Community.objects.create(name="桂花社区", slug="guihua", level=Level.COMMUNITY, parent=area)
story = Article.objects.create(
    headline="渡口添灯", body="渡口添了六盏灯。", filed_by=writer
)
for caption in ("渡口的灯", "船工"):
    make_photo(story, caption=caption)
revisions.record(story, by=writer)
"""
ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"
STORY = "/admin/articles/article/1/change/"


class Server:
    """Bulletin's own server in a process, started, killed and started again."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.log = var / "server.log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # What `serve` starts, but for the pictures' worker: nobody here waits for one.
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*GRANIAN, "--port", str(self.port), "bulletin.wsgi:application"],
                cwd=ROOT,
                env=environment(self.var),
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=20).close()  # noqa: S310
            except OSError:
                assert time.monotonic() < end, self.log.read_text()
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
            else:
                return

    def kill(self) -> None:
        """Let it die as if the power had gone."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def database(self, sql: str) -> list[tuple[object, ...]]:
        """Ask or change the database behind the server's back."""
        with sqlite3.connect(self.var / "bulletin.sqlite3", timeout=20) as connection:
            rows = connection.execute(sql).fetchall()
        connection.close()
        return rows


MANAGE = [sys.executable, str(ROOT / "manage.py")]
GRANIAN = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
GRANIAN += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]


def environment(var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "ENVIRONMENT": "development",
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/bulletin.sqlite3",
    }


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a newsroom once a process of tests; each test gets a copy."""
    var = tmp_path_factory.mktemp("newsroom")
    for command in (["migrate", "--verbosity", "0"], ["shell", "-c", PEOPLE]):
        subprocess.run(
            [*MANAGE, *command], cwd=ROOT, env=environment(var), check=True, capture_output=True
        )
    return var


@pytest.fixture
def server(newsroom: Path, tmp_path: Path) -> Iterator[Server]:
    var = tmp_path / "var"
    shutil.copytree(newsroom, var)
    server = Server(var)
    server.start()
    yield server
    server.kill()


Desk = Callable[..., BrowserContext]


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Desk]:
    """Log somebody in on a device of their own."""
    contexts: list[BrowserContext] = []

    def open_for(username: str, width: int = 390) -> BrowserContext:
        context = browser.new_context(
            base_url=server.address,
            viewport={"width": width, "height": 844},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        log_in(context.new_page(), username)
        return context

    yield open_for
    for context in contexts:
        context.close()


def log_in(page: Page, username: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(re.compile(r"/admin/$"))
    page.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    # It is shown by what keeps the form.
    expect(page.locator("#draft-line:not([hidden])")).to_have_count(1)
    return page


def type_on(page: Page, text: str, field: str = "#id_body") -> None:
    """Type at the end of a field, character by character, as a person does."""
    page.locator(field).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text, delay=15)


def state(page: Page, *names: str) -> None:
    """Wait until the line under the form says one of these."""
    expect(page.locator("#draft-line")).to_have_attribute("data-state", re.compile("|".join(names)))


# A draft that the server has is marked so on the device; one that was typed since is another.
HAS_IT_ALL = """() => {
  const { elements } = document.getElementById("article_form");
  const key = elements.draft_key.value;
  const place = Object.keys(localStorage).find((name) => name.endsWith("." + key));
  const draft = JSON.parse(localStorage.getItem(place));
  const isWhole = (name) => draft.content[name] === elements[name].value;
  return Boolean(draft) && draft.kept === draft.seq && ["headline", "body"].every(isWhole);
}"""


def server_has_it_all(page: Page) -> None:
    """Wait until the server has kept everything that stands in headline and text."""
    page.wait_for_function(HAS_IT_ALL)
    state(page, "server")


def device_has(page: Page, *words: str) -> None:
    """Wait until words are kept on the device."""
    page.wait_for_function(
        """(words) => {
          const kept = Object.values(localStorage).join();
          return words.every((word) => kept.includes(word));
        }""",
        arg=list(words),
    )


def take_back(page: Page) -> None:
    page.locator("[data-part=drafts] [data-do=take]").first.click()
